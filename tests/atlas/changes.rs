//! What changed between the bundled editions, and that drawing them otherwise changes nothing.

use std::convert::Infallible;

use super::shared::ATLAS;
use ics_atlas::geo::generalise::generalise;
use ics_atlas::geo::measure::polygons_area;
use ics_atlas::geo::overlay::Overlay;
use ics_atlas::geo::space::Rings;
use ics_atlas::geo::topology::Topology;
use ics_atlas::model::layer::Label;
use ics_atlas::model::{BodyKind, Changes, Edition, JoinedLayer, Layer};

fn edition(edition: Edition) -> std::sync::Arc<JoinedLayer> {
    ATLAS.edition(edition).expect("the boundaries are in order")
}

fn between(a: &JoinedLayer, b: &JoinedLayer) -> Changes {
    let Ok(changes) = Changes::between(a, b, || Ok::<(), Infallible>(()));
    changes
}

/// The same areas with other borders, and with codes and names changed by `relabel`.
fn redrawn(
    layer: &JoinedLayer,
    shapes: Vec<Vec<Rings>>,
    relabel: impl Fn(&str, &str) -> (String, String),
) -> JoinedLayer {
    let labels = layer.layer.areas.iter().map(|area| {
        let (code, name) = relabel(&area.code, &area.name);
        Label { number: area.number, code, name }
    });
    let shapes = labels.zip(shapes).collect();
    JoinedLayer::new(Layer::new(layer.layer.about.clone(), shapes), &ATLAS.register)
}

fn as_it_is(code: &str, name: &str) -> (String, String) {
    (code.to_owned(), name.to_owned())
}

fn polygons(topology: &Topology) -> Vec<Vec<Rings>> {
    (0..topology.shapes.len()).map(|area| topology.polygons(area)).collect()
}

#[test]
fn in_2023_two_boards_got_new_codes_and_four_small_areas_moved() {
    let (old, new) = (edition(Edition::July2022), edition(Edition::April2023));
    let changes = between(&old, &new);
    assert_eq!(changes.kept, 40);
    let recoded: Vec<_> =
        changes.recoded.iter().map(|pair| (&*pair.from.code, &*pair.to.code)).collect();
    assert_eq!(recoded, [("E54000052", "E54000063"), ("E54000053", "E54000064")]);
    assert!(changes.renamed.is_empty() && changes.merged.is_empty() && changes.split.is_empty());
    assert!(changes.new.is_empty() && changes.gone.is_empty());
    assert_eq!(changes.moved.len(), 1);
    let moved = &changes.moved[0];
    assert_eq!((&*moved.from.code, &*moved.to.code), ("E54000052", "E54000064"));
    assert!((moved.km2 - 67.1).abs() < 0.5, "{}", moved.km2);
    assert!((moved.share - 0.042).abs() < 0.001, "{}", moved.share);
    // The north of Chichester district, between Haslemere and Petworth.
    assert!((polygons_area(&moved.polygons) / 1e6 - moved.km2).abs() < 0.01);
    for p in moved.polygons.iter().flatten().flatten() {
        assert!((483_000.0..503_000.0).contains(&p.x), "{p:?}");
        assert!((118_000.0..137_000.0).contains(&p.y), "{p:?}");
    }
}

#[test]
fn in_2026_seven_boards_were_drawn_from_several() {
    for old in [Edition::April2023, Edition::July2022] {
        let changes = between(&edition(old), &edition(Edition::April2026));
        assert_eq!((changes.kept, changes.new.len(), changes.gone.len()), (29, 7, 13));
        assert!(changes.renamed.is_empty() && changes.recoded.is_empty());
        let merged: Vec<_> =
            changes.merged.iter().map(|merger| (&*merger.to.code, merger.from.len())).collect();
        let expected = [
            ("E54000065", 3),
            ("E54000066", 3),
            ("E54000067", 2),
            ("E54000068", 2),
            ("E54000069", 3),
            ("E54000070", 2),
            ("E54000071", 2),
        ];
        assert_eq!(merged, expected);
        let split: Vec<_> =
            changes.split.iter().map(|split| (&*split.from.code, split.to.len())).collect();
        assert_eq!(split, [("E54000023", 2), ("E54000025", 2), ("E54000034", 3)]);
        assert!(changes.moved.is_empty(), "what moved is in the mergers: {:?}", changes.moved);
        for split in &changes.split {
            let sum: f64 = split.to.iter().map(|part| part.share_of_old).sum();
            assert!((sum - 1.0).abs() < 0.001, "{}: {sum}", split.from.name);
        }
    }
}

#[test]
fn the_parts_of_an_unknown_area_are_found() {
    let (new, old) = (edition(Edition::April2026), edition(Edition::April2023));
    let topologies = (&new.layer.topology, &old.layer.topology);
    let Ok(overlay) = Overlay::new(topologies.0, topologies.1, || Ok::<(), Infallible>(()));
    let essex = new.layer.areas.iter().position(|area| area.code == "E54000066");
    let shares = overlay.shares_of(essex.expect("Essex"));
    let told: Vec<_> =
        shares.iter().map(|share| (&*old.names[share.b], (share.of_b * 100.0).round())).collect();
    let expected = [
        ("Mid and South Essex", 100.0),
        ("Hertfordshire and West Essex", 39.0),
        ("Suffolk and North East Essex", 16.0),
    ];
    assert_eq!(told, expected);
    assert!((shares.iter().map(|share| share.of_a).sum::<f64>() - 1.0).abs() < 0.001);
}

#[test]
fn every_edition_is_the_same_as_itself() {
    for each in Edition::MAPS {
        let layer = edition(each);
        let changes = between(&layer, &layer);
        assert!(changes.is_empty(), "{each}: {}", changes.in_words());
        assert_eq!(changes.kept, layer.layer.areas.len());
    }
}

#[test]
fn fewer_points_change_nothing() {
    let (fine, coarse) = (edition(Edition::July2022), edition(Edition::April2023));
    let mut sets = Vec::new();
    for tolerance in [200.0, 500.0, 1000.0] {
        let thinned = generalise(&polygons(&coarse.layer.topology), tolerance, 0.0).0;
        sets.push((format!("within {tolerance} m"), &coarse, polygons(&thinned)));
    }
    for (layer, scale) in [(&coarse, 256.0), (&fine, 1024.0)] {
        let level = layer.layer.levels.at(scale);
        let shapes = (0..layer.layer.areas.len()).map(|area| level.polygons(area)).collect();
        sets.push((format!("at {scale} m a pixel"), layer, shapes));
    }
    for (how, layer, shapes) in sets {
        let other = redrawn(layer, shapes, as_it_is);
        for changes in [between(layer, &other), between(&other, layer)] {
            assert_eq!(changes.kept, 42, "{how}");
            assert!(changes.is_empty(), "{how}: {}", changes.in_words());
        }
    }
}

#[test]
fn only_another_name_is_a_renaming_and_a_code_elsewhere_is_another_area() {
    let layer = edition(Edition::April2026);
    let shapes = || polygons(&layer.layer.topology);
    let trimmed = redrawn(&layer, shapes(), |code, name| {
        (code.to_owned(), name.replace("NHS ", "").to_uppercase().replace(" AND ", " & "))
    });
    assert!(between(&layer, &trimmed).is_empty());
    let renamed = redrawn(&layer, shapes(), |code, name| {
        (code.to_owned(), if code == "E54000037" { "Deepest Devon".into() } else { name.into() })
    });
    let changes = between(&layer, &renamed);
    assert_eq!((changes.kept, changes.renamed.len()), (36, 1));
    assert_eq!(changes.renamed[0].to.name, "Deepest Devon");
    // Devon and Cornwall swap their codes.
    let swapped = redrawn(&layer, shapes(), |code, name| {
        let code = match code {
            "E54000037" => "E54000036",
            "E54000036" => "E54000037",
            other => other,
        };
        (code.to_owned(), name.to_owned())
    });
    let changes = between(&layer, &swapped);
    assert_eq!((changes.kept, changes.recoded.len(), changes.renamed.len()), (34, 2, 0));
    assert!(changes.new.is_empty() && changes.gone.is_empty());
}

#[test]
fn areas_without_codes_are_told_by_name_and_place() {
    let layer = edition(Edition::April2026);
    let shapes = || polygons(&layer.layer.topology);
    let no_codes = redrawn(&layer, shapes(), |_, name| (String::new(), name.to_owned()));
    let changes = between(&layer, &no_codes);
    assert!(changes.is_empty() && changes.kept == 36, "{}", changes.in_words());
    let other_names =
        redrawn(&layer, shapes(), |_, name| (String::new(), name.chars().rev().collect()));
    let changes = between(&layer, &other_names);
    assert_eq!((changes.kept, changes.renamed.len(), changes.new.len()), (36, 36, 0));
}

/// Shapes and register know of the same mergers; where the shapes know more, borders moved.
#[test]
fn mergers_of_groups_agree_with_the_register() {
    for (from, to, split) in [
        (Edition::April2013, Edition::April2015, 0),
        (Edition::April2018, Edition::April2019, 0),
        // Morecambe Bay: its part of Cumbria, and Garstang, moved in 2017 and 2018.
        (Edition::April2019, Edition::April2020, 2),
        (Edition::April2020, Edition::April2021, 0),
    ] {
        let (old, new) = (edition(from), edition(to));
        let changes = between(&old, &new);
        assert_eq!(changes.split.len(), split, "{from} to {to}");
        let register = &ATLAS.register;
        for (area, body) in old.bodies.iter().enumerate() {
            let later = body.and_then(|body| register.became(body, BodyKind::Ccg, to.day()));
            let Some(expected) = later.and_then(|later| new.area_of(later)) else { continue };
            let merger = changes.merged.iter().find(|merger| merger.to.index == expected);
            let is_told = match merger {
                Some(merger) => merger.from.iter().any(|part| part.area.index == area),
                None => changes.gone.iter().all(|gone| gone.index != area),
            };
            assert!(is_told, "{from} to {to}: {}", old.names[area]);
        }
    }
}

#[test]
fn other_kinds_of_areas_are_compared_by_shape() {
    let (groups, boards) = (edition(Edition::April2021), edition(Edition::July2022));
    let changes = between(&groups, &boards);
    assert_eq!(changes.kept, 0);
    assert_eq!(changes.recoded.len() + changes.merged.len(), 42);
    let split: Vec<_> = changes.split.iter().map(|split| &*split.from.name).collect();
    assert_eq!(split, ["NHS Tameside and Glossop CCG"]);
    let moved: Vec<_> =
        changes.moved.iter().map(|land| (&*land.from.code, &*land.to.code)).collect();
    // North Northamptonshire, and West Birmingham.
    assert_eq!(moved, [("E38000026", "E54000059"), ("E38000250", "E54000055")]);
}

#[test]
fn the_table_has_a_row_for_each_change() {
    let changes = between(&edition(Edition::April2023), &edition(Edition::April2026));
    let csv = changes.in_csv();
    let head: Vec<&str> = csv.lines().take_while(|line| line.starts_with('#')).collect();
    assert_eq!(head[0], "# Changes from April 2023 to April 2026");
    assert!(head[1].contains("Office for National Statistics") && head[3].contains(" m counts"));
    let table = &csv[csv.find("\nkind,").expect("a header") + 1..];
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let count = |kind: &str| rows.iter().filter(|row| &row[0] == kind).count();
    assert_eq!((count("merged"), count("split"), count("new"), count("gone")), (17, 7, 7, 13));
    assert_eq!(rows.len(), 17 + 7 + 7 + 13);
    let frimley = rows
        .iter()
        .find(|row| &row[0] == "merged" && &row[3] == "E54000067" && &row[1] == "E54000034");
    let share: f64 = frimley.expect("Frimley")[6].parse().expect("a number");
    assert!((share - 0.2).abs() < 0.01);
    let markdown = changes.in_markdown();
    assert!(markdown.starts_with("# Changes from April 2023 to April 2026\n"));
    assert!(markdown.contains("\n## Drawn from several areas\n\n- NHS Central East"));
}
