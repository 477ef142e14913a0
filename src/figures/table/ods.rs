//! OpenDocument spreadsheets (ISO/IEC 26300): the sheets of `content.xml`.
//!
//! A row or cell that is repeated is written once with a number, which may be a million for the
//! blank rest of a sheet: blanks are counted, never made.

use std::io::{Cursor, Read};

use csv::StringRecord;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::workbook::{broken, check_archive, locked, percent};
use super::{Grid, exceeded, limits};
use crate::diag::Diagnostic;
use crate::read::{Progress, ReadError};

/// Reads the sheets of a spreadsheet.
pub(super) fn decode(bytes: &[u8], progress: &Progress) -> Result<Vec<Grid>, ReadError> {
    check_archive(bytes, progress)?;
    let fault = |error: &dyn std::fmt::Display| broken(&error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let mut text = |name: &str| -> Result<String, Diagnostic> {
        let mut text = String::new();
        let mut file = archive.by_name(name).map_err(|error| fault(&error))?;
        file.read_to_string(&mut text).map_err(|error| fault(&error))?;
        Ok(text)
    };
    let is_locked = |manifest: &str| manifest.contains("encryption-data");
    if text("META-INF/manifest.xml").is_ok_and(|manifest| is_locked(&manifest)) {
        return Err(locked().into());
    }
    let content = text("content.xml")?;
    let mut xml = Reader::from_str(&content);
    xml.config_mut().expand_empty_elements = true;
    let mut sheets = Sheets::default();
    loop {
        match xml.read_event().map_err(|error| fault(&error))? {
            Event::Start(element) => {
                sheets.start(&element);
                progress.go_on()?;
            }
            Event::End(element) => sheets.end(element.local_name().as_ref())?,
            Event::Text(said) => sheets.say(&said.decode().map_err(|error| fault(&error))?),
            Event::CData(said) => sheets.say(&said.decode().map_err(|error| fault(&error))?),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| fault(&error))?;
                let name = reference.decode().map_err(|error| fault(&error))?;
                let entity = quick_xml::escape::resolve_xml_entity(&name).unwrap_or_default();
                match character {
                    Some(character) => sheets.say(character.encode_utf8(&mut [0; 4])),
                    None => sheets.say(entity),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(sheets.done)
}

/// What has been read so far.
#[derive(Default)]
struct Sheets {
    done: Vec<Grid>,
    grid: Option<Grid>,
    /// The number of the row, from one, and how often it is repeated.
    row: usize,
    row_repeats: usize,
    cells: Vec<String>,
    /// Blank cells that make a difference only if another cell follows.
    blanks: usize,
    cell: Option<Cell>,
    /// Depth of notes, whose text is none of the cell's.
    notes: usize,
    counted: usize,
}

struct Cell {
    repeats: usize,
    /// The value where it is not the text, as of percentages and dates.
    value: Option<String>,
    text: String,
}

impl Sheets {
    fn start(&mut self, element: &BytesStart<'_>) {
        let attribute = |name: &str| -> Option<String> {
            let named = element.attributes().flatten();
            let mut found = named.filter(|a| a.key.local_name().as_ref() == name.as_bytes());
            let value = found.next()?.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some(value.into_owned())
        };
        let repeats = |name| attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1_usize).max(1);
        match element.local_name().as_ref() {
            b"table" if self.grid.is_none() => {
                let sheet = Some(attribute("name").unwrap_or_default());
                self.grid = Some(Grid { sheet, cells: self.counted, ..Grid::default() });
                self.row = 1;
            }
            b"table-row" => {
                self.row_repeats = repeats("number-rows-repeated");
            }
            b"table-cell" | b"covered-table-cell" => {
                let value = match attribute("value-type").as_deref() {
                    Some("percentage") => {
                        attribute("value").and_then(|v| v.parse().ok()).map(percent)
                    }
                    Some("float" | "currency") => attribute("value"),
                    Some("date") => attribute("date-value"),
                    Some("boolean") => attribute("boolean-value"),
                    _ => None,
                };
                let repeats = repeats("number-columns-repeated");
                self.cell = Some(Cell { repeats, value, text: String::new() });
            }
            b"annotation" => self.notes += 1,
            b"p" => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push(' ');
                }
            }
            b"s" | b"tab" | b"line-break" => self.say(" "),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.notes == 0) {
            let room = (4 * limits::CELL_CHARS).saturating_sub(cell.text.len());
            cell.text.extend(text.chars().take(room));
        }
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Diagnostic> {
        match name {
            b"annotation" => self.notes = self.notes.saturating_sub(1),
            b"table-cell" | b"covered-table-cell" => self.end_cell()?,
            b"table-row" => self.end_row()?,
            b"table" => {
                if let Some(grid) = self.grid.take() {
                    self.counted = grid.cells;
                    self.done.push(grid);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Diagnostic> {
        let Some(Cell { repeats, value, text }) = self.cell.take() else { return Ok(()) };
        let text = value.unwrap_or(text);
        if text.trim().is_empty() {
            self.blanks = self.blanks.saturating_add(repeats);
            return Ok(());
        }
        let columns = self.cells.len().saturating_add(self.blanks).saturating_add(repeats);
        if columns > limits::COLUMNS {
            return Err(exceeded("columns", limits::COLUMNS));
        }
        self.cells.resize(self.cells.len() + self.blanks, String::new());
        self.blanks = 0;
        self.cells.extend(std::iter::repeat_n(text, repeats));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Diagnostic> {
        self.blanks = 0;
        let cells = std::mem::take(&mut self.cells);
        let number = self.row;
        self.row = self.row.saturating_add(self.row_repeats);
        let Some(grid) = self.grid.as_mut().filter(|_| !cells.is_empty()) else { return Ok(()) };
        // The limits on rows and cells end a row that is repeated without end.
        let row: StringRecord = cells.iter().collect();
        for repeat in 0..self.row_repeats {
            grid.push(number + repeat, &row)?;
        }
        Ok(())
    }
}
