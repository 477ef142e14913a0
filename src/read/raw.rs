//! Features as a file holds them, before anything is known about their meaning.

use serde_json::{Map, Value};

use super::choices::Part;
use crate::diag::{Diagnostic, Reporter, Severity};
use crate::geo::topology::{ArcRef, SharedRings};

/// A pair of coordinates as written: degrees or metres, in the file's order.
pub type RawPoint = [f64; 2];

/// A polygon as written: rings, the exterior first, closed or not.
pub type RawPolygon = Vec<Vec<RawPoint>>;

/// The shape of a feature.
#[derive(Debug)]
pub enum RawShape {
    /// Polygons with points of their own.
    Polygons(Vec<RawPolygon>),
    /// Rings made of the layer's arcs.
    Shared(SharedRings),
}

/// A feature with its number in the file, its properties and its shape.
#[derive(Debug)]
pub struct RawFeature {
    /// Position in the file, from one.
    pub number: usize,
    /// Column values.
    pub properties: Map<String, Value>,
    /// Its shape.
    pub shape: RawShape,
}

/// What a decoder makes of a file.
#[derive(Debug, Default)]
pub struct RawLayer {
    /// The features in the order of the file.
    pub features: Vec<RawFeature>,
    /// Arcs that features share; empty where the format has none.
    pub arcs: Vec<Vec<RawPoint>>,
    /// The coordinate reference system that the file declares, as it writes it.
    pub declared_crs: Option<String>,
    /// The parts of the file that there are to choose from; empty where there is but one.
    pub parts: Vec<Part>,
}

/// How many positions have how many numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dimensions {
    flat: usize,
    more: usize,
}

impl Dimensions {
    /// Counts a position of two numbers or more.
    pub fn count(&mut self, numbers: usize) {
        if numbers > 2 {
            self.more += 1;
        } else {
            self.flat += 1;
        }
    }

    /// Takes over what was counted elsewhere.
    pub fn add(&mut self, other: Self) {
        self.flat += other.flat;
        self.more += other.more;
    }

    /// Tells of heights and measures, which a map does not use.
    pub fn tell(self, reporter: &mut Reporter) {
        let diagnostic = match (self.flat, self.more) {
            (_, 0) => return,
            (0, _) => Diagnostic::new(
                Severity::Info,
                "positions-3d",
                "The positions have heights or measures, which are not used.",
            ),
            (flat, more) => Diagnostic::new(
                Severity::Info,
                "positions-mixed",
                format!("{more} of {} positions have heights or measures.", flat + more),
            )
            .hint("They are not used."),
        };
        reporter.report(diagnostic);
    }
}

impl RawLayer {
    /// The points of all rings and arcs, shared ones once.
    pub fn lines(&self) -> Vec<&[RawPoint]> {
        let own = self.features.iter().flat_map(|feature| match &feature.shape {
            RawShape::Polygons(polygons) => polygons.as_slice(),
            RawShape::Shared(_) => &[],
        });
        own.flatten().chain(&self.arcs).map(Vec::as_slice).collect()
    }

    /// Positions over the rings of all features as written, repeated closing ones included.
    pub fn vertex_count(&self) -> usize {
        self.features.iter().map(|feature| feature.shape.vertex_count(&self.arcs)).sum()
    }

    /// Rings over all features.
    pub fn ring_count(&self) -> usize {
        let count = |feature: &RawFeature| match &feature.shape {
            RawShape::Polygons(polygons) => polygons.iter().map(Vec::len).sum::<usize>(),
            RawShape::Shared(polygons) => polygons.iter().map(Vec::len).sum(),
        };
        self.features.iter().map(count).sum()
    }
}

impl RawShape {
    /// Positions over its rings as written; `shared` are the arcs of the layer.
    pub fn vertex_count(&self, shared: &[Vec<RawPoint>]) -> usize {
        match self {
            Self::Polygons(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
            Self::Shared(polygons) => {
                let steps = |used: &ArcRef| shared[used.arc as usize].len().saturating_sub(1);
                let ring = |ring: &Vec<ArcRef>| ring.iter().map(steps).sum::<usize>() + 1;
                polygons.iter().flatten().map(ring).sum()
            }
        }
    }

    /// Its polygons, each point of them its own; `shared` are the arcs of the layer.
    pub fn into_polygons(self, shared: &[Vec<RawPoint>]) -> Vec<RawPolygon> {
        let rings = match self {
            Self::Polygons(polygons) => return polygons,
            Self::Shared(rings) => rings,
        };
        let join = |ring: &Vec<ArcRef>| {
            let mut points: Vec<RawPoint> = Vec::new();
            for used in ring {
                let arc = &shared[used.arc as usize];
                let first = if used.reversed { arc.last() } else { arc.first() };
                if points.last() == first {
                    points.pop(); // an arc begins with the last point of the one before
                }
                if used.reversed {
                    points.extend(arc.iter().rev());
                } else {
                    points.extend(arc);
                }
            }
            points
        };
        rings.iter().map(|polygon| polygon.iter().map(join).collect()).collect()
    }
}
