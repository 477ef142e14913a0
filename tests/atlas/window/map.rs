//! The map: clicked, dragged, zoomed and compared.

use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::state::{USUAL_SIZE, WINDOW};
use ics_atlas::model::{Edition, LayerId};

use super::harness::Window;
use super::{LEWISHAM, picture};

#[test]
fn the_first_start_shows_england() {
    let mut window = Window::open();
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    assert!(window.selected().is_empty());
    window.harness.get_by_label_contains("36 boards since 1 April 2026");
    window.harness.get_by_label_contains("Click a system to see who is responsible");
    picture(&mut window, "first-start");
}

/// The first picture of the land is drawn before there is a window, for this size.
#[test]
fn the_map_of_a_new_window_has_the_size_that_it_is_drawn_for() {
    let mut window = Window::open();
    window.harness.set_size(vec2(WINDOW.width, WINDOW.height));
    window.settle();
    assert_eq!(window.state().size, USUAL_SIZE);
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
