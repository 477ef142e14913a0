//! The dBASE table of a shapefile: one row of attributes for each shape.
//!
//! The form is that of dBASE III and IV and of FoxPro, which programs write beside a shapefile.
//! Values in memo files are not read.

use serde_json::{Map, Number, Value};

use super::super::bytes::{Bytes, Order};
use super::charset::Charset;
use crate::diag::{Diagnostic, Reporter, Severity};

/// A table, read row by row.
pub struct Table<'a> {
    columns: Vec<Column>,
    rows: std::slice::ChunksExact<'a, u8>,
    charset: Charset,
    broken_texts: usize,
}

/// A row of a table.
pub enum Row {
    /// Its values by column.
    Values(Map<String, Value>),
    /// A row that was deleted, and only marked so.
    Deleted,
}

struct Column {
    name: String,
    kind: u8,
    /// Its bytes within a row.
    bytes: std::ops::Range<usize>,
}

const TEXT: u8 = b'C';

impl<'a> Table<'a> {
    /// Reads the head of a table. `label` is the content of a .cpg file.
    ///
    /// # Errors
    /// If it is none, in words.
    pub fn open(
        bytes: &'a [u8],
        label: Option<&str>,
        reporter: &mut Reporter,
    ) -> Result<Self, &'static str> {
        let short = "it breaks off in its head";
        let mut head = Bytes::new(bytes);
        let version = head.u8().ok_or(short)?;
        if version & 7 == 4 {
            return Err("it is of dBASE 7, which is not read");
        }
        head.take(3).ok_or(short)?;
        let count = head.u32(Order::Little).ok_or(short)? as usize;
        let head_bytes = usize::from(head.u16(Order::Little).ok_or(short)?);
        let row_bytes = usize::from(head.u16(Order::Little).ok_or(short)?);
        head.take(17).ok_or(short)?;
        let language = head.u8().ok_or(short)?;
        head.take(2).ok_or(short)?;
        if bytes.len() < head_bytes {
            return Err(short);
        }
        let (mut columns, mut at) = (Vec::new(), 1);
        while let Some(descriptor) = head.take(32).filter(|d| d[0] != b'\r') {
            columns.push((descriptor, at));
            let length = usize::from(descriptor[16]);
            // A long text has the upper byte of its length where numbers have their decimals.
            let more = if descriptor[11] == TEXT { usize::from(descriptor[17]) << 8 } else { 0 };
            at += length + more;
            if at >= row_bytes || bytes.len() - head.len() >= head_bytes {
                break;
            }
        }
        if columns.is_empty() || at > row_bytes {
            return Err("its columns do not fit into its rows");
        }
        let ends = columns.iter().skip(1).map(|(_, at)| *at).chain([at]);
        let spans: Vec<(&[u8], std::ops::Range<usize>)> =
            columns.iter().zip(ends).map(|((d, start), end)| (*d, *start..end)).collect();
        let body = bytes.get(head_bytes..).unwrap_or_default();
        let whole = body.len() / row_bytes;
        let rows = body[..count.min(whole) * row_bytes].chunks_exact(row_bytes);
        let texts = rows.clone().flat_map(|row| {
            let texts = spans.iter().filter(|(descriptor, _)| descriptor[11] == TEXT);
            texts.map(move |(_, span)| &row[span.clone()])
        });
        let charset = charset(label, language, &texts, reporter);
        let mut table = Self { columns: Vec::new(), rows, charset, broken_texts: 0 };
        for (descriptor, span) in spans {
            table.add_column(descriptor, span);
        }
        Ok(table)
    }

    fn add_column(&mut self, descriptor: &[u8], bytes: std::ops::Range<usize>) {
        let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default();
        let mut name = self.charset.decode(name).0.trim().to_owned();
        let number = self.columns.len() + 1;
        if name.is_empty() {
            name = format!("Column {number}");
        }
        if self.columns.iter().any(|column| column.name == name) {
            name = format!("{name} ({number})");
        }
        self.columns.push(Column { name, kind: descriptor[11], bytes });
    }

    /// How many rows are left.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Tells what was wrong with the texts that were read.
    pub fn tell(&self, reporter: &mut Reporter) {
        if self.broken_texts > 0 {
            let what = format!(
                "Texts of the table that are not whole in {}: {}.",
                self.charset.name(),
                self.broken_texts
            );
            let hint = "What cannot be read in them is shown as \u{fffd}.";
            reporter.report(Diagnostic::new(Severity::Warning, "encoding-broken", what).hint(hint));
        }
    }

    fn value(&mut self, kind: u8, bytes: &[u8]) -> Value {
        let plain = bytes.trim_ascii();
        match kind {
            TEXT => {
                let end = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0));
                let Some(end) = end else { return Value::Null };
                let (text, is_broken) = self.charset.decode(&bytes[..=end]);
                self.broken_texts += usize::from(is_broken);
                Value::String(text.into_owned())
            }
            b'N' | b'F' => number(plain),
            b'L' => match plain {
                b"T" | b"t" | b"Y" | b"y" => Value::Bool(true),
                b"F" | b"f" | b"N" | b"n" => Value::Bool(false),
                _ => Value::Null,
            },
            b'D' => date(plain),
            b'I' => bytes.try_into().map_or(Value::Null, |b| i32::from_le_bytes(b).into()),
            b'B' => bytes.try_into().map_or(Value::Null, |b| real(f64::from_le_bytes(b))),
            _ => Value::Null,
        }
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let row = self.rows.next()?;
        if row[0] == b'*' {
            return Some(Row::Deleted);
        }
        let columns = std::mem::take(&mut self.columns);
        let mut values = Map::new();
        for column in &columns {
            let value = self.value(column.kind, &row[column.bytes.clone()]);
            values.insert(column.name.clone(), value);
        }
        self.columns = columns;
        Some(Row::Values(values))
    }
}

/// The charset of a table: declared, or guessed, which is told where it makes a difference.
fn charset<'a>(
    label: Option<&str>,
    language: u8,
    texts: &(impl Iterator<Item = &'a [u8]> + Clone),
    reporter: &mut Reporter,
) -> Charset {
    if let Some(label) = label.filter(|label| !label.trim().is_empty()) {
        if let Some(charset) = Charset::of_label(label) {
            return charset;
        }
        let label: String = label.trim().chars().take(40).collect();
        let message = format!("The encoding \"{label}\" of the .cpg file is not known.");
        reporter.report(Diagnostic::new(Severity::Warning, "encoding-unknown", message));
    }
    if let Some(charset) = Charset::of_language(language) {
        return charset;
    }
    let charset = Charset::guess(texts.clone());
    if !texts.clone().all(<[u8]>::is_ascii) {
        let message = format!(
            "The table does not tell its encoding; its texts are read as {}.",
            charset.name()
        );
        reporter.report(
            Diagnostic::new(Severity::Warning, "encoding-guessed", message)
                .hint("If names look wrong, ask the publisher for the .cpg file."),
        );
    }
    charset
}

/// A number as written; what does not fit into its column is written as stars.
fn number(plain: &[u8]) -> Value {
    let Some(text) = std::str::from_utf8(plain).ok().filter(|_| !plain.iter().all(|b| *b == b'*'))
    else {
        return Value::Null;
    };
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(number)) => real(number),
        _ => Value::String(text.to_owned()),
    }
}

fn real(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A date, written as eight digits, with hyphens as in ISO 8601.
fn date(plain: &[u8]) -> Value {
    match std::str::from_utf8(plain) {
        Ok(text) if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            if text == "00000000" {
                return Value::Null;
            }
            Value::String(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        }
        Ok(text) if !text.is_empty() => Value::String(text.to_owned()),
        _ => Value::Null,
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A table of columns (name, kind, length) and rows, whose first byte is the mark of
    /// deletion.
    pub fn written(language: u8, columns: &[(&str, u8, u8)], rows: &[&[u8]]) -> Vec<u8> {
        let row_bytes = 1 + columns.iter().map(|(.., length)| u16::from(*length)).sum::<u16>();
        let head_bytes = u16::try_from(33 + 32 * columns.len()).unwrap();
        let mut bytes = vec![3, 126, 7, 1];
        bytes.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
        bytes.extend(head_bytes.to_le_bytes());
        bytes.extend(row_bytes.to_le_bytes());
        bytes.extend([0; 17]);
        bytes.extend([language, 0, 0]);
        for (name, kind, length) in columns {
            let mut descriptor = [0; 32];
            descriptor[..name.len()].copy_from_slice(name.as_bytes());
            descriptor[11] = *kind;
            descriptor[16] = *length;
            bytes.extend(descriptor);
        }
        bytes.push(b'\r');
        for row in rows {
            assert_eq!(row.len(), usize::from(row_bytes), "{}", String::from_utf8_lossy(row));
            bytes.extend(*row);
        }
        bytes.push(0x1a);
        bytes
    }

    fn read(bytes: &[u8], label: Option<&str>) -> (Vec<Option<Value>>, Vec<&'static str>) {
        let mut reporter = Reporter::default();
        let mut table = Table::open(bytes, label, &mut reporter).unwrap();
        let rows = table.by_ref().map(|row| match row {
            Row::Values(values) => Some(Value::Object(values)),
            Row::Deleted => None,
        });
        let rows = rows.collect();
        table.tell(&mut reporter);
        (rows, reporter.finish().iter().map(|d| d.code).collect())
    }

    #[test]
    fn values_have_the_types_of_their_columns() {
        let columns = [
            ("NAME", b'C', 8),
            ("COUNT", b'N', 6),
            ("SHARE", b'F', 6),
            ("OPEN", b'L', 1),
            ("SINCE", b'D', 8),
            ("WHOLE", b'I', 4),
            ("NOTE", b'M', 10),
            ("NAME", b'C', 1),
        ];
        let row =
            [" Kent    ", "  1234", "  12.5", "T", "20220701", "\u{7}\0\0\0", "         1", "a"];
        let blank = [&" ".repeat(15), "******", "?", "00000000", "\0\0\0\0", &" ".repeat(11)];
        let deleted = format!("*{}", " ".repeat(44));
        let rows = [row.concat(), blank.concat(), deleted];
        let rows: Vec<&[u8]> = rows.iter().map(String::as_bytes).collect();
        let bytes = written(0x57, &columns, &rows);
        let (rows, told) = read(&bytes, None);
        let expected = serde_json::json!({
            "NAME": "Kent", "COUNT": 1234, "SHARE": 12.5, "OPEN": true, "SINCE": "2022-07-01",
            "WHOLE": 7, "NOTE": null, "NAME (8)": "a",
        });
        assert_eq!(rows[0].as_ref(), Some(&expected));
        let blank = rows[1].as_ref().unwrap().as_object().unwrap();
        assert!(blank.iter().all(|(name, value)| value.is_null() || name == "WHOLE"), "{blank:?}");
        assert!(rows[2].is_none());
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn the_encoding_is_declared_or_guessed() {
        let name = |language, row: &[u8], label| {
            let bytes = written(language, &[("NAME", b'C', 9)], &[row]);
            let (rows, told) = read(&bytes, label);
            (rows[0].as_ref().unwrap()["NAME"].as_str().unwrap().to_owned(), told)
        };
        let is = |text: &str, told: &[&'static str]| (text.to_owned(), told.to_vec());
        let windows = b" Ynys M\xf4n ";
        assert_eq!(name(0x57, windows, None), is("Ynys Môn", &[]));
        assert_eq!(name(0, windows, Some("ANSI 1252")), is("Ynys Môn", &[]));
        assert_eq!(name(0, windows, None), is("Ynys Môn", &["encoding-guessed"]));
        assert_eq!(name(0x02, b" Ynys M\x93n ", None), is("Ynys Môn", &[]));
        let utf_8 = " Ynys Môn".as_bytes();
        assert_eq!(name(0x57, utf_8, Some("UTF-8")), is("Ynys Môn", &[]));
        assert_eq!(name(0, utf_8, None), is("Ynys Môn", &["encoding-guessed"]));
        assert_eq!(name(0, b" Ynys Mon ", None), is("Ynys Mon", &[]));
        assert_eq!(name(0x57, windows, Some("KLINGON")), is("Ynys Môn", &["encoding-unknown"]));
        assert_eq!(name(0, windows, Some("UTF-8")), is("Ynys M\u{fffd}n", &["encoding-broken"]));
    }

    #[test]
    fn a_cut_or_hostile_table_does_no_harm() {
        let whole = written(0, &[("A", b'C', 3), ("B", b'N', 2)], &[b" one 1", b" two 2"]);
        for end in 0..whole.len() {
            let mut reporter = Reporter::default();
            if let Ok(table) = Table::open(&whole[..end], None, &mut reporter) {
                assert!(table.count() <= 2);
            }
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut hostile = whole.clone();
                hostile[at] = byte;
                if let Ok(table) = Table::open(&hostile, None, &mut Reporter::default()) {
                    table.for_each(drop);
                }
            }
        }
    }
}
