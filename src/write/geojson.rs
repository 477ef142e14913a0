//! GeoJSON (RFC 7946), a line for each feature.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::geo::projection::Projector;
use crate::geo::space::Grid;
use crate::geo::topology::{RingArcs, ShapeArcs, join};

/// Coordinates as a file has them, and how many decimals they are given.
pub enum Plane {
    /// WGS 84, longitude and latitude in degrees with seven decimals: a centimetre.
    Degrees(Box<Projector>),
    /// British National Grid, easting and northing in metres with two decimals.
    Metres,
}

impl Plane {
    const fn decimals(&self) -> usize {
        match self {
            Self::Degrees(_) => 7,
            Self::Metres => 2,
        }
    }

    /// The coordinates of a point on the National Grid, rounded as they are written. A point that
    /// has none stays where it is.
    #[must_use]
    pub fn place(&self, point: Grid) -> Grid {
        let scale = if let Self::Degrees(_) = self { 1e7 } else { 1e2 };
        let rounded = |value: f64| (value * scale).round() / scale;
        let at = match self {
            Self::Metres => point,
            Self::Degrees(projector) => match projector.to_lon_lat(point) {
                Ok(at) => Grid { x: at.lon, y: at.lat },
                Err(_) => point,
            },
        };
        Grid { x: rounded(at.x), y: rounded(at.y) }
    }
}

/// A collection of features, each with its properties and a shape made of `arcs`, whose points are
/// as [`Plane::place`] puts them. What is in metres says so in a member `crs`, as it was usual
/// before RFC 7946.
#[must_use]
pub fn collection<'a>(
    features: impl Iterator<Item = (&'a Map<String, Value>, &'a ShapeArcs)>,
    arcs: &[Vec<Grid>],
    plane: &Plane,
) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",");
    if let Plane::Metres = plane {
        text += "\"crs\":{\"type\":\"name\",\"properties\":\
                 {\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},";
    }
    text += "\"features\":[";
    for (i, (properties, shape)) in features.enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let properties = Value::Object(properties.clone());
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{comma}\n{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":"
        );
        write_shape(&mut text, shape, arcs, plane.decimals());
        text.push('}');
    }
    text += "\n]}\n";
    text
}

fn write_shape(text: &mut String, shape: &ShapeArcs, arcs: &[Vec<Grid>], decimals: usize) {
    let ring = |text: &mut String, ring: &RingArcs| {
        let points = join(&ring.arcs, |arc| &arcs[arc as usize]);
        // A ring ends where it begins.
        list(text, points.iter().chain(points.first()), |text, point| {
            let _ = write!(text, "[{},{}]", Short(point.x, decimals), Short(point.y, decimals));
        });
    };
    let polygon = |text: &mut String, rings: &Vec<RingArcs>| list(text, rings.iter(), ring);
    if let [alone] = shape.as_slice() {
        *text += "{\"type\":\"Polygon\",\"coordinates\":";
        polygon(text, alone);
    } else {
        *text += "{\"type\":\"MultiPolygon\",\"coordinates\":";
        list(text, shape.iter(), polygon);
    }
    text.push('}');
}

fn list<T>(text: &mut String, items: impl Iterator<Item = T>, each: impl Fn(&mut String, T)) {
    text.push('[');
    for (i, item) in items.enumerate() {
        if i > 0 {
            text.push(',');
        }
        each(text, item);
    }
    text.push(']');
}

/// A number with so many decimals, without noughts at the end.
struct Short(f64, usize);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.*}", self.1, self.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if text == "-0" { "0" } else { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::topology::Topology;

    #[test]
    fn rings_are_closed_and_numbers_short() {
        let p = |x: f64, y: f64| Grid { x, y };
        let ring = vec![p(0.0, -0.001), p(10.5, 0.0), p(10.5, 9.126)];
        let topology = Topology::build(&[vec![vec![ring]]]);
        let place = |point: &Grid| Plane::Metres.place(*point);
        let arcs: Vec<Vec<Grid>> =
            topology.arcs.iter().map(|arc| arc.points.iter().map(place).collect()).collect();
        let mut properties = Map::new();
        properties.insert("name".to_owned(), Value::from("\"A\""));
        let features = [(&properties, &topology.shapes[0])];
        let text = collection(features.into_iter(), &arcs, &Plane::Metres);
        assert!(text.contains("[[[0,0],[10.5,0],[10.5,9.13],[0,0]]]"), "{text}");
        assert!(text.contains("\"Polygon\"") && text.contains("27700"), "{text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["features"][0]["properties"]["name"], "\"A\"");
    }
}
