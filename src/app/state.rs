//! All that the window knows, without any egui type.

use std::path::PathBuf;
use std::sync::Arc;

use super::notice::Notice;
use super::settings::Settings;
use crate::geo::space::{Grid, PagePoint, PageSize};
use crate::model::{Atlas, BodyId, JoinedLayer, LayerId};
use crate::read::Progress;
use crate::scene::{Camera, Detail, Furniture, Lit, View, england};

/// A file that is being read.
#[derive(Debug)]
pub struct Reading {
    /// Which reading it is.
    pub generation: u64,
    /// The file.
    pub path: PathBuf,
    /// How far it is.
    pub progress: Progress,
}

/// What lies open over the map, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// All notices with their details.
    Notices,
    /// The list of keys.
    Help,
}

/// What a file dialog is asking for.
#[derive(Debug)]
pub enum Asking {
    /// A file to open.
    File,
    /// Where to save this view as a picture.
    Target(Box<View>),
}

/// The window's state. Only [`State::update`] changes it.
#[derive(Debug)]
pub struct State {
    /// Everything that is known.
    pub atlas: Arc<Atlas>,
    /// The layer on show.
    pub layer_id: LayerId,
    /// The same, decoded.
    pub layer: Arc<JoinedLayer>,
    /// A bundled layer that will be shown when it is decoded, and the body to select then.
    pub awaited: Option<(LayerId, Option<BodyId>)>,
    /// Place and scale.
    pub camera: Camera,
    /// Size of the map area.
    pub size: PageSize,
    /// Selected areas, the one in the panel last.
    pub selection: Vec<usize>,
    /// The area under the pointer.
    pub hovered: Option<usize>,
    /// Where the pointer is on the map.
    pub pointer: Option<PagePoint>,
    /// A body lit up from the panel.
    pub lit: Option<BodyId>,
    /// Where the camera was when a drag began.
    pub drag_from: Option<Camera>,
    /// The text in the find box.
    pub find: String,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// What lies open over the map.
    pub overlay: Option<Overlay>,
    /// A file that is being read.
    pub reading: Option<Reading>,
    /// What a file dialog is asking for.
    pub asking: Option<Asking>,
    /// Whether a picture is being made.
    pub saving: bool,
    /// What is kept from one start to the next.
    pub settings: Settings,
    /// Whether somebody has moved the map since it was last fitted.
    pub is_camera_moved: bool,
    pub(super) next_generation: u64,
}

impl State {
    /// The state at the start: a layer on show, all of it.
    #[must_use]
    pub fn new(
        atlas: Atlas,
        layer: Arc<JoinedLayer>,
        layer_id: LayerId,
        settings: Settings,
    ) -> Self {
        let size = PageSize::new(800.0, 600.0);
        let bounds = layer.layer.bounds().unwrap_or_else(england);
        Self {
            atlas: Arc::new(atlas),
            layer_id,
            layer,
            awaited: None,
            camera: Camera::fit(bounds, size, FIT_MARGIN),
            size,
            selection: Vec::new(),
            hovered: None,
            pointer: None,
            lit: None,
            drag_from: None,
            find: String::new(),
            notices: Vec::new(),
            overlay: None,
            reading: None,
            asking: None,
            saving: false,
            settings,
            is_camera_moved: false,
            next_generation: 0,
        }
    }

    /// The area that the panel is about.
    #[must_use]
    pub fn subject(&self) -> Option<usize> {
        self.selection.last().copied()
    }

    /// The place under the pointer.
    #[must_use]
    pub fn pointed_place(&self) -> Option<Grid> {
        self.pointer.map(|p| self.camera.grid_from_page(p))
    }

    /// What the map shows, for the window.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            size: self.size,
            camera: self.camera,
            layer: self.layer.clone(),
            backdrop: self.atlas.backdrop().ok(),
            register: self.atlas.register.clone(),
            selection: self.selection.clone(),
            hovered: self.hovered,
            lit: self.lit_areas(),
            furniture: Furniture::window(),
            detail: Detail::Ready,
        }
    }

    /// The same as a picture: twice as fine, with title and legend, and with a strip added below
    /// for the source line, so that it hides nothing of the map.
    #[must_use]
    pub fn picture(&self) -> View {
        const SCALE: f32 = 2.0;
        const STRIP: f32 = 46.0;
        let titled = View::picture(
            self.size,
            self.layer.clone(),
            None,
            self.atlas.register.clone(),
            self.selection.clone(),
        );
        let view = self.view();
        View {
            size: PageSize::new(self.size.width * SCALE, (self.size.height + STRIP) * SCALE),
            camera: view.camera.scaled(SCALE),
            hovered: None,
            furniture: Furniture { scale: SCALE, ..titled.furniture },
            detail: Detail::Exact,
            ..view
        }
    }

    /// The areas, by position, that the find box leaves.
    #[must_use]
    pub fn found(&self) -> Vec<usize> {
        let wanted = crate::model::names::match_key(&self.find);
        let matches = |area: &usize| {
            let area = *area;
            let code = &self.layer.layer.areas[area].code;
            wanted.is_empty()
                || crate::model::names::match_key(&self.layer.names[area]).contains(&wanted)
                || code.to_lowercase().starts_with(&wanted)
                || self.layer.bodies[area].is_some_and(|id| {
                    let ods = self.atlas.register.body(id).ods_code.as_ref();
                    ods.is_some_and(|ods| ods.as_str().to_lowercase().starts_with(&wanted))
                })
        };
        let mut found: Vec<usize> = (0..self.layer.layer.areas.len()).filter(matches).collect();
        found.sort_by(|a, b| self.layer.names[*a].cmp(&self.layer.names[*b]));
        found
    }

    fn lit_areas(&self) -> Vec<Lit> {
        let Some(body) = self.lit else { return Vec::new() };
        let homes = super::lineage::homes(&self.atlas.register, body);
        homes
            .into_iter()
            .filter_map(|(edition, body)| {
                let layer = self.atlas.ready(LayerId::Bundled(edition))?.clone();
                let area = layer.area_of(body)?;
                Some(Lit { layer, area })
            })
            .collect()
    }
}

/// Room around a fitted map, in pixels.
pub(super) const FIT_MARGIN: f32 = 20.0;
