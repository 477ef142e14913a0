//! Where on a coarse grid there is land, to find room beside it quickly.

use super::level::Level;
use super::space::{Grid, GridRect};
use super::sums::Sums;

/// Side of a cell in metres.
const CELL_M: f64 = 4000.0;
/// Cells along a side; a larger map has larger cells.
const MOST: f64 = 200.0;

/// Cells with land in them, counted so that any box is answered at once.
#[derive(Debug)]
pub struct LandMask {
    cells: Cells,
    land: Sums,
}

/// Square cells of a box.
#[derive(Debug)]
struct Cells {
    origin: Grid,
    side_m: f64,
    columns: usize,
    rows: usize,
}

impl LandMask {
    /// The land of those areas of a level that are wanted, within a box in grid metres. An island
    /// smaller than a cell counts as well.
    #[must_use]
    pub fn of(level: &Level, bounds: GridRect, is_wanted: impl Fn(usize) -> bool) -> Self {
        let cells = Cells::of(bounds);
        let mut land = Vec::with_capacity(cells.columns * cells.rows);
        for row in 0..cells.rows {
            let line = level.row(cells.centre(0, row).y);
            land.extend((0..cells.columns).map(|column| {
                let area = level.area_in(&line, cells.centre(column, row).x);
                area.is_some_and(&is_wanted)
            }));
        }
        for (arc, sides) in level.arcs() {
            if sides.iter().flatten().any(|side| is_wanted(*side as usize)) {
                for p in arc.iter().filter(|p| bounds.min().x <= p.x && bounds.min().y <= p.y) {
                    let (column, row) = cells.of_place(*p);
                    if column < cells.columns && row < cells.rows {
                        land[row * cells.columns + column] = true;
                    }
                }
            }
        }
        let land = Sums::of(cells.columns, &land);
        Self { cells, land }
    }

    /// Land in a box, in square metres, to the nearest cells.
    #[must_use]
    pub fn land_in(&self, rect: GridRect) -> f64 {
        let Cells { origin, side_m, .. } = self.cells;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let cells = |from: f64, to: f64, origin: f64| {
            let cell = |m: f64| ((m - origin) / side_m).floor();
            cell(from).max(0.0) as usize..(cell(to) + 1.0).max(0.0) as usize
        };
        let columns = cells(rect.min().x, rect.max().x, origin.x);
        let rows = cells(rect.min().y, rect.max().y, origin.y);
        f64::from(self.land.count(columns, rows)) * side_m * side_m
    }
}

impl Cells {
    fn of(bounds: GridRect) -> Self {
        let side_m = CELL_M.max(bounds.width().max(bounds.height()) / MOST);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200")]
        let count = |length: f64| (length / side_m).floor() as usize + 1;
        let (columns, rows) = (count(bounds.width()), count(bounds.height()));
        Self { origin: bounds.min(), side_m, columns, rows }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 200 cells")]
    fn centre(&self, column: usize, row: usize) -> Grid {
        Grid {
            x: self.origin.x + (column as f64 + 0.5) * self.side_m,
            y: self.origin.y + (row as f64 + 0.5) * self.side_m,
        }
    }

    /// The cell of a place north-east of the origin.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "asked before")]
    fn of_place(&self, p: Grid) -> (usize, usize) {
        let cell = |from: f64, to: f64| ((to - from) / self.side_m).floor() as usize;
        (cell(self.origin.x, p.x), cell(self.origin.y, p.y))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::geo::level::Levels;
    use crate::geo::space::Rings;
    use crate::geo::topology::Topology;

    fn square(from: f64, to: f64) -> Rings {
        vec![[(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| Grid { x, y }).to_vec()]
    }

    #[test]
    fn land_is_found_in_any_box_and_small_islands_count() {
        let areas = vec![vec![square(0.0, 100_000.0)], vec![square(310_000.0, 310_500.0)]];
        let topology = Topology::build(&areas);
        let level = Levels::new(Arc::new(topology)).at(100.0);
        let corner = |m: f64| Grid { x: m, y: m };
        let bounds = GridRect::new(corner(0.0), corner(400_000.0));
        let mask = LandMask::of(&level, bounds, |_| true);
        let land = |from: f64, to: f64| mask.land_in(GridRect::new(corner(from), corner(to)));
        assert!(land(10_000.0, 50_000.0) > 1.5e9);
        assert!(land(120_000.0, 290_000.0) < 1.0);
        assert!(land(300_000.0, 320_000.0) > 1.0, "the island");
        assert!(land(-50_000.0, -10_000.0) < 1.0, "off the map");
        let whole = land(0.0, 400_000.0);
        assert!((whole / 1e10 - 1.0).abs() < 0.1, "{whole}");
        let only_island = LandMask::of(&level, bounds, |area| area == 1);
        assert!(only_island.land_in(GridRect::new(corner(0.0), corner(100_000.0))) < 1.0);
    }
}
