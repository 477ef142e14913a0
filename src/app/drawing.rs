//! What a picture is made of: the map, or the lineage of a body.

use std::sync::Arc;

use crate::figures::Figures;
use crate::model::{Atlas, BodyId, Edition, JoinedLayer, Register};
use crate::recipe::{Cooked, Pantry, Recipe, RecipeError};
use crate::scene::lineage::{self, LineageView};
use crate::scene::picture::{self, Built};
use crate::scene::{ChangeView, Scene};
use crate::style::theme::Theme;

/// What can be saved as a file.
#[derive(Debug, Clone)]
pub enum Output {
    /// A picture, in the format that the file's name ends in.
    Picture(Drawing),
    /// A table as CSV.
    Table(String),
    /// What was chosen for a picture.
    Recipe(Box<Recipe>),
}

impl Output {
    /// The ending of its file, if it has none that it can have.
    #[must_use]
    pub const fn ending(&self) -> &'static str {
        match self {
            Self::Picture(_) => "png",
            Self::Table(_) => "csv",
            Self::Recipe(_) => "toml",
        }
    }
}

/// Something to draw as a picture. It is of the moment in which it was asked for.
#[derive(Debug, Clone)]
pub enum Drawing {
    /// The map.
    Map(Box<Order>),
    /// The lineage of a body.
    Lineage(Arc<Register>, BodyId),
}

/// A recipe and what the window has for it.
#[derive(Debug, Clone)]
pub struct Order {
    /// What was chosen.
    pub recipe: Recipe,
    /// The layer that it is of.
    pub layer: Arc<JoinedLayer>,
    /// Everything that is known.
    pub atlas: Arc<Atlas>,
    /// Opened files, by their paths.
    pub files: Vec<(String, Arc<JoinedLayer>)>,
    /// The figures on the map.
    pub figures: Option<Arc<Figures>>,
    /// What changed, if it is shown.
    pub changes: Option<Arc<ChangeView>>,
}

impl Pantry for Order {
    fn main(&self, _: &Recipe) -> Result<Arc<JoinedLayer>, RecipeError> {
        Ok(self.layer.clone())
    }

    fn other(&self, name: &str) -> Result<Arc<JoinedLayer>, RecipeError> {
        if let Ok(edition) = name.parse::<Edition>() {
            let layer = self.atlas.edition(edition);
            return layer.map_err(|refusal| RecipeError::Other(refusal.to_string()));
        }
        let opened = self.files.iter().find(|(path, _)| path == name);
        opened.map(|(_, layer)| layer.clone()).ok_or_else(|| {
            RecipeError::Other(format!("{name} is not open any more; open it again"))
        })
    }

    fn changes(&self, _: &str) -> Option<Arc<ChangeView>> {
        self.changes.clone()
    }

    fn figures(&self) -> Option<Arc<Figures>> {
        self.figures.clone()
    }

    fn atlas(&self) -> &Atlas {
        &self.atlas
    }
}

impl Order {
    /// What the recipe makes, and the picture laid out.
    ///
    /// # Errors
    /// If the recipe names what is not there.
    pub fn build(&self) -> Result<(Cooked, Built), RecipeError> {
        let cooked = self.recipe.cook(self)?;
        let built = picture::build(&cooked.picture);
        Ok((cooked, built))
    }
}

impl Drawing {
    /// The scene, worked out now, and its colours.
    ///
    /// # Errors
    /// In a sentence, if the recipe names what is not there.
    pub fn scene(&self) -> Result<(Scene, Theme), String> {
        match self {
            Self::Map(order) => {
                let (cooked, built) = order.build().map_err(|error| error.to_string())?;
                Ok((built.scene, cooked.theme))
            }
            Self::Lineage(register, id) => {
                let view = LineageView::picture(1920.0);
                Ok((lineage::build(register, *id, &view).scene, Theme::LIGHT))
            }
        }
    }

    /// Pixels of a PNG for each pixel of the page.
    #[must_use]
    pub fn scale(&self) -> f32 {
        match self {
            Self::Map(order) => f32::from(order.recipe.page.scale),
            Self::Lineage(..) => 1.0,
        }
    }
}
