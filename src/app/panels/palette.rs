//! The palette: every action, found by typing a part of its name.

use eframe::egui::{
    Button, Frame, Id, Key, Margin, Modal, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2,
};

use super::Actions;
use super::bar::key_name;
use crate::app::action::PanelAction;
use crate::app::command::Command;
use crate::app::look::tokens;
use crate::app::state::{Overlay, State};

/// What is typed and marked; kept by the window while the palette is open.
#[derive(Debug, Clone, Default)]
struct Typed {
    text: String,
    at: usize,
}

pub fn palette_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let id = Id::unique("palette");
    if state.overlay != Some(Overlay::Palette) {
        ui.data_mut(|data| data.remove::<Typed>(id));
        return;
    }
    let mut typed = ui.data_mut(|data| data.get_temp::<Typed>(id)).unwrap_or_default();
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (up, down, enter) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter));
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(14));
    let modal = Modal::new(id).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        let edit = TextEdit::singleline(&mut typed.text)
            .hint_text("What do you want to do?")
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.request_focus();
        if response.changed() {
            typed.at = 0;
        }
        let found = matching(&typed.text, state);
        typed.at = typed.at.min(found.len().saturating_sub(1));
        if up {
            typed.at = typed.at.saturating_sub(1);
        }
        if down && typed.at + 1 < found.len() {
            typed.at += 1;
        }
        ui.add_space(6.0);
        let mut chosen = found.get(typed.at).copied().filter(|_| enter);
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            for (index, command) in found.iter().copied().enumerate() {
                if row_ui(ui, command, index == typed.at, up || down) {
                    chosen = Some(command);
                }
            }
            if found.is_empty() {
                ui.label(RichText::new("No action is called that.").color(tokens(ui.ctx()).quiet));
            }
        });
        chosen
    });
    if let Some(command) = modal.inner {
        actions.push(PanelAction::Toggle(Overlay::Palette).into());
        actions.push(command.action(state));
    } else if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Palette).into());
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
}

/// The commands that can be used now and whose label or hint has every word of a text; those
/// whose label has them come first.
fn matching(text: &str, state: &State) -> Vec<Command> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let has_all = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let usable = Command::ALL.into_iter().filter(|c| *c != Command::Palette && c.is_enabled(state));
    let (by_label, others): (Vec<_>, Vec<_>) = usable.partition(|c| has_all(c.label()));
    let by_hint = others.into_iter().filter(|c| has_all(&format!("{} {}", c.label(), c.hint())));
    by_label.into_iter().chain(by_hint).collect()
}

/// One command; returns whether it was clicked.
fn row_ui(ui: &mut Ui, command: Command, is_marked: bool, follow: bool) -> bool {
    let key = command.shortcut().map(key_name).unwrap_or_default();
    let button = Button::selectable(is_marked, command.label())
        .shortcut_text(key)
        .min_size(vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    if is_marked && follow {
        response.scroll_to_me(None);
    }
    response.on_hover_text(command.hint()).clicked()
}
