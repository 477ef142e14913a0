//! Notices: the newest one at the foot of the map, or all of them with their details.

use eframe::egui::{
    Align, Align2, Area, Frame, Id, Label, Layout, Link, Margin, Order, RichText, ScrollArea,
    Stroke, Ui, vec2,
};

use super::Actions;
use crate::app::action::{LayerAction, PanelAction};
use crate::app::look::{bold, severity_color, tokens};
use crate::app::notice::Notice;
use crate::app::state::{Overlay, State};
use crate::diag::{Diagnostic, Place, Severity};
use crate::model::LayerId;

/// Width of the notices in points, and while the map is presented.
const WIDTH: f32 = 560.0;
const NARROW: f32 = 360.0;

pub fn notices_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let tokens = tokens(ui.ctx());
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(8)
        .inner_margin(Margin::same(12))
        .shadow(ui.visuals().popup_shadow);
    let is_open = state.overlay == Some(Overlay::Notices);
    // An audience need not know that all went well.
    let matters = |notice: &Notice| !state.is_presenting() || notice.severity > Severity::Info;
    let newest = state.notices.iter().rposition(|notice| notice.is_on_map && matters(notice));
    let is_covered = state.overlay == Some(Overlay::File);
    if !is_open && (newest.is_none() || is_covered) {
        return;
    }
    // The foot of a presented map is for the line about bookmarks.
    let is_small = state.is_presenting() && !is_open;
    let (anchor, offset) = if is_small {
        (Align2::CENTER_TOP, vec2(0.0, 14.0))
    } else {
        (Align2::CENTER_BOTTOM, vec2(0.0, -44.0))
    };
    Area::new(Id::unique("notices")).order(Order::Foreground).anchor(anchor, offset).show(
        ui.ctx(),
        |ui| {
            frame.show(ui, |ui| {
                ui.set_width(if is_small { NARROW } else { WIDTH });
                if is_open {
                    list_ui(ui, state, actions);
                } else if let Some(index) = newest {
                    let notice = &state.notices[index];
                    title_ui(ui, notice);
                    ui.horizontal(|ui| {
                        buttons_ui(ui, index, notice, actions);
                        if !notice.details.is_empty() {
                            let label = format!("Details ({})", notice.details.len());
                            if ui.small_button(label).clicked() {
                                actions.push(PanelAction::Toggle(Overlay::Notices).into());
                            }
                        }
                    });
                }
            });
        },
    );
}

/// All notices, the newest first, each with its details.
fn list_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(bold("Notices").size(16.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.small_button("Close").clicked() {
                actions.push(PanelAction::Toggle(Overlay::Notices).into());
            }
            if ui.small_button("Dismiss all").clicked() {
                actions.push(PanelAction::DismissAll.into());
            }
            if ui.small_button("Copy all").clicked() {
                let texts: Vec<String> = state.notices.iter().map(Notice::in_words).collect();
                actions.push(PanelAction::CopyText(texts.join("\n\n")).into());
            }
        });
    });
    let height = (ui.ctx().content_rect().height() * 0.5).max(240.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height.min(300.0)).show(
        ui,
        |ui| {
            for (index, notice) in state.notices.iter().enumerate().rev() {
                ui.push_id(index, |ui| {
                    ui.separator();
                    title_ui(ui, notice);
                    details_ui(ui, &notice.details, notice.layer, actions);
                    ui.horizontal(|ui| buttons_ui(ui, index, notice, actions));
                });
            }
        },
    );
}

fn title_ui(ui: &mut Ui, notice: &Notice) {
    let color = severity_color(ui.ctx(), notice.severity);
    ui.add(Label::new(RichText::new(&notice.title).color(color)).wrap());
}

fn buttons_ui(ui: &mut Ui, index: usize, notice: &Notice, actions: &mut Actions) {
    if ui.small_button("Dismiss").clicked() {
        actions.push(PanelAction::Dismiss(index).into());
    }
    if ui.small_button("Copy").clicked() {
        actions.push(PanelAction::CopyText(notice.in_words()).into());
    }
}

/// Diagnostics with severity, place and remedy; what is on the map is a link to it.
pub fn details_ui(
    ui: &mut Ui,
    details: &[Diagnostic],
    layer: Option<LayerId>,
    actions: &mut Actions,
) {
    let quiet = tokens(ui.ctx()).quiet;
    for detail in details {
        ui.add_space(3.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            let word = match detail.severity {
                Severity::Info => "Note",
                Severity::Warning => "Warning",
                Severity::Error => "Error",
            };
            let color = severity_color(ui.ctx(), detail.severity);
            ui.label(bold(word).size(12.0).color(color));
            if detail.place != Place::File {
                ui.label(bold(detail.place.to_string()).size(12.0));
            }
            if let Some(part) = detail.on_map {
                let link = ui.add(Link::new(RichText::new("show").small()));
                if link.on_hover_text("Show the place on the map").clicked() {
                    actions.push(LayerAction::ShowPart(layer, part).into());
                }
            }
        });
        ui.add(Label::new(RichText::new(&detail.message).small()).wrap());
        if !detail.hint.is_empty() {
            ui.add(Label::new(RichText::new(&detail.hint).small().color(quiet)).wrap());
        }
    }
}
