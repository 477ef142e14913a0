//! Which area is here: an exact answer in a fraction of a microsecond.
//!
//! The plane is cut into horizontal strips. Each strip lists, area by area, the runs of border
//! segments that enter it; a query counts crossings for the few areas around the point. Points stay
//! where they are: the index says on which arc, and from which point on.

use std::cell::OnceCell;
use std::ops::Range;

use rayon::prelude::*;

use super::measure::crosses_west_of;
use super::space::Grid;

/// Points of an arc, and the areas on its left and right.
pub type SidedArc<'a> = (&'a [Grid], [Option<u32>; 2]);

/// The plane cut into horizontal strips of equal height.
#[derive(Debug, Clone, Copy, Default)]
struct Strips {
    south: f64,
    per_metre: f64,
    /// How many there are.
    count: usize,
}

impl Strips {
    /// Strips for things that reach from a southern to a northern limit each, so many of them
    /// in a strip; `None` if there is nothing. Tall things get fewer strips, so that each is
    /// filed in four strips on average at most.
    fn fitting(reaches: impl Iterator<Item = (f64, f64)>, per_strip: usize) -> Option<Self> {
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
    fn number(self, y: f64) -> usize {
        (((y - self.south) * self.per_metre) as usize).min(self.count.saturating_sub(1))
    }
}

/// An index of areas. Points on a shared border belong to exactly one area.
#[derive(Debug, Clone, Default)]
pub struct StripIndex {
    strips: Strips,
    /// The strips, so many together.
    bands: Vec<Band>,
    per_band: usize,
}

/// Strips that follow each other.
#[derive(Debug, Clone, Default)]
struct Band {
    /// For each strip the start of its groups; one entry more than there are strips.
    starts: Vec<u32>,
    groups: Vec<Group>,
    runs: Vec<Run>,
}

/// Runs of border segments of one area within one strip.
#[derive(Debug, Clone, Copy)]
struct Group {
    area: u32,
    /// Range into `runs`.
    start: u32,
    end: u32,
    /// Western and eastern reach of the segments, in metres, rounded outwards.
    west: f32,
    east: f32,
}

/// Points of an arc that follow each other.
#[derive(Debug, Clone, Copy)]
struct Run {
    arc: u32,
    start: u32,
    end: u32,
}

/// A run in a strip, with the reach of its segments.
#[derive(Clone, Copy)]
struct Filed {
    run: Run,
    west: f32,
    east: f32,
}

/// About this many segments start in a strip: fewer cost memory, more cost time.
const SEGMENTS_PER_STRIP: usize = 32;

/// Bands are filled by several cores. Each looks at all segments: more bands cost time, which many
/// segments make up for.
const BANDS: usize = 8;
/// So many points for each band, unless there are only two.
const POINTS_PER_BAND: usize = 1 << 15;

impl StripIndex {
    /// Indexes the areas on both sides of `arcs`, each a run of points with its sides.
    #[must_use]
    pub fn build(arcs: &[SidedArc<'_>]) -> Self {
        let pairs = arcs.iter().flat_map(|(points, _)| points.windows(2));
        let reaches = pairs.map(|pair| (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y)));
        let Some(strips) = Strips::fitting(reaches, SEGMENTS_PER_STRIP) else {
            return Self::default();
        };
        let points: usize = arcs.iter().map(|(points, _)| points.len()).sum();
        let bands = (points / POINTS_PER_BAND).clamp(2, BANDS);
        let per_band = strips.count.div_ceil(bands);
        let firsts: Vec<usize> = (0..strips.count).step_by(per_band).collect();
        let bands = firsts.into_par_iter().with_max_len(1).map(|first| {
            let strips_here = first..(first + per_band).min(strips.count);
            Band::of(arcs, strips, &strips_here)
        });
        Self { strips, bands: bands.collect(), per_band }
    }

    /// The area that holds `p`; of overlapping areas the first one. `points` gives the points of an
    /// arc, which must be those that the index was built of.
    #[must_use]
    pub fn area_at<'a>(&self, p: Grid, points: impl Fn(u32) -> &'a [Grid]) -> Option<usize> {
        self.areas_at(p, points).next()
    }

    /// All areas that hold `p`, in their order.
    pub fn areas_at<'a>(
        &self,
        p: Grid,
        points: impl Fn(u32) -> &'a [Grid],
    ) -> impl Iterator<Item = usize> {
        let here = self
            .band_at(p.y)
            .into_iter()
            .flat_map(|(band, strip)| band.groups_of(strip).iter().map(move |group| (band, group)));
        here.filter(move |(_, group)| group.reaches(p.x, p.x))
            .filter(move |(band, group)| {
                let crossings = band.runs[group.runs()].iter().map(|run| {
                    let pairs = run.points(&points).windows(2);
                    pairs.filter(|pair| crosses_west_of(pair[0], pair[1], p)).count()
                });
                crossings.sum::<usize>() % 2 == 1
            })
            .map(|(_, group)| group.area as usize)
    }

    /// The level line at a northing, to be asked at several places.
    #[must_use]
    pub fn row(&self, y: f64) -> Row<'_> {
        let (runs, groups) = self.band_at(y).map_or((&[][..], &[][..]), |(band, strip)| {
            (band.runs.as_slice(), band.groups_of(strip))
        });
        Row { y, runs, groups, crossed: vec![OnceCell::new(); groups.len()] }
    }

    /// The band of a northing and the number of the strip in it.
    fn band_at(&self, y: f64) -> Option<(&Band, usize)> {
        if y.is_nan() || y < self.strips.south {
            return None;
        }
        let strip = self.strips.number(y);
        let band = self.bands.get(strip / self.per_band.max(1))?;
        Some((band, strip % self.per_band))
    }
}

/// A level line. Where it crosses the border of an area is found when first asked for and kept: the
/// next place on the line costs a tenth.
#[derive(Debug)]
pub struct Row<'a> {
    y: f64,
    runs: &'a [Run],
    groups: &'a [Group],
    /// For each group the eastings of its crossings, from west to east.
    crossed: Vec<OnceCell<Vec<f64>>>,
}

impl Row<'_> {
    /// The area that holds the place at an easting; of overlapping areas the first one. `points` as
    /// in [`StripIndex::area_at`].
    #[must_use]
    pub fn area_at<'a>(&self, x: f64, points: impl Fn(u32) -> &'a [Grid]) -> Option<usize> {
        self.reaching(x, x)
            .find(|(group, crossed)| west_of(self.crossings(group, crossed, &points), x) % 2 == 1)
            .map(|(group, _)| group.area as usize)
    }

    /// Whether any border crosses it between two eastings.
    #[must_use]
    pub fn is_crossed<'a>(&self, west: f64, east: f64, points: impl Fn(u32) -> &'a [Grid]) -> bool {
        self.reaching(west, east).any(|(group, crossed)| {
            let crossings = self.crossings(group, crossed, &points);
            west_of(crossings, west) != west_of(crossings, east)
        })
    }

    /// The groups that may be found between two eastings.
    fn reaching(
        &self,
        west: f64,
        east: f64,
    ) -> impl Iterator<Item = (&Group, &OnceCell<Vec<f64>>)> {
        self.groups.iter().zip(&self.crossed).filter(move |(group, _)| group.reaches(west, east))
    }

    /// Where a group crosses the line, from west to east. Neighbours get the same numbers from
    /// their border, whichever way it runs.
    fn crossings<'a, 'c>(
        &self,
        group: &Group,
        crossed: &'c OnceCell<Vec<f64>>,
        points: impl Fn(u32) -> &'a [Grid],
    ) -> &'c [f64] {
        crossed.get_or_init(|| {
            let mut crossings = Vec::new();
            for run in &self.runs[group.runs()] {
                for pair in run.points(&points).windows(2) {
                    let (a, b) = (pair[0], pair[1]);
                    let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
                    if low.y <= self.y && self.y < high.y {
                        let share = (self.y - low.y) / (high.y - low.y);
                        crossings.push(low.x + share * (high.x - low.x));
                    }
                }
            }
            crossings.sort_unstable_by(f64::total_cmp);
            crossings
        })
    }
}

/// How many crossings lie west of an easting.
fn west_of(crossed: &[f64], x: f64) -> usize {
    crossed.partition_point(|crossing| *crossing <= x)
}

impl Group {
    fn runs(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether anything of it lies between two eastings.
    fn reaches(&self, west: f64, east: f64) -> bool {
        f64::from(self.west) <= east && west <= f64::from(self.east)
    }
}

impl Run {
    fn points<'a>(self, points: impl Fn(u32) -> &'a [Grid]) -> &'a [Grid] {
        &points(self.arc)[self.start as usize..self.end as usize]
    }
}

impl Band {
    fn groups_of(&self, strip: usize) -> &[Group] {
        &self.groups[self.starts[strip] as usize..self.starts[strip + 1] as usize]
    }

    /// The runs in some strips, counted first and then filed strip by strip: no list has to be
    /// sorted as a whole.
    fn of(arcs: &[SidedArc<'_>], strips: Strips, here: &Range<usize>) -> Self {
        let mut starts = vec![0u32; here.len() + 1];
        let mut last = vec![(u32::MAX, 0); here.len()];
        each_segment(arcs, strips, here, |strip, arc, i, _| {
            starts[strip] += u32::from(last[strip] != (arc, i));
            last[strip] = (arc, i + 1);
        });
        let mut total = 0;
        for start in &mut starts {
            total += std::mem::replace(start, total);
        }
        let nowhere = Run { arc: u32::MAX, start: 0, end: 0 };
        let nothing = Filed { run: nowhere, west: f32::INFINITY, east: f32::NEG_INFINITY };
        let mut filed = vec![nothing; total as usize];
        // Those that are filed already end here.
        let mut ends = starts.clone();
        each_segment(arcs, strips, here, |strip, arc, i, [a, b]| {
            let end = &mut ends[strip];
            let before = (*end > starts[strip]).then(|| filed[*end as usize - 1].run);
            if before.is_none_or(|run| run.arc != arc || run.end != i + 1) {
                filed[*end as usize].run = Run { arc, start: i, end: i + 1 };
                *end += 1;
            }
            let last = &mut filed[*end as usize - 1];
            // So many points: one more than segments.
            last.run.end = i + 2;
            last.west = last.west.min(below(a.x.min(b.x)));
            last.east = last.east.max(-below(-a.x.max(b.x)));
        });
        let mut band = Self::default();
        band.runs.reserve_exact(2 * filed.len());
        let mut sorted: Vec<(u32, Filed)> = Vec::new();
        for bounds in starts.windows(2) {
            band.starts.push(len32(&band.groups));
            sorted.clear();
            for filed in &filed[bounds[0] as usize..bounds[1] as usize] {
                let areas = arcs[filed.run.arc as usize].1.into_iter().flatten();
                sorted.extend(areas.map(|area| (area, *filed)));
            }
            sorted.sort_unstable_by_key(|(area, filed)| (*area, filed.run.arc, filed.run.start));
            sorted.chunk_by(|a, b| a.0 == b.0).for_each(|group| band.push(group));
        }
        band.starts.push(len32(&band.groups));
        band.groups.shrink_to_fit();
        band.runs.shrink_to_fit();
        band
    }

    fn push(&mut self, runs: &[(u32, Filed)]) {
        let start = len32(&self.runs);
        self.runs.extend(runs.iter().map(|(_, filed)| filed.run));
        self.groups.push(Group {
            area: runs[0].0,
            start,
            end: len32(&self.runs),
            west: runs.iter().map(|(_, filed)| filed.west).fold(f32::INFINITY, f32::min),
            east: runs.iter().map(|(_, filed)| filed.east).fold(f32::NEG_INFINITY, f32::max),
        });
    }
}

/// Calls `each` for every strip of some that a segment enters: with the strip's place among them,
/// the number of the arc and of the segment's first point, and its ends. Level segments are passed
/// over: they are never crossed.
fn each_segment(
    arcs: &[SidedArc<'_>],
    strips: Strips,
    here: &Range<usize>,
    mut each: impl FnMut(usize, u32, u32, [Grid; 2]),
) {
    for (arc, (points, _)) in (0u32..).zip(arcs) {
        let Some(first) = points.first() else { continue };
        let mut from = strips.number(first.y);
        for (i, pair) in (0u32..).zip(points.windows(2)) {
            let to = strips.number(pair[1].y);
            let (low, high) = (from.min(to).max(here.start), (from.max(to) + 1).min(here.end));
            from = to;
            #[expect(clippy::float_cmp, reason = "level is level")]
            if low < high && pair[0].y != pair[1].y {
                for strip in low..high {
                    each(strip - here.start, arc, i, [pair[0], pair[1]]);
                }
            }
        }
    }
}

/// A number of metres that is no greater, with seven digits.
#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
fn below(m: f64) -> f32 {
    (m as f32).next_down()
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

    fn index(topology: &Topology) -> StripIndex {
        let arcs = topology.arcs.iter().map(|arc| (arc.points.as_slice(), arc.sides));
        StripIndex::build(&arcs.collect::<Vec<_>>())
    }

    /// The area that holds a point.
    fn finder(topology: &Topology) -> impl Fn(Grid) -> Option<usize> {
        let index = index(topology);
        move |p| index.area_at(p, |arc| &topology.arcs[arc as usize].points)
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
        let topology = Topology::build(&areas);
        let area_at = finder(&topology);
        let index = index(&topology);
        let rows: Vec<Row<'_>> = (-5..110).map(|j| index.row(f64::from(j) * 10.0)).collect();
        let on_row = |p: Grid| {
            let row = rows.iter().find(|row| row.y.total_cmp(&p.y).is_eq()).unwrap();
            let points = |arc: u32| topology.arcs[arc as usize].points.as_slice();
            let here = row.area_at(p.x, points);
            let is_same = row.area_at(p.x + 10.0, points) == here;
            assert!(is_same || row.is_crossed(p.x, p.x + 10.0, points), "{p:?}");
            assert!(!row.is_crossed(p.x, p.x, points));
            here
        };
        let holds = |area: &Vec<Rings>, p| {
            area.iter().flatten().filter(|ring| ring_contains(ring, p)).count() % 2 == 1
        };
        let mut inside = 0;
        for i in 0..140 {
            for j in -5..110 {
                let p = Grid { x: f64::from(i) * 10.0, y: f64::from(j) * 10.0 };
                let expected: Vec<usize> = (0..2).filter(|&a| holds(&areas[a], p)).collect();
                assert!(expected.len() < 2, "{p:?} is in both");
                assert_eq!(area_at(p), expected.first().copied(), "{p:?}");
                assert_eq!(on_row(p), expected.first().copied(), "{p:?} on its row");
                inside += expected.len();
            }
        }
        assert!(inside > 8000, "only {inside} points were inside");
    }

    #[test]
    fn an_empty_index_and_odd_numbers_answer_none() {
        let empty = Topology::default();
        assert_eq!(finder(&empty)(Grid { x: 1.0, y: 1.0 }), None);
        let sample = Topology::build(&sample());
        for (x, y) in [(f64::NAN, f64::NAN), (500.0, 1e9), (500.0, -1e9), (1e9, 500.0)] {
            assert_eq!(finder(&sample)(Grid { x, y }), None);
            let points = |arc: u32| sample.arcs[arc as usize].points.as_slice();
            assert_eq!(index(&sample).row(y).area_at(x, points), None);
        }
    }
}
