//! What the columns of a table are: figures, categories, or labels.

use rustc_hash::FxHashSet;

use super::header_words::{is_label, sum, unit_of};
use super::identity::Identities;
use super::matching::Matched;
use super::table::Table;
use super::value::{self, Cell, Decimal, DecimalEvidence, Sign};
use super::{ColumnKind, England, FigureColumn, Unit};
use crate::diag::{Diagnostic, Reporter, Severity};

/// Of so many cells that have a value one may be a text in a column of numbers.
const TEXTS: usize = 5;

/// Categories that a map can show: as many as there are colours, with room for a few that share
/// one.
const CATEGORIES: usize = 12;

/// The columns of a table.
pub(super) struct Columns {
    pub all: Vec<FigureColumn>,
    /// The areas that have rows which differ.
    pub apart: Vec<usize>,
    /// Whether England has.
    pub england_is_apart: bool,
}

/// Reads the columns of a table, with a value for each area.
pub(super) fn columns(
    table: &Table,
    matched: &Matched,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) -> Columns {
    let meant: Vec<usize> = {
        let of_areas = matched.rows.iter().flatten().map(|(row, _)| *row);
        of_areas.chain(matched.england.iter().copied()).collect()
    };
    let others = (0..table.columns.len()).filter(|at| *at != matched.id_column);
    let evidence: Vec<(usize, DecimalEvidence)> = others
        .map(|at| {
            let cells = meant.iter().map(|row| table.columns[at].cell(*row));
            (at, value::decimal_evidence(cells))
        })
        .collect();
    let has_commas = evidence.iter().any(|(_, e)| *e == DecimalEvidence::Comma);
    let mut columns = Vec::new();
    let mut apart = vec![false; matched.rows.len()];
    let mut england_is_apart = false;
    for (at, evidence) in evidence {
        // Semicolons between the cells free the comma for decimals.
        let decimal = match evidence {
            DecimalEvidence::Comma => Decimal::Comma,
            DecimalEvidence::Open if has_commas && table.has_semicolons => Decimal::Comma,
            _ => Decimal::Point,
        };
        let reading = Reading { table, matched, at, decimal, meant: &meant };
        let Some((kind, unit)) = reading.kind(reporter) else { continue };
        if decimal == Decimal::Comma && kind == ColumnKind::Number {
            let message = format!("The commas of column {} are decimal signs.", reading.name());
            reporter.report(Diagnostic::new(Severity::Info, "decimal-comma", message));
        }
        let values = reading.values(kind, &mut apart, reporter);
        if unit == Some(Unit::Percent) {
            reading.tell_fractions(&values, reporter);
        }
        let england = match reading.of_rows(kind, &matched.england) {
            Some(Cell::Number(value)) => England::Recorded(value),
            Some(Cell::Missing) if kind == ColumnKind::Number => {
                sum(reading.name(), unit.as_ref(), &values, identities)
            }
            Some(_) => England::NotRecorded,
            None => {
                england_is_apart = true;
                England::NotRecorded
            }
        };
        let is_label = is_label(reading.name(), kind, &values, identities);
        columns.push(FigureColumn {
            name: reading.name().to_owned(),
            unit,
            kind,
            is_label,
            values,
            england,
        });
    }
    let areas = (0..apart.len()).filter(|area| apart[*area]).collect();
    Columns { all: columns, apart: areas, england_is_apart }
}

/// A column while it is read.
struct Reading<'a> {
    table: &'a Table,
    matched: &'a Matched,
    at: usize,
    decimal: Decimal,
    /// The rows of areas and England.
    meant: &'a [usize],
}

impl Reading<'_> {
    fn name(&self) -> &str {
        &self.table.columns[self.at].name
    }

    fn text(&self, row: usize) -> &str {
        self.table.columns[self.at].cell(row)
    }

    fn cell(&self, kind: ColumnKind, row: usize) -> Cell {
        match kind {
            ColumnKind::Number => value::numeric(self.text(row), self.decimal).0,
            ColumnKind::Category => value::wording(self.text(row)),
        }
    }

    /// Whether the column has numbers or categories, and the unit; `None` for one that has
    /// neither, such as names and notes.
    fn kind(&self, reporter: &mut Reporter) -> Option<(ColumnKind, Option<Unit>)> {
        let (mut numbers, mut texts) = (0_usize, 0_usize);
        let mut signs = [0_usize; 3];
        let mut words = FxHashSet::default();
        for row in self.meant {
            match value::numeric(self.text(*row), self.decimal) {
                (Cell::Number(_), sign) => {
                    numbers += 1;
                    if let Some(sign) = sign {
                        signs[sign as usize] += 1;
                    }
                }
                (Cell::Text(_), _) => texts += 1,
                (Cell::Missing | Cell::Suppressed(_), _) => {}
            }
            // More words than a map can show need not be counted.
            if words.len() <= CATEGORIES
                && let Cell::Text(word) = value::wording(self.text(*row))
            {
                words.insert(word);
            }
        }
        if numbers > 0 && texts * TEXTS <= numbers + texts {
            return Some((ColumnKind::Number, self.unit(numbers, signs, reporter)));
        }
        let is_category = (1..=CATEGORIES).contains(&words.len()) && words.len() < self.meant.len();
        is_category.then_some((ColumnKind::Category, None))
    }

    /// The unit that the header tells, or the signs beside the numbers.
    fn unit(&self, numbers: usize, signs: [usize; 3], reporter: &mut Reporter) -> Option<Unit> {
        for (sign, what) in [(Sign::Percent, "a percent sign"), (Sign::Pounds, "a pound sign")] {
            let count = signs[sign as usize];
            if count > 0 && count < numbers {
                let name = self.name();
                let message = format!("Of {numbers} numbers in column {name} {count} have {what}.");
                let hint = "All are read as they are written; check that they mean the same.";
                let diagnostic = Diagnostic::new(Severity::Warning, "unit-mixed", message);
                reporter.report(diagnostic.hint(hint));
            }
        }
        match signs {
            [percent, ..] if percent * 2 > numbers => Some(Unit::Percent),
            [_, pounds, _] if pounds * 2 > numbers => Some(Unit::Pounds),
            _ => unit_of(self.name()),
        }
    }

    /// The value of each area. Notes those areas whose rows differ.
    fn values(&self, kind: ColumnKind, apart: &mut [bool], reporter: &mut Reporter) -> Vec<Cell> {
        let areas = self.matched.rows.iter().zip(apart);
        let of_area = |(rows, apart): (&Vec<(usize, super::identity::How)>, &mut bool)| {
            let rows: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
            let cell = self.of_rows(kind, &rows);
            *apart |= cell.is_none();
            match cell {
                Some(Cell::Text(text)) if kind == ColumnKind::Number => {
                    let message = format!("\"{text}\" is no number; the area has no value.");
                    let diagnostic = Diagnostic::new(Severity::Warning, "figure-text", message);
                    let place = self.table.place(rows[0], self.name());
                    reporter
                        .report(diagnostic.hint("Correct the cell, or leave it blank.").at(place));
                    Cell::Text(text)
                }
                cell => cell.unwrap_or(Cell::Missing),
            }
        };
        areas.map(of_area).collect()
    }

    /// Tells of percentages that may be meant as parts of one: old workbooks show them with a
    /// sign that is not in the file.
    fn tell_fractions(&self, values: &[Cell], reporter: &mut Reporter) {
        let numbers = || values.iter().filter_map(Cell::number);
        let has_sign = self.meant.iter().any(|row| self.text(*row).contains('%'));
        if has_sign || numbers().count() < 3 || numbers().any(|value| value.abs() > 1.0) {
            return;
        }
        let message =
            format!("Column {} is of percentages, but no number is above 1.", self.name());
        let hint = "If they are parts of one, multiply them by 100.";
        reporter
            .report(Diagnostic::new(Severity::Warning, "percent-fractions", message).hint(hint));
    }

    /// What rows say if they say the same; `None` if they differ.
    fn of_rows(&self, kind: ColumnKind, rows: &[usize]) -> Option<Cell> {
        let Some((first, others)) = rows.split_first() else { return Some(Cell::Missing) };
        let cell = self.cell(kind, *first);
        others.iter().all(|row| self.cell(kind, *row) == cell).then_some(cell)
    }
}
