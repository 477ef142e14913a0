//! Reading boundary files: what opens, what is told, what is refused.

use ics_atlas::diag::Severity;
use ics_atlas::geo::projection::Projector;
use ics_atlas::geo::space::Grid;
use ics_atlas::model::profile::Profile;
use ics_atlas::model::{BodyKind, Edition, JoinedLayer};
use ics_atlas::read::{Choices, Progress, ReadError, Source, bundled, open, read_layer};

use super::shared::ATLAS;

/// A GeoJSON text of the boards of an edition, in degrees or in grid metres.
fn boards(edition: Edition, degrees: bool, code: &str, name: &str) -> String {
    let layer = bundled::layer(BodyKind::Icb, edition).expect("a bundled layer");
    let projector = Projector::new().expect("a projector");
    let point = |p: &Grid| {
        if degrees {
            let p = projector.to_lon_lat(*p).expect("a place in England");
            format!("[{:.9},{:.9}]", p.lon, p.lat)
        } else {
            format!("[{:.1},{:.1}]", p.x, p.y)
        }
    };
    let ring = |ring: &Vec<Grid>| {
        let points: Vec<String> = ring.iter().chain(ring.first()).map(point).collect();
        format!("[{}]", points.join(","))
    };
    let feature = |area: usize| {
        let shape = layer.topology.polygons(area);
        let polygon = |rings: &Vec<Vec<Grid>>| {
            format!("[{}]", rings.iter().map(ring).collect::<Vec<_>>().join(","))
        };
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"{code}\":\"{}\",\"{name}\":\"{}\"}},\
             \"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}}}",
            layer.areas[area].code,
            layer.areas[area].name,
            shape.iter().map(polygon).collect::<Vec<_>>().join(",")
        )
    };
    let features: Vec<String> = (0..layer.areas.len()).map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
}

fn read(text: &str) -> Result<(JoinedLayer, Vec<&'static str>), String> {
    match read_layer(
        Source::new("test", text.as_bytes()),
        &Choices::default(),
        &Progress::default(),
    ) {
        Ok(read) => {
            let codes = read.diagnostics.iter().map(|d| d.code).collect();
            Ok((JoinedLayer::new(read.value.0, &ATLAS.register), codes))
        }
        Err(ReadError::Refused(refusal)) => Err(refusal.reason.code.to_owned()),
        Err(other) => Err(format!("{other:?}")),
    }
}

#[test]
fn the_same_boards_in_degrees_and_in_metres() {
    let original = bundled::layer(BodyKind::Icb, Edition::April2026).expect("a bundled layer");
    for degrees in [true, false] {
        let text = boards(Edition::April2026, degrees, "ICB26CD", "ICB26NM");
        let (joined, told) = read(&text).expect("it opens");
        assert_eq!(joined.layer.areas.len(), 36);
        assert_eq!(joined.edition(), Some(Edition::April2026));
        assert!(joined.bodies.iter().all(Option::is_some));
        assert!(told.contains(&"crs-by-magnitude"), "{told:?}");
        for (area, twin) in joined.layer.areas.iter().zip(&original.areas) {
            let off = (area.area_m2 - twin.area_m2).abs() / twin.area_m2;
            assert!(off < 1e-6, "{}: {off}", area.name);
        }
        let p = Grid { x: 530_000.0, y: 180_000.0 };
        let hit = joined.layer.area_at(p).map(|area| joined.layer.areas[area].name.clone());
        assert_eq!(hit.as_deref(), Some("NHS West and North London Integrated Care Board"));
    }
}

#[test]
fn neighbours_in_a_file_share_their_borders() {
    let text = boards(Edition::April2023, true, "icb23cd", "icb23nm");
    let (joined, _) = read(&text).expect("it opens");
    let original = bundled::layer(BodyKind::Icb, Edition::April2023).expect("a bundled layer");
    let shared = |layer: &ics_atlas::model::Layer| {
        layer.topology.arcs.iter().filter(|arc| !arc.is_outer()).count()
    };
    assert_eq!(shared(&joined.layer), shared(&original));
}

#[test]
fn other_columns_open_and_codes_find_their_edition() {
    let text = boards(Edition::April2026, true, "board", "called");
    let (joined, _) = read(&text).expect("it opens");
    assert_eq!(joined.edition(), Some(Edition::April2026), "by its codes");
    assert!(joined.bodies.iter().all(Option::is_some));
}

#[test]
fn areas_are_joined_by_code_and_edition_before_name() {
    // Names alone: those of April 2026 are of no other edition.
    let text = boards(Edition::April2026, true, "ignored", "called");
    let (joined, _) =
        read(&text.replace("\"ignored\":\"E5400", "\"ignored\":\"x")).expect("it opens");
    assert_eq!(joined.edition(), Some(Edition::April2026));
    assert!(joined.bodies.iter().all(Option::is_some));
    assert_eq!(joined.remarks()[0].code, "joined-by-name");

    // The names of 2022 and 2023 are the same: the bodies are known, the date is not.
    let text = boards(Edition::July2022, true, "ignored", "called");
    let (joined, _) =
        read(&text.replace("\"ignored\":\"E5400", "\"ignored\":\"x")).expect("it opens");
    assert_eq!(joined.edition(), None);
    assert!(joined.bodies.iter().all(Option::is_some));

    // Headers of one edition, codes of another.
    let text = boards(Edition::April2023, true, "ICB26CD", "ICB26NM");
    let (joined, _) = read(&text).expect("it opens");
    assert_eq!(joined.edition(), Some(Edition::April2023));
    assert_eq!(joined.remarks()[0].code, "edition-contradicted");

    // One old code in a new file is not joined by its name, which a new board took over.
    let text = boards(Edition::April2026, true, "ICB26CD", "ICB26NM");
    let new = bundled::layer(BodyKind::Icb, Edition::April2026).expect("a bundled layer");
    let name = "NHS Hampshire and Isle of Wight Integrated Care Board";
    let area = new.areas.iter().find(|area| area.name == name).expect("it kept its name");
    let (joined, _) = read(&text.replace(&area.code, "E54000042")).expect("it opens");
    let told: Vec<_> = joined.remarks().iter().map(|remark| remark.code).collect();
    assert_eq!(told, ["body-unknown"]);
    assert!(joined.remarks()[0].message.contains("April 2023"), "{}", joined.remarks()[0]);

    // A mistyped code that no body ever had.
    let (joined, _) = read(&text.replace(&area.code, "E54999999")).expect("it opens");
    assert_eq!(joined.remarks()[0].code, "joined-by-name");
    assert!(joined.bodies.iter().all(Option::is_some));
}

#[test]
fn next_years_areas_are_described_by_those_of_today() {
    let text = boards(Edition::April2023, true, "ICB27CD", "ICB27NM");
    let text = text.replace("E54000026", "E54000999");
    let text = text.replace("NHS Mid and South Essex Integrated", "NHS Greater Essex Integrated");
    let source = Source::new("test", text.as_bytes());
    let opened = open(source, &Choices::default(), &ATLAS, &Progress::default());
    let opened = opened.expect("it opens");
    let told: Vec<_> = opened.diagnostics.iter().filter(|d| d.code == "body-unknown").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].message.contains("E54000999"));
    // Essex of 2026 was drawn from it, and from parts of two others.
    assert!(told[0].hint.contains(" % of Essex (April 2026)"), "{}", told[0].hint);
    let joined = opened.joined;
    let area = joined.names.iter().position(|name| name == "Greater Essex").expect("an area");
    let profile = Profile::of(&ATLAS.register, &joined, area);
    let essex = &profile.made_up_of[0];
    assert_eq!((essex.name.as_str(), essex.share_of_area > 0.995), ("Essex", true));
    assert!((0.4..0.7).contains(&essex.share_of_body), "{}", essex.share_of_body);
    assert!(profile.in_words().contains("Made up of: Essex (54 % of it, 100 % of this area"));
}

const SQUARE: &str = "[[-1.0,52.0],[-0.9,52.0],[-0.9,52.1],[-1.0,52.1],[-1.0,52.0]]";

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn feature(geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{\"name\":\"Here\"}},\"geometry\":{geometry}}}")
}

fn polygon(rings: &str) -> String {
    format!("{{\"type\":\"Polygon\",\"coordinates\":[{rings}]}}")
}

#[test]
fn odd_features_are_told_and_the_others_open() {
    let good = feature(&polygon(SQUARE));
    for (odd, code) in [
        (feature("null"), "geometry-missing"),
        (feature("{\"type\":\"Point\",\"coordinates\":[-1.0,52.0]}"), "geometry-kind"),
        (feature(&polygon("[[-1.0],[-0.9,52.0],[-0.9,52.1]]")), "position-short"),
        (feature(&polygon("[[-1.0,52.0],[-0.9,52.0],[-1.0,52.0]]")), "geometry-empty"),
        (feature("{\"type\":\"Polygon\",\"coordinates\":\"none\"}"), "feature-unreadable"),
        (feature(&polygon("")), "geometry-empty"),
    ] {
        let (joined, told) = read(&collection(&[odd.clone(), good.clone()])).expect("it opens");
        assert_eq!(joined.layer.areas.len(), 1, "{odd}");
        assert!(told.contains(&code), "{told:?} for {odd}");
    }
}

#[test]
fn an_unclosed_ring_and_a_bare_geometry_open() {
    let unclosed = polygon("[[-1.0,52.0],[-0.9,52.0],[-0.9,52.1],[-1.0,52.1]]");
    let (joined, _) = read(&unclosed).expect("it opens");
    assert_eq!(joined.layer.areas.len(), 1);
    assert_eq!(joined.names, ["Area 1"]);
}

#[test]
fn swapped_axes_are_turned_round_and_told() {
    let swapped = "[[52.0,-1.0],[52.0,-0.9],[52.1,-0.9],[52.1,-1.0],[52.0,-1.0]]";
    let (joined, told) = read(&feature(&polygon(swapped))).expect("it opens");
    let (straight, _) = read(&feature(&polygon(SQUARE))).expect("it opens");
    assert!(told.contains(&"crs-swapped"));
    let off = joined.layer.areas[0].area_m2 - straight.layer.areas[0].area_m2;
    assert!(off.abs() < 1.0, "{off} m²");
}

#[test]
fn a_hole_is_outside_and_winding_does_not_matter() {
    let hole = "[[-0.97,52.03],[-0.93,52.03],[-0.93,52.07],[-0.97,52.07],[-0.97,52.03]]";
    let (joined, _) = read(&feature(&polygon(&format!("{SQUARE},{hole}")))).expect("it opens");
    let projector = Projector::new().expect("a projector");
    let at = |lon, lat| {
        let p = projector.to_grid(ics_atlas::geo::space::LonLat { lon, lat }).expect("a place");
        joined.layer.area_at(p)
    };
    assert_eq!(at(-0.99, 52.05), Some(0));
    assert_eq!(at(-0.95, 52.05), None);
}

#[test]
fn what_has_no_meaning_is_refused() {
    let far = polygon("[[200.0,52.0],[210.0,52.0],[210.0,80.0],[200.0,52.0]]");
    for (text, code) in [
        (String::new(), "empty-file"),
        ("{\"type\":\"FeatureCollection\",\"features\":[]}".to_owned(), "no-areas"),
        ("{\"type\":\"FeatureCollection\",\"features\":[".to_owned(), "json-syntax"),
        (feature(&far), "crs-outside"),
        ("<html><body>Sign in</body></html>".to_owned(), "other-format"),
        ("{\"type\":\"Topology\",\"arcs\":[],\"objects\":{}}".to_owned(), "no-areas"),
    ] {
        assert_eq!(read(&text).map(|_| ()), Err(code.to_owned()), "{text}");
    }
}

#[test]
fn a_broken_text_is_told_with_line_and_column() {
    let text = "{\"type\":\"FeatureCollection\",\n\"features\":[{]}";
    let Err(ReadError::Refused(refusal)) =
        read_layer(Source::new("t", text.as_bytes()), &Choices::default(), &Progress::default())
    else {
        panic!("it opened");
    };
    assert_eq!(refusal.reason.severity, Severity::Error);
    assert_eq!(refusal.reason.place.to_string(), "line 2, column 14");
}

#[test]
fn a_quantised_topology_opens_and_a_wrong_arc_is_told() {
    let topology = |arc: i32| {
        format!(
            "{{\"type\":\"Topology\",\"transform\":{{\"scale\":[0.01,0.01],\"translate\":[-1,52]}},\
             \"arcs\":[[[0,0],[10,0],[0,10],[-10,0],[0,-10]]],\"objects\":{{\"a\":{{\"type\":\
             \"GeometryCollection\",\"geometries\":[{{\"type\":\"Polygon\",\"arcs\":[[{arc}]],\
             \"properties\":{{\"code\":\"E54000030\"}}}}]}}}}}}"
        )
    };
    for arc in [0, -1] {
        let (joined, _) = read(&topology(arc)).expect("it opens");
        assert!((joined.layer.areas[0].area_m2 / 1e6 - 76.3).abs() < 0.5, "about 7 by 11 km");
    }
    assert_eq!(read(&topology(7)).map(|_| ()), Err("no-areas".to_owned()));
}

#[test]
fn a_cancelled_read_gives_nothing() {
    let progress = Progress::default();
    progress.cancel();
    let result = read_layer(
        Source::new("t", feature(&polygon(SQUARE)).as_bytes()),
        &Choices::default(),
        &progress,
    );
    assert!(matches!(result, Err(ReadError::Cancelled)));
}
