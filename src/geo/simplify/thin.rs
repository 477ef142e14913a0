//! Which points of arcs stay.

use super::super::measure::segment_distance_squared;
use super::super::space::Grid;
use super::super::topology::ShapeArcs;

/// The weight from which on points stay, so that there are as many as wanted; the ends of arcs have
/// infinite weight.
pub(super) fn threshold(weights: &[Vec<f32>], wanted: usize) -> f32 {
    let mut inner: Vec<f32> = weights.iter().flatten().copied().filter(|w| w.is_finite()).collect();
    let ends = weights.iter().map(Vec::len).sum::<usize>() - inner.len();
    match wanted.saturating_sub(ends) {
        0 => f32::INFINITY,
        all if all >= inner.len() => 0.0,
        some => {
            let place = inner.len() - some;
            *inner.select_nth_unstable_by(place, f32::total_cmp).1
        }
    }
}

/// Of each arc that a shape uses the numbers of the points of at least some weight.
pub(super) fn at_least(weights: &[Vec<f32>], least: f32, shapes: &[ShapeArcs]) -> Vec<Vec<u32>> {
    let mut kept = vec![Vec::new(); weights.len()];
    for used in shapes.iter().flatten().flatten().flat_map(|ring| &ring.arcs) {
        let kept = &mut kept[used.arc as usize];
        if kept.is_empty() {
            let weighed = (0u32..).zip(&weights[used.arc as usize]);
            *kept = weighed.filter(|(_, weight)| **weight >= least).map(|(i, _)| i).collect();
        }
    }
    kept
}

/// The numbers of the points that stay, so that no other is farther than the tolerance from the
/// line that replaces it. A closed line keeps its start, the point farthest from it, and the point
/// farthest from the line between the two: it stays a ring.
#[must_use]
pub fn douglas_peucker(points: &[Grid], tolerance: f64) -> Vec<u32> {
    let last = points.len() - 1;
    let mut keep = vec![last < 2 || tolerance <= 0.0; points.len()];
    keep[0] = true;
    keep[last] = true;
    let mut pending = vec![(0, last)];
    if points[0] == points[last] {
        let far = farthest(points, 0, last, |p| segment_distance_squared(p, points[0], points[0]));
        let third =
            farthest(points, 0, last, |p| segment_distance_squared(p, points[0], points[far.0]));
        let (a, b) = (far.0.min(third.0), far.0.max(third.0));
        keep[a] = true;
        keep[b] = true;
        pending = vec![(0, a), (a, b), (b, last)];
    }
    while let Some((start, end)) = pending.pop() {
        let (at, distance) = farthest_from_chord(points, start, end);
        if distance > tolerance * tolerance {
            keep[at] = true;
            pending.extend([(start, at), (at, end)]);
        }
    }
    (0u32..).zip(keep).filter(|(_, keep)| *keep).map(|(i, _)| i).collect()
}

/// The point between two others that is farthest from the line between them, and the square of its
/// distance; the first of the two if all lie on the line.
pub(super) fn farthest_from_chord(points: &[Grid], start: usize, end: usize) -> (usize, f64) {
    farthest(points, start, end, |p| segment_distance_squared(p, points[start], points[end]))
}

/// The point strictly between `start` and `end` with the largest `distance`.
fn farthest(
    points: &[Grid],
    start: usize,
    end: usize,
    distance: impl Fn(Grid) -> f64,
) -> (usize, f64) {
    let mut best = (start, 0.0);
    for (i, point) in points.iter().enumerate().take(end).skip(start + 1) {
        let d = distance(*point);
        if d > best.1 {
            best = (i, d);
        }
    }
    best
}
