//! Polygons out of the flat list of rings that a shapefile has for each shape.
//!
//! The format says that exteriors run clockwise and holes the other way. Many programs do not
//! keep to it, so that what lies inside what decides, and directions are only compared with it.

use super::super::super::raw::{RawPoint, RawPolygon};

/// Steps of the search for rings within rings. The whole coast of the UK at full resolution
/// takes some ten million; a hostile file, with long edges beside many rings, any number.
const STEPS: usize = 100_000_000;

/// The polygons of a shape.
pub struct Nested {
    /// The polygons, the exterior of each first.
    pub polygons: Vec<RawPolygon>,
    /// How many rings run in the direction that they should not.
    pub turned: usize,
}

/// Sorts rings into polygons: one that lies within an even number of others is an exterior, one
/// within an odd number a hole of the innermost exterior around it. `None` if that takes too
/// many steps.
pub fn nest(rings: Vec<Vec<RawPoint>>) -> Option<Nested> {
    let around = if rings.len() > 1 { rings_around(&rings)? } else { vec![Vec::new()] };
    let is_hole = |ring: usize| around[ring].len() % 2 == 1;
    let exterior_of = |ring: usize| {
        let exteriors = around[ring].iter().filter(|other| !is_hole(**other));
        exteriors.max_by_key(|other| around[**other].len()).copied()
    };
    let (mut turned, mut exteriors, mut holes) = (0, Vec::new(), Vec::new());
    for (ring, points) in rings.iter().enumerate() {
        let exterior = if is_hole(ring) { exterior_of(ring) } else { None };
        let area = doubled_area(points);
        match exterior {
            Some(exterior) => holes.push((exterior, ring)),
            None => exteriors.push(ring),
        }
        turned += usize::from(if exterior.is_some() { area < 0.0 } else { area > 0.0 });
    }
    let mut place = vec![0; rings.len()];
    for (position, ring) in exteriors.iter().enumerate() {
        place[*ring] = position;
    }
    let mut rings: Vec<Option<Vec<RawPoint>>> = rings.into_iter().map(Some).collect();
    let exteriors = exteriors.into_iter().filter_map(|ring| rings[ring].take());
    let mut polygons: Vec<RawPolygon> = exteriors.map(|ring| vec![ring]).collect();
    for (exterior, hole) in holes {
        polygons[place[exterior]].extend(rings[hole].take());
    }
    Some(Nested { polygons, turned })
}

/// Twice the area of a ring by the shoelace formula; above zero if it runs counter-clockwise.
fn doubled_area(ring: &[RawPoint]) -> f64 {
    let Some([x0, y0]) = ring.first().copied() else { return 0.0 };
    let next = ring.iter().cycle().skip(1);
    let cross = |([x1, y1], [x2, y2]): (&RawPoint, &RawPoint)| {
        (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    };
    ring.iter().zip(next).map(cross).sum()
}

/// A point just inside a ring, beside the middle of its longest edge: rings that touch along
/// an edge are then not taken to be within each other. `None` if the ring has no area.
fn inner_point(ring: &[RawPoint]) -> Option<RawPoint> {
    const SHIFT: f64 = 1e-4;
    let length = |[a, b]: [&RawPoint; 2]| (b[0] - a[0]).powi(2) + (b[1] - a[1]).powi(2);
    let edges = ring.windows(2).map(|edge| [&edge[0], &edge[1]]);
    let [a, b] = edges.max_by(|e, f| length(*e).total_cmp(&length(*f)))?;
    let area = doubled_area(ring);
    let side = if area == 0.0 { return None } else { area.signum() * SHIFT };
    let point = [
        f64::midpoint(a[0], b[0]) - (b[1] - a[1]) * side,
        f64::midpoint(a[1], b[1]) + (b[0] - a[0]) * side,
    ];
    point.iter().all(|n| n.is_finite()).then_some(point)
}

/// For each ring, those that it lies in: they have an odd number of crossings to the left of
/// its inner point. Points are sorted by height, so that an edge only meets those beside it.
fn rings_around(rings: &[Vec<RawPoint>]) -> Option<Vec<Vec<usize>>> {
    let mut probes: Vec<(RawPoint, usize)> = rings
        .iter()
        .enumerate()
        .filter_map(|(ring, points)| Some((inner_point(points)?, ring)))
        .collect();
    probes.sort_by(|a, b| a.0[1].total_cmp(&b.0[1]));
    let mut around = vec![Vec::new(); rings.len()];
    let mut is_odd = vec![false; probes.len()];
    let mut met = Vec::new();
    let mut steps = 0;
    for (ring, points) in rings.iter().enumerate() {
        let next = points.iter().cycle().skip(1);
        for ([x1, y1], [x2, y2]) in points.iter().zip(next) {
            let (low, high) = (y1.min(*y2), y1.max(*y2));
            let first = probes.partition_point(|(point, _)| point[1] < low);
            for (at, ([x, y], own)) in probes.iter().enumerate().skip(first) {
                if *y >= high {
                    break;
                }
                steps += 1;
                let crossing = x1 + (y - y1) / (y2 - y1) * (x2 - x1);
                if *own != ring && crossing < *x {
                    is_odd[at] = !is_odd[at];
                    met.push(at);
                }
            }
            if steps > STEPS {
                return None;
            }
        }
        for at in met.drain(..) {
            if std::mem::take(&mut is_odd[at]) {
                around[probes[at].1].push(ring);
            }
        }
    }
    Some(around)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square about a centre, clockwise as exteriors should run.
    fn square(x: f64, y: f64, half: f64) -> Vec<RawPoint> {
        let (w, e, s, n) = (x - half, x + half, y - half, y + half);
        vec![[w, s], [w, n], [e, n], [e, s], [w, s]]
    }

    fn turned(mut ring: Vec<RawPoint>) -> Vec<RawPoint> {
        ring.reverse();
        ring
    }

    fn shape(rings: Vec<Vec<RawPoint>>) -> (Vec<usize>, usize) {
        let nested = nest(rings).unwrap();
        (nested.polygons.iter().map(Vec::len).collect(), nested.turned)
    }

    #[test]
    fn holes_go_to_the_innermost_exterior_around_them() {
        let lake = square(0.0, 0.0, 8.0);
        let rings = vec![
            turned(square(0.0, 0.0, 1.0)),
            square(20.0, 0.0, 3.0),
            square(0.0, 0.0, 4.0),
            turned(lake),
            square(0.0, 0.0, 10.0),
        ];
        let nested = nest(rings).unwrap();
        let halves = |ring: &Vec<RawPoint>| (ring[0][0] - ring[2][0]).abs() / 2.0;
        let found: Vec<Vec<f64>> =
            nested.polygons.iter().map(|rings| rings.iter().map(halves).collect()).collect();
        assert_eq!(found, [vec![3.0], vec![4.0, 1.0], vec![10.0, 8.0]]);
        assert_eq!(nested.turned, 0);
    }

    #[test]
    fn directions_do_not_decide() {
        let (outer, hole) = (square(0.0, 0.0, 10.0), square(2.0, 2.0, 3.0));
        assert_eq!(shape(vec![outer.clone(), turned(hole.clone())]), (vec![2], 0));
        assert_eq!(shape(vec![outer.clone(), hole.clone()]), (vec![2], 1));
        assert_eq!(shape(vec![turned(outer.clone()), turned(hole.clone())]), (vec![2], 1));
        assert_eq!(shape(vec![turned(outer), hole]), (vec![2], 2));
        assert_eq!(shape(vec![turned(square(0.0, 0.0, 1.0))]), (vec![1], 1));
    }

    #[test]
    fn neighbours_that_touch_are_not_within_each_other() {
        let side_by_side = vec![square(0.0, 0.0, 1.0), square(2.0, 0.0, 1.0)];
        assert_eq!(shape(side_by_side), (vec![1, 1], 0));
        let in_the_corner = vec![square(0.0, 0.0, 4.0), turned(square(-3.0, -3.0, 1.0))];
        assert_eq!(shape(in_the_corner), (vec![2], 0));
    }

    #[test]
    fn odd_rings_do_no_harm() {
        let nan = vec![[f64::NAN, 0.0], [1.0, f64::INFINITY], [f64::MAX, -f64::MAX]];
        for ring in [vec![], vec![[0.0, 0.0]], vec![[1.0, 1.0]; 4], nan] {
            assert_eq!(nest(vec![square(0.0, 0.0, 2.0), ring]).unwrap().polygons.len(), 2);
        }
        assert!(nest(Vec::new()).unwrap().polygons.is_empty());
    }

    #[test]
    fn a_hostile_shape_is_given_up() {
        let zigzag: Vec<RawPoint> =
            (0..40_000_u32).map(|i| [f64::from(i), if i % 2 == 0 { -1e6 } else { 1e6 }]).collect();
        let mut rings = vec![zigzag];
        rings.extend((0..4000_u32).map(|i| square(-5.0, f64::from(i), 0.1)));
        assert!(nest(rings).is_none());
    }
}
