//! The land at points of a lattice.
//!
//! Names that stand beside their areas look for open ground in thousands of places, most of them on
//! land. What lies at a lattice point inside a block lies under the block, and the rows of the
//! lattice are known after the first few questions: most places are turned down in no time.

use std::cell::OnceCell;

use super::{Ground, Land};
use crate::geo::space::PageRect;

/// Distance between two points of the lattice, in pixels.
const APART: f32 = 4.0;

/// The rows of a lattice, as far as they have been asked for.
pub(super) struct Lattice<'a, L: Land> {
    frame: PageRect,
    land: &'a L,
    rows: Vec<OnceCell<L::Row<'a>>>,
}

impl<'a, L: Land> Lattice<'a, L> {
    /// A lattice over a part of the page of which nothing is known.
    pub fn over(frame: PageRect, land: &'a L) -> Self {
        let rows = (0..=index(frame.height)).map(|_| OnceCell::new()).collect();
        Self { frame, land, rows }
    }

    /// Whether land is found under a block on the frame at its middle or, inside of it, near its
    /// corners. There may be some even if it is not found.
    pub fn finds_land(&self, block: PageRect) -> bool {
        let west = (block.x - self.frame.x).max(0.0) / APART;
        let north = (block.y - self.frame.y).max(0.0) / APART;
        let east = (block.right() - self.frame.x) / APART;
        let south = (block.bottom() - self.frame.y) / APART;
        let (west, east) = (west.ceil() * APART, east.floor() * APART);
        let (north, south) = (north.ceil() * APART, south.floor() * APART);
        if west > east || north > south {
            return false; // no point of the lattice lies in it
        }
        let middle = (f32::midpoint(west, east), f32::midpoint(north, south));
        [middle, (west, north), (east, north), (west, south), (east, south)]
            .into_iter()
            .any(|(x, y)| self.is_land(index(x), index(y)))
    }

    fn is_land(&self, column: usize, row: usize) -> bool {
        let [x, y] = [column, row].map(coordinate);
        let row = self.rows.get(row).filter(|_| x <= self.frame.width);
        row.is_some_and(|row| {
            let row = row.get_or_init(|| self.land.row(self.frame.y + y));
            self.land.on(row, self.frame.x + x) != Ground::Open
        })
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
        for _ in 0..2 {
            assert!(!lattice.finds_land(block(59.0)));
            assert!(lattice.finds_land(block(66.0)));
            assert!(lattice.finds_land(block(200.0)));
        }
    }
}
