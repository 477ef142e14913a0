//! Pictures that need no retouching: nothing overlaps, is cut off, lies on another area or is hard
//! to read, over every edition, every page and three scales of the map.

use std::sync::{Arc, LazyLock};

use ics_atlas::geo::space::{PagePoint, PageRect};
use ics_atlas::model::{Edition, JoinedLayer};
use ics_atlas::recipe::{Cooked, FigureChoice, LabelText, MapChoice, Page, Paper, Recipe, Show};
use ics_atlas::scene::lines::Lines;
use ics_atlas::scene::picture::{self, Built};
use ics_atlas::scene::{Item, Part, Text};
use ics_atlas::style::palette::Palette;
use ics_atlas::style::theme::{Background, Fill, Paint, Rgba, Style, Theme};
use rayon::prelude::*;

use super::shared::ATLAS;

struct Made {
    what: String,
    built: Built,
    theme: Theme,
    layer: Arc<JoinedLayer>,
}

fn make(what: String, recipe: &Recipe) -> Made {
    let Cooked { picture, theme, layer, .. } = recipe.cook(&*ATLAS).expect("what is in the atlas");
    Made { what, built: picture::build(&picture), theme, layer }
}

fn recipe(edition: Edition, paper: Paper, show: Show) -> Recipe {
    let map = MapChoice { edition: Some(edition.id().to_owned()), ..MapChoice::default() };
    Recipe { map, show, page: Page { paper, ..Page::default() }, ..Recipe::default() }
}

/// England, a region and a system: three scales of the map.
fn scales(edition: Edition) -> [Show; 3] {
    let layer = ATLAS.edition(edition).expect("a bundled edition");
    let area = layer.layer.areas.iter().max_by(|a, b| a.area_m2.total_cmp(&b.area_m2));
    let name = area.map(|area| area.code.clone()).unwrap_or_default();
    [
        Show::England,
        Show::Region { name: "North West".to_owned() },
        Show::System { name, with: Some(Lines::Councils) },
    ]
}

/// Every edition on every page at three scales.
static EVERYTHING: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let editions = Edition::MAPS.into_iter();
    let shown = editions.flat_map(|edition| scales(edition).map(|show| (edition, show)));
    let all: Vec<_> = shown.flat_map(|of| Paper::NAMED.map(|paper| (of.clone(), paper))).collect();
    let made = all.into_par_iter().map(|((edition, show), paper)| {
        let what = format!("{edition}, {show:?}, {}", paper.label());
        make(what, &recipe(edition, paper, show))
    });
    made.collect()
});

/// A little less than a block of text, so that what touches does not count as overlapping.
fn inner(text: &Text) -> PageRect {
    text.bounds().grown(-0.05 * text.size)
}

#[test]
fn no_text_lies_on_another_or_is_cut_off() {
    let mut count = 0;
    for made in &*EVERYTHING {
        let page = PageRect::of(made.built.scene.size);
        let texts: Vec<&Text> = made.built.scene.texts().collect();
        for (i, text) in texts.iter().enumerate() {
            assert!(page.holds(text.bounds()), "{}: {:?} is cut off", made.what, text.lines);
            for other in &texts[i + 1..] {
                let apart = !inner(text).overlaps(inner(other));
                assert!(apart, "{}: {:?} lies on {:?}", made.what, text.lines, other.lines);
            }
        }
        count += texts.len();
    }
    assert!(count > 5_000, "only {count} texts");
}

#[test]
fn no_name_lies_on_the_land_of_another_area() {
    for made in &*EVERYTHING {
        if made.what.contains("System") {
            continue; // names of councils are not of the map's own areas
        }
        let areas = &made.layer.layer.areas;
        for grip in &made.built.grips {
            let own = areas.iter().position(|area| area.code == grip.code);
            // The map is drawn with slivers of less than half a pixel left out.
            let layer = &made.layer.layer;
            let level = layer.levels.at(grip.camera.metres_per_pixel);
            let block = grip.rect.grown(-2.5);
            let leading = 0.05 * grip.rect.height;
            let block =
                PageRect { y: block.y + leading, height: block.height - 2.0 * leading, ..block };
            for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5)] {
                let p = PagePoint::new(block.x + x * block.width, block.y + y * block.height);
                let here = level.area_at(grip.camera.grid_from_page(p));
                let is_fine = here.is_none() || here == own;
                assert!(is_fine, "{}: {} lies on {here:?}", made.what, grip.code);
            }
        }
    }
}

#[test]
fn every_board_has_a_name_or_a_number_on_a_slide() {
    for edition in [Edition::July2022, Edition::April2023, Edition::April2026] {
        let made = make(edition.to_string(), &recipe(edition, Paper::Wide, Show::England));
        assert_eq!(made.built.nameless, [], "{edition}");
        let words: Vec<String> =
            made.built.scene.texts().map(|text| text.lines.join(" ")).collect();
        for name in &made.layer.names {
            // In its area, beside it, in the inset or in the key.
            assert!(words.contains(name), "{edition}: {name} is not in the picture");
        }
        assert!(made.built.grips.len() * 2 > made.layer.names.len(), "{edition}: mostly numbers");
    }
}

/// Every text over what can lie below it: its own halo over any ground that it may stand on.
#[test]
fn every_text_can_be_read_in_every_style() {
    for (style, background) in
        Style::ALL.into_iter().flat_map(|style| Background::ALL.map(|b| (style, b)))
    {
        let usual = recipe(Edition::April2023, Paper::Wide, Show::England);
        let page = Page { background, ..usual.page.clone() };
        let made = make(format!("{style:?} {background:?}"), &Recipe { style, page, ..usual });
        let color = |paint: Paint| made.theme.color(paint);
        let grounds = |text: &Text| -> Vec<Rgba> {
            match (text.paint, text.halo) {
                (Paint::InkOn(fill), _) => vec![color(Paint::Area(fill))],
                (_, Some(halo)) => {
                    let below = [Paint::Sea, Paint::Backdrop, Paint::BackdropCoast];
                    below.map(|paint| color(halo).over(color(paint))).to_vec()
                }
                (_, None) => [Paint::Sea, Paint::Backdrop].map(color).to_vec(),
            }
        };
        for text in made.built.scene.texts() {
            for ground in grounds(text) {
                let contrast = color(text.paint).contrast(ground);
                let what = &made.what;
                assert!(contrast >= 4.5, "{what}: {:?} {contrast} on {ground:?}", text.lines);
            }
        }
    }
}

#[test]
fn london_has_an_inset_where_it_has_several_areas() {
    for made in EVERYTHING.iter().filter(|made| made.what.contains("England,")) {
        let inset = made.built.scene.items.iter().find_map(|item| match item {
            Item::Group(group) if group.part == Part::Inset => Some(group),
            _ => None,
        });
        let inset = inset.unwrap_or_else(|| panic!("{}: no inset", made.what));
        let mut names = 0;
        for item in &inset.items {
            names += usize::from(matches!(item, Item::Text(_)));
        }
        assert!(names > 3, "{}: {names} texts in the inset", made.what);
    }
}

#[test]
fn blocks_leave_the_land_free_on_every_page() {
    for edition in [Edition::July2022, Edition::April2026] {
        for paper in Paper::NAMED {
            let made = make(paper.label().to_owned(), &recipe(edition, paper, Show::England));
            let (_, camera) = made.built.frames[0];
            for item in &made.built.scene.items {
                let Item::Group(group) = item else { continue };
                if matches!(group.part, Part::Labels | Part::Inset) {
                    continue;
                }
                for text in group.items.iter().filter_map(|item| match item {
                    Item::Text(text) => Some(text.bounds()),
                    _ => None,
                }) {
                    for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5)] {
                        let p = PagePoint::new(text.x + x * text.width, text.y + y * text.height);
                        let here = made.layer.layer.area_at(camera.grid_from_page(p));
                        assert_eq!(here, None, "{}: {:?}", made.what, group.part);
                    }
                }
            }
        }
    }
}

#[test]
fn a_moved_name_stays_where_it_was_put() {
    let mut recipe = recipe(Edition::July2022, Paper::Wide, Show::England);
    let devon = "E54000037";
    recipe.labels.moved.insert(devon.to_owned(), [200_000.0, 20_000.0]);
    for paper in [Paper::Wide, Paper::A4] {
        recipe.page.paper = paper;
        let made = make(paper.label().to_owned(), &recipe);
        let grip = made.built.grips.iter().find(|grip| grip.code == devon).expect("a name");
        let at = grip.camera.grid_from_page(grip.rect.centre());
        assert!((at.x - 200_000.0).abs() < 1000.0 && (at.y - 20_000.0).abs() < 1000.0, "{at:?}");
    }
}

#[test]
fn names_of_every_sort_find_room() {
    for text in [LabelText::Public, LabelText::Full, LabelText::Code] {
        let mut recipe = recipe(Edition::April2023, Paper::Wide, Show::England);
        recipe.labels.text = text;
        let made = make(format!("{text:?}"), &recipe);
        assert_eq!(made.built.nameless, [], "{text:?}");
    }
    let mut none = recipe(Edition::April2023, Paper::Wide, Show::England);
    none.labels.text = LabelText::None;
    assert!(make("none".to_owned(), &none).built.grips.is_empty());
}

/// Figures over every palette of one sort: a name on any class can be read.
#[test]
fn names_can_be_read_on_every_class_of_a_figure() {
    let layer = ATLAS.edition(Edition::April2023).expect("a bundled edition");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("uptake.csv");
    let rows = layer.layer.areas.iter().enumerate();
    let rows: Vec<String> = rows.map(|(i, area)| format!("{},{}", area.code, i * i)).collect();
    std::fs::write(&file, format!("ICB23CD,Uptake\n{}\n", rows.join("\n"))).expect("a file");
    for palette in Palette::ALL {
        let mut recipe = recipe(Edition::April2023, Paper::Wide, Show::England);
        recipe.figures = Some(FigureChoice {
            file: file.clone(),
            palette: Some(palette.name.to_owned()),
            classes: Some("quantile:7".to_owned()),
            ..FigureChoice::default()
        });
        let made = make(palette.name.to_owned(), &recipe);
        let mut on_classes = 0;
        for text in made.built.scene.texts() {
            if let Paint::InkOn(fill) = text.paint {
                let ground = made.theme.color(Paint::Area(fill));
                let contrast = made.theme.color(text.paint).contrast(ground);
                assert!(contrast >= 4.5, "{}: {:?} {contrast}", made.what, text.lines);
                on_classes += usize::from(matches!(fill, Fill::Class(_)));
            }
        }
        assert!(on_classes > 20, "{}: {on_classes}", made.what);
        let words: Vec<String> = made.built.scene.texts().flat_map(|t| t.lines.clone()).collect();
        assert!(words.iter().any(|line| line.contains("Figures: uptake.csv")), "{words:?}");
        assert!(words.iter().any(|line| line.ends_with("(6)")), "{words:?}");
    }
}
