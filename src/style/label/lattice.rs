//! The land at points of a lattice.
//!
//! Names that stand beside their areas look for open ground in thousands of places, most of them on
//! land. What lies at a lattice point inside a block lies under the block, so a look into a table
//! turns most places down.

use super::{Ground, Land};
use crate::geo::space::{PagePoint, PageRect};

/// Distance between two points of the lattice, in pixels.
const APART: f32 = 4.0;

/// A lattice over a part of the page.
pub(super) struct Lattice {
    frame: PageRect,
    columns: usize,
    /// Which points are on land, by rows.
    is_land: Vec<bool>,
}

impl Lattice {
    /// Looks for land.
    pub fn over<L: Land>(frame: PageRect, land: &L) -> Self {
        let (columns, rows) = (index(frame.width) + 1, index(frame.height) + 1);
        let mut is_land = vec![false; columns * rows];
        for (number, points) in is_land.chunks_exact_mut(columns).enumerate() {
            let row = land.row(frame.y + coordinate(number));
            look(land, &row, frame.x, points);
        }
        Self { frame, columns, is_land }
    }

    /// Whether land is found under a block on the frame at its middle or, inside of it, near its
    /// corners. There may be some even if it is not found.
    pub fn finds_land(&self, block: PageRect) -> bool {
        // From the first point in the block to the last one.
        let points = |from: f32, to: f32| {
            let (first, last) = ((from.max(0.0) / APART).ceil(), (to / APART).floor());
            (first <= last)
                .then(|| [first, f32::midpoint(first, last), last].map(|n| index(n * APART)))
        };
        let columns = points(block.x - self.frame.x, block.right() - self.frame.x);
        let rows = points(block.y - self.frame.y, block.bottom() - self.frame.y);
        let (Some([west, x, east]), Some([north, y, south])) = (columns, rows) else {
            return false; // no point of the lattice lies in it
        };
        [(x, y), (west, north), (east, north), (west, south), (east, south)]
            .into_iter()
            .any(|(column, row)| self.has_land(column, row))
    }

    /// Whether the point of the lattice next to a place on the frame, to the left and above, is on
    /// land: it lies under every block around there that is not tiny.
    pub fn is_land(&self, at: PagePoint) -> bool {
        self.has_land(index(at.x - self.frame.x), index(at.y - self.frame.y))
    }

    fn has_land(&self, column: usize, row: usize) -> bool {
        let point = self.is_land.get(row * self.columns + column);
        column < self.columns && point.is_some_and(|is_land| *is_land)
    }
}

/// Looks at points of a row from an `x` on: one look for as many as possible.
fn look<L: Land>(land: &L, row: &L::Row<'_>, x: f32, points: &mut [bool]) {
    let count = points.len();
    if count > 1 && !land.is_even(row, x, x + coordinate(count - 1)) {
        let (west, east) = points.split_at_mut(count / 2);
        look(land, row, x, west);
        look(land, row, x + coordinate(count / 2), east);
    } else {
        points.fill(land.on(row, x) != Ground::Open);
    }
}

/// The last point of the lattice before a distance in pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion from a float stops at the limits of the type"
)]
fn index(pixels: f32) -> usize {
    (pixels / APART) as usize
}

/// The distance of a point of the lattice in pixels.
#[expect(clippy::cast_precision_loss, reason = "a page has some thousands of pixels")]
fn coordinate(index: usize) -> f32 {
    index as f32 * APART
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::PagePoint;

    #[test]
    fn land_under_a_block_is_found_and_land_beside_it_is_not() {
        let frame = PageRect { x: 10.0, y: 20.0, width: 400.0, height: 300.0 };
        // Land from 100 pixels on towards the east.
        let ground = |p: PagePoint| if p.x >= 100.0 { Ground::Area(0) } else { Ground::Open };
        let block = |x: f32| PageRect { x, y: 80.0, width: 40.0, height: 13.0 };
        let lattice = Lattice::over(frame, &ground);
        assert!(!lattice.finds_land(block(59.0)));
        assert!(lattice.finds_land(block(66.0)));
        assert!(lattice.finds_land(block(200.0)));
        // Between two columns of points nothing is found.
        assert!(!lattice.finds_land(PageRect { width: 2.0, ..block(203.0) }));
    }
}
