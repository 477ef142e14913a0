//! Whether a border was moved, or only drawn with fewer points.
//!
//! Generalisation leaves points out and keeps the others where they are. Between the line and
//! its coarser copy lies land of any thickness, such as that of a headland left out, but no
//! point of the coarser line lies away from the finer one. A border that was moved has points of
//! its own: the new one has points within the old area, the old one has points within the new.

use super::tolerance::Borders;
use crate::geo::measure::{edges, polygons_area, ring_area, segment_distance_squared};
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
pub fn is_moved(polygon: &Rings, sides: [Side<'_>; 2], depth_m: f64) -> bool {
    let Some(bounds) = polygon.first().and_then(|exterior| bounds_of(exterior)) else {
        return false;
    };
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

/// Whether the polygon is, slivers aside, all of a polygon of the area.
fn is_whole_part(polygon: &Rings, bounds: GridRect, side: &Side<'_>, depth_m: f64) -> bool {
    let area = polygons_area(std::slice::from_ref(polygon));
    let parts = side.set.shapes.get(side.area as usize).into_iter().flatten();
    parts.filter_map(|rings| rings.first()).any(|exterior| {
        let size = exterior.area_m2;
        if size > 1.5 * area || area > 1.5 * size {
            return false;
        }
        let ring = side.set.ring(exterior);
        let apart = |a: f64, b: f64| (a - b).abs() > 4.0 * depth_m;
        let fits = bounds_of(&ring).is_some_and(|own| {
            !apart(own.min().x, bounds.min().x)
                && !apart(own.max().x, bounds.max().x)
                && !apart(own.min().y, bounds.min().y)
                && !apart(own.max().y, bounds.max().y)
        });
        fits && ring_area(&ring) > 0.0
    })
}
