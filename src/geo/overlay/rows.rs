//! Level rows across one or two sets of areas, as runs of land.
//!
//! A row meets the borders in points. Sorted from west to east, they cut it into runs, each in
//! one area of each set or in none. This needs no intersection of two borders to be worked
//! out, so lines that run on top of each other, touch or cross themselves do no harm.

use std::ops::Range;

use crate::geo::space::Grid;
use crate::geo::topology::Topology;

/// An area of each of two sets, or none.
pub type Pair = [Option<u32>; 2];

/// A stretch of a row, in grid metres from west to east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Western end.
    pub west: f64,
    /// Eastern end.
    pub east: f64,
    /// Whose land it is.
    pub pair: Pair,
}

/// Where the rows lie: row `n` at `south + (n + ½) · step`.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// Northing of the southern edge of row 0, in metres.
    pub south: f64,
    /// Distance between rows, in metres.
    pub step: f64,
    /// Number of rows.
    pub count: usize,
}

impl Rows {
    /// Northing of a row.
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
    pub fn northing(&self, row: usize) -> f64 {
        self.south + (row as f64 + 0.5) * self.step
    }

    /// The rows at or north of `low` and south of `high`.
    fn between(&self, low: f64, high: f64) -> Range<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast saturates, and the number of rows limits it"
        )]
        let first_from = |y: f64| ((y - self.south) / self.step - 0.5).ceil().max(0.0) as usize;
        let start = first_from(low).min(self.count);
        start..first_from(high).clamp(start, self.count)
    }

    /// The land of both sets along some rows, one list for each row. Neighbouring runs of the
    /// same land are one.
    pub fn runs(&self, sets: [&Outlines<'_>; 2], rows: Range<usize>) -> Vec<Vec<Run>> {
        let [a, b] = sets.map(|set| {
            let met = self.crossings(set, rows.clone());
            met.into_iter().map(|row| runs_of_row(set, row)).collect::<Vec<_>>()
        });
        a.into_iter().zip(b).map(|(a, b)| merged([a, b])).collect()
    }

    /// Where the borders of a set meet some rows, unsorted.
    fn crossings(&self, set: &Outlines<'_>, rows: Range<usize>) -> Vec<Vec<Crossing>> {
        let mut found = vec![Vec::new(); rows.len()];
        let (south, north) = (self.northing(rows.start), self.northing(rows.end));
        for (arc, border) in set.topology.arcs.iter().enumerate() {
            if border.bounds.max().y < south || north < border.bounds.min().y {
                continue;
            }
            for pair in border.points.windows(2) {
                // Both directions of a segment give the very same number.
                let (low, high) =
                    if pair[0].y <= pair[1].y { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                if high.y < south || north < low.y {
                    continue;
                }
                let met = self.between(low.y, high.y);
                for row in met.start.max(rows.start)..met.end.min(rows.end) {
                    let x = at_northing(low, high, self.northing(row));
                    found[row - rows.start].push(Crossing { x, arc });
                }
            }
        }
        found
    }
}

/// A set with the areas that each of its arcs is part of the outline of.
///
/// These are taken from the rings and not from the sides of the arcs: a ring is always closed,
/// so whoever enters an area along a row leaves it too, even where areas overlap.
#[derive(Debug)]
pub struct Outlines<'a> {
    topology: &'a Topology,
    areas: Vec<Vec<u32>>,
}

impl<'a> Outlines<'a> {
    /// The outlines of a set.
    pub fn of(topology: &'a Topology) -> Self {
        let mut areas = vec![Vec::new(); topology.arcs.len()];
        for (area, shape) in (0u32..).zip(&topology.shapes) {
            for used in shape.iter().flatten().flat_map(|ring| &ring.arcs) {
                areas[used.arc as usize].push(area);
            }
        }
        Self { topology, areas }
    }
}

/// Where a border meets a row.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    x: f64,
    arc: usize,
}

fn at_northing(low: Grid, high: Grid, y: f64) -> f64 {
    low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y)
}

/// An area along a row.
type Stretch = (f64, f64, u32);

/// The areas of one set along a row. Where areas overlap, it is the one entered last.
fn runs_of_row(set: &Outlines<'_>, mut crossings: Vec<Crossing>) -> Vec<Stretch> {
    crossings.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut inside: Vec<u32> = Vec::new();
    let mut runs: Vec<Stretch> = Vec::new();
    let mut west = f64::NEG_INFINITY;
    for crossing in crossings {
        if let Some(area) = inside.last().copied().filter(|_| crossing.x > west) {
            match runs.last_mut() {
                Some(last) if last.2 == area && last.1 >= west => last.1 = crossing.x,
                _ => runs.push((west, crossing.x, area)),
            }
        }
        west = crossing.x;
        for area in &set.areas[crossing.arc] {
            match inside.iter().position(|other| other == area) {
                Some(at) => drop(inside.remove(at)),
                None => inside.push(*area),
            }
        }
    }
    runs
}

/// Two rows laid over each other.
fn merged([a, b]: [Vec<Stretch>; 2]) -> Vec<Run> {
    let mut ends: Vec<f64> = a.iter().chain(&b).flat_map(|run| [run.0, run.1]).collect();
    ends.sort_by(f64::total_cmp);
    let mut sets = [a.into_iter().peekable(), b.into_iter().peekable()];
    let mut runs: Vec<Run> = Vec::new();
    for span in ends.windows(2).filter(|span| span[0] < span[1]) {
        let pair = sets.each_mut().map(|set| {
            while set.next_if(|run| run.1 <= span[0]).is_some() {}
            set.peek().filter(|run| run.0 <= span[0]).map(|run| run.2)
        });
        if pair == [None; 2] {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.pair == pair && last.east >= span[0] => last.east = span[1],
            _ => runs.push(Run { west: span[0], east: span[1], pair }),
        }
    }
    runs
}
