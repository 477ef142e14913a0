//! GeoJSON texts one after the other: newline-delimited, or separated as in RFC 8142.

use serde::de::IgnoredAny;

use super::super::raw::RawLayer;
use super::super::{Progress, ReadError};
use super::geojson::Collector;
use crate::diag::{Place, Reporter};

/// The record separator of RFC 8142.
const SEPARATOR: char = '\u{1e}';

/// A record of a sequence: the line of the file on which it begins, from one, and its text.
type Record<'a> = (usize, &'a str);

/// The records of a sequence, or `None` if the text is none.
pub fn records(text: &str) -> Option<impl Iterator<Item = Record<'_>>> {
    let is_separated = text.starts_with(SEPARATOR);
    if !is_separated {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let (first, second) = (lines.next()?, lines.next()?);
        let is_object = |line: &str| line.trim_start().starts_with('{');
        let is_whole = |line: &str| serde_json::from_str::<IgnoredAny>(line).is_ok();
        if !(is_object(first) && is_object(second)) {
            return None;
        }
        // A broken first line leaves the others: they begin and end as records.
        let mut ends_so = || is_whole(second) && lines.next_back().is_none_or(is_object);
        let is_sequence = is_whole(first) || ends_so();
        if !is_sequence {
            return None;
        }
    }
    let separator = if is_separated { SEPARATOR } else { '\n' };
    let mut line = 1;
    let numbered = text.split(separator).map(move |record| {
        let begins = line;
        line += record.matches('\n').count() + usize::from(!is_separated);
        (begins, record)
    });
    Some(numbered.filter(|(_, record)| !record.trim().is_empty()))
}

/// Decodes the records one by one: a broken one is told and does not take the others with it.
pub fn decode(
    text: &str,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let mut collector = Collector::new(text, reporter);
    // Blank lines before the first record belong to no record, but are counted.
    let start = text.trim_start();
    let skipped = text[..text.len() - start.len()].matches('\n').count();
    for (line, record) in records(start).into_iter().flatten() {
        progress.go_on()?;
        if let Some(fault) = collector.add_text(record, progress)? {
            let within = match fault.place {
                Place::Line { line, column } => (line, column),
                _ => (1, 1),
            };
            let place = Place::Line { line: skipped + line + within.0 - 1, column: within.1 };
            collector.record_unreadable(&fault.message, place);
        }
    }
    Ok(collector.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_numbered_by_their_lines() {
        let lines = "{\"a\":1}\n\n{\"b\":\n{\"c\":3}";
        let found: Vec<_> = records(lines).unwrap().collect();
        assert_eq!(found, [(1, "{\"a\":1}"), (3, "{\"b\":"), (4, "{\"c\":3}")]);
        let separated = "\u{1e}{\"a\":\n1}\n\u{1e}{\"b\":2}\n";
        let found: Vec<_> = records(separated).unwrap().map(|(line, _)| line).collect();
        assert_eq!(found, [1, 3]);
    }

    #[test]
    fn one_pretty_text_is_no_sequence() {
        assert!(records("{\n  \"type\": \"Feature\"\n}").is_none());
        assert!(records("{\"type\": \"Feature\"}\n").is_none());
        assert!(records("{\"features\": [\n{\"type\": \"Feature\"}\n]}").is_none());
        assert!(records("{\"features\": [\n{},\n{}]}").is_none());
        assert!(records("{\"type\":\n{\"type\": \"Feature\"}").is_some());
    }
}
