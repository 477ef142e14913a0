//! The panels: each reads the state and pushes actions.

mod bar;
mod bookmarks;
mod card;
mod changes;
mod details;
mod explain;
mod figures;
mod file;
mod histogram;
mod keys;
mod lineage;
mod map;
mod names;
mod notices;
mod palette;
mod picture;
mod present;
mod results;
mod status;
mod systems;
mod timeline;

pub use bookmarks::rename_id;
pub use map::map_id;
pub use present::step_keys;
pub use systems::find_id;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui, UiBuilder};

use super::action::{Action, SelectAction};
use super::ground::Under;
use super::look;
use super::state::State;
use crate::scene::Scene;

/// What the panels ask for.
pub type Actions = Vec<Action>;

/// The map: its scene, and the picture of its ground.
pub type Shown<'a> = (&'a Scene, Option<Under<'a>>);

/// Draws in the room that is left without making it wider: a long word in a list must not move
/// the border of its panel.
fn pinned<R>(ui: &mut Ui, id: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
    ui.advance_cursor_after_rect(rect);
    add(&mut inside)
}

/// Draws the whole window.
pub fn all_ui(
    ui: &mut Ui,
    state: &State,
    shown: Shown<'_>,
    focus_find: bool,
    actions: &mut Actions,
) {
    if state.is_presenting() {
        present::present_ui(ui, state, shown, actions);
    } else {
        panels_ui(ui, state, shown, focus_find, actions);
    }
    notices::notices_ui(ui, state, actions);
    keys::help_ui(ui, state, actions);
    file::file_ui(ui, state, actions);
    file::parts_ui(ui, state, actions);
    explain::explain_ui(ui, state, actions);
    lineage::lineage_ui(ui, state, actions);
    picture::picture_ui(ui, state, actions);
    bookmarks::bookmarks_ui(ui, state, actions);
    palette::palette_ui(ui, state, actions);
}

/// The map with the panels around it.
fn panels_ui(
    ui: &mut Ui,
    state: &State,
    shown: Shown<'_>,
    focus_find: bool,
    actions: &mut Actions,
) {
    let tokens = look::tokens(ui.ctx());
    let frame = |x, y| Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(x, y));
    Panel::top("bar").frame(frame(12, 7)).show(ui, |ui| bar::bar_ui(ui, state, actions));
    Panel::top("time").frame(frame(12, 2)).show(ui, |ui| timeline::timeline_ui(ui, state, actions));
    Panel::bottom("status")
        .frame(frame(12, 4))
        .show(ui, |ui| status::status_ui(ui, state, actions));
    let left = Panel::left("systems")
        .frame(frame(12, 8))
        .default_size(236.0)
        .size_range(180.0..=400.0)
        .show(ui, |ui| {
            pinned(ui, "list", |ui| systems::systems_ui(ui, state, focus_find, actions))
        });
    let right = Panel::right("details")
        .frame(frame(14, 10))
        .default_size(336.0)
        .size_range(260.0..=560.0)
        .show(ui, |ui| {
            pinned(ui, "subject", |ui| match &state.comparison {
                Some(comparison) => {
                    changes::changes_ui(ui, state, comparison, actions);
                    None
                }
                None => details::details_ui(ui, state, actions),
            })
        });
    let lit = left.inner.or(right.inner);
    if lit != state.lit {
        actions.push(SelectAction::Light(lit).into());
    }
    CentralPanel::no_frame().show(ui, |ui| map::map_ui(ui, state, shown, actions));
}
