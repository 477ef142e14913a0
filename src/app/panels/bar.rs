//! The top bar: editions and commands.

use eframe::egui::{Align, Button, Layout, Ui};

use super::Actions;
use crate::app::action::LayerAction;
use crate::app::command::Command;
use crate::app::look::bold;
use crate::app::state::State;
use crate::model::{BodyKind, Edition, LayerId};

pub fn bar_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(bold("ICS Atlas").size(16.0));
        ui.add_space(10.0);
        editions_ui(ui, state, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for command in [
                Command::Help,
                Command::ToggleDark,
                Command::CopyPicture,
                Command::SavePicture,
                Command::Open,
            ] {
                command_ui(ui, state, command, actions);
            }
        });
    });
}

/// A button for a command, with its key in the tooltip.
pub fn command_ui(ui: &mut Ui, state: &State, command: Command, actions: &mut Actions) {
    let label = match command {
        Command::Help => "Keys",
        Command::ToggleDark if state.settings.dark => "Light",
        Command::ToggleDark => "Dark",
        other => other.label(),
    };
    let hint = match command.shortcut() {
        Some(shortcut) => format!("{} ({})", command.hint(), key_name(shortcut)),
        None => command.hint().to_owned(),
    };
    let button = ui.add_enabled(command.is_enabled(state), Button::new(label));
    if button.on_hover_text(hint).clicked() {
        actions.push(command.action());
    }
}

/// A shortcut as it is printed on keyboards.
pub fn key_name(shortcut: crate::app::command::Shortcut) -> String {
    let key = match shortcut.key {
        "Escape" => "Esc",
        "Plus" => "+",
        "Minus" => "-",
        other => other,
    };
    if shortcut.ctrl { format!("Ctrl+{key}") } else { key.to_owned() }
}

fn editions_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for edition in Edition::MAPS {
        let id = LayerId::Bundled(edition);
        let awaited = state.awaited.is_some_and(|(other, _)| other == id);
        let chosen = state.layer_id == id || awaited;
        let what = match edition.kind() {
            BodyKind::Ccg => "clinical commissioning groups",
            _ => "integrated care boards",
        };
        let count = state.atlas.register.areas_of(edition.kind(), edition).count();
        let hint = format!("{}: {count} {what}", edition.title());
        if ui.selectable_label(chosen, edition.year()).on_hover_text(hint).clicked() {
            actions.push(LayerAction::Choose(id).into());
        }
    }
    for (id, joined) in state.atlas.opened() {
        ui.separator();
        let about = &joined.layer.about;
        let title = shortened(&about.title);
        let hint = format!("{}: {}", about.title, joined.layer.count_in_words());
        if ui.selectable_label(state.layer_id == id, title).on_hover_text(hint).clicked() {
            actions.push(LayerAction::Choose(id).into());
        }
        let hint = format!("Close {}", about.title);
        let close = ui.small_button("×").accessible_name(hint.as_str()).on_hover_text(hint);
        if close.clicked() {
            actions.push(LayerAction::Close(id).into());
        }
    }
}

/// A file name of at most 24 characters, its middle left out.
fn shortened(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= 24 {
        return name.to_owned();
    }
    let (start, end) = (chars[..13].iter(), chars[chars.len() - 10..].iter());
    start.chain(std::iter::once(&'…')).chain(end).collect()
}
