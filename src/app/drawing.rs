//! What a picture is made of: the map, or the lineage of a body.

use std::sync::Arc;

use crate::model::{BodyId, Register};
use crate::scene::lineage::{self, LineageView};
use crate::scene::{self, Scene, View};

/// What can be saved as a file.
#[derive(Debug, Clone)]
pub enum Output {
    /// A PNG picture.
    Picture(Drawing),
    /// A table as CSV.
    Table(String),
}

impl Output {
    /// The ending of its file.
    #[must_use]
    pub const fn ending(&self) -> &'static str {
        match self {
            Self::Picture(_) => "png",
            Self::Table(_) => "csv",
        }
    }
}

/// Something to draw as a picture. It is of the moment in which it was asked for.
#[derive(Debug, Clone)]
pub enum Drawing {
    /// The map.
    Map(Box<View>),
    /// The lineage of a body.
    Lineage(Arc<Register>, BodyId),
}

impl Drawing {
    /// The scene, worked out now.
    #[must_use]
    pub fn scene(&self) -> Scene {
        match self {
            Self::Map(view) => scene::build(view),
            Self::Lineage(register, id) => {
                lineage::build(register, *id, &LineageView::picture(1920.0)).scene
            }
        }
    }
}
