//! Writing CSV tables.

use std::path::Path;

use super::Output;
use crate::diag::{Diagnostic, refuse};
use crate::model::table::Table;

/// A table being written.
pub struct Writer {
    csv: csv::Writer<Vec<u8>>,
    path: String,
}

impl Writer {
    /// A table with these columns, at a path below `geodata/`.
    pub fn new(path: &str, columns: &[&str]) -> Result<Self, Diagnostic> {
        let mut writer = Self { csv: csv::Writer::from_writer(Vec::new()), path: path.to_owned() };
        writer.row(columns)?;
        Ok(writer)
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[&str]) -> Result<(), Diagnostic> {
        self.csv.write_record(cells).map_err(|error| fault(&self.path, &error.to_string()))
    }

    /// The finished table.
    pub fn finish(self) -> Result<Output, Diagnostic> {
        let bytes = self.csv.into_inner().map_err(|error| fault(&self.path, &error.to_string()))?;
        let text =
            String::from_utf8(bytes).map_err(|error| fault(&self.path, &error.to_string()))?;
        Ok(Output { path: self.path, text })
    }
}

fn fault(path: &str, what: &str) -> Diagnostic {
    refuse("table-csv", format!("{path} cannot be made: {what}."), "")
}

/// Reads a source table by its name without `.csv`.
pub fn source(folder: &Path, name: &'static str) -> Result<Table, Diagnostic> {
    let path = folder.join(format!("{name}.csv"));
    let bytes = super::read(&path)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| refuse("encoding", format!("{} is not UTF-8 text.", path.display()), ""))?;
    Table::parse(name, &text)
}
