//! From raw rings to clean ones on the National Grid.

mod clean;
mod nesting;

use rayon::prelude::*;

use super::columns::{Columns, text};
use super::crs::Reading;
use super::raw::{RawFeature, RawLayer, RawPoint, RawShape};
use super::{Cancelled, Progress, ReadError, limits};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::geo::projection::Projector;
use crate::geo::space::{Grid, Rings};
use crate::geo::topology::Topology;
use crate::model::layer::Label;
use crate::parallel::largest_first;
use clean::{Cleaner, is_same};

/// Areas ready to be built into a layer.
pub enum Prepared {
    /// Label and polygons of each area; shared borders are still to be found.
    Shapes(Vec<(Label, Vec<Rings>)>),
    /// Label of each area, and the topology that the file came with.
    Topology(Vec<Label>, Topology),
}

/// A feature's label and polygons with what was told about it.
type Cleaned = ((Label, Vec<Rings>), Vec<Diagnostic>);

/// Projects a layer and cleans its rings.
pub fn prepare(
    layer: RawLayer,
    reading: Reading,
    columns: &Columns,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Prepared, ReadError> {
    let projector = Projector::new()
        .map_err(|error| refuse("crs", error.to_string(), "Please report this."))?;
    if let Some(topology) = with_its_topology(&layer, reading, &projector) {
        let mut told = Vec::new();
        let label = |feature| label(feature, columns, &mut told);
        let labels = layer.features.iter().map(label).collect();
        for diagnostic in told {
            reporter.report(diagnostic);
        }
        return Ok(Prepared::Topology(labels, topology));
    }
    let RawLayer { features, arcs, .. } = layer;
    let clean_one = |feature: RawFeature| -> Result<Cleaned, Cancelled> {
        progress.go_on()?;
        let mut told = Vec::new();
        let label = label(&feature, columns, &mut told);
        let place = Place::Feature { number: feature.number, name: Some(label.name.clone()) };
        let mut cleaner = Cleaner::new(place, reading, &projector);
        let polygons = cleaner.polygons(feature.shape.into_polygons(&arcs));
        told.append(&mut cleaner.told);
        Ok(((label, polygons), told))
    };
    let size = |feature: &RawFeature| feature.shape.vertex_count(&arcs);
    let cleaned = largest_first(features, size, clean_one);
    let mut shapes = Vec::with_capacity(cleaned.len());
    for cleaned in cleaned {
        let (shape, told) = cleaned?;
        for diagnostic in told {
            reporter.report(diagnostic);
        }
        shapes.push(shape);
    }
    Ok(Prepared::Shapes(shapes))
}

/// The shared arcs of a file, if it has any and they are in order.
fn with_its_topology(
    layer: &RawLayer,
    reading: Reading,
    projector: &Projector,
) -> Option<Topology> {
    let mut areas = Vec::with_capacity(layer.features.len());
    for feature in &layer.features {
        match &feature.shape {
            RawShape::Shared(polygons)
                if !polygons.is_empty() && polygons.iter().all(|rings| !rings.is_empty()) =>
            {
                areas.push(polygons.clone());
            }
            _ => return None,
        }
    }
    let arcs = layer.arcs.par_iter().map(|arc| grid_line(arc, reading, projector));
    Topology::from_arcs(arcs.collect::<Option<_>>()?, areas)
}

/// A run of points in grid metres, without points on top of each other; `None` if one of them
/// has no place there.
fn grid_line(raw: &[RawPoint], reading: Reading, projector: &Projector) -> Option<Vec<Grid>> {
    let mut line = match reading.places(raw.to_vec(), projector) {
        Ok(line) => line,
        Err(raw) => raw.into_iter().map(|p| reading.place(p, projector)).collect::<Option<_>>()?,
    };
    line.dedup_by(|place, last| is_same(*last, *place));
    Some(line)
}

/// Code and name of a feature: the code is empty and the name a number where there is none.
fn label(feature: &RawFeature, columns: &Columns, told: &mut Vec<Diagnostic>) -> Label {
    let mut plain = |field: &Option<String>| {
        let text = text(feature, field.as_ref())?;
        // A line break or a change of direction in a name upsets every text that it stands in.
        let clean: String = text.chars().filter(|c| !is_formatting(*c)).collect();
        let cut: String = clean.trim().chars().take(limits::LABEL_CHARS).collect();
        if cut.len() < clean.trim().len() {
            let message = format!("A name is longer than {} characters.", limits::LABEL_CHARS);
            let place = Place::Feature { number: feature.number, name: Some(cut.clone()) };
            let diagnostic = Diagnostic::new(Severity::Warning, "label-cut", message);
            told.push(diagnostic.hint("It is cut off there.").at(place));
        }
        Some(cut).filter(|text| !text.is_empty())
    };
    let code = plain(&columns.code_field).unwrap_or_default();
    let name = plain(&columns.name_field);
    let or_code = || Some(code.clone()).filter(|code| !code.is_empty());
    let name = name.or_else(or_code).unwrap_or_else(|| format!("Area {}", feature.number));
    Label { number: feature.number, code, name }
}

/// Control characters, and those that turn the direction of a text (Unicode annex 9).
fn is_formatting(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
