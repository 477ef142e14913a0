//! Cutting rings into shared arcs.

use rustc_hash::FxHashMap;

use super::{ArcRef, BorderArc, RingArcs, Topology};
use crate::geo::space::{Grid, Rings};

/// A point on the grid of one centimetre within which two points are the same.
type Key = (i64, i64);

/// Points nearer than this are the same point, in metres.
const SNAP_M: f64 = 0.01;

#[expect(clippy::cast_possible_truncation, reason = "grid metres are far inside the range")]
fn key(p: Grid) -> Key {
    // As `round`, which is a call for most processors.
    let whole = |m: f64| (m / SNAP_M + 0.5f64.copysign(m)) as i64;
    (whole(p.x), whole(p.y))
}

/// The distinct neighbours of a point over all rings. A third one makes the point a node:
/// there, borders meet.
#[derive(Default, Clone, Copy)]
struct Neighbours {
    first: Option<Key>,
    second: Option<Key>,
    is_node: bool,
}

impl Neighbours {
    fn add(&mut self, neighbour: Key) {
        match (self.first, self.second) {
            (None, _) => self.first = Some(neighbour),
            (Some(first), _) if first == neighbour => {}
            (_, None) => self.second = Some(neighbour),
            (_, Some(second)) if second == neighbour => {}
            _ => self.is_node = true,
        }
    }
}

/// Arcs found so far, by their ends and number of points.
type Candidates = FxHashMap<(Key, Key, usize), Vec<u32>>;

impl Topology {
    /// Cuts the rings of `areas` into shared arcs.
    ///
    /// Rings have three points or more, none repeated, the first not repeated at the end;
    /// exteriors run counter-clockwise, holes clockwise. Where two areas run along the same
    /// points, within a centimetre, they share an arc.
    #[must_use]
    pub fn build(areas: &[Vec<Rings>]) -> Self {
        let nodes = find_nodes(areas);
        let mut runs: Vec<Vec<Grid>> = Vec::new();
        let mut sides: Vec<[Option<u32>; 2]> = Vec::new();
        let mut candidates = Candidates::default();
        let mut shapes = Vec::with_capacity(areas.len());
        for (area, polygons) in (0u32..).zip(areas) {
            let mut shape = Vec::with_capacity(polygons.len());
            for polygon in polygons {
                let mut rings = Vec::with_capacity(polygon.len());
                for ring in polygon {
                    let arcs = cut(ring, &nodes)
                        .into_iter()
                        .map(|points| {
                            let used = share(points, &mut runs, &mut candidates);
                            sides.resize(runs.len(), [None; 2]);
                            let side = &mut sides[used.arc as usize][usize::from(used.reversed)];
                            side.get_or_insert(area);
                            used
                        })
                        .collect();
                    rings.push(RingArcs { arcs, area_m2: 0.0 });
                }
                shape.push(rings);
            }
            shapes.push(shape);
        }
        let arcs = runs.into_iter().zip(sides).map(|(points, sides)| BorderArc::new(points, sides));
        let mut topology = Self { arcs: arcs.collect(), shapes, ..Self::default() };
        topology.measure_rings();
        topology
    }
}

fn find_nodes(areas: &[Vec<Rings>]) -> FxHashMap<Key, Neighbours> {
    let points = areas.iter().flatten().flatten().map(Vec::len).sum::<usize>();
    let mut nodes: FxHashMap<Key, Neighbours> = FxHashMap::default();
    nodes.reserve(points * 3 / 4);
    for ring in areas.iter().flatten().flatten() {
        let keys: Vec<Key> = ring.iter().map(|p| key(*p)).collect();
        let n = keys.len();
        for i in 0..n {
            let neighbours = nodes.entry(keys[i]).or_default();
            neighbours.add(keys[(i + n - 1) % n]);
            neighbours.add(keys[(i + 1) % n]);
        }
    }
    nodes
}

/// The runs of a ring between its nodes, both ends included. A ring without a node is one
/// closed run that starts at its smallest point, so that both sides of an enclave agree.
fn cut(ring: &[Grid], nodes: &FxHashMap<Key, Neighbours>) -> Vec<Vec<Grid>> {
    let n = ring.len();
    let mut cuts: Vec<usize> = (0..n).filter(|&i| nodes[&key(ring[i])].is_node).collect();
    if cuts.is_empty() {
        cuts.extend((0..n).min_by_key(|&i| key(ring[i])));
    }
    let ends = cuts.iter().skip(1).copied().chain(cuts.first().map(|first| first + n));
    cuts.iter().zip(ends).map(|(&s, e)| (s..=e).map(|i| ring[i % n]).collect()).collect()
}

/// Finds `points`, in either direction, among the runs, or adds them.
fn share(points: Vec<Grid>, runs: &mut Vec<Vec<Grid>>, candidates: &mut Candidates) -> ArcRef {
    let (a, b) = (key(points[0]), key(points[points.len() - 1]));
    let same_ends = candidates.entry((a.min(b), a.max(b), points.len())).or_default();
    for &arc in same_ends.iter() {
        let run = &runs[arc as usize];
        if run.iter().zip(&points).all(|(p, q)| key(*p) == key(*q)) {
            return ArcRef { arc, reversed: false };
        }
        if run.iter().rev().zip(&points).all(|(p, q)| key(*p) == key(*q)) {
            return ArcRef { arc, reversed: true };
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "fewer arcs than points, which are limited"
    )]
    let arc = runs.len() as u32;
    same_ends.push(arc);
    runs.push(points);
    ArcRef { arc, reversed: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::polygons_area;

    fn ring(points: &[(f64, f64)]) -> Vec<Grid> {
        points.iter().map(|&(x, y)| Grid { x, y }).collect()
    }

    #[test]
    fn two_neighbours_share_one_arc() {
        let west = ring(&[(0.0, 0.0), (5.0, 0.0), (6.0, 5.0), (5.0, 10.0), (0.0, 10.0)]);
        let east = ring(&[(5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 10.0), (6.0, 5.0)]);
        let topology = Topology::build(&[vec![vec![west]], vec![vec![east]]]);
        assert_eq!(topology.arcs.len(), 3);
        let shared: Vec<_> = topology.arcs.iter().filter(|arc| !arc.is_outer()).collect();
        assert_eq!(shared.len(), 1);
        assert_eq!(shared[0].sides, [Some(0), Some(1)]);
        assert_eq!(shared[0].points.len(), 3);
    }

    #[test]
    fn an_enclave_and_the_hole_around_it_are_one_arc() {
        let outer = ring(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        let hole = ring(&[(3.0, 3.0), (3.0, 6.0), (6.0, 6.0), (6.0, 3.0)]);
        let inner = ring(&[(6.0, 3.0), (6.0, 6.0), (3.0, 6.0), (3.0, 3.0)]);
        let areas = [vec![vec![outer, hole]], vec![vec![inner]]];
        let topology = Topology::build(&areas);
        assert_eq!(topology.arcs.len(), 2);
        assert!((topology.area_m2(0) + topology.area_m2(1) - 81.0).abs() < 1e-9);
        assert!((polygons_area(&topology.polygons(0)) - 72.0).abs() < 1e-9);
    }
}
