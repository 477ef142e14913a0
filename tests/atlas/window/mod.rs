//! The window: clicked, typed into and photographed without a display.

mod breaks;
mod figures;
mod files;
mod harness;
mod map;
mod names;
mod panels;
mod pictures;
mod present;
mod renderer;
mod tables;

use std::path::PathBuf;

use egui_kittest::SnapshotOptions;
use harness::Window;

/// A place in South East London (Lewisham), in grid metres.
const LEWISHAM: (f64, f64) = (538_000.0, 175_000.0);

/// Compares the window with a picture in `tests/snapshots`.
fn picture(window: &mut Window, name: &str) {
    window.harness.remove_cursor();
    window.settle();
    let options = SnapshotOptions::new().threshold(0.0).output_path("tests/snapshots");
    window.harness.snapshot_options(name, &options);
}

/// A file with one square called Somewhere, in the Midlands.
fn square_file(folder: &tempfile::TempDir, text_after: &str) -> PathBuf {
    let path = folder.path().join("square.geojson");
    let text = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":\
        {\"name\":\"Somewhere\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-1.5,52.0],\
        [-1.0,52.0],[-1.0,52.5],[-1.5,52.5],[-1.5,52.0]]]}}]}";
    std::fs::write(&path, format!("{text}{text_after}")).expect("a file");
    path
}
