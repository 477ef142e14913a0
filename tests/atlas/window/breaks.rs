//! Breaks between classes, dragged, stepped and typed in the histogram.

use std::fmt::Write as _;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ics_atlas::figures::classes::Method;

use super::harness::Window;
use super::picture;

/// Shares of ten boards, with a row for England.
const SHARES: [(&str, f64); 10] = [
    ("QKK", 10.0),
    ("QHM", 20.5),
    ("QJK", 25.0),
    ("QKS", 30.0),
    ("QNC", 40.0),
    ("QOX", 45.5),
    ("QRL", 60.0),
    ("QVV", 70.0),
    ("QSL", 90.0),
    ("QUY", 110.0),
];

/// A window with these shares on the map.
fn shares(folder: &tempfile::TempDir) -> Window {
    let path = folder.path().join("waiting.csv");
    let mut text = "ICB,Waiting over 18 weeks\nEngland,48.5%\n".to_owned();
    for (code, value) in SHARES {
        writeln!(text, "{code},{value}%").expect("memory has room");
    }
    std::fs::write(&path, text).expect("a file");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the figures", |shell| shell.state().figures.on_map().is_some());
    window.harness.run_steps(3);
    window
}

impl Window {
    fn breaks(&self) -> Vec<f64> {
        self.state().figures.classes().expect("classes").breaks.clone()
    }

    fn is_own(&self) -> bool {
        matches!(self.state().figures.method(), Method::Breaks(_))
    }

    fn rect_of(&self, label: &str) -> Rect {
        self.harness.get_by_label(label).rect()
    }

    fn histogram(&self) -> Rect {
        self.harness.get_by_label_contains("Histogram of").rect()
    }

    /// Where a value is in the histogram, on the line where no grips are.
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    fn value_at(&self, value: f64) -> Pos2 {
        let rect = self.histogram();
        let share = ((value - 10.0) / 100.0) as f32;
        let x = rect.left() + 6.0 + share * (rect.width() - 12.0);
        Pos2::new(x, rect.top() + 25.0)
    }
}

#[test]
fn a_dragged_break_recolours_the_map_at_once_and_is_one_step_to_take_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = shares(&folder);
    let made = window.breaks();
    assert_eq!(made.len(), 4);
    assert!(!window.is_own());
    window.harness.get_by_label_contains("from 10% to 110%, England 48.5%");
    picture(&mut window, "histogram");
    let fills = window.state().figures.on_map().expect("figures").view.fills.clone();
    let before = window.rect_of("Break 2 of 4");
    let from = before.center();
    // Held but not let go, at a value with more digits than anybody would choose.
    let to = window.value_at(27.567).x - window.value_at(made[1]).x;
    window.harness.hover_at(from);
    window.harness.run_steps(2);
    window.harness.drag_at(from);
    window.harness.run_steps(2);
    for step in 1..=3u8 {
        window.harness.hover_at(from + vec2(to * f32::from(step) / 3.0, 0.0));
        window.harness.run_steps(2);
    }
    let held = window.breaks();
    assert!((held[1] - 27.567).abs() < 0.6 && held[1].fract() == 0.0, "{held:?}");
    assert_eq!((held[0], held[2], held[3]), (made[0], made[2], made[3]));
    let now = &window.state().figures.on_map().expect("figures").view.fills;
    assert_ne!(*now, fills, "the map has other colours while the break is held");
    // Past its neighbour it stays below it.
    window.harness.hover_at(from + vec2(150.0, 0.0));
    window.harness.run_steps(2);
    assert_eq!(window.breaks()[1..2], [(made[2] - 0.1).floor()]);
    window.harness.drop_at(from + vec2(150.0, 0.0));
    window.harness.run_steps(3);
    assert!(window.is_own());
    assert!(window.state().figures.drag.is_none());
    let dragged = window.harness.get_by_label("Break 2 of 4");
    assert!(dragged.accesskit_node().is_focused(), "the keys go on from where the mouse let go");
    assert_eq!(dragged.rect().y_range(), before.y_range(), "nothing moved under the pointer");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_steps(3);
    assert_eq!(window.breaks(), made, "one step for all of the drag");
    assert!(!window.is_own());
}

#[test]
fn a_break_is_moved_with_keys_and_read_out_as_a_slider() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = shares(&folder);
    let made = window.breaks();
    let handle = window.harness.get_by_label("Break 1 of 4");
    let node = handle.accesskit_node();
    assert_eq!((node.role(), node.numeric_value()), (Role::Slider, Some(made[0])));
    handle.focus();
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(2);
    let first = window.breaks()[0];
    assert!(first > made[0] && first <= made[0] + 1.5, "{first} after {made:?}");
    window.harness.key_press(Key::ArrowLeft);
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    window.harness.run_steps(2);
    assert_eq!(window.breaks()[..1], [(first - 11.0).max(11.0)]);
    let value = window.harness.get_by_label("Break 1 of 4").accesskit_node().numeric_value();
    assert_eq!(value, Some(window.breaks()[0]));
    assert!(window.state().selection.is_empty(), "the arrows are not those of the map");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_steps(3);
    assert_eq!(window.breaks(), made, "all that the keys did is one step");
}

#[test]
fn breaks_are_added_by_a_double_click_and_removed_by_a_drag_or_a_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = shares(&folder);
    let made = window.breaks();
    let at = window.value_at(100.0);
    window.click_at(at);
    window.click_at(at);
    window.harness.run_steps(2);
    let more = window.breaks();
    assert_eq!(more.len(), 5, "{more:?}");
    assert!((more[4] - 100.0).abs() <= 1.0, "{more:?}");
    // Held away from the histogram it is gone from the map, and back when it is held in it again.
    let from = window.rect_of("Break 5 of 5").center();
    window.harness.hover_at(from);
    window.harness.run_steps(2);
    window.harness.drag_at(from);
    window.harness.run_steps(2);
    window.harness.hover_at(from + vec2(0.0, 120.0));
    window.harness.run_steps(2);
    assert_eq!(window.breaks(), made);
    window.harness.hover_at(from);
    window.harness.run_steps(2);
    assert_eq!(window.breaks(), more);
    window.harness.hover_at(from + vec2(0.0, 120.0));
    window.harness.run_steps(1);
    window.harness.drop_at(from + vec2(0.0, 120.0));
    window.harness.run_steps(3);
    assert_eq!(window.breaks(), made);
    for left in [3, 2, 1, 1] {
        window.harness.get_all_by_label_contains("Break 1 of ").next().expect("a break").focus();
        window.harness.run_steps(2);
        window.harness.key_press(Key::Delete);
        window.harness.run_steps(2);
        assert_eq!(window.breaks().len(), left, "two classes are the least");
    }
}

#[test]
fn own_breaks_are_typed_and_what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = shares(&folder);
    let field = "Breaks between classes";
    assert!(window.harness.query_by_role_and_label(Role::TextInput, field).is_none());
    window.harness.get_by_label("Break 1 of 4").focus();
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(3);
    let type_in = |window: &mut Window, text: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, field).focus();
        window.harness.run_steps(2);
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.harness.event(Event::Text(text.to_owned()));
        window.harness.run_steps(2);
        window.harness.key_press(Key::Enter);
        window.harness.run_steps(3);
    };
    type_in(&mut window, "20, 50, 80");
    assert_eq!(window.breaks(), [20.0, 50.0, 80.0]);
    for (text, why) in [
        ("50, 20", "20 comes after 50; the smallest break comes first."),
        ("20, 20", "20 is there twice; each break is there once."),
        ("a lot", "\"a\" is not a number; type breaks such as 10, 20, 30."),
        ("200, 300", "All values would be in one class; they go from 10 to 110."),
    ] {
        type_in(&mut window, text);
        window.harness.get_by_label(why);
        assert_eq!(window.breaks(), [20.0, 50.0, 80.0], "the last good ones stay");
    }
    picture(&mut window, "own-breaks-refused");
    type_in(&mut window, "5, 40, 200");
    window.harness.get_by_label("5 and 200 lie beyond the values, which go from 10 to 110.");
    assert_eq!(window.breaks(), [40.0], "nothing is coloured by a break beyond the values");
    assert_eq!(window.state().figures.breaks(), [5.0, 40.0, 200.0]);
    // Another way of making classes makes its own breaks.
    window.harness.get_by_role_and_label(Role::ComboBox, "Classes").click();
    window.harness.run_steps(3);
    window.harness.get_by_label("Natural breaks").click();
    window.harness.run_steps(3);
    assert!(!window.is_own());
    assert_eq!(window.breaks().len(), 4);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, field).is_none());
}
