//! Choosing areas.

use crate::app::action::SelectAction;
use crate::app::effect::Effect;
use crate::app::lineage;
use crate::app::state::State;
use crate::diag::Severity;
use crate::model::{BodyId, LayerId};

impl State {
    pub(super) fn update_selection(&mut self, action: SelectAction, effects: &mut Vec<Effect>) {
        match action {
            SelectAction::Only(area) => self.select(vec![area], effects),
            SelectAction::Toggle(area) => {
                let mut selection = self.selection.clone();
                match selection.iter().position(|other| *other == area) {
                    Some(at) => drop(selection.remove(at)),
                    None => selection.push(area),
                }
                self.select(selection, effects);
            }
            SelectAction::GoTo(area) => {
                self.select(vec![area], effects);
                self.reveal(self.layer.layer.areas[area].bounds);
            }
            SelectAction::Body(body) => self.go_to_body(body, effects),
            SelectAction::Hover(area) => self.hovered = area,
            SelectAction::Light(body) => self.light(body, effects),
            SelectAction::Clear => self.clear(),
        }
    }

    pub(super) fn select(&mut self, selection: Vec<usize>, effects: &mut Vec<Effect>) {
        for notice in &mut self.notices {
            notice.is_on_map &= notice.severity > Severity::Info;
        }
        self.selection = selection;
        if !self.settings.has_selected && !self.selection.is_empty() {
            self.settings.has_selected = true;
            effects.push(Effect::SaveSettings);
        }
    }

    /// What is open on top goes first, then the selection.
    fn clear(&mut self) {
        if self.overlay.take().is_none() {
            self.selection.clear();
            self.lit = None;
        }
    }

    /// Shows a body where it has an area: on this layer if it can be, else in its own edition.
    fn go_to_body(&mut self, body: BodyId, effects: &mut Vec<Effect>) {
        self.lit = None;
        if let Some(area) = self.layer.area_of(body) {
            self.update_selection(SelectAction::GoTo(area), effects);
            return;
        }
        let home = lineage::homes(&self.atlas.register, body).first().copied();
        if let Some((edition, _)) = home {
            self.show_layer(LayerId::Bundled(edition), Some(body), effects);
        }
    }

    fn light(&mut self, body: Option<BodyId>, effects: &mut Vec<Effect>) {
        self.lit = body;
        let Some(body) = body else { return };
        for (edition, _) in lineage::homes(&self.atlas.register, body) {
            if self.atlas.ready(LayerId::Bundled(edition)).is_none() {
                effects.push(Effect::Decode(edition));
            }
        }
    }
}
