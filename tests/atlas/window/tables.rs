//! Tables of figures behave like files: read again, watched, closed.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::action::FigureAction;
use ics_atlas::app::command::Command;
use ics_atlas::model::{Edition, LayerId};
use ics_atlas::recipe::FigureChoice;

use super::harness::Window;
use super::square_file;

fn write(path: &Path, rows: &str) {
    std::fs::write(path, format!("ICB,Uptake,Visits\n{rows}")).expect("a file");
}

impl Window {
    fn value(&self, name: &str) -> Option<String> {
        let state = self.state();
        let area = state.layer.names.iter().position(|n| n == name)?;
        state.figures.on_map()?.view.values[area].clone()
    }

    fn last_told(&self) -> &str {
        self.state().notices.last().map_or("", |notice| notice.title.as_str())
    }
}

#[test]
fn a_table_that_changes_on_disk_is_read_again_and_one_that_is_spoilt_leaves_the_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("visits.csv");
    write(&path, "QKK,1%,10\nQHM,2%,20\nQJK,3%,35\n");
    let mut window = Window::open();
    window.drop_file(path.clone());
    window.until("the figures", |shell| shell.state().figures.on_map().is_some());
    window.harness.run_steps(2);
    let chosen = FigureChoice {
        column: Some("Visits".to_owned()),
        classes: Some("breaks:15,30".to_owned()),
        ..window.state().figures.choice.clone().expect("a choice")
    };
    let choose = FigureAction::Choose(Box::new(chosen.clone()));
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().apply(&ctx, choose.into());
    assert_eq!(window.value("Devon").as_deref(), Some("35"));

    write(&path, "QKK,1%,10\nQHM,2%,20\nQJK,3%,1234\n");
    window.until("the change to be read", |shell| {
        shell.state().notices.iter().any(|n| n.title.contains("changed and was read again"))
    });
    assert_eq!(window.value("Devon").as_deref(), Some("1,234"));
    assert_eq!(window.state().figures.choice.as_ref(), Some(&chosen), "with the same choices");
    assert_eq!(window.last_told(), "visits.csv changed and was read again: 3 of 42 areas.");
    assert_eq!(window.state().notices.len(), 1, "the old notice gave way");

    std::fs::write(&path, "nothing of the kind").expect("a file");
    window.until("the fault to be told", |shell| {
        shell.state().notices.iter().any(|n| n.title.contains("could not be read again"))
    });
    assert_eq!(window.value("Devon").as_deref(), Some("1,234"), "the old figures stay");
    // The column that was chosen is gone: no other is put in its place.
    std::fs::write(&path, "ICB,Uptake\nQKK,1\nQHM,2\nQJK,3\n").expect("a file");
    window.until("the fault to be told", |shell| {
        shell.state().notices.iter().any(|n| n.title.contains("no column \"Visits\""))
    });
    assert_eq!(window.value("Devon").as_deref(), Some("1,234"));

    write(&path, "QKK,1%,10\nQHM,2%,20\nQJK,3%,5\n");
    window.until("the better table", |shell| {
        shell.state().notices.iter().any(|n| n.title.contains("changed and was read again"))
    });
    assert_eq!(window.value("Devon").as_deref(), Some("5"));
}

#[test]
fn f5_reads_file_and_table_again_and_ctrl_w_closes_them_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("visits.csv");
    // The square of the boundary file has a row too.
    write(&path, "QKK,1%,10\nQHM,2%,20\nQJK,3%,35\nSomewhere,4%,40\n");
    let mut window = Window::open();
    window.drop_file(path);
    window.until("the figures", |shell| shell.state().figures.on_map().is_some());
    window.harness.run_steps(2);
    window.harness.key_press(Key::F5);
    window.until("the table", |shell| {
        shell.state().notices.iter().any(|n| n.title.starts_with("visits.csv was read again"))
    });
    window.drop_file(square_file(&folder, ""));
    window.until("the file and its figure", |shell| {
        let state = shell.state();
        state.layer_id == LayerId::Opened(0) && state.figures.on_map().is_some()
    });
    assert_eq!(window.value("Somewhere").as_deref(), Some("4%"));
    window.harness.key_press(Key::F5);
    window.until("both", |shell| {
        let told = |title: &str| shell.state().notices.iter().any(|n| n.title == title);
        told("square.geojson was read again: 1 area.")
            && told("visits.csv was read again: 1 of 1 areas.")
    });
    assert_eq!(window.value("Somewhere").as_deref(), Some("4%"));

    let close = |window: &mut Window| {
        assert!(Command::CloseFile.is_enabled(window.state()));
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::W);
        window.harness.run_steps(3);
    };
    close(&mut window);
    assert_eq!(window.state().atlas.opened().count(), 0);
    assert_eq!(window.state().layer_id, LayerId::Bundled(Edition::July2022));
    assert!(window.state().figures.choice.is_some(), "the figures are still there");
    close(&mut window);
    assert!(window.state().figures.choice.is_none());
    assert!(!Command::CloseFile.is_enabled(window.state()));
    assert!(!Command::Reload.is_enabled(window.state()));
    assert!(window.harness.query_by_label_contains("Figures: ").is_none());
}
