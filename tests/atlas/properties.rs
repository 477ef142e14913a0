//! What holds for any map: tried on random partitions of land with wavy borders, lakes and
//! enclaves.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "small numbers of cells, and grid metres in centimetres"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use ics_atlas::geo::level::Levels;
use ics_atlas::geo::measure::{polygons_area, ring_contains};
use ics_atlas::geo::space::{Grid, Ring, Rings};
use ics_atlas::geo::strips::StripIndex;
use ics_atlas::geo::topology::Topology;
use ics_atlas::read::{Choices, Progress, Source, read_layer};
use proptest::prelude::*;

/// A random partition: cells of a bent grid, each an area of its own.
#[derive(Debug, Clone)]
struct Land {
    areas: Vec<Vec<Rings>>,
}

/// Side of a cell in metres.
const CELL: f64 = 4000.0;

prop_compose! {
    fn land()(
        columns in 1usize..5,
        rows in 1usize..5,
        bends in prop::collection::vec((-0.25f64..0.25, -0.3f64..0.3), 64),
        kinds in prop::collection::vec(0u8..6, 25),
        steps in 1usize..9,
    ) -> Land {
        let bend = |i: usize| bends[i % bends.len()];
        let node = |x: usize, y: usize| {
            let (dx, dy) = bend(x * 7 + y * 13);
            // Whole centimetres, as a file writes them.
            let round = |v: f64| (v * 100.0).round() / 100.0;
            Grid {
                x: round(430_000.0 + (x as f64 + dx) * CELL),
                y: round(290_000.0 + (y as f64 + dy * 0.5) * CELL),
            }
        };
        // The points of a border from one node up to, but without, the next: the same ones for
        // the cells on both sides.
        let border = |a: (usize, usize), b: (usize, usize)| -> Ring {
            let is_forward = a < b;
            let (from, to) = if is_forward { (a, b) } else { (b, a) };
            let (p, q) = (node(from.0, from.1), node(to.0, to.1));
            let mut points: Ring = (0..=steps)
                .map(|i| {
                    let t = i as f64 / steps as f64;
                    let (_, sway) = bend(from.0 * 3 + from.1 * 5 + to.0 * 11 + to.1 * 17 + i);
                    let off = if i == 0 || i == steps { 0.0 } else { sway * 0.1 };
                    let (dx, dy) = (q.x - p.x, q.y - p.y);
                    let round = |v: f64| (v * 100.0).round() / 100.0;
                    Grid { x: round(p.x + t * dx - off * dy), y: round(p.y + t * dy + off * dx) }
                })
                .collect();
            if !is_forward {
                points.reverse();
            }
            points.pop();
            points
        };
        let mut areas = Vec::new();
        for y in 0..rows {
            for x in 0..columns {
                let kind = kinds[(y * columns + x) % kinds.len()];
                if kind == 0 {
                    continue; // water
                }
                let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
                let exterior: Ring = (0..4)
                    .flat_map(|i| border(corners[i], corners[(i + 1) % 4]))
                    .collect();
                let middle = |dx: f64, dy: f64| {
                    let n = corners.map(|(x, y)| node(x, y));
                    Grid {
                        x: (n.iter().map(|p| p.x).sum::<f64>() / 4.0 + dx).round(),
                        y: (n.iter().map(|p| p.y).sum::<f64>() / 4.0 + dy).round(),
                    }
                };
                let island = vec![middle(-300.0, -300.0), middle(300.0, -300.0), middle(0.0, 300.0)];
                let mut rings = vec![exterior];
                if kind < 3 {
                    rings.push(island.iter().rev().copied().collect());
                }
                areas.push(vec![rings]);
                if kind == 1 {
                    areas.push(vec![vec![island]]); // an enclave; otherwise a lake
                }
            }
        }
        Land { areas }
    }
}

/// A ring from its least point on: the same for any point to begin with.
fn canonical(ring: &[Grid]) -> Vec<(i64, i64)> {
    let cm = |v: f64| (v * 100.0).round() as i64;
    let points: Vec<(i64, i64)> = ring.iter().map(|p| (cm(p.x), cm(p.y))).collect();
    let start = (0..points.len()).min_by_key(|i| points[*i]).unwrap_or(0);
    points[start..].iter().chain(&points[..start]).copied().collect()
}

fn canonical_area(polygons: &[Rings]) -> Vec<Vec<Vec<(i64, i64)>>> {
    let mut all: Vec<Vec<_>> =
        polygons.iter().map(|rings| rings.iter().map(|ring| canonical(ring)).collect()).collect();
    all.sort();
    all
}

fn geojson(areas: &[Vec<Rings>]) -> String {
    let ring = |ring: &Ring| {
        let points: Vec<String> =
            ring.iter().chain(ring.first()).map(|p| format!("[{:.2},{:.2}]", p.x, p.y)).collect();
        format!("[{}]", points.join(","))
    };
    let polygon =
        |rings: &Rings| format!("[{}]", rings.iter().map(ring).collect::<Vec<_>>().join(","));
    let feature = |(i, shape): (usize, &Vec<Rings>)| {
        let polygons: Vec<String> = shape.iter().map(polygon).collect();
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"Area {i}\"}},\"geometry\":{{\
             \"type\":\"MultiPolygon\",\"coordinates\":[{}]}}}}",
            polygons.join(",")
        )
    };
    let features: Vec<String> = areas.iter().enumerate().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn index_of(topology: &Topology) -> StripIndex {
    let sided = topology.arcs.iter().map(|arc| (arc.points.as_slice(), arc.sides));
    StripIndex::build(&sided.collect::<Vec<_>>())
}

/// The pairs of areas that have a segment of their rings in common.
fn neighbours(areas: &[Vec<Rings>]) -> BTreeSet<(usize, usize)> {
    let mut owners = std::collections::BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for (area, polygons) in areas.iter().enumerate() {
        for ring in polygons.iter().flatten() {
            let points = canonical(ring);
            for i in 0..points.len() {
                let (a, b) = (points[i], points[(i + 1) % points.len()]);
                let other = owners.insert((a.min(b), a.max(b)), area);
                pairs.extend(other.filter(|o| *o != area).map(|o| (o.min(area), o.max(area))));
            }
        }
    }
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_multipolygon_survives_writing_and_reading(land in land()) {
        prop_assume!(!land.areas.is_empty());
        let text = geojson(&land.areas);
        let source = Source::new("land", text.as_bytes());
        let read = read_layer(source, &Choices::default(), &Progress::default());
        let layer = read.expect("it opens").value.0;
        prop_assert_eq!(layer.areas.len(), land.areas.len());
        for (i, polygons) in land.areas.iter().enumerate() {
            prop_assert_eq!(canonical_area(&layer.topology.polygons(i)), canonical_area(polygons));
        }
    }

    #[test]
    fn a_topology_gives_back_its_rings_and_stores_each_border_once(land in land()) {
        let topology = Topology::build(&land.areas);
        let mut seen = BTreeSet::new();
        for arc in &topology.arcs {
            for pair in arc.points.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|p| canonical(&[p])[0]);
                prop_assert!(seen.insert((a.min(b), a.max(b))), "a segment is stored twice");
            }
        }
        for (i, polygons) in land.areas.iter().enumerate() {
            prop_assert_eq!(canonical_area(&topology.polygons(i)), canonical_area(polygons));
            let off = topology.area_m2(i) - polygons_area(polygons);
            prop_assert!(off.abs() < 1e-3, "{} m²", off);
        }
    }

    #[test]
    fn every_point_is_in_at_most_one_area(
        land in land(),
        points in prop::collection::vec((-0.5f64..5.5, -0.5f64..5.5), 50),
    ) {
        let topology = Topology::build(&land.areas);
        let index = index_of(&topology);
        // Random points, and corners, where several areas meet.
        let corners = land.areas.iter().flatten().flatten().filter_map(|ring| ring.first()).copied();
        let random = points.iter().map(|(x, y)| Grid {
            x: 430_000.0 + x * CELL,
            y: 290_000.0 + y * CELL,
        });
        for p in corners.chain(random) {
            let holds = |polygons: &Vec<Rings>| {
                polygons.iter().flatten().filter(|ring| ring_contains(ring, p)).count() % 2 == 1
            };
            let holders: Vec<usize> =
                (0..land.areas.len()).filter(|i| holds(&land.areas[*i])).collect();
            prop_assert!(holders.len() <= 1, "{:?} is in {:?}", p, holders);
            prop_assert_eq!(index.area_at(p, |arc| &topology.arcs[arc as usize].points), holders.first().copied());
        }
    }

    #[test]
    fn no_level_of_detail_changes_who_lies_beside_whom(land in land(), exponent in 0i32..10) {
        let level = Levels::new(Arc::new(Topology::build(&land.areas))).at(2f64.powi(exponent));
        let before = neighbours(&land.areas);
        let simplified: Vec<Vec<Rings>> =
            (0..land.areas.len()).map(|area| level.polygons(area)).collect();
        for pair in neighbours(&simplified) {
            prop_assert!(before.contains(&pair), "{:?} became neighbours", pair);
        }
        // What is left of two neighbours still has a common border.
        let after = neighbours(&simplified);
        for (a, b) in before {
            if !simplified[a].is_empty() && !simplified[b].is_empty() {
                prop_assert!(after.contains(&(a, b)), "{} and {} were parted", a, b);
            }
        }
    }
}
