//! Generalising a topology within a stated error, for the bundled boundaries.
//!
//! Douglas and Peucker's algorithm (1973) an arc: no removed point is farther than the
//! tolerance from the line that replaces it. Where thinned lines would cross, the arcs
//! concerned are thinned less until they don't.

use rstar::{AABB, RTree, RTreeObject};

use super::measure::cross;
use super::simplify::{douglas_peucker, holds_another};
use super::space::{Grid, Rings};
use super::topology::Topology;

/// What generalising left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generalised {
    /// Points before, each border counted once.
    pub points_before: usize,
    /// Points after.
    pub points_after: usize,
    /// Pairs of lines that cross each other and did so in the source already.
    pub crossings_left: usize,
}

/// Thins out `areas` so that no border moves by more than `tolerance_m` metres, keeping
/// shared borders shared and lines from crossing. Islands below `smallest_m2` square metres
/// are left out unless they are the largest part of their area.
#[must_use]
pub fn generalise(
    areas: &[Vec<Rings>],
    tolerance_m: f64,
    smallest_m2: f64,
) -> (Topology, Generalised) {
    // By the size in the source: what stays is within the tolerance of it.
    let areas: Vec<Vec<Rings>> =
        areas.iter().map(|area| without_specks(area, smallest_m2)).collect();
    let mut topology = Topology::build(&areas);
    let points_before = topology.point_count();
    let originals: Vec<Vec<Grid>> = topology.arcs.iter().map(|arc| arc.points.clone()).collect();
    let mut tolerances = vec![tolerance_m; originals.len()];
    let mut crossings = Vec::new();
    for attempt in 0..8 {
        for ((arc, original), tolerance) in
            topology.arcs.iter_mut().zip(&originals).zip(&tolerances)
        {
            arc.points = thin(original, *tolerance);
        }
        crossings = find_crossings(&topology);
        let jumps = find_jumps(&topology, &originals);
        if crossings.is_empty() && jumps.is_empty() {
            break;
        }
        for arc in crossings.iter().flatten().chain(&jumps) {
            tolerances[*arc] = if attempt < 6 { tolerances[*arc] / 2.0 } else { 0.0 };
        }
    }
    let rings: Vec<Vec<Rings>> = (0..areas.len()).map(|area| topology.polygons(area)).collect();
    let result = Topology::build(&rings);
    let points_after = result.point_count();
    let crossings_left = crossings.len();
    (result, Generalised { points_before, points_after, crossings_left })
}

fn without_specks(polygons: &[Rings], smallest_m2: f64) -> Vec<Rings> {
    let size = |rings: &Rings| rings.first().map_or(0.0, super::measure::ring_area);
    let largest = polygons.iter().map(size).fold(0.0, f64::max);
    polygons.iter().filter(|rings| size(rings) >= smallest_m2.min(largest)).cloned().collect()
}

fn thin(points: &[Grid], tolerance: f64) -> Vec<Grid> {
    douglas_peucker(points, tolerance).into_iter().map(|i| points[i as usize]).collect()
}

struct Segment {
    a: Grid,
    b: Grid,
    arc: usize,
    position: usize,
}

impl RTreeObject for Segment {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.a.x, self.a.y], [self.b.x, self.b.y])
    }
}

/// Pairs of arcs of which a segment crosses or touches another other than in a shared end.
fn find_crossings(topology: &Topology) -> Vec<[usize; 2]> {
    let mut segments = Vec::with_capacity(topology.point_count());
    for (arc, line) in topology.arcs.iter().enumerate() {
        let pairs = line.points.windows(2).enumerate();
        segments.extend(pairs.map(|(position, p)| Segment { a: p[0], b: p[1], arc, position }));
    }
    let tree = RTree::bulk_load(segments);
    let mut found = Vec::new();
    for s in &tree {
        for t in tree.locate_in_envelope_intersecting(&s.envelope()) {
            if (s.arc, s.position) < (t.arc, t.position) && conflict(s, t) {
                found.push([s.arc, t.arc]);
            }
        }
    }
    found.sort_unstable();
    found
}

/// Arcs of which a removed stretch passed over a point of another line: an islet that would
/// come to lie ashore crosses nothing, and is wrong all the same.
fn find_jumps(topology: &Topology, originals: &[Vec<Grid>]) -> Vec<usize> {
    let points =
        topology.arcs.iter().flat_map(|arc| arc.points.iter().map(|p| [p.x, p.y])).collect();
    let tree = RTree::bulk_load(points);
    let mut found = Vec::new();
    for (index, (arc, original)) in topology.arcs.iter().zip(originals).enumerate() {
        let mut start = 0;
        for kept in arc.points.iter().skip(1) {
            let Some(length) = original[start + 1..].iter().position(|p| p == kept) else { break };
            let end = start + 1 + length;
            let stretch = &original[start..=end];
            if stretch.len() > 2 && holds_another(stretch, &tree) {
                found.push(index);
                break;
            }
            start = end;
        }
    }
    found
}

fn conflict(s: &Segment, t: &Segment) -> bool {
    let shared_ends = [s.a, s.b].iter().filter(|p| **p == t.a || **p == t.b).count();
    if shared_ends == 2 {
        return true; // two lines on top of each other
    }
    if shared_ends == 1 {
        // Neighbours in a line, or arcs at a node: they may only meet there.
        let (common, s_other) = if s.a == t.a || s.a == t.b { (s.a, s.b) } else { (s.b, s.a) };
        let t_other = if t.a == common { t.b } else { t.a };
        return cross(common, s_other, t_other) == 0.0 && dot(common, s_other, t_other) > 0.0;
    }
    let (d1, d2) = (cross(s.a, s.b, t.a), cross(s.a, s.b, t.b));
    let (d3, d4) = (cross(t.a, t.b, s.a), cross(t.a, t.b, s.b));
    if d1 == 0.0 && d2 == 0.0 {
        let within = |v: f64, p: f64, q: f64| v >= p.min(q) && v <= p.max(q);
        return [t.a, t.b].iter().any(|p| within(p.x, s.a.x, s.b.x) && within(p.y, s.a.y, s.b.y));
    }
    d1 * d2 <= 0.0 && d3 * d4 <= 0.0
}

fn dot(o: Grid, a: Grid, b: Grid) -> f64 {
    (a.x - o.x) * (b.x - o.x) + (a.y - o.y) * (b.y - o.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::{polygons_area, segment_distance_squared};

    fn p(x: f64, y: f64) -> Grid {
        Grid { x, y }
    }

    #[test]
    fn no_removed_point_is_farther_than_the_tolerance() {
        let line: Vec<Grid> =
            (0..200).map(|i| p(f64::from(i) * 10.0, f64::from((i * 53) % 29))).collect();
        for tolerance in [5.0, 12.0, 40.0] {
            let thinned = thin(&line, tolerance);
            let farthest = line
                .iter()
                .map(|q| {
                    let near = |s: &[Grid]| segment_distance_squared(*q, s[0], s[1]).sqrt();
                    thinned.windows(2).map(near).fold(f64::INFINITY, f64::min)
                })
                .fold(0.0, f64::max);
            assert!(farthest <= tolerance, "{farthest} > {tolerance}");
        }
        assert_eq!(thin(&line, 40.0).len(), 2);
    }

    #[test]
    fn lines_that_would_cross_keep_their_points() {
        // A bay with an islet in it: thinning the bay away would put the islet ashore.
        let coast = vec![
            p(0.0, 0.0),
            p(100.0, 0.0),
            p(100.0, 50.0),
            p(60.0, 50.0),
            p(55.0, 42.0),
            p(45.0, 42.0),
            p(40.0, 50.0),
            p(0.0, 50.0),
        ];
        let islet = vec![p(48.0, 45.0), p(52.0, 45.0), p(52.0, 49.0), p(48.0, 49.0)];
        let (result, report) = generalise(&[vec![vec![coast]], vec![vec![islet]]], 10.0, 0.0);
        assert_eq!(report.crossings_left, 0);
        assert!((polygons_area(&result.polygons(0)) - (5000.0 - 8.0 * 15.0)).abs() < 1e-9);
    }

    #[test]
    fn an_island_stays_a_ring() {
        let ring: Vec<Grid> = (0..40)
            .map(|i| f64::from(i).to_radians() * 9.0)
            .map(|a| p(3.0 * a.cos(), 3.0 * a.sin()))
            .collect();
        let (result, _) = generalise(&[vec![vec![ring]]], 100.0, 0.0);
        assert_eq!(result.polygons(0)[0][0].len(), 3);
    }
}
