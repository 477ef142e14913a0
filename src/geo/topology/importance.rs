//! How much each point matters: Visvalingam and Whyatt's effective area (1993), worked out
//! once an arc. Every level of detail is then a threshold.
//!
//! Sharp points count for less, as in mapshaper's weighted variant: a tidal creek of a hundred
//! metres is a hair on a map of England, however long it is, and goes before broader bays do.

mod queue;

use queue::Queue;

use super::{RingArcs, Topology};
use crate::geo::measure::cross;
use crate::geo::space::Grid;
use crate::parallel::{largest_first, once};

impl Topology {
    /// For each point of each arc the area in square metres below which it does not matter;
    /// nodes have infinity. A level of detail keeps the points at or above its threshold. Worked
    /// out when first asked for.
    ///
    /// The largest polygon of every area keeps at least a triangle at every level.
    pub fn weights(&self) -> &[Vec<f32>] {
        once::<Vec<_>>(&self.weights, || {
            let mut weights: Vec<Vec<f32>> = self.weighed(weight);
            for ring in self.shapes.iter().filter_map(|shape| largest_exterior(shape)) {
                let keep_each = match ring.arcs.len() {
                    1 => 2,
                    2 => 1,
                    _ => 0,
                };
                for used in &ring.arcs {
                    for _ in 0..keep_each {
                        let inner = weights[used.arc as usize].iter_mut();
                        let inner = inner.filter(|weight| weight.is_finite());
                        if let Some(most) = inner.max_by(|a, b| a.total_cmp(b)) {
                            *most = f32::INFINITY;
                        }
                    }
                }
            }
            weights
        })
    }

    /// For each point of each arc its effective area in square metres, sharp or not; the ends of
    /// arcs have infinity.
    #[must_use]
    pub fn effective_areas(&self) -> Vec<Vec<f32>> {
        self.weighed(triangle)
    }

    fn weighed(&self, weight: fn(Grid, Grid, Grid) -> f32) -> Vec<Vec<f32>> {
        let arcs: Vec<&[Grid]> = self.arcs.iter().map(|arc| arc.points.as_slice()).collect();
        largest_first(arcs, |points| points.len(), |points| effective_areas(points, weight))
    }
}

fn largest_exterior(shape: &[Vec<RingArcs>]) -> Option<&RingArcs> {
    let exteriors = shape.iter().filter_map(|polygon| polygon.first());
    exteriors.max_by(|a, b| a.area_m2.total_cmp(&b.area_m2))
}

/// The effective area of each point in square metres; the ends have infinity. A point always
/// matters less than one that was removed after it, so that a threshold gives nested levels of any
/// number of points.
#[expect(clippy::cast_possible_truncation, reason = "seven digits of an area are plenty")]
fn effective_areas(points: &[Grid], weight: fn(Grid, Grid, Grid) -> f32) -> Vec<f32> {
    let n = points.len();
    let mut result = vec![f32::INFINITY; n];
    if n < 3 {
        return result;
    }
    let weigh = |a: usize, b: usize, c: usize| weight(points[a], points[b], points[c]);
    let mut before: Vec<u32> = (0..n as u32).map(|i| i.saturating_sub(1)).collect();
    let mut after: Vec<u32> = (1..=n as u32).collect();
    let mut current = vec![f32::INFINITY; n];
    for (i, area) in current.iter_mut().enumerate().take(n - 1).skip(1) {
        *area = weigh(i - 1, i, i + 1);
    }
    let mut queue = Queue::with_capacity(n);
    for (i, area) in current.iter().enumerate().take(n - 1).skip(1) {
        queue.push(*area, i as u32);
    }
    let mut highest = 0.0f32;
    while let Some((area, i)) = queue.pop() {
        let i = i as usize;
        if result[i].is_finite() {
            continue; // the point is gone
        }
        if area.to_bits() != current[i].to_bits() {
            // It has been weighed again since. Less was queued at once, more has waited until now.
            if current[i] > area {
                queue.push(current[i], i as u32);
            }
            continue;
        }
        highest = area.max(highest.next_up());
        result[i] = highest;
        let (left, right) = (before[i] as usize, after[i] as usize);
        after[left] = right as u32;
        before[right] = left as u32;
        for j in [left, right] {
            if j > 0 && j < n - 1 {
                let area = weigh(before[j] as usize, j, after[j] as usize);
                if area < current[j] {
                    queue.push(area, j as u32);
                }
                current[j] = area;
            }
        }
    }
    result
}

/// The area of the triangle that goes when `b` goes, in square metres.
#[expect(clippy::cast_possible_truncation, reason = "seven digits of an area are plenty")]
fn triangle(a: Grid, b: Grid, c: Grid) -> f32 {
    (cross(a, b, c).abs() / 2.0) as f32
}

/// The area of the triangle that goes when `b` goes, in square metres; at an acute angle times
/// the square of its sine.
#[expect(clippy::cast_possible_truncation, reason = "seven digits of an area are plenty")]
fn weight(a: Grid, b: Grid, c: Grid) -> f32 {
    let (u, v) = ((a.x - b.x, a.y - b.y), (c.x - b.x, c.y - b.y));
    let cross = u.0 * v.1 - u.1 * v.0;
    let dot = u.0 * v.0 + u.1 * v.1;
    let area = cross.abs() / 2.0;
    if dot <= 0.0 {
        return area as f32;
    }
    let squares = (u.0 * u.0 + u.1 * u.1) * (v.0 * v.0 + v.1 * v.1);
    (area * cross * cross / squares) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spur_matters_more_than_a_ripple() {
        let line = [(0.0, 0.0), (10.0, 1.0), (20.0, 0.0), (30.0, 50.0), (40.0, 0.0), (50.0, 0.0)];
        let points: Vec<Grid> = line.iter().map(|&(x, y)| Grid { x, y }).collect();
        let weights = effective_areas(&points, weight);
        assert!(weights[0].is_infinite() && weights[5].is_infinite());
        assert!((weights[1] - 10.0).abs() < 1e-3, "{weights:?}");
        assert!(weights[3] > weights[1], "{weights:?}");
    }

    #[test]
    fn a_creek_goes_before_a_bay_of_the_same_area() {
        let p = |x: f64, y: f64| Grid { x, y };
        let creek =
            [p(0.0, 0.0), p(1000.0, 0.0), p(1005.0, 20_000.0), p(1010.0, 0.0), p(9000.0, 0.0)];
        let bay = [p(0.0, 0.0), p(1000.0, 0.0), p(1500.0, 100.0), p(2000.0, 0.0), p(9000.0, 0.0)];
        assert!(effective_areas(&creek, weight)[2] < effective_areas(&bay, weight)[2] / 100.0);
    }
}
