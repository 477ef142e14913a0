//! Where border segments cross each other, which sound borders never do.

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

/// The first `limit` proper crossings: inside both segments, not at an end of one. Segments that
/// run on top of each other do not cross.
///
/// The plane is cut into horizontal strips, and each strip swept from west to east.
#[must_use]
pub fn crossings(all: &[Tagged], limit: usize) -> Crossings {
    let mut result = Crossings::default();
    let reach = |segment: &Tagged| {
        let [a, b] = segment.ends;
        (a.y.min(b.y), a.y.max(b.y))
    };
    let Some(strips) = Strips::fitting(all.iter().map(reach), 8) else { return result };
    let mut filed: Vec<Vec<u32>> = vec![Vec::new(); strips.count];
    for (index, segment) in (0u32..).zip(all) {
        let (low, high) = reach(segment);
        for strip in &mut filed[strips.number(low)..=strips.number(high)] {
            strip.push(index);
        }
    }
    let west = |index: u32| {
        let [a, b] = all[index as usize].ends;
        a.x.min(b.x)
    };
    let mut comparisons = all.len().saturating_mul(COMPARISONS_PER_SEGMENT);
    for (number, strip) in filed.iter_mut().enumerate() {
        strip.sort_by(|a, b| west(*a).total_cmp(&west(*b)));
        for (i, first) in strip.iter().enumerate() {
            let a = &all[*first as usize];
            let east = a.ends[0].x.max(a.ends[1].x);
            let near = strip[i + 1..].iter().take_while(|other| west(**other) <= east);
            for second in near {
                comparisons = comparisons.saturating_sub(1);
                if comparisons == 0 || result.found.len() == limit {
                    result.is_cut = true;
                    return result;
                }
                let b = &all[*second as usize];
                let Some(at) = crossing(a.ends, b.ends) else { continue };
                // Two segments can meet in several strips; the one of the place counts.
                if strips.number(at.y) == number {
                    let tags = [a.tag.min(b.tag), a.tag.max(b.tag)];
                    result.found.push(Crossing { tags, at });
                }
            }
        }
    }
    result
}

/// The place where two segments cross, each inside the other.
fn crossing([a, b]: [Grid; 2], [c, d]: [Grid; 2]) -> Option<Grid> {
    let (reach_1, reach_2) = ((a.y.min(b.y), a.y.max(b.y)), (c.y.min(d.y), c.y.max(d.y)));
    if reach_1.1 < reach_2.0 || reach_2.1 < reach_1.0 {
        return None;
    }
    let (of_c, of_d) = (cross(a, b, c), cross(a, b, d));
    let (of_a, of_b) = (cross(c, d, a), cross(c, d, b));
    // Distances to a line times its length.
    let differ = |p: f64, q: f64, from: Grid, to: Grid| {
        let least = LEAST_M * (to.x - from.x).hypot(to.y - from.y);
        p < -least && q > least || p > least && q < -least
    };
    if !differ(of_c, of_d, a, b) || !differ(of_a, of_b, c, d) {
        return None;
    }
    let t = of_a / (of_a - of_b);
    let y = (a.y + t * (b.y - a.y)).clamp(reach_1.0, reach_1.1);
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
