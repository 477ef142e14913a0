//! What the coordinates mean: declared, or recognised by their magnitude.

use super::raw::RawLayer;
use crate::diag::{Diagnostic, Reporter, Severity, refuse};

/// A coordinate reference system that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// WGS 84 longitude and latitude in degrees.
    Wgs84,
    /// British National Grid in metres.
    NationalGrid,
}

impl Crs {
    /// The EPSG name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "EPSG:4326",
            Self::NationalGrid => "EPSG:27700",
        }
    }

    fn declared(text: &str) -> Option<Self> {
        let code = text.rsplit([':', '/']).next().unwrap_or(text).to_ascii_uppercase();
        match code.as_str() {
            // 4258 (ETRS89) agrees with WGS 84 within a metre.
            "CRS84" | "4326" | "4258" => Some(Self::Wgs84),
            "27700" => Some(Self::NationalGrid),
            _ => None,
        }
    }

    const fn could_be(self, x: Reach, y: Reach) -> bool {
        let (west, east, south, north) = match self {
            // The British Isles with room to spare.
            Self::Wgs84 => (-15.0, 5.0, 48.0, 63.0),
            Self::NationalGrid => (-300_000.0, 900_000.0, -200_000.0, 1_400_000.0),
        };
        // Numbers no larger than degrees are no grid metres: nothing lies so near its origin.
        let is_metric = x.1 > 1000.0 || y.1 > 1000.0;
        x.0 >= west
            && x.1 <= east
            && y.0 >= south
            && y.1 <= north
            && (is_metric || matches!(self, Self::Wgs84))
    }
}

/// Finds out the reference system from what the file declares and what its numbers look like.
pub fn resolve(layer: &RawLayer, reporter: &mut Reporter) -> Result<Crs, Diagnostic> {
    let (x, y) = extent(layer)?;
    let declared = layer.declared_crs.as_deref();
    let by_numbers = [Crs::Wgs84, Crs::NationalGrid].into_iter().find(|crs| crs.could_be(x, y));
    let numbers = format!("x from {:.5} to {:.5}, y from {:.5} to {:.5}", x.0, x.1, y.0, y.1);
    let known = declared.map(|text| (text, Crs::declared(text)));
    if let Some((text, None)) = known {
        reporter.report(
            Diagnostic::new(
                Severity::Warning,
                "crs-unknown",
                format!("The declared reference system \"{text}\" is not one that is read here."),
            )
            .hint("The numbers decide."),
        );
    }
    match (known.and_then(|(_, crs)| crs), by_numbers) {
        (Some(crs), Some(seen)) if crs == seen => Ok(crs),
        (Some(crs), Some(seen)) => {
            reporter.report(
                Diagnostic::new(
                    Severity::Warning,
                    "crs-contradicted",
                    format!(
                        "The file declares {} but its numbers are {} ({numbers}).",
                        crs.name(),
                        seen.name()
                    ),
                )
                .hint(format!("They are read as {}.", seen.name())),
            );
            Ok(seen)
        }
        (None, Some(seen)) => {
            reporter.report(Diagnostic::new(
                Severity::Info,
                "crs-by-magnitude",
                format!(
                    "The coordinates are read as {} because of their size ({numbers}).",
                    seen.name()
                ),
            ));
            Ok(seen)
        }
        (_, None) if Crs::Wgs84.could_be(y, x) => Err(refuse(
            "crs-swapped",
            format!("Latitude and longitude are swapped ({numbers})."),
            "Export the file again with the longitude first.",
        )),
        (_, None) => Err(refuse(
            "crs-outside",
            format!("The coordinates are not in the British Isles ({numbers})."),
            "Choose a file in WGS 84 (EPSG:4326) or British National Grid (EPSG:27700).",
        )),
    }
}

/// Least and greatest value of a coordinate.
type Reach = (f64, f64);

/// The reach of x and of y over all points.
fn extent(layer: &RawLayer) -> Result<(Reach, Reach), Diagnostic> {
    let mut x = (f64::INFINITY, f64::NEG_INFINITY);
    let mut y = x;
    for point in layer.points() {
        x = (x.0.min(point[0]), x.1.max(point[0]));
        y = (y.0.min(point[1]), y.1.max(point[1]));
    }
    if x.0 <= x.1 {
        return Ok((x, y));
    }
    Err(refuse("no-areas", "None of the features has a point.", "Choose another file."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(points: &[[f64; 2]]) -> RawLayer {
        RawLayer { arcs: vec![points.to_vec()], ..RawLayer::default() }
    }

    #[test]
    fn declared_names_come_in_many_spellings() {
        for text in [
            "urn:ogc:def:crs:EPSG::27700",
            "EPSG:27700",
            "http://www.opengis.net/def/crs/EPSG/0/27700",
        ] {
            assert_eq!(Crs::declared(text), Some(Crs::NationalGrid), "{text}");
        }
        assert_eq!(Crs::declared("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(Crs::Wgs84));
        assert_eq!(Crs::declared("EPSG:3857"), None);
    }

    #[test]
    fn magnitude_decides_and_is_told() {
        let london = layer(&[[-0.5, 51.2], [0.3, 51.7]]);
        let grid = layer(&[[503_000.0, 155_000.0], [561_000.0, 201_000.0]]);
        let mut reporter = Reporter::default();
        assert_eq!(resolve(&london, &mut reporter).unwrap(), Crs::Wgs84);
        assert_eq!(resolve(&grid, &mut reporter).unwrap(), Crs::NationalGrid);
        let mislabelled = RawLayer { declared_crs: Some("EPSG:4326".to_owned()), ..grid };
        assert_eq!(resolve(&mislabelled, &mut reporter).unwrap(), Crs::NationalGrid);
        let codes: Vec<_> = reporter.finish().iter().map(|d| d.code).collect();
        assert_eq!(codes, ["crs-by-magnitude", "crs-by-magnitude", "crs-contradicted"]);
    }

    #[test]
    fn swapped_axes_and_other_places_are_refused() {
        let mut reporter = Reporter::default();
        let swapped = layer(&[[51.2, -0.5], [51.7, 0.3]]);
        let paris = layer(&[[2.2, 48.1], [250.0, 49.0]]);
        assert_eq!(resolve(&swapped, &mut reporter).unwrap_err().code, "crs-swapped");
        assert_eq!(resolve(&paris, &mut reporter).unwrap_err().code, "crs-outside");
    }
}
