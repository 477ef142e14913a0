//! Text that may stand in XML, and identifiers as people read them.

use std::borrow::Cow;

/// The text without the characters that XML 1.0 has no way to write (section 2.2), with the marks
/// of XML escaped.
pub fn escape(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) => quick_xml::escape::escape(text),
        Cow::Owned(text) => Cow::Owned(quick_xml::escape::escape(&text).into_owned()),
    }
}

/// The text without the characters that XML 1.0 has no way to write.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_allowed(*c)).collect())
    }
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// An identifier as people write it: `region-borders` becomes `Region borders`. Names of areas stay
/// as they are.
pub fn words(id: &str) -> Cow<'_, str> {
    let is_identifier = |c: char| c.is_ascii_lowercase() || c == '-';
    match id.get(..1) {
        Some(first) if id.chars().all(is_identifier) => {
            Cow::Owned(first.to_uppercase() + &id[1..].replace('-', " "))
        }
        _ => Cow::Borrowed(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_control_characters_left_out() {
        assert_eq!(escape("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
        assert_eq!(escape("Bury\u{0}\u{1b} & Ynys Môn\u{ffff}"), "Bury &amp; Ynys Môn");
        assert!(matches!(escape("Devon"), Cow::Borrowed(_)));
    }

    #[test]
    fn an_identifier_reads_as_words() {
        assert_eq!(words("region-borders"), "Region borders");
        assert_eq!(words("coast"), "Coast");
        assert_eq!(words("Stoke-on-Trent"), "Stoke-on-Trent");
        assert_eq!(words("Ås"), "Ås");
        assert_eq!(words(""), "");
    }
}
