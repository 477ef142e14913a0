//! What changed between two layers: which, the list, and what can be done with it.

use eframe::egui::{ComboBox, Label, Link, RichText, ScrollArea, Spinner, Ui};

use super::Actions;
use super::bar::hint_of;
use crate::app::action::{CompareAction, PanelAction, SelectAction};
use crate::app::command::Command;
use crate::app::comparison::{Compared, Comparison};
use crate::app::look::{bold, tokens};
use crate::app::state::State;
use crate::model::changes::{ChangedArea, Changes, Part};
use crate::model::overlap::percent;
use crate::model::{Edition, LayerId};

pub fn changes_ui(ui: &mut Ui, state: &State, comparison: &Comparison, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(bold("What changed").size(17.0));
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            if ui.button("Close").on_hover_text(hint_of(Command::Changes)).clicked() {
                actions.push(CompareAction::Toggle.into());
            }
        });
    });
    ui.add_space(4.0);
    pair_ui(ui, state, comparison, actions);
    ui.add_space(4.0);
    let Some(found) = &comparison.found else {
        ui.horizontal(|ui| {
            ui.add(Spinner::new());
            ui.label("Comparing the shapes of all areas…");
        });
        return;
    };
    buttons_ui(ui, comparison, found, actions);
    ui.separator();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| list_ui(ui, &found.changes, actions));
}

/// The two layers, each to be chosen among the editions and the opened files.
fn pair_ui(ui: &mut Ui, state: &State, comparison: &Comparison, actions: &mut Actions) {
    let files = state.atlas.opened().map(|(id, _)| id);
    let all: Vec<LayerId> = Edition::MAPS.into_iter().map(LayerId::Bundled).chain(files).collect();
    let (mut before, mut after) = (comparison.before, comparison.after);
    eframe::egui::Grid::new("pair").num_columns(2).spacing([10.0, 4.0]).show(ui, |ui| {
        for (what, chosen) in [("From", &mut before), ("To", &mut after)] {
            let label = ui.label(what);
            ComboBox::from_id_salt(what)
                .width(190.0)
                .selected_text(title(state, *chosen))
                .show_ui(ui, |ui| {
                    for id in &all {
                        ui.selectable_value(chosen, *id, title(state, *id));
                    }
                })
                .response
                .labelled_by(label.id);
            ui.end_row();
        }
    });
    if (before, after) != (comparison.before, comparison.after) {
        actions.push(CompareAction::Choose(before, after).into());
    }
}

fn title(state: &State, id: LayerId) -> String {
    match id {
        LayerId::Bundled(edition) => edition.title().to_owned(),
        LayerId::Opened(_) => {
            state.atlas.ready(id).map_or_else(String::new, |layer| layer.layer.about.title.clone())
        }
    }
}

fn buttons_ui(ui: &mut Ui, comparison: &Comparison, found: &Compared, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let is_on = comparison.swipe.is_some();
        let swipe = ui.selectable_label(is_on, "Side by side");
        if swipe.on_hover_text("Both maps, with a line to drag between them").clicked() {
            actions.push(CompareAction::ToggleSwipe.into());
        }
        ui.menu_button("Copy", |ui| {
            if ui.button("As text").clicked() {
                actions.push(PanelAction::CopyText(found.changes.in_words()).into());
            }
            if ui.button("As Markdown").clicked() {
                actions.push(PanelAction::CopyText(found.changes.in_markdown()).into());
            }
        });
        if ui.button("Table…").on_hover_text("Save all changes as CSV").clicked() {
            actions.push(CompareAction::SaveTable.into());
        }
        let hint = "Exchange the two maps";
        if ui.button("Swap").on_hover_text(hint).clicked() {
            actions.push(CompareAction::Choose(comparison.after, comparison.before).into());
        }
    });
}

fn list_ui(ui: &mut Ui, changes: &Changes, actions: &mut Actions) {
    let quiet = tokens(ui.ctx()).quiet;
    let kept = match changes.kept {
        0 => "No area is as it was.".to_owned(),
        1 => "1 area is as it was.".to_owned(),
        n => format!("{n} areas are as they were."),
    };
    ui.label(kept);
    section_ui(ui, "Drawn from several", changes.merged.len());
    for merger in &changes.merged {
        area_ui(ui, &merger.to, actions);
        parts_ui(ui, "from", &merger.from);
    }
    section_ui(ui, "Split", changes.split.len());
    for split in &changes.split {
        ui.add(Label::new(short(&split.from)).wrap()).on_hover_text(&split.from.name);
        parts_ui(ui, "to", &split.to);
    }
    section_ui(ui, "New code", changes.recoded.len());
    for successor in &changes.recoded {
        area_ui(ui, &successor.to, actions);
        let codes = format!("{}, before {}", successor.to.code, successor.from.code);
        ui.label(RichText::new(codes).small().color(quiet));
    }
    section_ui(ui, "New name", changes.renamed.len());
    for successor in &changes.renamed {
        area_ui(ui, &successor.to, actions);
        let name = format!("before {}", successor.from.name);
        ui.add(Label::new(RichText::new(name).small().color(quiet)).wrap());
    }
    section_ui(ui, "Land that moved", changes.moved.len());
    for (index, land) in changes.moved.iter().enumerate() {
        let text = format!("{} to {}", short(&land.from), short(&land.to));
        if ui.add(Link::new(text)).on_hover_text("Show it on the map").clicked() {
            actions.push(CompareAction::ShowMoved(index).into());
        }
        let size = format!("{} km², {} of the first", land.km2, percent(land.share));
        ui.label(RichText::new(size).small().color(quiet));
    }
    section_ui(ui, "New", changes.new.len());
    for area in &changes.new {
        area_ui(ui, area, actions);
    }
    section_ui(ui, "No longer there", changes.gone.len());
    for area in &changes.gone {
        ui.add(Label::new(short(area)).wrap()).on_hover_text(&area.name);
    }
    ui.add_space(10.0);
    let note = format!(
        "Worked out from the shapes. Land that is nowhere wider than {} m counts as a difference of \
         drawing, not as a change.",
        changes.tolerance_m
    );
    ui.add(Label::new(RichText::new(note).small().color(quiet)).wrap());
}

/// A heading with a count, if there is anything under it.
fn section_ui(ui: &mut Ui, title: &str, count: usize) {
    if count > 0 {
        ui.add_space(8.0);
        ui.label(bold(format!("{title} ({count})")).size(13.0));
    }
}

/// An area of the later map, as a link to it.
fn area_ui(ui: &mut Ui, area: &ChangedArea, actions: &mut Actions) {
    let link = ui.add(Link::new(short(area))).on_hover_text(&area.name);
    if link.hovered() {
        actions.push(SelectAction::Hover(Some(area.index)).into());
    }
    if link.clicked() {
        actions.push(SelectAction::GoTo(area.index).into());
    }
}

fn parts_ui(ui: &mut Ui, word: &str, parts: &[Part]) {
    let quiet = tokens(ui.ctx()).quiet;
    for part in parts {
        let text = format!(
            "{word} {}: {} of the old area, {} of the new one",
            short(&part.area),
            percent(part.share_of_old),
            percent(part.share_of_new)
        );
        ui.indent(&part.area.code, |ui| {
            ui.add(Label::new(RichText::new(text).small().color(quiet)).wrap());
        });
    }
}

fn short(area: &ChangedArea) -> String {
    crate::model::names::short_name(&area.name)
}
