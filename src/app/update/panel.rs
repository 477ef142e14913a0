//! Panels and dialogs.

use crate::app::action::{PanelAction, SelectAction};
use crate::app::effect::Effect;
use crate::app::state::{Overlay, State};

impl State {
    pub(super) fn update_panels(&mut self, action: PanelAction, effects: &mut Vec<Effect>) {
        match action {
            PanelAction::Find(text) => self.find = text,
            PanelAction::FindFirst => {
                if let Some(area) = self.found().first().copied() {
                    self.update_selection(SelectAction::GoTo(area), effects);
                }
            }
            PanelAction::FocusFind => effects.push(Effect::FocusFind),
            PanelAction::ToggleDark => {
                self.settings.dark = !self.settings.dark;
                effects.push(Effect::SaveSettings);
            }
            PanelAction::Toggle(overlay) => {
                self.overlay = if self.overlay == Some(overlay) { None } else { Some(overlay) };
            }
            PanelAction::Dismiss(index) => {
                if index < self.notices.len() {
                    self.notices.remove(index);
                }
                if self.notices.is_empty() && self.overlay == Some(Overlay::Notices) {
                    self.overlay = None;
                }
            }
            PanelAction::CopyText(text) => effects.push(Effect::CopyText(text)),
            PanelAction::OpenUrl(url) => effects.push(Effect::OpenUrl(url)),
        }
    }
}
