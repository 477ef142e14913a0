//! Cutting rings into shared arcs.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::nodes::{Key, Keys};
use super::{ArcRef, BorderArc, RingArcs, Topology};
use crate::geo::space::{Grid, Rings};

/// A run of points along a ring: from a position of the ring on, so many steps.
#[derive(Clone, Copy)]
struct Run {
    /// Number of the ring over all areas.
    ring: usize,
    start: usize,
    /// One less than there are points.
    steps: usize,
}

impl Run {
    /// Its items of a ring, which may go past the end: in two halves.
    fn of<T>(self, ring: &[T]) -> [&[T]; 2] {
        let end = self.start + self.steps + 1;
        match end.checked_sub(ring.len()) {
            Some(past) => [&ring[self.start..], &ring[..past]],
            None => [&ring[self.start..end], &[]],
        }
    }

    /// Its first and last item of a ring.
    fn ends<T: Copy>(self, ring: &[T]) -> (T, T) {
        (ring[self.start], ring[(self.start + self.steps) % ring.len()])
    }
}

/// Arcs found so far, by their ends and number of steps.
type Candidates = FxHashMap<(Key, Key, usize), Vec<u32>>;

impl Topology {
    /// Cuts the rings of `areas` into shared arcs.
    ///
    /// Rings have three points or more, none repeated, the first not repeated at the end;
    /// exteriors run counter-clockwise, holes clockwise. Where two areas run along the same
    /// points, within a centimetre, they share an arc.
    #[must_use]
    pub fn build(areas: &[Vec<Rings>]) -> Self {
        let rings: Vec<&[Grid]> = areas.iter().flatten().flatten().map(Vec::as_slice).collect();
        let keys = Keys::of(&rings);
        let mut nodes = keys.nodes().into_iter().peekable();
        let mut runs: Vec<Run> = Vec::new();
        let mut sides: Vec<[Option<u32>; 2]> = Vec::new();
        let mut candidates = Candidates::default();
        let mut number = 0;
        let mut use_arcs = |area: u32| {
            let mut cuts = Vec::new();
            while let Some((_, at)) = nodes.next_if(|(ring, _)| *ring == number) {
                cuts.push(at);
            }
            let mut arcs = Vec::with_capacity(cuts.len().max(1));
            for run in cut(&keys, number, cuts) {
                let used = share(&keys, run, &mut runs, &mut candidates);
                sides.resize(runs.len(), [None; 2]);
                sides[used.arc as usize][usize::from(used.reversed)].get_or_insert(area);
                arcs.push(used);
            }
            number += 1;
            RingArcs { arcs, area_m2: 0.0 }
        };
        let mut shapes = Vec::with_capacity(areas.len());
        for (area, polygons) in (0u32..).zip(areas) {
            let mut rings = |rings: &Rings| rings.iter().map(|_| use_arcs(area)).collect();
            shapes.push(polygons.iter().map(&mut rings).collect());
        }
        let arc = |(run, sides): (Run, [Option<u32>; 2])| {
            BorderArc::new(run.of(rings[run.ring]).concat(), sides)
        };
        let arcs = runs.into_par_iter().zip(sides).map(arc).collect();
        let mut topology = Self { arcs, shapes, ..Self::default() };
        topology.measure_rings();
        topology
    }
}

/// The runs of a ring between its nodes, at which it is cut. A ring without a node is one closed
/// run that starts at its smallest point, so that both sides of an enclave agree.
fn cut(keys: &Keys, ring: usize, mut cuts: Vec<usize>) -> impl Iterator<Item = Run> {
    let points = keys.ring(ring);
    if cuts.is_empty() {
        cuts.extend((0..points.len()).min_by_key(|&i| points[i]));
    }
    let around = cuts.first().map(|first| first + points.len());
    let ends: Vec<usize> = cuts.iter().skip(1).copied().chain(around).collect();
    cuts.into_iter().zip(ends).map(move |(start, end)| Run { ring, start, steps: end - start })
}

/// Finds a run, in either direction, among those found so far, or adds it.
fn share(keys: &Keys, run: Run, runs: &mut Vec<Run>, candidates: &mut Candidates) -> ArcRef {
    let along = |run: Run| run.of(keys.ring(run.ring)).into_iter().flatten();
    let (first, last) = run.ends(keys.ring(run.ring));
    let same_ends = candidates.entry((first.min(last), first.max(last), run.steps)).or_default();
    for &arc in same_ends.iter() {
        let known = runs[arc as usize];
        if along(run).eq(along(known)) {
            return ArcRef { arc, reversed: false };
        }
        if along(run).eq(along(known).rev()) {
            return ArcRef { arc, reversed: true };
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "fewer arcs than points, which are limited"
    )]
    let arc = runs.len() as u32;
    same_ends.push(arc);
    runs.push(run);
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
