//! From raw rings to clean ones on the National Grid.

use rayon::prelude::*;

use super::columns::{Columns, text};
use super::crs::Crs;
use super::raw::{RawFeature, RawLayer, RawPoint, RawPolygon, RawShape};
use super::{Progress, ReadError};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::geo::measure::ring_area;
use crate::geo::projection::Projector;
use crate::geo::space::{Grid, LonLat, Ring, Rings};
use crate::geo::topology::Topology;

/// Two points nearer than this are one, in metres.
const SAME_POINT_M: f64 = 0.01;

/// Areas ready to be built into a layer.
pub enum Prepared {
    /// Code, name and polygons of each area; shared borders are still to be found.
    Shapes(Vec<(String, String, Vec<Rings>)>),
    /// Code and name of each area, and the topology that the file came with.
    Topology(Vec<(String, String)>, Topology),
}

/// A feature's label with what was told about it.
type Cleaned = ((String, String, Vec<Rings>), Vec<Diagnostic>);

/// Projects a layer and cleans its rings.
pub fn prepare(
    layer: &RawLayer,
    crs: Crs,
    columns: &Columns,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Prepared, ReadError> {
    let projector = Projector::new().map_err(|error| refuse("crs", error.to_string(), ""))?;
    if let Some((labels, topology)) = with_its_topology(layer, crs, columns, &projector) {
        return Ok(Prepared::Topology(labels, topology));
    }
    let clean_one = |feature: &RawFeature| {
        progress.go_on()?;
        Ok(clean(feature, &layer.polygons(feature), crs, columns, &projector))
    };
    let cleaned: Vec<Cleaned> =
        layer.features.par_iter().map(clean_one).collect::<Result<_, ReadError>>()?;
    let mut shapes = Vec::with_capacity(cleaned.len());
    for (shape, told) in cleaned {
        for diagnostic in told {
            reporter.report(diagnostic);
        }
        shapes.push(shape);
    }
    Ok(Prepared::Shapes(shapes))
}

/// The layer with the shared arcs of its file, if it has any and they are in order.
fn with_its_topology(
    layer: &RawLayer,
    crs: Crs,
    columns: &Columns,
    projector: &Projector,
) -> Option<(Vec<(String, String)>, Topology)> {
    let mut areas = Vec::with_capacity(layer.features.len());
    for feature in &layer.features {
        match &feature.shape {
            RawShape::Shared(rings) if !rings.is_empty() => areas.push(rings.clone()),
            _ => return None,
        }
    }
    let arcs = layer.arcs.par_iter().map(|arc| grid_line(arc, crs, projector).ok());
    let topology = Topology::from_arcs(arcs.collect::<Option<_>>()?, areas)?;
    Some((layer.features.iter().map(|feature| label(feature, columns)).collect(), topology))
}

/// Code and name of a feature: the code is empty and the name a number where there is none.
fn label(feature: &RawFeature, columns: &Columns) -> (String, String) {
    let code = text(feature, columns.code_field.as_ref()).unwrap_or_default();
    let name = text(feature, columns.name_field.as_ref());
    let or_code = || Some(code.clone()).filter(|code| !code.is_empty());
    let name = name.or_else(or_code).unwrap_or_else(|| format!("Area {}", feature.number));
    (code, name)
}

fn clean(
    feature: &RawFeature,
    raw_polygons: &[RawPolygon],
    crs: Crs,
    columns: &Columns,
    projector: &Projector,
) -> Cleaned {
    let (code, name) = label(feature, columns);
    let mut told = Vec::new();
    let mut tell = |code, message: &str, hint: &str| {
        let place = Place::Feature { number: feature.number, name: Some(name.clone()) };
        told.push(Diagnostic::new(Severity::Warning, code, message).hint(hint).at(place));
    };
    let mut polygons = Vec::with_capacity(raw_polygons.len());
    for raw in raw_polygons {
        let mut rings: Rings = Vec::with_capacity(raw.len());
        for (i, raw_ring) in raw.iter().enumerate() {
            let cleaned = match grid_ring(raw_ring, crs, projector) {
                Ok(ring) => wound(ring, i == 0).ok_or(("ring-short", "A ring has no area.")),
                Err(what) => Err(("position-odd", what)),
            };
            match cleaned {
                Ok(ring) => rings.push(ring),
                Err((code, message)) => {
                    tell(code, message, "The ring is left out.");
                    if i == 0 {
                        break; // without its exterior the polygon means nothing
                    }
                }
            }
        }
        if !rings.is_empty() {
            polygons.push(rings);
        }
    }
    if polygons.is_empty() {
        tell("geometry-empty", "The feature has no usable polygon.", "The feature is left out.");
    }
    ((code, name, polygons), told)
}

/// The ring in grid metres, without the repeated last point.
fn grid_ring(raw: &[RawPoint], crs: Crs, projector: &Projector) -> Result<Ring, &'static str> {
    let mut ring = grid_line(raw, crs, projector)?;
    while ring.len() > 1 && is_same(ring[0], ring[ring.len() - 1]) {
        ring.pop();
    }
    Ok(ring)
}

fn is_same(a: Grid, b: Grid) -> bool {
    (a.x - b.x).abs() < SAME_POINT_M && (a.y - b.y).abs() < SAME_POINT_M
}

/// A run of points in grid metres, without points on top of each other.
fn grid_line(raw: &[RawPoint], crs: Crs, projector: &Projector) -> Result<Vec<Grid>, &'static str> {
    let mut line: Vec<Grid> = Vec::with_capacity(raw.len());
    for &[x, y] in raw {
        let point = match crs {
            Crs::NationalGrid => Grid { x, y },
            Crs::Wgs84 => projector
                .to_grid(LonLat { lon: x, lat: y })
                .map_err(|_| "A position cannot be placed on the National Grid.")?,
        };
        if !line.last().is_some_and(|last| is_same(*last, point)) {
            line.push(point);
        }
    }
    Ok(line)
}

/// The ring run so that its inside is on the left, or `None` if it has no area.
fn wound(mut ring: Ring, is_exterior: bool) -> Option<Ring> {
    let area = ring_area(&ring);
    if ring.len() < 3 || area == 0.0 {
        return None;
    }
    if (area > 0.0) != is_exterior {
        ring.reverse();
    }
    Some(ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winding_is_never_an_error_and_closing_points_go() {
        let projector = Projector::new().unwrap();
        let clockwise = [[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
        let ring = grid_ring(&clockwise, Crs::NationalGrid, &projector).unwrap();
        assert_eq!(ring.len(), 4);
        assert!(ring_area(&wound(ring.clone(), true).unwrap()) > 0.0);
        assert!(ring_area(&wound(ring, false).unwrap()) < 0.0);
    }

    #[test]
    fn a_line_there_and_back_is_no_ring() {
        let line = vec![Grid { x: 0.0, y: 0.0 }, Grid { x: 5.0, y: 0.0 }, Grid { x: 9.0, y: 0.0 }];
        assert_eq!(wound(line, true), None);
    }
}
