//! What a person has chosen for a file, where its own meaning leaves a choice.

use serde::{Deserialize, Serialize};

use super::{ReadError, limits};
use crate::diag::{Diagnostic, Reporter, Severity, refuse};

/// Choices for a file; what is `None` is found out from its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The TopoJSON object, GeoPackage layer or file of an archive.
    pub part: Option<String>,
    /// The column of the codes.
    pub code_field: Option<String>,
    /// The column of the names.
    pub name_field: Option<String>,
    /// Whether somebody is there to choose among several parts. Otherwise the one with the most
    /// areas is taken, and that is told.
    #[serde(skip)]
    pub asks: bool,
}

impl Choices {
    /// The choice of a part, and of nothing else.
    #[must_use]
    pub fn part(name: &str) -> Self {
        Self { part: Some(name.to_owned()), ..Self::default() }
    }
}

/// One of several boundary sets in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in the file.
    pub name: String,
    /// Number of its areas, as far as that is known without reading it.
    pub areas: Option<usize>,
}

/// The position of the part to read.
///
/// # Errors
/// If there is none, or none of the name that was chosen; [`ReadError::Choose`] if there are
/// several and somebody is there to choose.
pub fn choose(
    parts: &[Part],
    what: &str,
    choices: &Choices,
    reporter: &mut Reporter,
) -> Result<usize, ReadError> {
    let names = || {
        let shown = parts.iter().take(12).map(|part| part.name.as_str());
        let more = if parts.len() > 12 { " and others" } else { "" };
        shown.collect::<Vec<_>>().join(", ") + more
    };
    if parts.len() > limits::PARTS {
        return Err(limits::exceeded(&format!("{what}s"), parts.len(), limits::PARTS).into());
    }
    if let Some(wanted) = &choices.part {
        return parts.iter().position(|part| part.name == *wanted).ok_or_else(|| {
            let message = format!("The file has no {what} \"{wanted}\".");
            refuse("part-missing", message, format!("It has: {}.", names())).into()
        });
    }
    match parts {
        [] => {
            let message = format!("The file has no {what} with areas.");
            Err(refuse("no-areas", message, "Choose a file with polygons.").into())
        }
        [_] => Ok(0),
        _ if choices.asks => Err(ReadError::Choose(parts.to_vec())),
        _ => {
            // The first of those with the most areas.
            let most = (0..parts.len()).rev().max_by_key(|i| parts[*i].areas).unwrap_or(0);
            let message =
                format!("The file has several {what}s; \"{}\" is read.", parts[most].name);
            reporter.report(
                Diagnostic::new(Severity::Warning, "part-chosen", message)
                    .hint(format!("It has: {}.", names())),
            );
            Ok(most)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Vec<Part> {
        let part = |name: &str, areas| Part { name: name.to_owned(), areas: Some(areas) };
        vec![part("lines", 0), part("boards", 42), part("copy", 42)]
    }

    #[test]
    fn a_person_chooses_and_a_script_is_told() {
        let mut reporter = Reporter::default();
        let asks = Choices { asks: true, ..Choices::default() };
        let asked = choose(&parts(), "layer", &asks, &mut reporter);
        assert!(matches!(asked, Err(ReadError::Choose(parts)) if parts.len() == 3));
        assert_eq!(choose(&parts(), "layer", &Choices::part("copy"), &mut reporter).unwrap(), 2);
        assert_eq!(choose(&parts(), "layer", &Choices::default(), &mut reporter).unwrap(), 1);
        assert_eq!(reporter.finish()[0].code, "part-chosen");
    }

    #[test]
    fn a_part_that_is_not_there_is_told_with_those_that_are() {
        let missing = choose(&parts(), "layer", &Choices::part("wards"), &mut Reporter::default());
        let Err(ReadError::Refused(refusal)) = missing else { panic!("{missing:?}") };
        assert_eq!(refusal.reason.code, "part-missing");
        assert!(refusal.reason.hint.contains("boards"));
    }
}
