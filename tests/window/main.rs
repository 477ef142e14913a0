//! The window: clicked, typed into and photographed without a display.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

mod harness;
mod renderer;

use std::path::PathBuf;

use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::Queryable as _;
use harness::Window;
use ics_atlas::app::picker::Picked;
use ics_atlas::app::state::Overlay;
use ics_atlas::model::{Edition, LayerId};

/// A place in South East London (Lewisham), in grid metres.
const LEWISHAM: (f64, f64) = (538_000.0, 175_000.0);

fn picture(window: &mut Window, name: &str) {
    window.harness.remove_cursor();
    window.settle();
    let options = SnapshotOptions::new().threshold(0.0).output_path("tests/snapshots");
    window.harness.snapshot_options(name, &options);
}

/// A file with one square called Somewhere, in the Midlands.
fn square_file(folder: &tempfile::TempDir, text_after: &str) -> PathBuf {
    let path = folder.path().join("square.geojson");
    let text = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":\
        {\"name\":\"Somewhere\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-1.5,52.0],\
        [-1.0,52.0],[-1.0,52.5],[-1.5,52.5],[-1.5,52.0]]]}}]}";
    std::fs::write(&path, format!("{text}{text_after}")).expect("a file");
    path
}

#[test]
fn a_fault_in_a_job_is_told_and_work_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = square_file(&folder, "");
    let mut window =
        Window::answering(vec![Picked::File(good), Picked::File(harness::FAULT.into())]);
    window.click("Open file…");
    window.until("the fault to be told", |shell| !shell.state().notices.is_empty());
    window.harness.step();
    window.harness.get_by_label_contains("Something went wrong in the program");
    window.click("Open file…");
    window.until("the file", |shell| shell.state().layer_id == LayerId::Opened(0));
}

#[test]
fn how_a_file_was_read_is_told_and_its_columns_can_be_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("two names.geojson");
    let text = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":\
        {\"name\":\"Somewhere\",\"alias\":\"Elsewhere\"},\"geometry\":{\"type\":\"Polygon\",\
        \"coordinates\":[[[-1.5,52.0],[-1.0,52.0],[-1.0,52.5],[-1.5,52.5]]]}}]}";
    std::fs::write(&path, text).expect("a file");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the file", |shell| shell.state().layer_id == LayerId::Opened(0));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.harness.run_steps(4);
    window.harness.get_by_label_contains("A ring does not end where it begins.");
    window.harness.get_by_label("Names from").click();
    window.harness.run_steps(4);
    window.click("alias");
    window.until("the other name", |shell| shell.state().layer.names[0] == "Elsewhere");
    // The message leads to its place.
    window.harness.run_steps(4);
    window.harness.get_all_by_label("show").next().expect("a link").click();
    window.harness.run_steps(4);
    let mark = window.state().mark.expect("a frame on the map");
    assert_eq!(mark, window.state().layer.layer.areas[0].bounds);
}

#[test]
fn a_file_with_several_objects_asks_which() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("two.topojson");
    let object = |name: &str| {
        format!(
            "{{\"type\":\"GeometryCollection\",\"geometries\":[{{\"type\":\"Polygon\",\
             \"arcs\":[[0]],\"properties\":{{\"name\":\"{name}\"}}}}]}}"
        )
    };
    let text = format!(
        "{{\"type\":\"Topology\",\"arcs\":[[[-1.5,52.0],[-1.0,52.0],[-1.0,52.5],[-1.5,52.0]]],\
         \"objects\":{{\"east\":{},\"west\":{}}}}}",
        object("In the east"),
        object("In the west")
    );
    std::fs::write(&path, text).expect("a file");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the question", |shell| shell.state().overlay == Some(Overlay::Parts));
    window.harness.run_steps(3);
    window.click("west (1 area)");
    window.until("the file", |shell| shell.state().layer_id == LayerId::Opened(0));
    assert_eq!(window.state().layer.names, ["In the west"]);
}

#[test]
fn the_first_start_shows_england() {
    let mut window = Window::open();
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    assert!(window.selected().is_empty());
    window.harness.get_by_label_contains("36 boards since 1 April 2026");
    window.harness.get_by_label_contains("Click a system to see who is responsible");
    picture(&mut window, "first-start");
}

#[test]
fn a_click_selects_and_the_panel_says_who_is_responsible() {
    let mut window = Window::open();
    let at = window.place(LEWISHAM.0, LEWISHAM.1);
    window.click_at(at);
    assert_eq!(window.selected(), ["South East London"]);
    for text in [
        "NHS South East London Integrated Care Board",
        "South East London Integrated Care Partnership",
        "E54000030",
        "1,795,871 (mid-2022)",
        "NHS South East London CCG",
        "NHS Bexley CCG",
        "Our Healthier South East London",
    ] {
        window.harness.get_by_label(text);
    }
    window.harness.get_by_label_contains("South East London selected");
    picture(&mut window, "south-east-london");
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    assert!(window.selected().is_empty(), "Esc clears");
}

#[test]
fn a_double_click_zooms_and_home_shows_all() {
    let mut window = Window::open();
    let whole = window.state().camera.metres_per_pixel;
    let at = window.place(LEWISHAM.0, LEWISHAM.1);
    window.click_at(at);
    window.click_at(at);
    assert!(window.state().camera.metres_per_pixel < whole / 5.0);
    assert_eq!(window.selected(), ["South East London"]);
    window.settle();
    window.harness.key_press(Key::Home);
    window.harness.run_steps(3);
    assert!((window.state().camera.metres_per_pixel - whole).abs() < 1e-9);
}

#[test]
fn the_wheel_holds_the_place_under_the_pointer() {
    let mut window = Window::open();
    let at = window.place(LEWISHAM.0, LEWISHAM.1);
    window.harness.hover_at(at);
    window.harness.run_steps(2);
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, 5.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    let before = window.state().camera.metres_per_pixel;
    window.harness.run_steps(30);
    assert!(window.state().camera.metres_per_pixel < before / 1.5);
    let still = window.place(LEWISHAM.0, LEWISHAM.1);
    assert!(still.distance(at) < 1.0, "{still:?} is not {at:?}");
}

#[test]
fn dragging_moves_the_map_with_the_pointer() {
    let mut window = Window::open();
    let from = window.place(LEWISHAM.0, LEWISHAM.1);
    let to = from - vec2(90.0, 60.0);
    window.harness.hover_at(from);
    window.harness.drag_at(from);
    window.harness.hover_at(from - vec2(40.0, 20.0));
    window.harness.hover_at(to);
    window.harness.run_steps(2);
    window.harness.drop_at(to);
    window.harness.run_steps(2);
    let moved = window.place(LEWISHAM.0, LEWISHAM.1);
    assert!(moved.distance(to) < 1.0, "{moved:?} is not {to:?}");
    assert!(window.selected().is_empty(), "a drag is no click");
}

#[test]
fn hovering_names_the_system() {
    let mut window = Window::open();
    let at = window.place(290_000.0, 90_000.0);
    window.harness.hover_at(at);
    window.harness.run_steps(3);
    assert!(
        window.harness.query_all_by_label("Devon").count() > 1,
        "in the list and beside the pointer"
    );
    window.harness.get_by_label_contains("South West > Devon");
}

#[test]
fn the_find_box_leaves_what_matches_and_enter_goes_there() {
    let mut window = Window::open();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.harness.run_steps(3);
    window.harness.event(Event::Text("heartlands".to_owned()));
    window.harness.run_steps(3);
    assert_eq!(window.state().find, "heartlands");
    window.harness.get_by_label("NHS Surrey Heartlands Integrated Care Board");
    window.harness.get_by_label("Sub-ICB locations");
    assert!(window.harness.query_by_label("Devon").is_none());
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    assert_eq!(window.selected(), ["Surrey Heartlands"]);
}

#[test]
fn the_selection_follows_into_another_edition() {
    let mut window = Window::open();
    window.find("Frimley");
    assert_eq!(window.selected(), ["Frimley"]);
    window.harness.key_press(Key::PageDown);
    window.harness.key_press(Key::PageDown);
    window.until("the edition of 2026", |shell| {
        shell.state().layer_id == LayerId::Bundled(Edition::April2026)
    });
    let mut selected = window.selected();
    selected.sort();
    assert_eq!(selected, ["Hampshire and Isle of Wight", "Surrey and Sussex", "Thames Valley"]);
    picture(&mut window, "boards-of-2026");
}

#[test]
fn a_predecessor_lights_up_and_a_click_goes_to_its_edition() {
    let mut window = Window::open();
    window.click("South East London");
    window.harness.get_by_label("NHS Bexley CCG").scroll_to_me();
    window.harness.run_steps(8);
    window.harness.get_by_label("NHS Bexley CCG").hover();
    window.harness.run_steps(3);
    let lit = window.state().lit.expect("a body is lit");
    assert_eq!(window.state().atlas.register.body(lit).name, "NHS Bexley CCG");
    window.until("the map of 2019", |shell| {
        shell.state().atlas.ready(LayerId::Bundled(Edition::April2019)).is_some()
    });
    assert_eq!(window.state().view().lit.len(), 1);
    window.click("NHS Bexley CCG");
    window.until("the edition of 2019", |shell| {
        shell.state().layer_id == LayerId::Bundled(Edition::April2019)
    });
    assert_eq!(window.selected(), ["Bexley"]);
}

#[test]
fn a_dropped_file_opens_beside_the_bundled_editions() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Window::open();
    window.drop_file(square_file(&folder, ""));
    window.until("the file", |shell| shell.state().layer_id == LayerId::Opened(0));
    window.settle();
    window.harness.get_by_label_contains("square.geojson was opened: 1 area.");
    window.click("Somewhere");
    assert!(window.harness.query_by_label_contains("was opened").is_none(), "it steps aside");
    window.click("1 notice");
    window.harness.get_by_label_contains("square.geojson was opened: 1 area.");
    let slider = window.harness.get_by_label_contains("Time: July 2022").rect();
    window.click_at(slider.min + vec2(18.0 + 7.0 * 400.0 / 9.0, 11.0));
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    window.harness.get_by_label_contains("Close square.geojson").click();
    window.harness.run_steps(3);
    assert_eq!(window.state().atlas.opened().count(), 0);
}

#[test]
fn the_file_dialog_opens_what_was_picked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Window::answering(vec![Picked::File(square_file(&folder, ""))]);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.until("the file", |shell| shell.state().layer_id == LayerId::Opened(0));
    assert!(window.state().asking.is_none());
}

#[test]
fn a_refused_file_leaves_the_map_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Window::open();
    window.click("Devon");
    let (camera, layer) = (window.state().camera, window.state().layer_id);
    window.drop_file(square_file(&folder, "and more"));
    window.until("the notice", |shell| !shell.state().notices.is_empty());
    window.harness.run_steps(2);
    assert_eq!((window.state().camera, window.state().layer_id), (camera, layer));
    assert_eq!(window.selected(), ["Devon"]);
    window.harness.get_by_label_contains("square.geojson was not opened. line 1, column");
    window.click("Dismiss");
    assert!(window.state().notices.is_empty());
}

#[test]
fn a_desktop_without_dialogs_is_told_the_way_round() {
    let mut window = Window::answering(vec![Picked::NoDialog]);
    window.click("Open file…");
    window.until("the notice", |shell| !shell.state().notices.is_empty());
    window.harness.run_steps(2);
    window.harness.get_by_label_contains("This desktop shows no file dialog: drop a file");
    assert!(window.state().asking.is_none());
}

#[test]
fn a_picture_is_made_saved_repeated_and_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("slide");
    let mut window = Window::answering(vec![Picked::File(target.clone())]);
    window.click("Devon");
    assert_eq!(window.selected(), ["Devon"]);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until("the preview", |shell| shell.state().making.preview.is_some());
    window.harness.run_steps(2);
    window.click("Save…");
    window.until("the picture", |shell| !shell.state().notices.is_empty());
    let saved = image::open(target.with_extension("png")).expect("a picture");
    assert_eq!((saved.width(), saved.height()), (1920, 1080));
    assert_eq!(window.state().overlay, None, "the dialog has done its work");

    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    let again = folder.path().join("Devon 2022-07.png");
    window.until("the same again", |_| again.exists());
    window.until("the notice", |shell| !shell.state().saving);
    let (first, second) = (std::fs::read(target.with_extension("png")), std::fs::read(&again));
    assert_eq!(first.expect("a file"), second.expect("a file"), "the very same picture");

    // A click on a line of text selects nothing of it: the picture is copied all the same.
    window.click("NHS Devon Integrated Care Board");
    window.harness.event(Event::Copy);
    window.until("the copy", |shell| {
        shell.state().notices.last().is_some_and(|notice| notice.title.contains("copied"))
    });
}

#[test]
fn figures_of_a_table_colour_the_map_and_follow_it_through_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("waiting.csv");
    let rows = "QKK,41.5%\nQHM,52.0%\nQJK,*\nQKS,39.5%\n";
    std::fs::write(&path, format!("ICB,Waiting over 18 weeks\n{rows}")).expect("a file");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the figures", |shell| shell.state().figures.on_map().is_some());
    window.harness.run_steps(2);
    let state = window.state();
    let view = state.figures.on_map().expect("figures").view.clone();
    let area = |name: &str| state.layer.names.iter().position(|n| n == name).expect("an area");
    let value = |name: &str| view.values[area(name)].clone();
    assert_eq!(value("South East London").as_deref(), Some("41.5%"));
    assert_eq!(value("Devon"), None, "it is held back");
    assert_eq!(value("Dorset"), None, "it has no row");
    let first = state.areas_by_figure().expect("a sorted list")[0];
    assert_eq!(state.layer.names[first], "North East and North Cumbria");
    window.harness.get_by_label_contains("1. North East and North Cumbria");
    let devon = state.figure_of(area("Devon")).expect("a figure");
    assert_eq!((devon.value.as_str(), devon.rank), ("not told in the table", None));
    assert_eq!(devon.england, "not recorded", "shares have no sum");

    // The boards of April 2023 have the same codes; of the groups of 2021 only those have a figure
    // whose area a board took over as it was.
    let mut go = |key: Key, edition: Edition| {
        window.harness.key_press(key);
        window.until("the map and its figures", |shell| {
            let state = shell.state();
            state.layer_id == LayerId::Bundled(edition) && state.figures.shown.is_some()
        });
        let figures = window.state().figures.on_map().expect("figures");
        figures.view.values.iter().flatten().count()
    };
    assert_eq!(go(Key::PageDown, Edition::April2023), 3);
    assert_eq!(go(Key::PageUp, Edition::July2022), 3);
    assert_eq!(go(Key::PageUp, Edition::April2021), 2, "South East London, Kent and Medway");
    assert_eq!(go(Key::PageUp, Edition::April2020), 2);
    window.harness.key_press(Key::PageUp);
    window.until("a map without such areas", |shell| {
        let state = shell.state();
        state.layer_id == LayerId::Bundled(Edition::April2019)
            && matches!(state.figures.shown, Some(Err(_)))
    });
    window.harness.run_steps(4);
    assert!(matches!(window.state().figures.shown, Some(Err(_))), "the reason stays");
    assert!(window.state().view().figures.is_none());
    window.harness.key_press(Key::PageDown);
    window.until("figures again", |shell| shell.state().figures.on_map().is_some());
    window.harness.run_steps(2);
    window.harness.get_all_by_label("Close").next().expect("a button").click();
    window.harness.run_steps(3);
    assert!(window.state().figures.choice.is_none());
    assert!(window.state().view().figures.is_none(), "the regions are back");
}

#[test]
fn a_table_without_figures_of_these_areas_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shops.csv");
    std::fs::write(&path, "Shop,Sales\nCorner,12\nMarket,30\n").expect("a file");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the notice", |shell| !shell.state().notices.is_empty());
    let notice = &window.state().notices[0];
    assert!(notice.title.starts_with("shops.csv was not opened."), "{}", notice.title);
    assert!(window.state().figures.choice.is_none());
}

#[test]
fn a_name_is_dragged_on_the_preview_and_put_back() {
    let mut window = Window::open();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until("the preview", |shell| shell.state().making.preview.is_some());
    window.harness.run_steps(2);
    let preview = window.state().making.preview.clone().expect("it is there").expect("a picture");
    let grip = preview.grips.iter().find(|grip| grip.code == "E54000037").expect("Devon");
    let page = window.harness.get_by_label("Preview of the picture").rect();
    let scale = page.width() / preview.size.width;
    let at = grip.rect.centre();
    let from = page.min + vec2(at.x, at.y) * scale;
    window.drag(from, from + vec2(-60.0, 40.0));
    window.until("it is there", |shell| !shell.state().settings.recipe.labels.moved.is_empty());
    let moved = window.state().settings.recipe.labels.moved["E54000037"];
    let before = grip.camera.grid_from_page(at);
    let metres = grip.camera.metres_per_pixel / f64::from(scale);
    assert!((moved[0] - (before.x - 60.0 * metres)).abs() < 2.0 * metres, "{moved:?}");
    assert!((moved[1] - (before.y - 40.0 * metres)).abs() < 2.0 * metres, "{moved:?}");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_steps(2);
    assert!(window.state().settings.recipe.labels.moved.is_empty(), "it is taken back");
}

#[test]
fn an_inset_is_drawn_on_the_preview() {
    let mut window = Window::open();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until("the preview", |shell| shell.state().making.preview.is_some());
    window.harness.run_steps(2);
    window.harness.get_by_label("Add an inset").click_accesskit();
    window.harness.run_steps(2);
    let middle = window.harness.get_by_label("Preview of the picture").rect().center();
    window.drag(middle, middle + vec2(50.0, 40.0));
    window.harness.run_steps(2);
    let insets = &window.state().settings.recipe.furniture.insets;
    assert_eq!(insets.len(), 1);
    let [west, south, east, north] = insets[0].extent;
    assert!(east - west > 10_000.0 && north - south > 10_000.0, "{insets:?}");
    assert!(!window.state().making.is_framing, "one box at a time");
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut window = Window::open();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.harness.run_steps(2);
    window.harness.event(Event::Text("qop".to_owned()));
    window.harness.run_steps(2);
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    assert_eq!(window.selected(), ["Greater Manchester"]);
    let before = window.state().camera.metres_per_pixel;
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    assert!(window.state().camera.metres_per_pixel < before, "Enter zooms to the selection");
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    assert!(window.selected().is_empty());
    window.harness.key_press(Key::F1);
    window.harness.run_steps(3);
    window.harness.get_by_label("Zoom to the selection");
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    assert!(window.state().overlay.is_none());
}

#[test]
fn a_term_explains_itself_and_leads_to_the_others() {
    let mut window = Window::open();
    window.click("South East London");
    window.click("Board (ICB): what is it?");
    assert_eq!(window.state().overlay, Some(Overlay::Explain("icb")));
    window.harness.get_by_label_contains("An integrated care board is a public body");
    window.harness.get_by_label("The history as a timeline").scroll_to_me();
    window.harness.run_steps(8);
    window.click("The history as a timeline");
    window.harness.get_by_label_contains("211 clinical commissioning groups (CCGs) took over");
    window.click("Close");
    assert!(window.state().overlay.is_none());
}

#[test]
fn esc_in_the_find_box_clears_the_text_and_not_the_selection() {
    let mut window = Window::open();
    window.click("South East London");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.harness.run_steps(3);
    window.harness.event(Event::Text("dev".to_owned()));
    window.harness.run_steps(3);
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    assert_eq!(window.state().find, "");
    assert_eq!(window.selected(), ["South East London"]);
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    assert!(window.selected().is_empty(), "the second one is for the map");
}

#[test]
fn keys_do_not_reach_the_map_under_an_open_window() {
    let mut window = Window::open();
    window.harness.key_press(Key::F1);
    window.harness.run_steps(3);
    window.harness.key_press(Key::PageDown);
    window.harness.run_steps(6);
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    assert_eq!(window.state().awaited, None);
}

#[test]
fn the_palette_finds_an_action_by_its_name() {
    let mut window = Window::open();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.harness.run_steps(3);
    window.harness.event(Event::Text("later".to_owned()));
    window.harness.run_steps(3);
    window.harness.key_press(Key::Enter);
    window.until("the edition of 2023", |shell| {
        shell.state().layer_id == LayerId::Bundled(Edition::April2023)
    });
    assert!(window.state().overlay.is_none());
}

#[test]
fn a_box_of_the_lineage_goes_to_its_body() {
    let mut window = Window::open();
    window.click("South East London");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.harness.run_steps(4);
    picture(&mut window, "lineage");
    window.click("NHS Lewisham CCG 08L");
    window.until("a map with the group", |shell| {
        shell.state().layer_id == LayerId::Bundled(Edition::April2019)
    });
    assert_eq!(window.selected(), ["Lewisham"]);
    assert!(window.state().overlay.is_none());
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    window.harness.run_steps(4);
    assert_eq!(window.selected(), ["South East London"], "back to where it began");
}

#[test]
fn a_screen_reader_finds_each_area_and_arrow_keys_step_between_them() {
    let mut window = Window::open();
    for area in 0..window.state().layer.layer.areas.len() {
        let name = window.state().layer.names[area].clone();
        let begin = format!("Area of {name}, ");
        assert_eq!(window.harness.query_all_by_label_contains(&begin).count(), 1, "{name}");
    }
    let at = window.place(290_000.0, 90_000.0);
    window.click_at(at);
    assert_eq!(window.selected(), ["Devon"]);
    window.harness.key_press(Key::ArrowLeft);
    window.harness.run_steps(3);
    assert_eq!(window.selected(), ["Cornwall and the Isles of Scilly"]);
    window.harness.get_by_label_contains("Cornwall and the Isles of Scilly selected");
}

/// The side panel never grows wider than it is, whatever it is about.
#[test]
fn the_side_panel_keeps_its_width() {
    let mut window = Window::open();
    let width = window.state().size.width;
    for text in ["QKK", "QMF", "QOX", "QUY", "QNQ", "E06000058", "D2P2L", "QT6", "Y63"] {
        window.find(text);
        window.harness.run_steps(3);
        assert!(window.state().subject.is_some(), "{text}");
        let now = window.state().size.width;
        assert!((now - width).abs() < 0.5, "{text}: the map was {width}, and is {now}");
    }
}

#[test]
fn an_idle_window_does_not_repaint() {
    let mut window = Window::open();
    for edition in Edition::MAPS {
        window.until("all editions", |shell| {
            shell.state().atlas.ready(LayerId::Bundled(edition)).is_some()
        });
    }
    window.settle();
    assert!(window.harness.run_ok().is_some(), "it settles");
    let output = window.harness.output();
    let delays = output.viewport_output.values().map(|viewport| viewport.repaint_delay);
    for delay in delays {
        assert!(delay > std::time::Duration::from_hours(1), "{delay:?}");
    }
}

#[test]
fn what_changed_is_listed_drawn_and_swiped() {
    let mut window = Window::open();
    window.click("What changed");
    window.until("the comparison", |shell| {
        shell.state().comparison.as_ref().is_some_and(|comparison| comparison.found.is_some())
    });
    window.settle();
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::April2023));
    window.harness.get_by_label("New code (2)");
    window.harness.get_by_label("Land that moved (1)");
    window.click("Surrey Heartlands to Sussex");
    let seen = window.state().camera.visible(window.state().size);
    assert!(seen.max().y < 160_000.0, "the map shows the land near Chichester: {seen:?}");
    picture(&mut window, "land-that-moved");
    window.harness.key_press(Key::Home);
    window.harness.run_steps(3);
    window.click("Side by side");
    window.settle();
    let map = window.harness.get_by_label_contains("Map: ").rect();
    let handle = map.center();
    window.harness.hover_at(handle);
    window.harness.drag_at(handle);
    window.harness.hover_at(handle + vec2(120.0, 0.0));
    window.harness.run_steps(2);
    window.harness.drop_at(handle + vec2(120.0, 0.0));
    window.harness.run_steps(3);
    let at = window.state().comparison.as_ref().and_then(|c| c.swipe).expect("side by side");
    assert!((at - (0.5 + 120.0 / map.width())).abs() < 0.02, "{at}");
    picture(&mut window, "side-by-side");
    // Closer, both maps need a finer level of detail; the window comes to rest with it.
    for _ in 0..4 {
        window.harness.key_press(Key::Plus);
        window.harness.run_steps(2);
    }
    window.settle();
    assert!(!ics_atlas::scene::build(&window.state().view()).is_provisional);
    window.click("Close");
    assert!(window.state().comparison.is_none());
}
