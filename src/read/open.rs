//! Everything that is done with a file from outside: read, join to the register, inspect.

use super::{Choices, Findings, Progress, ReadError, Source, coverage, read_layer};
use crate::diag::Diagnostic;
use crate::model::{JoinedLayer, Register};

/// A boundary file that opened.
#[derive(Debug)]
pub struct OpenedFile {
    /// Its areas with the bodies that they belong to.
    pub joined: JoinedLayer,
    /// What reading found out besides.
    pub findings: Findings,
    /// All that was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a boundary file, joins it to the register and looks whether its areas lie beside each
/// other.
///
/// # Errors
/// As [`read_layer`].
pub fn open(
    source: &Source<'_>,
    choices: &Choices,
    register: &Register,
    progress: &Progress,
) -> Result<OpenedFile, ReadError> {
    let read = read_layer(source, choices, progress)?;
    let (layer, findings) = read.value;
    let mut diagnostics = read.diagnostics;
    diagnostics.extend(coverage::inspect(&layer, progress)?);
    let joined = JoinedLayer::new(layer, register);
    diagnostics.extend_from_slice(joined.remarks());
    Ok(OpenedFile { joined, findings, diagnostics })
}
