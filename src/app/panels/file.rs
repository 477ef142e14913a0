//! How the opened file was read, with its choices; and the choice of a part before that.

use eframe::egui::{
    Align, Align2, ComboBox, Frame, Grid, Id, Label, Layout, Margin, Modal, RichText, ScrollArea,
    Ui, Window,
};

use super::Actions;
use super::bar::hint_of;
use super::notices::details_ui;
use crate::app::action::{LayerAction, PanelAction};
use crate::app::command::Command;
use crate::app::files::{FileInfo, name_of};
use crate::app::look::{bold, tokens};
use crate::app::state::{Overlay, State};
use crate::model::profile::thousands;

/// Room for a column or part in a list.
const LIST: f32 = 260.0;

/// What is known of the opened file on show.
pub fn file_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let Some(file) = state.file().filter(|_| state.overlay == Some(Overlay::File)) else { return };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(14));
    Window::new(name_of(&file.path))
        .id(Id::unique("file"))
        .title_bar(false)
        .resizable(false)
        .frame(frame)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ui.horizontal(|ui| {
                ui.add(Label::new(bold(name_of(&file.path)).size(16.0)).truncate());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button("Close").clicked() {
                        actions.push(PanelAction::Toggle(Overlay::File).into());
                    }
                });
            });
            ui.add_space(4.0);
            facts_ui(ui, state, file, actions);
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                for (command, label) in
                    [(Command::Reload, "Read again"), (Command::CloseFile, "Close this file")]
                {
                    if ui.button(label).on_hover_text(hint_of(command)).clicked() {
                        actions.push(command.action(state));
                    }
                }
                if ui.button("Copy all").clicked() {
                    actions.push(PanelAction::CopyText(in_words(file)).into());
                }
            });
            ui.separator();
            let height = (ui.ctx().content_rect().height() - 460.0).max(120.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                if file.diagnostics.is_empty() {
                    ui.label("There is nothing to tell about this file.");
                }
                details_ui(ui, &file.diagnostics, Some(file.id), actions);
            });
        });
}

/// Facts in the window and in what is copied: what, and its value.
fn facts(file: &FileInfo) -> Vec<(&'static str, String)> {
    let findings = &file.findings;
    let folder = file.path.parent().map(|folder| folder.display().to_string());
    vec![
        ("Folder", folder.unwrap_or_default()),
        ("Format", findings.format.name().to_owned()),
        ("Coordinates", findings.crs.to_owned()),
        ("Positions", thousands(findings.vertices as u64)),
    ]
}

fn facts_ui(ui: &mut Ui, state: &State, file: &FileInfo, actions: &mut Actions) {
    let quiet = tokens(ui.ctx()).quiet;
    let layer = &state.layer.layer;
    let mut choices = file.choices.clone();
    Grid::new("file-facts").num_columns(2).spacing([16.0, 5.0]).show(ui, |ui| {
        let mut row = |what: &str, value: &str| {
            ui.label(RichText::new(what).color(quiet));
            ui.add(Label::new(value).wrap());
            ui.end_row();
        };
        for (what, value) in facts(file) {
            row(what, &value);
        }
        row("Areas", &layer.count_in_words());
        row("Kind", layer.about.kind.map_or("not recognised", |kind| kind.plural()));
        row("Edition", layer.about.edition.map_or("not recognised", |edition| edition.title()));
        let findings = &file.findings;
        if !findings.parts.is_empty() {
            let names = findings.parts.iter().map(|part| part.name.as_str());
            list_ui(ui, "Part", names, &mut choices.part, None);
        }
        let columns = || findings.columns.iter().map(String::as_str);
        let found = findings.code_field.as_deref();
        list_ui(ui, "Codes from", columns(), &mut choices.code_field, found);
        let found = findings.name_field.as_deref();
        list_ui(ui, "Names from", columns(), &mut choices.name_field, found);
    });
    if choices != file.choices {
        actions.push(LayerAction::Rechoose(file.id, choices).into());
    }
}

/// A list to choose from. `found` is what was found out from the content; while nothing else is
/// chosen, that is in use.
fn list_ui<'a>(
    ui: &mut Ui,
    what: &str,
    names: impl Iterator<Item = &'a str>,
    choice: &mut Option<String>,
    found: Option<&str>,
) {
    let label = ui.label(RichText::new(what).color(tokens(ui.ctx()).quiet));
    let shown = choice.as_deref().or(found).unwrap_or("nothing");
    ComboBox::from_id_salt(what)
        .width(LIST)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            if ui.selectable_label(choice.is_none(), "Find out from the content").clicked() {
                *choice = None;
            }
            for name in names {
                let is_chosen = choice.as_deref() == Some(name);
                if ui.selectable_label(is_chosen, name).clicked() {
                    *choice = Some(name.to_owned());
                }
            }
        })
        .response
        .labelled_by(label.id);
    ui.end_row();
}

fn in_words(file: &FileInfo) -> String {
    let facts = facts(file).into_iter().map(|(what, value)| format!("{what}: {value}"));
    let details = file.diagnostics.iter().map(|detail| format!("- {detail}"));
    std::iter::once(name_of(&file.path)).chain(facts).chain(details).collect::<Vec<_>>().join("\n")
}

/// The parts of a file, to choose one.
pub fn parts_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    let Some(choice) = state.part_choice.as_ref().filter(|_| state.overlay == Some(Overlay::Parts))
    else {
        return;
    };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(18));
    let modal = Modal::new(Id::unique("parts")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        ui.label(bold("Which boundaries?").size(17.0));
        let name = name_of(&choice.order.path);
        let what =
            format!("{name} has {} sets of boundaries. Choose one to open.", choice.parts.len());
        ui.add(Label::new(what).wrap());
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for part in &choice.parts {
                let areas = match part.areas {
                    Some(1) => " (1 area)".to_owned(),
                    Some(n) => format!(" ({} areas)", thousands(n as u64)),
                    None => String::new(),
                };
                if ui.button(format!("{}{areas}", part.name)).clicked() {
                    actions.push(LayerAction::ChoosePart(part.name.clone()).into());
                }
            }
        });
        ui.add_space(8.0);
        if ui.button("Cancel").clicked() {
            ui.close();
        }
    });
    if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Parts).into());
    }
}
