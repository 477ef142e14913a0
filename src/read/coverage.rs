//! Whether the areas of a layer lie beside each other: overlaps and gaps.
//!
//! Nothing is repaired here, since nobody can tell which of two areas is right; it is told.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Cancelled, Progress};
use crate::diag::{Diagnostic, Reporter, Severity};
use crate::geo::crossings::{Crossings, Line, Rule, crossings};
use crate::geo::grid_ref::near;
use crate::geo::measure::{edges, interior_point};
use crate::geo::probes::Probes;
use crate::geo::space::{Grid, Rings, bounds_of, union};
use crate::geo::topology::{BorderArc, RingArcs, ShapeArcs, Topology};
use crate::model::Layer;
use crate::model::names::short_name;

/// Crossings of borders that are looked at.
const CROSSINGS: usize = 5_000;

/// A gap smaller than this is a matter of rounding, in square metres.
const LEAST_GAP_M2: f64 = 1.0;

/// A gap narrower than this is a fault of the borders rather than water, in metres.
const SLIVER_M: f64 = 100.0;

/// So far inside a border it is looked whether the land is another area's too, in metres.
const INSIDE_M: f64 = 0.2;

/// A gap narrower than this is a matter of rounding, in metres: six decimals of a degree are 0.1.
const ROUNDING_M: f64 = 0.05;

/// What there is to tell of a layer.
///
/// # Errors
/// If it is cancelled.
pub fn inspect(layer: &Layer, progress: &Progress) -> Result<Vec<Diagnostic>, Cancelled> {
    let mut reporter = Reporter::default();
    let (crossings, (intruders, holes)) = rayon::join(
        || crossings_of_outer_borders(&layer.topology),
        || rayon::join(|| Intruders::find(layer, progress), || layer.topology.enclosed()),
    );
    let intruders = intruders?;
    let crossing = overlaps_of_borders(layer, &crossings, &mut reporter);
    let inside = overlaps_inside(layer, &intruders.areas, &crossing, &mut reporter);
    let known = &crossing | &inside;
    overlaps_along_borders(layer, &intruders.borders, &known, &mut reporter);
    gaps(layer, holes, &mut reporter);
    progress.go_on()?;
    Ok(reporter.finish())
}

/// A pair of areas, the lesser number first.
type Pair = (u32, u32);

/// Where outer borders cross: those of neighbours that do not share their border. Tags are arcs.
fn crossings_of_outer_borders(topology: &Topology) -> Crossings {
    let outer = (0u32..).zip(&topology.arcs).filter(|(_, arc)| arc.is_outer());
    let lines = outer.map(|(tag, arc)| Line { points: &arc.points, is_closed: false, tag });
    crossings(&lines.collect::<Vec<_>>(), CROSSINGS, Rule::Plainly)
}

/// Areas whose outer borders cross.
fn overlaps_of_borders(
    layer: &Layer,
    found: &Crossings,
    reporter: &mut Reporter,
) -> BTreeSet<Pair> {
    let arcs = &layer.topology.arcs;
    let mut pairs: BTreeMap<Pair, Vec<Grid>> = BTreeMap::new();
    for crossing in &found.found {
        let area = |tag: u32| arcs[tag as usize].sides.iter().flatten().next().copied();
        let [Some(a), Some(b)] = crossing.tags.map(area) else { continue };
        pairs.entry((a.min(b), a.max(b))).or_default().push(crossing.at);
    }
    for ((a, b), places) in &pairs {
        let (where_, part) = (near(places[0]), bounds_of(places));
        let diagnostic = if a == b {
            let message = format!("The outline of {} crosses itself {where_}.", name(layer, *a));
            Diagnostic::new(Severity::Warning, "self-intersection", message)
                .hint("It is shown as it is.")
        } else {
            let names = format!("{} and {}", name(layer, *a), name(layer, *b));
            let message = match places.len() {
                1 => format!("The borders of {names} cross {where_}."),
                n => format!("The borders of {names} cross {n} times, first {where_}."),
            };
            Diagnostic::new(Severity::Warning, "overlap", message)
                .hint("The areas overlap there. Ask the publisher for matching borders.")
        };
        reporter.report(diagnostic.on_map(part));
    }
    if found.is_cut {
        let message = "There are more crossing borders than were counted.";
        reporter.report(Diagnostic::new(Severity::Warning, "overlap", message));
    }
    pairs.into_keys().collect()
}

/// What lies in an area although it should not: looked for all at once, in one walk along the
/// outlines.
struct Intruders {
    /// Areas with a point well inside that lies in another area too: the area, the first such
    /// other one, the point.
    areas: Vec<(u32, u32, Grid)>,
    /// Places just inside an outer border of the first area that lie in the second one too.
    borders: Vec<(u32, u32, Grid)>,
}

impl Intruders {
    fn find(layer: &Layer, progress: &Progress) -> Result<Self, Cancelled> {
        let places = layer.topology.shapes.par_iter().with_max_len(1).map(|shape| {
            progress.go_on()?;
            Ok(point_inside(&layer.topology, shape))
        });
        let places: Vec<Option<Grid>> = places.collect::<Result<_, Cancelled>>()?;
        let inner = (0u32..).zip(places).filter_map(|(area, place)| Some((area, place?)));
        let mut places: Vec<(u32, Grid)> = inner.collect();
        let inner = places.len();
        places.extend(layer.topology.arcs.iter().filter_map(just_inside));

        let probes = Probes::new(places.iter().map(|(_, place)| *place).enumerate());
        let areas = layer.areas.par_iter().zip(&layer.topology.shapes).with_max_len(1);
        let inside = areas.map(|(area, shape)| {
            progress.go_on()?;
            let arcs = shape.iter().flatten().flat_map(|ring| &ring.arcs);
            let lines = arcs.map(|used| &layer.topology.arcs[used.arc as usize].points[..]);
            Ok(probes.inside(area.bounds, lines, false))
        });
        let inside: Vec<Vec<usize>> = inside.collect::<Result<_, Cancelled>>()?;
        let mut found = Self { areas: Vec::new(), borders: Vec::new() };
        for (other, numbers) in (0u32..).zip(inside) {
            for number in numbers {
                let (own, place) = places[number];
                if own == other {
                    continue;
                }
                if number >= inner {
                    found.borders.push((own, other, place));
                } else if found.areas.iter().all(|(area, ..)| *area != own) {
                    found.areas.push((own, other, place));
                }
            }
        }
        found.areas.sort_by_key(|(area, ..)| *area);
        Ok(found)
    }
}

/// Areas that lie inside others, without their borders crossing.
fn overlaps_inside(
    layer: &Layer,
    found: &[(u32, u32, Grid)],
    crossing: &BTreeSet<Pair>,
    reporter: &mut Reporter,
) -> BTreeSet<Pair> {
    let mut told = BTreeSet::new();
    for &(area, other, point) in found {
        let pair = (area.min(other), area.max(other));
        if crossing.contains(&pair) || !told.insert(pair) {
            continue;
        }
        let (name_a, name_b) = (name(layer, area), name(layer, other));
        let message = format!("{name_a} lies inside {name_b} {}.", near(point));
        reporter.report(
            Diagnostic::new(Severity::Warning, "overlap", message)
                .hint("The areas overlap. A click finds the one that comes first in the file.")
                .on_map(Some(layer.areas[area as usize].bounds)),
        );
    }
    told
}

/// Areas that overlap between two places where their borders meet, without crossing there: land
/// just inside an outer border that belongs to another area too.
fn overlaps_along_borders(
    layer: &Layer,
    places: &[(u32, u32, Grid)],
    known: &BTreeSet<Pair>,
    reporter: &mut Reporter,
) {
    let mut found: BTreeMap<Pair, Grid> = BTreeMap::new();
    for &(own, other, place) in places {
        found.entry((own.min(other), own.max(other))).or_insert(place);
    }
    for ((a, b), place) in found.into_iter().filter(|(pair, _)| !known.contains(pair)) {
        let (a, b) = (name(layer, a), name(layer, b));
        let message = format!("{a} and {b} overlap {}.", near(place));
        reporter.report(
            Diagnostic::new(Severity::Warning, "overlap", message)
                .hint("Ask the publisher for matching borders.")
                .on_map(bounds_of([&place])),
        );
    }
}

/// A place just inside the longest segment of an outer border, with the area that it is in;
/// `None` where the segments are too short for it.
fn just_inside(arc: &BorderArc) -> Option<(u32, Grid)> {
    let (side, own) = match arc.sides {
        [Some(area), None] => (1.0, area),
        [None, Some(area)] => (-1.0, area),
        _ => return None,
    };
    let squared = |pair: &[Grid]| (pair[1].x - pair[0].x).powi(2) + (pair[1].y - pair[0].y).powi(2);
    let pair = arc.points.windows(2).max_by(|a, b| squared(a).total_cmp(&squared(b)))?;
    let length = squared(pair).sqrt();
    if length <= 2.0 * INSIDE_M {
        return None;
    }
    // To the left of the direction, or to the right.
    let step = side * INSIDE_M / length;
    let place = Grid {
        x: f64::midpoint(pair[0].x, pair[1].x) - step * (pair[1].y - pair[0].y),
        y: f64::midpoint(pair[0].y, pair[1].y) + step * (pair[1].x - pair[0].x),
    };
    Some((own, place))
}

/// Land between several areas that belongs to none.
fn gaps(layer: &Layer, holes: Vec<RingArcs>, reporter: &mut Reporter) {
    for hole in holes {
        let sides = hole.arcs.iter().flat_map(|used| layer.topology.arcs[used.arc as usize].sides);
        let around: BTreeSet<u32> = sides.flatten().collect();
        let area = hole.area_m2.abs();
        if around.len() < 2 || area < LEAST_GAP_M2 {
            continue; // a lake or an enclave of one area is no gap between areas
        }
        let ring = layer.topology.ring(&hole);
        let length: f64 = edges(&ring).map(|(a, b)| (b.x - a.x).hypot(b.y - a.y)).sum();
        if 2.0 * area < ROUNDING_M * length {
            continue;
        }
        let is_sliver = 2.0 * area < SLIVER_M * length;
        let names: Vec<String> = around.iter().take(4).map(|area| name(layer, *area)).collect();
        let more = if around.len() > 4 { " and others" } else { "" };
        let (severity, what) = if is_sliver {
            (Severity::Warning, "A narrow gap")
        } else {
            (Severity::Info, "Land or water")
        };
        let message = format!(
            "{what} of {} lies between {}{more} {} and belongs to none of them.",
            size(area),
            names.join(", "),
            near(ring[0])
        );
        reporter.report(Diagnostic::new(severity, "gap", message).on_map(bounds_of(&ring)));
    }
}

fn size(m2: f64) -> String {
    if m2 < 10_000.0 { format!("{m2:.0} m²") } else { format!("{:.2} km²", m2 / 1e6) }
}

fn name(layer: &Layer, area: u32) -> String {
    short_name(&layer.areas[area as usize].name)
}

/// A point well inside the largest polygon.
fn point_inside(topology: &Topology, shape: &ShapeArcs) -> Option<Grid> {
    let size = |polygon: &&Vec<RingArcs>| {
        let arcs = polygon.first().into_iter().flat_map(|ring| &ring.arcs);
        let bounds = arcs.map(|used| topology.arcs[used.arc as usize].bounds).reduce(union);
        bounds.map_or(0.0, |bounds| bounds.height() * bounds.width())
    };
    let largest = shape.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let rings: Rings = largest.iter().map(|ring| topology.ring(ring)).collect();
    interior_point(&rings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Ring;
    use crate::model::layer::{About, Label};

    fn told(areas: &[&[&[(f64, f64)]]]) -> Vec<(&'static str, Severity)> {
        let ring = |ring: &&[(f64, f64)]| -> Ring {
            ring.iter().map(|&(x, y)| Grid { x: x * 1000.0, y: y * 1000.0 }).collect()
        };
        let shape = |(i, rings): (usize, &&[&[(f64, f64)]])| {
            let label = Label { number: i + 1, code: String::new(), name: format!("Area {i}") };
            (label, vec![rings.iter().map(ring).collect()])
        };
        let about = About {
            title: String::new(),
            kind: None,
            edition: None,
            united_from: None,
            credit: String::new(),
        };
        let layer = Layer::new(about, areas.iter().enumerate().map(shape).collect());
        let diagnostics = inspect(&layer, &Progress::default()).unwrap();
        diagnostics.into_iter().map(|d| (d.code, d.severity)).collect()
    }

    const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

    #[test]
    fn neighbours_with_a_shared_border_are_in_order() {
        let east: &[(f64, f64)] = &[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0)];
        let hole: &[(f64, f64)] = &[(4.0, 4.0), (4.0, 6.0), (6.0, 6.0), (6.0, 4.0)];
        let enclave: &[(f64, f64)] = &[(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)];
        assert_eq!(told(&[&[SQUARE, hole], &[east], &[enclave]]), []);
    }

    #[test]
    fn overlaps_are_told_once_for_each_pair() {
        let across: &[(f64, f64)] = &[(5.0, 2.0), (15.0, 2.0), (15.0, 8.0), (5.0, 8.0)];
        let within: &[(f64, f64)] = &[(2.0, 2.0), (3.0, 2.0), (3.0, 3.0), (2.0, 3.0)];
        let warning = ("overlap", Severity::Warning);
        assert_eq!(told(&[&[SQUARE], &[across]]), [warning]);
        assert_eq!(told(&[&[SQUARE], &[within]]), [warning]);
        assert_eq!(told(&[&[SQUARE], &[SQUARE]]), [warning]);
    }

    #[test]
    fn borders_that_part_and_meet_again_without_crossing_are_told() {
        let east = |x: f64| [(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (x, 5.0)];
        let told = |x: f64| told(&[&[SQUARE], &[&east(x)]]);
        assert_eq!(told(9.99), [("overlap", Severity::Warning)]);
        assert_eq!(told(10.01), [("gap", Severity::Warning)]);
        assert_eq!(told(13.0), [("gap", Severity::Info)]);
    }

    #[test]
    fn slivers_are_faults_and_wide_gaps_are_told() {
        let around = |east: f64| {
            let left =
                vec![(0.0, 0.0), (10.0, 0.0), (10.0, 2.0), (10.0, 8.0), (10.0, 10.0), (0.0, 10.0)];
            let right = vec![
                (10.0, 0.0),
                (20.0, 0.0),
                (20.0, 10.0),
                (10.0, 10.0),
                (10.0, 8.0),
                (10.0 + east, 5.0),
                (10.0, 2.0),
            ];
            told(&[&[&left], &[&right]])
        };
        assert_eq!(around(0.05), [("gap", Severity::Warning)]);
        assert_eq!(around(3.0), [("gap", Severity::Info)]);
    }
}
