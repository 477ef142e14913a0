//! What the coordinates mean: declared, or recognised by their magnitude.

use rayon::prelude::*;

use super::raw::{RawLayer, RawPoint};
use crate::diag::{Diagnostic, Reporter, Severity, refuse};
use crate::geo::projection::{Projector, Unprojectable, from_web_mercator};
use crate::geo::space::{Grid, LonLat};

/// A coordinate reference system that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// WGS 84 longitude and latitude in degrees.
    Wgs84,
    /// British National Grid in metres.
    NationalGrid,
    /// Web Mercator in metres, as web maps use it.
    WebMercator,
}

/// A box: western, eastern, southern and northern limit.
type Limits = (f64, f64, f64, f64);

impl Crs {
    const ALL: [Self; 3] = [Self::Wgs84, Self::NationalGrid, Self::WebMercator];

    /// The EPSG name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "EPSG:4326",
            Self::NationalGrid => "EPSG:27700",
            Self::WebMercator => "EPSG:3857",
        }
    }

    /// The system that a text names: an EPSG code, a URN or URL of one, or well-known text as
    /// in the .prj file of a shapefile.
    fn declared(text: &str) -> Option<Self> {
        let plain = text.to_ascii_uppercase().replace(['_', ' '], "");
        let is_text = plain.contains('[');
        let named = |names: &[&str]| names.iter().any(|name| plain.contains(name));
        if is_text && named(&["BRITISHNATIONALGRID"]) {
            return Some(Self::NationalGrid);
        }
        if is_text && named(&["WEBMERCATOR", "PSEUDO-MERCATOR", "AUXILIARYSPHERE"]) {
            return Some(Self::WebMercator);
        }
        if is_text && (plain.starts_with("GEOG") || plain.starts_with("GEOD")) {
            return named(&["WGS1984", "WGS84", "ETRS1989", "ETRS89"]).then_some(Self::Wgs84);
        }
        let of_number = |number: &str| match number {
            // 4258 (ETRS89) agrees with WGS 84 within a metre.
            "CRS84" | "CRS84H" | "4326" | "4258" | "4979" => Some(Self::Wgs84),
            "27700" | "7405" => Some(Self::NationalGrid),
            "3857" | "900913" | "3785" | "102100" => Some(Self::WebMercator),
            _ => None,
        };
        // The code of well-known text is the last of those that it cites.
        of_number(plain.rsplit(|c: char| !c.is_ascii_alphanumeric()).find(|part| !part.is_empty())?)
    }

    /// The British Isles with room to spare, in the units of the system.
    const fn limits(self) -> Limits {
        match self {
            Self::Wgs84 => (-15.0, 5.0, 48.0, 63.0),
            Self::NationalGrid => (-300_000.0, 900_000.0, -200_000.0, 1_400_000.0),
            Self::WebMercator => (-1_670_000.0, 557_000.0, 6_100_000.0, 9_100_000.0),
        }
    }

    fn holds(self, [x, y]: RawPoint) -> bool {
        let (west, east, south, north) = self.limits();
        let is_near = x >= west && x <= east && y >= south && y <= north;
        // Numbers no larger than degrees are no grid metres: nothing lies so near its origin.
        is_near && (matches!(self, Self::Wgs84) || x.abs() > 1000.0 || y.abs() > 1000.0)
    }
}

/// How the coordinates of a file are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The reference system.
    pub crs: Crs,
    /// Whether latitude comes before longitude.
    pub is_swapped: bool,
}

impl Reading {
    /// The place of a position; `None` if it is not in or near the British Isles.
    pub fn place(self, point: RawPoint, projector: &Projector) -> Option<Grid> {
        let [x, y] = self.in_order(point);
        if !self.crs.holds([x, y]) {
            return None;
        }
        let placed: Result<Grid, Unprojectable> = match self.crs {
            Crs::NationalGrid => Ok(Grid { x, y }),
            Crs::Wgs84 => projector.to_grid(LonLat { lon: x, lat: y }),
            Crs::WebMercator => projector.to_grid(from_web_mercator(x, y)),
        };
        placed.ok()
    }

    /// The places of positions, in their order; the positions again if each has to be asked for by
    /// itself, as one may not be in the British Isles.
    pub fn places(
        self,
        points: Vec<RawPoint>,
        projector: &Projector,
    ) -> Result<Vec<Grid>, Vec<RawPoint>> {
        match self {
            Self { crs: Crs::Wgs84, is_swapped: false } => projector.all_to_grid(points),
            Self { crs: Crs::NationalGrid, .. } if points.iter().all(|p| self.crs.holds(*p)) => {
                Ok(points.into_iter().map(Grid::from).collect())
            }
            _ => Err(points),
        }
    }

    const fn in_order(self, [x, y]: RawPoint) -> RawPoint {
        if self.is_swapped { [y, x] } else { [x, y] }
    }
}

/// Of ten positions so many have to lie in the British Isles. A few may be wrong: they are told
/// feature by feature, and the system is still plain.
const MOST_OF_TEN: usize = 9;

/// Finds out the reference system from what the file declares and what its numbers look like.
///
/// # Errors
/// If there is no position, or if most lie outside the British Isles in every system.
pub fn resolve(layer: &RawLayer, reporter: &mut Reporter) -> Result<Reading, Diagnostic> {
    let lines = layer.lines();
    let (total, [x, y]) = summary(&lines)?;
    let numbers = format!("x from {} to {}, y from {} to {}", n(x.0), n(x.1), n(y.0), n(y.1));
    let fits = |reading: &Reading| {
        // Most files are in degrees, and all of their positions fit.
        let (low, high) = (reading.in_order([x.0, y.0]), reading.in_order([x.1, y.1]));
        if reading.crs == Crs::Wgs84 && reading.crs.holds(low) && reading.crs.holds(high) {
            return true;
        }
        let holds = |point: &&RawPoint| reading.crs.holds(reading.in_order(**point));
        let held = lines.par_iter().map(|line| line.iter().filter(holds).count());
        held.sum::<usize>() * 10 >= total * MOST_OF_TEN
    };
    let straight = Crs::ALL.map(|crs| Reading { crs, is_swapped: false });
    let swapped = [Crs::Wgs84, Crs::WebMercator].map(|crs| Reading { crs, is_swapped: true });
    let seen = straight.into_iter().chain(swapped).find(fits).ok_or_else(|| {
        refuse(
            "crs-outside",
            format!("The coordinates are not in the British Isles ({numbers})."),
            "Choose a file of England in WGS 84 (EPSG:4326), British National Grid (EPSG:27700) \
             or Web Mercator (EPSG:3857).",
        )
    })?;
    let mut tell = |severity, code, message: String, hint: &str| {
        reporter.report(Diagnostic::new(severity, code, message).hint(hint));
    };
    let name = seen.crs.name();
    let declared = layer.declared_crs.as_deref();
    match declared.map(|text| (text, Crs::declared(text))) {
        Some((_, Some(crs))) if crs == seen.crs => {}
        Some((_, Some(crs))) => tell(
            Severity::Warning,
            "crs-contradicted",
            format!("The file declares {} but its numbers are {name} ({numbers}).", crs.name()),
            &format!("They are read as {name}."),
        ),
        Some((text, None)) => tell(
            Severity::Warning,
            "crs-unknown",
            format!(
                "The declared reference system \"{}\" is not one that is read here.",
                title(text)
            ),
            &format!("The numbers decide: they are read as {name}."),
        ),
        None => tell(
            Severity::Info,
            "crs-by-magnitude",
            format!("The coordinates are read as {name} because of their size ({numbers})."),
            "",
        ),
    }
    if seen.is_swapped {
        tell(
            Severity::Warning,
            "crs-swapped",
            format!("Latitude and longitude are swapped ({numbers})."),
            "They are read the other way round. Tell the publisher.",
        );
    }
    Ok(seen)
}

/// The name in a well-known text, or the beginning of another one.
fn title(text: &str) -> String {
    let name = text.split('"').nth(1).filter(|_| text.contains('['));
    name.unwrap_or(text).chars().take(60).collect()
}

/// The number of finite positions, and the least and the greatest of each coordinate.
fn summary(lines: &[&[RawPoint]]) -> Result<(usize, [(f64, f64); 2]), Diagnostic> {
    // The length of lines differs a thousandfold; so many positions are worth a core's while.
    const STRETCH: usize = 16 * 1024;
    type Summary = (usize, [(f64, f64); 2]);
    const NOTHING: Summary = (0, [(f64::INFINITY, f64::NEG_INFINITY); 2]);
    let with = |(count, reach): Summary, point: &RawPoint| {
        if !point.iter().all(|n| n.is_finite()) {
            return (count, reach);
        }
        let axis = |i: usize| (reach[i].0.min(point[i]), reach[i].1.max(point[i]));
        (count + 1, [axis(0), axis(1)])
    };
    let both = |a: Summary, b: Summary| {
        let axis = |i: usize| (a.1[i].0.min(b.1[i].0), a.1[i].1.max(b.1[i].1));
        (a.0 + b.0, [axis(0), axis(1)])
    };
    let stretches = lines.par_iter().flat_map(|line| line.par_chunks(STRETCH));
    let summaries = stretches.map(|stretch| stretch.iter().fold(NOTHING, with));
    let summary = summaries.reduce(|| NOTHING, both);
    if summary.0 == 0 {
        let message = "None of the features has a position.";
        return Err(refuse("no-areas", message, "Choose another file."));
    }
    Ok(summary)
}

/// A coordinate for a message: degrees with five places, metres with none.
pub fn n(value: f64) -> String {
    if value.abs() >= 1e9 {
        format!("{value:.3e}")
    } else if value.abs() > 1000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.5}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(points: &[[f64; 2]]) -> RawLayer {
        RawLayer { arcs: vec![points.to_vec()], ..RawLayer::default() }
    }

    fn reading(layer: &RawLayer) -> (Result<Reading, &'static str>, Vec<&'static str>) {
        let mut reporter = Reporter::default();
        let reading = resolve(layer, &mut reporter).map_err(|refusal| refusal.code);
        (reading, reporter.finish().iter().map(|d| d.code).collect())
    }

    const LONDON: [[f64; 2]; 2] = [[-0.5, 51.2], [0.3, 51.7]];
    const GRID: [[f64; 2]; 2] = [[503_000.0, 155_000.0], [561_000.0, 201_000.0]];
    const MERCATOR: [[f64; 2]; 2] = [[-55_660.0, 6_659_000.0], [33_400.0, 6_748_000.0]];

    #[test]
    fn declared_names_come_in_many_spellings() {
        for (text, crs) in [
            ("urn:ogc:def:crs:EPSG::27700", Crs::NationalGrid),
            ("EPSG:27700", Crs::NationalGrid),
            ("http://www.opengis.net/def/crs/EPSG/0/27700", Crs::NationalGrid),
            ("PROJCS[\"British_National_Grid\",GEOGCS[\"GCS_OSGB_1936\",…", Crs::NationalGrid),
            ("PROJCS[\"OSGB36\",UNIT[\"m\",1],AUTHORITY[\"EPSG\",\"27700\"]]", Crs::NationalGrid),
            ("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",…", Crs::Wgs84),
            ("GEOGCS[\"GCS_ETRS_1989\",DATUM[\"D_ETRS_1989\",…", Crs::Wgs84),
            ("PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",…", Crs::WebMercator),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Crs::Wgs84),
            ("EPSG:3857", Crs::WebMercator),
        ] {
            assert_eq!(Crs::declared(text), Some(crs), "{text}");
        }
        for text in ["EPSG:29902", "", "PROJCS[\"TM65_Irish_Grid\"]", "GEOGCS[\"OSGB 1936\"]"] {
            assert_eq!(Crs::declared(text), None, "{text}");
        }
    }

    #[test]
    fn magnitude_decides_and_is_told() {
        for (points, crs) in
            [(LONDON, Crs::Wgs84), (GRID, Crs::NationalGrid), (MERCATOR, Crs::WebMercator)]
        {
            let expected = Reading { crs, is_swapped: false };
            assert_eq!(reading(&layer(&points)), (Ok(expected), vec!["crs-by-magnitude"]));
            let declared = Some(crs.name().to_owned());
            let labelled = RawLayer { declared_crs: declared, ..layer(&points) };
            assert_eq!(reading(&labelled), (Ok(expected), vec![]));
            let declared = Some("EPSG:29902".to_owned());
            let unknown = RawLayer { declared_crs: declared, ..layer(&points) };
            assert_eq!(reading(&unknown), (Ok(expected), vec!["crs-unknown"]));
        }
        let wrong = RawLayer { declared_crs: Some("EPSG:4326".to_owned()), ..layer(&GRID) };
        assert_eq!(reading(&wrong).1, ["crs-contradicted"]);
    }

    #[test]
    fn swapped_axes_are_turned_and_told() {
        let swapped = layer(&LONDON.map(|[x, y]| [y, x]));
        let (reading, told) = reading(&swapped);
        assert_eq!(told, ["crs-by-magnitude", "crs-swapped"]);
        let projector = Projector::new().unwrap();
        let place = |reading: Reading, point| reading.place(point, &projector).unwrap();
        let straight = Reading { crs: Crs::Wgs84, is_swapped: false };
        assert_eq!(place(reading.unwrap(), [51.2, -0.5]), place(straight, [-0.5, 51.2]));
    }

    #[test]
    fn web_mercator_comes_to_the_same_place_as_degrees() {
        let projector = Projector::new().unwrap();
        let reading = |crs| Reading { crs, is_swapped: false };
        // London Bridge: EPSG:3857 of 51.508 N, 0.0877 W by the formula of EPSG guidance note 7-2.
        let a = reading(Crs::WebMercator).place([-9762.719, 6_711_649.787], &projector).unwrap();
        let b = reading(Crs::Wgs84).place([-0.0877, 51.508], &projector).unwrap();
        assert!((a.x - b.x).hypot(a.y - b.y) < 0.01, "{a:?} {b:?}");
    }

    #[test]
    fn a_stray_position_does_not_decide_and_other_places_are_refused() {
        let mut points = vec![[-0.5, 51.2]; 50];
        points.push([0.0, 0.0]);
        points.push([f64::NAN, f64::INFINITY]);
        assert_eq!(reading(&layer(&points)).0.map(|reading| reading.crs), Ok(Crs::Wgs84));
        let far = layer(&[[2.2, 41.1], [250.0, 49.0]]);
        assert_eq!(reading(&far).0, Err("crs-outside"));
        assert_eq!(reading(&layer(&[[f64::NAN, 0.0]])).0, Err("no-areas"));
    }
}
