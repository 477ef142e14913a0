//! What the JSON formats have in common.

use serde_json::Value;

use crate::diag::{Diagnostic, Place, refuse};

/// What a JSON parser said, as a refusal at its line and column.
pub fn fault(error: &serde_json::Error) -> Diagnostic {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or(&what);
    let what: String = what.chars().take(200).collect();
    let place = Place::Line { line: error.line(), column: error.column() };
    let refusal = if error.is_eof() {
        refuse("json-syntax", "The file breaks off in the middle.", "Download it again.")
    } else if what.starts_with("recursion limit") {
        let message = "The JSON is nested more than 128 deep.";
        refuse("limit-exceeded", message, "Ask the publisher for a corrected file.")
    } else {
        let message = format!("The JSON cannot be read: {what}.");
        refuse("json-syntax", message, "Ask the publisher for a corrected file.")
    };
    refusal.at(place)
}

/// `crs` members come as `{"type": "name", "properties": {"name": "urn:…"}}`.
pub fn crs_name(crs: &Value) -> Option<String> {
    crs.pointer("/properties/name").and_then(Value::as_str).map(str::to_owned)
}
