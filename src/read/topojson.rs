//! TopoJSON 1.0, quantised or not: arcs are decoded once and joined to rings.
//!
//! The bundled editions are kept in this format, on whole metres of the National Grid.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::raw::{RawFeature, RawLayer, RawPoint, RawShape};
use super::{Progress, ReadError, json};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::geo::topology::{ArcRef, SharedRings};

#[derive(Deserialize)]
struct File {
    arcs: Vec<Vec<Position>>,
    objects: BTreeMap<String, Object>,
    transform: Option<Transform>,
    crs: Option<Value>,
}

/// The first two numbers of a position; further ones, such as heights, are passed over.
struct Position([f64; 2]);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Position;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position of two numbers")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Position, A::Error> {
                let x = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
                let y = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Position([x, y]))
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
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
    let arcs = absolute(&file);
    let chosen = choose(&file, object, reporter)?;
    let mut features = Vec::new();
    for (number, geometry) in (1..).zip(flatten(chosen)) {
        match rings(geometry, arcs.len()) {
            Ok(rings) => {
                let properties = geometry.properties.clone();
                features.push(RawFeature { number, properties, shape: RawShape::Shared(rings) });
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
    Ok(RawLayer { features, arcs, declared_crs: declared_crs.map(str::to_owned) })
}

/// Arc points as coordinates: with a transform they are whole numbers, each the difference to
/// the one before.
fn absolute(file: &File) -> Vec<Vec<RawPoint>> {
    let Some(Transform { scale, translate }) = file.transform else {
        return file.arcs.iter().map(|arc| arc.iter().map(|p| p.0).collect()).collect();
    };
    let decode = |arc: &Vec<Position>| {
        let mut sum = [0.0, 0.0];
        let place = |Position([x, y]): &Position| {
            sum = [sum[0] + x, sum[1] + y];
            [sum[0] * scale[0] + translate[0], sum[1] * scale[1] + translate[1]]
        };
        arc.iter().map(place).collect()
    };
    file.arcs.iter().map(decode).collect()
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

fn rings(geometry: &Object, arcs: usize) -> Result<SharedRings, String> {
    let broken = |_| "The arcs of the feature cannot be read.".to_owned();
    let indices: Vec<Vec<Vec<i64>>> = match geometry.kind.as_deref() {
        Some("Polygon") => vec![Vec::deserialize(&geometry.arcs).map_err(broken)?],
        Some("MultiPolygon") => Vec::deserialize(&geometry.arcs).map_err(broken)?,
        Some(other) => return Err(format!("The feature is a {other}, not a polygon.")),
        None => return Err("The feature has no geometry.".to_owned()),
    };
    let ring = |ring: &Vec<i64>| ring.iter().map(|index| arc_ref(*index, arcs)).collect();
    indices.iter().map(|rings| rings.iter().map(ring).collect()).collect()
}

/// The arc that an index means; `-1 - n` is arc `n` run backwards.
fn arc_ref(index: i64, arcs: usize) -> Result<ArcRef, String> {
    let reversed = index < 0;
    let position = u32::try_from(if reversed { -1 - index } else { index }).ok();
    let arc = position.filter(|arc| (*arc as usize) < arcs);
    let arc =
        arc.ok_or_else(|| format!("The feature refers to arc {index}, which is not there."))?;
    Ok(ArcRef { arc, reversed })
}
