//! A topology from a file that shares its arcs already.

use super::{ArcRef, BorderArc, RingArcs, Topology};
use crate::geo::space::Grid;

/// The rings of one area as arcs: polygons, each an exterior and its holes.
pub type SharedRings = Vec<Vec<Vec<ArcRef>>>;

impl Topology {
    /// The topology of `areas` made of `arcs`, or `None` if the arcs do not join up to clean
    /// rings: then [`Topology::build`] must find the shared borders itself.
    ///
    /// Arcs end where borders meet, as TopoJSON wants it. Rings may run either way.
    #[must_use]
    pub fn from_arcs(arcs: Vec<Vec<Grid>>, areas: Vec<SharedRings>) -> Option<Self> {
        if arcs.iter().any(|points| points.len() < 2) {
            return None;
        }
        let arcs = arcs.into_iter().map(|points| BorderArc::new(points, [None; 2])).collect();
        let shapes = areas.into_iter().map(|area| area.into_iter().map(unmeasured).collect());
        let mut topology = Self { arcs, shapes: shapes.collect(), ..Self::default() };
        if !topology.shapes.iter().flatten().flatten().all(|ring| topology.joins_up(ring)) {
            return None;
        }
        topology.measure_rings();
        topology.orient()?;
        topology.take_sides();
        Some(topology)
    }

    fn joins_up(&self, ring: &RingArcs) -> bool {
        let in_range = |used: &ArcRef| (used.arc as usize) < self.arcs.len();
        if ring.arcs.is_empty() || !ring.arcs.iter().all(in_range) {
            return false;
        }
        let next = ring.arcs.iter().cycle().skip(1);
        ring.arcs.iter().zip(next).all(|(a, b)| self.end_points(*a).1 == self.end_points(*b).0)
    }

    /// Turns rings so that their inside is on the left; `None` if one has no area.
    fn orient(&mut self) -> Option<()> {
        for polygon in self.shapes.iter_mut().flatten() {
            for (i, ring) in polygon.iter_mut().enumerate() {
                if ring.area_m2 == 0.0 {
                    return None;
                }
                if (ring.area_m2 > 0.0) != (i == 0) {
                    ring.arcs.reverse();
                    ring.arcs.iter_mut().for_each(|used| used.reversed = !used.reversed);
                    ring.area_m2 = -ring.area_m2;
                }
            }
        }
        Some(())
    }

    fn take_sides(&mut self) {
        for (area, shape) in (0u32..).zip(&self.shapes) {
            for used in shape.iter().flatten().flat_map(|ring| &ring.arcs) {
                let side = &mut self.arcs[used.arc as usize].sides[usize::from(used.reversed)];
                side.get_or_insert(area);
            }
        }
    }
}

fn unmeasured(polygon: Vec<Vec<ArcRef>>) -> Vec<RingArcs> {
    polygon.into_iter().map(|arcs| RingArcs { arcs, area_m2: 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ShapeArcs;
    use super::*;

    fn grid(points: &[(f64, f64)]) -> Vec<Grid> {
        points.iter().map(|&(x, y)| Grid { x, y }).collect()
    }

    fn shared_rings(shape: &ShapeArcs) -> SharedRings {
        shape.iter().map(|rings| rings.iter().map(|ring| ring.arcs.clone()).collect()).collect()
    }

    #[test]
    fn a_built_topology_and_its_arcs_are_the_same() {
        let west = grid(&[(0.0, 0.0), (5.0, 0.0), (6.0, 5.0), (5.0, 10.0), (0.0, 10.0)]);
        let east = grid(&[(5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 10.0), (6.0, 5.0)]);
        let built = Topology::build(&[vec![vec![west]], vec![vec![east]]]);
        let arcs = built.arcs.iter().map(|arc| arc.points.clone()).collect();
        let areas = built.shapes.iter().map(shared_rings).collect();
        let again = Topology::from_arcs(arcs, areas).unwrap();
        for area in 0..2 {
            assert!((again.area_m2(area) - built.area_m2(area)).abs() < 1e-9);
        }
        for (a, b) in again.arcs.iter().zip(&built.arcs) {
            assert_eq!(a.sides, b.sides);
        }
    }

    #[test]
    fn arcs_that_do_not_meet_are_not_taken() {
        let arcs =
            vec![grid(&[(0.0, 0.0), (5.0, 0.0)]), grid(&[(5.0, 1.0), (0.0, 5.0), (0.0, 0.0)])];
        let used = |arc| ArcRef { arc, reversed: false };
        assert!(Topology::from_arcs(arcs, vec![vec![vec![vec![used(0), used(1)]]]]).is_none());
    }
}
