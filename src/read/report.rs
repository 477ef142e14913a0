//! What can be said of a boundary file without opening a window: the `check` subcommand.

use serde::Serialize;

use super::{OpenedFile, Progress, ReadError, Surveyed};
use crate::diag::{Diagnostic, Severity};
use crate::model::Atlas;

/// Whether a file can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It opens, and nothing had to be repaired.
    Open,
    /// It opens, and something was repaired, guessed or left out.
    Warn,
    /// It is well-formed but has no areas.
    Empty,
    /// It cannot be used.
    Refuse,
}

/// The findings about one file; what is not known is `None`.
#[derive(Debug, Serialize)]
pub struct FileReport {
    /// Whether it can be used.
    pub verdict: Verdict,
    /// Name of its format; of a packed file, the one inside.
    pub format: Option<&'static str>,
    /// Coordinate reference system.
    pub crs: Option<&'static str>,
    /// Edition of its areas.
    pub edition: Option<&'static str>,
    /// Number of areas.
    pub areas: usize,
    /// Number of positions, the closing ones of rings included.
    pub vertices: usize,
    /// Column of the codes.
    pub code_field: Option<String>,
    /// Column of the names.
    pub name_field: Option<String>,
    /// All that was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Joins a file, unless it could not be read, as the window would, and says what was found.
#[must_use]
pub fn check(surveyed: Result<Surveyed, ReadError>, atlas: &Atlas) -> FileReport {
    match surveyed.and_then(|surveyed| surveyed.join(atlas, &Progress::default())) {
        Ok(OpenedFile { joined, findings, diagnostics }) => {
            let warned = diagnostics.iter().any(|d| d.severity >= Severity::Warning);
            FileReport {
                verdict: if warned { Verdict::Warn } else { Verdict::Open },
                format: Some(findings.format.name()),
                crs: Some(findings.crs),
                edition: joined.edition().map(super::super::model::edition::Edition::id),
                areas: joined.layer.areas.len(),
                vertices: findings.vertices,
                code_field: findings.code_field,
                name_field: findings.name_field,
                diagnostics,
            }
        }
        Err(ReadError::Refused(refusal)) => {
            let empty = refusal.reason.code == "no-areas";
            let mut diagnostics = refusal.before;
            diagnostics.push(refusal.reason);
            without_areas(if empty { Verdict::Empty } else { Verdict::Refuse }, diagnostics)
        }
        Err(ReadError::Cancelled | ReadError::Choose(_)) => {
            without_areas(Verdict::Refuse, Vec::new())
        }
    }
}

fn without_areas(verdict: Verdict, diagnostics: Vec<Diagnostic>) -> FileReport {
    FileReport {
        verdict,
        format: None,
        crs: None,
        edition: None,
        areas: 0,
        vertices: 0,
        code_field: None,
        name_field: None,
        diagnostics,
    }
}
