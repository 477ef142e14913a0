//! Codes that stand within a name: `NHS Devon ICB (QJK)`, `E54000037 – Devon`.

use crate::model::{OdsCode, OnsCode};

/// A name with codes beside it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attached {
    /// The codes, in capitals.
    pub codes: Vec<String>,
    /// What is left without them; empty if nothing is.
    pub name: String,
}

/// Longer texts are notes, whatever code they mention.
const LONGEST: usize = 200;

/// Takes a text apart that has known codes in it; `None` if it has none. A code of the ONS may
/// stand anywhere. One of the NHS looks like a word: it counts at the ends and in brackets only.
pub(super) fn take_apart(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Attached> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let words = words(text);
    let last = words.len().checked_sub(1)?;
    let is_bracketed = |start: usize, end: usize| {
        text[..start].ends_with(['(', '[', '{']) || text[end..].starts_with([')', ']', '}'])
    };
    let code = |at: usize, (start, end): (usize, usize)| {
        let word = &text[start..end];
        if let Ok(code) = word.parse::<OnsCode>() {
            return Some(code.to_string());
        }
        let stands_out = at == 0 || at == last || is_bracketed(start, end);
        let is_like_one = word.chars().any(|c| c.is_ascii_uppercase())
            && !word.chars().any(|c| c.is_ascii_lowercase());
        let code = word.parse::<OdsCode>().ok().filter(|_| stands_out && is_like_one)?;
        Some(code.to_string())
    };
    let mut codes = Vec::new();
    let mut name = String::with_capacity(text.len());
    let mut from = 0;
    for (at, word) in words.iter().copied().enumerate() {
        if let Some(code) = code(at, word).filter(|code| is_known(code)) {
            codes.push(code);
            name.push_str(&text[from..word.0]);
            from = word.1;
        }
    }
    name.push_str(&text[from..]);
    for empty in ["()", "[]", "{}"] {
        name = name.replace(empty, " ");
    }
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (!codes.is_empty()).then_some(Attached { codes, name })
}

/// Where the words of a text are: letters and digits between anything else.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut().filter(|(_, end)| *end == at) {
            Some((_, end)) => *end += c.len_utf8(),
            None => words.push((at, at + c.len_utf8())),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str) -> Option<(Vec<String>, String)> {
        let is_known = |code: &str| ["QJK", "QKK", "E54000037", "AND"].contains(&code);
        take_apart(text, is_known).map(|attached| (attached.codes, attached.name))
    }

    #[test]
    fn codes_are_taken_off_names() {
        for (text, codes, name) in [
            ("NHS Devon ICB (QJK)", vec!["QJK"], "NHS Devon ICB"),
            ("QJK Devon", vec!["QJK"], "Devon"),
            ("Devon [e54000037]", vec!["E54000037"], "Devon"),
            (
                "E54000037 – NHS Devon Integrated Care Board",
                vec!["E54000037"],
                "NHS Devon Integrated Care Board",
            ),
            ("QJK: Devon (E54000037)", vec!["QJK", "E54000037"], "Devon"),
            ("Devon_QJK", vec!["QJK"], "Devon"),
            ("[QJK]", vec!["QJK"], ""),
            ("Devon (QJK) ICB", vec!["QJK"], "Devon   ICB"),
            ("Dévon – QJK", vec!["QJK"], "Dévon"),
        ] {
            let codes = codes.into_iter().map(str::to_owned).collect();
            assert_eq!(apart(text), Some((codes, name.to_owned())), "{text}");
        }
    }

    #[test]
    fn words_and_unknown_codes_are_no_codes() {
        for text in [
            "Devon",
            "",
            "Devon (QXX)",
            "E54999999 Devon",
            "Bath AND North East",
            "see qjk",
            "the QJK area is large",
        ] {
            assert_eq!(apart(text), None, "{text}");
        }
        assert_eq!(apart(&format!("QJK {}", "note ".repeat(60))), None, "a note");
    }
}
