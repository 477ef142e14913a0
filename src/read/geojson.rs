//! GeoJSON: RFC 7946, and its older form with a `crs` member.
//!
//! Features are found first and parsed one by one, so that a bad one is told with its number
//! and does not take the others with it.

use geojson::{Feature, Geometry, GeometryValue, Position};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::raw::{RawFeature, RawLayer, RawPolygon, RawShape};
use super::{Progress, ReadError, json};
use crate::diag::{Diagnostic, Place, Reporter, Severity};

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

/// Decodes a FeatureCollection, a Feature or a bare geometry.
pub fn decode(
    text: &str,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let outer: Outer<'_> = serde_json::from_str(text).map_err(|error| json::fault(&error))?;
    let declared_crs = outer.crs.as_ref().and_then(declared_name);
    let Some(texts) = outer.features else {
        let feature = single(text)?;
        let features = take(1, Ok(feature), reporter).into_iter().collect();
        return Ok(RawLayer { features, arcs: Vec::new(), declared_crs });
    };
    let parsed: Vec<Result<Feature, String>> = texts
        .par_iter()
        .map(|raw| {
            progress.go_on().map_err(|e| e.to_string())?;
            serde_json::from_str(raw.get()).map_err(|error| error.to_string())
        })
        .collect();
    progress.go_on()?;
    let mut features = Vec::with_capacity(parsed.len());
    for (number, feature) in (1..).zip(parsed) {
        features.extend(take(number, feature, reporter));
    }
    Ok(RawLayer { features, arcs: Vec::new(), declared_crs })
}

/// A file that is one feature, or one geometry without properties.
fn single(text: &str) -> Result<Feature, Diagnostic> {
    let fault = |error| json::fault(&error);
    if json::type_member(text)?.as_deref() == Some("Feature") {
        return serde_json::from_str(text).map_err(fault);
    }
    let geometry: Geometry = serde_json::from_str(text).map_err(fault)?;
    Ok(Feature { geometry: Some(geometry), ..Feature::default() })
}

/// `crs` members come as `{"type": "name", "properties": {"name": "urn:…"}}`.
fn declared_name(crs: &Value) -> Option<String> {
    crs.pointer("/properties/name").and_then(Value::as_str).map(str::to_owned)
}

/// The polygons of a feature; what is not one is told and left out.
fn take(
    number: usize,
    feature: Result<Feature, String>,
    reporter: &mut Reporter,
) -> Option<RawFeature> {
    let mut left_out = |code, message: String| {
        reporter.report(
            Diagnostic::new(Severity::Warning, code, message)
                .at(Place::Feature { number, name: None })
                .hint("The feature is left out."),
        );
    };
    let feature = match feature {
        Ok(feature) => feature,
        Err(error) => {
            let what = error.split(" at line ").next().unwrap_or(&error).to_owned();
            left_out("feature-unreadable", format!("The feature cannot be read: {what}."));
            return None;
        }
    };
    let Some(geometry) = feature.geometry else {
        left_out("geometry-missing", "The feature has no geometry.".to_owned());
        return None;
    };
    let mut polygons = Vec::new();
    match collect(geometry.value, &mut polygons) {
        Ok(()) => {}
        Err(Unusable::Kind(kind)) => {
            left_out("geometry-kind", format!("The feature is a {kind}, not a polygon."));
            return None;
        }
        Err(Unusable::ShortPosition) => {
            let message = "A position has fewer than two numbers.".to_owned();
            left_out("position-short", message);
            return None;
        }
    }
    let properties = feature.properties.unwrap_or_default();
    Some(RawFeature { number, properties, shape: RawShape::Polygons(polygons) })
}

enum Unusable {
    Kind(&'static str),
    ShortPosition,
}

fn collect(value: GeometryValue, polygons: &mut Vec<RawPolygon>) -> Result<(), Unusable> {
    match value {
        GeometryValue::Polygon { coordinates } => polygons.push(rings(&coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in &coordinates {
                polygons.push(rings(polygon)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(geometry.value, polygons)?;
            }
        }
        other => return Err(Unusable::Kind(other.type_name())),
    }
    Ok(())
}

fn rings(polygon: &[Vec<Position>]) -> Result<RawPolygon, Unusable> {
    let point = |position: &Position| match position.as_slice() {
        [x, y, ..] => Ok([*x, *y]),
        _ => Err(Unusable::ShortPosition),
    };
    polygon.iter().map(|ring| ring.iter().map(point).collect()).collect()
}
