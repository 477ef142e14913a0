//! The picture that a person is making: what is chosen for it, and its preview.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::state::State;
use crate::geo::space::{PageRect, PageSize};
use crate::model::LayerId;
use crate::recipe::{FigureChoice, Recipe, Show};
use crate::render::png::Picture;
use crate::scene::Camera;
use crate::scene::lines::Lines;
use crate::scene::picture::Grip;

/// What of the map a picture shows, whatever is selected then.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// All of it.
    #[default]
    England,
    /// What the window shows.
    Window,
    /// The system that was selected last, by itself, with areas within it.
    System(Option<Lines>),
    /// The region of the system that was selected last.
    Region,
    /// An earlier edition beside it.
    Beside(String),
    /// All editions from 2013 on.
    History,
}

/// The preview of a picture.
#[derive(Debug)]
pub struct Preview {
    /// Which one it is.
    pub generation: u64,
    /// The picture, smaller than it will be.
    pub picture: Arc<Picture>,
    /// Size of the page.
    pub size: PageSize,
    /// Names that can be taken hold of.
    pub grips: Vec<Grip>,
    /// Where the maps are.
    pub frames: Vec<(PageRect, Camera)>,
    /// Areas that have neither name nor number.
    pub nameless: usize,
    /// The title and the line under it, as they would make themselves.
    pub made: [Option<String>; 2],
}

/// What a preview depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewKey {
    layer: LayerId,
    recipe: Recipe,
    room: (u16, u16),
}

/// Most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// The dialog in which a picture is made.
#[derive(Debug, Default)]
pub struct PictureDialog {
    /// The preview, or why there is none.
    pub preview: Option<Result<Arc<Preview>, String>>,
    /// Whether the next drag over the preview draws an inset.
    pub is_framing: bool,
    /// Pixels of the screen that the preview has, from left to right and from top to bottom.
    pub room: (u16, u16),
    /// What was asked for last, and the number of the order while it is being drawn.
    pub(super) asked: Option<PreviewKey>,
    pub(super) drawing: Option<u64>,
    steps: Vec<Step>,
}

/// What was chosen before, to be put back.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// All of a picture but its figures.
    Recipe(Box<Recipe>),
    /// How the figures are shown.
    Figures(Box<FigureChoice>),
}

impl PictureDialog {
    /// Whether a step can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Whether the last step is one that the window's map shows: how figures are shown, or where
    /// names are.
    #[must_use]
    pub fn can_undo_on_map(&self, now: &Recipe) -> bool {
        match self.steps.last() {
            Some(Step::Figures(_)) => true,
            Some(Step::Recipe(before)) => {
                let moved = |recipe: &Recipe| recipe.labels.moved.clone();
                let mut same = before.as_ref().clone();
                same.labels.moved = moved(now);
                moved(before) != moved(now) && same == *now
            }
            None => false,
        }
    }

    /// Remembers a recipe before it is changed; what is typed into a text is one step.
    pub(super) fn remember(&mut self, before: &Recipe, after: &Recipe) {
        let texts = |recipe: &Recipe| {
            let mut plain = recipe.clone();
            plain.furniture.title = crate::recipe::Words::Made;
            plain.furniture.subtitle = crate::recipe::Words::Made;
            plain
        };
        let is_typing = texts(before) == texts(after);
        let was_typing = matches!(
            self.steps.last(), Some(Step::Recipe(last)) if texts(last) == texts(before)
        );
        if !(is_typing && was_typing) {
            self.push(Step::Recipe(Box::new(before.clone())));
        }
    }

    /// Remembers how figures are shown before that is changed.
    pub(super) fn remember_figures(&mut self, before: FigureChoice) {
        self.push(Step::Figures(Box::new(before)));
    }

    /// Forgets how figures were shown that are on the map no more.
    pub(super) fn forget_figures(&mut self) {
        self.steps.retain(|step| !matches!(step, Step::Figures(_)));
    }

    fn push(&mut self, step: Step) {
        self.steps.push(step);
        if self.steps.len() > MOST_STEPS {
            self.steps.remove(0);
        }
    }

    /// What was chosen before the last change.
    pub(super) fn undo(&mut self) -> Option<Step> {
        self.steps.pop()
    }
}

impl State {
    /// What of the map a picture shows: what was chosen, as far as the selection allows.
    #[must_use]
    pub fn show(&self) -> Show {
        let last = self.last_selected();
        match (&self.settings.shown, last) {
            (Shown::Window, _) => self.window_extent(),
            (Shown::System(with), Some(area)) => {
                let area = &self.layer.layer.areas[area];
                let name = if area.code.is_empty() { &area.name } else { &area.code };
                Show::System { name: name.clone(), with: *with }
            }
            (Shown::Region, Some(area)) => {
                self.region_of(area).map_or(Show::England, |name| Show::Region { name })
            }
            (Shown::Beside(earlier), _) => Show::BesideEarlier { earlier: earlier.clone() },
            (Shown::History, _) => Show::History,
            (Shown::England | Shown::System(_) | Shown::Region, _) => Show::England,
        }
    }

    /// The part of the map that the window shows.
    pub(super) fn window_extent(&self) -> Show {
        let seen = self.camera.visible(self.size);
        let round = |metres: f64| (metres / 100.0).round() * 100.0;
        let (min, max) = (seen.min(), seen.max());
        Show::Extent([round(min.x), round(min.y), round(max.x), round(max.y)])
    }

    fn region_of(&self, area: usize) -> Option<String> {
        let region = self.layer.regions[area]?;
        self.atlas.register.body(region).code().map(str::to_owned)
    }

    /// What a preview of the picture depends on now.
    pub(super) fn preview_key(&self) -> PreviewKey {
        let recipe = self.order().recipe;
        PreviewKey { layer: self.layer_id, recipe, room: self.making.room }
    }
}

impl PreviewKey {
    /// Pixels of the screen for each pixel of the page, so that the preview fits its room.
    pub(super) fn scale(&self) -> f32 {
        let size = self.recipe.page.paper.size();
        let (width, height) = self.room;
        (f32::from(width) / size.width).min(f32::from(height) / size.height).clamp(0.05, 1.0)
    }
}
