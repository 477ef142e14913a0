//! Bookmarks: kept, gone to, put in order.

use crate::app::action::BookmarkAction;
use crate::app::bookmarks::{Bookmark, Place, box_of, missing};
use crate::app::effect::Effect;
use crate::app::files::FileOrder;
use crate::app::notice::Notice;
use crate::app::state::{Overlay, State};
use crate::diag::Severity;
use crate::model::LayerId;
use crate::scene::Camera;

impl State {
    pub(super) fn update_bookmarks(&mut self, action: BookmarkAction, effects: &mut Vec<Effect>) {
        match action {
            BookmarkAction::Add => self.add_bookmark(),
            BookmarkAction::Go(index) => return self.go_to_bookmark(index, effects),
            BookmarkAction::Step(steps) => return self.step_to_bookmark(steps, effects),
            BookmarkAction::Rename(index, name) => {
                let name = name.trim();
                let bookmark = self.settings.bookmarks.get_mut(index).filter(|_| !name.is_empty());
                if let Some(bookmark) = bookmark {
                    name.clone_into(&mut bookmark.name);
                }
            }
            BookmarkAction::Move(index, steps) => self.move_bookmark(index, steps),
            BookmarkAction::Delete(index) => self.delete_bookmark(index),
            BookmarkAction::Undelete => self.undelete_bookmark(),
        }
        effects.push(Effect::SaveSettings);
    }

    fn add_bookmark(&mut self) {
        let Some(bookmark) = self.bookmark_of_view() else {
            let title = "This view cannot be kept: the name of the file is no readable text.";
            return self.tell(Notice::new(Severity::Warning, title));
        };
        let text = format!("Bookmarked: {}", bookmark.name);
        self.settings.bookmarks.push(bookmark);
        self.bookmarks.at = Some(self.settings.bookmarks.len() - 1);
        match &mut self.presenting {
            Some(presenting) => presenting.say(text),
            // The open list shows it anyway.
            None if self.overlay == Some(Overlay::Bookmarks) => {}
            None => self.tell(Notice::new(Severity::Info, text)),
        }
    }

    fn move_bookmark(&mut self, index: usize, steps: isize) {
        let bookmarks = &mut self.settings.bookmarks;
        let Some(to) = index.checked_add_signed(steps).filter(|to| *to < bookmarks.len()) else {
            return;
        };
        if index < bookmarks.len() {
            let moved = bookmarks.remove(index);
            bookmarks.insert(to, moved);
            self.bookmarks.at = self.bookmarks.at.map(|at| match at {
                _ if at == index => to,
                _ if index < at && at <= to => at - 1,
                _ if to <= at && at < index => at + 1,
                _ => at,
            });
        }
    }

    fn delete_bookmark(&mut self, index: usize) {
        if index < self.settings.bookmarks.len() {
            let deleted = self.settings.bookmarks.remove(index);
            self.bookmarks.deleted = Some((index, deleted));
            let at = self.bookmarks.at.filter(|at| *at != index);
            self.bookmarks.at = at.map(|at| if at > index { at - 1 } else { at });
        }
    }

    fn undelete_bookmark(&mut self) {
        if let Some((index, bookmark)) = self.bookmarks.deleted.take() {
            let index = index.min(self.settings.bookmarks.len());
            self.settings.bookmarks.insert(index, bookmark);
            self.bookmarks.at = self.bookmarks.at.map(|at| if at >= index { at + 1 } else { at });
        }
    }

    /// Looks which files of bookmarks are there.
    pub(super) fn look_for_bookmarked_files(&mut self) {
        self.bookmarks.gone = missing(&self.settings.bookmarks);
    }

    /// Goes through the bookmarks that can be gone to, from the one on show; the last one is the
    /// end.
    fn step_to_bookmark(&mut self, steps: isize, effects: &mut Vec<Effect>) {
        let usable = self.usable_bookmarks();
        let Some(last) = usable.len().checked_sub(1) else { return };
        let at = self.bookmarks.at.and_then(|at| usable.iter().position(|index| *index == at));
        let to = at.map_or(0, |at| at.saturating_add_signed(steps).min(last));
        let index = usable[to];
        let name = &self.settings.bookmarks[index].name;
        let text = format!("{} of {} – {name}", to + 1, last + 1);
        if let Some(presenting) = &mut self.presenting {
            presenting.say(text);
        }
        self.go_to_bookmark(index, effects);
    }

    /// Shows what a bookmark has kept, when its map is there.
    fn go_to_bookmark(&mut self, index: usize, effects: &mut Vec<Effect>) {
        self.look_for_bookmarked_files();
        let Some(bookmark) = self.settings.bookmarks.get(index).cloned() else { return };
        if let Some(fault) = self.bookmark_fault(&bookmark) {
            let title = format!("{} cannot be shown. {fault}", bookmark.name);
            return self.tell(Notice::new(Severity::Warning, title));
        }
        self.forget_awaited_bookmark();
        self.bookmarks.at = Some(index);
        self.is_playing = false;
        match (self.layer_of(&bookmark), bookmark.file.clone()) {
            (Some(id), _) => {
                self.remember_with_place();
                if id != self.layer_id {
                    self.show_layer(id, None, effects);
                }
                if id == self.layer_id {
                    self.show_bookmark(&bookmark, effects);
                } else {
                    self.bookmarks.awaited = Some(bookmark);
                }
            }
            (None, Some(path)) => {
                self.awaited = None;
                let reading = self.reading.as_ref().map(|reading| &reading.order);
                if !self.queue.iter().chain(reading).any(|order| order.path == path) {
                    let choices = bookmark.choices.clone();
                    let order = FileOrder { path, choices, replaces: None, is_reload: false };
                    self.queue.push_front(order);
                }
                self.bookmarks.awaited = Some(bookmark);
            }
            (None, None) => {}
        }
    }

    /// Another act has taken the place of going to a bookmark: its file needs no reading.
    pub(super) fn forget_awaited_bookmark(&mut self) {
        let Some(path) = self.bookmarks.awaited.take().and_then(|bookmark| bookmark.file) else {
            return;
        };
        self.queue.retain(|order| order.path != path || order.replaces.is_some());
        let is_its = |order: &FileOrder| order.path == path && order.replaces.is_none();
        if let Some(reading) = self.reading.take_if(|reading| is_its(&reading.order)) {
            reading.progress.cancel();
        }
    }

    /// A file was not opened, so its bookmark waits in vain.
    pub(super) fn forget_bookmark_of(&mut self, order: &FileOrder) {
        let is_its = |bookmark: &mut Bookmark| bookmark.file.as_ref() == Some(&order.path);
        self.bookmarks.awaited.take_if(is_its);
    }

    /// The awaited bookmark, if it shows this layer; otherwise it goes on waiting.
    pub(super) fn take_awaited_bookmark(&mut self, arrived: LayerId) -> Option<Bookmark> {
        let is_meant =
            self.bookmarks.awaited.as_ref().map(|b| self.layer_of(b)) == Some(Some(arrived));
        self.bookmarks.awaited.take_if(|_| is_meant)
    }

    /// Shows what a bookmark has kept, on its layer, which is on show.
    pub(super) fn show_bookmark(&mut self, bookmark: &Bookmark, effects: &mut Vec<Effect>) {
        self.awaited = None;
        self.end_comparison();
        let selection = self.areas_of_keys(&bookmark.selection);
        self.select(selection, effects);
        self.focus = bookmark.focus(&self.atlas.register);
        self.lit = None;
        if let Some(body) = self.focus {
            self.decode_homes(body, effects);
        }
        self.settings.lines = bookmark.lines();
        self.settings.lines_everywhere = bookmark.lines_everywhere;
        effects.push(Effect::SaveSettings);
        self.return_to(bookmark.place);
    }

    /// Shows a part of the map, as large as the window has room for it.
    pub(super) fn return_to(&mut self, place: Place) {
        let extent = match place {
            Place::All => None,
            Place::Extent(extent) => box_of(extent),
        };
        match extent {
            Some(bounds) => self.move_camera(Camera::fit(bounds, self.size, 0.0)),
            None => self.fit_all(),
        }
    }
}
