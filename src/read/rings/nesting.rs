//! How the rings of a feature lie in each other: holes inside their polygon, polygons beside
//! each other. Rings that lie otherwise add or take no land, and are left out.

use rustc_hash::FxHashMap;

use super::clean::{corner, is_same_ring};
use crate::geo::measure::{interior_point, ring_area};
use crate::geo::probes::Probes;
use crate::geo::space::{GridRect, Ring, Rings, bounds_of};

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

/// The polygons without the rings that are misplaced, and what was left out. Rings must not
/// cross each other.
pub fn sorted_out(polygons: Vec<Rings>) -> (Vec<Rings>, Vec<LeftOut>) {
    let mut left_out = Vec::new();
    let polygons = polygons.into_iter().map(|rings| with_its_holes(rings, &mut left_out)).collect();
    let polygons = beside_each_other(polygons, &mut left_out);
    (polygons, left_out)
}

fn with_its_holes(rings: Rings, left_out: &mut Vec<LeftOut>) -> Rings {
    if rings.len() < 2 {
        return rings;
    }
    let boxes: Vec<Option<GridRect>> = rings.iter().map(bounds_of).collect();
    let areas: Vec<f64> = rings.iter().map(|ring| ring_area(ring).abs()).collect();
    let inner = |(i, hole): (usize, &Ring)| Some((i, interior_point(std::slice::from_ref(hole))?));
    let probes = Probes::new(rings.iter().enumerate().skip(1).filter_map(inner));
    // What has no point inside is nowhere else either.
    let mut is_outside = vec![false; rings.len()];
    probes.numbers().for_each(|i| is_outside[i] = true);
    let mut is_nested = vec![false; rings.len()];
    let mut twins: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    let mut is_twin = vec![false; rings.len()];
    for (i, ring) in rings.iter().enumerate() {
        let Some(bounds) = boxes[i] else { continue };
        for hole in probes.inside(bounds, std::iter::once(&ring[..]), true) {
            if i == 0 {
                is_outside[hole] = false;
            } else if hole != i && areas[i] > areas[hole] {
                is_nested[hole] = true;
            }
        }
        let same_box = twins.entry(corner(bounds)).or_default();
        is_twin[i] = same_box.iter().any(|twin| is_same_either_way(&rings[*twin], ring));
        same_box.push(i);
    }
    let mut kept = Rings::with_capacity(rings.len());
    for (i, ring) in rings.into_iter().enumerate() {
        let (code, what) = if is_twin[i] {
            ("ring-duplicate", "A ring of a polygon occurs twice.")
        } else if is_nested[i] || is_outside[i] {
            ("hole-outside", "A hole lies outside its polygon.")
        } else {
            kept.push(ring);
            continue;
        };
        left_out.push(LeftOut { code, what, part: boxes[i] });
    }
    kept
}

fn is_same_either_way(a: &Ring, b: &Ring) -> bool {
    is_same_ring(a, b) || is_same_ring(&a.iter().rev().copied().collect::<Ring>(), b)
}

/// The polygons that do not lie inside a larger one.
fn beside_each_other(polygons: Vec<Rings>, left_out: &mut Vec<LeftOut>) -> Vec<Rings> {
    if polygons.len() < 2 {
        return polygons;
    }
    let size = |bounds: Option<GridRect>| bounds.map_or(0.0, |b| b.width() * b.height());
    let boxes: Vec<Option<GridRect>> = polygons.iter().map(|rings| bounds_of(&rings[0])).collect();
    let mut largest_first: Vec<usize> = (0..polygons.len()).collect();
    largest_first.sort_by(|a, b| size(boxes[*b]).total_cmp(&size(boxes[*a])));
    let ranked = largest_first.iter().enumerate();
    let places =
        ranked.clone().filter_map(|(rank, i)| Some((rank, interior_point(&polygons[*i])?)));
    let probes = Probes::new(places);
    let mut is_inside = vec![false; polygons.len()];
    for (rank, i) in ranked {
        let Some(bounds) = boxes[*i] else { continue };
        let rings = polygons[*i].iter().map(Vec::as_slice);
        for smaller in probes.inside(bounds, rings, true).into_iter().filter(|other| *other > rank)
        {
            is_inside[largest_first[smaller]] = true;
        }
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
    use crate::geo::space::Grid;

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
