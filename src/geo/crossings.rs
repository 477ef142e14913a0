//! Where border segments cross each other, which sound borders never do.

mod tree;

use rayon::prelude::*;

use super::measure::cross;
use super::space::Grid;
use tree::{Node, Reach, Run, Tree};

/// A line and what it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its points.
    pub points: &'a [Grid],
    /// Whether a segment leads from the last point to the first one.
    pub is_closed: bool,
    /// What it belongs to: an arc, a polygon.
    pub tag: u32,
}

impl Line<'_> {
    fn segments(&self) -> usize {
        self.points.len().saturating_sub(usize::from(!self.is_closed))
    }

    #[inline]
    fn segment(&self, i: usize) -> [Grid; 2] {
        [self.points[i], *self.points.get(i + 1).unwrap_or(&self.points[0])]
    }
}

/// A place where two segments cross.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// What the segments belong to, the lesser first.
    pub tags: [u32; 2],
    /// Their numbers on their lines.
    pub segments: [usize; 2],
    /// The place.
    pub at: Grid,
}

/// What a search has found.
#[derive(Debug, Default)]
pub struct Crossings {
    /// The crossings from south to north, at most as many as were asked for.
    pub found: Vec<Crossing>,
    /// Where a line comes back to one of its points, likewise.
    pub touching: Vec<Crossing>,
    /// Whether the search ended early, because it had found enough or the segments lie so close
    /// that comparing them all would take too long.
    pub is_cut: bool,
}

/// When lines cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// When each reaches across the other by a centimetre: published borders stray by rounding.
    Plainly,
    /// However little they do, in whatever units.
    Exact,
}

/// How many comparisons a segment may cost on average. Real borders take about ten.
const COMPARISONS_PER_SEGMENT: usize = 200;

/// Segments that reach across each other by less only touch, in metres: so far do published
/// borders stray by rounding.
const LEAST_M: f64 = 0.01;

/// So many segments that follow each other are looked at as one: most runs are nowhere near most
/// others, and one look at their boxes tells so for all of their segments.
const RUN: usize = 8;

/// The search is shared out in about so many parts.
const PARTS: usize = 64;

/// Up to `limit` crossings, and as many places where a line touches itself. A crossing is proper:
/// inside both segments, not at an end of one. Segments that run on top of each other do not cross.
///
/// Lines get a tree of boxes, which is compared with itself.
#[must_use]
pub fn crossings(lines: &[Line<'_>], limit: usize, rule: Rule) -> Crossings {
    let tree = Tree::of(lines);
    let search = |(a, b): (Node, Node)| {
        let comparisons = (Tree::size(a) + Tree::size(b)).saturating_mul(COMPARISONS_PER_SEGMENT);
        let result = Crossings::default();
        let least_m = if rule == Rule::Plainly { LEAST_M } else { 0.0 };
        let mut search = Search { lines, tree: &tree, limit, least_m, comparisons, result };
        search.nodes(a, b);
        search.result
    };
    let parts: Vec<Crossings> = tree.parts().into_par_iter().map(search).collect();
    let mut all = Crossings::default();
    for part in parts {
        all.is_cut |= part.is_cut || all.found.len() + part.found.len() > limit;
        all.found.extend(part.found);
        all.touching.extend(part.touching);
    }
    for places in [&mut all.found, &mut all.touching] {
        places.truncate(limit);
        places.sort_by(|a, b| a.at.y.total_cmp(&b.at.y).then(a.at.x.total_cmp(&b.at.x)));
    }
    all
}

impl Tree {
    /// Pairs of nodes that meet, or one node twice: together all that has to be compared.
    fn parts(&self) -> Vec<(Node, Node)> {
        let mut parts: Vec<(Node, Node)> =
            self.root().map(|root| (root, root)).into_iter().collect();
        while parts.len() < PARTS && parts.iter().any(|((level, _), _)| *level > 0) {
            let mut finer = Vec::new();
            for (a, b) in parts {
                if a.0 == 0 {
                    finer.push((a, b));
                } else {
                    self.pairs_below(a, b, |a, b| finer.push((a, b)));
                }
            }
            parts = finer;
        }
        parts
    }

    /// The pairs that meet among the nodes below two of the same level, or below one.
    #[inline]
    fn pairs_below(&self, a: Node, b: Node, mut each: impl FnMut(Node, Node)) {
        for (i, first) in self.below(a).enumerate() {
            let reach = self.reach(first);
            // Below one node every pair comes once, and each node with itself.
            for second in self.below(b).skip(if a == b { i } else { 0 }) {
                if first == second || reach.meets(self.reach(second)) {
                    each(first, second);
                }
            }
        }
    }
}

/// A search that ends when it has found or compared enough.
struct Search<'a> {
    lines: &'a [Line<'a>],
    tree: &'a Tree,
    limit: usize,
    least_m: f64,
    /// How many comparisons are left.
    comparisons: usize,
    result: Crossings,
}

impl Search<'_> {
    /// Compares what lies below two nodes of the same level that meet.
    fn nodes(&mut self, a: Node, b: Node) {
        self.spend(1);
        if self.result.is_cut || self.tree.leads_on(self.lines, a, b) {
            return;
        }
        if a.0 > 0 {
            self.tree.pairs_below(a, b, |first, second| self.nodes(first, second));
        } else if a == b {
            let run = &self.tree.runs[a.1];
            for i in run.start..run.end {
                // The next one begins where this one ends.
                self.compare(run, i, run, i + 2);
            }
        } else {
            let (first, second) = (&self.tree.runs[a.1], &self.tree.runs[b.1]);
            let reach = self.tree.reach(b);
            for i in first.start..first.end {
                if Reach::of(self.lines[first.line].segment(i)).meets(reach) {
                    self.compare(first, i, second, second.start);
                }
            }
        }
    }

    /// Compares a segment with those of a run from one on.
    fn compare(&mut self, run: &Run, i: usize, others: &Run, from: usize) {
        let (line, other) = (&self.lines[run.line], &self.lines[others.line]);
        let segment = line.segment(i);
        let reach = Reach::of(segment);
        self.spend(others.end.saturating_sub(from));
        for j in from..others.end {
            let second = other.segment(j);
            if !reach.meets(Reach::of(second)) {
                continue;
            }
            if segment[1] == second[1] && run.line == others.line {
                let touching = &mut self.result.touching;
                if touching.len() < self.limit {
                    let (tags, segments) = ([line.tag; 2], [i, j]);
                    touching.push(Crossing { tags, segments, at: segment[1] });
                }
                continue;
            }
            let Some(at) = crossing(segment, second, self.least_m) else { continue };
            if self.result.found.len() == self.limit {
                self.result.is_cut = true;
                return;
            }
            let mut both = [(line.tag, i), (other.tag, j)];
            both.sort_unstable();
            let (tags, segments) = (both.map(|(tag, _)| tag), both.map(|(_, segment)| segment));
            self.result.found.push(Crossing { tags, segments, at });
        }
    }

    fn spend(&mut self, comparisons: usize) {
        self.comparisons = self.comparisons.saturating_sub(comparisons);
        self.result.is_cut |= self.comparisons == 0;
    }
}

/// The place where two segments cross, each inside the other by so many metres at least.
fn crossing([a, b]: [Grid; 2], [c, d]: [Grid; 2], least_m: f64) -> Option<Grid> {
    // Distances to a line times its length.
    let sides = |from: Grid, to: Grid, [p, q]: [Grid; 2]| {
        let (p, q) = (cross(from, to, p), cross(from, to, q));
        // Nearly all pairs end here, before a root is taken.
        if (p < 0.0) == (q < 0.0) {
            return None;
        }
        let least = least_m * (to.x - from.x).hypot(to.y - from.y);
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
        let points = |line: &&[(f64, f64)]| line.iter().map(|&(x, y)| Grid { x, y }).collect();
        let lines: Vec<Vec<Grid>> = lines.iter().map(points).collect();
        let line = |(tag, points)| Line { points, is_closed: false, tag };
        let lines: Vec<Line<'_>> = (0..).zip(lines.iter().map(Vec::as_slice)).map(line).collect();
        let crossings = crossings(&lines, 100, Rule::Plainly).found;
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
        for is_closed in [false, true] {
            let line = Line { points: &points, is_closed, tag: 0 };
            let all: Vec<[Grid; 2]> = (0..line.segments()).map(|i| line.segment(i)).collect();
            let mut expected = 0;
            for (i, a) in all.iter().enumerate() {
                expected +=
                    all[i + 1..].iter().filter(|b| crossing(*a, **b, LEAST_M).is_some()).count();
            }
            assert!(expected > 1000);
            assert_eq!(crossings(&[line], usize::MAX, Rule::Plainly).found.len(), expected);
            assert!(crossings(&[line], 10, Rule::Plainly).is_cut);
            // As many lines, wherever they begin.
            let lines: Vec<Line<'_>> = all
                .iter()
                .map(|points| Line { points: points.as_slice(), is_closed: false, tag: 1 })
                .collect();
            assert_eq!(crossings(&lines, usize::MAX, Rule::Plainly).found.len(), expected);
        }
    }
}
