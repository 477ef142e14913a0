//! Presenting begins and ends.

use crate::app::effect::Effect;
use crate::app::presenting::Presenting;
use crate::app::state::{Overlay, State};

impl State {
    pub(super) fn toggle_presenting(&mut self, effects: &mut Vec<Effect>) {
        match self.presenting.take() {
            None => self.begin_presenting(effects),
            Some(presenting) => {
                if self.is_camera_moved {
                    // The window will be as it was, so the map shows the same part of the country.
                    let factor = f64::from(presenting.room.height / self.size.height);
                    self.camera = self.camera.zoomed(factor, self.camera.middle);
                }
                effects.push(Effect::FullScreen(false));
            }
        }
    }

    fn begin_presenting(&mut self, effects: &mut Vec<Effect>) {
        // The part of a file is asked for until it is answered.
        self.overlay = self.overlay.filter(|overlay| *overlay == Overlay::Parts);
        // What was told before stays in the list; it is nothing for an audience.
        for notice in &mut self.notices {
            notice.is_on_map = false;
        }
        self.look_for_bookmarked_files();
        let bookmarks = &self.settings.bookmarks;
        let at = self.bookmarks.at.and_then(|at| bookmarks.get(at).map(|b| (at, b)));
        self.bookmarks.at = at.filter(|(_, b)| self.is_at(b)).map(|(at, _)| at);
        let note = match self.usable_bookmarks().len() {
            0 => "Esc ends presenting".to_owned(),
            1 => "Esc ends presenting. Right shows the bookmark".to_owned(),
            n => format!("Esc ends presenting. Right and Left step through {n} bookmarks"),
        };
        self.presenting = Some(Presenting::new(self.size, note));
        effects.push(Effect::FullScreen(true));
    }
}
