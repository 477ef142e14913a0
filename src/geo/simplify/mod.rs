//! Fewer points for the same areas: shared borders stay shared, no area vanishes, nothing crosses
//! that did not.
//!
//! Points go first wherever they matter least (`thin`). Then come back those without which lines
//! would cross, islands come ashore or rings close up (`repair`).

mod repair;
mod thin;

use rayon::prelude::*;

pub(super) use repair::holds_another;
pub use thin::douglas_peucker;

use super::space::Grid;
use super::topology::{ShapeArcs, Topology};

/// How much is to stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// This share of the points, from 0 to 1, each border counted once: those with the largest
    /// effective areas (Visvalingam and Whyatt, 1993).
    Share(f64),
    /// As many as it takes so that no border moves by more than so many metres (Douglas and
    /// Peucker, 1973).
    Tolerance(f64),
}

/// Arcs with fewer points, in the order of those of a topology.
#[derive(Debug, Clone)]
pub struct Simplified {
    /// Their points, as they were placed; none where no shape uses an arc any more.
    pub arcs: Vec<Vec<Grid>>,
    /// The shapes that are left: of a share of the points, without islands and lakes that are
    /// smaller than what the points that went stand for. Something of every area stays.
    pub shapes: Vec<ShapeArcs>,
    /// Points before, each border counted once.
    pub points_before: usize,
    /// Points after.
    pub points_after: usize,
    /// Points that came back lest lines cross or rings close up.
    pub restored: usize,
    /// Places where lines cross that do so with all their points.
    pub crossings_left: usize,
    /// Whether lines lie so close that not all of their crossings were looked for.
    pub is_unsure: bool,
}

/// Thins out the arcs of a topology. `place` says where a point is put in the end, such as in
/// degrees with seven decimals: there no lines will cross either.
pub fn simplify(
    topology: &Topology,
    amount: Amount,
    place: impl Fn(Grid) -> Grid + Sync,
) -> Simplified {
    let points_before = topology.point_count();
    let repaired = |kept: Vec<Vec<u32>>, shapes: Vec<ShapeArcs>| {
        let count = |kept: &[Vec<u32>]| kept.iter().map(Vec::len).sum::<usize>();
        let thinned = count(&kept);
        let mut lines = repair::Thinned::new(topology, &shapes, kept, &place);
        let (crossings_left, is_unsure) = lines.repair();
        let points_after = count(&lines.kept);
        let (arcs, restored) = (lines.placed, points_after - thinned);
        Simplified {
            arcs,
            shapes,
            points_before,
            points_after,
            restored,
            crossings_left,
            is_unsure,
        }
    };
    let share = match amount {
        Amount::Share(share) => share,
        Amount::Tolerance(metres) => {
            let arcs = topology.arcs.par_iter();
            let kept = arcs.map(|arc| douglas_peucker(&arc.points, metres)).collect();
            return repaired(kept, topology.shapes.clone());
        }
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a number of points"
    )]
    let wanted = (share * points_before as f64).ceil() as usize;
    let weights = topology.effective_areas();
    let attempt = |aim: usize| {
        let least_m2 = thin::threshold(&weights, aim);
        let shapes = topology.without_specks(f64::from(least_m2).min(MOST_M2));
        repaired(thin::at_least(&weights, least_m2, &shapes), shapes)
    };
    let off = |simplified: &Simplified| simplified.points_after.abs_diff(wanted);
    let mut aim = wanted;
    let mut best = attempt(aim);
    let mut last = best.points_after;
    // What came back has to be saved elsewhere, and what went with islands may stay elsewhere.
    for _ in 0..ROUNDS {
        if off(&best) * 100 < wanted || share >= 1.0 {
            break;
        }
        aim = (aim + wanted).saturating_sub(last);
        let next = attempt(aim);
        last = next.points_after;
        if off(&next) < off(&best) {
            best = next;
        }
    }
    best
}

/// How often it is tried to meet a share of the points.
const ROUNDS: usize = 6;

/// No island larger than this is ever left out, in square metres: 1 km².
const MOST_M2: f64 = 1e6;

#[cfg(test)]
mod tests;
