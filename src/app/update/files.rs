//! Layers and files: opened, read one after the other, read again, closed.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::action::{LayerAction, ReadFile};
use crate::app::effect::Effect;
use crate::app::figures::{Again, is_table};
use crate::app::files::{FileInfo, FileOrder, PartChoice, Reading, Stamp, name_of, whole_files};
use crate::app::notice::Notice;
use crate::app::state::{Asking, Overlay, State};
use crate::diag::Severity;
use crate::geo::space::{Grid, GridRect};
use crate::model::follow;
use crate::model::{BodyId, JoinedLayer, LayerId};
use crate::read::{Choices, Progress, ReadError};

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
                    self.open(path);
                }
            }
            LayerAction::Open(path) => self.open(path),
            LayerAction::OpenAll(paths) => {
                for path in whole_files(paths) {
                    self.open(path);
                }
            }
            LayerAction::Reload => {
                self.reread_figures(Again::Asked);
                if let Some(file) = self.file() {
                    let choices = file.choices.clone();
                    self.reread(self.layer_id, choices, false);
                }
            }
            LayerAction::Rechoose(id, choices) => self.reread(id, choices, false),
            LayerAction::ChoosePart(name) => self.choose_part(name),
            LayerAction::ShowPart(layer, part) => {
                if let Some(layer) = layer.filter(|id| *id != self.layer_id) {
                    self.remember();
                    self.show_layer(layer, None, effects);
                }
                self.mark = Some(part);
                self.overlay = self.overlay.filter(|overlay| *overlay == Overlay::Notices);
                self.show_bounds(around(part));
                if self.overlay.is_some() {
                    self.make_room_below();
                }
            }
            LayerAction::Close(id) => self.close(id, effects),
            LayerAction::ForgetRecent => {
                self.settings.recent.clear();
                effects.push(Effect::SaveSettings);
            }
            LayerAction::CancelReading => {
                if let Some(reading) = self.reading.take() {
                    reading.progress.cancel();
                    self.forget_bookmark_of(&reading.order);
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
        self.forget_awaited_bookmark();
        // A comparison is of the map that it was asked for.
        if self.comparison.as_ref().is_some_and(|c| c.after != id) {
            self.end_comparison();
        }
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
        let follow = |body: &BodyId| follow::follow(&register, *body, &layer, left);
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

    /// Puts a file in the queue. One that is open already is read again in its place.
    fn open(&mut self, path: PathBuf) {
        if let Some(folder) = path.parent().filter(|folder| folder.to_str().is_some()) {
            self.settings.open_folder = Some(folder.to_owned());
        }
        if is_table(&path) {
            self.close_figures();
            return self.figures.open(&path);
        }
        let choices = self.settings.choices_for(&path);
        let replaces = self.files.iter().find(|file| file.path == path).map(|file| file.id);
        let order = FileOrder { path, choices, replaces, is_reload: false };
        if !self.queue.contains(&order) {
            self.queue.push_back(order);
        }
    }

    /// Reads an opened file again.
    fn reread(&mut self, id: LayerId, choices: Choices, is_reload: bool) {
        let Some(file) = self.files.iter().find(|file| file.id == id) else { return };
        let order = FileOrder { path: file.path.clone(), choices, replaces: Some(id), is_reload };
        self.queue.push_back(order);
    }

    /// Opened files have changed on disk: they are read again as they were read before.
    pub(super) fn reload(&mut self, changed: &[LayerId]) {
        let is_meant = |order: &FileOrder, id: &LayerId| order.replaces == Some(*id);
        for id in changed {
            let reading = self.reading.as_ref().map(|reading| &reading.order);
            let is_waiting = self.queue.iter().chain(reading).any(|order| is_meant(order, id));
            let choices = self.files.iter().find(|file| file.id == *id);
            if let Some(choices) = choices.filter(|_| !is_waiting).map(|f| f.choices.clone()) {
                self.reread(*id, choices, true);
            }
        }
    }

    /// Begins with the next file of the queue, if none is being read and none waits for a choice.
    pub(super) fn read_next(&mut self, effects: &mut Vec<Effect>) {
        if self.reading.is_some() || self.overlay == Some(Overlay::Parts) {
            return;
        }
        let Some(order) = self.queue.pop_front() else { return };
        self.next_generation += 1;
        let generation = self.next_generation;
        let progress = Progress::default();
        effects.push(Effect::Read {
            generation,
            path: order.path.clone(),
            choices: Choices { asks: true, ..order.choices.clone() },
            progress: progress.clone(),
        });
        self.reading = Some(Reading { generation, order, progress });
    }

    fn choose_part(&mut self, name: String) {
        self.overlay = self.overlay.filter(|overlay| *overlay != Overlay::Parts);
        let Some(PartChoice { mut order, .. }) = self.part_choice.take() else { return };
        order.choices.part = Some(name);
        self.queue.push_front(order);
    }

    fn close(&mut self, id: LayerId, effects: &mut Vec<Effect>) {
        self.atlas = Arc::new(self.atlas.without(id));
        self.files.retain(|file| file.id != id);
        self.queue.retain(|order| order.replaces != Some(id));
        self.history.forget(id);
        if self.comparison.as_ref().is_some_and(|c| c.before == id || c.after == id) {
            self.end_comparison();
        }
        for notice in &mut self.notices {
            notice.layer = notice.layer.filter(|layer| *layer != id);
        }
        if self.layer_id == id {
            let edition = self.settings.start_edition();
            self.mark = None;
            self.overlay = self.overlay.filter(|overlay| *overlay != Overlay::File);
            self.show_layer(LayerId::Bundled(edition), None, effects);
        }
    }

    pub(super) fn finish_reading(
        &mut self,
        generation: u64,
        result: Result<Box<ReadFile>, ReadError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(reading) = self.reading.take_if(|reading| reading.generation == generation) else {
            return; // cancelled since
        };
        let order = reading.order;
        match result {
            Err(ReadError::Cancelled) => self.forget_bookmark_of(&order),
            Err(ReadError::Choose(parts)) => {
                self.part_choice = Some(PartChoice { order, parts });
                self.overlay = Some(Overlay::Parts);
            }
            Err(ReadError::Refused(refusal)) => {
                self.forget_bookmark_of(&order);
                let notice = Notice::refused(&name_of(&order.path), refusal);
                if let Some(file) = order.replaces.and_then(|id| self.file_mut(id)) {
                    // Until it changes again, there is nothing new to read.
                    file.stamp = Stamp::of(&file.path);
                }
                self.tell(notice);
            }
            Ok(read) => self.show_file(order, *read, effects),
        }
    }

    fn file_mut(&mut self, id: LayerId) -> Option<&mut FileInfo> {
        self.files.iter_mut().find(|file| file.id == id)
    }

    fn show_file(&mut self, order: FileOrder, read: ReadFile, effects: &mut Vec<Effect>) {
        let ReadFile { layer, findings, diagnostics, stamp } = read;
        let FileOrder { path, choices, replaces, is_reload } = order;
        let (name, count) = (name_of(&path), layer.layer.count_in_words());
        let replaces = replaces.filter(|id| self.files.iter().any(|file| file.id == *id));
        let id = if let Some(id) = replaces {
            self.atlas = Arc::new(self.atlas.with_replaced(id, layer.clone()));
            self.history.forget(id);
            self.forget_figures_of(id);
            id
        } else {
            let (atlas, id) = self.atlas.with_opened(layer.clone());
            self.atlas = Arc::new(atlas);
            id
        };
        let info = FileInfo {
            id,
            path: path.clone(),
            choices: choices.clone(),
            findings,
            diagnostics,
            stamp,
        };
        let severity = info.diagnostics.iter().map(|d| d.severity).max().unwrap_or(Severity::Info);
        let details = info.diagnostics.clone();
        match self.file_mut(id) {
            Some(place) => *place = info,
            None => self.files.push(info),
        }
        self.settings.remember_file(&path, choices);
        effects.push(Effect::SaveSettings);
        if replaces == Some(self.layer_id) {
            self.swap_layer(layer);
        } else if !is_reload {
            self.is_playing = false;
            let bookmark = self.take_awaited_bookmark(id);
            if bookmark.is_some() {
                self.remember_with_place();
            } else {
                self.remember();
            }
            self.show_layer(id, None, effects);
            self.fit_all();
            if let Some(bookmark) = bookmark {
                self.show_bookmark(&bookmark, effects);
            }
        }
        self.renew_comparison(id, effects);
        let what = if is_reload {
            "changed and was read again"
        } else if replaces.is_some() {
            "was read again"
        } else {
            "was opened"
        };
        self.notices.retain(|notice| notice.layer != Some(id));
        let title = format!("{name} {what}: {count}.");
        self.tell(Notice { details, layer: Some(id), ..Notice::new(severity, title) });
    }

    /// Puts another reading of the same file on the map: place, scale and selection stay.
    fn swap_layer(&mut self, layer: Arc<JoinedLayer>) {
        let old = std::mem::replace(&mut self.layer, layer);
        let new = &self.layer.layer.areas;
        let same = |area: &usize| {
            let area = &old.layer.areas[*area];
            let by_code = new.iter().position(|a| !a.code.is_empty() && a.code == area.code);
            by_code.or_else(|| new.iter().position(|a| a.name == area.name))
        };
        self.selection = self.selection.iter().filter_map(same).collect();
        (self.hovered, self.lit, self.mark) = (None, None, None);
        self.forget_gathered();
    }
}

/// Room around a place: a kilometre at least, so that it can be told where it is.
fn around(part: GridRect) -> GridRect {
    let room = (part.width().max(part.height()) * 0.5).max(1000.0);
    GridRect::new(
        Grid { x: part.min().x - room, y: part.min().y - room },
        Grid { x: part.max().x + room, y: part.max().y + room },
    )
}
