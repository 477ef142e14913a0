//! Everything that is done with a file from outside: read, join to the register, inspect.

use super::{Choices, Findings, Input, Progress, ReadError, coverage, read_layer};
use crate::diag::Diagnostic;
use crate::model::{Atlas, JoinedLayer};

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

/// Reads a boundary file, looks whether its areas lie beside each other, and joins them to the
/// register; areas that it does not know are described by the known ones in them.
///
/// # Errors
/// As [`read_layer`].
pub fn open<'a>(
    input: impl Into<Input<'a>>,
    choices: &Choices,
    atlas: &Atlas,
    progress: &Progress,
) -> Result<OpenedFile, ReadError> {
    let read = read_layer(input, choices, progress)?;
    let (layer, findings) = read.value;
    let mut diagnostics = read.diagnostics;
    diagnostics.extend(coverage::inspect(&layer, progress)?);
    let register = &atlas.register;
    let mut joined = JoinedLayer::new(layer, register);
    joined.describe(
        register,
        |kind, edition| atlas.layer(kind, edition).ok(),
        || progress.go_on(),
    )?;
    diagnostics.extend_from_slice(joined.remarks());
    Ok(OpenedFile { joined, findings, diagnostics })
}
