//! One feature's rings: placed on the grid, and repaired where their meaning is plain.

use ::geo::{BooleanOps, LineString, MultiPolygon, Polygon, unary_union};
use rustc_hash::FxHashMap;

use super::super::crs::{Reading, n};
use super::super::raw::{RawPoint, RawPolygon};
use super::nesting::{LeftOut, sorted_out};
use crate::diag::{Diagnostic, Place, Severity};
use crate::geo::crossings::{Crossings, Line, Rule, crossings};
use crate::geo::grid_ref::near;
use crate::geo::measure::{cross, polygons_area, ring_area};
use crate::geo::projection::Projector;
use crate::geo::space::{Grid, GridRect, Ring, Rings, bounds_of};

/// Two points nearer than this are one, in metres.
pub const SAME_POINT_M: f64 = 0.01;

/// Crossings that are looked for in a feature: enough to say how bad it is.
const CROSSINGS: usize = 100;

/// Cleans the rings of one feature and tells what it repaired.
pub struct Cleaner<'a> {
    /// Number and name of the feature.
    place: Place,
    reading: Reading,
    projector: &'a Projector,
    is_outside: bool,
    /// What was repaired or left out.
    pub told: Vec<Diagnostic>,
}

impl<'a> Cleaner<'a> {
    /// For the feature at a place in the file.
    pub fn new(place: Place, reading: Reading, projector: &'a Projector) -> Self {
        Self { place, reading, projector, is_outside: false, told: Vec::new() }
    }

    fn tell(&mut self, code: &'static str, what: String, hint: &str, part: Option<GridRect>) {
        let diagnostic = Diagnostic::new(Severity::Warning, code, what);
        self.told.push(diagnostic.hint(hint).at(self.place.clone()).on_map(part));
    }

    /// The polygons on the grid, in order and without crossings: empty if none is usable.
    pub fn polygons(&mut self, raw: Vec<RawPolygon>) -> Vec<Rings> {
        let mut polygons: Vec<Rings> = Vec::with_capacity(raw.len());
        // Numbers of polygons by the corners of their boxes.
        let mut seen: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for raw_rings in raw {
            let mut rings = Rings::with_capacity(raw_rings.len());
            for (i, raw_ring) in raw_rings.into_iter().enumerate() {
                match self.ring(raw_ring, i == 0) {
                    Some(ring) => rings.push(ring),
                    // Without its exterior a polygon means nothing.
                    None if i == 0 => break,
                    None => {}
                }
            }
            if rings.is_empty() {
                continue;
            }
            let part = bounds_of(&rings[0]);
            let twins = seen.entry(part.map(corner)).or_default();
            if twins.iter().any(|twin| is_same_ring(&polygons[*twin][0], &rings[0])) {
                let what = "A polygon occurs twice.".to_owned();
                self.tell("ring-duplicate", what, "The second one is left out.", part);
                continue;
            }
            twins.push(polygons.len());
            polygons.push(rings);
        }
        let polygons = self.untangled(polygons);
        if polygons.is_empty() {
            let (code, what) = if self.is_outside {
                ("feature-outside", "The feature lies outside the British Isles.")
            } else {
                ("geometry-empty", "The feature has no usable polygon.")
            };
            self.tell(code, what.to_owned(), "The feature is left out.", None);
        }
        polygons
    }

    fn ring(&mut self, raw: Vec<RawPoint>, is_exterior: bool) -> Option<Ring> {
        let positions = raw.len();
        let mut stray = None;
        let mut strays = 0;
        let mut ring = self.reading.places(raw, self.projector).unwrap_or_else(|raw| {
            let place = |point: &RawPoint| {
                let place = self.reading.place(*point, self.projector);
                if place.is_none() {
                    strays += 1;
                    stray.get_or_insert(*point);
                }
                place
            };
            raw.iter().filter_map(place).collect()
        });
        ring.dedup_by(|place, last| is_same(*last, *place));
        if let Some([x, y]) = stray {
            self.is_outside = true;
            let what = format!(
                "{strays} of {positions} positions of a ring lie outside the British Isles, such as \
                 {}, {}.",
                n(x),
                n(y)
            );
            self.tell("position-outside", what, "They are left out.", bounds_of(&ring));
        }
        let is_closed = ring.len() > 1 && is_same(ring[0], ring[ring.len() - 1]);
        if ring.len() > 2 && !is_closed && strays == 0 {
            let what = "A ring does not end where it begins.".to_owned();
            self.tell("ring-unclosed", what, "It is closed by a straight line.", bounds_of(&ring));
        }
        while ring.len() > 1 && is_same(ring[0], ring[ring.len() - 1]) {
            ring.pop();
        }
        if let Some(tip) = cut_spikes(&mut ring) {
            let what = format!("A ring runs out and back along the same line {}.", near(tip));
            self.tell("spike", what, "The spike is cut off.", bounds_of([&tip]));
        }
        let (first, second) = ring.split_at(ring.len() / 2);
        if ring.len() > 4 && first.len() == second.len() && is_same_run(first, second) {
            ring.truncate(first.len());
            let what = "A ring runs round twice.".to_owned();
            self.tell("ring-duplicate", what, "It is taken once.", bounds_of(&ring));
        }
        if ring.len() < 3 && strays < positions.max(1) {
            let what = format!("A ring of {positions} positions has no area.");
            self.tell("ring-short", what, "The ring is left out.", bounds_of(&ring));
        }
        wound(ring, is_exterior)
    }

    /// The same polygons, misplaced rings left out, if none of their lines cross; otherwise the
    /// land inside them by the even-odd rule, as drawing programs fill them, overlapping parts
    /// united.
    fn untangled(&mut self, polygons: Vec<Rings>) -> Vec<Rings> {
        let lines: Vec<Line<'_>> = (0u32..)
            .zip(&polygons)
            .flat_map(|(tag, rings)| rings.iter().map(move |ring| (tag, ring)))
            .map(|(tag, points)| Line { points, is_closed: true, tag })
            .collect();
        let crossings = crossings(&lines, CROSSINGS, Rule::Plainly);
        let polygons = match tangle(&polygons, &crossings) {
            None => polygons,
            Some(Tangle { places, land, tangled }) => {
                let count = match (crossings.found.len(), crossings.is_cut) {
                    (n, true) => format!("at least {n} times"),
                    (0 | 1, _) => "once".to_owned(),
                    (n, _) => format!("{n} times"),
                };
                let what =
                    format!("The outline crosses itself {count}, first {}.", near(places[0]));
                let hint = "What is inside is worked out by the even-odd rule.";
                self.tell("self-intersection", what, hint, bounds_of(&places));
                let rest = polygons.into_iter().zip(tangled).filter(|(_, tangled)| !tangled);
                land.into_iter().chain(rest.map(|(rings, _)| rings)).collect()
            }
        };
        let (polygons, left_out) = sorted_out(polygons);
        for LeftOut { code, what, part } in left_out {
            self.tell(code, what.to_owned(), "It is left out.", part);
        }
        polygons
    }
}

/// The south-western corner of a box in whole metres.
#[expect(clippy::cast_possible_truncation, reason = "grid metres are far inside the range")]
pub fn corner(bounds: GridRect) -> (i64, i64) {
    (bounds.min().x.round() as i64, bounds.min().y.round() as i64)
}

/// Polygons whose lines cross, and the land inside them.
struct Tangle {
    /// Where; never empty.
    places: Vec<Grid>,
    land: Vec<Rings>,
    /// Of each polygon whether it is one of them.
    tangled: Vec<bool>,
}

/// What there is to untangle. A ring that only touches itself is sound, unless its lobes cancel
/// out, as those of a bow tie do that passes through a point twice.
fn tangle(polygons: &[Rings], crossings: &Crossings) -> Option<Tangle> {
    let is_twist = crossings.found.is_empty();
    let found = if is_twist { &crossings.touching } else { &crossings.found };
    let is_counted = found.len() < CROSSINGS && !crossings.is_cut;
    let mut tangled = vec![!is_counted; polygons.len()];
    for tag in found.iter().flat_map(|crossing| crossing.tags) {
        tangled[tag as usize] = true;
    }
    let places: Vec<Grid> = found.iter().map(|crossing| crossing.at).collect();
    if places.is_empty() {
        return None;
    }
    let odd: Vec<&Rings> =
        polygons.iter().zip(&tangled).filter(|(_, tangled)| **tangled).map(|(p, _)| p).collect();
    let land = even_odd(&odd);
    if is_twist {
        let before: f64 = odd.iter().copied().flatten().map(ring_area).sum();
        let after = polygons_area(&land);
        if (after - before).abs() <= 1.0 + 1e-9 * after {
            return None;
        }
    }
    let places = if is_twist { vec![places[0]] } else { places };
    Some(Tangle { places, land, tangled })
}

/// The land inside polygons by the even-odd rule, overlapping ones united.
fn even_odd(polygons: &[&Rings]) -> Vec<Rings> {
    let line = |ring: &Ring| LineString::new(ring.clone());
    let nothing = MultiPolygon::new(Vec::new());
    let sound: Vec<MultiPolygon> = polygons
        .iter()
        .map(|rings| {
            let holes = rings[1..].iter().map(line).collect();
            Polygon::new(line(&rings[0]), holes).union(&nothing)
        })
        .collect();
    let rings = |polygon: Polygon| {
        let (exterior, holes) = polygon.into_inner();
        let exterior = wound(open(exterior), true)?;
        let holes = holes.into_iter().filter_map(|hole| wound(open(hole), false));
        Some(std::iter::once(exterior).chain(holes).collect())
    };
    let land = match <[MultiPolygon; 1]>::try_from(sound) {
        Ok([alone]) => alone,
        Err(sound) => unary_union(&sound),
    };
    land.into_iter().filter_map(rings).collect()
}

/// The points of a closed line without the repeated last one.
fn open(line: LineString) -> Ring {
    let mut ring = line.into_inner();
    ring.dedup_by(|a, b| is_same(*a, *b));
    while ring.len() > 1 && is_same(ring[0], ring[ring.len() - 1]) {
        ring.pop();
    }
    ring
}

pub fn is_same(a: Grid, b: Grid) -> bool {
    (a.x - b.x).abs() < SAME_POINT_M && (a.y - b.y).abs() < SAME_POINT_M
}

fn is_same_run(a: &[Grid], b: &[Grid]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(p, q)| is_same(*p, *q))
}

/// Whether two rings are the same, from the same point on or from another.
pub fn is_same_ring(a: &[Grid], b: &[Grid]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let Some(start) = b.iter().position(|p| is_same(*p, a[0])) else { return false };
    let (tail, head) = a.split_at(b.len() - start);
    is_same_run(tail, &b[start..]) && is_same_run(head, &b[..start])
}

/// Takes out the tips of spikes: points from which the ring runs back along the line on which it
/// came. Gives the first one.
fn cut_spikes(ring: &mut Ring) -> Option<Grid> {
    let is_spike = |a: Grid, tip: Grid, b: Grid| {
        let (dx, dy) = (tip.x - a.x, tip.y - a.y);
        let (ex, ey) = (b.x - tip.x, b.y - tip.y);
        // Few corners are sharp: of the others no root is taken.
        dx * ex + dy * ey < 0.0 && {
            let length = dx.hypot(dy).max(ex.hypot(ey));
            cross(a, tip, b).abs() < SAME_POINT_M * length
        }
    };
    let mut corners = ring.windows(3).map(|w| (w[0], w[1], w[2]));
    let at_the_ends = match *ring.as_slice() {
        [a, b, .., y, z] => is_spike(y, z, a) || is_spike(z, a, b) || is_same(z, a),
        _ => true,
    };
    if !at_the_ends && !corners.any(|(a, tip, b)| is_spike(a, tip, b)) {
        return None;
    }
    let mut first = None;
    let mut kept: Ring = Vec::with_capacity(ring.len());
    for &point in ring.iter() {
        kept.push(point);
        while let [.., a, tip, b] = *kept.as_slice() {
            if !is_spike(a, tip, b) {
                break;
            }
            first.get_or_insert(tip);
            kept.truncate(kept.len() - 2);
            if !is_same(a, b) {
                kept.push(b);
            }
        }
    }
    // What is left may still have its tip at either end.
    while let ([a, b, _, ..], [.., y, z]) = (kept.as_slice(), kept.as_slice()) {
        let (a, b, y, z) = (*a, *b, *y, *z);
        if is_spike(y, z, a) || is_same(z, a) {
            first.get_or_insert(z);
            kept.pop();
        } else if is_spike(z, a, b) {
            first.get_or_insert(a);
            kept.remove(0);
        } else {
            break;
        }
    }
    if first.is_some() {
        *ring = kept;
    }
    first
}

/// The ring run so that its inside is on the left, or `None` if it has too few points to have
/// one. The lobes of a bow tie can cancel each other out: it stays as it is.
pub fn wound(mut ring: Ring, is_exterior: bool) -> Option<Ring> {
    if ring.len() < 3 {
        return None;
    }
    let area = ring_area(&ring);
    if area != 0.0 && (area > 0.0) != is_exterior {
        ring.reverse();
    }
    Some(ring)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::crs::Crs;

    /// The area in square metres of a feature near Leeds, and the codes of what was told.
    fn cleaned(rings: &[&[[f64; 2]]]) -> (String, Vec<&'static str>) {
        let projector = Projector::new().unwrap();
        let reading = Reading { crs: Crs::NationalGrid, is_swapped: false };
        let place = Place::Feature { number: 1, name: None };
        let mut cleaner = Cleaner::new(place, reading, &projector);
        let at = |[x, y]: &[f64; 2]| [430_000.0 + x, 430_000.0 + y];
        let raw: RawPolygon = rings.iter().map(|ring| ring.iter().map(at).collect()).collect();
        let polygons = cleaner.polygons(vec![raw.clone(), raw]);
        let codes = cleaner.told.iter().map(|diagnostic| diagnostic.code);
        (
            format!("{:.0}", polygons_area(&polygons).abs()),
            codes.filter(|code| *code != "ring-duplicate").collect(),
        )
    }

    #[test]
    fn winding_is_never_an_error_and_closing_points_go() {
        let clockwise = [[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
        assert_eq!(cleaned(&[&clockwise]), ("81".to_owned(), vec![]));
        let mut other = clockwise;
        other.reverse();
        assert_eq!(cleaned(&[&other]), ("81".to_owned(), vec![]));
    }

    #[test]
    fn an_open_ring_is_closed_and_a_line_there_and_back_is_none() {
        let open = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]];
        assert_eq!(cleaned(&[&open]).0, "81");
        assert!(cleaned(&[&open]).1.contains(&"ring-unclosed"));
        let line = [[0.0, 0.0], [5.0, 0.0], [9.0, 0.0], [0.0, 0.0]];
        let (area, told) = cleaned(&[&line]);
        assert_eq!(area, "0");
        assert!(told.contains(&"ring-short") && told.contains(&"geometry-empty"), "{told:?}");
    }

    #[test]
    fn a_spike_is_cut_off_wherever_the_ring_begins() {
        let spiked =
            [[0.0, 0.0], [9.0, 0.0], [9.0, 4.0], [20.0, 4.0], [9.0, 4.0], [9.0, 9.0], [0.0, 9.0]];
        for start in 0..spiked.len() {
            let mut ring = spiked.to_vec();
            ring.rotate_left(start);
            ring.push(ring[0]);
            let (area, told) = cleaned(&[&ring]);
            assert_eq!(area, "81", "from {start}");
            assert_eq!(told.iter().filter(|code| **code == "spike").count(), 2, "{told:?}");
        }
    }

    #[test]
    fn a_bow_tie_has_two_lobes() {
        let bow = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0], [0.0, 0.0]];
        let (area, told) = cleaned(&[&bow]);
        assert_eq!(area, "50");
        assert_eq!(told, ["self-intersection"]);
    }

    #[test]
    fn a_stray_position_is_left_out_and_told() {
        let stray = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [9e9, 0.0], [0.0, 9.0], [0.0, 0.0]];
        let (area, told) = cleaned(&[&stray]);
        assert_eq!(area, "81");
        assert!(told.contains(&"position-outside"));
        let far = [[9e9, 0.0], [9e9, 9.0], [9.1e9, 0.0]];
        assert!(cleaned(&[&far]).1.contains(&"feature-outside"));
    }
}
