//! Workbooks of spreadsheet programs: XLSX (ECMA-376) and the older XLS.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};
use csv::StringRecord;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Grid, exceeded, limits};
use crate::diag::{Diagnostic, refuse};
use crate::read::limits::{UNPACK_FREE, UNPACK_RATIO, ZIP_ENTRIES};
use crate::read::{Progress, ReadError};

/// Reads the sheets of an XLSX workbook that has been looked at.
pub(super) fn xlsx(bytes: &[u8], progress: &Progress) -> Result<Vec<Grid>, ReadError> {
    check_archive(bytes, progress)?;
    let fault = |error: &XlsxError| match error {
        XlsxError::Password => locked(),
        error => broken(&error.to_string()),
    };
    guarded(|| {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        let mut grids = Vec::new();
        let mut cells = 0;
        for sheet in shown(workbook.sheets_metadata()) {
            let mut reader = match workbook.worksheet_cells_reader(&sheet) {
                Ok(reader) => reader,
                Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
                Err(error) => return Err(fault(&error).into()),
            };
            let are_percent: Vec<bool> = reader.styles().iter().map(is_percent).collect();
            let mut rows = Rows::new(sheet, cells);
            loop {
                let next = reader.next_cell_with_style_id().map_err(|error| fault(&error))?;
                let Some((cell, style)) = next else { break };
                let is_percent = are_percent.get(style).is_some_and(|is_percent| *is_percent);
                let text = text_of(cell.get_value().clone().into(), is_percent);
                if rows.add(cell.get_position(), &text)? {
                    progress.go_on()?;
                }
            }
            let grid = rows.finish()?;
            cells = grid.cells;
            grids.push(grid);
        }
        Ok(grids)
    })
}

/// Reads the sheets of an XLS workbook. Its percentages are not told from fractions.
pub(super) fn xls(bytes: &[u8]) -> Result<Vec<Grid>, ReadError> {
    // An encrypted XLSX is packed like an old workbook, with this stream in it (in UTF-16).
    let stream: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(stream.len()).any(|window| window == stream) {
        return Err(locked().into());
    }
    let fault = |error: &XlsError| match error {
        XlsError::Password => locked(),
        error => broken(&error.to_string()),
    };
    guarded(|| {
        let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        let mut grids = Vec::new();
        let mut cells = 0;
        for sheet in shown(workbook.sheets_metadata()) {
            let range = workbook.worksheet_range(&sheet).map_err(|error| fault(&error))?;
            let (top, left) = range.start().unwrap_or_default();
            let mut rows = Rows::new(sheet, cells);
            for (row, column, value) in range.used_cells() {
                let at = |start: u32, n: usize| start + u32::try_from(n).unwrap_or(u32::MAX / 2);
                rows.add((at(top, row), at(left, column)), &text_of(value.clone(), false))?;
            }
            let grid = rows.finish()?;
            cells = grid.cells;
            grids.push(grid);
        }
        Ok(grids)
    })
}

/// Runs a decoder that may panic with a damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(broken("").into()))
}

/// The sheets of a workbook with cells that a person can see.
fn shown(sheets: &[calamine::Sheet]) -> Vec<String> {
    let is_shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    sheets.iter().filter(is_shown).map(|sheet| sheet.name.clone()).collect()
}

/// Cells in their order, gathered to rows.
struct Rows {
    grid: Grid,
    number: u32,
    row: Vec<String>,
}

impl Rows {
    fn new(sheet: String, cells: usize) -> Self {
        let grid = Grid { sheet: Some(sheet), cells, ..Grid::default() };
        Self { grid, number: 0, row: Vec::new() }
    }

    /// Adds a cell at a row and column from zero. Tells whether a row was begun with it.
    fn add(&mut self, (row, column): (u32, u32), text: &str) -> Result<bool, Diagnostic> {
        if text.is_empty() {
            return Ok(false);
        }
        let is_new = row != self.number;
        if is_new {
            self.end_row()?;
            self.number = row;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= limits::COLUMNS {
            return Err(exceeded("columns", limits::COLUMNS));
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        text.clone_into(&mut self.row[column]);
        Ok(is_new)
    }

    fn end_row(&mut self) -> Result<(), Diagnostic> {
        let row: StringRecord = self.row.iter().collect();
        self.row.clear();
        self.grid.push(usize::try_from(self.number).unwrap_or(usize::MAX - 1) + 1, &row)
    }

    fn finish(mut self) -> Result<Grid, Diagnostic> {
        self.end_row()?;
        Ok(self.grid)
    }
}

/// Whether a style shows fractions as parts of a hundred.
fn is_percent(style: &calamine::Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| {
        // A sign within quotes is a text.
        format.format_code.split('"').step_by(2).any(|code| code.contains('%'))
    })
}

/// What a cell shows, as a text file would have it.
fn text_of(value: Data, is_percent: bool) -> String {
    match value {
        Data::Float(number) if is_percent => percent(number),
        #[expect(clippy::cast_precision_loss, reason = "a percentage has few digits")]
        Data::Int(number) if is_percent => percent(number as f64),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Bool(is_true) => if is_true { "true" } else { "false" }.to_owned(),
        Data::DateTime(date) => date_text(&date),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A fraction in parts of a hundred, without the digits that the multiplication makes up.
pub(super) fn percent(fraction: f64) -> String {
    let rounded = format!("{:.12}", fraction * 100.0);
    format!("{}%", rounded.trim_end_matches('0').trim_end_matches('.'))
}

fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let time = if (hour, minute, second) == (0, 0, 0) {
        String::new()
    } else {
        format!(" {hour:02}:{minute:02}:{second:02}")
    };
    format!("{year:04}-{month:02}-{day:02}{time}")
}

/// Unpacks the archive once into nothing, to know how much it becomes: what it says of its sizes
/// is not believed.
pub(super) fn check_archive(bytes: &[u8], progress: &Progress) -> Result<(), ReadError> {
    const STEP: usize = 64 * 1024;
    let fault = |error: &ZipError| broken(&error.to_string());
    let is_entry = |window: &&[u8]| **window == *b"PK\x01\x02";
    if bytes.windows(4).filter(is_entry).take(ZIP_ENTRIES + 1).count() > ZIP_ENTRIES {
        return Err(exceeded("files inside", ZIP_ENTRIES).into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let most = UNPACK_FREE.max((bytes.len() as u64).saturating_mul(UNPACK_RATIO));
    let most = most.min(crate::read::limits::FILE_BYTES);
    let mut unpacked = 0;
    let mut buffer = vec![0; STEP];
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| fault(&error))?;
        loop {
            progress.go_on()?;
            let got = file.read(&mut buffer).map_err(|error| broken(&error.to_string()))?;
            if got == 0 {
                break;
            }
            unpacked += got as u64;
            if unpacked > most {
                let message = "The workbook unpacks to far more than its size.";
                return Err(refuse("unpack-ratio", message, "Save the table as CSV.").into());
            }
        }
    }
    Ok(())
}

pub(super) fn locked() -> Diagnostic {
    refuse(
        "table-locked",
        "The workbook is locked with a password.",
        "Open it in a spreadsheet program and save it without one.",
    )
}

pub(super) fn broken(what: &str) -> Diagnostic {
    let what: String = what.chars().take(200).collect();
    let what = what.trim_end_matches('.');
    let message = if what.is_empty() {
        "The workbook is damaged.".to_owned()
    } else {
        format!("The workbook is damaged: {what}.")
    };
    refuse(
        "table-broken",
        message,
        "Open it in a spreadsheet program and save it again, or as CSV.",
    )
}
