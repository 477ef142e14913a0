//! Rings cut into arcs that neighbours share.
//!
//! Every border is stored once, so a border that is simplified or drawn is the same for both
//! of its sides: neighbours never gap or overlap, at any level of detail.

mod build;
mod dissolve;
mod from_arcs;
mod importance;
mod nodes;

use std::sync::OnceLock;

use rayon::prelude::*;

pub use from_arcs::SharedRings;

use super::measure::ring_area;
use super::space::{Grid, GridRect, Ring, Rings, bounds_of};

/// A directed use of an arc in a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArcRef {
    /// Index into [`Topology::arcs`].
    pub arc: u32,
    /// Whether the ring runs against the arc's own direction.
    pub reversed: bool,
}

/// A run of points between two nodes, used by one or two areas.
#[derive(Debug, Clone)]
pub struct BorderArc {
    /// Two points or more; a closed arc (an island, an enclave) repeats its first point.
    pub points: Vec<Grid>,
    /// The areas on the left and on the right of the arc's direction.
    pub sides: [Option<u32>; 2],
    /// The smallest box around the points.
    pub bounds: GridRect,
}

impl BorderArc {
    /// An arc over two points or more.
    #[must_use]
    pub fn new(points: Vec<Grid>, sides: [Option<u32>; 2]) -> Self {
        let origin = Grid { x: 0.0, y: 0.0 };
        let bounds = bounds_of(&points).unwrap_or(GridRect::new(origin, origin));
        Self { points, sides, bounds }
    }

    /// Whether the arc has an area on one side only: a coast or an outer border.
    #[must_use]
    pub fn is_outer(&self) -> bool {
        self.sides.iter().flatten().count() < 2
    }
}

/// A ring as a sequence of arcs, with its signed area at full detail.
#[derive(Debug, Clone)]
pub struct RingArcs {
    /// The arcs in order; each begins where the one before it ends.
    pub arcs: Vec<ArcRef>,
    /// Signed area in square metres, positive for an exterior.
    pub area_m2: f64,
}

/// The polygons of one area: of each its exterior, then its holes.
pub type ShapeArcs = Vec<Vec<RingArcs>>;

/// Areas made of shared arcs.
#[derive(Debug, Clone, Default)]
pub struct Topology {
    /// The arcs, each stored once.
    pub arcs: Vec<BorderArc>,
    /// The shape of each area, in the order given to [`Topology::build`].
    pub shapes: Vec<ShapeArcs>,
    weights: OnceLock<Vec<Vec<f32>>>,
}

/// The points of a ring of arcs, without the repeated last one.
pub(crate) fn join<'a>(arcs: &[ArcRef], points_of: impl Fn(u32) -> &'a [Grid]) -> Ring {
    let most = arcs.iter().map(|used| points_of(used.arc).len()).sum();
    let mut ring = Vec::with_capacity(most);
    for used in arcs {
        let (ahead, back) = along(*used, points_of(used.arc));
        ring.extend_from_slice(ahead);
        ring.extend(back.iter().rev());
    }
    ring
}

/// The points of an arc in a ring, either forwards or to be taken backwards. The last one on the
/// way is missing: it is the first one of the next arc.
fn along(used: ArcRef, points: &[Grid]) -> (&[Grid], &[Grid]) {
    match points {
        [_, others @ ..] if used.reversed => (&[], others),
        [others @ .., _] => (others, &[]),
        [] => (&[], &[]),
    }
}

impl Topology {
    /// The points of a ring, without the repeated last one.
    #[must_use]
    pub fn ring(&self, ring: &RingArcs) -> Ring {
        join(&ring.arcs, |arc| &self.arcs[arc as usize].points)
    }

    /// The signed area within a ring of arcs in square metres, positive for an exterior.
    fn area_within(&self, ring: &[ArcRef]) -> f64 {
        ring_area(ring.iter().flat_map(|used| {
            let (ahead, back) = along(*used, &self.arcs[used.arc as usize].points);
            ahead.iter().chain(back.iter().rev())
        }))
    }

    /// The polygons of an area at full detail.
    #[must_use]
    pub fn polygons(&self, area: usize) -> Vec<Rings> {
        let rings = |polygon: &Vec<RingArcs>| polygon.iter().map(|ring| self.ring(ring)).collect();
        self.shapes[area].iter().map(rings).collect()
    }

    /// The smallest box around an area, or `None` if it has no polygon.
    #[must_use]
    pub fn bounds(&self, area: usize) -> Option<GridRect> {
        let exteriors = self.shapes[area].iter().filter_map(|polygon| polygon.first());
        let arcs = exteriors.flat_map(|ring| &ring.arcs).map(|used| &self.arcs[used.arc as usize]);
        let corners: Vec<Grid> = arcs.flat_map(|a| [a.bounds.min(), a.bounds.max()]).collect();
        bounds_of(&corners)
    }

    /// Number of points over all arcs, each border counted once.
    #[must_use]
    pub fn point_count(&self) -> usize {
        self.arcs.iter().map(|arc| arc.points.len()).sum()
    }

    /// Area of a shape in square metres, holes taken off.
    #[must_use]
    pub fn area_m2(&self, area: usize) -> f64 {
        self.shapes[area].iter().flatten().map(|ring| ring.area_m2).sum()
    }

    /// The shapes without islands and lakes of less than so many square metres; the largest polygon
    /// of an area always stays, and so does whatever has a neighbour: left out, it would leave a gap.
    #[must_use]
    pub fn without_specks(&self, least_m2: f64) -> Vec<ShapeArcs> {
        let is_alone =
            |ring: &RingArcs| ring.arcs.iter().all(|used| self.arcs[used.arc as usize].is_outer());
        let size = |polygon: &Vec<RingArcs>| polygon.first().map_or(0.0, |ring| ring.area_m2);
        let of_shape = |shape: &ShapeArcs| {
            let largest = shape.iter().map(size).fold(0.0, f64::max);
            let stays =
                |ring: &RingArcs| ring.area_m2.abs() >= least_m2.min(largest) || !is_alone(ring);
            let polygons = shape.iter().filter(|polygon| polygon.first().is_some_and(stays));
            let rings = |polygon: &Vec<RingArcs>| {
                let holes = polygon.iter().skip(1).filter(|hole| stays(hole));
                polygon.iter().take(1).chain(holes).cloned().collect()
            };
            polygons.map(rings).collect()
        };
        self.shapes.iter().map(of_shape).collect()
    }

    fn measure_rings(&mut self) {
        let mut shapes = std::mem::take(&mut self.shapes);
        shapes.par_iter_mut().with_max_len(1).flatten_iter().flatten_iter().for_each(|ring| {
            ring.area_m2 = self.area_within(&ring.arcs);
        });
        self.shapes = shapes;
    }
}
