//! Tables of figures on the map.

use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use ics_atlas::model::{Edition, LayerId};

use super::harness::Window;

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
