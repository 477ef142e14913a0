//! Uniting neighbouring areas along the arcs they share.

use rustc_hash::FxHashMap;

use super::{ArcRef, BorderArc, RingArcs, ShapeArcs, Topology};
use crate::geo::measure::{ring_area, ring_contains};
use crate::geo::space::{Grid, Ring};

/// Points of a hole that are looked at to find the exterior around it.
const SAMPLES: usize = 48;

/// Where to go at a node at which several arcs begin.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// Most to the left: land that touches itself in a point becomes two simple rings.
    Left,
    /// Most to the right: what lies outside the land becomes simple rings.
    Right,
}

impl Topology {
    /// The shapes of `groups` united areas, made of the same arcs. `group_of` gives the group of
    /// each area, or `None` to leave it out.
    ///
    /// The lines agree with those of the areas by construction: they are the same arcs.
    #[must_use]
    pub fn dissolve(
        &self,
        groups: usize,
        group_of: impl Fn(usize) -> Option<usize>,
    ) -> Vec<ShapeArcs> {
        let mut outlines: Vec<Vec<ArcRef>> = vec![Vec::new(); groups];
        for (index, arc) in (0u32..).zip(&self.arcs) {
            let [left, right] = arc.sides.map(|side| side.and_then(|area| group_of(area as usize)));
            if left == right {
                continue; // inside one group, or between areas that are left out
            }
            for (side, reversed) in [(left, false), (right, true)] {
                if let Some(group) = side {
                    outlines[group].push(ArcRef { arc: index, reversed });
                }
            }
        }
        outlines
            .into_iter()
            .map(|outline| self.assemble(&self.chain(outline, Turn::Left)))
            .collect()
    }

    /// The rings around what all areas together enclose without covering it, each with its
    /// negative area: gaps between them, and lakes.
    #[must_use]
    pub fn enclosed(&self) -> Vec<RingArcs> {
        let outer = |(index, arc): (u32, &BorderArc)| match arc.sides {
            [Some(_), None] => Some(ArcRef { arc: index, reversed: false }),
            [None, Some(_)] => Some(ArcRef { arc: index, reversed: true }),
            _ => None,
        };
        let outline = (0u32..).zip(&self.arcs).filter_map(outer).collect();
        let rings = self.chain(outline, Turn::Right).into_iter().map(|arcs| {
            let area_m2 = self.area_within(&arcs);
            RingArcs { arcs, area_m2 }
        });
        rings.filter(|ring| ring.area_m2 < 0.0).collect()
    }

    /// The same land as `groups` united areas, without the arcs inside of them.
    #[must_use]
    pub fn united(&self, groups: usize, group_of: impl Fn(usize) -> Option<usize>) -> Self {
        let group = |side: Option<u32>| {
            let group = side.and_then(|area| group_of(area as usize));
            group.and_then(|group| u32::try_from(group).ok())
        };
        let mut arcs = Vec::new();
        let mut renumbered = vec![0u32; self.arcs.len()];
        for (index, arc) in self.arcs.iter().enumerate() {
            let [left, right] = arc.sides.map(group);
            if left != right {
                renumbered[index] = u32::try_from(arcs.len()).unwrap_or(u32::MAX);
                arcs.push(BorderArc { sides: [left, right], ..arc.clone() });
            }
        }
        let mut shapes = self.dissolve(groups, group_of);
        for used in shapes.iter_mut().flatten().flatten().flat_map(|ring| &mut ring.arcs) {
            used.arc = renumbered[used.arc as usize];
        }
        Self { arcs, shapes, ..Self::default() }
    }

    /// Joins directed arcs into rings, each with its inside on the left.
    fn chain(&self, outline: Vec<ArcRef>, turn: Turn) -> Vec<Vec<ArcRef>> {
        let mut starting: FxHashMap<(u64, u64), Vec<ArcRef>> = FxHashMap::default();
        for used in outline.iter().rev() {
            starting.entry(bits(self.end_points(*used).0)).or_default().push(*used);
        }
        let mut rings = Vec::new();
        for first in outline {
            let start = self.end_points(first).0;
            let Some(waiting) = starting.get_mut(&bits(start)) else { continue };
            let Some(at) = waiting.iter().position(|used| *used == first) else { continue };
            waiting.swap_remove(at);
            let mut ring = vec![first];
            let mut last = first;
            while bits(self.end_points(last).1) != bits(start) {
                let Some(next) = self.take_next(last, turn, &mut starting) else { break };
                ring.push(next);
                last = next;
            }
            rings.push(ring);
        }
        rings
    }

    /// Of the arcs that start where `last` ends, the one that turns most to the wanted side.
    fn take_next(
        &self,
        last: ArcRef,
        turn: Turn,
        starting: &mut FxHashMap<(u64, u64), Vec<ArcRef>>,
    ) -> Option<ArcRef> {
        let node = self.end_points(last).1;
        let waiting = starting.get_mut(&bits(node))?;
        let back = angle(node, self.step(last, true));
        let from_back = |used: &ArcRef| {
            let clockwise = back - angle(node, self.step(*used, false));
            let turned = match turn {
                Turn::Left => clockwise,
                Turn::Right => -clockwise,
            };
            turned.rem_euclid(std::f64::consts::TAU)
        };
        let (best, _) =
            waiting.iter().map(from_back).enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(waiting.swap_remove(best))
    }

    /// Start and end of a directed arc.
    pub(super) fn end_points(&self, used: ArcRef) -> (Grid, Grid) {
        let points = &self.arcs[used.arc as usize].points;
        let (first, last) = (points[0], points[points.len() - 1]);
        if used.reversed { (last, first) } else { (first, last) }
    }

    /// The point next to the end (`at_end`) or to the start of a directed arc.
    fn step(&self, used: ArcRef, at_end: bool) -> Grid {
        let points = &self.arcs[used.arc as usize].points;
        if used.reversed == at_end { points[1] } else { points[points.len() - 2] }
    }

    /// Sorts rings into polygons: each hole goes to the smallest exterior around it.
    fn assemble(&self, rings: &[Vec<ArcRef>]) -> ShapeArcs {
        let mut polygons: Vec<(Ring, Vec<RingArcs>)> = Vec::new();
        let mut holes: Vec<(Ring, RingArcs)> = Vec::new();
        for arcs in rings {
            let mut ring = RingArcs { arcs: arcs.clone(), area_m2: 0.0 };
            let points = self.ring(&ring);
            ring.area_m2 = ring_area(&points);
            if ring.area_m2 > 0.0 {
                polygons.push((points, vec![ring]));
            } else {
                holes.push((points, ring));
            }
        }
        for (points, hole) in holes {
            // Some points may lie on the exterior; most of a few dozen do not.
            let some: Vec<&Grid> = points.iter().step_by(points.len() / SAMPLES + 1).collect();
            let holds = |(exterior, rings): &&mut (Ring, Vec<RingArcs>)| {
                rings[0].area_m2 > -hole.area_m2
                    && some.iter().filter(|p| ring_contains(exterior, ***p)).count() * 2
                        > some.len()
            };
            let around = polygons.iter_mut().filter(holds);
            if let Some((_, rings)) =
                around.min_by(|a, b| a.1[0].area_m2.total_cmp(&b.1[0].area_m2))
            {
                rings.push(hole);
            }
        }
        polygons.into_iter().map(|(_, rings)| rings).collect()
    }
}

fn bits(p: Grid) -> (u64, u64) {
    // Nodes are stored with the very same digits in every arc that ends there, once rounded.
    ((p.x * 100.0).round().to_bits(), (p.y * 100.0).round().to_bits())
}

fn angle(from: Grid, to: Grid) -> f64 {
    (to.y - from.y).atan2(to.x - from.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::polygons_area;

    fn square(x: f64, y: f64) -> Vec<Ring> {
        let p = |dx: f64, dy: f64| Grid { x: x + dx, y: y + dy };
        vec![vec![p(0.0, 0.0), p(1.0, 0.0), p(1.0, 1.0), p(0.0, 1.0)]]
    }

    /// Nine squares of a chess board; the middle one is left out.
    #[test]
    fn a_frame_of_squares_becomes_one_polygon_with_a_hole() {
        let cells: Vec<_> =
            (0..9).map(|i| vec![square(f64::from(i % 3), f64::from(i / 3))]).collect();
        let topology = Topology::build(&cells);
        let united = topology.dissolve(1, |area| (area != 4).then_some(0));
        assert_eq!(united[0].len(), 1);
        assert_eq!(united[0][0].len(), 2);
        let rings: Vec<_> = united[0][0].iter().map(|ring| topology.ring(ring)).collect();
        assert!((polygons_area(&[rings]) - 8.0).abs() < 1e-12);
    }

    #[test]
    fn united_areas_have_no_arc_inside_and_the_same_land() {
        let cells: Vec<_> =
            (0..9).map(|i| vec![square(f64::from(i % 3), f64::from(i / 3))]).collect();
        let topology = Topology::build(&cells);
        let columns = topology.united(3, |area| Some(area % 3));
        assert_eq!(columns.shapes.len(), 3);
        for area in 0..3 {
            assert!((columns.area_m2(area) - 3.0).abs() < 1e-12);
            assert!((polygons_area(&columns.polygons(area)) - 3.0).abs() < 1e-12);
        }
        assert!(columns.arcs.iter().all(|arc| arc.sides[0] != arc.sides[1]));
        assert!(columns.arcs.len() < topology.arcs.len());
    }

    #[test]
    fn squares_that_touch_in_a_corner_stay_two_polygons() {
        let topology = Topology::build(&[vec![square(0.0, 0.0)], vec![square(1.0, 1.0)]]);
        let united = topology.dissolve(1, |_| Some(0));
        assert_eq!(united[0].len(), 2);
        assert!(united[0].iter().all(|polygon| polygon.len() == 1));
    }
}
