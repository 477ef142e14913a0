//! JSON as some programs write it: with NaN, with comments, with a comma after the last item.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Severity};

/// A text without what is no JSON in it, and what that was; `None` if it has nothing of the
/// kind. Lines stay where they are, so that a place in the one is a place in the other.
pub fn mended(text: &str) -> Option<(String, Diagnostic)> {
    let mut scan =
        Scan { rest: text, out: String::with_capacity(text.len()), odd: BTreeSet::new() };
    while let Some(c) = scan.rest.chars().next() {
        match c {
            '"' => scan.string(),
            '/' => scan.comment(),
            ']' | '}' => {
                scan.drop_comma();
                scan.keep(1);
            }
            'N' | 'I' | '-' => scan.number(),
            _ => scan.keep(c.len_utf8()),
        }
    }
    if scan.odd.is_empty() {
        return None;
    }
    let odd: Vec<&str> = scan.odd.into_iter().collect();
    let message = format!("The text is no strict JSON: it has {}.", odd.join(", and "));
    let told = Diagnostic::new(Severity::Warning, "json-mended", message)
        .hint("It is read all the same. Ask the publisher for a corrected file.");
    Some((scan.out, told))
}

/// A text that is gone through once.
struct Scan<'a> {
    rest: &'a str,
    out: String,
    odd: BTreeSet<&'static str>,
}

impl Scan<'_> {
    fn keep(&mut self, bytes: usize) {
        let (kept, rest) = self.rest.split_at(bytes);
        self.out.push_str(kept);
        self.rest = rest;
    }

    fn string(&mut self) {
        let mut is_escaped = true; // so that the opening quote does not close it
        let end = self.rest.find(|c| {
            let closes = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            closes
        });
        self.keep(end.map_or(self.rest.len(), |end| end + 1));
    }

    /// Blanks in place of a comment, line breaks kept.
    fn comment(&mut self) {
        let end = if self.rest.starts_with("//") {
            self.rest.find('\n').unwrap_or(self.rest.len())
        } else if let Some(body) = self.rest.strip_prefix("/*") {
            body.find("*/").map_or(self.rest.len(), |end| end + 4)
        } else {
            return self.keep(1);
        };
        let (comment, rest) = self.rest.split_at(end);
        let blank = |c| if c == '\n' { '\n' } else { ' ' };
        self.out.extend(comment.chars().map(blank));
        self.rest = rest;
        self.odd.insert("comments");
    }

    /// Takes out a comma that only blanks follow.
    fn drop_comma(&mut self) {
        let end = self.out.trim_end().len();
        if self.out[..end].ends_with(',') {
            self.out.replace_range(end - 1..end, " ");
            self.odd.insert("a comma after the last item");
        }
    }

    fn number(&mut self) {
        let word = ["NaN", "Infinity", "-Infinity"].iter().find(|w| self.rest.starts_with(**w));
        match word {
            Some(word) => {
                self.out.push_str("null");
                self.rest = &self.rest[word.len()..];
                self.odd.insert("numbers that are none (NaN, Infinity)");
            }
            None => self.keep(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(odd: &str) -> Option<String> {
        mended(odd).map(|(text, _)| text)
    }

    #[test]
    fn what_is_no_json_goes() {
        assert_eq!(text("[1, NaN, -Infinity]").as_deref(), Some("[1, null, null]"));
        assert_eq!(text("[1,\n]").as_deref(), Some("[1 \n]"));
        assert_eq!(text("{\"a\":{\"b\":1,},}").as_deref(), Some("{\"a\":{\"b\":1 } }"));
        assert_eq!(text("// é\n[1 /* a\nb */]").as_deref(), Some("    \n[1     \n    ]"));
        assert_eq!(text("[1 /* no end").as_deref(), Some("[1          "));
    }

    #[test]
    fn texts_and_sound_json_stay_as_they_are() {
        for sound in ["{\"a\": \"NaN, // \\\" ,]\", \"b\": -1.5e-3}", "[\"\\\\\", 1]", "", "/"] {
            assert_eq!(text(sound), None, "{sound}");
        }
    }
}
