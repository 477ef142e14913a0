//! Bringing back the points without which lines would cross.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rstar::{AABB, RTree};

use super::super::crossings::{Crossing, Crossings, Line, Rule, crossings};
use super::super::measure::{ring_area, ring_contains};
use super::super::space::{Grid, bounds_of};
use super::super::topology::{RingArcs, ShapeArcs, Topology, join};
use super::thin::farthest_from_chord;

/// After so many passes more points come back at a time, twice as many as before.
const PATIENCE: u32 = 4;

/// After so many passes all points are back where something is wrong.
const PASSES: u32 = 24 * PATIENCE;

/// A segment of a thinned arc: the arc, and the number of the segment on it.
type Place = (u32, usize);

/// The arcs of a topology with some of their points.
pub struct Thinned<'a, F> {
    topology: &'a Topology,
    shapes: &'a [ShapeArcs],
    place: &'a F,
    /// Of each arc the numbers of the points that are there, in order.
    pub kept: Vec<Vec<u32>>,
    /// Where they are put in the end.
    pub placed: Vec<Vec<Grid>>,
}

impl<'a, F: Fn(Grid) -> Grid + Sync> Thinned<'a, F> {
    pub fn new(
        topology: &'a Topology,
        shapes: &'a [ShapeArcs],
        kept: Vec<Vec<u32>>,
        place: &'a F,
    ) -> Self {
        let arcs = topology.arcs.par_iter().zip(&kept);
        let placed =
            arcs.map(|(arc, kept)| kept.iter().map(|i| place(arc.points[*i as usize])).collect());
        Self { topology, shapes, place, placed: placed.collect(), kept }
    }

    /// Brings points back until nothing is wrong, or only what is wrong with all points too. Gives
    /// the number of crossings that are left, and whether the look for them ended early.
    pub fn repair(&mut self) -> (usize, bool) {
        let (mut left, mut is_cut) = (0, false);
        let stays = self.stays();
        let mut unseen = self.segments();
        for pass in 0..PASSES {
            let (crossings, jumps) =
                rayon::join(|| self.crossings(), || self.jumps(&unseen, &stays));
            (left, is_cut) = (crossings.found.len(), crossings.is_cut);
            let both =
                |crossing: &Crossing| [0, 1].map(|i| (crossing.tags[i], crossing.segments[i]));
            let crossing = crossings.found.iter().flat_map(both);
            let wrong: BTreeSet<Place> = crossing.chain(jumps).chain(self.flat_rings()).collect();
            // From behind, so that the numbers before stay what they are.
            let mut begun = Vec::new();
            for place in wrong.into_iter().rev() {
                self.restore(place, pass / PATIENCE, &mut begun);
            }
            if begun.is_empty() {
                break;
            }
            unseen = begun.into_iter().filter_map(|start| self.segment_from(start)).collect();
        }
        (left, is_cut)
    }

    /// Where the lines cross when they are put in their place.
    fn crossings(&self) -> Crossings {
        let lines = (0u32..).zip(&self.placed);
        let lines = lines.map(|(tag, points)| Line { points, is_closed: false, tag });
        crossings(&lines.collect::<Vec<_>>(), usize::MAX, Rule::Exact)
    }

    /// Points that are there before and after, some of each line: the ends of arcs, and one between.
    fn stays(&self) -> RTree<[f64; 2]> {
        let arcs = self.topology.arcs.iter().zip(&self.kept).filter(|(_, kept)| !kept.is_empty());
        let stays = arcs.flat_map(|(arc, kept)| {
            let at = |i: usize| arc.points[kept[i] as usize];
            [at(0), at(kept.len() / 2)].map(|p| [p.x, p.y])
        });
        RTree::bulk_load(stays.collect())
    }

    /// All segments.
    fn segments(&self) -> Vec<Place> {
        let of = |(arc, kept): (u32, &Vec<u32>)| (1..kept.len()).map(move |end| (arc, end - 1));
        (0u32..).zip(&self.kept).flat_map(of).collect()
    }

    /// The segment of an arc that begins at a point with that number.
    fn segment_from(&self, (arc, start): (u32, u32)) -> Option<Place> {
        Some((arc, self.kept[arc as usize].binary_search(&start).ok()?))
    }

    /// Those of some segments between which and the points that they stand for another line came to
    /// lie: an islet that would be ashore crosses nothing, and is wrong all the same.
    ///
    /// As nothing crosses, what hangs together lies on one side of a line. So it is enough to look
    /// at some points of each.
    fn jumps(&self, segments: &[Place], stays: &RTree<[f64; 2]>) -> Vec<Place> {
        let is_jump = |&&(arc, segment): &&Place| {
            let ends = [segment, segment + 1].map(|i| self.kept[arc as usize][i] as usize);
            let stretch = &self.topology.arcs[arc as usize].points[ends[0]..=ends[1]];
            stretch.len() > 2 && holds_another(stretch, stays)
        };
        segments.par_iter().filter(is_jump).copied().collect()
    }

    /// Of each ring without area, or turned over, the segment that stands for the farthest point.
    fn flat_rings(&self) -> Vec<Place> {
        let rings: Vec<&RingArcs> = self.shapes.iter().flatten().flatten().collect();
        let flat = |ring: &&RingArcs| {
            let points = join(&ring.arcs, |arc| &self.placed[arc as usize]);
            let is_sound = points.len() > 2 && ring_area(&points) * ring.area_m2 > 0.0;
            if is_sound { None } else { self.most_missed(ring) }
        };
        rings.into_par_iter().filter_map(|ring| flat(&ring)).collect()
    }

    fn most_missed(&self, ring: &RingArcs) -> Option<Place> {
        let mut most = (None, 0.0);
        for used in &ring.arcs {
            let points = &self.topology.arcs[used.arc as usize].points;
            for (segment, pair) in self.kept[used.arc as usize].windows(2).enumerate() {
                let (_, far) = farthest_from_chord(points, pair[0] as usize, pair[1] as usize);
                if far > most.1 {
                    most = (Some((used.arc, segment)), far);
                }
            }
        }
        most.0
    }

    /// Brings back the point that is farthest from a segment, then those farthest from its halves,
    /// so many times. Adds the segments that come of it to `begun`, each by its arc and the number of
    /// the point where it begins.
    fn restore(&mut self, (arc, segment): Place, halvings: u32, begun: &mut Vec<(u32, u32)>) {
        let points = &self.topology.arcs[arc as usize].points;
        let kept = &mut self.kept[arc as usize];
        let mut found: Vec<u32> = Vec::new();
        let mut pending = vec![(kept[segment], kept[segment + 1], halvings)];
        while let Some((start, end, halvings)) = pending.pop() {
            let (at, far) = farthest_from_chord(points, start as usize, end as usize);
            if far > 0.0 {
                #[expect(clippy::cast_possible_truncation, reason = "it lies between two of them")]
                let at = at as u32;
                found.push(at);
                if halvings > 0 {
                    pending.extend([(start, at, halvings - 1), (at, end, halvings - 1)]);
                }
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_unstable();
        begun.extend([kept[segment]].iter().chain(&found).map(|start| (arc, *start)));
        let placed = found.iter().map(|i| (self.place)(points[*i as usize]));
        let after = segment + 1;
        self.placed[arc as usize].splice(after..after, placed);
        kept.splice(after..after, found);
    }
}

/// Whether one of some points lies between a line and the straight one between its ends.
pub(in crate::geo) fn holds_another(line: &[Grid], points: &RTree<[f64; 2]>) -> bool {
    let Some(bounds) = bounds_of(line) else { return false };
    let (min, max) = (bounds.min(), bounds.max());
    let ends = [line[0], line[line.len() - 1]];
    points.locate_in_envelope(&AABB::from_corners([min.x, min.y], [max.x, max.y])).any(|&[x, y]| {
        let p = Grid { x, y };
        !ends.contains(&p) && ring_contains(line, p)
    })
}
