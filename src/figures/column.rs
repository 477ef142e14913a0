//! What the columns of a table are: figures, categories, or labels.

use rustc_hash::FxHashSet;

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
    pub columns: Vec<FigureColumn>,
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
    Columns { columns, apart: areas, england_is_apart }
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

    /// What rows say if they say the same; `None` if they differ.
    fn of_rows(&self, kind: ColumnKind, rows: &[usize]) -> Option<Cell> {
        let Some((first, others)) = rows.split_first() else { return Some(Cell::Missing) };
        let cell = self.cell(kind, *first);
        others.iter().all(|row| self.cell(kind, *row) == cell).then_some(cell)
    }
}

/// The unit that a header tells.
fn unit_of(header: &str) -> Option<Unit> {
    let header = header.to_lowercase();
    if let Some((_, rest)) = header.split_once("per ") {
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        let after = rest[digits.len()..].trim_start();
        let times = if after.starts_with('k') || after.starts_with("thousand") { 1000 } else { 1 };
        let number = digits.replace(',', "").parse::<u32>().ok();
        let many = number.and_then(|n| n.checked_mul(times)).filter(|n| *n >= 100);
        if let Some(many) = many.or_else(|| rest.starts_with("million").then_some(1_000_000)) {
            return Some(Unit::Per(many));
        }
    }
    let percents = ["%", "per cent", "percent"];
    if percents.iter().any(|word| header.contains(word)) {
        return Some(Unit::Percent);
    }
    // Thousands and millions of pounds are not pounds.
    let is_scaled = ["£m", "£k", "£0", "£'0", "£b", "million", "thousand", "bn"];
    let is_pounds = header.contains('£') && !is_scaled.iter().any(|word| header.contains(word));
    is_pounds.then_some(Unit::Pounds)
}

/// Words of headers whose figures cannot be added up.
const NO_SUMS: [&str; 24] = [
    "rate",
    "ratio",
    "mean",
    "average",
    "median",
    "per ",
    "index",
    "score",
    "share",
    "proportion",
    "day",
    "week",
    "hour",
    "minute",
    "age",
    "rank",
    "expectancy",
    "density",
    "decile",
    "quintile",
    "limit",
    "percentile",
    "prevalence",
    "coverage",
];

/// England's figure as the sum of all areas: only of whole numbers or pounds, of all areas of a
/// known set, and where the header speaks of no average.
fn sum(header: &str, unit: Option<&Unit>, values: &[Cell], identities: &Identities<'_>) -> England {
    let words = header.to_lowercase();
    let numbers: Option<Vec<f64>> = values.iter().map(Cell::number).collect();
    let Some(numbers) = numbers else { return England::NotRecorded };
    let is_count = match unit {
        None => numbers.iter().all(|value| value.fract() == 0.0 && *value >= 0.0),
        Some(Unit::Pounds) => true,
        Some(_) => false,
    };
    let about = &identities.joined.layer.about;
    let is_all = about.kind.zip(about.edition).is_some_and(|(kind, edition)| {
        let areas = identities.register.areas_of(kind, edition).count();
        areas == values.len() && identities.joined.bodies.iter().all(Option::is_some)
    });
    if is_count && is_all && !NO_SUMS.iter().any(|word| words.contains(word)) {
        England::Sum(numbers.iter().sum())
    } else {
        England::NotRecorded
    }
}

/// Whole headers, and beginnings and ends of words in them, that tell labels.
const LABELS: [&str; 21] = [
    "code",
    "cd",
    "id",
    "fid",
    "objectid",
    "globalid",
    "year",
    "date",
    "month",
    "quarter",
    "period",
    "rank",
    "name",
    "nm",
    "lat",
    "long",
    "latitude",
    "longitude",
    "bng_e",
    "bng_n",
    "no",
];

/// Whether a column tells what a row is about, not what was measured: codes, names, years,
/// numbers of rows.
fn is_label(header: &str, kind: ColumnKind, values: &[Cell], identities: &Identities<'_>) -> bool {
    let header = header.to_lowercase();
    let mut words = header.split(|c: char| !c.is_alphanumeric() && c != '_');
    let ends_so = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_code = ["cd", "nm", "_code", "_id"].iter().any(|end| ends_so.ends_with(end));
    let is_named_so = words.any(|word| LABELS.contains(&word)) || is_code;
    let numbers: Vec<f64> = values.iter().filter_map(Cell::number).collect();
    match kind {
        ColumnKind::Number => {
            // "Rate per year" has a year in its header, and decimals.
            let are_whole = numbers.iter().all(|value| value.fract() == 0.0);
            let are_years = numbers.iter().all(|value| (1900.0..2100.0).contains(value));
            let are_same = numbers.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits());
            let mut sorted = numbers.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let is_numbering = numbers.len() > 9
                && (sorted[0] == 0.0 || sorted[0].to_bits() == 1.0_f64.to_bits())
                && sorted.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-9);
            are_whole && ((is_named_so && unit_of(&header).is_none()) || is_numbering)
                || are_whole && are_years && are_same
        }
        ColumnKind::Category => {
            let words: FxHashSet<&str> = values
                .iter()
                .filter_map(
                    |cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None },
                )
                .collect();
            let known = words.iter().filter(|word| identities.find(word).is_some()).count();
            is_named_so || known * 2 > words.len()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_units() {
        for (header, unit) in [
            ("Rate per 100,000", Some(Unit::Per(100_000))),
            ("DSR per 100k population", Some(Unit::Per(100_000))),
            ("GPs per 1,000 patients", Some(Unit::Per(1_000))),
            ("Cases per million", Some(Unit::Per(1_000_000))),
            ("Visits per day", None),
            ("Visits per 2 weeks", None),
            ("Uptake (%)", Some(Unit::Percent)),
            ("Per cent seen", Some(Unit::Percent)),
            ("Spend (£)", Some(Unit::Pounds)),
            ("Spend (£m)", None),
            ("Spend (£000s)", None),
            ("Patients", None),
        ] {
            assert_eq!(unit_of(header), unit, "{header}");
        }
    }
}
