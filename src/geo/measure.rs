//! Plane measures on the National Grid.

use super::space::{Grid, Ring, Rings, bounds_of};

/// Twice the signed area of the triangle `a`, `b`, `c`: positive if it turns to the left.
#[must_use]
pub fn cross(a: Grid, b: Grid, c: Grid) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// Signed area of a ring in square metres, positive when it runs counter-clockwise.
///
/// Shoelace formula, taken relative to the first point so that large northings lose no digits.
#[must_use]
pub fn ring_area<'a>(ring: impl IntoIterator<Item = &'a Grid>) -> f64 {
    let mut points = ring.into_iter();
    let Some(&origin) = points.next() else { return 0.0 };
    let (mut a, mut twice) = (origin, 0.0);
    points.for_each(|b| {
        twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
        a = *b;
    });
    twice / 2.0
}

/// The edges of a ring, the closing one last.
pub fn edges(ring: &[Grid]) -> impl Iterator<Item = (Grid, Grid)> {
    let closing = ring.last().copied().zip(ring.first().copied());
    ring.windows(2).map(|pair| (pair[0], pair[1])).chain(closing)
}

/// Area of polygons in square metres, holes taken off. Rings are oriented as in [`Rings`].
#[must_use]
pub fn polygons_area(polygons: &[Rings]) -> f64 {
    polygons.iter().flatten().map(ring_area).sum()
}

/// Whether a ring holds a point, by the half-open crossing rule: of two rings that share an
/// edge, run in either direction, exactly one holds a point on it.
#[must_use]
pub fn ring_contains(ring: &[Grid], p: Grid) -> bool {
    edges(ring).filter(|(a, b)| crosses_west_of(*a, *b, p)).count() % 2 == 1
}

/// A point well inside a polygon: in the middle of the longest stretch of the level line through
/// the middle of its box. `None` if the polygon has no height.
#[must_use]
pub fn interior_point(rings: &[Ring]) -> Option<Grid> {
    let bounds = bounds_of(rings.first()?)?;
    // A little off the middle, where points seldom are.
    let y = bounds.min().y + bounds.height() * 0.5137;
    let mut xs: Vec<f64> = rings
        .iter()
        .flat_map(|ring| edges(ring))
        .filter(|(a, b)| (a.y > y) != (b.y > y))
        .map(|(a, b)| a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        .collect();
    xs.sort_by(f64::total_cmp);
    let (west, east) = xs
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    Some(Grid { x: f64::midpoint(west, east), y })
}

/// Whether the edge `a`–`b` crosses the horizontal through `p` at or west of `p`.
///
/// The ends are ordered first, so that the answer for an edge does not depend on its direction.
#[inline]
#[must_use]
pub fn crosses_west_of(a: Grid, b: Grid, p: Grid) -> bool {
    let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
    low.y <= p.y && p.y < high.y && cross(low, high, p) <= 0.0
}

/// Squared distance from `p` to the segment `a`–`b`, in square metres.
#[must_use]
pub fn segment_distance_squared(p: Grid, a: Grid, b: Grid) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 {
        (((p.x - a.x) * dx + (p.y - a.y) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (p.x - a.x - t * dx, p.y - a.y - t * dy);
    ex * ex + ey * ey
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(points: &[(f64, f64)]) -> Vec<Grid> {
        points.iter().map(|&(x, y)| Grid { x, y }).collect()
    }

    #[test]
    fn area_is_signed_by_direction() {
        let mut square = grid(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
        assert!((ring_area(&square) - 100.0).abs() < 1e-12);
        square.reverse();
        assert!((ring_area(&square) + 100.0).abs() < 1e-12);
    }

    #[test]
    fn a_point_on_a_shared_edge_is_in_exactly_one_neighbour() {
        let west = grid(&[(0.0, 0.0), (5.0, 1.0), (6.0, 9.0), (0.0, 10.0)]);
        let east = grid(&[(5.0, 1.0), (12.0, 0.0), (12.0, 10.0), (6.0, 9.0)]);
        for step in 1..32 {
            let t = f64::from(step) / 32.0;
            let on_edge = Grid { x: 5.0 + t, y: 1.0 + 8.0 * t };
            assert_ne!(ring_contains(&west, on_edge), ring_contains(&east, on_edge), "{t}");
        }
    }

    #[test]
    fn the_interior_point_avoids_holes() {
        let square = grid(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
        let hole = grid(&[(1.0, 1.0), (1.0, 9.0), (7.0, 9.0), (7.0, 1.0)]);
        let inside = interior_point(&[square.clone(), hole.clone()]).unwrap();
        assert!(ring_contains(&square, inside) && !ring_contains(&hole, inside), "{inside:?}");
        assert_eq!(interior_point(&[grid(&[(0.0, 0.0), (10.0, 0.0)])]), None);
        assert_eq!(interior_point(&[]), None);
    }

    #[test]
    fn distance_to_a_segment_stops_at_its_ends() {
        let (a, b) = (Grid { x: 0.0, y: 0.0 }, Grid { x: 10.0, y: 0.0 });
        let squared = |x, y| segment_distance_squared(Grid { x, y }, a, b);
        assert!((squared(5.0, 3.0) - 9.0).abs() < 1e-12);
        assert!((squared(13.0, 4.0) - 25.0).abs() < 1e-12);
    }
}
