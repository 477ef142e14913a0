//! Scenes as text: what is drawn, in which order, with how much detail.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

use std::path::Path;
use std::sync::Arc;

use ics_atlas::geo::space::PageSize;
use ics_atlas::model::find::find_area;
use ics_atlas::model::{Atlas, Edition, JoinedLayer};
use ics_atlas::render::svg::svg;
use ics_atlas::scene::{self, Item, Scene, View, print};
use ics_atlas::style::theme::Theme;

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
    let atlas = Atlas::embedded().expect("the embedded tables are sound");
    let layer = atlas.edition(edition).expect("a bundled edition");
    let find = |name: &&str| find_area(&atlas.register, &layer, name).expect("an area");
    let selection = selected.iter().map(find).collect();
    let size = PageSize::new(1920.0, 1080.0);
    let backdrop = atlas.backdrop().ok();
    let view = View::picture(size, layer.clone(), backdrop, atlas.register.clone(), selection);
    (scene::build(&view), layer)
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
        let texts: Vec<&str> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) => Some(text.text.as_str()),
                _ => None,
            })
            .collect();
        let credit = texts.iter().any(|text| text.contains("Open Government Licence v3.0"));
        assert!(credit, "{edition}: {texts:?}");
        assert!(texts.iter().any(|text| text.contains(edition.year())), "{edition}: {texts:?}");
    }
}

#[test]
fn names_lie_on_the_page_and_not_on_each_other() {
    for edition in Edition::MAPS {
        let (scene, layer) = scene_of(edition, &[]);
        let mut boxes: Vec<(f32, f32, f32, f32, &str)> = Vec::new();
        for item in &scene.items {
            let Item::Text(text) = item else { continue };
            let half = ics_atlas::style::font::width(&text.text, text.size, text.weight) / 2.0;
            if text.align == scene::Align::Middle {
                boxes.push((
                    text.at.x - half,
                    text.at.y - 0.8 * text.size,
                    text.at.x + half,
                    text.at.y,
                    &text.text,
                ));
            }
        }
        assert!(boxes.len() > 8, "{edition}: only {} names", boxes.len());
        for (i, a) in boxes.iter().enumerate() {
            let on_page =
                a.0 > 0.0 && a.1 > 0.0 && a.2 < scene.size.width && a.3 < scene.size.height;
            assert!(on_page, "{edition}: {} is cut off", a.4);
            for b in &boxes[i + 1..] {
                let apart = a.2 < b.0 || b.2 < a.0 || a.3 < b.1 || b.3 < a.1;
                assert!(apart, "{edition}: {} lies on {}", a.4, b.4);
            }
        }
        drop(layer);
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
