//! The coordinate spaces, each with a type of its own where they could be mixed up.
//!
//! Bulk coordinates on the National Grid are plain [`Grid`] values, because every ring is
//! made of them; the rarer spaces are wrapped.

/// A point on the British National Grid (EPSG:27700): x easting, y northing, in metres.
pub type Grid = ::geo::Coord<f64>;

/// A box on the British National Grid, in metres.
pub type GridRect = ::geo::Rect<f64>;

/// A closed polygon ring on the National Grid, without the repeated last point.
pub type Ring = Vec<Grid>;

/// A polygon: its exterior ring first, then its holes. The exterior runs counter-clockwise
/// and holes run clockwise, so that the inside is always on the left.
pub type Rings = Vec<Ring>;

/// A position on the globe, WGS 84 (EPSG:4326), in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat {
    /// Longitude, degrees east.
    pub lon: f64,
    /// Latitude, degrees north.
    pub lat: f64,
}

/// A point on a page or a window's map area: pixels from the top left, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PagePoint {
    /// Pixels from the left.
    pub x: f32,
    /// Pixels from the top.
    pub y: f32,
}

impl PagePoint {
    /// The point at `x`, `y`.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// Width and height of a page or map area, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Width in pixels.
    pub width: f32,
    /// Height in pixels.
    pub height: f32,
}

impl PageSize {
    /// A page of `width` by `height` pixels.
    #[must_use]
    pub const fn new(width: f32, height: f32) -> Self {
        Self { width, height }
    }
}

/// The smallest box around `points`, or `None` if there are none.
pub fn bounds_of<'a>(points: impl IntoIterator<Item = &'a Grid>) -> Option<GridRect> {
    let mut points = points.into_iter();
    let first = *points.next()?;
    let (min, max) = points.fold((first, first), |(min, max), p| {
        (
            Grid { x: min.x.min(p.x), y: min.y.min(p.y) },
            Grid { x: max.x.max(p.x), y: max.y.max(p.y) },
        )
    });
    Some(GridRect::new(min, max))
}

/// The smallest box around two boxes.
#[must_use]
pub fn union(a: GridRect, b: GridRect) -> GridRect {
    GridRect::new(
        Grid { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        Grid { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

/// Whether two boxes share at least a point.
#[must_use]
pub fn overlap(a: GridRect, b: GridRect) -> bool {
    a.min().x <= b.max().x
        && b.min().x <= a.max().x
        && a.min().y <= b.max().y
        && b.min().y <= a.max().y
}
