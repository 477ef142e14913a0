//! What the JSON formats have in common.

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place, refuse};
use crate::model::OnsCode;

/// What a JSON parser said of a text, as a refusal at its line and column.
pub fn fault(error: &serde_json::Error, text: &str) -> Diagnostic {
    let column = error.column().max(1); // a line break counts as column 0 of the next line
    let place = Place::Line { line: error.line(), column };
    let refusal = if error.is_eof() || is_cut_number(error, text) {
        refuse("json-syntax", "The file breaks off in the middle.", "Download it again.")
    } else if said(error).starts_with("recursion limit") {
        let message = "The JSON is nested more than 128 deep.";
        refuse("limit-exceeded", message, "Ask the publisher for a corrected file.")
    } else {
        let message = format!("The JSON cannot be read: {}.", words(error));
        refuse("json-syntax", message, "Ask the publisher for a corrected file.")
    };
    refusal.at(place)
}

/// Whether the text ends within a number, as after `-` or a decimal point.
fn is_cut_number(error: &serde_json::Error, text: &str) -> bool {
    let last = text.lines().last().unwrap_or_default();
    said(error) == "invalid number"
        && error.line() == text.lines().count()
        && error.column() >= last.len()
        && !last.ends_with(|c: char| c.is_ascii_digit())
}

/// What a parser said, without the place.
fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said).trim_end_matches('.');
    said.chars().take(160).collect()
}

/// What a parser said, in words for those who wrote the file.
pub fn words(error: &serde_json::Error) -> String {
    let said = said(error);
    let plain = match said.as_str() {
        "trailing characters" => "something follows its end",
        "expected value" => "a value is missing, or is none that JSON knows",
        "key must be a string" => "a name is not in double quotes",
        "invalid escape" => "a text has a backslash that means nothing",
        "recursion limit exceeded" => "it is nested more than 128 deep",
        said if said.starts_with("control character") => {
            "a text has a line break or another control character in it"
        }
        _ => return said,
    };
    plain.to_owned()
}

/// The system that a `crs` member names. It comes as `{"type": "name", "properties": {"name":
/// "urn:…"}}`, as `{"type": "EPSG", "properties": {"code": 27700}}` from before 2008, and as a
/// plain text from those who guessed.
pub fn crs_name(crs: &Value) -> Option<String> {
    let code = || crs.pointer("/properties/code").filter(|code| !code.is_null());
    let name = crs.pointer("/properties/name").or_else(code).unwrap_or(crs);
    let name = match name {
        Value::String(name) => name.trim().to_owned(),
        Value::Number(code) => code.to_string(),
        _ => String::new(),
    };
    Some(name).filter(|name| !name.is_empty())
}

/// Keeps the identifier of a feature as its property `id`, if it is the code of an area: there
/// map programs like to have it.
pub fn keep_id(properties: &mut Map<String, Value>, id: Option<&Value>) {
    let Some(Value::String(id)) = id else { return };
    if id.parse::<OnsCode>().is_ok() && !properties.contains_key("id") {
        properties.insert("id".to_owned(), Value::from(id.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Diagnostic {
        let result: Result<Value, serde_json::Error> = serde_json::from_str(text);
        fault(&result.unwrap_err(), text)
    }

    #[test]
    fn a_text_that_ends_too_early_breaks_off() {
        for text in ["[1, 2", "[\n-", "[53.", "[1e", "[\"a", "{\"a\":"] {
            assert!(refusal(text).message.contains("breaks off"), "{text}: {}", refusal(text));
        }
        for text in ["[1.,\n2]", "[01]", "[1]]", "['a']"] {
            assert!(!refusal(text).message.contains("breaks off"), "{text}: {}", refusal(text));
        }
    }

    #[test]
    fn columns_are_counted_from_one() {
        assert_eq!(refusal("[\"a\nb\"]").place, Place::Line { line: 2, column: 1 });
    }
}
