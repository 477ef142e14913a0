//! GeoJSON features that break the rules but whose meaning is plain.

use geojson::Feature;
use serde_json::{Map, Value, json};

use crate::diag::{Diagnostic, Place, Severity};

/// The feature of a text that is no valid GeoJSON feature, with the repairs told; or why it
/// cannot be read.
pub fn leniently(text: &str, number: usize, told: &mut Vec<Diagnostic>) -> Result<Feature, String> {
    let fault = |error: &dyn std::fmt::Display| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what).trim_end_matches('.');
        let what: String = what.chars().take(160).collect();
        format!("The feature cannot be read: {what}.")
    };
    let value: Value = serde_json::from_str(text).map_err(|error| fault(&error))?;
    let Value::Object(mut members) = value else {
        return Err("The feature is not a JSON object.".to_owned());
    };
    let mut tell = |code, message: &str| {
        let diagnostic = Diagnostic::new(Severity::Warning, code, message);
        told.push(diagnostic.at(Place::Feature { number, name: None }));
    };
    let is_geometry = members.contains_key("coordinates") || members.contains_key("geometries");
    if is_geometry && !members.contains_key("geometry") {
        members = Map::from_iter([("geometry".to_owned(), Value::Object(members))]);
    } else if members.get("type").and_then(Value::as_str) != Some("Feature") {
        if !members.contains_key("geometry") {
            return Err("It is neither a feature nor a geometry.".to_owned());
        }
        tell("type-missing", "The feature does not say that it is one; it is read as one.");
    }
    members.insert("type".to_owned(), json!("Feature"));
    if !matches!(members.get("properties"), None | Some(Value::Object(_) | Value::Null)) {
        members.remove("properties");
        tell("properties-odd", "The properties of the feature are no object; they are left out.");
    }
    // An identifier is of no use here, a box neither.
    members.remove("id");
    members.remove("bbox");
    if let Some(geometry) = members.get_mut("geometry") {
        mend(geometry, &mut tell);
    }
    serde_json::from_value(Value::Object(members)).map_err(|error| fault(&error))
}

/// Gives a geometry the type that its coordinates have.
fn mend(geometry: &mut Value, tell: &mut impl FnMut(&'static str, &str)) {
    let Value::Object(members) = geometry else { return };
    members.remove("bbox");
    if let Some(Value::Array(geometries)) = members.get_mut("geometries") {
        for geometry in geometries {
            mend(geometry, tell);
        }
    }
    let Some(coordinates) = members.get("coordinates") else { return };
    let real = match depth(coordinates) {
        3 => "Polygon",
        4 => "MultiPolygon",
        _ => return,
    };
    let stated = members.get("type").and_then(Value::as_str);
    match stated {
        Some(stated) if stated == real => return,
        Some("Polygon" | "MultiPolygon") => {
            tell("geometry-nesting", "The brackets of the geometry do not fit its type.");
        }
        None => tell("type-missing", "The geometry does not state its type; it is a polygon."),
        Some(_) => return,
    }
    members.insert("type".to_owned(), json!(real));
}

/// How many brackets stand around the first number.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RING: &str = "[[[0,0],[1,0],[1,1],[0,0]]]";

    fn mended(text: &str) -> (Result<&'static str, String>, Vec<&'static str>) {
        let mut told = Vec::new();
        let feature = leniently(text, 1, &mut told);
        let kind = feature
            .map(|feature| feature.geometry.map_or("none", |geometry| geometry.value.type_name()));
        (kind, told.iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[test]
    fn plain_meanings_are_read_and_told() {
        for (text, kind, codes) in [
            (
                format!("{{\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{RING}}}}}"),
                "Polygon",
                vec!["type-missing"],
            ),
            (
                format!(
                    "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"MultiPolygon\",\
                     \"coordinates\":{RING}}}}}"
                ),
                "Polygon",
                vec!["geometry-nesting"],
            ),
            (
                format!(
                    "{{\"type\":\"Feature\",\"properties\":3,\"geometry\":{{\
                     \"coordinates\":[{RING}]}}}}"
                ),
                "MultiPolygon",
                vec!["properties-odd", "type-missing"],
            ),
            (format!("{{\"type\":\"Polygon\",\"coordinates\":{RING}}}"), "Polygon", vec![]),
        ] {
            assert_eq!(mended(&text), (Ok(kind), codes), "{text}");
        }
    }

    #[test]
    fn what_has_no_plain_meaning_is_no_feature() {
        for text in ["3", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\"}}", "{}"] {
            assert!(mended(text).0.is_err(), "{text}");
        }
    }
}
