//! How actions change the state.

mod bookmarks;
mod breaks;
mod compare;
mod figures;
mod files;
mod jobs;
mod map;
mod panel;
mod pictures;
mod present;
mod select;
mod time;

use super::action::Action;
use super::effect::Effect;
use super::state::State;

impl State {
    /// Carries out an action. What has to happen outside of the state is pushed to `effects`.
    pub fn update(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Map(action) => self.update_map(action),
            Action::Select(action) => self.update_selection(action, effects),
            Action::Layer(action) => self.update_layers(action, effects),
            Action::Picture(action) => self.update_pictures(action, effects),
            Action::Figure(action) => self.update_figures(action),
            Action::Time(action) => self.update_time(action, effects),
            Action::Compare(action) => self.update_comparison(action, effects),
            Action::Bookmark(action) => self.update_bookmarks(action, effects),
            Action::Panel(action) => self.update_panels(action, effects),
            Action::Job(action) => self.update_jobs(action, effects),
        }
        self.read_next(effects);
        self.refresh(effects);
        self.refresh_figures(effects);
        self.refresh_preview(effects);
    }
}
