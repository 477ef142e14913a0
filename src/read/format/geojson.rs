//! GeoJSON: RFC 7946, and its older form with a `crs` member.
//!
//! Features are found first and parsed one by one, so that a bad one is told with its number
//! and place and does not take the others with it.

mod outer;
mod quick;
mod stream;

use geojson::feature::Id;
use geojson::{Feature, GeometryValue, Position};
use rayon::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::raw::{Dimensions, RawFeature, RawLayer, RawPolygon, RawShape};
use super::super::{Progress, ReadError, encoding, limits};
use super::geometry::{Fault, Found, left_out};
use super::{json, repair};
use crate::diag::{Diagnostic, Place, Reporter, Severity};
pub use outer::Outer as Collection;
use outer::{FeatureText, Outer, OuterError};

/// Decodes a FeatureCollection, a Feature or a bare geometry.
pub fn decode(
    text: &str,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let mut collector = Collector::new(text, reporter);
    match collector.add_text(text, progress)? {
        None => Ok(collector.finish()),
        Some(fault) => Err(fault.into()),
    }
}

/// Reads a collection by the rules while it comes in, piece by piece: `fill` appends the next piece,
/// and says how many bytes. `None` where it is anything else, which [`decode`] may take.
///
/// # Errors
/// Those of `fill`.
pub use stream::collection;

/// Decodes a collection that was read while it came in.
///
/// # Errors
/// As [`decode`].
pub fn decode_collection(
    collection: Collection<'static>,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let mut collector = Collector::new("", reporter);
    match collector.add_outer(collection, "", progress)? {
        None => Ok(collector.finish()),
        Some(fault) => Err(fault.into()),
    }
}

/// Collects the features of one or several GeoJSON texts.
pub struct Collector<'a> {
    text: &'a str,
    layer: RawLayer,
    number: usize,
    dimensions: Dimensions,
    reporter: &'a mut Reporter,
}

/// A feature with what was told about it, or why there is none.
struct Parsed {
    feature: Option<RawFeature>,
    told: Vec<Diagnostic>,
    dimensions: Dimensions,
}

impl Parsed {
    fn quickly(number: usize, read: quick::Feature) -> Self {
        let quick::Feature { mut properties, id, polygons, dimensions } = read;
        json::keep_id(&mut properties, id.as_ref());
        let shape = RawShape::Polygons(polygons);
        let feature = Some(RawFeature { number, properties, shape });
        Self { feature, told: Vec::new(), dimensions }
    }
}

impl<'a> Collector<'a> {
    /// Collects from parts of `text`, the text of the whole file.
    pub fn new(text: &'a str, reporter: &'a mut Reporter) -> Self {
        let dimensions = Dimensions::default();
        Self { text, layer: RawLayer::default(), number: 0, dimensions, reporter }
    }

    /// Adds what a GeoJSON text holds. The fault that it returns means that the text as a whole
    /// is unreadable.
    pub fn add_text(
        &mut self,
        text: &str,
        progress: &Progress,
    ) -> Result<Option<Diagnostic>, ReadError> {
        match Outer::of(text, progress) {
            Ok(outer) => self.add_outer(outer, text, progress),
            Err(OuterError::Json(error)) => Ok(Some(json::fault(&error, text))),
            Err(OuterError::Cancelled) => Err(ReadError::Cancelled),
        }
    }

    fn add_outer<'t>(
        &mut self,
        outer: Outer<'t>,
        text: &'t str,
        progress: &Progress,
    ) -> Result<Option<Diagnostic>, ReadError> {
        if let Some(name) = outer.crs.as_ref().and_then(json::crs_name) {
            self.layer.declared_crs = Some(name);
        }
        let cut = [outer.is_cut.as_ref(), transfer_limit(outer.properties.as_ref())];
        if cut.into_iter().flatten().any(|value| *value == Value::Bool(true)) {
            self.reporter.report(
                Diagnostic::new(
                    Severity::Warning,
                    "transfer-limit",
                    "The server cut the file off at its limit: areas are missing.",
                )
                .hint("Ask it for the rest, or download the whole file."),
            );
        }
        let kind = outer.kind.as_ref().and_then(Value::as_str);
        let texts = |raw: Vec<&'t RawValue>| raw.into_iter().map(FeatureText::from).collect();
        let features = outer.split.or_else(|| outer.features.map(texts));
        match (features, outer.geometries.map(texts)) {
            (Some(features), _) => {
                if kind != Some("FeatureCollection") {
                    self.reporter.report(Diagnostic::new(
                        Severity::Warning,
                        "type-missing",
                        "The file does not say that it is a FeatureCollection; it is read as one.",
                    ));
                }
                self.add(features, progress)?;
            }
            // The members of a bare collection are areas of their own.
            (None, Some(geometries)) if kind != Some("Feature") => {
                self.add(geometries, progress)?;
            }
            (None, _) if kind == Some("FeatureCollection") => {}
            _ => {
                let raw: &RawValue = match serde_json::from_str(text) {
                    Ok(raw) => raw,
                    Err(error) => return Ok(Some(json::fault(&error, text))),
                };
                self.add(vec![raw.into()], progress)?;
            }
        }
        Ok(None)
    }

    fn add(&mut self, texts: Vec<FeatureText<'_>>, progress: &Progress) -> Result<(), ReadError> {
        let total = self.number + texts.len();
        if total > limits::FEATURES {
            return Err(limits::exceeded("features", total, limits::FEATURES).into());
        }
        let first = self.number + 1;
        self.number = total;
        let whole = self.text;
        let parse = |(i, feature): (usize, FeatureText<'_>)| {
            progress.go_on()?;
            let number = first + i;
            Ok(match feature {
                FeatureText::Read(read) => Parsed::quickly(number, read),
                FeatureText::Unread(text) => match quick::feature(text) {
                    Some(read) => Parsed::quickly(number, read),
                    None => parse(number, text, || place_in(whole, text)),
                },
            })
        };
        let parsed: Vec<Parsed> =
            texts.into_par_iter().enumerate().map(parse).collect::<Result<_, ReadError>>()?;
        for Parsed { feature, told, dimensions } in parsed {
            for diagnostic in told {
                self.reporter.report(diagnostic);
            }
            self.dimensions.add(dimensions);
            self.layer.features.extend(feature);
        }
        Ok(())
    }

    /// Tells of a record that cannot be read.
    pub fn record_unreadable(&mut self, message: &str, place: Place) {
        self.number += 1;
        let diagnostic = Diagnostic::new(Severity::Warning, "feature-unreadable", message);
        self.reporter.report(diagnostic.at(place).hint("The feature is left out."));
    }

    /// The layer of all that was collected.
    pub fn finish(self) -> RawLayer {
        self.dimensions.tell(self.reporter);
        self.layer
    }
}

fn transfer_limit(properties: Option<&Value>) -> Option<&Value> {
    properties?.get("exceededTransferLimit")
}

/// The line and column at which a part of a text begins.
fn place_in(whole: &str, part: &str) -> Option<Place> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    whole.as_bytes().get(..offset).map(encoding::place_of_end)
}

/// The feature of a text; a bare geometry is one without properties.
fn parse(number: usize, text: &str, place: impl Fn() -> Option<Place>) -> Parsed {
    let mut told = Vec::new();
    let mut dimensions = Dimensions::default();
    let feature = strictly(text).or_else(|_| repair::leniently(text, number, &mut told));
    let feature = feature.map_err(|what| ("feature-unreadable", what)).and_then(|feature| {
        let geometry =
            feature.geometry.ok_or(("geometry-missing", "The feature has no geometry.".into()))?;
        let mut found = Found::default();
        collect(geometry.value, &mut found)?;
        dimensions = found.dimensions;
        let polygons = found.into_polygons(number, |diagnostic| told.push(diagnostic))?;
        let mut properties = feature.properties.unwrap_or_default();
        if let Some(Id::String(id)) = feature.id {
            json::keep_id(&mut properties, Some(&Value::String(id)));
        }
        Ok(RawFeature { number, properties, shape: RawShape::Polygons(polygons) })
    });
    match feature {
        Ok(feature) => Parsed { feature: Some(feature), told, dimensions },
        Err(fault) => {
            let place = match place() {
                Some(Place::Line { line, column }) => Place::Record { number, line, column },
                _ => Place::Feature { number, name: None },
            };
            told.push(left_out(fault, place));
            Parsed { feature: None, told, dimensions }
        }
    }
}

fn strictly(text: &str) -> Result<Feature, serde_json::Error> {
    serde_json::from_str(text)
}

fn collect(value: GeometryValue, found: &mut Found) -> Result<(), Fault> {
    match value {
        GeometryValue::Polygon { coordinates } => polygon(&coordinates, found),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().try_for_each(|coordinates| polygon(coordinates, found))
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().try_for_each(|geometry| collect(geometry.value, found))
        }
        other => {
            found.other(other.type_name());
            Ok(())
        }
    }
}

fn polygon(rings: &[Vec<Position>], found: &mut Found) -> Result<(), Fault> {
    let mut polygon = RawPolygon::with_capacity(rings.len());
    for ring in rings {
        let mut points = Vec::with_capacity(ring.len());
        for position in ring {
            let [x, y, ..] = *position.as_slice() else {
                let message = "A position has fewer than two numbers.";
                return Err(("position-short", message.to_owned()));
            };
            found.dimensions.count(position.as_slice().len());
            points.push([x, y]);
        }
        polygon.push(points);
    }
    found.polygons.push(polygon);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_points(parsed: &Parsed) -> Vec<[f64; 2]> {
        match parsed.feature.as_ref().map(|feature| &feature.shape) {
            Some(RawShape::Polygons(polygons)) => polygons.iter().flatten().flatten().copied(),
            _ => panic!("the quick reader took it: {:?}", parsed.told),
        }
        .collect()
    }

    /// Of every odd file: the thorough reader reads alike whatever the quick one takes.
    #[test]
    fn the_quick_reader_agrees_with_the_thorough_one() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let mut taken = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let Ok(whole) = serde_json::from_str::<Outer<'_>>(&text) else {
                let quick = Outer::quickly(&text, &Progress::default());
                assert!(matches!(quick, Ok(None)), "{}", path.display());
                continue;
            };
            let features: Vec<&str> =
                whole.features.into_iter().flatten().map(RawValue::get).collect();
            if let Some(split) = quick::outer(&text) {
                assert_eq!(split.features, features, "{}", path.display());
            }
            for feature in features {
                let Some(read) = quick::feature(feature) else { continue };
                let (quick, thorough) = (Parsed::quickly(1, read), parse(1, feature, || None));
                let place = path.display();
                assert!(thorough.told.is_empty(), "{place}: {:?}", thorough.told);
                let properties = |parsed: &Parsed| {
                    parsed.feature.as_ref().map(|feature| feature.properties.clone())
                };
                assert_eq!(properties(&quick), properties(&thorough), "{place}");
                let (a, b) = (all_points(&quick), all_points(&thorough));
                assert_eq!(a.len(), b.len(), "{place}");
                for (p, q) in a.iter().flatten().zip(b.iter().flatten()) {
                    assert!((p - q).abs() <= 1e-15 * q.abs(), "{place}: {p} and {q}");
                }
                taken += 1;
            }
        }
        assert!(taken > 300, "{taken} features");
    }
}
