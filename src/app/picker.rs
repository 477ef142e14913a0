//! Asking for files, replaceable in tests.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::render::Format;

/// What came of a file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// A file was chosen.
    File(PathBuf),
    /// The dialog was closed without a choice.
    Nothing,
    /// This desktop shows no file dialog.
    NoDialog,
}

/// What sort of file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Boundaries of areas.
    Boundaries,
    /// What was chosen for a picture.
    Recipe,
    /// A picture to stand on a page.
    Logo,
}

/// Asks for files; called on a thread of its own.
pub trait Picker: Send + Sync {
    /// A file to open, starting in a folder.
    fn file(&self, wanted: Wanted, folder: Option<&Path>) -> Picked;
    /// Where to save something, starting in a folder, with a name to suggest.
    fn target(&self, folder: Option<&Path>, name: &str) -> Picked;
}

/// The usual endings of boundary files; what a file is, its content tells.
const EXTENSIONS: [&str; 13] = [
    "geojson", "json", "topojson", "geojsonl", "ndjson", "geojsons", "gz", "zip", "shp", "gpkg",
    "kml", "kmz", "GEOJSON",
];

/// The usual endings of tables of figures.
const TABLES: [&str; 6] = ["csv", "tsv", "xlsx", "xlsm", "xls", "ods"];

/// The desktop's own dialogs.
#[derive(Debug, Default)]
pub struct Desktop;

impl Picker for Desktop {
    fn file(&self, wanted: Wanted, folder: Option<&Path>) -> Picked {
        let (title, kind, endings): (_, _, &[&str]) = match wanted {
            Wanted::Boundaries => ("Open boundaries or figures", "Boundary files", &EXTENSIONS),
            Wanted::Recipe => ("Open a recipe", "Recipes", &["toml"]),
            Wanted::Logo => {
                ("Choose a logo", "Pictures", &["png", "jpg", "jpeg", "svg", "PNG", "JPG"])
            }
        };
        let dialog = rfd::FileDialog::new().set_title(title).add_filter(kind, endings);
        let dialog = if wanted == Wanted::Boundaries {
            dialog.add_filter("Tables of figures", &TABLES)
        } else {
            dialog
        };
        let dialog = dialog.add_filter("All files", &["*"]);
        let dialog = folder.into_iter().fold(dialog, rfd::FileDialog::set_directory);
        timed(|| dialog.pick_file())
    }

    fn target(&self, folder: Option<&Path>, name: &str) -> Picked {
        let dialog = rfd::FileDialog::new().set_title("Save").set_file_name(name);
        let dialog = match Path::new(name).extension().and_then(|ending| ending.to_str()) {
            Some("csv") => dialog.add_filter("Table (CSV)", &["csv"]),
            Some("toml") => dialog.add_filter("Recipe", &["toml"]),
            ending => {
                // The chosen kind of file first: the dialog starts with it.
                let (chosen, others): (Vec<Format>, Vec<Format>) =
                    Format::ALL.into_iter().partition(|format| Some(format.ending()) == ending);
                let formats = chosen.into_iter().chain(others);
                formats.fold(dialog, |dialog, format| {
                    dialog.add_filter(format.label(), &[format.ending()])
                })
            }
        };
        let dialog = folder.into_iter().fold(dialog, rfd::FileDialog::set_directory);
        timed(|| dialog.save_file())
    }
}

/// A dialog that was cancelled and a desktop that has none give the same answer; no person
/// cancels within a quarter of a second.
fn timed(ask: impl FnOnce() -> Option<PathBuf>) -> Picked {
    let asked = Instant::now();
    match ask() {
        Some(path) => Picked::File(path),
        None if asked.elapsed() < Duration::from_millis(250) => Picked::NoDialog,
        None => Picked::Nothing,
    }
}
