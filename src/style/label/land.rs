//! What lies under the page.

use crate::geo::space::PagePoint;

/// What lies at a point of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// An area, by its number.
    Area(usize),
    /// Sea, or land that is not part of the map's subject.
    Open,
}

/// What lies under the page, to be asked row by row: names are wide, and most points that are looked
/// at lie beside each other.
pub trait Land {
    /// What is known of a row of the page.
    type Row<'a>
    where
        Self: 'a;

    /// A row, by its distance from the top of the page in pixels.
    fn row(&self, y: f32) -> Self::Row<'_>;

    /// What lies on a row so many pixels from the left.
    fn on(&self, row: &Self::Row<'_>, x: f32) -> Ground;

    /// Whether it is certain that a stretch of a row, from one distance from the left to another,
    /// lies on the same ground. If so, one look tells all of it.
    fn is_even(&self, _row: &Self::Row<'_>, _from: f32, _to: f32) -> bool {
        false
    }

    /// What lies at a point.
    fn at(&self, p: PagePoint) -> Ground {
        self.on(&self.row(p.y), p.x)
    }
}

/// Land that is asked point by point.
impl<F: Fn(PagePoint) -> Ground> Land for F {
    type Row<'a>
        = f32
    where
        Self: 'a;

    fn row(&self, y: f32) -> f32 {
        y
    }

    fn on(&self, y: &f32, x: f32) -> Ground {
        self(PagePoint::new(x, *y))
    }
}

/// Distance between the points at which the edges of a block are held against the land, in pixels.
const CLOSE: f32 = 5.0;

/// Whether all of a block, half as wide and as high as said, is on the right ground. The corners and
/// the middle are asked first: they are the first to stick out. Then the edges, closely: land beside
/// the area reaches into the block across one of them, if it does.
pub(super) fn is_all<L: Land>(
    land: &L,
    at: PagePoint,
    (w, h): (f32, f32),
    is_right: impl Fn(Ground) -> bool,
) -> bool {
    let row = |y: f32| land.row(at.y + y);
    let has = |row: &L::Row<'_>, x: f32| is_right(land.on(row, at.x + x));
    let has_ends = |row: &L::Row<'_>| has(row, -w) && has(row, w);
    let (top, bottom) = (row(-h), row(h));
    let is_even = |row: &L::Row<'_>| land.is_even(row, at.x - w, at.x + w);
    has_ends(&top)
        && has_ends(&bottom)
        && has(&row(0.0), 0.0)
        && [top, bottom].iter().all(|row| is_even(row) || along(w).all(|x| has(row, x)))
        && along(h).all(|y| has_ends(&row(y)))
}

/// Points between the ends of an edge, from its middle, close to each other.
fn along(half: f32) -> impl Iterator<Item = f32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    let steps = (2.0 * half / CLOSE).ceil().clamp(2.0, 200.0) as u16;
    (1..steps).map(move |step| half * (2.0 * f32::from(step) / f32::from(steps) - 1.0))
}
