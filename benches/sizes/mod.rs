//! Boundaries of any size: those of a bundled edition with fractal detail along their arcs.
//!
//! Shared by the benches, the tests and the example that writes them to a file. Lines do not cross,
//! neighbours share their borders, and the same number of vertices always gives the same map.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    reason = "no user comes by here"
)]

use std::fmt::Write;

use ics_atlas::geo::crossings::{Line, Rule, crossings};
use ics_atlas::geo::projection::Projector;
use ics_atlas::geo::space::Grid;
use ics_atlas::geo::topology::{RingArcs, Topology};
use ics_atlas::model::layer::{Area, Label};
use ics_atlas::model::{BodyKind, Edition, Layer};
use ics_atlas::read::bundled;

/// As many vertices as three published files have: small at 1:250,000 (200 m), medium at 20 m, large
/// in full resolution.
pub const SIZES: [(&str, usize); 3] =
    [("small", 23_809), ("medium", 172_356), ("large", 1_760_865)];

/// The integrated care boards of April 2023 with about so many vertices over all rings, but not
/// fewer than the bundled ones.
pub fn layer(vertices: usize) -> Layer {
    let bundled = bundled::layer(BodyKind::Icb, Edition::April2023).expect("it is bundled");
    let topology = detailed(&bundled.topology, vertices);
    let label = |Area { number, code, name, .. }: &Area| Label {
        number: *number,
        code: code.clone(),
        name: name.clone(),
    };
    let labels = bundled.areas.iter().map(label).collect();
    Layer::from_topology(bundled.about, labels, topology)
}

/// A layer as GeoJSON in WGS 84, with fifteen digits as the Office for National Statistics writes.
pub fn geojson(layer: &Layer) -> String {
    let projector = Projector::new().expect("its definitions are constants");
    let arcs = layer.topology.arcs.iter().map(|arc| {
        let text = |p: &Grid| {
            let at = projector.to_lon_lat(*p).expect("England is on the grid");
            format!("[{},{}]", fifteen(at.lon), fifteen(at.lat))
        };
        arc.points.iter().map(text).collect()
    });
    let arcs: Vec<Vec<String>> = arcs.collect();
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (i, (area, shape)) in layer.areas.iter().zip(&layer.topology.shapes).enumerate() {
        let (code, name) = (&area.code, &area.name);
        let comma = if i == 0 { "" } else { ",\n" };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"ICB23CD\":\"{code}\",\"ICB23NM\":\
             \"{name}\"}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":["
        );
        for (j, polygon) in shape.iter().enumerate() {
            text += if j == 0 { "[" } else { ",[" };
            for (k, ring) in polygon.iter().enumerate() {
                text += if k == 0 { "[" } else { ",[" };
                write_ring(&mut text, ring, &arcs);
                text += "]";
            }
            text += "]";
        }
        text += "]}}";
    }
    text += "\n]}\n";
    text
}

fn write_ring(text: &mut String, ring: &RingArcs, arcs: &[Vec<String>]) {
    let mut first = None;
    for used in &ring.arcs {
        let points = &arcs[used.arc as usize];
        // The last point of an arc is the first of the next one.
        let last = points.len() - 1;
        let mut push = |point: &String| {
            *text += point;
            *text += ",";
        };
        if used.reversed {
            points[1..].iter().rev().for_each(&mut push);
            first.get_or_insert(&points[last]);
        } else {
            points[..last].iter().for_each(&mut push);
            first.get_or_insert(&points[0]);
        }
    }
    *text += first.expect("a ring has arcs");
}

/// A number with fifteen digits that count, without noughts at the end.
fn fifteen(value: f64) -> String {
    let before = if value.abs() < 1.0 { 0 } else { value.abs().log10() as usize + 1 };
    let text = format!("{value:.*}", 15 - before);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Each segment of each arc is halved again and again, and each middle put a little aside, until its
/// parts are so short that there are enough vertices. Where lines would cross, it is put aside by
/// less.
fn detailed(topology: &Topology, vertices: usize) -> Topology {
    let length = |points: &[Grid]| points.windows(2).map(|p| far(p[0], p[1])).sum::<f64>();
    let sides = topology.arcs.iter().map(|arc| {
        length(&arc.points)
            * f64::from(u8::from(arc.sides[0].is_some()) + u8::from(arc.sides[1].is_some()))
    });
    let spacing = sides.sum::<f64>() / vertices as f64;
    let segments = || {
        let arcs = topology.arcs.iter();
        arcs.flat_map(|arc| arc.points.windows(2)).map(|pair| [pair[0], pair[1]])
    };
    let mut aside: Vec<f64> = segments().map(|_| 0.07).collect();
    let pieces = |segments: &mut dyn Iterator<Item = [Grid; 2]>, aside: &[f64]| -> Vec<Vec<Grid>> {
        let piece = |(i, ([a, b], aside)): (usize, ([Grid; 2], &f64))| {
            let parts = (far(a, b) / spacing).round().max(1.0) as usize;
            let mut points = vec![a; parts + 1];
            points[parts] = b;
            put_aside(&mut points, *aside, &mut Random::new(i as u64));
            points
        };
        segments.zip(aside).enumerate().map(piece).collect()
    };
    let mut made = pieces(&mut segments(), &aside);
    for attempt in 0.. {
        let lines: Vec<Line<'_>> = (0u32..)
            .zip(&made)
            .map(|(tag, points)| Line { points, is_closed: false, tag })
            .collect();
        let found = crossings(&lines, usize::MAX, Rule::Plainly).found;
        let tangled: std::collections::BTreeSet<u32> =
            found.iter().flat_map(|crossing| crossing.tags).collect();
        if tangled.is_empty() || attempt == 12 {
            break;
        }
        for tag in tangled {
            aside[tag as usize] *= if attempt < 8 { 0.5 } else { 0.0 };
        }
        made = pieces(&mut segments(), &aside);
    }
    let mut made = made.into_iter();
    let arcs = topology.arcs.iter().map(|arc| {
        let mut points = vec![arc.points[0]];
        for piece in made.by_ref().take(arc.points.len() - 1) {
            points.extend_from_slice(&piece[1..]);
        }
        points
    });
    let arcs: Vec<Vec<Grid>> = arcs.collect();
    let rings = |shape: &Vec<Vec<RingArcs>>| {
        let polygon = |rings: &Vec<RingArcs>| rings.iter().map(|ring| ring.arcs.clone()).collect();
        shape.iter().map(polygon).collect()
    };
    Topology::from_arcs(arcs, topology.shapes.iter().map(rings).collect())
        .expect("it is made of the arcs of one")
}

/// Fills in the points between the first and the last one.
fn put_aside(points: &mut [Grid], share: f64, random: &mut Random) {
    let last = points.len() - 1;
    if last < 2 {
        return;
    }
    let (a, b) = (points[0], points[last]);
    let half = last / 2;
    let along = half as f64 / last as f64;
    let by = share * random.next();
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    points[half] = Grid { x: a.x + along * dx - by * dy, y: a.y + along * dy + by * dx };
    put_aside(&mut points[..=half], share, random);
    put_aside(&mut points[half..], share, random);
}

fn far(a: Grid, b: Grid) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Numbers between -1 and 1 without a visible order: Marsaglia's xorshift (2003).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}
