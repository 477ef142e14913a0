//! What the find box has found, grouped by kind.

use eframe::egui::{Button, Frame, Key, Label, Margin, RichText, ScrollArea, Ui};

use super::Actions;
use crate::app::action::{PanelAction, SelectAction};
use crate::app::look::{bold, tokens};
use crate::app::state::State;
use crate::geo::grid_ref::format_grid_ref;
use crate::model::BodyId;

/// Draws them; returns the body whose row the pointer or the keyboard is on.
pub fn results_ui(ui: &mut Ui, state: &State, actions: &mut Actions) -> Option<BodyId> {
    let quiet = tokens(ui.ctx()).quiet;
    let register = &state.atlas.register;
    let mut lit = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        place_ui(ui, state, actions);
        if state.found.is_empty() && state.found_place().is_none() {
            let text = format!("Nothing is called \"{}\".", state.find.trim());
            ui.label(RichText::new(text).color(quiet));
            let hint = "Try a part of the name, an ODS or ONS code, a grid reference (TQ 37 76) or latitude and longitude (51.47, -0.02).";
            ui.add(Label::new(RichText::new(hint).small().color(quiet)).wrap());
        }
        let mut kind = None;
        for (index, id) in state.found.iter().copied().enumerate() {
            let body = register.body(id);
            if kind != Some(body.kind) {
                kind = Some(body.kind);
                ui.add_space(6.0);
                ui.label(bold(body.kind.plural()).size(12.0).color(quiet));
            }
            if row_ui(ui, state, id, index == state.found_at, actions) {
                lit = Some(id);
            }
        }
    });
    lit
}

/// The text is a place: what is there, and a way to go there.
fn place_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(place) = state.found_place() else { return };
    ui.label(bold("Place").size(12.0).color(tokens(ui.ctx()).quiet));
    let area = state.layer.layer.area_at(place);
    let name = area.map_or("no area of this map", |area| state.layer.names[area].as_str());
    let grid = format_grid_ref(place).unwrap_or_default();
    let row = ui.add(Button::selectable(true, format!("{grid}: {name}")).wrap());
    if row.clicked() {
        actions.push(PanelAction::FindGo.into());
    }
}

/// One body, with its code and dates, and what became of it if it is gone; returns whether it
/// wants to be lit up.
fn row_ui(ui: &mut Ui, state: &State, id: BodyId, is_marked: bool, actions: &mut Actions) -> bool {
    let register = &state.atlas.register;
    let body = register.body(id);
    let row = ui.add(Button::selectable(is_marked, RichText::new(&body.name).size(13.0)).wrap());
    if row.clicked() {
        actions.push(SelectAction::Body(id).into());
    }
    let moves = |key| ui.input(|input| input.key_pressed(key));
    if is_marked && (moves(Key::ArrowDown) || moves(Key::ArrowUp)) {
        row.scroll_to_me(None);
    }
    let became = || {
        let heirs = register.heirs(id);
        let names: Vec<&str> =
            heirs.iter().map(|heir| register.body(*heir).short_name.as_str()).collect();
        (!names.is_empty()).then(|| format!("now {}", names.join(register.heirs_joined_by(id))))
    };
    let until = body.closed.map(|day| format!("until {}", day.in_words()));
    let parent = body.parent.map(|parent| register.body(parent).short_name.clone());
    let words = [body.code().map(str::to_owned), parent, until, became()];
    let rest = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if !rest.is_empty() {
        let text = RichText::new(rest).small().color(tokens(ui.ctx()).quiet);
        let margin = Margin { left: 9, right: 0, top: 0, bottom: 4 };
        Frame::new().inner_margin(margin).show(ui, |ui| ui.add(Label::new(text).wrap()));
    }
    row.hovered() || row.has_focus()
}
