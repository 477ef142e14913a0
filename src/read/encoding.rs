//! Bytes of a text file as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::sniff::WANTED;
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};

/// The text of a file without its byte order mark: UTF-8, or UTF-16 with a mark or with every
/// other byte zero, as Windows programs write it.
///
/// # Errors
/// If the bytes are neither, at the line and column where that shows.
pub fn text_of<'a>(bytes: &'a [u8], reporter: &mut Reporter) -> Result<Cow<'a, str>, Diagnostic> {
    if matches!(bytes, [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..]) {
        return Err(refuse("encoding", "The file is UTF-32 text.", "Save it again as UTF-8."));
    }
    if let Some(encoding) = utf_16(bytes) {
        let (text, is_broken) = encoding.decode_with_bom_removal(bytes);
        if is_broken {
            let message = format!("The file is not whole {} text.", encoding.name());
            return Err(refuse("encoding", message, "Save it again as UTF-8."));
        }
        reporter.report(is_utf_16(encoding));
        return Ok(text);
    }
    let mut body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Some programs and disks fill a file up with zeros.
    while let [text @ .., 0] = body {
        body = text;
    }
    let read = std::str::from_utf8(body);
    if read.is_err()
        && let Some(text) = as_declared(body, reporter)
    {
        return Ok(text);
    }
    read.map(Cow::Borrowed).map_err(|error| {
        let before = &body[..error.valid_up_to()];
        let refusal = if error.error_len().is_none() {
            let message = "The file breaks off in the middle of a character.";
            refuse("encoding", message, "Download it again.")
        } else if is_binary(body) {
            let message = "The file is of a kind that is not known, not a boundary file.";
            return refuse("other-format", message, WANTED);
        } else {
            refuse("encoding", "The file is not UTF-8 text.", "Save it again as UTF-8.")
        };
        refusal.at(place_of_end(before))
    })
}

/// The text of a table: as [`text_of`], and where that fails Windows-1252, in which spreadsheet
/// programs save on Windows. A text that begins as UTF-8 with more than ASCII is not taken for it.
///
/// # Errors
/// As [`text_of`].
pub fn table_text_of<'a>(
    bytes: &'a [u8],
    reporter: &mut Reporter,
) -> Result<Cow<'a, str>, Diagnostic> {
    // Without a mark every other byte of plain text is zero.
    let beginning = &bytes[..bytes.len().min(200) / 2 * 2];
    let zeros = |at: usize| beginning.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let most = beginning.len().div_ceil(2) * 3 / 4;
    let unmarked = match (zeros(0), zeros(1)) {
        (0, zeros) if zeros > most => Some(UTF_16LE),
        (zeros, 0) if zeros > most => Some(UTF_16BE),
        _ => None,
    };
    let decoded = match unmarked {
        Some(encoding) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
            text.inspect(|_| reporter.report(is_utf_16(encoding)))
        }
        None => None,
    };
    if let Some(text) = decoded {
        return Ok(text);
    }
    text_of(bytes, reporter).or_else(|refusal| {
        let valid = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        let is_utf_8 = !bytes[..valid].is_ascii() || bytes.starts_with(b"\xef\xbb\xbf");
        if refusal.code != "encoding" || is_utf_8 || valid == 0 && utf_16(bytes).is_some() {
            return Err(refusal);
        }
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        let message = "The text is not UTF-8; it is read as Windows-1252.";
        let hint = "If names look wrong, save it again as UTF-8.";
        reporter.report(Diagnostic::new(Severity::Warning, "encoding-assumed", message).hint(hint));
        Ok(text)
    })
}

fn is_utf_16(encoding: &'static Encoding) -> Diagnostic {
    let message = format!("The text is {}.", encoding.name());
    Diagnostic::new(Severity::Info, "encoding-utf-16", message)
}

/// An XML text in the encoding that it declares, if that is another one than UTF-8.
fn as_declared<'a>(bytes: &'a [u8], reporter: &mut Reporter) -> Option<Cow<'a, str>> {
    let head = bytes.strip_prefix(b"<?xml")?.split(|b| *b == b'>').next()?;
    let head = std::str::from_utf8(head).ok()?;
    let label = head.split_once("encoding")?.1.split(['"', '\'']).nth(1)?;
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let message = format!("The text is {}, as it declares.", encoding.name());
    reporter.report(Diagnostic::new(Severity::Info, "encoding-declared", message));
    Some(text)
}

/// Whether the beginning has bytes that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(1000).any(|b| matches!(b, 0..=8 | 14..=26 | 28 | 29))
}

fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] | [b'{' | b'[' | b'<' | b'\n' | b' ', 0, _, 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{' | b'[' | b'<' | b'\n' | b' ', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Line and column of what comes after a text.
pub fn place_of_end(before: &[u8]) -> Place {
    let line = before.split(|b| *b == b'\n').count();
    let column = before.iter().rev().take_while(|b| **b != b'\n').count() + 1;
    Place::Line { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_utf_16_is_told() {
        let mut reporter = Reporter::default();
        assert_eq!(text_of(b"\xef\xbb\xbf{}", &mut reporter).unwrap(), "{}");
        for bytes in [&b"\xff\xfe{\0}\0"[..], b"\xfe\xff\0{\0}", b"{\0}\0", b"\0{\0}"] {
            assert_eq!(text_of(bytes, &mut reporter).unwrap(), "{}", "{bytes:?}");
        }
        assert_eq!(reporter.finish().len(), 4);
    }

    #[test]
    fn xml_may_declare_its_encoding() {
        let mut reporter = Reporter::default();
        let text = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xf4n</a>";
        assert!(text_of(text, &mut reporter).unwrap().ends_with("<a>Môn</a>"));
        let text = b"<?xml version='1.0' encoding='UTF-8'?><a>M\xf4n</a>";
        assert_eq!(text_of(text, &mut reporter).unwrap_err().code, "encoding");
    }

    #[test]
    fn a_table_may_be_windows_1252_or_utf_16_without_a_mark() {
        let read = |bytes: &[u8]| {
            let mut reporter = Reporter::default();
            let text = table_text_of(bytes, &mut reporter).map(Cow::into_owned);
            (text, reporter.finish().iter().map(|d| d.code).collect::<Vec<_>>())
        };
        assert_eq!(read(b"M\xf4n,1"), (Ok("Môn,1".to_owned()), vec!["encoding-assumed"]));
        assert_eq!(read("Môn,1".as_bytes()), (Ok("Môn,1".to_owned()), vec![]));
        let wide: Vec<u8> = "code,value\n".bytes().flat_map(|b| [b, 0]).collect();
        assert_eq!(read(&wide), (Ok("code,value\n".to_owned()), vec!["encoding-utf-16"]));
        // UTF-8 with one bad byte is not all read in another way.
        assert_eq!(
            read(
                "Môn,1\n"
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain([0xff, b'a'])
                    .collect::<Vec<_>>()
                    .as_slice()
            )
            .0
            .unwrap_err()
            .code,
            "encoding"
        );
        assert_eq!(read(b"\x00\x01\xff\x02\x03").0.unwrap_err().code, "other-format");
    }

    #[test]
    fn a_stray_byte_is_told_with_its_place() {
        let mut reporter = Reporter::default();
        let refusal = text_of(b"{\n\"a\": \xff}", &mut reporter).unwrap_err();
        assert_eq!(refusal.place, Place::Line { line: 2, column: 6 });
        assert_eq!(text_of(b"\xff\xfe{\0}\0\0", &mut reporter).unwrap_err().code, "encoding");
    }
}
