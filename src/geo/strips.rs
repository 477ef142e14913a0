//! Which area is here: an exact answer in a fraction of a microsecond.
//!
//! The plane is cut into horizontal strips. Each strip lists, area by area, the border
//! segments that enter it; a query counts crossings for the few areas around the point.

use super::measure::crosses_west_of;
use super::space::Grid;
use super::topology::Topology;

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

/// An index of all areas of a topology. Points on a shared border belong to exactly one area.
#[derive(Debug, Clone, Default)]
pub struct StripIndex {
    south: f64,
    strips_per_metre: f64,
    /// For each strip the start of its groups; one entry more than there are strips.
    starts: Vec<u32>,
    groups: Vec<Group>,
    segments: Vec<[Grid; 2]>,
}

/// About this many segments start in a strip: fewer cost memory, more cost time.
const SEGMENTS_PER_STRIP: usize = 24;

impl StripIndex {
    /// Indexes every area of `topology`.
    #[must_use]
    pub fn build(topology: &Topology) -> Self {
        let Some((south, north)) = extent(topology) else { return Self::default() };
        let count = (topology.point_count() / SEGMENTS_PER_STRIP).clamp(1, 1 << 16);
        #[expect(clippy::cast_precision_loss, reason = "at most 65,536")]
        let strips_per_metre = count as f64 / (north - south).max(1.0);
        let strip_of = |y: f64| strip_number(y, south, strips_per_metre).min(count - 1);

        // (strip, area, segment), sorted: a stable order whatever the order of the arcs.
        let mut entries: Vec<(u32, u32, [Grid; 2])> = Vec::new();
        for arc in &topology.arcs {
            for pair in arc.points.windows(2) {
                let (low, high) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
                if low == high {
                    continue; // a horizontal segment is never crossed
                }
                for strip in strip_of(low)..=strip_of(high) {
                    for area in arc.sides.iter().flatten() {
                        #[expect(clippy::cast_possible_truncation, reason = "at most 65,536")]
                        entries.push((strip as u32, *area, [pair[0], pair[1]]));
                    }
                }
            }
        }
        entries.sort_by_key(|&(strip, area, _)| (strip, area));

        let mut index = Self { south, strips_per_metre, ..Self::default() };
        index.starts.reserve(count + 1);
        let mut previous = None;
        for (strip, area, segment) in entries {
            while index.starts.len() <= strip as usize {
                index.starts.push(len32(&index.groups));
            }
            let at = len32(&index.segments);
            if previous != Some((strip, area)) {
                let group = Group {
                    area,
                    start: at,
                    end: at,
                    west: f64::INFINITY,
                    east: f64::NEG_INFINITY,
                };
                index.groups.push(group);
                previous = Some((strip, area));
            }
            if let Some(group) = index.groups.last_mut() {
                group.end = at + 1;
                group.west = group.west.min(segment[0].x).min(segment[1].x);
                group.east = group.east.max(segment[0].x).max(segment[1].x);
            }
            index.segments.push(segment);
        }
        index.starts.resize(count + 1, len32(&index.groups));
        index
    }

    /// The area that holds `p`; of overlapping areas the first one.
    #[must_use]
    pub fn area_at(&self, p: Grid) -> Option<usize> {
        if !(p.y >= self.south) || self.starts.is_empty() {
            return None;
        }
        let strip = strip_number(p.y, self.south, self.strips_per_metre).min(self.starts.len() - 2);
        let groups = self.starts[strip] as usize..self.starts[strip + 1] as usize;
        self.groups[groups]
            .iter()
            .filter(|group| group.west <= p.x && p.x <= group.east)
            .find(|group| {
                let segments = &self.segments[group.start as usize..group.end as usize];
                segments.iter().filter(|s| crosses_west_of(s[0], s[1], p)).count() % 2 == 1
            })
            .map(|group| group.area as usize)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the callers clamp it to the number of strips"
)]
fn strip_number(y: f64, south: f64, strips_per_metre: f64) -> usize {
    ((y - south) * strips_per_metre) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "the reader's limits keep it below 2^32")]
fn len32<T>(items: &[T]) -> u32 {
    items.len() as u32
}

fn extent(topology: &Topology) -> Option<(f64, f64)> {
    topology
        .arcs
        .iter()
        .map(|arc| (arc.bounds.min().y, arc.bounds.max().y))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::ring_contains;
    use crate::geo::space::Rings;

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
        let index = StripIndex::build(&Topology::build(&areas));
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
        let empty = StripIndex::build(&Topology::default());
        assert_eq!(empty.area_at(Grid { x: 1.0, y: 1.0 }), None);
        let index = StripIndex::build(&Topology::build(&sample()));
        assert_eq!(index.area_at(Grid { x: f64::NAN, y: f64::NAN }), None);
        assert_eq!(index.area_at(Grid { x: 500.0, y: 1e9 }), None);
    }
}
