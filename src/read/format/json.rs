//! What the JSON formats have in common.

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place, refuse};
use crate::model::OnsCode;

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
