//! Figures on the map: a table with a row for each area, by which the areas are coloured.
//!
//! bytes → sheets ([`table`]) → the column that names the areas, and the area of each row
//! (`matching`, `identity`) → columns with a value for each area (`column`, [`value`]) →
//! [`classes`] or ranks. Nothing is guessed in silence: what was recognised, left out or is
//! doubtful is told in diagnostics as by [`crate::read`].

mod attached;
pub mod classes;
mod column;
mod figure;
mod header_words;
mod identity;
mod matching;
pub mod rate;
pub mod table;
mod told;
pub mod value;

use serde::{Deserialize, Serialize};

pub use figure::{ColumnKind, England, FigureColumn, Unit};
pub use told::Unmatched;
pub use value::Cell;

use crate::diag::{Diagnostic, Reporter, Severity, Warned, refuse};
use crate::model::{JoinedLayer, Register};
use crate::read::{self, Part, Progress, ReadError, Source, Stage, choices};
use identity::Identities;
use table::{Sheet, Table};

/// What a person has chosen for a table; what is `None` is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureChoices {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The header of the column that names the areas.
    pub id_column: Option<String>,
    /// Whether somebody is there to choose among several sheets.
    #[serde(skip)]
    pub asks: bool,
}

/// The figures of a file for the areas of one layer.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Name of the file.
    pub title: String,
    /// The sheet, if the file has several.
    pub sheet: Option<String>,
    /// The sheets that there are to choose from, with the areas that each has rows for; empty
    /// where there is but one.
    pub sheets: Vec<Part>,
    /// The headers of all columns, to choose [`Self::id_column`] from.
    pub headers: Vec<String>,
    /// The header of the column that names the areas.
    pub id_column: String,
    /// The columns that can be shown, in the order of the file; never empty.
    pub columns: Vec<FigureColumn>,
    /// The column to show first: see [`Self::usual_column`].
    pub first_column: usize,
    /// How many areas have a row.
    pub areas: usize,
    /// The rows that belong to no area of the layer, in the order of the file.
    pub unmatched: Vec<Unmatched>,
}

impl Figures {
    /// The position of the column with this header, in any case.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = name.trim().to_lowercase();
        self.columns.iter().position(|column| column.name.to_lowercase() == wanted)
    }

    /// Reads a table and finds the area of each of its rows.
    ///
    /// # Errors
    /// If the file is no table, or no row is about an area of the layer; or
    /// [`ReadError::Choose`] if there are several sheets with such rows and somebody is there to
    /// choose.
    pub fn read(
        source: &Source<'_>,
        joined: &JoinedLayer,
        register: &Register,
        choices: &FigureChoices,
        progress: &Progress,
    ) -> Result<Warned<Self>, ReadError> {
        let mut reporter = Reporter::default();
        match read_all(source, joined, register, choices, progress, &mut reporter) {
            Ok(value) => Ok(Warned { value, diagnostics: reporter.finish() }),
            Err(ReadError::Refused(mut refusal)) => {
                refusal.before = reporter.finish();
                Err(ReadError::Refused(refusal))
            }
            Err(other) => Err(other),
        }
    }

    /// The column that is shown unless somebody chooses another: the first share or rate, since
    /// areas differ in size and a map of counts mostly shows where people live; else the first
    /// number; else the first category. Labels come last, and limits of confidence are passed.
    fn usual_column(columns: &[FigureColumn]) -> usize {
        let is_limit = |column: &FigureColumn| {
            let name = column.name.to_lowercase();
            ["confidence", "limit", " ci", "ci ", "lower", "upper", "denominator"]
                .iter()
                .any(|word| name.contains(word))
        };
        let is_share = |column: &FigureColumn| {
            matches!(column.unit, Some(Unit::Percent | Unit::Per(_)))
                || column
                    .name
                    .to_lowercase()
                    .split(|c: char| !c.is_alphabetic())
                    .any(|w| w == "rate")
        };
        let wish = |column: &FigureColumn| match (column.kind, column.is_label) {
            (_, true) => 4,
            (ColumnKind::Number, false) if is_limit(column) => 3,
            (ColumnKind::Number, false) if is_share(column) => 0,
            (ColumnKind::Number, false) => 1,
            (ColumnKind::Category, false) => 2,
        };
        (0..columns.len()).min_by_key(|at| wish(&columns[*at])).unwrap_or(0)
    }
}

fn read_all(
    source: &Source<'_>,
    joined: &JoinedLayer,
    register: &Register,
    choices: &FigureChoices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Figures, ReadError> {
    progress.enter(Stage::Decoding)?;
    let sheets = table::read(source, progress, reporter)?;
    progress.enter(Stage::Building)?;
    let identities = Identities::new(joined, register);
    let (table, sheets) = choose_sheet(sheets, choices, &identities, reporter)?;
    let id_column = match &choices.id_column {
        Some(name) => matching::chosen_column(&table, name)?,
        None => match matching::id_column(&table, &identities) {
            Some((column, _)) => column,
            None => return Err(told::nothing_matches(&table, None, &identities).into()),
        },
    };
    let matched = matching::rows(&table, id_column, &identities, progress)?;
    if matched.areas() == 0 {
        return Err(told::nothing_matches(&table, Some(id_column), &identities).into());
    }
    told::areas(&table, &matched, &identities, reporter);
    let unmatched = told::unmatched(&table, &matched, &identities, reporter);
    let column::Columns { all: columns, apart, england_is_apart } =
        column::columns(&table, &matched, &identities, reporter);
    told::duplicates(&table, &matched, &apart, &identities, reporter);
    if england_is_apart {
        told::duplicate_totals(&table, &matched, reporter);
    }
    if columns.is_empty() {
        let message = "The table has no column of numbers or categories.";
        let hint = "Choose a table with figures beside the areas.";
        return Err(refuse("no-figures", message, hint).into());
    }
    let first_column = Figures::usual_column(&columns);
    let id_name = table.columns[id_column].name.clone();
    let message = format!(
        "Areas are named by column {id_name}; column {} is shown first.",
        columns[first_column].name
    );
    reporter.report(Diagnostic::new(Severity::Info, "figures-columns", message));
    Ok(Figures {
        title: table.name.clone(),
        sheet: table.sheet.clone(),
        sheets,
        headers: table.columns.iter().map(|column| column.name.clone()).collect(),
        id_column: id_name,
        columns,
        first_column,
        areas: matched.areas(),
        unmatched,
    })
}

/// The sheet to read: the one with rows for most areas, unless somebody chooses.
fn choose_sheet(
    sheets: Vec<Sheet>,
    choices: &FigureChoices,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) -> Result<(Table, Vec<Part>), ReadError> {
    let several = sheets.len() > 1;
    let mut tables = Vec::new();
    let mut parts = Vec::new();
    let mut refusal = None;
    for sheet in sheets {
        let Part { name, .. } = sheet.part();
        let mut told = Reporter::default();
        match sheet.into_table(several, &mut told) {
            Ok(table) => {
                let areas = matching::id_column(&table, identities).map_or(0, |(_, areas)| areas);
                parts.push(Part { name, areas: Some(areas) });
                tables.push((table, told.finish()));
            }
            Err(diagnostic) => refusal = Some(diagnostic),
        }
    }
    let with_areas: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].areas > Some(0)).collect();
    let chosen = match (&choices.sheet, with_areas.as_slice()) {
        (None, [only]) if several => {
            let message =
                format!("The sheet \"{}\" is read: no other has areas.", parts[*only].name);
            reporter.report(Diagnostic::new(Severity::Info, "part-chosen", message));
            *only
        }
        (None, _) if parts.is_empty() => {
            let none = || refuse("table-empty", "The table has no rows.", "Choose another file.");
            return Err(refusal.unwrap_or_else(none).into());
        }
        _ => {
            let choices = read::Choices {
                part: choices.sheet.clone(),
                asks: choices.asks,
                ..read::Choices::default()
            };
            choices::choose(&parts, "sheet", &choices, reporter)?
        }
    };
    let (table, told) = tables.swap_remove(chosen);
    for diagnostic in told {
        reporter.report(diagnostic);
    }
    Ok((table, if several { parts } else { Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::figure::tests::column;
    use super::*;

    #[test]
    fn shares_are_shown_before_counts_and_labels_last() {
        let named = |name: &str, unit, is_label| FigureColumn {
            name: name.to_owned(),
            unit,
            is_label,
            ..column(&[1.0])
        };
        let year = named("Year", None, true);
        let count = named("Count", None, false);
        let lower = named("Lower CI limit", Some(Unit::Percent), false);
        let share = named("Uptake", Some(Unit::Percent), false);
        let rate = named("Crude rate", None, false);
        let of = |columns: &[&FigureColumn]| {
            let columns: Vec<FigureColumn> = columns.iter().map(|c| (*c).clone()).collect();
            columns[Figures::usual_column(&columns)].name.clone()
        };
        assert_eq!(of(&[&year, &count, &lower, &share]), "Uptake");
        assert_eq!(of(&[&count, &rate, &share]), "Crude rate");
        assert_eq!(of(&[&year, &count, &lower]), "Count");
        assert_eq!(of(&[&year]), "Year");
    }
}
