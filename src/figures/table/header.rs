//! Where a table begins: titles and notes above it, its header, its rows.

use csv::StringRecord;
use rustc_hash::FxHashMap;

use super::{Column, Grid, Table};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::figures::value::{Decimal, number};
use crate::model::OnsCode;

/// Rows that are looked at to find the header.
const SAMPLE: usize = 500;

/// Finds the header of a grid and makes a table of what is below it.
pub(super) fn table(
    file: String,
    sheet: Option<String>,
    grid: Grid,
    reporter: &mut Reporter,
) -> Result<Table, Diagnostic> {
    let mut table =
        Table { name: file, sheet, has_semicolons: grid.has_semicolons, ..Table::default() };
    let at = header_at(&grid.rows);
    let has_header = !grid.rows.get(at).is_some_and(|(_, row)| has_code(row));
    let below = if has_header { at + 1 } else { at };
    if grid.rows.len() <= below {
        let hint = "Choose a table with a row for each area below a header.";
        return Err(refuse("table-empty", "The table has no rows.", hint));
    }
    let title = table.title();
    let place = |row: usize| Place::Cell { table: title.clone(), row, column: "any".to_owned() };
    if at > 0 {
        let rows: Vec<usize> = grid.rows[..at].iter().map(|(number, _)| *number).collect();
        let message = format!("The header is in row {}; above it are notes.", grid.rows[at].0);
        let diagnostic = Diagnostic::new(Severity::Info, "title-lines", message);
        reporter.report(diagnostic.at(place(rows[0])));
    }
    if !has_header {
        let message = "The first row has the code of an area: the table has no header.";
        let hint = "The columns are numbered; add a header if that is wrong.";
        let diagnostic = Diagnostic::new(Severity::Warning, "header-missing", message);
        reporter.report(diagnostic.hint(hint).at(place(grid.rows[at].0)));
    }
    let widths = || grid.rows[below..].iter().map(|(_, row)| row.len());
    let header: StringRecord =
        if has_header { grid.rows[at].1.clone() } else { StringRecord::new() };
    // Where most rows are longer than the header, its last columns have no name; where few are, a
    // comma too many has moved their cells.
    let longer = widths().filter(|width| *width > header.len()).count();
    let most = widths().max().unwrap_or(0).max(header.len());
    let are_moved = grid.is_separated && has_header && longer * 2 <= grid.rows.len() - below;
    let width = if are_moved { header.len() } else { most };
    let groups = at.checked_sub(1).filter(|_| has_header).map(|above| &grid.rows[above].1);
    table.columns = names(&header, groups, width)
        .into_iter()
        .map(|name| Column { name, ..Column::default() })
        .collect();
    let usual = widths().map(|width| width.min(header.len())).max().unwrap_or(0);
    let mut short = 0;
    for (number, row) in grid.rows.into_iter().skip(below) {
        if row.len() > width {
            let message = format!(
                "The row has {} cells, the header {}: a comma too many has moved them.",
                row.len(),
                header.len()
            );
            let diagnostic = Diagnostic::new(Severity::Warning, "row-long", message);
            let hint = "The row is left out; put its texts in quotation marks.";
            reporter.report(diagnostic.hint(hint).at(place(number)));
            continue;
        }
        short += usize::from(row.len() * 2 < usual && row.len() > 1);
        table.numbers.push(number);
        for (at, column) in table.columns.iter_mut().enumerate() {
            column.push(row.get(at).unwrap_or_default());
        }
    }
    if short > 0 && grid.is_separated {
        let message = format!("Rows with fewer than half of the cells: {short}.");
        let diagnostic = Diagnostic::new(Severity::Warning, "row-short", message);
        reporter.report(diagnostic.hint("What they lack is taken as blank."));
    }
    table.drop_blank_columns(&header);
    if table.rows() == 0 {
        let hint = "Choose a table with a row for each area below a header.";
        return Err(refuse("table-empty", "The table has no rows that can be read.", hint));
    }
    Ok(table)
}

impl Table {
    /// Columns without a header and without a cell are margins.
    fn drop_blank_columns(&mut self, header: &StringRecord) {
        let mut at = 0;
        self.columns.retain(|column| {
            let is_named = header.get(at).is_some_and(|name| !name.is_empty());
            at += 1;
            is_named || !column.text.is_empty()
        });
    }
}

/// The position of the header: the first row with nearly as many cells as most rows have. Titles
/// have one or two, a row of merged headings has gaps.
fn header_at(rows: &[(usize, StringRecord)]) -> usize {
    let filled = |row: &StringRecord| row.iter().filter(|cell| !cell.is_empty()).count();
    let mut counts: Vec<usize> = rows.iter().take(SAMPLE).map(|(_, row)| filled(row)).collect();
    let first = counts.clone();
    counts.sort_unstable();
    let usual = counts.get(counts.len() * 3 / 4).copied().unwrap_or(0);
    let wanted = (usual * 3).div_ceil(4).max(usual.min(2));
    let found = first.iter().position(|count| *count >= wanted).unwrap_or(0);
    // A header may lack the names of its last columns.
    let is_data = rows.get(found).is_some_and(|(_, row)| has_code(row) || has_number(row));
    match found.checked_sub(1) {
        Some(above) if is_data && first[above] > 1 && !has_number(&rows[above].1) => above,
        _ => found,
    }
}

/// Whether a row has a number that is no year, as headers may have.
fn has_number(row: &StringRecord) -> bool {
    row.iter().any(|cell| {
        let value = number(cell, Decimal::Point).or_else(|| number(cell, Decimal::Comma));
        value.is_some_and(|(value, _)| !(1900.0..2200.0).contains(&value))
    })
}

fn has_code(row: &StringRecord) -> bool {
    row.iter().any(|cell| cell.parse::<OnsCode>().is_ok())
}

/// Names for so many columns, each once. Names that occur several times get the heading above
/// them, where it is not for one of them alone.
fn names(header: &StringRecord, groups: Option<&StringRecord>, width: usize) -> Vec<String> {
    let mut counts = FxHashMap::<&str, usize>::default();
    for name in header {
        *counts.entry(name).or_default() += 1;
    }
    let mut group = "";
    let mut taken = FxHashMap::<String, usize>::default();
    let mut names = Vec::with_capacity(width);
    for at in 0..width {
        let name = header.get(at).unwrap_or_default();
        // A merged cell has its text at its left end.
        let heading = groups.and_then(|row| row.get(at)).unwrap_or_default();
        if !heading.is_empty() {
            group = heading;
        }
        let is_repeated = counts.get(name).is_some_and(|count| *count > 1);
        let name = match name {
            "" => format!("Column {}", letters(at)),
            name if is_repeated && !group.is_empty() => format!("{group}: {name}"),
            name => name.to_owned(),
        };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let count = taken.entry(name.clone()).or_default();
        *count += 1;
        names.push(if *count > 1 { format!("{name} ({count})") } else { name });
    }
    names
}

/// A column as spreadsheet programs call it: A to Z, then AA.
fn letters(at: usize) -> String {
    let mut rest = at + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::super::separated::decode;
    use super::*;
    use crate::read::Progress;

    fn read(text: &str) -> (Result<Table, Diagnostic>, Vec<&'static str>) {
        let mut reporter = Reporter::default();
        let grid = decode(text.as_bytes(), &Progress::default(), &mut reporter).unwrap();
        let sheet = Sheet { file: "a.csv".to_owned(), grid };
        let table = sheet.into_table(false, &mut reporter);
        (table, reporter.finish().iter().map(|d| d.code).collect())
    }

    fn headers(text: &str) -> Vec<String> {
        read(text).0.unwrap().columns.into_iter().map(|column| column.name).collect()
    }

    #[test]
    fn titles_and_merged_headings_are_passed() {
        let text = "Waiting times\nPublished,May\n\n,,2023,,2024\nCode,Name,n,rate,n,rate\n\
            QKK,South East London,1,2,3,4\nQWE,South West London,5,6,7,8\n";
        let (table, told) = read(text);
        let table = table.unwrap();
        assert_eq!(told, ["title-lines"]);
        assert_eq!((table.rows(), table.numbers[0]), (2, 6));
        assert_eq!(
            table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
            ["Code", "Name", "2023: n", "2023: rate", "2024: n", "2024: rate"]
        );
        assert_eq!(table.columns[3].cells().collect::<Vec<_>>(), ["2", "6"]);
    }

    #[test]
    fn names_are_there_and_distinct() {
        assert_eq!(headers("a,,a,a\n1,2,3,4\n"), ["a", "Column B", "a (2)", "a (3)"]);
        assert_eq!(headers("a,,b\n1,,3\n4,,6\n"), ["a", "b"]);
        assert_eq!(headers("\"two\nlines\",b\n1,2\n"), ["two lines", "b"]);
        assert_eq!(letters(0) + &letters(25) + &letters(26) + &letters(701), "AZAAZZ");
    }

    #[test]
    fn a_table_without_a_header_is_told() {
        let (table, told) = read("E54000030,5\nE54000031,6\n");
        let table = table.unwrap();
        assert_eq!(told, ["header-missing"]);
        assert_eq!((table.rows(), table.columns[1].name.as_str()), (2, "Column B"));
    }

    #[test]
    fn rows_with_a_comma_too_many_are_left_out() {
        let text = "code,name,n\nQKK,a,1\nQK1,Leicester, Leicestershire and Rutland,2\nQWE,b,3\n";
        let (table, told) = read(text);
        assert_eq!(told, ["row-long"]);
        assert_eq!(table.unwrap().columns[2].cells().collect::<Vec<_>>(), ["1", "3"]);
    }

    #[test]
    fn rows_may_be_short_and_headers_too() {
        let (table, told) = read("a,b,c,d,e\n1,2,3,4,5\n1,2,3,4\n1,2\n");
        assert_eq!((told, table.unwrap().columns[3].cell(2)), (vec!["row-short"], ""));
        assert_eq!(headers("a,b\n1,2,3\n4,5,6\n"), ["a", "b", "Column C"]);
        assert_eq!(read("a,b\n").0.unwrap_err().code, "table-empty");
    }
}
