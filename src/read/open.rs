//! Everything that is done with a file from outside: read, join to the register, inspect.

use super::{Choices, Findings, Input, Progress, ReadError, coverage, read_layer};
use crate::diag::Diagnostic;
use crate::model::{Atlas, JoinedLayer, Layer};

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

/// A boundary file that was read and looked through, before anything is known of what its areas are.
#[derive(Debug)]
pub struct Surveyed {
    layer: Layer,
    findings: Findings,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a boundary file and looks whether its areas lie beside each other.
///
/// # Errors
/// As [`read_layer`].
pub fn survey<'a>(
    input: impl Into<Input<'a>>,
    choices: &Choices,
    progress: &Progress,
) -> Result<Surveyed, ReadError> {
    let read = read_layer(input, choices, progress)?;
    let (layer, findings) = read.value;
    let mut diagnostics = read.diagnostics;
    diagnostics.extend(coverage::inspect(&layer, progress)?);
    Ok(Surveyed { layer, findings, diagnostics })
}

impl Surveyed {
    /// Joins its areas to the register; those that it does not know are described by the known ones
    /// in them.
    ///
    /// # Errors
    /// If it is cancelled.
    pub fn join(self, atlas: &Atlas, progress: &Progress) -> Result<OpenedFile, ReadError> {
        let Self { layer, findings, mut diagnostics } = self;
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
}

/// Reads a boundary file and joins it to the register: [`survey`] and [`Surveyed::join`].
///
/// # Errors
/// As [`read_layer`].
pub fn open<'a>(
    input: impl Into<Input<'a>>,
    choices: &Choices,
    atlas: &Atlas,
    progress: &Progress,
) -> Result<OpenedFile, ReadError> {
    survey(input, choices, progress)?.join(atlas, progress)
}
