//! Where on a coarse grid there is land, to find room beside it quickly.

use super::level::Level;
use super::space::{Grid, GridRect};

/// Side of a cell in metres.
const CELL_M: f64 = 4000.0;
/// Cells along a side; a larger map has larger cells.
const MOST: f64 = 200.0;

/// Cells with land in them, counted so that any box is answered at once: a summed-area table
/// (Crow 1984).
#[derive(Debug)]
pub struct LandMask {
    origin: Grid,
    cell_m: f64,
    columns: usize,
    rows: usize,
    /// Land cells below and to the left of each corner.
    sums: Vec<u32>,
}

impl LandMask {
    /// The land of those areas of a level that are wanted, within a box in grid metres. An island
    /// smaller than a cell counts as well.
    #[must_use]
    pub fn of(level: &Level, bounds: GridRect, is_wanted: impl Fn(usize) -> bool) -> Self {
        let cell_m = CELL_M.max(bounds.width().max(bounds.height()) / MOST);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200")]
        let count = |length: f64| (length / cell_m).floor() as usize + 1;
        let (columns, rows) = (count(bounds.width()), count(bounds.height()));
        let mut mask = Self {
            origin: bounds.min(),
            cell_m,
            columns,
            rows,
            sums: vec![0; (columns + 1) * (rows + 1)],
        };
        let mut land = vec![false; columns * rows];
        for row in 0..rows {
            let line = level.row(mask.centre(0, row).y);
            for column in 0..columns {
                let area = level.area_in(&line, mask.centre(column, row).x);
                land[row * columns + column] = area.is_some_and(&is_wanted);
            }
        }
        for (arc, sides) in level.arcs() {
            if sides.iter().flatten().any(|side| is_wanted(*side as usize)) {
                for p in arc.iter().filter(|p| bounds.min().x <= p.x && bounds.min().y <= p.y) {
                    let (column, row) = mask.cell_of(*p);
                    if column < columns && row < rows {
                        land[row * columns + column] = true;
                    }
                }
            }
        }
        for row in 0..rows {
            let mut in_row = 0;
            for column in 0..columns {
                in_row += u32::from(land[row * columns + column]);
                let below = mask.sums[mask.corner(column + 1, row)];
                let corner = mask.corner(column + 1, row + 1);
                mask.sums[corner] = below + in_row;
            }
        }
        mask
    }

    /// Land in a box, in square metres, to the nearest cells.
    #[must_use]
    pub fn land_in(&self, rect: GridRect) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let clamp = |cells: f64, most: usize| (cells.max(0.0) as usize).min(most);
        let x =
            |x: f64, up: f64| clamp(((x - self.origin.x) / self.cell_m + up).floor(), self.columns);
        let y =
            |y: f64, up: f64| clamp(((y - self.origin.y) / self.cell_m + up).floor(), self.rows);
        let (left, right) = (x(rect.min().x, 0.0), x(rect.max().x, 1.0));
        let (bottom, top) = (y(rect.min().y, 0.0), y(rect.max().y, 1.0));
        if left >= right || bottom >= top {
            return 0.0;
        }
        let sum = |column, row| self.sums[self.corner(column, row)];
        let cells = sum(right, top) + sum(left, bottom) - sum(left, top) - sum(right, bottom);
        f64::from(cells) * self.cell_m * self.cell_m
    }

    fn corner(&self, column: usize, row: usize) -> usize {
        row * (self.columns + 1) + column
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 200 cells")]
    fn centre(&self, column: usize, row: usize) -> Grid {
        Grid {
            x: self.origin.x + (column as f64 + 0.5) * self.cell_m,
            y: self.origin.y + (row as f64 + 0.5) * self.cell_m,
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "asked before")]
    fn cell_of(&self, p: Grid) -> (usize, usize) {
        let cell = |from: f64, to: f64| ((to - from) / self.cell_m).floor() as usize;
        (cell(self.origin.x, p.x), cell(self.origin.y, p.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Rings;
    use crate::geo::topology::Topology;

    fn square(from: f64, to: f64) -> Rings {
        vec![[(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| Grid { x, y }).to_vec()]
    }

    #[test]
    fn land_is_found_in_any_box_and_small_islands_count() {
        let areas = vec![vec![square(0.0, 100_000.0)], vec![square(310_000.0, 310_500.0)]];
        let topology = Topology::build(&areas);
        let level = crate::geo::level::Levels::default().at(&topology, 100.0);
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
