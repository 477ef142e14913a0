//! The find box, the side panel, windows over the map, and the keyboard.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::state::Overlay;
use ics_atlas::model::{Edition, LayerId};

use super::harness::Window;
use super::picture;

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
