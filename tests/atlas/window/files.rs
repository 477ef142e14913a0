//! Files that are opened, refused or asked about.

use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::picker::Picked;
use ics_atlas::app::state::Overlay;
use ics_atlas::model::{Edition, LayerId};

use super::harness;
use super::harness::Window;
use super::square_file;

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
