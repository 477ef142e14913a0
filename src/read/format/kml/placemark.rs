//! A placemark: its name, its data and its polygons.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use serde_json::{Map, Value};

use super::super::super::raw::{RawPoint, RawPolygon};
use super::super::geometry::{Fault, Found, unreadable};
use crate::diag::{Diagnostic, Place};

/// The elements that matter, by their names without prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    Placemark,
    NetworkLink,
    Name,
    Data,
    Value,
    SimpleData,
    Polygon,
    Outer,
    Inner,
    LinearRing,
    Coordinates,
    /// Another geometry, by its name.
    Geometry(&'static str),
    Other,
}

impl Element {
    /// The element of a name without prefix.
    pub fn of(name: &[u8]) -> Self {
        match name {
            b"Placemark" => Self::Placemark,
            b"NetworkLink" => Self::NetworkLink,
            b"name" => Self::Name,
            b"Data" => Self::Data,
            b"value" => Self::Value,
            b"SimpleData" => Self::SimpleData,
            b"Polygon" => Self::Polygon,
            b"outerBoundaryIs" => Self::Outer,
            b"innerBoundaryIs" => Self::Inner,
            b"LinearRing" => Self::LinearRing,
            b"coordinates" => Self::Coordinates,
            b"Point" => Self::Geometry("Point"),
            b"LineString" => Self::Geometry("LineString"),
            b"Model" => Self::Geometry("Model"),
            b"Track" | b"MultiTrack" => Self::Geometry("Track"),
            _ => Self::Other,
        }
    }

    const fn has_text(self) -> bool {
        matches!(self, Self::Name | Self::Value | Self::SimpleData | Self::Coordinates)
    }
}

/// A placemark that is being read.
pub struct Placemark {
    /// Where it begins.
    pub place: Place,
    /// How many elements are open within it, itself included.
    pub depth: usize,
    /// Its name and data.
    pub properties: Map<String, Value>,
    /// Its geometries.
    pub found: Found,
    /// How many rings and polygons it has, empty ones included.
    pub rings: usize,
    /// The name of the data that is being read.
    key: Option<String>,
    text: String,
    exterior: Option<Vec<RawPoint>>,
    holes: Vec<Vec<RawPoint>>,
    fault: Option<Fault>,
}

impl Placemark {
    /// Begins a placemark.
    pub fn new(place: Place, depth: usize) -> Self {
        Self {
            place,
            depth,
            properties: Map::new(),
            found: Found::default(),
            rings: 0,
            key: None,
            text: String::new(),
            exterior: None,
            holes: Vec::new(),
            fault: None,
        }
    }

    /// An element begins; `path` ends with it.
    pub fn start(&mut self, element: Element, start: &BytesStart<'_>, path: &[Element]) {
        if element.has_text() {
            self.text.clear();
        }
        let parent = path.iter().rev().nth(1);
        match element {
            Element::Data | Element::SimpleData => self.key = attribute(start, "name"),
            Element::Polygon => {
                self.exterior = None;
                self.holes.clear();
            }
            Element::LinearRing if !matches!(parent, Some(Element::Outer | Element::Inner)) => {
                self.found.other("LinearRing");
            }
            Element::Geometry(kind) => self.found.other(kind),
            _ => {}
        }
    }

    /// Text comes up within an element.
    pub fn say(&mut self, text: &str, within: Option<&Element>) {
        if within.is_some_and(|element| element.has_text()) {
            self.text.push_str(text);
        }
    }

    /// An element ends; `path` are those around it.
    pub fn end(&mut self, element: Element, path: &[Element]) {
        let around = |position: usize| path.iter().rev().nth(position);
        match element {
            Element::Name if path.len() == self.depth => self.property(Some("name".to_owned())),
            Element::Value if around(0) == Some(&Element::Data) => {
                let key = self.key.clone();
                self.property(key);
            }
            Element::SimpleData => {
                let key = self.key.take();
                self.property(key);
            }
            Element::Coordinates if around(0) == Some(&Element::LinearRing) => match around(1) {
                Some(Element::Outer) => self.exterior = self.ring(),
                Some(Element::Inner) => {
                    let hole = self.ring();
                    self.holes.extend(hole);
                }
                _ => {}
            },
            Element::Polygon => self.polygon(),
            _ => {}
        }
    }

    fn property(&mut self, key: Option<String>) {
        let Some(key) = key else { return };
        let value = Value::String(self.text.trim().to_owned());
        self.properties.entry(key).or_insert(value);
    }

    fn ring(&mut self) -> Option<Vec<RawPoint>> {
        self.rings += 1;
        match positions(&self.text, &mut self.found) {
            Ok(ring) => Some(ring),
            Err(fault) => {
                self.fault.get_or_insert(fault);
                None
            }
        }
    }

    fn polygon(&mut self) {
        self.rings += 1;
        let holes = std::mem::take(&mut self.holes);
        if let Some(exterior) = self.exterior.take() {
            self.found.polygons.push([exterior].into_iter().chain(holes).collect());
        } else {
            let message = "A polygon has no outer boundary.".to_owned();
            self.fault.get_or_insert(("geometry-missing", message));
        }
    }

    /// The polygons of the placemark.
    ///
    /// # Errors
    /// If it has none, or one that is broken.
    pub fn finish(
        self,
        number: usize,
        tell: impl FnMut(Diagnostic),
    ) -> Result<Vec<RawPolygon>, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let polygons = self.found.into_polygons(number, tell)?;
        if polygons.is_empty() {
            return Err(("geometry-missing", "The feature has no geometry.".to_owned()));
        }
        Ok(polygons)
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The positions of a text such as `-0.1,51.5,0 0.1,51.5,0`: numbers of one position are
/// separated by commas, positions by white space. Space beside a comma is of no meaning.
fn positions(text: &str, found: &mut Found) -> Result<Vec<RawPoint>, Fault> {
    let mut points = Vec::new();
    let mut numbers: Vec<f64> = Vec::with_capacity(3);
    let mut goes_on = false;
    let mut position = |numbers: &mut Vec<f64>| {
        match *numbers.as_slice() {
            [] => {}
            [x, y, ..] => {
                found.dimensions.count(numbers.len());
                points.push([x, y]);
            }
            [_] => {
                let message = "A position has fewer than two numbers.".to_owned();
                return Err(("position-short", message));
            }
        }
        numbers.clear();
        Ok(())
    };
    for token in text.split_ascii_whitespace() {
        if !goes_on && !token.starts_with(',') {
            position(&mut numbers)?;
        }
        for number in token.split(',').filter(|number| !number.is_empty()) {
            let number = number.parse::<f64>();
            numbers.push(number.map_err(|_| unreadable("A coordinate is no number."))?);
        }
        goes_on = token.ends_with(',');
    }
    position(&mut numbers)?;
    Ok(points)
}
