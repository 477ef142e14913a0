//! TopoJSON 1.0, quantised or not: arcs are decoded once and joined to rings.
//!
//! The bundled editions are kept in this format, on whole metres of the National Grid.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::super::choices::{Choices, Part, choose};
use super::super::raw::{Dimensions, RawFeature, RawLayer, RawPoint, RawShape};
use super::super::{Progress, ReadError, limits};
use super::json;
use crate::diag::{Diagnostic, Place, Reporter, Severity};
use crate::geo::topology::{ArcRef, SharedRings};

#[derive(Deserialize)]
struct File {
    arcs: Vec<Vec<Position>>,
    objects: BTreeMap<String, Object>,
    transform: Option<Transform>,
    crs: Option<Value>,
}

/// The first two numbers of a position, and how many there are.
struct Position([f64; 2], usize);

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
                let mut count = 2;
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Position([x, y], count))
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

/// A geometry object; null stands for one without a geometry.
#[derive(Default, Deserialize)]
#[serde(from = "Option<Members>")]
struct Object(Members);

#[derive(Default, Deserialize)]
struct Members {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    arcs: Value,
    #[serde(default)]
    properties: Value,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    geometries: Vec<Object>,
}

impl From<Option<Members>> for Object {
    fn from(members: Option<Members>) -> Self {
        Self(members.unwrap_or_default())
    }
}

impl Object {
    /// Its properties; `None` if they are no object.
    fn properties(&self) -> Option<Map<String, Value>> {
        let mut properties = match &self.0.properties {
            Value::Object(properties) => properties.clone(),
            Value::Null => Map::new(),
            _ => return None,
        };
        json::keep_id(&mut properties, Some(&self.0.id));
        Some(properties)
    }
}

/// Decodes the chosen object, or the only one with polygons.
pub fn decode(
    text: &str,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let file: File = serde_json::from_str(text).map_err(|error| json::fault(&error, text))?;
    progress.go_on()?;
    let mut dimensions = Dimensions::default();
    file.arcs.iter().flatten().for_each(|position| dimensions.count(position.1));
    dimensions.tell(reporter);
    let arcs = absolute(&file);
    let (chosen, parts) = choose_object(&file, choices, reporter)?;
    let geometries = flatten(chosen);
    if geometries.len() > limits::FEATURES {
        return Err(limits::exceeded("features", geometries.len(), limits::FEATURES).into());
    }
    let mut features = Vec::new();
    for (number, geometry) in (1..).zip(geometries) {
        let mut tell = |code, what: &str, hint: &str| {
            let place = Place::Feature { number, name: None };
            reporter.report(Diagnostic::new(Severity::Warning, code, what).at(place).hint(hint));
        };
        match rings(geometry, arcs.len()) {
            Ok(rings) => {
                if rings.iter().flatten().any(|ring| is_apart(ring, &arcs)) {
                    let what = "The arcs of a ring do not meet.";
                    tell("arcs-apart", what, "They are joined by straight lines.");
                }
                let properties = geometry.properties().unwrap_or_else(|| {
                    let what = "The properties of the feature are no object.";
                    tell("properties-odd", what, "They are left out.");
                    Map::new()
                });
                features.push(RawFeature { number, properties, shape: RawShape::Shared(rings) });
            }
            Err((code, what)) => tell(code, &what, "The feature is left out."),
        }
    }
    let declared_crs = file.crs.as_ref().and_then(json::crs_name);
    Ok(RawLayer { features, arcs, declared_crs, parts })
}

/// Whether an arc of a ring does not begin where the one before ends. (That the ring ends where
/// it begins is looked at with all other rings.)
fn is_apart(ring: &[ArcRef], arcs: &[Vec<RawPoint>]) -> bool {
    let ends = |used: &ArcRef| {
        let arc = &arcs[used.arc as usize];
        if used.reversed { (arc.last(), arc.first()) } else { (arc.first(), arc.last()) }
    };
    ring.windows(2).any(|pair| ends(&pair[0]).1 != ends(&pair[1]).0)
}

/// Arc points as coordinates: with a transform they are whole numbers, each the difference to
/// the one before.
fn absolute(file: &File) -> Vec<Vec<RawPoint>> {
    let Some(Transform { scale, translate }) = file.transform else {
        return file.arcs.iter().map(|arc| arc.iter().map(|p| p.0).collect()).collect();
    };
    let decode = |arc: &Vec<Position>| {
        let mut sum = [0.0, 0.0];
        let place = |Position([x, y], _): &Position| {
            sum = [sum[0] + x, sum[1] + y];
            [sum[0] * scale[0] + translate[0], sum[1] * scale[1] + translate[1]]
        };
        arc.iter().map(place).collect()
    };
    file.arcs.iter().map(decode).collect()
}

/// The object to read, and all that have polygons, if they are several.
fn choose_object<'a>(
    file: &'a File,
    choices: &Choices,
    reporter: &mut Reporter,
) -> Result<(&'a Object, Vec<Part>), ReadError> {
    let is_polygon =
        |object: &&Object| matches!(object.0.kind.as_deref(), Some("Polygon" | "MultiPolygon"));
    let count = |object: &Object| flatten(object).into_iter().filter(is_polygon).count();
    let with_areas: Vec<(&String, &Object, usize)> = file
        .objects
        .iter()
        .map(|(name, object)| (name, object, count(object)))
        .filter(|(.., areas)| *areas > 0)
        .collect();
    let part = |(name, _, areas): &(&String, &Object, usize)| Part {
        name: (*name).clone(),
        areas: Some(*areas),
    };
    let parts: Vec<Part> = with_areas.iter().map(part).collect();
    if let (None, Some(first)) = (parts.first(), file.objects.values().next()) {
        return Ok((first, Vec::new())); // its features tell why they are no areas
    }
    let chosen = choose(&parts, "object", choices, reporter)?;
    Ok((with_areas[chosen].1, if parts.len() > 1 { parts } else { Vec::new() }))
}

fn flatten(object: &Object) -> Vec<&Object> {
    if object.0.kind.as_deref() == Some("GeometryCollection") {
        return object.0.geometries.iter().flat_map(flatten).collect();
    }
    vec![object]
}

fn rings(geometry: &Object, arcs: usize) -> Result<SharedRings, (&'static str, String)> {
    let broken = |_| ("feature-unreadable", "The arcs of the feature cannot be read.".to_owned());
    let Members { kind, arcs: indices, .. } = &geometry.0;
    let indices: Vec<Vec<Vec<i64>>> = match kind.as_deref() {
        Some("Polygon") => vec![Vec::deserialize(indices).map_err(broken)?],
        Some("MultiPolygon") => Vec::deserialize(indices).map_err(broken)?,
        Some(other) => {
            return Err(("geometry-kind", format!("The feature is a {other}, not a polygon.")));
        }
        None => return Err(("geometry-missing", "The feature has no geometry.".to_owned())),
    };
    let ring = |ring: &Vec<i64>| ring.iter().map(|index| arc_ref(*index, arcs)).collect();
    let shape: Result<SharedRings, String> =
        indices.iter().map(|rings| rings.iter().map(ring).collect()).collect();
    shape.map_err(|what| ("arc-missing", what))
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
