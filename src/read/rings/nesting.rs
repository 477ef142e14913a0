//! How the rings of a feature lie in each other: holes inside their polygon, polygons beside
//! each other. Rings that lie otherwise add or take no land, and are left out.

use super::clean::is_same_ring;
use crate::geo::measure::{interior_point, ring_area, ring_contains};
use crate::geo::space::{Grid, GridRect, Ring, Rings, bounds_of};
use crate::geo::strips::StripIndex;

/// A ring that was left out.
#[derive(Debug)]
pub struct LeftOut {
    /// Code of what there is to tell.
    pub code: &'static str,
    /// What was found, in a sentence.
    pub what: &'static str,
    /// The box around the ring.
    pub part: Option<GridRect>,
}

/// Holes of a polygon times points of its rings: as many steps as a second has. Published
/// polygons stay a hundred times below; of others the holes are taken as they are.
const STEPS: usize = 100_000_000;

/// The polygons without the rings that are misplaced, and what was left out. Rings must not
/// cross each other.
pub fn sorted_out(polygons: Vec<Rings>) -> (Vec<Rings>, Vec<LeftOut>) {
    let mut left_out = Vec::new();
    let polygons = polygons.into_iter().map(|rings| with_its_holes(rings, &mut left_out)).collect();
    let polygons = beside_each_other(polygons, &mut left_out);
    (polygons, left_out)
}

fn with_its_holes(rings: Rings, left_out: &mut Vec<LeftOut>) -> Rings {
    let points: usize = rings.iter().map(Vec::len).sum();
    if rings.len() < 2 || points.saturating_mul(rings.len()) > STEPS {
        return rings;
    }
    let areas: Vec<f64> = rings.iter().map(|ring| ring_area(ring).abs()).collect();
    let boxes: Vec<Option<GridRect>> = rings.iter().map(bounds_of).collect();
    let fault = |i: usize, hole: &Ring| {
        if (0..i).any(|other| boxes[other] == boxes[i] && is_same_either_way(&rings[other], hole)) {
            return Some(("ring-duplicate", "A ring of a polygon occurs twice."));
        }
        let point = interior_point(std::slice::from_ref(hole))?;
        let is_around = |other: usize| {
            boxes[other].is_some_and(|bounds| is_in_box(point, bounds))
                && ring_contains(&rings[other], point)
        };
        let is_nested = (1..rings.len()).any(|j| j != i && areas[j] > areas[i] && is_around(j));
        (is_nested || !is_around(0)).then_some(("hole-outside", "A hole lies outside its polygon."))
    };
    let faults: Vec<_> = (1..).zip(&rings[1..]).map(|(i, hole)| fault(i, hole)).collect();
    let mut kept = Rings::with_capacity(rings.len());
    let faults = std::iter::once(None).chain(faults);
    for ((ring, fault), part) in rings.iter().zip(faults).zip(&boxes) {
        match fault {
            None => kept.push(ring.clone()),
            Some((code, what)) => left_out.push(LeftOut { code, what, part: *part }),
        }
    }
    kept
}

fn is_same_either_way(a: &Ring, b: &Ring) -> bool {
    is_same_ring(a, b) || is_same_ring(&a.iter().rev().copied().collect::<Ring>(), b)
}

fn is_in_box(p: Grid, bounds: GridRect) -> bool {
    let (min, max) = (bounds.min(), bounds.max());
    (min.x..=max.x).contains(&p.x) && (min.y..=max.y).contains(&p.y)
}

/// The polygons that do not lie inside a larger one.
fn beside_each_other(polygons: Vec<Rings>, left_out: &mut Vec<LeftOut>) -> Vec<Rings> {
    if polygons.len() < 2 {
        return polygons;
    }
    let size = |rings: &Rings| bounds_of(&rings[0]).map_or(0.0, |b| b.width() * b.height());
    let mut largest_first: Vec<usize> = (0..polygons.len()).collect();
    largest_first.sort_by(|a, b| size(&polygons[*b]).total_cmp(&size(&polygons[*a])));
    let closed = |ring: &Ring| ring.iter().chain(ring.first()).copied().collect::<Ring>();
    let lines: Vec<(Ring, u32)> = (0u32..)
        .zip(&largest_first)
        .flat_map(|(rank, i)| polygons[*i].iter().map(move |ring| (closed(ring), rank)))
        .collect();
    // The index finds the first of several: the largest one.
    let index =
        StripIndex::build(lines.iter().map(|(line, rank)| (&line[..], [Some(*rank), None])));
    let mut is_inside = vec![false; polygons.len()];
    for (rank, i) in largest_first.into_iter().enumerate() {
        let holder = interior_point(&polygons[i]).and_then(|point| index.area_at(point));
        is_inside[i] = holder.is_some_and(|holder| holder < rank);
    }
    let mut kept = Vec::with_capacity(polygons.len());
    for (rings, is_inside) in polygons.into_iter().zip(is_inside) {
        if is_inside {
            let what = "A polygon lies inside another one of the same feature.";
            left_out.push(LeftOut { code: "polygon-nested", what, part: bounds_of(&rings[0]) });
        } else {
            kept.push(rings);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Ring {
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
            .map(|(x, y)| Grid { x, y })
            .to_vec()
    }

    fn hole(x: f64, y: f64, side: f64) -> Ring {
        square(x, y, side).into_iter().rev().collect()
    }

    /// How many rings each polygon keeps, and the codes of what was left out.
    fn sorted(polygons: Vec<Rings>) -> (Vec<usize>, Vec<&'static str>) {
        let (kept, left_out) = sorted_out(polygons);
        (kept.iter().map(Vec::len).collect(), left_out.iter().map(|ring| ring.code).collect())
    }

    #[test]
    fn rings_in_their_place_stay() {
        let polygon = vec![square(0.0, 0.0, 100.0), hole(10.0, 10.0, 20.0), hole(50.0, 50.0, 40.0)];
        let island = vec![square(60.0, 60.0, 20.0), hole(65.0, 65.0, 5.0)];
        let beside = vec![square(100.0, 0.0, 50.0)];
        assert_eq!(sorted(vec![island, polygon, beside]), (vec![2, 3, 1], vec![]));
    }

    #[test]
    fn holes_outside_or_in_holes_or_twice_are_left_out() {
        let outer = square(0.0, 0.0, 100.0);
        for (holes, code) in [
            (vec![hole(200.0, 0.0, 10.0)], "hole-outside"),
            (vec![hole(40.0, 40.0, 5.0), hole(30.0, 30.0, 50.0)], "hole-outside"),
            (vec![hole(30.0, 30.0, 50.0), square(30.0, 30.0, 50.0)], "ring-duplicate"),
            (vec![outer.clone()], "ring-duplicate"),
        ] {
            let expected = holes.len();
            let polygon = [vec![outer.clone()], holes].concat();
            assert_eq!(sorted(vec![polygon]), (vec![expected], vec![code]));
        }
    }

    #[test]
    fn a_polygon_inside_another_is_left_out_wherever_it_stands() {
        let (large, small) = (vec![square(0.0, 0.0, 100.0)], vec![square(20.0, 20.0, 10.0)]);
        for polygons in [vec![large.clone(), small.clone()], vec![small, large]] {
            assert_eq!(sorted(polygons), (vec![1], vec!["polygon-nested"]));
        }
    }
}
