//! From degrees to the British National Grid and back.
//!
//! The datum shift is the seven-parameter Helmert transformation that Ordnance Survey gives in
//! "A guide to coordinate systems in Great Britain", section 6.6. Against the official grid
//! transformation (OSTN15) it is off by up to 5 m in England: invisible on this map.

mod polynomial;
mod tiles;

use std::sync::LazyLock;

use proj4rs::Proj;
use proj4rs::transform::transform;
use tiles::Tiles;

use super::space::{Grid, LonLat};

const NATIONAL_GRID: &str = "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 \
    +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 \
    +units=m +no_defs";
const WGS84: &str = "+proj=longlat +datum=WGS84 +no_defs";

/// South-western and north-eastern corner of the British Isles, in degrees.
const BRITISH_ISLES: ([f64; 2], [f64; 2]) = ([-9.0, 49.5], [2.5, 61.0]);

/// Converts between WGS 84 degrees and National Grid metres.
///
/// The formulas are those of proj4rs. In the British Isles polynomials through their values stand
/// for them: they agree within a thousandth of a millimetre and take a fraction of the time.
pub struct Projector {
    wgs84: Proj,
    grid: Proj,
    near: Option<Tiles>,
}

/// A position that has no place on the National Grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the position cannot be projected to the British National Grid")]
pub struct Unprojectable;

impl Projector {
    /// The one projector of the program, made when it is first asked for: that takes a while.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn shared() -> Result<&'static Self, Unprojectable> {
        static SHARED: LazyLock<Result<Projector, Unprojectable>> = LazyLock::new(Projector::new);
        SHARED.as_ref().map_err(|error| *error)
    }

    /// A projector.
    ///
    /// # Errors
    /// Never in practice: both definitions are constants, and a test holds them.
    pub fn new() -> Result<Self, Unprojectable> {
        let parse = |text| Proj::from_proj_string(text).map_err(|_| Unprojectable);
        let exact = Self { wgs84: parse(WGS84)?, grid: parse(NATIONAL_GRID)?, near: None };
        let (low, high) = BRITISH_ISLES;
        let place = |[lon, lat]: [f64; 2]| exact.by_formula(LonLat { lon, lat }).ok();
        let near = Tiles::fit(low, high, |point| place(point).map(|p| [p.x, p.y]));
        Ok(Self { near, ..exact })
    }

    /// National Grid position of a WGS 84 position.
    ///
    /// # Errors
    /// If the position is too far from Great Britain for the projection to be defined.
    pub fn to_grid(&self, position: LonLat) -> Result<Grid, Unprojectable> {
        let point = [position.lon, position.lat];
        match self.near.as_ref().filter(|near| near.holds(point)) {
            Some(near) => Ok(near.at(point).into()),
            None => self.by_formula(position),
        }
    }

    /// National Grid positions of WGS 84 longitudes and latitudes in degrees, in their order and
    /// their memory; the same again if one of them lies outside the British Isles. Each is what
    /// [`Self::to_grid`] says.
    ///
    /// # Errors
    /// If a position lies outside the British Isles.
    pub fn all_to_grid(&self, mut positions: Vec<[f64; 2]>) -> Result<Vec<Grid>, Vec<[f64; 2]>> {
        match &self.near {
            Some(near) if positions.iter().all(|position| near.holds(*position)) => {
                near.at_each(&mut positions);
                Ok(positions.into_iter().map(Grid::from).collect())
            }
            _ => Err(positions),
        }
    }

    fn by_formula(&self, position: LonLat) -> Result<Grid, Unprojectable> {
        let mut point = (position.lon.to_radians(), position.lat.to_radians());
        transform(&self.wgs84, &self.grid, &mut point).map_err(|_| Unprojectable)?;
        finite(point).map(|(x, y)| Grid { x, y })
    }

    /// WGS 84 position of a National Grid position.
    ///
    /// # Errors
    /// If the position is too far off the grid for the projection to be inverted.
    pub fn to_lon_lat(&self, position: Grid) -> Result<LonLat, Unprojectable> {
        let mut point = (position.x, position.y);
        transform(&self.grid, &self.wgs84, &mut point).map_err(|_| Unprojectable)?;
        finite(point).map(|(lon, lat)| LonLat { lon: lon.to_degrees(), lat: lat.to_degrees() })
    }
}

/// WGS 84 position of a position in Web Mercator (EPSG:3857), in metres.
///
/// The spherical formulas of EPSG guidance note 7-2, "Popular Visualisation Pseudo Mercator".
#[must_use]
pub fn from_web_mercator(x: f64, y: f64) -> LonLat {
    const RADIUS_M: f64 = 6_378_137.0;
    let lon = (x / RADIUS_M).to_degrees();
    let lat = (y / RADIUS_M).sinh().atan().to_degrees();
    LonLat { lon, lat }
}

fn finite(point: (f64, f64)) -> Result<(f64, f64), Unprojectable> {
    if point.0.is_finite() && point.1.is_finite() { Ok(point) } else { Err(Unprojectable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked points: the centre of gravity that ONS publishes for an area, in both systems
    /// (columns `BNG_E`, `BNG_N`, `LONG`, `LAT` of the July 2022 integrated care boards). ONS
    /// rounds degrees to five places, about a metre.
    #[test]
    fn published_points_agree_within_five_metres() {
        let projector = Projector::new().unwrap();
        for (lon, lat, x, y) in [
            (-2.38572, 53.3247, 374_405.0, 380_936.0),
            (-1.54925, 53.5258, 429_979.0, 403_330.0),
            (0.129_493, 51.545_528, 547_758.0, 185_109.0),
            (-1.27018, 54.67614, 447_160.0, 531_474.0),
        ] {
            let got = projector.to_grid(LonLat { lon, lat }).unwrap();
            assert!((got.x - x).hypot(got.y - y) < 5.0, "{got:?} is not {x} {y}");
        }
    }

    #[test]
    fn the_polynomials_agree_with_the_formulas() {
        let projector = Projector::new().unwrap();
        let (low, high) = BRITISH_ISLES;
        let steps = |i: usize, n: u16| low[i] + (high[i] - low[i]) * f64::from(n) / 97.0;
        let positions: Vec<[f64; 2]> =
            (0..98u16).flat_map(|a| (0..98u16).map(move |b| [steps(0, a), steps(1, b)])).collect();
        let places = projector.all_to_grid(positions.clone()).unwrap();
        for ([lon, lat], place) in positions.iter().zip(places) {
            let position = LonLat { lon: *lon, lat: *lat };
            let exact = projector.by_formula(position).unwrap();
            let apart = (place.x - exact.x).hypot(place.y - exact.y);
            assert!(apart < 1e-6, "{position:?}: {apart} m apart");
            assert_eq!(projector.to_grid(position), Ok(place));
        }
        let far = vec![[0.0, 51.0], [12.0, 51.0]];
        assert_eq!(projector.all_to_grid(far.clone()), Err(far));
    }

    #[test]
    fn there_and_back_again() {
        let projector = Projector::new().unwrap();
        for (x, y) in [(91_000.0, 10_500.0), (530_000.0, 180_000.0), (400_000.0, 650_000.0)] {
            let back = projector.to_grid(projector.to_lon_lat(Grid { x, y }).unwrap()).unwrap();
            assert!((back.x - x).hypot(back.y - y) < 0.01, "{back:?} is not {x} {y}");
        }
    }
}
