//! What went wrong, where, and what to do about it.
//!
//! Readers repair what has a plain meaning and report it here; what has none is refused
//! with a [`Refusal`]. Every diagnostic carries a stable code that scripts can match.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::geo::space::GridRect;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was recognised or chosen; nothing to do.
    Info,
    /// Something was repaired, guessed or left out.
    Warning,
    /// The input cannot be used.
    Error,
}

/// Where in the input a diagnostic belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file or input as a whole.
    File,
    /// A line and column of a text file, both counted from one.
    Line {
        /// Line, from one.
        line: usize,
        /// Column in bytes, from one.
        column: usize,
    },
    /// A feature of a boundary file, counted from one, with its name where it has one.
    Feature {
        /// Position in the file, from one.
        number: usize,
        /// The feature's name or code, if it could be read.
        name: Option<String>,
    },
    /// A feature of a text file that could not be read, and where it begins.
    Record {
        /// Position in the file, from one.
        number: usize,
        /// Line, from one.
        line: usize,
        /// Column in bytes, from one.
        column: usize,
    },
    /// A cell of a fact table: row counted from one, the header being row one.
    Cell {
        /// File name of the table.
        table: String,
        /// Row, the header being row one.
        row: usize,
        /// Column header.
        column: String,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => write!(f, "file"),
            Self::Line { line, column } => write!(f, "line {line}, column {column}"),
            Self::Feature { number, name: None } => write!(f, "feature {number}"),
            Self::Feature { number, name: Some(name) } => write!(f, "feature {number} ({name})"),
            Self::Record { number, line, column } => {
                write!(f, "feature {number}, line {line}, column {column}")
            }
            Self::Cell { table, row, column } => {
                write!(f, "table {table}, row {row}, column {column}")
            }
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that a reader has to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable identifier, such as `crs-by-magnitude`.
    pub code: &'static str,
    /// Where it is.
    pub place: Place,
    /// What was found, in one sentence.
    pub message: String,
    /// What to do about it; empty where there is nothing to do.
    pub hint: String,
    /// The part of the map that it is about, in grid metres.
    #[serde(skip)]
    pub on_map: Option<GridRect>,
}

impl Diagnostic {
    /// A diagnostic about the whole file, without a hint.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        let (place, message) = (Place::File, message.into());
        Self { severity, code, place, message, hint: String::new(), on_map: None }
    }

    /// The same diagnostic at another place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same diagnostic about a part of the map.
    #[must_use]
    pub fn on_map(mut self, part: Option<GridRect>) -> Self {
        self.on_map = part;
        self
    }

    /// The same diagnostic with a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place != Place::File {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, " {}", self.hint)?;
        }
        Ok(())
    }
}

/// Collects diagnostics while an input is read. At most [`Reporter::LIMIT`] are kept of
/// each code, so that a broken file of a million features stays readable.
#[derive(Debug, Default)]
pub struct Reporter {
    kept: Vec<Diagnostic>,
    counts: std::collections::BTreeMap<&'static str, usize>,
}

impl Reporter {
    /// How many diagnostics of one code are kept before the rest is only counted.
    pub const LIMIT: usize = 20;

    /// Takes note of a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= Self::LIMIT {
            self.kept.push(diagnostic);
        }
    }

    /// All that was reported, in order, with a closing line for each code that was cut off.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            if count > Self::LIMIT {
                let more = count - Self::LIMIT;
                let severity = self.kept.iter().find(|d| d.code == code).map(|d| d.severity);
                self.kept.push(Diagnostic::new(
                    severity.unwrap_or(Severity::Info),
                    code,
                    format!("{more} more of the same kind are not listed."),
                ));
            }
        }
        self.kept
    }
}

/// A value together with what was said while making it.
#[derive(Debug)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// Notes and warnings, in the order in which they came up.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why an input was not taken. `reason` is the one sentence a person needs.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// The error that decided it.
    pub reason: Diagnostic,
    /// What had been said before it.
    pub before: Vec<Diagnostic>,
}

impl From<Diagnostic> for Refusal {
    fn from(reason: Diagnostic) -> Self {
        Self { reason, before: Vec::new() }
    }
}

/// Shorthand for an error about the whole file.
pub fn refuse(
    code: &'static str,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_kind_is_cut_and_counted() {
        let mut reporter = Reporter::default();
        for number in 1..=Reporter::LIMIT + 5 {
            reporter.report(
                Diagnostic::new(Severity::Warning, "ring-short", "A ring has two points.")
                    .at(Place::Feature { number, name: None }),
            );
        }
        let all = reporter.finish();
        assert_eq!(all.len(), Reporter::LIMIT + 1);
        assert_eq!(all.last().unwrap().message, "5 more of the same kind are not listed.");
    }

    #[test]
    fn a_message_says_what_where_and_what_to_do() {
        let diagnostic = refuse("json-syntax", "The JSON breaks off.", "Download it again.")
            .at(Place::Line { line: 3, column: 9 });
        assert_eq!(
            diagnostic.to_string(),
            "line 3, column 9: The JSON breaks off. Download it again."
        );
    }
}
