//! Where border segments cross each other, which sound borders never do.

use std::ops::Range;

use super::measure::cross;
use super::space::Grid;
use super::strips::Strips;

/// A segment and what it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Tagged {
    /// Its ends.
    pub ends: [Grid; 2],
    /// What it belongs to: an arc, a ring.
    pub tag: u32,
}

/// A place where two segments cross.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// What the segments belong to, the lesser first.
    pub tags: [u32; 2],
    /// The place.
    pub at: Grid,
}

/// What a search has found.
#[derive(Debug, Default)]
pub struct Crossings {
    /// The crossings, at most as many as were asked for.
    pub found: Vec<Crossing>,
    /// Whether the search ended early, because it had found enough or the segments lie so close
    /// that comparing them all would take too long.
    pub is_cut: bool,
}

/// How many comparisons a segment may cost on average. Real borders take about ten.
const COMPARISONS_PER_SEGMENT: usize = 2_000;

/// Segments that reach across each other by less only touch, in metres: so far do published
/// borders stray by rounding.
const LEAST_M: f64 = 0.01;

/// The segments of a run of points.
pub fn segments(points: &[Grid], tag: u32) -> impl Iterator<Item = Tagged> {
    points.windows(2).map(move |pair| Tagged { ends: [pair[0], pair[1]], tag })
}

/// So many segments that follow each other are looked at as one: most runs are nowhere near most
/// others, and one look at their boxes tells so for all of their segments.
const RUN: usize = 8;

/// A box on the grid: western, southern, eastern and northern limit, in metres.
#[derive(Clone, Copy)]
struct Reach([f64; 4]);

impl Reach {
    fn of(segment: &Tagged) -> Self {
        let [a, b] = segment.ends;
        Self([a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)])
    }

    fn with(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.min(e), b.min(f), c.max(g), d.max(h)])
    }

    fn meets(self, other: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a <= g && e <= c && b <= h && f <= d
    }
}

/// Segments that follow each other on a line.
struct Run {
    start: usize,
    end: usize,
    reach: Reach,
}

/// The segments cut into runs where a line ends, and where one gets long.
fn runs(all: &[Tagged], reaches: &[Reach]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(all.len() / RUN + 1);
    for (i, segment) in all.iter().enumerate() {
        let goes_on =
            |run: &&mut Run| run.end - run.start < RUN && all[i - 1].ends[1] == segment.ends[0];
        match runs.last_mut().filter(goes_on) {
            Some(run) => {
                run.end = i + 1;
                run.reach = run.reach.with(reaches[i]);
            }
            None => runs.push(Run { start: i, end: i + 1, reach: reaches[i] }),
        }
    }
    runs
}

/// The first `limit` proper crossings: inside both segments, not at an end of one. Segments that
/// run on top of each other do not cross.
///
/// The plane is cut into horizontal strips, and the runs in each strip are swept from west to
/// east.
#[must_use]
pub fn crossings(all: &[Tagged], limit: usize) -> Crossings {
    let reaches: Vec<Reach> = all.iter().map(Reach::of).collect();
    let runs = runs(all, &reaches);
    let south_to_north = |run: &Run| (run.reach.0[1], run.reach.0[3]);
    let mut search = Search {
        all,
        reaches: &reaches,
        limit,
        comparisons: all.len().saturating_mul(COMPARISONS_PER_SEGMENT),
        result: Crossings::default(),
    };
    let Some(strips) = Strips::fitting(runs.iter().map(south_to_north), 8) else {
        return search.result;
    };
    let mut filed: Vec<Vec<u32>> = vec![Vec::new(); strips.count];
    for (index, run) in (0u32..).zip(&runs) {
        let (low, high) = south_to_north(run);
        for strip in &mut filed[strips.number(low)..=strips.number(high)] {
            strip.push(index);
        }
    }
    let run = |index: u32| &runs[index as usize];
    let west = |index: u32| run(index).reach.0[0];
    for (number, strip) in filed.iter_mut().enumerate() {
        strip.sort_unstable_by(|a, b| west(*a).total_cmp(&west(*b)).then(a.cmp(b)));
        // Two segments can meet in several strips; the one of the place counts.
        let is_here = |at: Grid| strips.number(at.y) == number;
        for (i, first) in strip.iter().enumerate() {
            let first = run(*first);
            search.within(first, is_here);
            let east = first.reach.0[2];
            for second in strip[i + 1..].iter().take_while(|other| west(**other) <= east) {
                search.between(first, run(*second), is_here);
            }
            if search.result.is_cut {
                return search.result;
            }
        }
    }
    search.result
}

/// A search that ends when it has found or compared enough.
struct Search<'a> {
    all: &'a [Tagged],
    reaches: &'a [Reach],
    limit: usize,
    /// How many comparisons are left.
    comparisons: usize,
    result: Crossings,
}

impl Search<'_> {
    fn within(&mut self, run: &Run, is_here: impl Fn(Grid) -> bool) {
        for i in run.start..run.end {
            self.compare(i, i + 1..run.end, &is_here);
        }
    }

    fn between(&mut self, a: &Run, b: &Run, is_here: impl Fn(Grid) -> bool) {
        self.spend(1);
        if !a.reach.meets(b.reach) {
            return;
        }
        for i in a.start..a.end {
            if self.reaches[i].meets(b.reach) {
                self.compare(i, b.start..b.end, &is_here);
            }
        }
    }

    /// Compares a segment with others.
    fn compare(&mut self, i: usize, others: Range<usize>, is_here: &impl Fn(Grid) -> bool) {
        self.spend(others.len());
        if self.result.is_cut {
            return;
        }
        for j in others {
            if !self.reaches[i].meets(self.reaches[j]) {
                continue;
            }
            let (a, b) = (&self.all[i], &self.all[j]);
            let Some(at) = crossing(a.ends, b.ends).filter(|at| is_here(*at)) else { continue };
            let tags = [a.tag.min(b.tag), a.tag.max(b.tag)];
            if self.result.found.len() == self.limit {
                self.result.is_cut = true;
                return;
            }
            self.result.found.push(Crossing { tags, at });
        }
    }

    fn spend(&mut self, comparisons: usize) {
        self.comparisons = self.comparisons.saturating_sub(comparisons);
        self.result.is_cut |= self.comparisons == 0;
    }
}

/// The place where two segments cross, each inside the other.
fn crossing([a, b]: [Grid; 2], [c, d]: [Grid; 2]) -> Option<Grid> {
    // Distances to a line times its length.
    let sides = |from: Grid, to: Grid, [p, q]: [Grid; 2]| {
        let (p, q) = (cross(from, to, p), cross(from, to, q));
        // Nearly all pairs end here, before a root is taken.
        if (p < 0.0) == (q < 0.0) {
            return None;
        }
        let least = LEAST_M * (to.x - from.x).hypot(to.y - from.y);
        (p.abs() > least && q.abs() > least).then_some([p, q])
    };
    sides(a, b, [c, d])?;
    let [of_a, of_b] = sides(c, d, [a, b])?;
    let t = of_a / (of_a - of_b);
    let y = (a.y + t * (b.y - a.y)).clamp(a.y.min(b.y), a.y.max(b.y));
    Some(Grid { x: a.x + t * (b.x - a.x), y })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&[(f64, f64)]]) -> Vec<([u32; 2], f64, f64)> {
        let mut all = Vec::new();
        for (tag, line) in (0..).zip(lines) {
            let points: Vec<Grid> = line.iter().map(|&(x, y)| Grid { x, y }).collect();
            all.extend(segments(&points, tag));
        }
        let crossings = crossings(&all, 100).found;
        crossings.into_iter().map(|c| (c.tags, c.at.x, c.at.y)).collect()
    }

    #[test]
    fn crossings_are_found_once_and_touching_is_none() {
        let cross: &[&[(f64, f64)]] = &[&[(0.0, 0.0), (10.0, 10.0)], &[(0.0, 10.0), (10.0, 0.0)]];
        assert_eq!(found(cross), [([0, 1], 5.0, 5.0)]);
        let touching: &[&[(f64, f64)]] = &[
            &[(0.0, 0.0), (10.0, 0.0)],
            &[(5.0, 0.0), (5.0, 9.0)],
            &[(10.0, 0.0), (20.0, 5.0)],
            &[(2.0, 0.0), (8.0, 0.0)],
        ];
        assert_eq!(found(touching), []);
    }

    #[test]
    fn agrees_with_comparing_all_pairs() {
        // A zigzag that crosses itself and a wave in many places.
        let wave: Vec<(f64, f64)> = (0..400)
            .map(|i| (f64::from((i * 7919) % 397), f64::from((i * 104_729) % 401)))
            .collect();
        let points: Vec<Grid> = wave.iter().map(|&(x, y)| Grid { x, y }).collect();
        let all: Vec<Tagged> = segments(&points, 0).collect();
        let mut expected = 0;
        for (i, a) in all.iter().enumerate() {
            expected += all[i + 1..].iter().filter(|b| crossing(a.ends, b.ends).is_some()).count();
        }
        assert!(expected > 1000);
        assert_eq!(crossings(&all, usize::MAX).found.len(), expected);
        assert!(crossings(&all, 10).is_cut);
    }
}
