//! TopoJSON 1.0, quantised or not: arcs are decoded once and joined to rings.
//!
//! The bundled editions are kept in this format, on whole metres of the National Grid.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::raw::{RawFeature, RawLayer, RawPoint};
use super::{Progress, ReadError, json};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};

#[derive(Deserialize)]
struct File {
    arcs: Vec<Vec<Vec<f64>>>,
    objects: BTreeMap<String, Object>,
    transform: Option<Transform>,
    crs: Option<Value>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    arcs: Value,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(default)]
    geometries: Vec<Object>,
}

/// Decodes the object called `object`, or the only one with polygons.
pub fn decode(
    text: &str,
    object: Option<&str>,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let file: File = serde_json::from_str(text).map_err(|error| json::fault(&error))?;
    progress.go_on()?;
    let arcs = absolute(&file)?;
    let chosen = choose(&file, object, reporter)?;
    let mut features = Vec::new();
    for (number, geometry) in (1..).zip(flatten(chosen)) {
        match polygons(geometry, &arcs) {
            Ok(polygons) => {
                let properties = geometry.properties.clone();
                features.push(RawFeature { number, properties, polygons });
            }
            Err(what) => reporter.report(
                Diagnostic::new(Severity::Warning, "geometry-kind", what)
                    .at(Place::Feature { number, name: None })
                    .hint("The feature is left out."),
            ),
        }
    }
    let declared_crs = file.crs.as_ref();
    let declared_crs = declared_crs.and_then(|crs| crs.pointer("/properties/name")?.as_str());
    Ok(RawLayer { features, declared_crs: declared_crs.map(str::to_owned) })
}

/// Arc points as coordinates: with a transform they are whole numbers, each the difference to
/// the one before.
fn absolute(file: &File) -> Result<Vec<Vec<RawPoint>>, Diagnostic> {
    let mut arcs = Vec::with_capacity(file.arcs.len());
    for (number, arc) in (1..).zip(&file.arcs) {
        let mut sum = [0.0, 0.0];
        let mut points = Vec::with_capacity(arc.len());
        for position in arc {
            let [x, y, ..] = position[..] else {
                return Err(refuse(
                    "position-short",
                    format!("A position of arc {number} has fewer than two numbers."),
                    "Ask the publisher for a corrected file.",
                ));
            };
            points.push(match &file.transform {
                Some(t) => {
                    sum = [sum[0] + x, sum[1] + y];
                    let at = |axis: usize| sum[axis] * t.scale[axis] + t.translate[axis];
                    [at(0), at(1)]
                }
                None => [x, y],
            });
        }
        arcs.push(points);
    }
    Ok(arcs)
}

fn choose<'a>(
    file: &'a File,
    wanted: Option<&str>,
    reporter: &mut Reporter,
) -> Result<&'a Object, Diagnostic> {
    let names = || file.objects.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    if let Some(wanted) = wanted {
        return file.objects.get(wanted).ok_or_else(|| {
            let message = format!("The file has no object \"{wanted}\".");
            refuse("object-missing", message, format!("It has: {}.", names()))
        });
    }
    let mut objects = file.objects.iter();
    let Some((name, first)) = objects.next() else {
        return Err(refuse("no-areas", "The file has no objects.", "Choose another file."));
    };
    if objects.next().is_some() {
        reporter.report(
            Diagnostic::new(
                Severity::Warning,
                "object-chosen",
                format!("The file has several objects; \"{name}\" is shown."),
            )
            .hint(format!("It has: {}.", names())),
        );
    }
    Ok(first)
}

fn flatten(object: &Object) -> Vec<&Object> {
    if object.kind.as_deref() == Some("GeometryCollection") {
        return object.geometries.iter().flat_map(flatten).collect();
    }
    vec![object]
}

fn polygons(geometry: &Object, arcs: &[Vec<RawPoint>]) -> Result<Vec<Vec<Vec<RawPoint>>>, String> {
    let broken = |_| "The arcs of the feature cannot be read.".to_owned();
    let indices: Vec<Vec<Vec<i64>>> = match geometry.kind.as_deref() {
        Some("Polygon") => vec![Vec::deserialize(&geometry.arcs).map_err(broken)?],
        Some("MultiPolygon") => Vec::deserialize(&geometry.arcs).map_err(broken)?,
        Some(other) => return Err(format!("The feature is a {other}, not a polygon.")),
        None => return Err("The feature has no geometry.".to_owned()),
    };
    let ring = |indices: &Vec<i64>| join(indices, arcs);
    indices.iter().map(|rings| rings.iter().map(ring).collect()).collect()
}

/// A ring from arc indices; `-1 - n` is arc `n` run backwards.
fn join(indices: &[i64], arcs: &[Vec<RawPoint>]) -> Result<Vec<RawPoint>, String> {
    let mut points: Vec<RawPoint> = Vec::new();
    for &index in indices {
        let position = if index < 0 { -1 - index } else { index };
        let arc = usize::try_from(position).ok().and_then(|i| arcs.get(i));
        let arc =
            arc.ok_or_else(|| format!("The feature refers to arc {index}, which is not there."))?;
        points.pop(); // an arc begins with the last point of the one before
        if index < 0 {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    Ok(points)
}
