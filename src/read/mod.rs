//! The only way in: bytes become a [`Layer`].
//!
//! sniff the format → decode it into a raw layer → find out what the coordinates and the
//! columns mean → project and clean the rings → build the layer. The bundled editions take the
//! same way as a file from outside.

pub mod bundled;
pub mod choices;
mod columns;
mod coverage;
mod crs;
pub(crate) mod encoding;
mod file;
mod format;
mod input;
pub mod limits;
mod open;
pub mod progress;
mod raw;
mod report;
mod rings;
mod sniff;
pub mod source;

pub use choices::{Choices, Part};
pub use format::Format;
pub use input::{Input, load};
pub use open::{OpenedFile, Surveyed, open, survey};
pub use progress::{Cancelled, Progress, Stage};
pub use report::{FileReport, Verdict, check};
pub use source::Source;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Refusal, Reporter, Severity, Warned, refuse};
use crate::model::layer::About;
use crate::model::{BodyKind, Edition, Layer};
use rings::Prepared;

/// Licence line of every picture made from boundaries of the Office for National Statistics.
pub const ONS_CREDIT: &str = "Source: Office for National Statistics licensed under the Open \
    Government Licence v3.0. Contains OS data © Crown copyright and database right 2026";

/// What reading found out besides the areas themselves.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The format of the file; of a packed file, the one inside.
    pub format: Format,
    /// Coordinate reference system, such as `EPSG:27700`.
    pub crs: &'static str,
    /// The parts of the file that there are to choose from; empty where there is but one.
    pub parts: Vec<Part>,
    /// The columns that there are to choose from.
    pub columns: Vec<String>,
    /// Column that the codes were taken from.
    pub code_field: Option<String>,
    /// Column that the names were taken from.
    pub name_field: Option<String>,
    /// Kind of the areas.
    pub kind: Option<BodyKind>,
    /// Edition of the areas.
    pub edition: Option<Edition>,
    /// Positions in the file, the closing ones of rings included.
    pub vertices: usize,
}

/// Why reading ended without a layer.
#[derive(Debug, Clone)]
pub enum ReadError {
    /// The input cannot be used.
    Refused(Refusal),
    /// Somebody cancelled it.
    Cancelled,
    /// The file has several boundary sets, and a person is to choose one.
    Choose(Vec<Part>),
}

impl ReadError {
    /// Why there is no layer, for where nobody can cancel or choose.
    #[must_use]
    pub fn into_refusal(self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Cancelled => {
                refuse("cancelled", "Reading was cancelled.", "Open the file again.").into()
            }
            Self::Choose(parts) => {
                let names: Vec<String> = parts.into_iter().map(|part| part.name).collect();
                let hint = format!("Choose one: {}.", names.join(", "));
                refuse("part-missing", "The file has several boundary sets.", hint).into()
            }
        }
    }
}

impl From<Refusal> for ReadError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Diagnostic> for ReadError {
    fn from(reason: Diagnostic) -> Self {
        Self::Refused(reason.into())
    }
}

impl From<Cancelled> for ReadError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Reads a boundary file, the memory of which is given back as soon as it is decoded.
///
/// # Errors
/// If the input is refused, with what had been found until then, or cancelled; or
/// [`ReadError::Choose`], if the choices say that somebody is there to choose.
pub fn read_layer<'a>(
    input: impl Into<Input<'a>>,
    choices: &Choices,
    progress: &Progress,
) -> Result<Warned<(Layer, Findings)>, ReadError> {
    let input = input.into();
    warned(|reporter| read(input, choices, progress, reporter, None))
}

/// The properties of features by their number in the file, from one.
pub type Properties = BTreeMap<usize, Map<String, Value>>;

/// Reads a boundary file, with the properties of its features.
///
/// # Errors
/// As [`read_layer`].
pub fn read_features<'a>(
    input: impl Into<Input<'a>>,
    choices: &Choices,
    progress: &Progress,
) -> Result<Warned<(Layer, Findings, Properties)>, ReadError> {
    let input = input.into();
    warned(|reporter| {
        let mut properties = Properties::new();
        let (layer, findings) = read(input, choices, progress, reporter, Some(&mut properties))?;
        Ok((layer, findings, properties))
    })
}

/// What reading gives, with all that was told meanwhile.
fn warned<T>(
    read: impl FnOnce(&mut Reporter) -> Result<T, ReadError>,
) -> Result<Warned<T>, ReadError> {
    let mut reporter = Reporter::default();
    match read(&mut reporter) {
        Ok(value) => Ok(Warned { value, diagnostics: reporter.finish() }),
        Err(ReadError::Refused(mut refusal)) => {
            refusal.before = reporter.finish();
            Err(ReadError::Refused(refusal))
        }
        Err(other) => Err(other),
    }
}

fn read(
    input: Input<'_>,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
    properties: Option<&mut Properties>,
) -> Result<(Layer, Findings), ReadError> {
    progress.enter(Stage::Decoding)?;
    let (title, format, mut raw) = match input {
        Input::File(source) => {
            let (format, raw) = format::decode(&source, choices, progress, reporter)?;
            (source.into_name(), format, raw)
        }
        Input::Collection(name, collection) => {
            let raw = format::geojson::decode_collection(*collection, progress, reporter)?;
            (name, Format::GeoJson, raw)
        }
    };
    let vertices = raw.vertex_count();
    if vertices > limits::VERTICES {
        return Err(limits::exceeded("positions", vertices, limits::VERTICES).into());
    }
    let rings = raw.ring_count();
    if rings > limits::RINGS {
        return Err(limits::exceeded("rings", rings, limits::RINGS).into());
    }
    if raw.features.is_empty() {
        return Err(refuse(
            "no-areas",
            "The file has no areas.",
            "Choose a file with polygons, one feature for each area.",
        )
        .into());
    }

    progress.enter(Stage::Projecting)?;
    let reading = crs::resolve(&raw, reporter)?;
    let columns = columns::recognise(&raw.features, choices, reporter);
    let parts = std::mem::take(&mut raw.parts);
    if let Some(properties) = properties {
        let of = |feature: &raw::RawFeature| (feature.number, feature.properties.clone());
        properties.extend(raw.features.iter().map(of));
    }
    let prepared = rings::prepare(raw, reading, &columns, progress, reporter)?;

    progress.enter(Stage::Building)?;
    let about = About {
        title,
        kind: columns.kind,
        edition: columns.edition,
        united_from: None,
        credit: ONS_CREDIT.to_owned(),
    };
    let layer = match prepared {
        Prepared::Shapes(shapes) => Layer::new(about, shapes),
        Prepared::Topology(labels, topology) => Layer::from_topology(about, labels, topology),
    };
    if layer.areas.is_empty() {
        return Err(refuse(
            "no-areas",
            "None of the features has a usable polygon.",
            "Choose a boundary file with polygons.",
        )
        .into());
    }
    reporter.report(Diagnostic::new(
        Severity::Info,
        "columns",
        match (&columns.code_field, &columns.name_field) {
            (Some(code), Some(name)) => format!("Codes are taken from {code}, names from {name}."),
            (Some(code), None) => format!("Codes are taken from {code}; there is no name column."),
            (None, Some(name)) => format!("Names are taken from {name}; there is no code column."),
            (None, None) => "There is neither a code nor a name column.".to_owned(),
        },
    ));
    let findings = Findings {
        format,
        crs: reading.crs.name(),
        parts,
        columns: columns.all,
        code_field: columns.code_field,
        name_field: columns.name_field,
        kind: columns.kind,
        edition: columns.edition,
        vertices,
    };
    Ok((layer, findings))
}
