//! All that the window knows, without any egui type.

use std::collections::VecDeque;
use std::sync::Arc;

use super::bookmarks::Bookmarks;
use super::comparison::Comparison;
use super::drawing::{Drawing, Order, Output};
use super::effect::Effect;
use super::figures::OpenFigures;
use super::files::{FileInfo, FileOrder, PartChoice, Reading, name_of};
use super::history::History;
use super::notice::Notice;
use super::picture::PictureDialog;
use super::presenting::Presenting;
use super::settings::Settings;
use crate::geo::grid_ref::parse_place;
use crate::geo::projection::Projector;
use crate::geo::space::{Grid, GridRect, PagePoint, PageSize};
use crate::model::follow::homes;
use crate::model::profile::Profile;
use crate::model::{Atlas, BodyId, Edition, JoinedLayer, LayerId};
use crate::recipe::MapChoice;
use crate::scene::lines::{self, Lines};
use crate::scene::{Camera, ChangeView, Detail, Furniture, LineLayer, Lit, View, england};

/// What lies open over the map, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// All notices with their details.
    Notices,
    /// The list of keys.
    Help,
    /// All actions, to be found by name.
    Palette,
    /// An explanation.
    Explain(&'static str),
    /// Who merged into whom around the subject.
    Lineage,
    /// What is known of the opened file on show, and its choices.
    File,
    /// The parts of a file, to choose one.
    Parts,
    /// What is chosen for a picture, and its preview.
    Picture,
    /// Views to come back to.
    Bookmarks,
}

/// What the side panel depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SubjectKey {
    layer: LayerId,
    area: Option<usize>,
    focus: Option<BodyId>,
    /// Whether the area of the focus is decoded, so that it can be measured.
    is_measured: bool,
}

/// What the side panel is about, and what is known of it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What is looked at; the profile is gathered anew when this changes.
    pub of: SubjectKey,
    /// What is known.
    pub profile: Arc<Profile>,
}

/// What a file dialog is asking for.
#[derive(Debug)]
pub enum Asking {
    /// A file to open.
    File,
    /// Where to save this.
    Target(Output),
}

/// The window's state. Only [`State::update`] changes it.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can be true or not, whatever the others are"
)]
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
    /// A body that the panel is about though it has no area of its own on this layer.
    pub focus: Option<BodyId>,
    /// Whether the map shall show the focus as soon as its areas are decoded.
    pub is_focus_awaited: bool,
    /// What the panel is about.
    pub subject: Option<Subject>,
    /// What was looked at before.
    pub history: History,
    /// Whether time is playing.
    pub is_playing: bool,
    /// Whether the slider of time is being dragged.
    pub is_time_dragged: bool,
    /// Lines of other areas over the map, as the settings want them.
    pub lines: Vec<LineLayer>,
    lines_of: Option<LinesKey>,
    /// A body lit up from the panel.
    pub lit: Option<BodyId>,
    /// Where the camera was when a drag began.
    pub drag_from: Option<Camera>,
    /// The text in the find box.
    pub find: String,
    /// What the find box has found, the best first.
    pub found: Vec<BodyId>,
    /// The mark in what was found.
    pub found_at: usize,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// What lies open over the map.
    pub overlay: Option<Overlay>,
    /// The files that are open, in the order of opening.
    pub files: Vec<FileInfo>,
    /// A file that is being read.
    pub reading: Option<Reading>,
    /// Files to read after it.
    pub queue: VecDeque<FileOrder>,
    /// A file that waits for a part to be chosen.
    pub part_choice: Option<PartChoice>,
    /// Two layers that are compared, or being compared.
    pub comparison: Option<Comparison>,
    /// A place that a message is about.
    pub mark: Option<GridRect>,
    /// What a file dialog is asking for.
    pub asking: Option<Asking>,
    /// Whether a picture is being made.
    pub saving: bool,
    /// The dialog in which a picture is made.
    pub making: PictureDialog,
    /// The figures on the map.
    pub figures: OpenFigures,
    /// Set while the map is alone on the screen.
    pub presenting: Option<Presenting>,
    /// What is known of the bookmarks besides what the settings keep.
    pub bookmarks: Bookmarks,
    /// What is kept from one start to the next.
    pub settings: Settings,
    /// Whether somebody has moved the map since it was last fitted.
    pub is_camera_moved: bool,
    pub(super) next_generation: u64,
}

/// Size of a new window, in points.
pub const WINDOW: PageSize = PageSize::new(1280.0, 800.0);
/// Size of the map in it. A test measures it; with another one the first frame would be drawn twice.
pub const USUAL_SIZE: PageSize = PageSize::new(708.0, 689.0);

impl State {
    /// The state at the start: a layer on show, all of it.
    #[must_use]
    pub fn new(
        atlas: Atlas,
        layer: Arc<JoinedLayer>,
        layer_id: LayerId,
        settings: Settings,
    ) -> Self {
        let size = USUAL_SIZE;
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
            focus: None,
            is_focus_awaited: false,
            subject: None,
            history: History::default(),
            is_playing: false,
            is_time_dragged: false,
            lines: Vec::new(),
            lines_of: None,
            lit: None,
            drag_from: None,
            find: String::new(),
            found: Vec::new(),
            found_at: 0,
            notices: Vec::new(),
            overlay: None,
            files: Vec::new(),
            reading: None,
            queue: VecDeque::new(),
            part_choice: None,
            comparison: None,
            mark: None,
            asking: None,
            saving: false,
            making: PictureDialog::default(),
            figures: OpenFigures::default(),
            presenting: None,
            bookmarks: Bookmarks::default(),
            settings,
            is_camera_moved: false,
            next_generation: 0,
        }
    }

    /// The opened file on show.
    #[must_use]
    pub fn file(&self) -> Option<&FileInfo> {
        self.files.iter().find(|file| file.id == self.layer_id)
    }

    /// The area that was selected last.
    #[must_use]
    pub fn last_selected(&self) -> Option<usize> {
        self.selection.last().copied()
    }

    /// The body that the panel is about.
    #[must_use]
    pub fn subject_body(&self) -> Option<BodyId> {
        self.focus.or_else(|| self.layer.bodies[self.last_selected()?])
    }

    /// The state of time that the map shows; of an opened file the one of its date.
    #[must_use]
    pub fn moment(&self) -> Edition {
        let usual = self.settings.start_edition();
        match self.layer_id {
            LayerId::Bundled(edition) => edition,
            LayerId::Opened(_) => {
                self.layer.edition().filter(|e| Edition::MAPS.contains(e)).unwrap_or(usual)
            }
        }
    }

    /// Gathers anew what depends on what is looked at, where that has changed.
    pub(super) fn refresh(&mut self, effects: &mut Vec<Effect>) {
        if let Some(p) = self.pointer {
            // The map may have moved or changed under a pointer that rests.
            self.hovered = self.layer.layer.area_at(self.camera.grid_from_page(p));
        }
        let own = self.focus.and_then(|body| self.own_area_of(body));
        let of = SubjectKey {
            layer: self.layer_id,
            area: self.last_selected(),
            focus: self.focus,
            is_measured: own.is_some(),
        };
        if self.subject.as_ref().is_none_or(|subject| subject.of != of) {
            let register = &self.atlas.register;
            let profile = match (own, self.focus, self.last_selected()) {
                // A body in focus is told for the time of the map, whatever its outline is of.
                (own, Some(body), _) => {
                    let profile = Profile::of_body(register, body, self.layer.edition());
                    Some(match own {
                        Some(lit) => profile.measured(&lit.layer, lit.area),
                        None => profile,
                    })
                }
                (_, None, Some(area)) => Some(Profile::of(register, &self.layer, area)),
                (_, None, None) => None,
            };
            self.subject = profile.map(|profile| Subject { of, profile: Arc::new(profile) });
        }
        let has_lineage =
            self.subject.as_ref().is_some_and(|subject| !subject.profile.lineage.is_empty());
        if self.overlay == Some(Overlay::Lineage) && !has_lineage {
            self.overlay = None;
        }
        self.refresh_lines(effects);
    }

    /// Forgets what was gathered of a layer that has been read anew.
    pub(super) fn forget_gathered(&mut self) {
        (self.subject, self.lines_of) = (None, None);
    }

    fn refresh_lines(&mut self, effects: &mut Vec<Effect>) {
        let mut ready = Vec::new();
        for lines in &self.settings.lines {
            let Some((kind, edition)) = lines.areas() else { continue };
            match self.atlas.ready_layer(kind, edition) {
                Some(areas) => ready.push((*lines, areas.clone())),
                None => effects.push(Effect::Decode(kind, edition)),
            }
        }
        let selection = (!self.settings.lines_everywhere).then(|| self.selection.clone());
        let key = LinesKey {
            layer: self.layer_id,
            selection: selection.clone(),
            lines: ready.iter().map(|(lines, _)| *lines).collect(),
        };
        if self.lines_of.as_ref() == Some(&key) {
            return;
        }
        let register = &self.atlas.register;
        let chosen = selection.as_deref();
        let of = |(lines, areas): &(Lines, Arc<JoinedLayer>)| {
            lines::on_map(*lines, areas, &self.layer, chosen, register)
        };
        self.lines = ready.iter().map(of).filter(|lines| !lines.arcs.is_empty()).collect();
        self.lines_of = Some(key);
    }

    /// The place under the pointer.
    #[must_use]
    pub fn pointed_place(&self) -> Option<Grid> {
        self.pointer.map(|p| self.camera.grid_from_page(p))
    }

    /// What a comparison shows on this map, and where the line between the two maps is.
    fn changes_on_map(&self) -> (Option<Arc<ChangeView>>, Option<f32>) {
        let shown = self.comparison.as_ref().filter(|c| c.after == self.layer_id);
        let found = shown.and_then(|comparison| comparison.found.as_ref());
        (found.map(|found| found.view.clone()), found.and(shown).and_then(|c| c.swipe))
    }

    /// The name of the area under the pointer, on the map that it is on.
    #[must_use]
    pub fn pointed_name(&self) -> Option<&str> {
        let shown = self.comparison.as_ref().filter(|c| c.after == self.layer_id);
        let swipe = shown.and_then(|c| Some((c.found.as_ref()?, c.swipe?, self.pointer?)));
        if let Some((found, at, p)) = swipe
            && p.x < at * self.size.width
        {
            let before = &found.view.before;
            let area = before.layer.area_at(self.camera.grid_from_page(p))?;
            return Some(&before.names[area]);
        }
        self.hovered.map(|area| self.layer.names[area].as_str())
    }

    /// What the map shows, for the window.
    #[must_use]
    pub fn view(&self) -> View {
        let (changes, swipe) = self.changes_on_map();
        View {
            size: self.size,
            camera: self.camera,
            layer: self.layer.clone(),
            backdrop: self.atlas.backdrop().ok(),
            register: self.atlas.register.clone(),
            selection: self.selection.clone(),
            hovered: self.hovered,
            lit: self.lit_areas(),
            lines: self.lines.clone(),
            changes,
            figures: self.figures.on_map().map(|shown| shown.view.clone()),
            swipe,
            region_lines: self.settings.lines.contains(&Lines::Regions),
            subject: Vec::new(),
            hatched: false,
            mark: self.mark,
            moved: self.settings.recipe.labels.moved_on(&self.layer),
            furniture: self.furniture(),
            detail: Detail::Ready,
            names: Arc::default(),
        }
    }

    /// Where figures and boundaries on the map come from.
    fn credit(&self) -> String {
        let credit = &self.layer.layer.about.credit;
        match self.figures.choice.as_ref().filter(|_| self.figures.on_map().is_some()) {
            Some(choice) => format!("Figures: {}. {credit}", name_of(&choice.file)),
            None => credit.clone(),
        }
    }

    /// What stands on and beside the map.
    #[must_use]
    pub fn furniture(&self) -> Furniture {
        match self.presenting {
            Some(_) => Furniture::presenting(self.size, self.credit()),
            None => Furniture::window(),
        }
    }

    /// What a picture of the map as it is now is made of.
    #[must_use]
    pub fn order(&self) -> Order {
        let mut recipe = self.settings.recipe.clone();
        let (changes, _) = self.changes_on_map();
        let areas = &self.layer.layer.areas;
        recipe.map = MapChoice {
            select: self.selection.iter().map(|area| areas[*area].code.clone()).collect(),
            lines: self.settings.lines.clone(),
            ..self.map_choice()
        };
        recipe.show = self.show();
        recipe.figures = self.figures.choice.clone().filter(|_| self.figures.on_map().is_some());
        let files = self.files.iter().filter_map(|file| {
            let layer = self.atlas.ready(file.id)?;
            Some((file.path.display().to_string(), layer.clone()))
        });
        Order {
            recipe,
            layer: self.layer.clone(),
            atlas: self.atlas.clone(),
            files: files.collect(),
            figures: self.figures.read.as_ref().map(|read| read.figures.clone()),
            changes,
        }
    }

    /// The map on show, as it is called in a recipe.
    fn map_choice(&self) -> MapChoice {
        let name = |id: LayerId| match id {
            LayerId::Bundled(edition) => Some(edition.id().to_owned()),
            LayerId::Opened(_) => {
                let file = self.files.iter().find(|file| file.id == id)?;
                Some(file.path.display().to_string())
            }
        };
        let shown = self.comparison.as_ref().filter(|c| c.after == self.layer_id);
        let compared = shown.filter(|c| c.found.is_some());
        let edition = match self.layer_id {
            LayerId::Bundled(edition) => Some(edition.id().to_owned()),
            LayerId::Opened(_) => None,
        };
        let file = self.file();
        MapChoice {
            edition,
            file: file.map(|file| file.path.clone()),
            part: file.and_then(|file| file.choices.part.clone()),
            since: compared.and_then(|c| name(c.before)),
            ..MapChoice::default()
        }
    }

    /// The place that the text of the find box names: a grid reference, or latitude and
    /// longitude.
    #[must_use]
    pub fn found_place(&self) -> Option<Grid> {
        let has_digit = self.find.contains(|c: char| c.is_ascii_digit());
        let projector = Projector::shared().ok().filter(|_| has_digit)?;
        parse_place(&self.find, projector).ok()
    }

    /// What a picture would show now: the lineage if it is open, or else the map.
    #[must_use]
    pub fn drawing(&self) -> Drawing {
        match self.subject_body().filter(|_| self.overlay == Some(Overlay::Lineage)) {
            Some(body) => Drawing::Lineage(self.atlas.register.clone(), body),
            None => Drawing::Map(Box::new(self.order())),
        }
    }

    /// The areas of the layer by name.
    #[must_use]
    pub fn areas_by_name(&self) -> Vec<usize> {
        let mut areas: Vec<usize> = (0..self.layer.layer.areas.len()).collect();
        areas.sort_by(|a, b| self.layer.names[*a].cmp(&self.layer.names[*b]));
        areas
    }

    /// The areas of a body, as far as they are decoded.
    pub(super) fn areas_of(&self, body: BodyId) -> Vec<Lit> {
        if let Some(area) = self.layer.area_of(body) {
            return vec![Lit { layer: self.layer.clone(), area }];
        }
        let shown = homes(&self.atlas.register, body).into_iter().filter_map(|home| {
            let layer = self.atlas.ready_layer(home.kind, home.edition)?.clone();
            let area = layer.area_of(home.body)?;
            Some(Lit { layer, area })
        });
        shown.collect()
    }

    /// The area that a body itself has, if it is decoded.
    fn own_area_of(&self, body: BodyId) -> Option<Lit> {
        self.areas_of(body).into_iter().find(|lit| lit.layer.bodies[lit.area] == Some(body))
    }

    /// The areas of the focus, and those that are lit up from the panel.
    pub(super) fn lit_areas(&self) -> Vec<Lit> {
        let bodies = self.focus.into_iter().chain(self.lit);
        bodies.flat_map(|body| self.areas_of(body)).collect()
    }
}

/// What the lines over the map depend on.
#[derive(Debug, PartialEq)]
struct LinesKey {
    layer: LayerId,
    selection: Option<Vec<usize>>,
    lines: Vec<Lines>,
}

/// Room around a fitted map, in pixels.
pub(super) const FIT_MARGIN: f32 = 20.0;
