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

/// A rectangle on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl PageRect {
    /// The whole of a page.
    #[must_use]
    pub const fn of(size: PageSize) -> Self {
        Self { x: 0.0, y: 0.0, width: size.width, height: size.height }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(self, p: PagePoint) -> bool {
        (self.x..self.x + self.width).contains(&p.x)
            && (self.y..self.y + self.height).contains(&p.y)
    }

    /// The box of half a width and half a height around a point.
    #[must_use]
    pub fn around(at: PagePoint, (w, h): (f32, f32)) -> Self {
        Self { x: at.x - w, y: at.y - h, width: 2.0 * w, height: 2.0 * h }
    }

    /// The box that is larger by so many pixels on each side, or smaller by a negative number.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    /// The smallest box around this and another one.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// Right edge.
    #[must_use]
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    #[must_use]
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The point in the middle.
    #[must_use]
    pub fn centre(self) -> PagePoint {
        PagePoint::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether all of another box lies in it.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Whether it shares some room with another box.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether a straight line meets it: Liang and Barsky's clipping leaves something of it.
    #[must_use]
    pub fn is_met_by(self, [a, b]: [PagePoint; 2]) -> bool {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let (mut from, mut to) = (0.0f32, 1.0f32);
        for (along, inside) in [
            (-dx, a.x - self.x),
            (dx, self.right() - a.x),
            (-dy, a.y - self.y),
            (dy, self.bottom() - a.y),
        ] {
            if along == 0.0 {
                if inside < 0.0 {
                    return false;
                }
            } else if along < 0.0 {
                from = from.max(inside / along);
            } else {
                to = to.min(inside / along);
            }
        }
        from <= to
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
