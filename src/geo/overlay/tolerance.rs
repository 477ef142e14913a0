//! How coarse two sets are: what may be told from their borders and what may not.

use rayon::prelude::*;
use rstar::primitives::Line;
use rstar::{PointDistance, RTree};

use crate::geo::space::Grid;
use crate::geo::topology::{BorderArc, Topology};

/// Land that holds no disc of this radius is a sliver in any case: no boundary set that is
/// published says more. In metres.
const SMALLEST_RADIUS_M: f64 = 50.0;

/// A disc is never larger than this, in metres: it goes with the coarsest sets that there are,
/// those generalised to 500 m and thinned further.
const LARGEST_RADIUS_M: f64 = 600.0;

/// Nor larger than this part of the side of a square as large as the middle one of the areas.
const LARGEST_PART: f64 = 0.1;

/// At how many points of a set the distance to the other one is measured.
const SAMPLES: u32 = 2000;

/// The borders of a set, to ask how far away they are.
#[derive(Debug)]
pub struct Borders(RTree<Line<[f64; 2]>>);

impl Borders {
    /// Indexes the segments of all arcs.
    pub fn of(set: &Topology) -> Self {
        let segments = set.arcs.iter().flat_map(|arc| arc.points.windows(2));
        let lines = segments.map(|p| Line::new([p[0].x, p[0].y], [p[1].x, p[1].y]));
        Self(RTree::bulk_load(lines.collect()))
    }

    /// The distance from a point to the nearest border in metres; infinite if there is none.
    pub fn distance_m(&self, p: Grid) -> f64 {
        let point = [p.x, p.y];
        let nearest = self.0.nearest_neighbor(&point);
        nearest.map_or(f64::INFINITY, |line| line.distance_2(&point).sqrt())
    }
}

/// The radius in metres of the disc that tells land from slivers.
///
/// Two lines for one border that lie at most `d` apart enclose slivers that hold no disc of a
/// radius over `d / 2`. Lines thinned with one tolerance lie apart by very different amounts:
/// nine tenths of the length within half of the largest distance, three quarters within less
/// than a third. So 1.2 times the distance of nine tenths is enough, with a margin for borders
/// of which both sets are coarse; it is held below three times that of three quarters for the
/// case that a tenth of the borders has no counterpart at all. It is measured from each set to
/// the other, and the smaller one counts: where areas were united, their borders are missing in
/// one direction only.
pub fn radius_m(sets: [&Topology; 2], borders: [&Borders; 2]) -> f64 {
    let from_distances = |from: &Topology, to: &Borders| {
        let mut distances: Vec<f64> =
            along(from).par_iter().map(|point| to.distance_m(*point)).collect();
        distances.sort_by(f64::total_cmp);
        let part = |tenths: usize| distances.get(distances.len() * tenths / 20).copied();
        let radius = part(18).zip(part(15)).map(|(most, many)| (1.2 * most).min(3.0 * many));
        radius.unwrap_or(SMALLEST_RADIUS_M)
    };
    let [there, back] = [from_distances(sets[0], borders[1]), from_distances(sets[1], borders[0])];
    let cap = sets.map(middle_side_m).into_iter().fold(f64::INFINITY, f64::min) * LARGEST_PART;
    there.min(back).clamp(SMALLEST_RADIUS_M, LARGEST_RADIUS_M).min(cap)
}

/// The side of a square as large as the middle one of the areas of a set, in metres.
fn middle_side_m(set: &Topology) -> f64 {
    let mut sizes: Vec<f64> = (0..set.shapes.len()).map(|area| set.area_m2(area).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).map_or(f64::INFINITY, |size| size.sqrt())
}

/// Points at equal distances along the borders between areas, or along the coast if there are
/// none: a generalised coast says little of the borders.
fn along(set: &Topology) -> Vec<Grid> {
    let inner: Vec<&BorderArc> = set.arcs.iter().filter(|arc| !arc.is_outer()).collect();
    let arcs = if inner.is_empty() { set.arcs.iter().collect() } else { inner };
    let segments = || arcs.iter().flat_map(|arc| arc.points.windows(2));
    let length = |p: &[Grid]| (p[1].x - p[0].x).hypot(p[1].y - p[0].y);
    let step = segments().map(length).sum::<f64>() / f64::from(SAMPLES);
    let mut points = Vec::new();
    if !(step.is_finite() && step > 0.0) {
        return points;
    }
    let mut to_next = step / 2.0;
    for p in segments() {
        let length = length(p);
        while to_next < length {
            let t = to_next / length;
            points.push(p[0] + (p[1] - p[0]) * t);
            to_next += step;
        }
        to_next -= length;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Ring;

    fn halves(bend: f64) -> Topology {
        let p = |x: f64, y: f64| Grid { x, y };
        let line: Ring = (0..=100)
            .map(|i| p(50_000.0 + if i % 2 == 0 { 0.0 } else { bend }, f64::from(i) * 1000.0))
            .collect();
        let mut west = line.clone();
        west.extend([p(0.0, 100_000.0), p(0.0, 0.0)]);
        let mut east: Ring = line.into_iter().rev().collect();
        east.extend([p(100_000.0, 0.0), p(100_000.0, 100_000.0)]);
        Topology::build(&[vec![vec![west]], vec![vec![east]]])
    }

    fn radius(a: &Topology, b: &Topology) -> f64 {
        radius_m([a, b], [&Borders::of(a), &Borders::of(b)])
    }

    #[test]
    fn sets_farther_apart_need_a_larger_disc() {
        let (straight, bent, far) = (halves(0.0), halves(200.0), halves(400.0));
        assert!((radius(&straight, &straight) - SMALLEST_RADIUS_M).abs() < 1e-9);
        let (near, far) = (radius(&straight, &bent), radius(&straight, &far));
        assert!(near > 100.0 && near < 240.0, "{near}");
        assert!(far > 1.5 * near, "{near} {far}");
    }

    #[test]
    fn the_samples_lie_evenly_and_sets_without_borders_have_a_radius_too() {
        let points = along(&halves(0.0));
        assert_eq!(points.len(), 2000);
        assert!((points[1].y - points[0].y - 50.0).abs() < 1e-6);
        let empty = Topology::default();
        assert!((radius(&empty, &empty) - SMALLEST_RADIUS_M).abs() < 1e-9);
    }
}
