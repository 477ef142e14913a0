//! JSON faults with their line and column.

use serde::Deserialize;

use crate::diag::{Diagnostic, Place, refuse};

/// What a JSON parser said, as a refusal at its line and column. `first_line` is the line of
/// the file in which the parsed text begins.
pub fn fault(error: &serde_json::Error) -> Diagnostic {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or(&what);
    let (message, hint) = if error.is_eof() {
        ("The file breaks off in the middle.".to_owned(), "Download it again.")
    } else {
        (format!("The JSON cannot be read: {what}."), "Ask the publisher for a corrected file.")
    };
    let place = Place::Line { line: error.line(), column: error.column() };
    refuse("json-syntax", message, hint).at(place)
}

/// The `type` member of the outermost object.
pub fn type_member(text: &str) -> Result<Option<String>, Diagnostic> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "type")]
        kind: Option<String>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| fault(&error))?;
    Ok(head.kind)
}
