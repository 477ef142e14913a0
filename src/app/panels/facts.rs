//! Small pieces of the side panel: a fact with its label, a link to a body, a colour.

use eframe::egui::{Color32, Label, RichText, Ui, vec2};

use super::Actions;
use crate::app::action::SelectAction;
use crate::app::lineage::homes;
use crate::app::look::{bold, tokens};
use crate::model::Register;
use crate::model::profile::Relative;
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

/// A name that goes to its area when clicked and lights it up when hovered or focused; a body
/// without an area on any map is a plain name. Returns whether it wants to be lit.
pub fn body_link_ui(
    ui: &mut Ui,
    register: &Register,
    relative: &Relative,
    rest: &str,
    actions: &mut Actions,
) -> bool {
    let id = relative.id;
    let mut is_lit = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let small = RichText::new(rest).small().color(tokens(ui.ctx()).quiet);
        if homes(register, id).is_empty() {
            ui.label(&relative.name);
            ui.label(small);
            return;
        }
        let link = ui.link(&relative.name).on_hover_text("Click to go there");
        if link.clicked() {
            actions.push(SelectAction::Body(id).into());
        }
        is_lit = link.hovered() || link.has_focus();
        ui.label(small);
    });
    is_lit
}

/// The colour of a paint on the map.
pub fn paint_color(paint: Paint) -> Color32 {
    let color = Theme::LIGHT.color(paint);
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
