//! GeoJSON features that break the rules but whose meaning is plain.

use geojson::Feature;
use serde_json::{Map, Value, json};

use super::json::words;
use crate::diag::{Diagnostic, Place, Severity};

/// The feature of a text that is no valid GeoJSON feature, with the repairs told; or why it
/// cannot be read.
pub fn leniently(text: &str, number: usize, told: &mut Vec<Diagnostic>) -> Result<Feature, String> {
    let fault =
        |error: &serde_json::Error| format!("The feature cannot be read: {}.", words(error));
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
    // A box is of no use here, nor an identifier that is neither a text nor a number.
    if !matches!(members.get("id"), Some(Value::String(_) | Value::Number(_))) {
        members.remove("id");
    }
    members.remove("bbox");
    if let Some(geometry) = members.get_mut("geometry") {
        mend(geometry, &mut tell);
    }
    serde_json::from_value(Value::Object(members)).map_err(|error| {
        told.clear(); // repairs that did not help
        fault(&error)
    })
}

/// The types of geometries.
const TYPES: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// Gives a geometry the type that its coordinates have.
fn mend(geometry: &mut Value, tell: &mut impl FnMut(&'static str, &str)) {
    let Value::Object(members) = geometry else { return };
    members.remove("bbox");
    if let Some(Value::Array(geometries)) = members.get_mut("geometries") {
        for geometry in geometries {
            mend(geometry, tell);
        }
    }
    let stated = members.get("type").and_then(Value::as_str);
    let known = stated.and_then(|stated| TYPES.iter().find(|t| t.eq_ignore_ascii_case(stated)));
    let is_strange = stated.is_some() && known.is_none();
    if let Some(known) = known.filter(|known| stated != Some(known)) {
        tell("type-missing", "The type of the geometry is not in the right case.");
        members.insert("type".to_owned(), json!(known));
    }
    let Some(coordinates) = members.get_mut("coordinates").filter(|_| !is_strange) else { return };
    if unquote(coordinates) {
        tell("position-text", "The positions are in quotes; they are read as numbers.");
    }
    let is_ring = depth(coordinates) == 2 && matches!(known, Some(&("Polygon" | "MultiPolygon")));
    if is_ring {
        *coordinates = json!([coordinates.take()]);
    }
    let real = match depth(coordinates) {
        3 => "Polygon",
        4 => "MultiPolygon",
        _ => return,
    };
    match known {
        Some(known) if *known == real && !is_ring => return,
        Some(&("Polygon" | "MultiPolygon")) => {
            tell(
                "geometry-nesting",
                "The brackets of the geometry do not fit its type; they decide.",
            );
        }
        None => tell("type-missing", "The geometry does not state its type; it is a polygon."),
        Some(_) => return,
    }
    members.insert("type".to_owned(), json!(real));
}

/// Turns texts that are numbers into numbers; says whether there were any.
fn unquote(value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().map(unquote).fold(false, std::ops::BitOr::bitor),
        Value::String(text) => {
            let number = text.trim().parse().ok().and_then(serde_json::Number::from_f64);
            let is_number = number.is_some();
            if let Some(number) = number {
                *value = Value::Number(number);
            }
            is_number
        }
        _ => false,
    }
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
            (
                "{\"type\":\"polygon\",\"coordinates\":[[\"0\",\"0\"],[1,0],[1,1]]}".to_owned(),
                "Polygon",
                vec!["type-missing", "position-text", "geometry-nesting"],
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
