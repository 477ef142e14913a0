//! Explanations of the terms, and the history as a timeline.

use eframe::egui::{
    Align, Button, Frame, Id, Label, Layout, Margin, Modal, RichText, ScrollArea, Ui, vec2,
};

use super::Actions;
use crate::app::action::PanelAction;
use crate::app::look::{bold, tokens};
use crate::app::state::{Overlay, State};
use crate::explain::{HISTORY, PAGES, Page, page};

pub fn explain_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let Some(Overlay::Explain(shown)) = state.overlay else { return };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(18));
    let height = (ui.ctx().content_rect().height() - 140.0).clamp(240.0, 520.0);
    let modal = Modal::new(Id::unique("explain")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(720.0);
        ui.set_height(height);
        ui.horizontal_top(|ui| {
            let column = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(190.0, height - 36.0), column, |ui| {
                ScrollArea::vertical().id_salt("contents").auto_shrink(false).show(ui, |ui| {
                    contents_ui(ui, shown, actions);
                });
            });
            ui.separator();
            ui.vertical(|ui| {
                ui.set_height(height - 36.0);
                // Each page starts at its top.
                ScrollArea::vertical().id_salt(shown).auto_shrink(false).show(ui, |ui| match page(
                    shown,
                ) {
                    Some(page) => page_ui(ui, page, actions),
                    None => history_ui(ui, state),
                });
            });
        });
        if ui.button("Close").clicked() {
            ui.close();
        }
    });
    if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Explain(shown)).into());
    }
}

fn contents_ui(ui: &mut Ui, shown: &'static str, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let pages = PAGES.iter().map(|page| (page.id, page.title));
    for (id, title) in pages.chain([(HISTORY, "The history as a timeline")]) {
        if ui.add(Button::selectable(id == shown, title).wrap()).clicked() && id != shown {
            actions.push(PanelAction::Explain(id).into());
        }
    }
}

fn page_ui(ui: &mut Ui, page: &Page, actions: &mut Actions) {
    let quiet = tokens(ui.ctx()).quiet;
    ui.add(Label::new(bold(page.title).size(19.0)).wrap());
    ui.add_space(4.0);
    for paragraph in page.text {
        ui.add(Label::new(*paragraph).wrap());
        ui.add_space(6.0);
    }
    if !page.see.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("See also").color(quiet));
            for other in page.see.iter().filter_map(|id| crate::explain::page(id)) {
                if ui.link(other.title).on_hover_text(other.brief).clicked() {
                    actions.push(PanelAction::Explain(other.id).into());
                }
            }
        });
    }
    ui.add_space(8.0);
    ui.label(bold("Sources").size(12.5).color(quiet));
    for source in page.sources {
        ui.add(Label::new(RichText::new(*source).small()).wrap());
    }
}

/// All national events, with their sources.
fn history_ui(ui: &mut Ui, state: &State) {
    let quiet = tokens(ui.ctx()).quiet;
    ui.add(Label::new(bold("The history as a timeline").size(19.0)).wrap());
    for event in &state.atlas.register.events {
        ui.add_space(6.0);
        ui.label(bold(event.date.in_words()).size(12.5).color(quiet));
        ui.add(Label::new(&event.text).wrap());
        ui.add(Label::new(RichText::new(&event.source).small().color(quiet)).wrap());
    }
}
