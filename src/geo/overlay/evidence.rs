//! Whether a border was moved, or only drawn with fewer points.
//!
//! Generalisation leaves points out and keeps the others where they are. Between the line and
//! its coarser copy lies land of any thickness, such as that of a headland left out, but no
//! point of the coarser line lies away from the finer one. A border that was moved has points of
//! its own: the new one has points within the old area, the old one has points within the new.

use super::tolerance::Borders;
use crate::geo::measure::{edges, polygons_area, segment_distance_squared};
use crate::geo::space::{Grid, GridRect, Rings, bounds_of};
use crate::geo::topology::Topology;

/// An area of a set, with the borders of the other set.
pub struct Side<'a> {
    /// The set.
    pub set: &'a Topology,
    /// The area.
    pub area: u32,
    /// The borders of the other set.
    pub others: &'a Borders,
}

/// Whether a polygon of land went from one area to the other: both sets have a border point
/// at it that is farther than `depth_m` from all borders of the other set, or it is the whole of
/// an island or exclave.
pub fn is_moved(polygon: &Rings, sides: &[Side<'_>; 2], depth_m: f64) -> bool {
    let Some(bounds) = polygon.first().and_then(bounds_of) else { return false };
    sides.iter().all(|side| has_own_point(polygon, bounds, side, depth_m))
        || sides.iter().any(|side| is_whole_part(polygon, bounds, side, depth_m))
}

fn has_own_point(polygon: &Rings, bounds: GridRect, side: &Side<'_>, depth_m: f64) -> bool {
    let (min, max) = (bounds.min(), bounds.max());
    let near_box = |p: &&Grid| {
        p.x >= min.x - depth_m
            && p.x <= max.x + depth_m
            && p.y >= min.y - depth_m
            && p.y <= max.y + depth_m
    };
    let arcs = side.set.arcs.iter().filter(|arc| arc.sides.contains(&Some(side.area)));
    let mut points = arcs.flat_map(|arc| &arc.points).filter(near_box);
    points.any(|p| is_near(polygon, *p, depth_m) && side.others.distance_m(*p) > depth_m)
}

fn is_near(polygon: &Rings, p: Grid, distance_m: f64) -> bool {
    let mut lines = polygon.iter().flat_map(|ring| edges(ring));
    lines.any(|(a, b)| segment_distance_squared(p, a, b) <= distance_m * distance_m)
}

/// Whether the polygon is, slivers aside, all of a polygon of the area: about as large, and in
/// the same box.
fn is_whole_part(polygon: &Rings, bounds: GridRect, side: &Side<'_>, depth_m: f64) -> bool {
    let area = polygons_area(std::slice::from_ref(polygon));
    let is_close = |a: Grid, b: Grid| (a.x - b.x).hypot(a.y - b.y) <= 4.0 * depth_m;
    let parts = side.set.shapes.get(side.area as usize).into_iter().flatten();
    let mut exteriors = parts.filter_map(|rings| rings.first());
    exteriors.any(|exterior| {
        let size = exterior.area_m2;
        (area / 1.5..area * 1.5).contains(&size)
            && bounds_of(&side.set.ring(exterior)).is_some_and(|own| {
                is_close(own.min(), bounds.min()) && is_close(own.max(), bounds.max())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Ring;

    fn ring(points: &[(f64, f64)]) -> Ring {
        points.iter().map(|&(x, y)| Grid { x, y }).collect()
    }

    /// Two neighbours, the border between them given from south to north.
    fn neighbours(border: &[(f64, f64)]) -> Topology {
        let mut west = vec![(0.0, 0.0)];
        west.extend(border);
        west.push((0.0, 9000.0));
        let mut east = vec![(9000.0, 9000.0)];
        east.extend(border.iter().rev());
        east.push((9000.0, 0.0));
        Topology::build(&[vec![vec![ring(&west)]], vec![vec![ring(&east)]]])
    }

    fn judged(old: &[(f64, f64)], new: &[(f64, f64)], polygon: &[(f64, f64)]) -> bool {
        let (a, b) = (neighbours(old), neighbours(new));
        let (near_a, near_b) = (Borders::of(&a), Borders::of(&b));
        let sides = [
            Side { set: &a, area: 0, others: &near_b },
            Side { set: &b, area: 1, others: &near_a },
        ];
        is_moved(&vec![ring(polygon)], &sides, 100.0)
    }

    #[test]
    fn a_headland_left_out_did_not_move_and_a_border_with_a_new_point_did() {
        let headland = [(4000.0, 0.0), (4000.0, 3000.0), (6000.0, 4500.0), (4000.0, 6000.0)];
        let headland = [&headland[..], &[(4000.0, 9000.0)]].concat();
        let without = [(4000.0, 0.0), (4000.0, 3000.0), (4000.0, 6000.0), (4000.0, 9000.0)];
        let between = [(4000.0, 3000.0), (6000.0, 4500.0), (4000.0, 6000.0)];
        assert!(!judged(&headland, &without, &between));
        let redrawn = [(4000.0, 0.0), (4000.0, 3000.0), (4300.0, 4500.0), (4000.0, 6000.0)];
        let redrawn = [&redrawn[..], &[(4000.0, 9000.0)]].concat();
        let between = [(4000.0, 3000.0), (6000.0, 4500.0), (4000.0, 6000.0), (4300.0, 4500.0)];
        assert!(judged(&headland, &redrawn, &between));
    }

    #[test]
    fn an_island_goes_over_as_a_whole() {
        let island = [(20_000.0, 0.0), (22_000.0, 0.0), (22_000.0, 2000.0), (20_000.0, 2000.0)];
        let mainland = ring(&[(0.0, 0.0), (5000.0, 0.0), (5000.0, 5000.0), (0.0, 5000.0)]);
        let other = ring(&[(0.0, 6000.0), (5000.0, 6000.0), (5000.0, 9000.0), (0.0, 9000.0)]);
        let of = |first: Vec<Rings>, second: Vec<Rings>| Topology::build(&[first, second]);
        let a = of(vec![vec![mainland.clone()], vec![ring(&island)]], vec![vec![other.clone()]]);
        let b = of(vec![vec![mainland]], vec![vec![other], vec![ring(&island)]]);
        let (near_a, near_b) = (Borders::of(&a), Borders::of(&b));
        let sides = [
            Side { set: &a, area: 0, others: &near_b },
            Side { set: &b, area: 1, others: &near_a },
        ];
        assert!(is_moved(&vec![ring(&island)], &sides, 100.0));
    }
}
