//! The list of keys.

use eframe::egui::{Frame, Grid, Id, Margin, Modal, Ui};

use super::Actions;
use super::bar::key_name;
use crate::app::action::PanelAction;
use crate::app::command::Command;
use crate::app::look::bold;
use crate::app::state::{Overlay, State};

/// What can be done, and with which key or movement of the mouse.
fn key_rows() -> Vec<(&'static str, String)> {
    let mouse = [
        ("Select a system", "Click"),
        ("Select one more", "Ctrl+click"),
        ("Zoom to a system", "Double click"),
        ("Zoom at the pointer", "Wheel"),
        ("Move the map", "Drag, Shift+arrows"),
        ("Move a name on the map", "Alt+drag"),
        ("Step to the next area", "Arrow keys on the map"),
        ("Step through bookmarks", "Right, Left (presenting)"),
        ("Open a file", "Drop it on the map"),
        ("Larger or smaller text", "Ctrl++, Ctrl+-"),
    ];
    let mouse = mouse.into_iter().map(|(what, how)| (what, how.to_owned()));
    let keys = Command::ALL.into_iter().filter_map(|command| {
        command.shortcut().map(|shortcut| (command.label(), key_name(shortcut)))
    });
    mouse.chain(keys).collect()
}

/// What keys and mouse do.
pub fn help_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    if state.overlay != Some(Overlay::Help) {
        return;
    }
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::unique("help")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 80.0).min(880.0));
        ui.label(bold("Keys and mouse").size(17.0));
        ui.add_space(6.0);
        let rows = key_rows();
        let half = rows.len().div_ceil(2);
        ui.columns(2, |columns| {
            for ((number, rows), ui) in rows.chunks(half).enumerate().zip(columns) {
                Grid::new(("keys", number)).num_columns(2).spacing([20.0, 4.0]).show(ui, |ui| {
                    for (what, how) in rows {
                        ui.label(*what);
                        ui.label(bold(how).size(13.0));
                        ui.end_row();
                    }
                });
            }
        });
        ui.add_space(8.0);
        if ui.button("Close").clicked() {
            ui.close();
        }
    });
    if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Help).into());
    }
}
