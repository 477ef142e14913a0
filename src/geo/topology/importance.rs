//! How much each point matters: Visvalingam and Whyatt's effective area (1993), worked out
//! once an arc. Every level of detail is then a threshold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::{RingArcs, Topology};
use crate::geo::measure::cross;
use crate::geo::space::Grid;

impl Topology {
    /// Fills in [`super::BorderArc::importance`], and sees to it that the largest polygon of
    /// every area keeps at least a triangle at every level.
    pub(super) fn weigh_points(&mut self) {
        self.arcs.par_iter_mut().for_each(|arc| arc.importance = effective_areas(&arc.points));
        let largest = |shape: &Vec<Vec<RingArcs>>| -> Option<RingArcs> {
            let exteriors = shape.iter().filter_map(|polygon| polygon.first());
            exteriors.max_by(|a, b| a.area_m2.total_cmp(&b.area_m2)).cloned()
        };
        for ring in self.shapes.iter().filter_map(largest).collect::<Vec<_>>() {
            let keep_each = match ring.arcs.len() {
                1 => 2,
                2 => 1,
                _ => 0,
            };
            for used in &ring.arcs {
                let importance = &mut self.arcs[used.arc as usize].importance;
                for _ in 0..keep_each {
                    let inner = importance.iter_mut().filter(|weight| weight.is_finite());
                    if let Some(most) = inner.max_by(|a, b| a.total_cmp(b)) {
                        *most = f32::INFINITY;
                    }
                }
            }
        }
    }
}

/// The effective area of each point in square metres; the ends have infinity. A point never
/// matters more than one that was removed after it, so that a threshold gives nested levels.
#[expect(clippy::cast_possible_truncation, reason = "seven digits of an area are plenty")]
fn effective_areas(points: &[Grid]) -> Vec<f32> {
    let n = points.len();
    let mut result = vec![f32::INFINITY; n];
    if n < 3 {
        return result;
    }
    let triangle =
        |a: usize, b: usize, c: usize| (cross(points[a], points[b], points[c]).abs() / 2.0) as f32;
    let mut before: Vec<usize> = (0..n).map(|i| i.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=n).collect();
    let mut current = vec![f32::INFINITY; n];
    let mut queue = BinaryHeap::with_capacity(n);
    for i in 1..n - 1 {
        current[i] = triangle(i - 1, i, i + 1);
        queue.push(Reverse((current[i].to_bits(), i)));
    }
    let mut highest = 0.0f32;
    while let Some(Reverse((bits, i))) = queue.pop() {
        if result[i].is_finite() || bits != current[i].to_bits() {
            continue; // the point is gone, or has been weighed again since
        }
        highest = highest.max(current[i]);
        result[i] = highest;
        let (left, right) = (before[i], after[i]);
        after[left] = right;
        before[right] = left;
        for j in [left, right] {
            if j > 0 && j < n - 1 {
                current[j] = triangle(before[j], j, after[j]);
                queue.push(Reverse((current[j].to_bits(), j)));
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spur_matters_more_than_a_ripple() {
        let line = [(0.0, 0.0), (10.0, 1.0), (20.0, 0.0), (30.0, 50.0), (40.0, 0.0), (50.0, 0.0)];
        let points: Vec<Grid> = line.iter().map(|&(x, y)| Grid { x, y }).collect();
        let weights = effective_areas(&points);
        assert!(weights[0].is_infinite() && weights[5].is_infinite());
        assert!((weights[1] - 10.0).abs() < 1e-3, "{weights:?}");
        assert!(weights[3] > weights[1] && weights[3] >= 500.0, "{weights:?}");
    }
}
