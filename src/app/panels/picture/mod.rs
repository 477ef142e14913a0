//! The dialog in which a picture is made: what is chosen on the left, what comes out on the right.

mod choices;
mod preview;

use eframe::egui::{Align, Button, Frame, Id, Layout, Margin, Modal, ScrollArea, Ui, vec2};

use super::Actions;
use super::bar::hint_of;
use crate::app::action::{CopyAs, PanelAction, PictureAction};
use crate::app::command::Command;
use crate::app::look::bold;
use crate::app::state::{Overlay, State};

/// Width of what can be chosen.
const CHOICES: f32 = 300.0;

pub fn picture_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    if state.overlay != Some(Overlay::Picture) {
        return;
    }
    let room = ui.ctx().content_rect().size() - vec2(56.0, 56.0);
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(14));
    let modal = Modal::new(Id::unique("picture")).frame(frame).show(ui.ctx(), |ui| {
        let inner = room - vec2(28.0, 28.0);
        ui.set_width(inner.x);
        ui.horizontal(|ui| {
            ui.label(bold("Save picture").size(17.0));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    ui.close();
                }
            });
        });
        ui.add_space(6.0);
        let height = inner.y - 82.0;
        ui.horizontal_top(|ui| {
            let column = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(CHOICES, height), column, |ui| {
                ui.set_width(CHOICES);
                let area = ScrollArea::vertical().max_height(height).auto_shrink([false, false]);
                area.show(ui, |ui| choices::choices_ui(ui, state, actions));
            });
            ui.add_space(8.0);
            let size = vec2(ui.available_width(), height);
            preview::preview_ui(ui, state, size, actions);
        });
        ui.add_space(8.0);
        buttons_ui(ui, state, actions);
    });
    if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Picture).into());
    }
}

fn buttons_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let can_ask = state.asking.is_none();
        let mut button = |label: &str, hint: &str, is_enabled: bool, action: PictureAction| {
            let button = ui.add_enabled(is_enabled, Button::new(label));
            if button.on_hover_text(hint).clicked() {
                actions.push(action.into());
            }
        };
        button("Save…", "Choose where to save the picture", can_ask, PictureAction::AskWhere);
        let copy = |way| PictureAction::Copy(way);
        button("Copy", "Copy the picture, to paste it into a slide", true, copy(CopyAs::Pixels));
        button("Copy SVG", &hint_of(Command::CopySvg), true, copy(CopyAs::Svg));
        let can_undo = state.making.can_undo();
        button("Undo", &hint_of(Command::UndoPicture), can_undo, PictureAction::Undo);
        let hint = "Keep all that is chosen here in a file, to make the same picture again";
        button("Save recipe…", hint, can_ask, PictureAction::AskWhereRecipe);
        let hint = "Take over what was kept in a file";
        button("Open recipe…", hint, can_ask, PictureAction::AskForRecipe);
    });
}
