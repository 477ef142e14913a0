//! Layers, files and pictures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::action::{JobAction, LayerAction, PictureAction, ReadFile};
use crate::app::drawing::Drawing;
use crate::app::effect::Effect;
use crate::app::lineage;
use crate::app::notice::Notice;
use crate::app::state::{Asking, Reading, State};
use crate::diag::{Refusal, Severity};
use crate::model::{BodyId, LayerId};
use crate::read::Progress;

impl State {
    pub(super) fn update_layers(&mut self, action: LayerAction, effects: &mut Vec<Effect>) {
        match action {
            LayerAction::Choose(id) => {
                self.is_playing = false;
                self.remember();
                self.show_layer(id, None, effects);
            }
            LayerAction::AskForFile => {
                self.asking = Some(Asking::File);
                effects.push(Effect::PickFile);
            }
            LayerAction::Picked(path) => {
                self.asking = None;
                if let Some(path) = path {
                    self.open(path, effects);
                }
            }
            LayerAction::Open(path) => self.open(path, effects),
            LayerAction::Close(id) => self.close(id, effects),
            LayerAction::CancelReading => {
                if let Some(reading) = self.reading.take() {
                    reading.progress.cancel();
                }
            }
        }
    }

    /// Shows a layer, or sees to it that it is decoded first. The selection follows in time.
    pub(super) fn show_layer(
        &mut self,
        id: LayerId,
        body: Option<BodyId>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(layer) = self.atlas.ready(id).cloned() else {
            if let LayerId::Bundled(edition) = id {
                self.awaited = Some((id, body));
                effects.push(Effect::Decode(edition.kind(), edition));
            }
            return;
        };
        self.awaited = None;
        let register = self.atlas.register.clone();
        let bodies: Vec<BodyId> = if let Some(body) = body {
            vec![body]
        } else {
            let selected = self.selection.iter().filter_map(|area| self.layer.bodies[*area]);
            self.focus.into_iter().chain(selected).collect()
        };
        self.selection = Vec::new();
        let left = Some(self.moment().day());
        let follow = |body: &BodyId| lineage::follow(&register, *body, &layer, left);
        for area in bodies.iter().flat_map(follow) {
            if !self.selection.contains(&area) {
                self.selection.push(area);
            }
        }
        self.layer = layer;
        self.layer_id = id;
        // A body in focus that has successors on the new map gives way to them.
        self.focus = self.focus.filter(|_| body.is_none() && self.selection.is_empty());
        self.hovered = None;
        self.lit = None;
        if let Some(area) = body.and_then(|_| self.last_selected()) {
            self.reveal(self.layer.layer.areas[area].bounds);
        }
        if let LayerId::Bundled(edition) = id {
            edition.id().clone_into(&mut self.settings.edition);
            effects.push(Effect::SaveSettings);
        }
    }

    fn open(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        if let Some(earlier) = self.reading.take() {
            earlier.progress.cancel();
        }
        if let Some(folder) = path.parent() {
            self.settings.open_folder = Some(folder.to_owned());
            effects.push(Effect::SaveSettings);
        }
        self.next_generation += 1;
        let generation = self.next_generation;
        let progress = Progress::default();
        effects.push(Effect::Read { generation, path: path.clone(), progress: progress.clone() });
        self.reading = Some(Reading { generation, path, progress });
    }

    fn close(&mut self, id: LayerId, effects: &mut Vec<Effect>) {
        self.atlas = Arc::new(self.atlas.without(id));
        self.history.forget(id);
        if self.layer_id == id {
            let edition = self.settings.start_edition();
            self.show_layer(LayerId::Bundled(edition), None, effects);
        }
    }

    pub(super) fn update_pictures(&mut self, action: PictureAction, effects: &mut Vec<Effect>) {
        match action {
            PictureAction::AskWhere => {
                // The picture is of what is on show now, not as it is when the dialog closes.
                self.asking = Some(Asking::Target(self.drawing()));
                effects.push(Effect::PickTarget(self.picture_name()));
            }
            PictureAction::Picked(path) => {
                let asked = self.asking.take();
                if let (Some(path), Some(Asking::Target(drawing))) = (path, asked) {
                    let path = path.with_extension("png");
                    self.settings.save_folder = path.parent().map(Path::to_owned);
                    self.saving = true;
                    effects.extend([Effect::SaveSettings, Effect::Save(drawing, path)]);
                }
            }
            PictureAction::Copy => {
                self.saving = true;
                effects.push(Effect::Draw(self.drawing()));
            }
        }
    }

    /// A file name for the picture: what is selected, or the edition.
    fn picture_name(&self) -> String {
        let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { ' ' };
        let named = |text: String| text.chars().map(safe).collect::<String>() + ".png";
        if let Drawing::Lineage(register, body) = self.drawing() {
            return named(format!("{} lineage", register.body(body).short_name));
        }
        let about = &self.layer.layer.about;
        let subject =
            self.last_selected().map_or("England", |area| self.layer.names[area].as_str());
        let edition = about.edition.map_or(about.title.as_str(), |edition| edition.id());
        named(format!("{subject} {edition}"))
    }

    pub(super) fn update_jobs(&mut self, action: JobAction, effects: &mut Vec<Effect>) {
        match action {
            JobAction::Decoded(kind, edition) => {
                let arrived = LayerId::Bundled(edition);
                let is_map = edition.kind() == kind;
                if let Some((id, body)) = self.awaited.filter(|(id, _)| is_map && *id == arrived) {
                    self.show_layer(id, body, effects);
                }
                self.show_focus();
            }
            JobAction::Refined => {}
            JobAction::Read { generation, result } => {
                self.finish_reading(generation, result, effects);
            }
            JobAction::Saved(Ok(path)) => {
                self.saving = false;
                let title = format!("The picture was saved as {}.", path.display());
                self.tell(Notice::new(Severity::Info, title));
            }
            JobAction::Drawn(Ok(picture)) => {
                self.saving = false;
                effects.push(Effect::CopyPicture(picture));
                self.tell(Notice::new(Severity::Info, "The picture was copied."));
            }
            JobAction::Saved(Err(error)) | JobAction::Drawn(Err(error)) => {
                self.saving = false;
                self.tell(Notice::new(Severity::Error, error));
            }
            JobAction::Told(notice) => self.tell(notice),
        }
    }

    fn finish_reading(
        &mut self,
        generation: u64,
        result: Option<Result<ReadFile, Refusal>>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(reading) = self.reading.take_if(|reading| reading.generation == generation) else {
            return; // cancelled, or another file has been asked for since
        };
        let name = reading.path.file_name().map_or_else(
            || reading.path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        match result {
            None => {}
            Some(Err(refusal)) => self.tell(Notice::refused(&name, refusal)),
            Some(Ok(ReadFile { layer, diagnostics })) => {
                let count = layer.layer.count_in_words();
                self.is_playing = false;
                self.remember();
                let (atlas, id) = self.atlas.with_opened(layer);
                self.atlas = Arc::new(atlas);
                self.show_layer(id, None, effects);
                self.fit_all();
                let severity =
                    diagnostics.iter().map(|d| d.severity).max().unwrap_or(Severity::Info);
                let title = format!("{name} was opened: {count}.");
                self.tell(Notice { details: diagnostics, ..Notice::new(severity, title) });
            }
        }
    }

    fn tell(&mut self, notice: Notice) {
        self.notices.retain(|other| *other != notice);
        self.notices.push(notice);
    }
}
