//! Notices, and the list of keys.

use eframe::egui::{
    Align2, Area, Frame, Grid, Id, Label, Margin, Modal, Order, RichText, ScrollArea, Stroke, Ui,
    vec2,
};

use super::Actions;
use super::bar::key_name;
use crate::app::action::PanelAction;
use crate::app::command::Command;
use crate::app::look::{bold, tokens};
use crate::app::notice::Notice;
use crate::app::state::{Overlay, State};
use crate::diag::Severity;

/// The newest notice at the foot of the map, or all of them.
pub fn notices_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let tokens = tokens(ui.ctx());
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(8)
        .inner_margin(Margin::same(12))
        .shadow(ui.visuals().popup_shadow);
    let is_open = state.overlay == Some(Overlay::Notices);
    let newest = state.notices.iter().rposition(|notice| notice.is_on_map);
    if !is_open && newest.is_none() {
        return;
    }
    Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -44.0))
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(520.0);
                let on_map =
                    newest.filter(|_| !is_open).map(|index| (index, &state.notices[index]));
                if let Some((index, notice)) = on_map {
                    notice_ui(ui, index, notice, false, actions);
                    return;
                }
                ScrollArea::vertical().max_height(360.0).min_scrolled_height(240.0).show(
                    ui,
                    |ui| {
                        for (index, notice) in state.notices.iter().enumerate().rev() {
                            notice_ui(ui, index, notice, true, actions);
                        }
                    },
                );
            });
        });
}

fn notice_ui(ui: &mut Ui, index: usize, notice: &Notice, is_open: bool, actions: &mut Actions) {
    let tokens = tokens(ui.ctx());
    let color = match notice.severity {
        Severity::Info => tokens.text,
        Severity::Warning => tokens.warning,
        Severity::Error => tokens.error,
    };
    ui.push_id(index, |ui| {
        ui.add(Label::new(RichText::new(&notice.title).color(color)).wrap());
        if is_open {
            for detail in &notice.details {
                ui.add(Label::new(RichText::new(detail.to_string()).small()).wrap());
            }
        }
        ui.horizontal(|ui| {
            if ui.small_button("Dismiss").clicked() {
                actions.push(PanelAction::Dismiss(index).into());
            }
            if ui.small_button("Copy").clicked() {
                actions.push(PanelAction::CopyText(notice.in_words()).into());
            }
            if !is_open && !notice.details.is_empty() {
                let label = format!("Details ({})", notice.details.len());
                if ui.small_button(label).clicked() {
                    actions.push(PanelAction::Toggle(Overlay::Notices).into());
                }
            }
        });
    });
}

/// What can be done, and with which key or movement of the mouse.
fn key_rows() -> Vec<(&'static str, String)> {
    let mouse = [
        ("Select a system", "Click"),
        ("Select one more", "Ctrl+click"),
        ("Zoom to a system", "Double click"),
        ("Zoom at the pointer", "Wheel"),
        ("Move the map", "Drag, Shift+arrows"),
        ("Step to the next area", "Arrow keys on the map"),
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
        ui.set_width(660.0);
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
