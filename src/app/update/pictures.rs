//! Making pictures.

use std::path::{Path, PathBuf};

use crate::app::action::PictureAction;
use crate::app::drawing::{Drawing, Output};
use crate::app::effect::Effect;
use crate::app::notice::Notice;
use crate::app::picture::{Shown, Step};
use crate::app::state::{Asking, Overlay, State};
use crate::diag::Severity;
use crate::model::{Edition, LayerId};
use crate::recipe::{InsetChoice, Recipe, Show};
use crate::render::Format;

impl State {
    pub(super) fn update_pictures(&mut self, action: PictureAction, effects: &mut Vec<Effect>) {
        match action {
            PictureAction::Edit(recipe) => self.edit(*recipe, effects),
            PictureAction::Undo => self.take_back(effects),
            PictureAction::Show(shown) => {
                self.settings.shown = shown;
                effects.push(Effect::SaveSettings);
            }
            PictureAction::Format(format) => {
                self.settings.format = format;
                effects.push(Effect::SaveSettings);
            }
            PictureAction::MoveLabel(code, place) => {
                let mut recipe = self.settings.recipe.clone();
                recipe.labels.moved.insert(code, place);
                self.edit(recipe, effects);
            }
            PictureAction::PutLabelsBack => {
                let mut recipe = self.settings.recipe.clone();
                recipe.labels.moved.clear();
                self.edit(recipe, effects);
            }
            PictureAction::FrameInset => self.making.is_framing = !self.making.is_framing,
            PictureAction::AddInset(extent) => self.add_inset(extent, effects),
            PictureAction::Room(width, height) => self.making.room = (width, height),
            PictureAction::AskWhere => {
                // The picture is of what is on show now, not as it is when the dialog closes.
                self.asking = Some(Asking::Target(Output::Picture(self.drawing())));
                effects.push(Effect::PickTarget(self.picture_name(self.settings.format)));
            }
            PictureAction::AskWhereRecipe => {
                let recipe = Box::new(self.order().recipe);
                self.asking = Some(Asking::Target(Output::Recipe(recipe)));
                effects.push(Effect::PickTarget("picture.toml".to_owned()));
            }
            PictureAction::AskForRecipe => {
                self.asking = Some(Asking::File);
                effects.push(Effect::PickRecipe);
            }
            PictureAction::AskForLogo => {
                self.asking = Some(Asking::File);
                effects.push(Effect::PickLogo);
            }
            PictureAction::PickedLogo(path) => self.take_logo(path, effects),
            PictureAction::PickedRecipe(read) => self.take_recipe(read.map(|r| *r), effects),
            PictureAction::Picked(path) => {
                let asked = self.asking.take();
                if let (Some(path), Some(Asking::Target(output))) = (path, asked) {
                    self.save(output, path, effects);
                }
            }
            PictureAction::Repeat => self.repeat(effects),
            PictureAction::Copy(way) => {
                self.saving = true;
                effects.push(Effect::Draw(self.drawing_of_window(), way));
            }
        }
    }

    fn take_back(&mut self, effects: &mut Vec<Effect>) {
        match self.making.undo() {
            Some(Step::Recipe(recipe)) => {
                self.settings.recipe = *recipe;
                effects.push(Effect::SaveSettings);
            }
            Some(Step::Figures(choice)) => self.put_back_figures(*choice),
            None => {}
        }
    }

    fn edit(&mut self, recipe: Recipe, effects: &mut Vec<Effect>) {
        self.making.remember(&self.settings.recipe, &recipe);
        self.settings.recipe = recipe;
        effects.push(Effect::SaveSettings);
    }

    fn add_inset(&mut self, extent: [f64; 4], effects: &mut Vec<Effect>) {
        self.making.is_framing = false;
        let mut recipe = self.settings.recipe.clone();
        let number = recipe.furniture.insets.len() + 1;
        let title = format!("Inset {number}");
        recipe.furniture.insets.push(InsetChoice { title, extent });
        self.edit(recipe, effects);
    }

    fn take_logo(&mut self, path: Option<PathBuf>, effects: &mut Vec<Effect>) {
        self.asking = None;
        if path.is_some() {
            let mut recipe = self.settings.recipe.clone();
            recipe.furniture.logo = path;
            self.edit(recipe, effects);
        }
    }

    fn save(&mut self, output: Output, path: PathBuf, effects: &mut Vec<Effect>) {
        let has_own = matches!(output, Output::Picture(_)) && Format::from_path(&path).is_ok();
        let ending = match output {
            Output::Picture(_) => self.settings.format.ending(),
            ref other => other.ending(),
        };
        // A picture may be saved in another format by the ending of its name.
        let path = if has_own { path } else { path.with_extension(ending) };
        if matches!(output, Output::Picture(_)) {
            self.settings.format = Format::from_path(&path).unwrap_or(self.settings.format);
            self.settings.has_saved = true;
        }
        self.settings.save_folder = path.parent().map(Path::to_owned);
        self.saving = true;
        self.overlay = self.overlay.filter(|overlay| *overlay != Overlay::Picture);
        effects.extend([Effect::SaveSettings, Effect::Save { output, path, may_replace: true }]);
    }

    /// The last picture once more: the same size and furniture, in the same folder, of what is on
    /// show now. No file is replaced.
    fn repeat(&mut self, effects: &mut Vec<Effect>) {
        let folder = self.settings.save_folder.clone().filter(|_| self.settings.has_saved);
        let Some(folder) = folder else {
            self.overlay = Some(Overlay::Picture);
            return;
        };
        let path = folder.join(self.picture_name(self.settings.format));
        self.saving = true;
        let output = Output::Picture(self.drawing());
        effects.push(Effect::Save { output, path, may_replace: false });
    }

    /// The map as the window shows it, as a picture.
    fn drawing_of_window(&self) -> Drawing {
        match self.drawing() {
            Drawing::Map(mut order) if self.overlay != Some(Overlay::Picture) => {
                let is_all = !self.is_camera_moved;
                order.recipe.show = if is_all { Show::England } else { self.window_extent() };
                Drawing::Map(order)
            }
            other => other,
        }
    }

    /// Takes over what a recipe says. Its map is shown if it is a bundled one.
    fn take_recipe(&mut self, read: Result<Recipe, Option<String>>, effects: &mut Vec<Effect>) {
        self.asking = None;
        let recipe = match read {
            Ok(recipe) => recipe,
            Err(None) => return,
            Err(Some(error)) => return self.tell(Notice::new(Severity::Error, error)),
        };
        self.settings.shown = match &recipe.show {
            Show::England => Shown::England,
            Show::Extent(_) => Shown::Window,
            Show::System { with, .. } => Shown::System(*with),
            Show::Region { .. } => Shown::Region,
            Show::BesideEarlier { earlier } => Shown::Beside(earlier.clone()),
            Show::History => Shown::History,
        };
        let edition: Option<Edition> =
            recipe.map.edition.as_deref().and_then(|edition| edition.parse().ok());
        if let Some(edition) = edition.filter(|edition| Edition::MAPS.contains(edition)) {
            self.show_layer(LayerId::Bundled(edition), None, effects);
        }
        let chosen = match &recipe.show {
            Show::System { name, .. } => vec![name.clone()],
            _ => recipe.map.select.clone(),
        };
        let register = &self.atlas.register;
        let find = |name: &String| crate::model::find::find_area(register, &self.layer, name).ok();
        let selection: Vec<usize> = chosen.iter().filter_map(find).collect();
        if !selection.is_empty() {
            self.selection = selection;
        }
        self.edit(recipe, effects);
    }

    /// A file name for the picture: what is selected, or the edition.
    pub(super) fn picture_name(&self, format: Format) -> String {
        let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { ' ' };
        let named = |text: String| {
            format!("{}.{}", text.chars().map(safe).collect::<String>(), format.ending())
        };
        if let Drawing::Lineage(register, body) = self.drawing() {
            return named(format!("{} lineage", register.body(body).short_name));
        }
        let about = &self.layer.layer.about;
        let subject =
            self.last_selected().map_or("England", |area| self.layer.names[area].as_str());
        let edition = about.edition.map_or(about.title.as_str(), |edition| edition.id());
        named(format!("{subject} {edition}"))
    }

    /// Asks for a preview if the dialog is open and what it shows has changed; one at a time.
    pub(super) fn refresh_preview(&mut self, effects: &mut Vec<Effect>) {
        if self.overlay != Some(Overlay::Picture) || self.making.drawing.is_some() {
            return;
        }
        let key = self.preview_key();
        if self.making.room == (0, 0) || self.making.asked.as_ref() == Some(&key) {
            return;
        }
        self.next_generation += 1;
        let generation = self.next_generation;
        let scale = key.scale();
        effects.push(Effect::Preview { generation, order: Box::new(self.order()), scale });
        (self.making.asked, self.making.drawing) = (Some(key), Some(generation));
    }
}
