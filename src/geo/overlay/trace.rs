//! From runs back to polygons.
//!
//! Every run stands for a rectangle, half a step to the north and to the south of its row. The
//! outline of all of them is a staircase; the line through the middles of its risers encloses
//! exactly the same area and passes through the points where the rows met the borders.

use rustc_hash::FxHashMap;

use super::rows::Rows;
use crate::geo::measure::{ring_area, ring_contains};
use crate::geo::space::{Grid, Ring, Rings};

/// About how many points of a hole are asked which ring is around it.
const WITNESSES: usize = 16;

/// A row with the western and eastern end of a run, in grid metres.
pub type RowRun = (usize, f64, f64);

/// A corner of the staircase: the line to the south of this row, and the easting.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Corner {
    line: usize,
    x: f64,
}

impl Corner {
    fn key(self) -> (usize, u64) {
        (self.line, self.x.to_bits())
    }
}

/// The polygons that runs cover. They come row by row, from west to east.
pub fn trace(rows: &Rows, runs: &[RowRun]) -> Vec<Rings> {
    let mut leaving: FxHashMap<(usize, u64), Vec<Corner>> = FxHashMap::default();
    let edges = edges(runs);
    for (from, to) in &edges {
        leaving.entry(from.key()).or_default().push(*to);
    }
    let mut rings = Vec::new();
    for (start, _) in &edges {
        let mut ring = Vec::new();
        let mut at = *start;
        while let Some(next) = leaving.get_mut(&at.key()).and_then(Vec::pop) {
            ring.push(at);
            at = next;
        }
        if !ring.is_empty() {
            rings.push(smoothed(rows, &ring));
        }
    }
    polygons(rings)
}

/// The edges of the staircase, land on their left.
fn edges(runs: &[RowRun]) -> Vec<(Corner, Corner)> {
    let mut edges = Vec::with_capacity(runs.len() * 6);
    let mut below: (usize, &[RowRun]) = (0, &[]);
    for row in runs.chunk_by(|a, b| a.0 == b.0) {
        let line = row[0].0;
        if below.0 == line {
            treads(line, below.1, row, &mut edges);
        } else {
            treads(below.0, below.1, &[], &mut edges);
            treads(line, &[], row, &mut edges);
        }
        for &(row, west, east) in row {
            edges.push((Corner { line: row + 1, x: west }, Corner { line: row, x: west }));
            edges.push((Corner { line: row, x: east }, Corner { line: row + 1, x: east }));
        }
        below = (line + 1, row);
    }
    treads(below.0, below.1, &[], &mut edges);
    edges
}

/// The level edges on a line: where there is land on one side of it only.
fn treads(line: usize, below: &[RowRun], above: &[RowRun], edges: &mut Vec<(Corner, Corner)>) {
    let mut ends: Vec<f64> = below.iter().chain(above).flat_map(|run| [run.1, run.2]).collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let (mut south, mut north) = (below.iter().peekable(), above.iter().peekable());
    for span in ends.windows(2) {
        let (west, east) = (Corner { line, x: span[0] }, Corner { line, x: span[1] });
        let [land_south, land_north] = [&mut south, &mut north].map(|runs| {
            while runs.next_if(|run| run.2 <= span[0]).is_some() {}
            runs.peek().is_some_and(|run| run.1 <= span[0])
        });
        match (land_south, land_north) {
            (false, true) => edges.push((west, east)),
            (true, false) => edges.push((east, west)),
            _ => {}
        }
    }
}

/// The line through the middles of the risers. Where the staircase turns back, at the top and
/// at the bottom, the tread stays.
fn smoothed(rows: &Rows, corners: &[Corner]) -> Ring {
    let next = |i: usize| corners[(i + 1) % corners.len()];
    let risers: Vec<usize> =
        (0..corners.len()).filter(|&i| corners[i].line != next(i).line).collect();
    let edge_of_row = |line: usize| rows.northing(line) - rows.step / 2.0;
    let mut ring = Ring::with_capacity(risers.len() * 2);
    for (n, &i) in risers.iter().enumerate() {
        let (from, to) = (corners[i], next(i));
        ring.push(Grid { x: from.x, y: rows.northing(from.line.min(to.line)) });
        let following = corners[risers[(n + 1) % risers.len()]];
        let after = next(risers[(n + 1) % risers.len()]);
        if (to.line > from.line) != (after.line > following.line) {
            let y = edge_of_row(to.line);
            ring.extend([Grid { x: to.x, y }, Grid { x: following.x, y }]);
        }
    }
    ring
}

/// Sorts rings into polygons: each hole goes to the smallest exterior around it.
fn polygons(rings: Vec<Ring>) -> Vec<Rings> {
    let measured = rings.into_iter().map(|ring| (ring_area(&ring), ring));
    let (exteriors, holes): (Vec<_>, Vec<_>) =
        measured.filter(|(area, _)| *area != 0.0).partition(|(area, _)| *area > 0.0);
    let mut polygons: Vec<(f64, Rings)> =
        exteriors.into_iter().map(|(area, ring)| (area, vec![ring])).collect();
    for (area, hole) in holes {
        // A few points tell where it lies: a long ring has a hundred thousand.
        let points: Vec<&Grid> = hole.iter().step_by(hole.len() / WITNESSES + 1).collect();
        let holds = |(size, rings): &&mut (f64, Rings)| {
            let inside = points.iter().filter(|p| ring_contains(&rings[0], ***p)).count();
            *size > -area && inside * 2 > points.len()
        };
        let around = polygons.iter_mut().filter(holds).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, rings)) = around {
            rings.push(hole);
        }
    }
    polygons.into_iter().map(|(_, rings)| rings).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::polygons_area;

    const ROWS: Rows = Rows { south: 100.0, step: 10.0, count: 40 };

    fn area_of(runs: &[RowRun]) -> f64 {
        runs.iter().map(|(_, west, east)| (east - west) * ROWS.step).sum()
    }

    #[test]
    fn a_slanted_ring_keeps_its_hole_and_its_area() {
        let mut runs = Vec::new();
        for (row, offset) in (0..20usize).zip((0..20).map(|i| f64::from(i) * 7.0)) {
            if (5..12).contains(&row) {
                runs.extend([(row, offset, offset + 60.0), (row, offset + 90.0, offset + 200.0)]);
            } else {
                runs.push((row, offset, offset + 200.0));
            }
        }
        let polygons = trace(&ROWS, &runs);
        assert_eq!(polygons.len(), 1);
        assert_eq!(polygons[0].len(), 2, "an exterior and a hole");
        assert!((polygons_area(&polygons) - area_of(&runs)).abs() < 1e-6);
        // The slanted sides are lines, not stairs: all their points lie on the slant.
        let on_slant = |p: &&Grid| {
            let row = (p.y - ROWS.northing(0)) / ROWS.step;
            (p.x - row * 7.0).abs() < 1e-9 || (p.x - row * 7.0 - 200.0).abs() < 1e-9
        };
        assert!(polygons[0][0].iter().filter(on_slant).count() >= 40);
    }

    #[test]
    fn runs_that_touch_in_a_corner_and_gaps_between_rows_do_no_harm() {
        let runs = [
            (2, 0.0, 10.0),
            (2, 30.0, 50.0),
            (3, 10.0, 30.0),
            (4, 0.0, 10.0),
            (4, 30.0, 35.0),
            (9, 5.0, 6.0),
        ];
        let polygons = trace(&ROWS, &runs);
        assert!((polygons_area(&polygons) - area_of(&runs)).abs() < 1e-6);
        assert!(trace(&ROWS, &[]).is_empty());
    }
}
