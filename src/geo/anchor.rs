//! Where the name of an area belongs: the middle of its widest part.
//!
//! The pole of inaccessibility, found by the quadtree search of Garcia-Castellanos and
//! Lombardo (2007) as Agafonkin's polylabel does it, on a plane squeezed sideways because
//! names are wider than they are tall.

use std::collections::BinaryHeap;

use super::measure::edges;
use super::space::{Grid, Rings, bounds_of};

/// How many times wider than tall the room for a name on one or two lines is.
pub const WIDE: f64 = 2.5;
/// The same for a name on three or four lines.
pub const BLOCK: f64 = 1.2;

/// A place for a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// Centre of the room.
    pub at: Grid,
    /// Half the height of the room in metres.
    pub half_height_m: f64,
}

struct Cell {
    centre: Grid,
    half: f64,
    /// Distance from the centre to the outline, negative outside.
    distance: f64,
}

impl Cell {
    fn new(centre: Grid, half: f64, outline: &[Edge]) -> Self {
        Self { centre, half, distance: signed_distance(centre, outline) }
    }

    /// The most that any point of the cell could reach.
    fn potential(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.potential().total_cmp(&other.potential())
    }
}

/// The place for a name in the largest of `polygons`, within 5 % of the area's size. The room
/// is `aspect` times wider than tall.
#[must_use]
pub fn anchor(polygons: &[Rings], aspect: f64) -> Option<Anchor> {
    let squeeze = |p: &Grid| Grid { x: p.x / aspect, y: p.y };
    let squeezed: Vec<Rings> = polygons
        .iter()
        .map(|rings| rings.iter().map(|r| r.iter().map(squeeze).collect()).collect())
        .collect();
    let size = |rings: &Rings| rings.first().map_or(0.0, super::measure::ring_area);
    let rings = squeezed.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let outline: Vec<Edge> = rings.iter().flat_map(|ring| edges(ring)).map(Edge::of).collect();
    let bounds = bounds_of(rings.first()?)?;
    let side = bounds.width().min(bounds.height());
    let precision = side / 20.0;
    if precision <= 0.0 {
        return None;
    }
    let mut queue = BinaryHeap::new();
    let half = side / 2.0;
    let mut y = bounds.min().y + half;
    while y - half < bounds.max().y {
        let mut x = bounds.min().x + half;
        while x - half < bounds.max().x {
            queue.push(Cell::new(Grid { x, y }, half, &outline));
            x += side;
        }
        y += side;
    }
    let mut best = Cell::new(bounds.center(), 0.0, &outline);
    while let Some(cell) = queue.pop() {
        if cell.potential() - best.distance <= precision {
            break;
        }
        let half = cell.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let centre = Grid { x: cell.centre.x + dx, y: cell.centre.y + dy };
            queue.push(Cell::new(centre, half, &outline));
        }
        if cell.distance > best.distance {
            best = cell;
        }
    }
    let at = Grid { x: best.centre.x * aspect, y: best.centre.y };
    Some(Anchor { at, half_height_m: best.distance.max(0.0) })
}

/// An edge of the outline with what every distance to it needs.
struct Edge {
    a: Grid,
    along: Grid,
    /// One by its squared length.
    per_length: f64,
}

impl Edge {
    fn of((a, b): (Grid, Grid)) -> Self {
        let along = Grid { x: b.x - a.x, y: b.y - a.y };
        let length = along.x * along.x + along.y * along.y;
        Self { a, along, per_length: if length > 0.0 { 1.0 / length } else { 0.0 } }
    }
}

fn signed_distance(p: Grid, outline: &[Edge]) -> f64 {
    let mut nearest = f64::INFINITY;
    let mut inside = false;
    for Edge { a, along, per_length } in outline {
        let (x, y) = (p.x - a.x, p.y - a.y);
        let share = ((x * along.x + y * along.y) * per_length).clamp(0.0, 1.0);
        let (dx, dy) = (x - share * along.x, y - share * along.y);
        nearest = nearest.min(dx * dx + dy * dy);
        // The line to the west meets the edge if the point is east of it, seen upwards.
        let is_east = (along.x * y < along.y * x) == (along.y > 0.0);
        inside ^= ((y >= 0.0) != (y >= along.y)) & is_east;
    }
    if inside { nearest.sqrt() } else { -nearest.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::ring_contains;

    #[test]
    fn the_name_goes_into_the_wide_part_and_not_into_the_hole() {
        let p = |x: f64, y: f64| Grid { x, y };
        // A corridor that widens to a hall of 40 by 20 between x = 60 and 100, y = 0 and 20.
        let hall = vec![
            p(0.0, 8.0),
            p(60.0, 8.0),
            p(60.0, 0.0),
            p(100.0, 0.0),
            p(100.0, 20.0),
            p(60.0, 20.0),
            p(60.0, 12.0),
            p(0.0, 12.0),
        ];
        let found = anchor(&[vec![hall.clone()]], WIDE).unwrap();
        assert!((found.at.x - 80.0).abs() < 6.0 && (found.at.y - 10.0).abs() < 3.0, "{found:?}");
        let pillar = vec![p(75.0, 5.0), p(75.0, 15.0), p(85.0, 15.0), p(85.0, 5.0)];
        let beside = anchor(&[vec![hall, pillar.clone()]], WIDE).unwrap();
        assert!(!ring_contains(&pillar, beside.at), "{beside:?}");
    }

    #[test]
    fn nothing_has_no_anchor() {
        assert_eq!(anchor(&[], WIDE), None);
        assert_eq!(anchor(&[vec![]], WIDE), None);
    }
}
