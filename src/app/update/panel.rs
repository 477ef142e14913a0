//! Panels and dialogs.

use crate::app::action::{PanelAction, SelectAction};
use crate::app::effect::Effect;
use crate::app::state::{Overlay, State};

/// Most bodies that a search lists.
const MOST_FOUND: usize = 60;

impl State {
    pub(super) fn update_panels(&mut self, action: PanelAction, effects: &mut Vec<Effect>) {
        match action {
            PanelAction::Find(text) => self.look_for(text),
            PanelAction::FindMove(steps) => {
                let last = self.found.len().saturating_sub(1);
                self.found_at = self.found_at.saturating_add_signed(steps as isize).min(last);
            }
            PanelAction::FindGo => self.go_to_found(effects),
            PanelAction::FocusFind => effects.push(Effect::FocusFind),
            PanelAction::ToggleDark => {
                self.settings.dark = !self.settings.dark;
                effects.push(Effect::SaveSettings);
            }
            PanelAction::TogglePresenting => self.toggle_presenting(effects),
            PanelAction::Toggle(overlay) => {
                if overlay == Overlay::Bookmarks {
                    self.look_for_bookmarked_files();
                    self.bookmarks.deleted = None;
                }
                self.overlay = if self.overlay == Some(overlay) { None } else { Some(overlay) };
            }
            PanelAction::Explain(page) => self.overlay = Some(Overlay::Explain(page)),
            PanelAction::ToggleLines(lines) => {
                let shown = &mut self.settings.lines;
                match shown.iter().position(|other| *other == lines) {
                    Some(at) => drop(shown.remove(at)),
                    None => shown.push(lines),
                }
                effects.push(Effect::SaveSettings);
            }
            PanelAction::ToggleLinesEverywhere => {
                self.settings.lines_everywhere = !self.settings.lines_everywhere;
                effects.push(Effect::SaveSettings);
            }
            PanelAction::Dismiss(index) => {
                if index < self.notices.len() {
                    self.notices.remove(index);
                }
                if self.notices.is_empty() && self.overlay == Some(Overlay::Notices) {
                    self.overlay = None;
                }
            }
            PanelAction::DismissAll => {
                self.notices.clear();
                self.overlay = self.overlay.filter(|overlay| *overlay != Overlay::Notices);
            }
            PanelAction::CopyText(text) => effects.push(Effect::CopyText(text)),
            PanelAction::OpenUrl(url) => effects.push(Effect::OpenUrl(url)),
        }
    }

    /// Searches all bodies, best first.
    fn look_for(&mut self, text: String) {
        let hits = self.atlas.register.search(&text, MOST_FOUND);
        self.found = hits.into_iter().map(|hit| *hit.key).collect();
        // Grouped by kind, in the order in which the kinds came up.
        let mut kinds = Vec::new();
        for id in &self.found {
            let kind = self.atlas.register.body(*id).kind;
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let register = self.atlas.register.clone();
        self.found.sort_by_key(|id| kinds.iter().position(|kind| *kind == register.body(*id).kind));
        self.found_at = 0;
        self.find = text;
    }

    /// Goes to the marked body, or to the place if the text is one.
    fn go_to_found(&mut self, effects: &mut Vec<Effect>) {
        if let Some(place) = self.found_place() {
            let area = self.layer.layer.area_at(place);
            if let Some(area) = area {
                self.update_selection(SelectAction::Only(area), effects);
            }
            self.show_place(place);
        } else if let Some(body) = self.found.get(self.found_at).copied() {
            self.go_to_body(body, effects);
        }
    }
}
