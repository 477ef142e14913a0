//! Presenting and bookmarks in the window.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::state::Overlay;
use ics_atlas::model::{Edition, LayerId};

use super::harness::Window;
use super::{LEWISHAM, picture};

fn press(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.harness.run_steps(3);
}

#[test]
fn presenting_leaves_the_map_alone_with_a_card_and_esc_brings_all_back() {
    let mut window = Window::open();
    let before = window.state().size;
    press(&mut window, Key::F11);
    assert!((window.state().size.width, window.state().size.height) == (1280.0, 720.0));
    for gone in ["Open file…", "Play", "All", "Find anything: name, code, place"] {
        assert!(window.harness.query_by_label(gone).is_none(), "{gone}");
    }
    window.harness.get_by_label("Esc ends presenting");
    assert!(window.harness.query_by_label("Board").is_none(), "no card without a selection");
    let at = window.place(LEWISHAM.0, LEWISHAM.1);
    window.click_at(at);
    window.harness.run_steps(3);
    for text in [
        "NHS South East London Integrated Care Board",
        "South East London Integrated Care Partnership",
        "1,795,871 (mid-2022)",
        "6 councils",
        "Bexley, Bromley, Greenwich, Lambeth, Lewisham, Southwark",
    ] {
        window.harness.get_by_label(text);
    }
    // The line that tells how to leave has had its moment.
    window.harness.run_steps(240);
    assert!(window.harness.query_by_label("Esc ends presenting").is_none());
    picture(&mut window, "presenting");
    press(&mut window, Key::Escape);
    assert_eq!(window.state().size, before);
    assert_eq!(window.selected(), ["South East London"]);
    window.harness.get_by_label("Open file…");
}

#[test]
fn arrow_keys_step_through_areas_without_bookmarks_and_the_palette_works() {
    let mut window = Window::open();
    let at = window.place(290_000.0, 90_000.0);
    window.click_at(at);
    press(&mut window, Key::F11);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(window.selected(), ["Cornwall and the Isles of Scilly"]);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.harness.run_steps(3);
    window.harness.event(Event::Text("present".to_owned()));
    window.harness.run_steps(3);
    press(&mut window, Key::Enter);
    assert!(!window.state().is_presenting());
}

#[test]
fn keys_and_clickers_step_through_bookmarks_while_presenting() {
    let mut window = Window::open();
    window.click("Devon");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.harness.run_steps(3);
    press(&mut window, Key::PageDown);
    window.until("the edition of 2023", |shell| {
        shell.state().layer_id == LayerId::Bundled(Edition::April2023)
    });
    let kent = window.place(600_000.0, 150_000.0);
    window.click_at(kent);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.harness.run_steps(3);
    press(&mut window, Key::Escape);
    press(&mut window, Key::F11);
    press(&mut window, Key::ArrowRight);
    assert_eq!(window.selected(), ["Devon"]);
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    window.harness.get_by_label("1 of 2 – Devon, July 2022");
    for (key, name) in [
        (Key::Space, "Kent and Medway"),
        (Key::PageUp, "Devon"),
        (Key::PageDown, "Kent and Medway"),
        (Key::ArrowLeft, "Devon"),
    ] {
        press(&mut window, key);
        assert_eq!(window.selected(), [name], "{key:?}");
    }
    // Up and down, and arrows with Shift, are those of the map.
    press(&mut window, Key::ArrowUp);
    assert_ne!(window.selected(), ["Devon"]);
    let before = window.state().camera.centre.x;
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.harness.run_steps(3);
    assert!(window.state().camera.centre.x > before);
    assert_ne!(window.selected(), ["Kent and Medway"]);
}

#[test]
fn an_error_is_seen_while_presenting_and_good_news_is_not() {
    let mut window = Window::open();
    let folder = tempfile::tempdir().expect("a folder");
    press(&mut window, Key::F11);
    let path = super::square_file(&folder, "");
    window.drop_file(path);
    window.until("the file", |shell| shell.state().file().is_some());
    window.harness.run_steps(3);
    assert!(window.harness.query_by_label_contains("was opened").is_none());
    let odd = folder.path().join("odd.geojson");
    std::fs::write(&odd, "not a map").expect("a file");
    window.drop_file(odd);
    window.until("the refusal", |shell| shell.state().notices.len() > 1);
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("odd.geojson was not opened.");
}

#[test]
fn the_list_of_bookmarks_tells_how_to_make_one_and_renames_moves_and_deletes() {
    let mut window = Window::open();
    window.click("Bookmarks");
    window.harness.get_by_label_contains("There are none yet.");
    window.click("Bookmark this view");
    window.click("Devon");
    window.click("Bookmark this view");
    window.click("Rename Devon, July 2022");
    window.harness.event(Event::Text("Far ".to_owned()));
    window.harness.run_steps(2);
    press(&mut window, Key::Enter);
    let names = |window: &Window| -> Vec<String> {
        window.state().settings.bookmarks.iter().map(|b| b.name.clone()).collect()
    };
    assert!(names(&window)[1].contains("Far"), "{:?}", names(&window));
    let renamed = names(&window)[1].clone();
    window.click(&format!("Move {renamed} up"));
    assert_eq!(names(&window), [renamed.clone(), "England, July 2022".to_owned()]);
    window.click("England, July 2022");
    assert!(window.selected().is_empty());
    assert_eq!(window.state().overlay, Some(Overlay::Bookmarks), "the list stays");
    window.click(&format!("Delete {renamed}"));
    window.click("Put it back");
    assert_eq!(names(&window).len(), 2);
    // Esc while a name is typed leaves the name, then closes the list.
    window.click("Rename England, July 2022");
    window.harness.event(Event::Text("Nowhere".to_owned()));
    window.harness.run_steps(2);
    press(&mut window, Key::Escape);
    assert_eq!(names(&window)[1], "England, July 2022");
    assert_eq!(window.state().overlay, Some(Overlay::Bookmarks));
    press(&mut window, Key::Escape);
    assert!(window.state().overlay.is_none());
}
