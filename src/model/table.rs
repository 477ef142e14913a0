//! Reading the fact tables: CSV with a header, every fault told with table, row and column.

use std::str::FromStr;

use crate::diag::{Diagnostic, Place, refuse};

/// A fact table in memory.
pub struct Table {
    name: &'static str,
    headers: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    record: &'a csv::StringRecord,
    number: usize,
}

impl Table {
    /// Parses `text`, the table called `name`.
    ///
    /// # Errors
    /// If it is not CSV with the same number of cells in every row.
    pub fn parse(name: &'static str, text: &str) -> Result<Self, Diagnostic> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let fail = |error: &csv::Error| {
            let row = error.position().map_or(1, |p| usize::try_from(p.record()).unwrap_or(0) + 1);
            let place = Place::Cell { table: name.to_owned(), row, column: "any".to_owned() };
            refuse("table-csv", format!("The table cannot be read: {error}."), "").at(place)
        };
        let headers = reader.headers().map_err(|e| fail(&e))?.clone();
        let records = reader.records().collect::<Result<_, _>>().map_err(|e| fail(&e))?;
        Ok(Self { name, headers, records })
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (2..).zip(&self.records).map(|(number, record)| Row { table: self, record, number })
    }
}

impl<'a> Row<'a> {
    /// The text of a cell, trimmed, or `None` if it is empty.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn text(&self, column: &str) -> Result<Option<&'a str>, Diagnostic> {
        let missing = || self.fault(column, "The table has no such column.");
        let at = self.table.headers.iter().position(|h| h == column).ok_or_else(missing)?;
        Ok(self.record.get(at).map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The text of a cell that must not be empty.
    ///
    /// # Errors
    /// If it is empty or the column is missing.
    pub fn required(&self, column: &str) -> Result<&'a str, Diagnostic> {
        self.text(column)?.ok_or_else(|| self.fault(column, "The cell must not be empty."))
    }

    /// The value of a cell that may be empty.
    ///
    /// # Errors
    /// If the text is not a `T`, or the column is missing.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<Option<T>, Diagnostic>
    where
        T::Err: std::fmt::Display,
    {
        let Some(text) = self.text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|error: T::Err| self.fault(column, &format!("{error}.")))
    }

    /// The value of a cell that must not be empty.
    ///
    /// # Errors
    /// If it is empty or not a `T`, or the column is missing.
    pub fn parse_required<T: FromStr>(&self, column: &str) -> Result<T, Diagnostic>
    where
        T::Err: std::fmt::Display,
    {
        let value = self.parse(column)?;
        value.ok_or_else(|| self.fault(column, "The cell must not be empty."))
    }

    /// An error at a cell of this row.
    #[must_use]
    pub fn fault(&self, column: &str, message: &str) -> Diagnostic {
        refuse("table-cell", message, "").at(Place::Cell {
            table: self.table.name.to_owned(),
            row: self.number,
            column: column.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn faults_name_table_row_and_column() {
        let table = Table::parse("boards", "code,opened\nQKK,2022-07-01\nQWE,soon\n").unwrap();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows[0].parse::<Date>("opened").unwrap().unwrap().year(), 2022);
        let fault = rows[1].parse::<Date>("opened").unwrap_err();
        assert_eq!(fault.place.to_string(), "table boards, row 3, column opened");
        assert!(fault.message.contains("soon"), "{fault}");
        assert!(rows[0].required("closed").is_err());
    }

    #[test]
    fn a_short_row_is_refused() {
        assert!(Table::parse("boards", "code,opened\nQKK\n").is_err());
    }
}
