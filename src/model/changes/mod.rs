//! What changed between two boundary sets, from their shapes.
//!
//! Every piece of land that an old area shares with a new one, slivers aside, is told once:
//! `compare` decides whether the new area goes on from the old one, was drawn from it among
//! others, or only gained the piece. `words` says it as text, Markdown and CSV.

mod compare;
mod words;

use serde::Serialize;

use super::JoinedLayer;
use crate::geo::space::Rings;

/// One of the two sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundarySet {
    /// Its date, or the name of its file.
    pub title: String,
    /// The identifier of its edition, where it is known.
    pub edition: Option<&'static str>,
    /// What its areas are, where it is known.
    pub kind: Option<&'static str>,
    /// Number of areas.
    pub areas: usize,
    /// Its source line.
    pub source: String,
}

impl BoundarySet {
    fn of(joined: &JoinedLayer) -> Self {
        let about = &joined.layer.about;
        Self {
            title: about.title.clone(),
            edition: about.edition.map(super::Edition::id),
            kind: about.kind.map(super::BodyKind::label),
            areas: joined.layer.areas.len(),
            source: about.credit.clone(),
        }
    }
}

/// An area of one of the sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedArea {
    /// Its position in the set.
    #[serde(skip)]
    pub index: usize,
    /// Its code; empty if it has none.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// An old area and the new one that goes on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Successor {
    /// The old area.
    pub from: ChangedArea,
    /// The new area.
    pub to: ChangedArea,
}

/// A part of a merger or a split.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The area at the other end.
    #[serde(flatten)]
    pub area: ChangedArea,
    /// The land that the old and the new area share, in square kilometres.
    pub km2: f64,
    /// Its share of the old area, from 0 to 1.
    pub share_of_old: f64,
    /// Its share of the new area, from 0 to 1.
    pub share_of_new: f64,
}

/// A new area that was drawn from several old ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Merger {
    /// The new area.
    pub to: ChangedArea,
    /// The old areas, the one that gave most land first.
    pub from: Vec<Part>,
}

/// An old area that went to several new ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Split {
    /// The old area.
    pub from: ChangedArea,
    /// The new areas, the one that got most land first.
    pub to: Vec<Part>,
}

/// Land that went from one area to another, while both go on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MovedLand {
    /// The old area that it belonged to.
    pub from: ChangedArea,
    /// The new area that it belongs to.
    pub to: ChangedArea,
    /// Its area in square kilometres.
    pub km2: f64,
    /// Its share of the old area, from 0 to 1.
    pub share: f64,
    /// Its share of the new area, from 0 to 1.
    pub share_of_new: f64,
    /// Its shape in grid metres.
    #[serde(skip)]
    pub polygons: Vec<Rings>,
}

/// What changed between two boundary sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    /// The old set.
    pub a: BoundarySet,
    /// The new set.
    pub b: BoundarySet,
    /// Land that is everywhere thinner than this, in metres, is taken for a difference of drawing
    /// and not for a change.
    pub tolerance_m: f64,
    /// How many areas have the code that they had, and essentially the land: those that got
    /// another name are among them.
    pub kept: usize,
    /// Areas that kept their code and got another name.
    pub renamed: Vec<Successor>,
    /// Areas that got another code, and nothing substantial from elsewhere.
    pub recoded: Vec<Successor>,
    /// New areas that were drawn from several old ones.
    pub merged: Vec<Merger>,
    /// Old areas that went to several new ones.
    pub split: Vec<Split>,
    /// Areas whose code is new, but for those that were recoded.
    pub new: Vec<ChangedArea>,
    /// Areas whose code is gone, but for those that were recoded.
    pub gone: Vec<ChangedArea>,
    /// All other land that changed hands.
    pub moved: Vec<MovedLand>,
}

impl Changes {
    /// Whether all areas are as they were.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.renamed.is_empty()
            && self.recoded.is_empty()
            && self.merged.is_empty()
            && self.split.is_empty()
            && self.new.is_empty()
            && self.gone.is_empty()
            && self.moved.is_empty()
    }
}
