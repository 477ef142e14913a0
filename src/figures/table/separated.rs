//! Text with a sign between the cells: CSV (RFC 4180) and its relatives.

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::Grid;
use crate::diag::{Diagnostic, Place, Reporter, refuse};
use crate::read::{Progress, ReadError, encoding};

/// The signs that may stand between cells; of those that fit equally well the first.
const SIGNS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Rows that are looked at to find the sign: enough to pass the notes above a table.
const SAMPLE: usize = 100;

/// Reads a text.
pub(super) fn decode(
    bytes: &[u8],
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Grid, ReadError> {
    let text = encoding::table_text_of(bytes, reporter)?;
    // Old Macintosh programs end lines with a carriage return alone.
    let text = if text.contains('\n') || !text.contains('\r') {
        text
    } else {
        text.replace('\r', "\n").into()
    };
    let (declared, body, skipped) = declared_sign(&text);
    let sign = declared.unwrap_or_else(|| sign_of(body));
    let mut reader = reader(sign, body);
    let mut grid = Grid { is_separated: true, has_semicolons: sign == b';', ..Grid::default() };
    let mut record = StringRecord::new();
    loop {
        if grid.rows.len().is_multiple_of(4096) {
            progress.go_on()?;
        }
        let (line, byte) = (reader.position().line(), reader.position().byte());
        // The text is in memory and UTF-8, and rows may have any length: nothing can fail.
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(unreadable(&error).into()),
        }
        // Blank lines before a row are part of what was read, but not of the row.
        let start = usize::try_from(byte).unwrap_or(usize::MAX);
        let before = body.as_bytes().get(start..).unwrap_or_default();
        let blank = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank = blank.filter(|byte| **byte == b'\n').count();
        let line = usize::try_from(line).unwrap_or(usize::MAX) + blank + skipped;
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if end >= body.len() && is_unclosed(before) {
            let message = "A quotation mark is not closed: the rest of the file is one cell.";
            let hint = "Close or delete the quotation mark.";
            let place = Place::Line { line, column: 1 };
            return Err(refuse("table-quote", message, hint).at(place).into());
        }
        grid.push(line, &record)?;
    }
    Ok(grid)
}

/// The sign that Excel's first line `sep=;` declares, what follows, and the lines before that.
fn declared_sign(text: &str) -> (Option<u8>, &str, usize) {
    let declared = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let Some((line, body)) = declared.and_then(|_| text.split_once('\n')) else {
        return (None, text, 0);
    };
    match line.trim_end_matches('\r').as_bytes() {
        [_, _, _, _, sign] if SIGNS.contains(sign) => (Some(*sign), body, 1),
        _ => (None, text, 0),
    }
}

/// The sign by which most rows at the beginning have the same number of cells.
fn sign_of(text: &str) -> u8 {
    let fit = |sign: u8| {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        let mut record = ByteRecord::new();
        let mut reader = reader(sign, text);
        for _ in 0..SAMPLE {
            match reader.read_byte_record(&mut record) {
                Ok(true) => *counts.entry(record.len()).or_default() += 1,
                Ok(false) | Err(_) => break,
            }
        }
        counts.into_iter().filter(|(cells, _)| *cells > 1).map(|(_, rows)| rows).max().unwrap_or(0)
    };
    let fits = SIGNS.map(|sign| (fit(sign), sign));
    let most = fits.iter().map(|(rows, _)| *rows).max().unwrap_or(0);
    fits.into_iter().find(|(rows, _)| *rows == most && most > 0).map_or(b',', |(_, sign)| sign)
}

fn reader(sign: u8, text: &str) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(sign).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// Whether the last row has an odd number of quotation marks and runs over lines: a cell that was
/// meant to be closed.
fn is_unclosed(row: &[u8]) -> bool {
    let is_odd = row.iter().fold(false, |is_odd, byte| is_odd != (*byte == b'"'));
    is_odd && row.trim_ascii().contains(&b'\n')
}

fn unreadable(error: &csv::Error) -> Diagnostic {
    let message = format!("The table cannot be read: {error}.");
    refuse("table-broken", message, "Save it again as CSV.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        decode(text.as_bytes(), &Progress::default(), &mut Reporter::default()).unwrap()
    }

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let row = |(number, row): (usize, StringRecord)| {
            (number, row.iter().map(str::to_owned).collect())
        };
        grid(text).rows.into_iter().map(row).collect()
    }

    #[test]
    fn the_sign_between_cells_is_found() {
        for (text, sign) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2,5\n3,5;4,5\n", ';'),
            ("a\tb\n1,000\t2,000\n", '\t'),
            ("a|b\n1|2", '|'),
            ("Title; a note\n\ncode,name,n\nQKK,\"a; b\",1\nQWE,c,2\n", ','),
            ("Report, March\ncode;name;n\nQKK;a, b;1\nQWE;c;2\n", ';'),
            ("just one column\n1\n2\n", ','),
        ] {
            assert_eq!(char::from(sign_of(text)), sign, "{text}");
        }
        assert!(grid("sep=;\na;b\n").has_semicolons);
        assert_eq!(rows("sep=;\na;b\n")[0], (2, vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn rows_keep_their_numbers_and_blank_ones_go() {
        let numbers = |text: &str| rows(text).iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(numbers("a,b\n\n1,2\n,,\n\n\n3,4\n"), [1, 3, 7]);
        assert_eq!(numbers("a,b\r\n\r\n1,2\r\n"), [1, 3]);
        assert_eq!(numbers("a,b\r1,2\r\r3,4"), [1, 2, 4]);
        assert_eq!(numbers("a,b\n\"1\n2\",3\n4,5\n"), [1, 2, 4]);
    }

    #[test]
    fn cells_are_trimmed_and_empty_ends_go() {
        assert_eq!(rows(" a , \u{a0}b,,\n"), [(1, vec!["a".to_owned(), "b".to_owned()])]);
        let long = "x".repeat(9_000);
        assert_eq!(rows(&format!("a,{long}\n"))[0].1[1].len(), super::super::limits::CELL_CHARS);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_refused_with_its_line() {
        let text = "a,b\n1,2\n3,\"4\n5,6\n7,8\n";
        let read = decode(text.as_bytes(), &Progress::default(), &mut Reporter::default());
        let Err(ReadError::Refused(refusal)) = read else { panic!("{read:?}") };
        assert_eq!(refusal.reason.code, "table-quote");
        assert_eq!(refusal.reason.place, Place::Line { line: 3, column: 1 });
    }
}
