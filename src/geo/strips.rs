//! Which area is here: an exact answer in a fraction of a microsecond.
//!
//! The plane is cut into horizontal strips. Each strip lists, area by area, the border
//! segments that enter it; a query counts crossings for the few areas around the point.

use super::measure::crosses_west_of;
use super::space::Grid;

/// Points of an arc, and the areas on its left and right.
pub type SidedArc<'a> = (&'a [Grid], [Option<u32>; 2]);

/// Border segments of one area within one strip.
#[derive(Debug, Clone, Copy)]
struct Group {
    area: u32,
    /// Range into `segments`.
    start: u32,
    end: u32,
    /// Western and eastern reach of the segments, in metres.
    west: f64,
    east: f64,
}

/// The plane cut into horizontal strips of equal height.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strips {
    south: f64,
    per_metre: f64,
    /// How many there are.
    pub count: usize,
}

impl Strips {
    /// Strips for things that reach from a southern to a northern limit each, so many of them
    /// in a strip; `None` if there is nothing. Tall things get fewer strips, so that each is
    /// filed in four strips on average at most.
    pub fn fitting(reaches: impl Iterator<Item = (f64, f64)>, per_strip: usize) -> Option<Self> {
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut things, mut heights) = (0usize, 0.0);
        for (low, high) in reaches {
            (south, north) = (south.min(low), north.max(high));
            heights += high - low;
            things += 1;
        }
        if south > north {
            return None;
        }
        let height = (north - south).max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "a limit needs no more")]
        let filed_often = 3.0 * things as f64 * height / f64::max(heights, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a conversion from a float stops at the limits of the type"
        )]
        let count = (things / per_strip).min(filed_often as usize).clamp(1, 1 << 16);
        #[expect(clippy::cast_precision_loss, reason = "at most 65,536")]
        let per_metre = count as f64 / height;
        Some(Self { south, per_metre, count })
    }

    /// The strip of a northing; the first or last one beyond them.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a conversion from a float stops at the limits of the type"
    )]
    pub fn number(self, y: f64) -> usize {
        (((y - self.south) * self.per_metre) as usize).min(self.count.saturating_sub(1))
    }
}

/// An index of areas. Points on a shared border belong to exactly one area.
#[derive(Debug, Clone, Default)]
pub struct StripIndex {
    strips: Strips,
    /// For each strip the start of its groups; one entry more than there are strips.
    starts: Vec<u32>,
    groups: Vec<Group>,
    segments: Vec<[Grid; 2]>,
}

/// About this many segments start in a strip: fewer cost memory, more cost time.
const SEGMENTS_PER_STRIP: usize = 24;

impl StripIndex {
    /// Indexes the areas on both sides of `arcs`, each a run of points with its sides.
    #[must_use]
    pub fn build<'a>(arcs: impl Iterator<Item = SidedArc<'a>> + Clone) -> Self {
        let pairs = arcs.clone().flat_map(|(points, _)| points.windows(2));
        let reaches = pairs.map(|pair| (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y)));
        let Some(strips) = Strips::fitting(reaches, SEGMENTS_PER_STRIP) else {
            return Self::default();
        };

        // Counted first and then filed, strip by strip: no list has to be sorted as a whole.
        let mut starts = vec![0u32; strips.count + 1];
        each_segment(arcs.clone(), |low, high, _, sides| {
            let areas = sides.iter().flatten().count();
            #[expect(clippy::cast_possible_truncation, reason = "one or two")]
            starts[strips.number(low)..=strips.number(high)]
                .iter_mut()
                .for_each(|n| *n += areas as u32);
        });
        let mut total = 0;
        for start in &mut starts {
            total += std::mem::replace(start, total);
        }
        let nowhere = Grid { x: 0.0, y: 0.0 };
        let mut filed = vec![(0u32, [nowhere; 2]); total as usize];
        let mut next = starts.clone();
        each_segment(arcs, |low, high, segment, sides| {
            for slot in &mut next[strips.number(low)..=strips.number(high)] {
                for area in sides.iter().flatten() {
                    filed[*slot as usize] = (*area, segment);
                    *slot += 1;
                }
            }
        });

        let mut index = Self { strips, ..Self::default() };
        index.segments.reserve(filed.len());
        for bounds in starts.windows(2) {
            index.starts.push(len32(&index.groups));
            let strip = &mut filed[bounds[0] as usize..bounds[1] as usize];
            strip.sort_by_key(|(area, _)| *area);
            strip.chunk_by(|a, b| a.0 == b.0).for_each(|group| index.push_group(group));
        }
        index.starts.push(len32(&index.groups));
        index
    }

    fn push_group(&mut self, segments: &[(u32, [Grid; 2])]) {
        let start = len32(&self.segments);
        self.segments.extend(segments.iter().map(|(_, segment)| *segment));
        let xs = || segments.iter().flat_map(|(_, segment)| segment.iter().map(|p| p.x));
        self.groups.push(Group {
            area: segments[0].0,
            start,
            end: len32(&self.segments),
            west: xs().fold(f64::INFINITY, f64::min),
            east: xs().fold(f64::NEG_INFINITY, f64::max),
        });
    }

    /// The area that holds `p`; of overlapping areas the first one.
    #[must_use]
    pub fn area_at(&self, p: Grid) -> Option<usize> {
        self.areas_at(p).next()
    }

    /// All areas that hold `p`, in their order.
    pub fn areas_at(&self, p: Grid) -> impl Iterator<Item = usize> {
        let is_nowhere = p.y.is_nan() || p.y < self.strips.south || self.starts.is_empty();
        let groups = if is_nowhere {
            0..0
        } else {
            let strip = self.strips.number(p.y);
            self.starts[strip] as usize..self.starts[strip + 1] as usize
        };
        self.groups[groups]
            .iter()
            .filter(move |group| group.west <= p.x && p.x <= group.east)
            .filter(move |group| {
                let segments = &self.segments[group.start as usize..group.end as usize];
                segments.iter().filter(|s| crosses_west_of(s[0], s[1], p)).count() % 2 == 1
            })
            .map(|group| group.area as usize)
    }
}

/// Calls `each` with the lower and upper end, the points and the sides of every segment that
/// is not level: a level one is never crossed.
fn each_segment<'a>(
    arcs: impl Iterator<Item = SidedArc<'a>>,
    mut each: impl FnMut(f64, f64, [Grid; 2], [Option<u32>; 2]),
) {
    for (points, sides) in arcs {
        for pair in points.windows(2) {
            let (low, high) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
            if low < high {
                each(low, high, [pair[0], pair[1]], sides);
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the reader's limits keep it below 2^32")]
fn len32<T>(items: &[T]) -> u32 {
    items.len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::ring_contains;
    use crate::geo::space::Rings;
    use crate::geo::topology::Topology;

    fn index_of(topology: &Topology) -> StripIndex {
        StripIndex::build(topology.arcs.iter().map(|arc| (arc.points.as_slice(), arc.sides)))
    }

    /// Two wavy neighbours, an island, and a hole that nobody fills.
    fn sample() -> Vec<Vec<Rings>> {
        let p = |x: f64, y: f64| Grid { x, y };
        let wave: Vec<Grid> = (0..=50)
            .map(|i| p(500.0 + f64::from((i * 37) % 11) * 9.0, f64::from(i) * 20.0))
            .collect();
        let mut west = wave.clone();
        west.extend([p(0.0, 1000.0), p(0.0, 0.0)]);
        let mut east: Vec<Grid> = wave.into_iter().rev().collect();
        east.extend([p(1000.0, 0.0), p(1000.0, 1000.0)]);
        let hole = vec![p(100.0, 100.0), p(100.0, 300.0), p(300.0, 300.0), p(300.0, 100.0)];
        let island = vec![p(1200.0, 200.0), p(1300.0, 250.0), p(1250.0, 400.0)];
        vec![vec![vec![west, hole]], vec![vec![east], vec![island]]]
    }

    #[test]
    fn agrees_with_counting_over_whole_rings() {
        let areas = sample();
        let index = index_of(&Topology::build(&areas));
        let holds = |area: &Vec<Rings>, p| {
            area.iter().flatten().filter(|ring| ring_contains(ring, p)).count() % 2 == 1
        };
        let mut inside = 0;
        for i in 0..140 {
            for j in -5..110 {
                let p = Grid { x: f64::from(i) * 10.0, y: f64::from(j) * 10.0 };
                let expected: Vec<usize> = (0..2).filter(|&a| holds(&areas[a], p)).collect();
                assert!(expected.len() < 2, "{p:?} is in both");
                assert_eq!(index.area_at(p), expected.first().copied(), "{p:?}");
                inside += expected.len();
            }
        }
        assert!(inside > 8000, "only {inside} points were inside");
    }

    #[test]
    fn an_empty_index_and_odd_numbers_answer_none() {
        let empty = index_of(&Topology::default());
        assert_eq!(empty.area_at(Grid { x: 1.0, y: 1.0 }), None);
        let index = index_of(&Topology::build(&sample()));
        assert_eq!(index.area_at(Grid { x: f64::NAN, y: f64::NAN }), None);
        assert_eq!(index.area_at(Grid { x: 500.0, y: 1e9 }), None);
    }
}
