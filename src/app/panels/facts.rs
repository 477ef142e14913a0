//! Small pieces of the side panel: a fact with its label, a link to a body, a colour.

use eframe::egui::{Color32, Label, RichText, Ui, vec2};

use super::Actions;
use crate::app::action::SelectAction;
use crate::app::look::{bold, tokens};
use crate::model::BodyId;
use crate::style::theme::{Paint, Theme};

/// A heading of a section.
pub fn section_ui(ui: &mut Ui, title: &str) {
    ui.add_space(8.0);
    ui.separator();
    ui.label(bold(title).size(12.5).color(tokens(ui.ctx()).quiet));
}

/// A label above its value; what is not recorded says so in grey.
pub fn fact_ui(ui: &mut Ui, label: &str, value: Option<&str>) {
    let tokens = tokens(ui.ctx());
    ui.horizontal_top(|ui| {
        let size = vec2(92.0, 0.0);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(size.x);
            ui.label(RichText::new(label).size(12.5).color(tokens.quiet));
        });
        match value {
            Some(value) => ui.add(Label::new(value).wrap()),
            None => ui.label(RichText::new("not recorded").italics().color(tokens.quiet)),
        };
    });
}

/// A name that goes to its area when clicked and lights it up when hovered or focused.
/// Returns whether it wants to be lit.
pub fn body_link_ui(
    ui: &mut Ui,
    name: &str,
    rest: &str,
    id: BodyId,
    actions: &mut Actions,
) -> bool {
    let mut is_lit = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let link = ui.link(name).on_hover_text("Click to go there");
        if link.clicked() {
            actions.push(SelectAction::Body(id).into());
        }
        is_lit = link.hovered() || link.has_focus();
        ui.label(RichText::new(rest).small().color(tokens(ui.ctx()).quiet));
    });
    is_lit
}

/// The colour of a paint on the map.
pub fn paint_color(paint: Paint) -> Color32 {
    let color = Theme::LIGHT.color(paint);
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
