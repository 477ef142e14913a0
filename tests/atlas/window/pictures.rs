//! The export dialog.

use eframe::egui::{Event, Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::picker::Picked;

use super::harness::Window;

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

    // As a drawing it goes as text, through the palette of all actions.
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.harness.run_steps(3);
    window.harness.event(Event::Text("svg".to_owned()));
    window.harness.run_steps(3);
    window.harness.key_press(Key::Enter);
    window.until("the drawing", |shell| {
        shell.state().notices.last().is_some_and(|notice| notice.title.contains("as SVG"))
    });
    let commands = &window.harness.output().platform_output.commands;
    let svg = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    let svg = svg.expect("text on the clipboard");
    assert!(svg.starts_with("<svg") && svg.contains("<title>Devon"), "{}", &svg[..200]);
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
