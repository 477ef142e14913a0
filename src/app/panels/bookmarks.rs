//! The list of bookmarks, over the map and beside it: the map answers while it is open.

use eframe::egui::{
    Align, Align2, Button, Frame, Id, Key, Label, Layout, Margin, RichText, ScrollArea, TextEdit,
    Ui, Window,
};

use super::Actions;
use super::bar::{hint_of, key_name};
use crate::app::action::{BookmarkAction, PanelAction};
use crate::app::bookmarks::Bookmark;
use crate::app::command::Command;
use crate::app::look::{bold, tokens};
use crate::app::state::{Overlay, State};

const WIDTH: f32 = 440.0;
/// Room for the buttons of a row.
const BUTTONS: f32 = 172.0;

/// The new name of a bookmark as far as it is typed; kept by the window.
#[derive(Debug, Clone)]
struct Renaming {
    index: usize,
    text: String,
    is_new: bool,
}

/// Where it is left whether a name is being typed, for the frame after.
pub fn rename_id() -> Id {
    Id::unique("rename-had-focus")
}

pub fn bookmarks_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    if state.overlay != Some(Overlay::Bookmarks) {
        ui.data_mut(|data| {
            data.remove::<bool>(rename_id());
            data.remove::<Renaming>(renaming_id());
        });
        return;
    }
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(14));
    Window::new("Bookmarks")
        .id(Id::unique("bookmarks"))
        .title_bar(false)
        .resizable(false)
        .frame(frame)
        .anchor(Align2::CENTER_TOP, [0.0, 96.0])
        .show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            head_ui(ui, state, actions);
            ui.add_space(4.0);
            if state.settings.bookmarks.is_empty() {
                empty_ui(ui);
            } else {
                list_ui(ui, state, actions);
            }
            deleted_ui(ui, state, actions);
        });
}

fn renaming_id() -> Id {
    Id::unique("renaming")
}

fn head_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(bold("Bookmarks").size(16.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Close").clicked() {
                actions.push(PanelAction::Toggle(Overlay::Bookmarks).into());
            }
            for command in [Command::Present, Command::Bookmark] {
                let button = ui.button(command.label()).on_hover_text(hint_of(command));
                if button.clicked() {
                    actions.push(command.action(state));
                }
            }
        });
    });
}

/// How to make the first one.
fn empty_ui(ui: &mut Ui) {
    let key = Command::Bookmark.shortcut().map(key_name).unwrap_or_default();
    let text = format!(
        "There are none yet. Show what you want to come back to, and press {key}: map, place, \
         selection and lines are kept."
    );
    ui.add(Label::new(text).wrap());
    ui.add_space(4.0);
    let key = Command::Present.shortcut().map(key_name).unwrap_or_default();
    let text = format!("While presenting ({key}), Right and Left step through the bookmarks.");
    ui.add(Label::new(RichText::new(text).color(tokens(ui.ctx()).quiet)).wrap());
}

fn list_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let mut renaming = ui.data(|data| data.get_temp::<Renaming>(renaming_id()));
    let height = (ui.ctx().content_rect().height() - 320.0).max(120.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        for (index, bookmark) in state.settings.bookmarks.iter().enumerate() {
            ui.push_id(index, |ui| {
                let is_renamed = renaming.as_ref().is_some_and(|r| r.index == index);
                if is_renamed {
                    rename_ui(ui, &mut renaming, actions);
                } else {
                    row_ui(ui, state, index, bookmark, &mut renaming, actions);
                }
            });
        }
    });
    ui.data_mut(|data| {
        if let Some(renaming) = renaming {
            data.insert_temp(renaming_id(), renaming);
        } else {
            data.remove::<Renaming>(renaming_id());
            data.remove::<bool>(rename_id());
        }
    });
}

fn row_ui(
    ui: &mut Ui,
    state: &State,
    index: usize,
    bookmark: &Bookmark,
    renaming: &mut Option<Renaming>,
    actions: &mut Actions,
) {
    let fault = state.bookmark_fault(bookmark);
    let name = &bookmark.name;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let room = WIDTH - BUTTONS;
        let is_on_show = state.bookmarks.at == Some(index) && state.is_at(bookmark);
        ui.scope(|ui| {
            ui.set_width(room);
            let button = Button::selectable(is_on_show, name).truncate();
            if ui.add_enabled(fault.is_none(), button).clicked() {
                actions.push(BookmarkAction::Go(index).into());
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut small = |label: &str, what: String, is_enabled: bool| {
                let button = ui.add_enabled(is_enabled, Button::new(label).small());
                button.accessible_name(what.as_str()).on_hover_text(what).clicked()
            };
            if small("×", format!("Delete {name}"), true) {
                *renaming = None;
                actions.push(BookmarkAction::Delete(index).into());
            }
            let is_last = index + 1 == state.settings.bookmarks.len();
            for (label, what, steps, is_enabled) in
                [("↓", "down", 1, !is_last), ("↑", "up", -1, index > 0)]
            {
                if small(label, format!("Move {name} {what}"), is_enabled) {
                    *renaming = None;
                    actions.push(BookmarkAction::Move(index, steps).into());
                }
            }
            if small("Rename", format!("Rename {name}"), true) {
                *renaming = Some(Renaming { index, text: name.clone(), is_new: true });
            }
        });
    });
    if let Some(fault) = fault {
        let fault = RichText::new(fault).small().color(tokens(ui.ctx()).quiet);
        ui.add(Label::new(fault).wrap());
    }
}

/// A row whose name is being typed. Enter or leaving the field takes the name, Esc does not.
fn rename_ui(ui: &mut Ui, renaming: &mut Option<Renaming>, actions: &mut Actions) {
    let Some(typed) = renaming else { return };
    let edit =
        TextEdit::singleline(&mut typed.text).id(Id::unique("rename")).desired_width(WIDTH - 16.0);
    let response = ui.add(edit).accessible_name("Name of the bookmark");
    if std::mem::take(&mut typed.is_new) {
        response.request_focus();
    }
    let had_focus = response.has_focus();
    ui.data_mut(|data| data.insert_temp(rename_id(), had_focus));
    if response.lost_focus() {
        if !ui.input(|input| input.key_pressed(Key::Escape)) {
            actions.push(BookmarkAction::Rename(typed.index, typed.text.clone()).into());
        }
        *renaming = None;
    }
}

fn deleted_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some((_, deleted)) = &state.bookmarks.deleted else { return };
    ui.separator();
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Put it back").clicked() {
                actions.push(BookmarkAction::Undelete.into());
            }
            let text = RichText::new(format!("Deleted: {}", deleted.name));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(text.color(tokens(ui.ctx()).quiet)).truncate());
            });
        });
    });
}
