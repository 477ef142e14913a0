//! Writing TopoJSON on whole metres of the National Grid.

use std::fmt::Write;

use serde_json::json;

use crate::geo::space::Grid;
use crate::geo::topology::{ArcRef, ShapeArcs, Topology};

/// An object of the file: shapes that are made of the topology's arcs.
pub struct Object<'a> {
    /// Its name.
    pub name: &'a str,
    /// Headers of the code and name columns.
    pub columns: [String; 2],
    /// Code, name and shape of each area.
    pub areas: Vec<(String, String, &'a ShapeArcs)>,
}

/// The text of a TopoJSON file with an arc and a geometry a line, so that a change can be
/// seen. Coordinates must be whole metres.
pub fn write(topology: &Topology, objects: &[Object<'_>]) -> String {
    let mut text = String::from(
        "{\"type\":\"Topology\",\n\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\
         \"urn:ogc:def:crs:EPSG::27700\"}},\n\
         \"transform\":{\"scale\":[1,1],\"translate\":[0,0]},\n\"arcs\":[\n",
    );
    let arcs: Vec<String> = topology.arcs.iter().map(|arc| deltas(&arc.points)).collect();
    text.push_str(&arcs.join(",\n"));
    text.push_str("\n],\n\"objects\":{");
    for (i, object) in objects.iter().enumerate() {
        let separator = if i > 0 { "," } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{separator}\n\"{}\":{{\"type\":\"GeometryCollection\",\"geometries\":[\n",
            object.name
        );
        let areas: Vec<String> =
            object.areas.iter().map(|area| geometry(&object.columns, area)).collect();
        text.push_str(&areas.join(",\n"));
        text.push_str("\n]}");
    }
    text.push_str("\n}}\n");
    text
}

#[expect(clippy::cast_possible_truncation, reason = "whole metres on the National Grid")]
fn deltas(points: &[Grid]) -> String {
    let mut last = (0, 0);
    let mut text = String::from("[");
    for (i, point) in points.iter().enumerate() {
        let (x, y) = (point.x.round() as i64, point.y.round() as i64);
        let separator = if i > 0 { "," } else { "" };
        let _ = write!(text, "{separator}[{},{}]", x - last.0, y - last.1);
        last = (x, y);
    }
    text.push(']');
    text
}

fn geometry(columns: &[String; 2], (code, name, shape): &(String, String, &ShapeArcs)) -> String {
    let index = |used: &ArcRef| {
        let arc = i64::from(used.arc);
        if used.reversed { -1 - arc } else { arc }
    };
    let polygons: Vec<Vec<Vec<i64>>> = shape
        .iter()
        .map(|rings| rings.iter().map(|ring| ring.arcs.iter().map(index).collect()).collect())
        .collect();
    let properties = json!({ &columns[0]: code, &columns[1]: name });
    json!({ "type": "MultiPolygon", "properties": properties, "arcs": polygons }).to_string()
}
