//! Packed files, within limits of what they may become.

use super::super::choices::Choices;
use super::super::source::Source;
use super::super::{Progress, ReadError};
use crate::diag::{Reporter, refuse};

/// The one file of a gzip archive.
pub fn gzip(source: &Source<'_>, _progress: &Progress) -> Result<Source<'static>, ReadError> {
    let message = format!("{} is packed with gzip.", source.name);
    Err(refuse("other-format", message, "Unpack it first.").into())
}

/// The boundary file of a zip archive, with the choices that are left for it.
pub fn zip(
    source: &Source<'_>,
    _choices: &Choices,
    _progress: &Progress,
    _reporter: &mut Reporter,
) -> Result<(Source<'static>, Choices), ReadError> {
    let message = format!("{} is a zip archive.", source.name);
    Err(refuse("other-format", message, "Unpack it first.").into())
}
