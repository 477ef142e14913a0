//! `simplify`: the same areas with fewer points.

use std::fmt::Write;
use std::path::Path;

use serde_json::Map;

use super::args::SimplifyOptions;
use super::{Failure, Outcome};
use crate::diag::Severity;
use crate::geo::projection::Projector;
use crate::geo::simplify::{Simplified, simplify as thin};
use crate::read::{Choices, Progress, ReadError, load, read_features};
use crate::render::save;
use crate::write::geojson::{Plane, collection};

pub fn simplify(options: &SimplifyOptions) -> Outcome {
    let refused = |error: ReadError| Failure::new(error.into_refusal().reason.to_string());
    check_target(&options.file, &options.out)?;
    let progress = Progress::default();
    let input = load(&options.file, &progress).map_err(refused)?;
    let choices = Choices { part: options.part.clone(), ..Choices::default() };
    let read = read_features(input, &choices, &progress).map_err(refused)?;
    for diagnostic in read.diagnostics.iter().filter(|d| d.severity >= Severity::Warning) {
        eprintln!("ics-atlas: {diagnostic}");
    }
    let (layer, findings, properties) = read.value;
    let plane = if findings.crs == "EPSG:27700" {
        Plane::Metres
    } else {
        let projector = Projector::new().map_err(|error| Failure::new(error.to_string()))?;
        Plane::Degrees(Box::new(projector))
    };
    let simplified = thin(&layer.topology, options.amount(), |point| plane.place(point));
    let nothing = Map::new();
    let features = layer
        .areas
        .iter()
        .zip(&simplified.shapes)
        .map(|(area, shape)| (properties.get(&area.number).unwrap_or(&nothing), shape));
    let text = collection(features, &simplified.arcs, &plane);
    save::whole(&options.out, text.as_bytes()).map_err(|error| Failure::new(error.to_string()))?;
    let polygons = layer.topology.shapes.iter().map(Vec::len).sum();
    Ok(summary(&simplified, polygons, &options.out))
}

/// Nobody finds GeoJSON under the name of another format, or wants the source gone.
fn check_target(file: &Path, out: &Path) -> Result<(), Failure> {
    let ending = out.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    if !matches!(ending.as_deref(), Some("geojson" | "json")) {
        let message = format!("{} does not end in .geojson or .json", out.display());
        return Err(Failure::new(message));
    }
    let is_same = match (file.canonicalize(), out.canonicalize()) {
        (Ok(file), Ok(out)) => file == out,
        _ => false,
    };
    if is_same {
        let message = format!("{} is the file that is read: give another name", out.display());
        return Err(Failure::new(message));
    }
    Ok(())
}

fn summary(simplified: &Simplified, polygons_before: usize, out: &Path) -> String {
    let Simplified { points_before, points_after, restored, crossings_left, is_unsure, .. } =
        *simplified;
    let areas = simplified.shapes.len();
    let polygons: usize = simplified.shapes.iter().map(Vec::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
    let share = 100.0 * points_after as f64 / points_before.max(1) as f64;
    let mut text = format!(
        "{} has {areas} areas with {points_after} of {points_before} points ({share:.1} %), each \
         border counted once.",
        out.display()
    );
    // Writing to a String cannot fail.
    if polygons < polygons_before {
        let gone = polygons_before - polygons;
        let _ = write!(text, "\n{gone} of {polygons_before} islands were too small to be kept.");
    }
    if restored > 0 {
        let _ = write!(text, "\n{restored} points came back lest lines cross or areas vanish.");
    }
    if crossings_left > 0 {
        let _ = write!(text, "\nLines cross {crossings_left} times, as they do with all points.");
    }
    if is_unsure {
        text += "\nLines lie so close that not all of their crossings were looked for.";
    }
    text
}
