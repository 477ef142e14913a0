//! Choosing areas.

use crate::app::action::{Compass, SelectAction};
use crate::app::effect::Effect;
use crate::app::history::Visit;
use crate::app::state::State;
use crate::diag::Severity;
use crate::geo::space::union;
use crate::model::follow;
use crate::model::{BodyId, BodyKind, LayerId};

impl State {
    pub(super) fn update_selection(&mut self, action: SelectAction, effects: &mut Vec<Effect>) {
        match action {
            SelectAction::Only(area) => self.choose(vec![area], effects),
            SelectAction::Toggle(area) => {
                let mut selection = self.selection.clone();
                match selection.iter().position(|other| *other == area) {
                    Some(at) => drop(selection.remove(at)),
                    None => selection.push(area),
                }
                self.choose(selection, effects);
            }
            SelectAction::GoTo(area) => {
                self.choose(vec![area], effects);
                if let Some(area) = self.layer.layer.areas.get(area) {
                    self.reveal(area.bounds);
                }
            }
            SelectAction::Body(body) => self.go_to_body(body, effects),
            SelectAction::Hover(area) => {
                self.hovered = area.filter(|area| *area < self.layer.layer.areas.len());
            }
            SelectAction::Light(body) => self.light(body, effects),
            SelectAction::Clear => self.clear(),
            SelectAction::Step(direction) => self.step(direction, effects),
            SelectAction::Back => self.go_back(effects),
            SelectAction::Forward => self.go_forward(effects),
        }
    }

    /// Selects areas as a person does it: it can be gone back from.
    fn choose(&mut self, selection: Vec<usize>, effects: &mut Vec<Effect>) {
        // An act of a moment ago may have changed the map under this one.
        let known = self.layer.layer.areas.len();
        let selection: Vec<usize> = selection.into_iter().filter(|area| *area < known).collect();
        self.awaited = None;
        if self.selection != selection || self.focus.is_some() {
            self.remember();
        }
        self.select(selection, effects);
    }

    pub(super) fn select(&mut self, selection: Vec<usize>, effects: &mut Vec<Effect>) {
        for notice in &mut self.notices {
            notice.is_on_map &= notice.severity > Severity::Info;
        }
        self.selection = selection;
        self.mark = None;
        self.focus = None;
        self.is_focus_awaited = false;
        if !self.settings.has_selected && !self.selection.is_empty() {
            self.settings.has_selected = true;
            effects.push(Effect::SaveSettings);
        }
    }

    /// What is open on top goes first, then the playing, then the selection.
    fn clear(&mut self) {
        let is_closed = self.overlay.take().is_some() || self.mark.take().is_some();
        if is_closed || std::mem::take(&mut self.is_playing) {
            return;
        }
        if !self.selection.is_empty() || self.focus.is_some() {
            self.remember();
        }
        self.selection.clear();
        self.focus = None;
        self.lit = None;
    }

    /// Shows a body where it has an area: on this layer if it can be, else on the map of its own
    /// time. A body that has no map is shown by its outline on the map that is there.
    pub(super) fn go_to_body(&mut self, body: BodyId, effects: &mut Vec<Effect>) {
        let body = self.atlas.register.told_with(body);
        self.lit = None;
        self.overlay = None;
        self.is_playing = false;
        self.awaited = None;
        if let Some(area) = self.layer.area_of(body) {
            self.update_selection(SelectAction::GoTo(area), effects);
            return;
        }
        self.remember();
        let homes = follow::homes(&self.atlas.register, body);
        let own = homes.first().filter(|home| home.body == body && home.is_on_map());
        if let Some(home) = own {
            self.show_layer(LayerId::Bundled(home.edition), Some(body), effects);
            return;
        }
        self.select(Vec::new(), effects);
        self.focus = Some(body);
        self.is_focus_awaited = true;
        // Bodies of the past are shown on a map of their time.
        let edition = homes.first().map(|home| home.edition).filter(|_| {
            self.atlas.register.body(body).closed.is_some()
                && homes.iter().all(|h| h.kind == BodyKind::Stp)
        });
        if let Some(edition) = edition.filter(|edition| *edition != self.moment()) {
            self.show_layer(LayerId::Bundled(edition), None, effects);
            self.focus = Some(body);
        }
        self.decode_homes(body, effects);
        self.show_focus();
    }

    /// Moves the map to the focus if its areas are there.
    pub(super) fn show_focus(&mut self) {
        let Some(body) = self.focus.filter(|_| self.is_focus_awaited) else { return };
        let areas = self.areas_of(body);
        if areas.len() < follow::homes(&self.atlas.register, body).len() {
            return;
        }
        self.is_focus_awaited = false;
        let boxes = areas.iter().map(|lit| lit.layer.layer.areas[lit.area].bounds);
        if let Some(bounds) = boxes.reduce(union) {
            self.show_bounds(bounds);
        }
    }

    fn light(&mut self, body: Option<BodyId>, effects: &mut Vec<Effect>) {
        self.lit = body;
        if let Some(body) = body {
            self.decode_homes(body, effects);
        }
    }

    pub(super) fn decode_homes(&self, body: BodyId, effects: &mut Vec<Effect>) {
        for home in follow::homes(&self.atlas.register, body) {
            if self.atlas.ready_layer(home.kind, home.edition).is_none() {
                effects.push(Effect::Decode(home.kind, home.edition));
            }
        }
    }

    /// The nearest area in a direction, seen from the middle of the selected one; without a
    /// selection, the area in the middle of the map.
    fn step(&mut self, direction: Compass, effects: &mut Vec<Effect>) {
        let areas = &self.layer.layer.areas;
        let middle = |area: usize| areas[area].bounds.center();
        let from = self.last_selected().map_or(self.camera.centre, middle);
        let distance = |area: usize| -> Option<f64> {
            let to = middle(area);
            let (east, north) = (to.x - from.x, to.y - from.y);
            let (along, aside) = match direction {
                Compass::North => (north, east),
                Compass::East => (east, north),
                Compass::South => (-north, east),
                Compass::West => (-east, north),
            };
            // Within 45 degrees; what lies aside counts double.
            let is_ahead = along > 0.0 && aside.abs() <= along;
            is_ahead.then(|| along + 2.0 * aside.abs())
        };
        let nearest = match self.last_selected() {
            Some(_) => {
                let ahead = (0..areas.len()).filter_map(|a| distance(a).map(|d| (a, d)));
                ahead.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(area, _)| area)
            }
            None => self.layer.layer.area_at(from),
        };
        // In the sea there is nothing in the middle: then the nearest area all around.
        let gap = |area: usize| {
            let to = middle(area);
            (to.x - from.x).hypot(to.y - from.y)
        };
        let nearest = nearest.or_else(|| {
            let all = (0..areas.len()).filter(|_| self.last_selected().is_none());
            all.min_by(|a, b| gap(*a).total_cmp(&gap(*b)))
        });
        if let Some(area) = nearest {
            self.update_selection(SelectAction::GoTo(area), effects);
        }
    }

    fn go_back(&mut self, effects: &mut Vec<Effect>) {
        let present = self.visit();
        if let Some(visit) = self.history.back(present) {
            self.restore(visit, effects);
        }
    }

    fn go_forward(&mut self, effects: &mut Vec<Effect>) {
        let present = self.visit();
        if let Some(visit) = self.history.forward(present) {
            self.restore(visit, effects);
        }
    }

    /// Shows again what was looked at. Its layer was on show, so it is decoded.
    fn restore(&mut self, visit: Visit, effects: &mut Vec<Effect>) {
        self.is_playing = false;
        self.awaited = None;
        self.is_focus_awaited = false;
        if visit.layer != self.layer_id {
            self.show_layer(visit.layer, None, effects);
        }
        if visit.layer != self.layer_id {
            return; // areas are numbered by layer: the numbers would mean others here
        }
        self.selection = visit.selection;
        self.focus = visit.focus;
        if let Some(place) = visit.place {
            return self.return_to(place);
        }
        let areas = &self.layer.layer.areas;
        let boxes = self.selection.iter().map(|area| areas[*area].bounds);
        if let Some(bounds) = boxes.reduce(union) {
            self.reveal(bounds);
        }
    }
}
