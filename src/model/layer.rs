//! The areas of one boundary set.

use std::sync::{Arc, OnceLock};

use super::{BodyKind, Edition};
use crate::geo::level::Levels;
use crate::geo::space::{Grid, GridRect, Rings, union};
use crate::geo::strips::StripIndex;
use crate::geo::topology::Topology;
use crate::parallel::once;

/// What a boundary set says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Title for the edition chooser: a year or a file name.
    pub title: String,
    /// The kind of its areas, where it is known.
    pub kind: Option<BodyKind>,
    /// Its edition, where it is known.
    pub edition: Option<Edition>,
    /// The earlier edition from whose areas these were united, if they were.
    pub united_from: Option<Edition>,
    /// The line to print under a picture.
    pub credit: String,
}

/// How a file calls an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Position of its feature in the file, from one.
    pub number: usize,
    /// The code; empty if it has none.
    pub code: String,
    /// The name; the code, or a number, if it has none.
    pub name: String,
}

/// One area: a code, a name, and what can be said of its shape.
#[derive(Debug, Clone)]
pub struct Area {
    /// Position of its feature in the file, from one.
    pub number: usize,
    /// The code in the file; empty if it has none.
    pub code: String,
    /// The name in the file; the code, or a number, if it has none.
    pub name: String,
    /// The smallest box around it, in grid metres.
    pub bounds: GridRect,
    /// Its area in square metres, on the plane of the National Grid.
    pub area_m2: f64,
}

/// A boundary set: areas, their shared borders, and what is worked out from them.
#[derive(Debug)]
pub struct Layer {
    /// What it says of itself.
    pub about: About,
    /// The areas.
    pub areas: Vec<Area>,
    /// Their shapes as shared arcs, in the order of `areas`.
    pub topology: Arc<Topology>,
    /// Levels of detail for drawing.
    pub levels: Levels,
    index: OnceLock<StripIndex>,
}

impl Layer {
    /// A layer of labelled shapes (polygons as [`Topology::build`] wants them). Shapes without a
    /// polygon are not part of it.
    #[must_use]
    pub fn new(about: About, shapes: Vec<(Label, Vec<Rings>)>) -> Self {
        let mut labels = Vec::with_capacity(shapes.len());
        let mut polygons = Vec::with_capacity(shapes.len());
        for (label, shape) in shapes.into_iter().filter(|(_, shape)| !shape.is_empty()) {
            labels.push(label);
            polygons.push(shape);
        }
        Self::from_topology(about, labels, Topology::build(&polygons))
    }

    /// A layer of labelled areas whose topology is known.
    #[must_use]
    pub fn from_topology(about: About, labels: Vec<Label>, topology: Topology) -> Self {
        let nowhere = Grid { x: 0.0, y: 0.0 };
        let areas = labels
            .into_iter()
            .enumerate()
            .map(|(i, Label { number, code, name })| Area {
                number,
                code,
                name,
                bounds: topology.bounds(i).unwrap_or(GridRect::new(nowhere, nowhere)),
                area_m2: topology.area_m2(i),
            })
            .collect();
        let topology = Arc::new(topology);
        let levels = Levels::new(topology.clone());
        Self { about, areas, topology, levels, index: OnceLock::new() }
    }

    /// The area that holds a point. The index is made when first asked for.
    #[must_use]
    pub fn area_at(&self, p: Grid) -> Option<usize> {
        self.areas_at(p).next()
    }

    /// All areas that hold a point: several where areas overlap.
    pub fn areas_at(&self, p: Grid) -> impl Iterator<Item = usize> {
        let arcs = &self.topology.arcs;
        let index = once(&self.index, || {
            let sided = arcs.iter().map(|arc| (arc.points.as_slice(), arc.sides));
            StripIndex::build(&sided.collect::<Vec<_>>())
        });
        index.areas_at(p, |arc| &arcs[arc as usize].points)
    }

    /// The number of areas with the word for them: `1 area`, `42 areas`.
    #[must_use]
    pub fn count_in_words(&self) -> String {
        match self.areas.len() {
            1 => "1 area".to_owned(),
            n => format!("{n} areas"),
        }
    }

    /// The box around all areas, or `None` if there are none.
    #[must_use]
    pub fn bounds(&self) -> Option<GridRect> {
        self.areas.iter().map(|area| area.bounds).reduce(union)
    }
}
