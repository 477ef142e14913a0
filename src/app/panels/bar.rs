//! The top bar: opened files and commands.

use eframe::egui::{Align, Button, Layout, Ui};

use super::Actions;
use crate::app::action::LayerAction;
use crate::app::command::{Command, Shortcut};
use crate::app::files::name_of;
use crate::app::look::bold;
use crate::app::state::State;

/// Room in which all buttons of the bar stand, with the recent files, in points.
const ROOMY: f32 = 910.0;

pub fn bar_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(bold("ICS Atlas").size(16.0));
        ui.add_space(10.0);
        files_ui(ui, state, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // Opened files come first: what is in the palette besides can wait there.
            let is_roomy = ui.available_width() > ROOMY;
            let seldom = [Command::Present, Command::Bookmarks];
            for command in [
                Command::Help,
                Command::Explain,
                Command::Changes,
                Command::Palette,
                Command::ToggleDark,
                Command::CopyPicture,
                Command::SavePicture,
                Command::Present,
                Command::Bookmarks,
                Command::Open,
            ]
            .into_iter()
            .filter(|command| is_roomy || !seldom.contains(command))
            {
                command_ui(ui, state, command, actions);
            }
            recent_ui(ui, state, actions);
        });
    });
}

/// A button for a command, with its key in the tooltip.
pub fn command_ui(ui: &mut Ui, state: &State, command: Command, actions: &mut Actions) {
    let label = match command {
        Command::Help => "Keys",
        Command::Explain => "Explain",
        Command::Palette => "Actions",
        Command::ToggleDark if state.settings.dark => "Light",
        Command::ToggleDark => "Dark",
        other => other.label(),
    };
    let button = ui.add_enabled(command.is_enabled(state), Button::new(label));
    if button.on_hover_text(hint_of(command)).clicked() {
        actions.push(command.action(state));
    }
}

/// A shortcut as it is printed on keyboards.
pub fn key_name(shortcut: Shortcut) -> String {
    let key = match shortcut.key {
        "Escape" => "Esc",
        "Plus" => "+",
        "Minus" => "-",
        "PageUp" => "Page up",
        "PageDown" => "Page down",
        other => other,
    };
    match shortcut {
        Shortcut { ctrl: true, .. } => format!("Ctrl+{key}"),
        Shortcut { alt: true, .. } => format!("Alt+{key}"),
        _ => key.to_owned(),
    }
}

/// What a command does, with its key.
pub fn hint_of(command: Command) -> String {
    match command.shortcut() {
        Some(shortcut) => format!("{} ({})", command.hint(), key_name(shortcut)),
        None => command.hint().to_owned(),
    }
}

/// The files that are open, beside the bundled maps.
fn files_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for (id, joined) in state.atlas.opened() {
        ui.separator();
        let about = &joined.layer.about;
        let title = shortened(&about.title);
        let hint = format!("{}: {}", about.title, joined.layer.count_in_words());
        if ui.selectable_label(state.layer_id == id, title).on_hover_text(hint).clicked() {
            actions.push(LayerAction::Choose(id).into());
        }
        let hint = format!("Close {}", about.title);
        if state.layer_id == id {
            let about = ui.small_button("…").accessible_name(Command::AboutFile.label());
            if about.on_hover_text(hint_of(Command::AboutFile)).clicked() {
                actions.push(Command::AboutFile.action(state));
            }
        }
        let close = ui.small_button("×").accessible_name(hint.as_str()).on_hover_text(hint);
        if close.clicked() {
            actions.push(LayerAction::Close(id).into());
        }
    }
}

/// The files that were opened before.
fn recent_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    if state.settings.recent.is_empty() {
        return;
    }
    ui.menu_button("Recent", |ui| {
        for recent in &state.settings.recent {
            let folder = recent.path.parent().map(|folder| folder.display().to_string());
            let button = ui.button(name_of(&recent.path));
            if button.on_hover_text(folder.unwrap_or_default()).clicked() {
                actions.push(LayerAction::Open(recent.path.clone()).into());
            }
        }
        ui.separator();
        if ui.button("Forget these files").clicked() {
            actions.push(LayerAction::ForgetRecent.into());
        }
    });
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
