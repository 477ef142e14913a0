//! Features as a file holds them, before anything is known about their meaning.

use serde_json::{Map, Value};

/// A pair of coordinates as written: degrees or metres, in the file's order.
pub type RawPoint = [f64; 2];

/// A feature with its number in the file, its properties and its polygons.
#[derive(Debug)]
pub struct RawFeature {
    /// Position in the file, from one.
    pub number: usize,
    /// Column values.
    pub properties: Map<String, Value>,
    /// Polygons, each a list of rings, the exterior first; rings may be closed or not.
    pub polygons: Vec<Vec<Vec<RawPoint>>>,
}

impl RawFeature {
    /// Points over all rings, the repeated closing points not counted.
    pub fn vertex_count(&self) -> usize {
        let distinct = |ring: &Vec<RawPoint>| {
            ring.len() - usize::from(ring.len() > 1 && ring.first() == ring.last())
        };
        self.polygons.iter().flatten().map(distinct).sum()
    }

    /// All points.
    pub fn points(&self) -> impl Iterator<Item = &RawPoint> {
        self.polygons.iter().flatten().flatten()
    }
}

/// What a decoder makes of a file.
#[derive(Debug)]
pub struct RawLayer {
    /// The features in the order of the file.
    pub features: Vec<RawFeature>,
    /// The coordinate reference system that the file declares, as it writes it.
    pub declared_crs: Option<String>,
}
