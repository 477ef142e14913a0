//! The bundled boundaries: complete, without gaps at any level of detail, and small.

use std::path::Path;

use ics_atlas::geo::measure::polygons_area;
use ics_atlas::geo::space::Grid;
use ics_atlas::model::{BodyKind, Edition, Layer};
use ics_atlas::read::{Choices, Progress, Source, bundled, read_layer};

use super::shared::ATLAS;

const LAYERS: [(BodyKind, Edition); 11] = [
    (BodyKind::Ccg, Edition::April2013),
    (BodyKind::Ccg, Edition::April2020),
    (BodyKind::Ccg, Edition::April2021),
    (BodyKind::Icb, Edition::July2022),
    (BodyKind::Icb, Edition::April2023),
    (BodyKind::Icb, Edition::April2026),
    (BodyKind::SubIcb, Edition::April2023),
    (BodyKind::Council, Edition::December2023),
    (BodyKind::Region, Edition::July2022),
    (BodyKind::Region, Edition::April2023),
    (BodyKind::Region, Edition::April2026),
];

fn layer(kind: BodyKind, edition: Edition) -> Layer {
    bundled::layer(kind, edition).expect("a bundled layer")
}

#[test]
fn no_bundled_layer_needs_a_repair() {
    for (kind, edition) in LAYERS {
        let (text, object) = bundled::boundaries(kind, edition).expect("a bundled file");
        let read = read_layer(
            Source::new("bundled", text.as_bytes()),
            &Choices::part(object),
            &Progress::default(),
        )
        .expect("a sound file");
        let warnings: Vec<_> = read
            .diagnostics
            .iter()
            .filter(|d| d.severity > ics_atlas::diag::Severity::Info)
            .map(ToString::to_string)
            .collect();
        assert!(warnings.is_empty(), "{} {edition}: {warnings:?}", kind.label());
    }
}

#[test]
fn england_is_as_large_as_it_is() {
    // England clipped to the coast has 130,310 km² (ONS standard area measurement, land);
    // generalised coasts differ by less than half a per cent.
    for (kind, edition) in LAYERS {
        let layer = layer(kind, edition);
        let km2: f64 = layer.areas.iter().map(|area| area.area_m2 / 1e6).sum();
        assert!((km2 - 130_310.0).abs() < 600.0, "{} {edition}: {km2}", kind.label());
    }
}

/// At every level, what one area gives up its neighbour gets: the areas add up to the land
/// inside the outer border, measured over the outer arcs alone.
#[test]
fn no_gap_at_any_level_of_detail() {
    for (kind, edition) in LAYERS {
        let layer = layer(kind, edition);
        for scale in [1.0, 100.0, 700.0, 2048.0] {
            let level = layer.levels.at(scale);
            let areas: f64 =
                (0..layer.areas.len()).map(|a| polygons_area(&level.polygons(a))).sum();
            let mut outline = 0.0;
            for (index, arc) in (0u32..).zip(&layer.topology.arcs) {
                let sign = match arc.sides {
                    [Some(_), None] => 1.0,
                    [None, Some(_)] => -1.0,
                    _ => continue,
                };
                let cross = |p: &[Grid]| p[0].x * p[1].y - p[1].x * p[0].y;
                outline += sign * level.arc(index).windows(2).map(cross).sum::<f64>() / 2.0;
            }
            let off = (areas - outline).abs() / 1e6;
            assert!(off < 0.01, "{} {edition} at {scale} m: {off} km² off", kind.label());
        }
    }
}

/// Areas that are united from others cover the same land, and each has a body of its own.
#[test]
fn united_layers_lose_no_land() {
    for (kind, edition) in bundled::LAYERS {
        let Some((base_kind, base)) = bundled::united_from(kind, edition) else { continue };
        let united = ATLAS.layer(kind, edition).expect("a united layer");
        let base = ATLAS.layer(base_kind, base).expect("the layer that it is united from");
        let land = |layer: &Layer| layer.areas.iter().map(|area| area.area_m2).sum::<f64>();
        let off = (land(&united.layer) - land(&base.layer)).abs() / 1e6;
        assert!(off < 0.001, "{} {edition}: {off} km² off", kind.label());
        assert!(united.bodies.iter().all(Option::is_some));
        assert!(united.layer.areas.iter().all(|area| area.area_m2 > 1e6), "{edition}");
        assert!(united.layer.about.credit.contains("united from those of April"));
    }
    let bassetlaw = Grid { x: 458_000.0, y: 379_000.0 };
    let stps = ATLAS.layer(BodyKind::Stp, Edition::April2021).expect("STPs");
    let area = stps.layer.area_at(bassetlaw).expect("Worksop");
    assert_eq!(stps.names[area], "South Yorkshire and Bassetlaw", "until July 2022");
}

#[test]
fn regions_are_unions_of_their_boards() {
    let register = ATLAS.register.clone();
    for edition in [Edition::July2022, Edition::April2023, Edition::April2026] {
        let boards = layer(BodyKind::Icb, edition);
        let regions = layer(BodyKind::Region, edition);
        let total = |layer: &Layer| layer.areas.iter().map(|area| area.area_m2).sum::<f64>();
        assert!((total(&boards) - total(&regions)).abs() < 1.0, "{edition}");
        let mut agreeing = 0;
        for (i, board) in boards.areas.iter().enumerate() {
            let code = board.code.parse().expect("an ONS code");
            let body = register.by_area(BodyKind::Icb, edition, &code).expect("a board");
            let expected = register.region_of(body);
            // The middle of every triangle lies inside the board.
            let level = boards.levels.at(1.0);
            level.triangulate(board.bounds);
            let mesh = level.mesh(i).expect("it has just been made");
            for corners in mesh.indices.chunks_exact(3).step_by(97) {
                let p = corners.iter().map(|c| mesh.vertices[*c as usize]);
                let sum = p.fold((0.0, 0.0), |sum, p| (sum.0 + p.x / 3.0, sum.1 + p.y / 3.0));
                let middle = Grid { x: sum.0, y: sum.1 };
                if boards.area_at(middle) != Some(i) {
                    continue; // a sliver whose middle lies on the border
                }
                let area = regions.area_at(middle).expect("a region around a board");
                let code = regions.areas[area].code.parse().expect("an ONS code");
                assert_eq!(register.by_area(BodyKind::Region, edition, &code), expected);
                agreeing += 1;
            }
        }
        assert!(agreeing > 100, "{edition}: only {agreeing} places were asked for");
    }
}

/// On a fine raster over England every point lies in at most one area, by two methods.
#[test]
fn every_place_is_in_one_area_at_most() {
    use ics_atlas::geo::measure::ring_contains;
    let layer = layer(BodyKind::Icb, Edition::July2022);
    let shapes: Vec<_> =
        (0..layer.areas.len()).map(|a| layer.topology.polygons(a).concat()).collect();
    let mut found = 0;
    for i in 0..24 {
        for j in 0..28 {
            let p = Grid {
                x: 85_500.0 + f64::from(i) * 24_000.0,
                y: 8_500.0 + f64::from(j) * 23_500.0,
            };
            let holds = |rings: &Vec<Vec<Grid>>| {
                rings.iter().filter(|r| ring_contains(r, p)).count() % 2 == 1
            };
            let by_rings: Vec<usize> = (0..shapes.len()).filter(|a| holds(&shapes[*a])).collect();
            assert!(by_rings.len() <= 1, "{p:?} is in {by_rings:?}");
            assert_eq!(layer.area_at(p), by_rings.first().copied(), "{p:?}");
            found += by_rings.len();
        }
    }
    assert!(found > 150, "only {found} points were in England");
}

#[test]
fn the_data_are_at_most_six_megabytes() {
    fn size(folder: &Path) -> u64 {
        let entries = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry"));
        entries
            .map(|e| {
                if e.path().is_dir() {
                    size(&e.path())
                } else {
                    e.metadata().expect("a size").len()
                }
            })
            .sum()
    }
    let total = size(&Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata"));
    assert!(total <= 6_000_000, "{total} bytes");
}

#[test]
fn the_manifest_tells_of_every_object() {
    let mut reader = csv::Reader::from_reader(bundled::MANIFEST.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let column = |name: &str| headers.iter().position(|h| h == name).expect("a column");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), LAYERS.len() + 1, "one row an object, and the backdrop");
    for (kind, edition) in LAYERS {
        let is_it = |row: &&csv::StringRecord| {
            row[column("kind")] == *kind.id() && row[column("edition")] == *edition.id()
        };
        let row =
            rows.iter().find(is_it).unwrap_or_else(|| panic!("no {} {edition}", kind.label()));
        assert_eq!(row[column("areas")], layer(kind, edition).areas.len().to_string());
        for needed in ["title", "licence", "source_date", "generalisation"] {
            assert!(!row[column(needed)].is_empty(), "{} {edition} has no {needed}", kind.label());
        }
    }
}
