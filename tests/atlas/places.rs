//! Which area is here, against an answer found in another way.

use ics_atlas::diag::Severity;
use ics_atlas::geo::space::{Grid, GridRect, Ring, bounds_of};
use ics_atlas::model::Layer;
use ics_atlas::read::{Choices, Progress, Source, read_layer};
use ics_atlas::scene::england;
use rayon::prelude::*;

use crate::sizes::{Random, SIZES, geojson, layer};

/// How often a ring winds around a point: the sum of the turns at the level line through it
/// (Sunday's winding number algorithm, 2001), which counts no crossings and knows no even and odd.
fn winding(ring: &Ring, p: Grid) -> i32 {
    let left = |a: &Grid, b: &Grid| (b.x - a.x) * (p.y - a.y) - (p.x - a.x) * (b.y - a.y);
    let mut turns = 0;
    let mut a = ring[ring.len() - 1];
    for &b in ring {
        if a.y <= p.y {
            turns += i32::from(b.y > p.y && left(&a, &b) > 0.0);
        } else {
            turns -= i32::from(b.y <= p.y && left(&a, &b) < 0.0);
        }
        a = b;
    }
    turns
}

/// The rings of an area with their boxes.
type Outline = Vec<(GridRect, Ring)>;

/// The areas that hold a point: those whose exteriors wind around it, and their holes back.
fn holders(areas: &[Outline], p: Grid) -> Vec<usize> {
    let is_near = |b: &GridRect| {
        (b.min().y..=b.max().y).contains(&p.y) && (b.min().x..=b.max().x).contains(&p.x)
    };
    let holds = |rings: &Outline| {
        let near = rings.iter().filter(|(bounds, _)| is_near(bounds));
        near.map(|(_, ring)| winding(ring, p)).sum::<i32>() != 0
    };
    (0..areas.len()).filter(|area| holds(&areas[*area])).collect()
}

/// Places anywhere in England's box, and as many within a hundred metres of a border.
fn places(layer: &Layer) -> Vec<Grid> {
    let mut random = Random::new(20_220_701);
    let bounds = england();
    let centre = bounds.center();
    let arcs = &layer.topology.arcs;
    let mut places = Vec::with_capacity(10_000);
    for i in 0..5_000 {
        let (x, y) = (random.next() * bounds.width() / 2.0, random.next() * bounds.height() / 2.0);
        places.push(Grid { x: centre.x + x, y: centre.y + y });
        let points = &arcs[i % arcs.len()].points;
        let near = points[(i * 7919) % points.len()];
        let mut aside = || random.next() * 100.0;
        places.push(Grid { x: near.x + aside(), y: near.y + aside() });
    }
    places
}

fn read(text: &str) -> Layer {
    let source = Source::new("areas.geojson", text.as_bytes());
    let read = read_layer(source, &Choices::default(), &Progress::default());
    let read = read.expect("it is sound");
    assert!(read.diagnostics.iter().all(|d| d.severity < Severity::Warning));
    read.value.0
}

#[test]
fn the_index_agrees_with_winding_numbers_at_every_size() {
    for (size, vertices) in SIZES {
        let made = layer(vertices);
        // The largest is not written and read again: that would take long without optimisation.
        let layer = if size == "large" { made } else { read(&geojson(&made)) };
        let outline = |area: usize| -> Outline {
            let rings = layer.topology.polygons(area).into_iter().flatten();
            rings.filter_map(|ring| Some((bounds_of(&ring)?, ring))).collect()
        };
        let areas: Vec<Outline> = (0..layer.areas.len()).map(outline).collect();
        let count: usize = areas.iter().flatten().map(|(_, ring)| ring.len()).sum();
        assert!(count > vertices * 3 / 4, "{size} has {count} vertices");
        let held: usize = places(&layer)
            .par_iter()
            .map(|p| {
                let expected = holders(&areas, *p);
                assert!(expected.len() < 2, "{size}: {p:?} is in {expected:?}");
                assert_eq!(layer.area_at(*p), expected.first().copied(), "{size}: {p:?}");
                expected.len()
            })
            .sum();
        assert!(held > 4_000, "{size}: only {held} places are in an area");
    }
}
