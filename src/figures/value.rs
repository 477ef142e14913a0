//! What the text of a cell means: a number, nothing, a value that is held back, or words.

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing, or no single value for the area.
    Missing,
    /// A mark in place of a value that exists and is not told, such as `*` or `[c]`.
    Suppressed(String),
    /// A finite number. Of `12.5%` it is 12.5.
    Number(f64),
    /// Any other text, such as a category.
    Text(String),
}

impl Cell {
    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }
}

/// The sign that parts whole units from decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimal {
    /// `1,234.5`.
    #[default]
    Point,
    /// `1.234,5`.
    Comma,
}

/// A sign beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `%`.
    Percent,
    /// `£`.
    Pounds,
    /// `€` or `$`.
    OtherMoney,
}

/// Marks of statistical tables for values that are not told. The letters are those of the
/// Government Analysis Function's "Symbols in tables": c confidential, x not available, z not
/// applicable, u of low reliability, w not recorded; s is said for "suppressed".
const LETTERS: [&str; 6] = ["c", "x", "z", "u", "w", "s"];
const MARKS: [&str; 18] = [
    "*", "**", "***", "-", "--", "\u{2013}", "\u{2014}", "\u{2212}", ".", "..", "...", "\u{2026}",
    ":", "#", "~", "\u{2020}", "?", "\u{2021}",
];
const WORDS: [&str; 14] = [
    "n/a",
    "na",
    "n.a.",
    "#n/a",
    "suppressed",
    "redacted",
    "withheld",
    "confidential",
    "not available",
    "not applicable",
    "not recorded",
    "not known",
    "unknown",
    "disclosive",
];
const NOTHING: [&str; 4] = ["null", "nan", "no data", "missing"];

/// The meaning of a cell in a column of numbers.
#[must_use]
pub fn numeric(text: &str, decimal: Decimal) -> (Cell, Option<Sign>) {
    let text = trimmed(text);
    if let Some(empty) = without_value(text, true) {
        return (empty, None);
    }
    match number(text, decimal) {
        Some((value, sign)) => (Cell::Number(value), sign),
        None => (Cell::Text(text.to_owned()), None),
    }
}

/// The meaning of a cell in a column of words: a letter is a category there, no mark.
#[must_use]
pub fn wording(text: &str) -> Cell {
    let text = trimmed(text);
    without_value(text, false).unwrap_or_else(|| Cell::Text(text.to_owned()))
}

/// A text without blanks and invisible signs around it.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

/// What a cell without a value is; `None` for any other.
fn without_value(text: &str, letters_are_marks: bool) -> Option<Cell> {
    if text.is_empty() {
        return Some(Cell::Missing);
    }
    // The longest mark, "not applicable" in brackets, has 16 letters; "fewer than" a number 20.
    if text.len() > 24 || text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    if NOTHING.contains(&lower.as_str()) {
        return Some(Cell::Missing);
    }
    let inner = lower.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_shorthand = inner.is_some_and(|inner| {
        matches!(inner, "low" | "note") || (inner.len() == 1 && inner != "p" && inner != "r")
    });
    let below = ["<", "<=", "\u{2264}", "fewer than", "less than", "under"];
    let is_below = below.iter().any(|start| {
        let rest = lower.strip_prefix(start).map(str::trim);
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    let is_mark = is_shorthand
        || is_below
        || (letters_are_marks && LETTERS.contains(&lower.as_str()))
        || MARKS.contains(&lower.as_str())
        || WORDS.contains(&inner.unwrap_or(&lower));
    is_mark.then(|| Cell::Suppressed(text.to_owned()))
}

/// A number in any of the ways in which tables write it, with the sign beside it.
#[must_use]
pub fn number(text: &str, decimal: Decimal) -> Option<(f64, Option<Sign>)> {
    let text = trimmed(text);
    let (text, in_brackets) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let (text, is_negative) = minus(text);
    let (text, money) = match text.chars().next() {
        Some('£') => (trimmed(&text['£'.len_utf8()..]), Some(Sign::Pounds)),
        Some(c @ ('€' | '$')) => (trimmed(&text[c.len_utf8()..]), Some(Sign::OtherMoney)),
        _ => (text, None),
    };
    let (text, is_negative_after) = if money.is_some() { minus(text) } else { (text, false) };
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) if money.is_none() => (trimmed(rest), Some(Sign::Percent)),
        Some(_) => return None,
        None => (text, None),
    };
    let minuses = [in_brackets, is_negative, is_negative_after];
    if minuses.iter().filter(|is_set| **is_set).count() > 1 {
        return None;
    }
    let value = plain(text, decimal)?;
    let value = if minuses.contains(&true) && value != 0.0 { -value } else { value };
    Some((value, percent.or(money)))
}

/// Takes off a plus or minus sign, which may be a real minus or a dash.
fn minus(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        return (trimmed(rest), true);
    }
    (text.strip_prefix('+').unwrap_or(text), false)
}

/// Digits with groups of thousands, decimals and exponent, without any sign before them.
fn plain(text: &str, decimal: Decimal) -> Option<f64> {
    // No published figure has more digits; a text of a megabyte is none.
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
    }
    let (mark, other) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, fraction) = match mantissa.split_once(mark) {
        Some((whole, fraction)) => (whole, fraction),
        None => (mantissa, ""),
    };
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let is_separator = |c: char| {
        c == other || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
    };
    let mut separators = whole.chars().filter(|c| is_separator(*c));
    let mut digits = whole.to_owned();
    if let Some(separator) = separators.next() {
        let mut groups = whole.split(separator);
        let first = groups.next().unwrap_or_default();
        let is_grouped = separators.all(|c| c == separator)
            && (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && groups.all(|group| group.len() == 3 && is_digits(group));
        if !is_grouped {
            return None;
        }
        digits.retain(|c| c != separator);
    }
    if !is_digits(&digits) {
        return None;
    }
    let exponent = exponent.unwrap_or("0");
    let value: f64 = format!("0{digits}.{fraction}0e{exponent}").parse().ok()?;
    value.is_finite().then_some(value)
}

/// What a column shows of its decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalEvidence {
    /// Some numbers can only have decimal commas, and none can only have a decimal point.
    Comma,
    /// Nothing speaks for decimal commas, or numbers of both forms do.
    Point,
    /// Each number with a comma could be either: `1,234`.
    Open,
}

/// What the numbers of a column show of their decimal sign.
pub fn decimal_evidence<'a>(cells: impl Iterator<Item = &'a str>) -> DecimalEvidence {
    let (mut only_comma, mut only_point, mut either) = (false, false, false);
    for text in cells.filter(|text| text.contains([',', '.'])) {
        match (number(text, Decimal::Point), number(text, Decimal::Comma)) {
            (Some(_), None) => only_point = true,
            (None, Some(_)) => only_comma = true,
            (Some(a), Some(b)) => either |= a != b,
            (None, None) => {}
        }
    }
    match (only_comma, only_point) {
        (true, false) => DecimalEvidence::Comma,
        (false, false) if either => DecimalEvidence::Open,
        _ => DecimalEvidence::Point,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Option<f64> {
        number(text, Decimal::Point).map(|(value, _)| value)
    }

    #[test]
    fn numbers_are_read_in_every_common_form() {
        for (text, value) in [
            ("1234", 1234.0),
            ("1,234,567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1\u{a0}234\u{a0}567", 1_234_567.0),
            ("12\u{2009}345.6", 12345.6),
            ("1\u{202f}234", 1234.0),
            ("1'234", 1234.0),
            (" .5 ", 0.5),
            ("007", 7.0),
            ("-3.25", -3.25),
            ("\u{2212}3", -3.0),
            ("(1,234)", -1234.0),
            ("£1,234.50", 1234.5),
            ("-£5", -5.0),
            ("£-5", -5.0),
            ("(£5)", -5.0),
            ("12.5%", 12.5),
            ("12 %", 12.0),
            ("1.2E+05", 120_000.0),
            ("1e-3", 0.001),
            ("-0", 0.0),
        ] {
            assert_eq!(point(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for text in [
            "",
            "1,23",
            "12,34,567",
            "1,234 567",
            "0,123",
            "1.2.3",
            "1-2",
            "--5",
            "(-5)",
            "£5%",
            "e5",
            "1e",
            "1e99999",
            "1e999",
            "inf",
            "NaN",
            "0x10",
            "E54000010",
            "12.3 [r]",
            "2023/24",
            "1 2",
            "5%%",
            "1,",
            "٣",
        ] {
            assert_eq!(point(text), None, "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_read_where_they_are_meant() {
        let comma = |text| number(text, Decimal::Comma).map(|(value, _)| value);
        assert_eq!(comma("12,5"), Some(12.5));
        assert_eq!(comma("1.234,5"), Some(1234.5));
        assert_eq!(comma("1.234"), Some(1234.0));
        assert_eq!(comma("1.5"), None);
        let evidence = |cells: &[&str]| decimal_evidence(cells.iter().copied());
        assert_eq!(evidence(&["12,5", "3", "1.234,0", "text, more"]), DecimalEvidence::Comma);
        assert_eq!(evidence(&["0,123"]), DecimalEvidence::Comma);
        assert_eq!(evidence(&["1,234", "5,678"]), DecimalEvidence::Open);
        assert_eq!(evidence(&["12,5", "3.25"]), DecimalEvidence::Point);
        assert_eq!(evidence(&["1,234.5", "7"]), DecimalEvidence::Point);
        assert_eq!(evidence(&["1", "2"]), DecimalEvidence::Point);
    }

    #[test]
    fn marks_are_told_from_missing_values_and_words() {
        let cell = |text| numeric(text, Decimal::Point).0;
        for text in
            ["*", "-", "..", ":", "x", "[c]", "[x]", "[z]", "[low]", "Suppressed", "n/a", "<5"]
        {
            assert_eq!(cell(text), Cell::Suppressed(text.to_owned()), "{text}");
        }
        for text in ["", "  ", "\u{a0}", "NULL", "NaN", "\u{200b}"] {
            assert_eq!(cell(text), Cell::Missing, "{text:?}");
        }
        for text in ["about 5", "2023/24", "[r]", "12.3 [p]", "Yes"] {
            assert_eq!(cell(text), Cell::Text(text.to_owned()), "{text}");
        }
        assert_eq!(wording("C"), Cell::Text("C".to_owned()));
        assert_eq!(wording("[c]"), Cell::Suppressed("[c]".to_owned()));
    }

    #[test]
    fn signs_are_kept() {
        assert_eq!(numeric("5%", Decimal::Point), (Cell::Number(5.0), Some(Sign::Percent)));
        assert_eq!(numeric("£5", Decimal::Point), (Cell::Number(5.0), Some(Sign::Pounds)));
        assert_eq!(numeric("€5", Decimal::Point), (Cell::Number(5.0), Some(Sign::OtherMoney)));
        assert_eq!(numeric("5", Decimal::Point), (Cell::Number(5.0), None));
    }
}
