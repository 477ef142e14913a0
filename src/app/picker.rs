//! Asking for files, replaceable in tests.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

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

/// Asks for files; called on a thread of its own.
pub trait Picker: Send + Sync {
    /// A file to open, starting in a folder.
    fn file(&self, folder: Option<&Path>) -> Picked;
    /// Where to save something, starting in a folder, with a name to suggest.
    fn target(&self, folder: Option<&Path>, name: &str) -> Picked;
}

/// The usual endings of boundary files; what a file is, its content tells.
const EXTENSIONS: [&str; 13] = [
    "geojson", "json", "topojson", "geojsonl", "ndjson", "geojsons", "gz", "zip", "shp", "gpkg",
    "kml", "kmz", "GEOJSON",
];

/// The desktop's own dialogs.
#[derive(Debug, Default)]
pub struct Desktop;

impl Picker for Desktop {
    fn file(&self, folder: Option<&Path>) -> Picked {
        let dialog = rfd::FileDialog::new()
            .set_title("Open a boundary file")
            .add_filter("Boundary files", &EXTENSIONS)
            .add_filter("All files", &["*"]);
        let dialog = folder.into_iter().fold(dialog, rfd::FileDialog::set_directory);
        timed(|| dialog.pick_file())
    }

    fn target(&self, folder: Option<&Path>, name: &str) -> Picked {
        let dialog = rfd::FileDialog::new().set_title("Save").set_file_name(name);
        let is_table = Path::new(name).extension().is_some_and(|ending| ending == "csv");
        let dialog = if is_table {
            dialog.add_filter("Table (CSV)", &["csv"])
        } else {
            dialog.add_filter("PNG picture", &["png"])
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
