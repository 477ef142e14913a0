//! Scenes as text: what is drawn, in which order, with how much detail.

use std::path::Path;
use std::sync::Arc;

use ics_atlas::model::{Edition, JoinedLayer};
use ics_atlas::recipe::{MapChoice, Recipe};
use ics_atlas::render::svg::svg;
use ics_atlas::scene::{Scene, picture, print};
use ics_atlas::style::theme::Theme;

use super::shared::ATLAS;

/// Compares with a kept text; `UPDATE_SNAPSHOTS=1` keeps the new one.
fn snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, text).expect("the snapshot can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("a kept snapshot");
    for (number, (new, old)) in (1..).zip(text.lines().zip(kept.lines())) {
        assert_eq!(new, old, "{name}, line {number}");
    }
    assert_eq!(text.lines().count(), kept.lines().count(), "{name}");
}

fn scene_of(edition: Edition, selected: &[&str]) -> (Scene, Arc<JoinedLayer>) {
    let map = MapChoice {
        edition: Some(edition.id().to_owned()),
        select: selected.iter().map(|name| (*name).to_owned()).collect(),
        ..MapChoice::default()
    };
    let recipe = Recipe { map, ..Recipe::default() };
    let cooked = recipe.cook(&*ATLAS).expect("a bundled edition and its areas");
    (picture::build(&cooked.picture).scene, cooked.layer)
}

#[test]
fn the_boards_of_2022_with_a_selection() {
    let (scene, _) = scene_of(Edition::July2022, &["South East London"]);
    snapshot("boards-2022.txt", &print(&scene));
}

#[test]
fn the_groups_of_2013() {
    let (scene, _) = scene_of(Edition::April2013, &[]);
    snapshot("groups-2013.txt", &print(&scene));
}

#[test]
fn every_picture_names_its_source() {
    for edition in Edition::MAPS {
        let (scene, _) = scene_of(edition, &[]);
        let texts: Vec<String> = scene.texts().map(|text| text.lines.join(" ")).collect();
        let credit = texts.iter().any(|text| text.contains("Open Government Licence v3.0"));
        assert!(credit, "{edition}: {texts:?}");
        assert!(texts.iter().any(|text| text.contains(edition.year())), "{edition}: {texts:?}");
    }
}

#[test]
fn svg_is_the_same_for_the_same_scene_and_has_every_board() {
    let (scene, layer) = scene_of(Edition::July2022, &[]);
    let text = svg(&scene, &Theme::LIGHT);
    assert_eq!(text, svg(&scene_of(Edition::July2022, &[]).0, &Theme::LIGHT));
    for area in &layer.layer.areas {
        assert!(text.contains(&format!("<path id=\"{}\"", area.code)), "{}", area.name);
    }
}
