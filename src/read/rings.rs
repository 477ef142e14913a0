//! From raw rings to clean ones on the National Grid.

use rayon::prelude::*;

use super::columns::{Columns, text};
use super::crs::Crs;
use super::raw::{RawFeature, RawPoint};
use super::{Progress, ReadError};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::geo::measure::ring_area;
use crate::geo::projection::Projector;
use crate::geo::space::{Grid, LonLat, Ring, Rings};

/// Two points nearer than this are one, in metres.
const SAME_POINT_M: f64 = 0.01;

type Shape = (String, String, Vec<Rings>);

/// Code, name and clean polygons of each feature, in grid metres.
pub fn prepare(
    features: Vec<RawFeature>,
    crs: Crs,
    columns: &Columns,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Vec<Shape>, ReadError> {
    let projector = Projector::new().map_err(|error| refuse("crs", error.to_string(), ""))?;
    let cleaned: Vec<(Shape, Vec<Diagnostic>)> = features
        .into_par_iter()
        .map(|feature| {
            progress.go_on()?;
            Ok(clean(&feature, crs, columns, &projector))
        })
        .collect::<Result<_, ReadError>>()?;
    let mut shapes = Vec::with_capacity(cleaned.len());
    for (shape, told) in cleaned {
        told.into_iter().for_each(|diagnostic| reporter.report(diagnostic));
        shapes.push(shape);
    }
    Ok(shapes)
}

fn clean(
    feature: &RawFeature,
    crs: Crs,
    columns: &Columns,
    projector: &Projector,
) -> (Shape, Vec<Diagnostic>) {
    let code = text(feature, columns.code_field.as_ref());
    let name = text(feature, columns.name_field.as_ref());
    let label = name.clone().or_else(|| code.clone());
    let mut told = Vec::new();
    let mut tell = |code, message: &str, hint: &str| {
        let place = Place::Feature { number: feature.number, name: label.clone() };
        told.push(Diagnostic::new(Severity::Warning, code, message).hint(hint).at(place));
    };
    let mut polygons = Vec::with_capacity(feature.polygons.len());
    for raw in &feature.polygons {
        let mut rings: Rings = Vec::with_capacity(raw.len());
        for (i, raw_ring) in raw.iter().enumerate() {
            let ring = match grid_ring(raw_ring, crs, projector) {
                Ok(ring) => ring,
                Err(what) => {
                    tell("position-odd", what, "The ring is left out.");
                    if i == 0 { break } else { continue }
                }
            };
            match wound(ring, i == 0) {
                Some(ring) => rings.push(ring),
                None => {
                    tell("ring-short", "A ring has no area.", "The ring is left out.");
                    if i == 0 {
                        break;
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
    let name = label.unwrap_or_else(|| format!("Area {}", feature.number));
    ((code.unwrap_or_default(), name, polygons), told)
}

/// The ring in grid metres, without a repeated last point or points on top of each other.
fn grid_ring(raw: &[RawPoint], crs: Crs, projector: &Projector) -> Result<Ring, &'static str> {
    let mut ring: Ring = Vec::with_capacity(raw.len());
    let same =
        |a: Grid, b: Grid| (a.x - b.x).abs() < SAME_POINT_M && (a.y - b.y).abs() < SAME_POINT_M;
    for &[x, y] in raw {
        let point = match crs {
            Crs::NationalGrid => Grid { x, y },
            Crs::Wgs84 => projector
                .to_grid(LonLat { lon: x, lat: y })
                .map_err(|_| "A position cannot be placed on the National Grid.")?,
        };
        if !ring.last().is_some_and(|last| same(*last, point)) {
            ring.push(point);
        }
    }
    while ring.len() > 1 && same(ring[0], ring[ring.len() - 1]) {
        ring.pop();
    }
    Ok(ring)
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
