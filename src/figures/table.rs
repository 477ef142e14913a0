//! A table from outside: text with a sign between the cells, or a sheet of a workbook.

mod header;
mod ods;
mod separated;
mod workbook;

use csv::StringRecord;

use crate::diag::{Diagnostic, Place, Reporter, refuse};
use crate::read::{Part, Progress, ReadError, Source};

/// How much of a table is read, with the reason for each number.
pub mod limits {
    /// Bytes of a file: a million rows of ten columns have a tenth of that.
    pub const FILE_BYTES: usize = 200 * 1024 * 1024;

    /// Rows: a spreadsheet program can hold 1,048,576, and the smallest statistical areas of
    /// England are 190,000.
    pub const ROWS: usize = 1_000_000;

    /// Columns: monthly figures of eighty years.
    pub const COLUMNS: usize = 1_000;

    /// Cells, over all rows: those of a million rows of twenty columns.
    pub const CELLS: usize = 20_000_000;

    /// Characters of a cell that are kept: more is a note, no name or number.
    pub const CELL_CHARS: usize = 500;
}

/// A table with named columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Name of the file.
    pub name: String,
    /// Name of the sheet, if it is one of a workbook.
    pub sheet: Option<String>,
    /// The columns in order.
    pub columns: Vec<Column>,
    /// Where each row stands in the file, the first line or row being one.
    pub numbers: Vec<usize>,
    /// Whether the cells are parted by semicolons, as where commas are decimal signs.
    pub has_semicolons: bool,
}

/// A column: one text for each row.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its header; never empty, and like no other.
    pub name: String,
    text: String,
    ends: Vec<usize>,
}

impl Table {
    /// The number of rows below the header.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    /// The position of the column with this header, in any case.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = name.trim();
        let exact = self.columns.iter().position(|column| column.name == wanted);
        let is_same = |column: &Column| column.name.to_lowercase() == wanted.to_lowercase();
        exact.or_else(|| self.columns.iter().position(is_same))
    }

    /// The place of a cell.
    #[must_use]
    pub fn place(&self, row: usize, column: &str) -> Place {
        let row = self.numbers.get(row).copied().unwrap_or_default();
        Place::Cell { table: self.title(), row, column: column.to_owned() }
    }

    /// The file, and the sheet if it has several.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}, {sheet}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Column {
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// The text of a cell, without blanks around it.
    #[must_use]
    pub fn cell(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[row]]
    }

    /// The texts of all cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|row| self.cell(row))
    }
}

/// The rows of a text or sheet as they stand in it, without blank ones.
#[derive(Debug, Default)]
struct Grid {
    sheet: Option<String>,
    /// Each row with where it stands, from one.
    rows: Vec<(usize, StringRecord)>,
    cells: usize,
    /// Whether each row has as many cells as it was given, so that one can have too many.
    is_separated: bool,
    has_semicolons: bool,
}

impl Grid {
    /// Adds a row, unless it is blank; counts against the limits.
    fn push(&mut self, number: usize, row: &StringRecord) -> Result<(), Diagnostic> {
        let filled = (0..row.len()).rev().find(|at| !super::value::trimmed(&row[*at]).is_empty());
        let Some(last) = filled else { return Ok(()) };
        if self.rows.len() > limits::ROWS {
            return Err(exceeded("rows", limits::ROWS));
        }
        if last >= limits::COLUMNS {
            return Err(exceeded("columns", limits::COLUMNS));
        }
        self.cells += last + 1;
        if self.cells > limits::CELLS {
            return Err(exceeded("cells", limits::CELLS));
        }
        // Gathered anew even where nothing changes: a copy would keep the room of the longest row.
        let row = row.iter().take(last + 1).map(|cell| cut(super::value::trimmed(cell))).collect();
        self.rows.push((number, row));
        Ok(())
    }
}

/// The part of a text that is kept.
fn cut(text: &str) -> &str {
    text.char_indices().nth(limits::CELL_CHARS).map_or(text, |(end, _)| &text[..end])
}

fn exceeded(what: &str, limit: usize) -> Diagnostic {
    refuse(
        "limit-exceeded",
        format!("The table has more {what} than are read; the limit is {limit}."),
        "Keep the rows and columns that the map is to show, and save them as a table of their own.",
    )
}

/// The tables of a file: one of a text, one for each sheet of a workbook that has rows.
///
/// # Errors
/// If the file is no table, is damaged, or has more than the limits allow.
pub fn read(
    source: &Source<'_>,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Vec<Sheet>, ReadError> {
    let bytes: &[u8] = &source.bytes;
    if bytes.len() > limits::FILE_BYTES {
        let mb = |bytes: usize| bytes / (1024 * 1024);
        let (size, limit) = (mb(bytes.len()), mb(limits::FILE_BYTES));
        let message = format!("The table has {size} MB; the limit is {limit} MB.");
        return Err(refuse("too-large", message, "Keep the rows that the map is to show.").into());
    }
    let grids = match content_of(bytes)? {
        Content::Excel => workbook::xlsx(bytes, progress)?,
        Content::OldExcel => workbook::xls(bytes)?,
        Content::OpenDocument => ods::decode(bytes, progress)?,
        Content::Text => vec![separated::decode(bytes, progress, reporter)?],
    };
    let grids: Vec<Grid> = grids.into_iter().filter(|grid| !grid.rows.is_empty()).collect();
    if grids.is_empty() {
        return Err(refuse("table-empty", "The table has no rows.", "Choose another file.").into());
    }
    Ok(grids.into_iter().map(|grid| Sheet { file: source.name.clone(), grid }).collect())
}

/// A sheet whose header has not been looked for yet.
#[derive(Debug)]
pub struct Sheet {
    file: String,
    grid: Grid,
}

impl Sheet {
    /// Its name and number of rows, for a choice.
    #[must_use]
    pub fn part(&self) -> Part {
        let name = self.grid.sheet.clone().unwrap_or_else(|| self.file.clone());
        Part { name, areas: Some(self.grid.rows.len()) }
    }

    /// The table, and what there is to tell of it. `is_one_of_several` says whether the sheet has
    /// to be named.
    ///
    /// # Errors
    /// If it has no rows below a header.
    pub fn into_table(
        self,
        is_one_of_several: bool,
        reporter: &mut Reporter,
    ) -> Result<Table, Diagnostic> {
        let sheet = self.grid.sheet.clone().filter(|_| is_one_of_several);
        header::table(self.file, sheet, self.grid, reporter)
    }
}

/// What a file is, by its first bytes and the names in its archive.
enum Content {
    Excel,
    OldExcel,
    OpenDocument,
    Text,
}

const WANTED: &str = "Choose a CSV, XLSX, XLS or ODS file with a row for each area.";

fn content_of(bytes: &[u8]) -> Result<Content, Diagnostic> {
    let other = |what: &str, hint: &str| {
        Err(refuse("other-format", format!("The file is {what}, not a table."), hint))
    };
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match start {
        [] => Err(refuse("empty-file", "The file is empty.", "Download it again.")),
        [b'P', b'K', 3, 4, ..] if has(b"xl/workbook.xml") => Ok(Content::Excel),
        [b'P', b'K', 3, 4, ..] if has(b"opendocument.spreadsheet") => Ok(Content::OpenDocument),
        [b'P', b'K', 3, 4, ..] if has(b"xl/workbook.bin") => {
            other("a binary workbook (XLSB)", "Save it as XLSX.")
        }
        [b'P', b'K', 3, 4, ..] | [0x1f, 0x8b, ..] => other("an archive", "Unpack it first."),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Content::OldExcel),
        [b'%', b'P', b'D', b'F', ..] => other("a PDF document", WANTED),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => other("a picture", WANTED),
        // Many a file called .xls is a page that spreadsheet programs open as well.
        [b'<', ..] => {
            other("a web page or XML", "Open it in a spreadsheet program and save it as XLSX.")
        }
        [b'{', ..] | [b'[', b'{' | b'[' | b'"' | b'\n' | b'\r' | b' ', ..] => other("JSON", WANTED),
        _ => Ok(Content::Text),
    }
}
