//! The figures on the map: which column, in which classes and colours.

use eframe::egui::{
    Button, CollapsingHeader, ComboBox, Grid, Label, RichText, Sense, Stroke, StrokeKind, TextEdit,
    Ui, vec2,
};

use super::Actions;
use super::histogram::histogram_ui;
use crate::app::action::{BreakAction, FigureAction, SelectAction};
use crate::app::files::name_of;
use crate::app::look::{bold, tokens};
use crate::app::state::State;
use crate::figures::ColumnKind;
use crate::figures::classes::Method;
use crate::figures::classes::typed::{beyond, in_words};
use crate::recipe::FigureChoice;
use crate::style::palette::{Palette, PaletteKind};
use crate::style::theme::Paint;

/// Width of a list.
const WIDE: f32 = 104.0;

pub fn figures_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(choice) = &state.figures.choice else { return };
    let title = bold(format!("Figures: {}", name_of(&choice.file))).size(13.0);
    CollapsingHeader::new(title).id_salt("figures").default_open(true).show(ui, |ui| {
        let quiet = tokens(ui.ctx()).quiet;
        let mut wanted = choice.clone();
        if let Some(read) = &state.figures.read {
            choices_ui(ui, &read.figures, state, &mut wanted, actions);
        }
        match &state.figures.shown {
            Some(Err(error)) => {
                ui.add(Label::new(RichText::new(error).color(quiet)).wrap());
            }
            Some(Ok(_)) => {}
            None => {
                ui.spinner();
            }
        }
        ui.horizontal(|ui| {
            let mut is_sorted = state.figures.is_sorted;
            if ui.checkbox(&mut is_sorted, "Sort the list").changed() {
                actions.push(FigureAction::ToggleSort.into());
            }
            if ui.button("Close").on_hover_text("Take the figures off the map").clicked() {
                actions.push(FigureAction::Close.into());
            }
        });
        if wanted != *choice {
            actions.push(FigureAction::Choose(Box::new(wanted)).into());
        }
    });
}

fn choices_ui(
    ui: &mut Ui,
    figures: &crate::figures::Figures,
    state: &State,
    wanted: &mut FigureChoice,
    actions: &mut Actions,
) {
    let shown = state.figures.on_map();
    let column = wanted.column.as_deref().and_then(|name| figures.column(name));
    let column = &figures.columns[column.unwrap_or(figures.first_column)];
    Grid::new("figure-choices").num_columns(2).spacing([8.0, 4.0]).show(ui, |ui| {
        let names = figures.columns.iter().map(|column| column.name.clone());
        list(ui, "Column", &column.name, names, |name| wanted.column = Some(name));
        if column.kind == ColumnKind::Number {
            classes_ui(ui, state, wanted);
        }
        let usual = if column.kind == ColumnKind::Number { "blues" } else { "light" };
        let palette = wanted.palette.clone().unwrap_or_else(|| usual.to_owned());
        let is_fitting = |palette: &Palette| {
            (palette.kind == PaletteKind::Qualitative) == (column.kind == ColumnKind::Category)
        };
        let names = Palette::ALL.into_iter().filter(is_fitting).map(|p| p.name.to_owned());
        list(ui, "Colours", &palette, names, |name| wanted.palette = Some(name));
        let headers = figures.headers.iter().cloned();
        list(ui, "Areas from", &figures.id_column, headers, |name| wanted.id_column = Some(name));
        if let Some(sheet) = &figures.sheet {
            let names = figures.sheets.iter().map(|part| part.name.clone());
            list(ui, "Sheet", sheet, names, |name| wanted.sheet = Some(name));
        }
    });
    histogram_ui(ui, state, actions);
    typed_ui(ui, state, actions);
    if column.kind == ColumnKind::Number {
        let hint = "Counts for each 100,000 residents";
        ui.checkbox(&mut wanted.per_100_000, "Per 100,000 residents").on_hover_text(hint);
    }
    if let Some(note) = shown.and_then(|shown| shown.note.as_ref()) {
        ui.add(Label::new(RichText::new(note).small().color(tokens(ui.ctx()).quiet)).wrap());
    }
}

/// How classes are made, and how many.
fn classes_ui(ui: &mut Ui, state: &State, wanted: &mut FigureChoice) {
    let method = state.figures.method();
    let number = method.classes().unwrap_or_else(|| state.figures.usual_classes());
    // What is on the map is where own breaks begin.
    let own = state.figures.breaks();
    let own = if own.is_empty() { state.figures.some_breaks() } else { own };
    let methods = [
        ("Quantiles", Method::Quantile(number)),
        ("Equal intervals", Method::Equal(number)),
        ("Natural breaks", Method::Jenks(number)),
        ("Standard deviation", Method::StandardDeviation),
        ("Own breaks", Method::Breaks(own)),
        ("No classes", Method::None),
    ];
    let name = methods.iter().find(|(_, other)| *other == method).map_or("Own breaks", |m| m.0);
    let can_be = |method: &Method| *method != Method::Breaks(Vec::new());
    let names =
        methods.iter().filter(|(_, method)| can_be(method)).map(|(name, _)| (*name).to_owned());
    list(ui, "Classes", name, names, |name| {
        let chosen = methods.iter().find(|(other, _)| *other == name);
        wanted.classes = chosen.map(|(_, method)| method.to_string());
    });
    if method.classes().is_some() {
        let numbers = Method::CLASSES.map(|n| n.to_string());
        list(ui, "How many", &number.to_string(), numbers, |text| {
            let n = text.parse().unwrap_or(Method::USUAL);
            let method = match method {
                Method::Equal(_) => Method::Equal(n),
                Method::Jenks(_) => Method::Jenks(n),
                _ => Method::Quantile(n),
            };
            wanted.classes = Some(method.to_string());
        });
    } else if let Some(classes) = state.figures.classes().filter(|_| method != Method::None) {
        // The row stays while a break is dragged: the histogram must not move under the pointer.
        ui.label(RichText::new("How many").color(tokens(ui.ctx()).quiet));
        ui.label(classes.len().to_string());
        ui.end_row();
    }
}

fn list(
    ui: &mut Ui,
    what: &str,
    shown: &str,
    names: impl IntoIterator<Item = String>,
    mut choose: impl FnMut(String),
) {
    let label = ui.label(RichText::new(what).color(tokens(ui.ctx()).quiet));
    ComboBox::from_id_salt(("figures", what))
        .width(WIDE)
        .truncate()
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for name in names {
                if ui.selectable_label(name == shown, &name).clicked() {
                    choose(name);
                }
            }
        })
        .response
        .labelled_by(label.id);
    ui.end_row();
}

/// Own breaks as text, with what is wrong with them.
fn typed_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let figures = &state.figures;
    let (Method::Breaks(own), Some(classes)) = (figures.method(), figures.classes()) else {
        return;
    };
    let tokens = tokens(ui.ctx());
    let typed = figures.typed.as_ref();
    let mut text = typed.map_or_else(|| in_words(&own), |typed| typed.text.clone());
    let error = typed.and_then(|typed| typed.error.as_ref());
    let label = ui.label(RichText::new("Breaks between classes").color(tokens.quiet));
    let edit = TextEdit::singleline(&mut text).hint_text("10, 20, 30").desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label.id);
    if error.is_some() {
        let stroke = Stroke::new(1.5, tokens.error);
        ui.painter().rect_stroke(response.rect, 5.0, stroke, StrokeKind::Inside);
    }
    if response.changed() {
        actions.push(FigureAction::Break(BreakAction::Type(text)).into());
    } else if response.lost_focus() && typed.is_some() {
        actions.push(FigureAction::Break(BreakAction::TakeTyped).into());
    }
    let (told, color) = match error {
        Some(error) => (Some(error.clone()), tokens.error),
        None => (beyond(&own, classes), tokens.quiet),
    };
    if let Some(told) = told {
        ui.add(Label::new(RichText::new(told).small().color(color)).wrap());
    }
}

/// The areas from the largest figure to the smallest; returns the one whose row the pointer is on.
pub fn ranking_ui(
    ui: &mut Ui,
    state: &State,
    areas: &[usize],
    actions: &mut Actions,
) -> Option<usize> {
    let shown = state.figures.on_map()?;
    let ranks = shown.column.ranks();
    let theme = state.theme();
    let mut hovered = None;
    ui.spacing_mut().item_spacing.y = 1.0;
    for &area in areas {
        let response = ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(11.0, 11.0), Sense::empty());
            let fill = shown.view.fills.get(area).copied();
            let fill = fill.unwrap_or(crate::style::theme::Fill::NoData);
            let color = theme.color(Paint::Area(fill));
            let color = eframe::egui::Color32::from_rgb(color.r, color.g, color.b);
            ui.painter().rect_filled(rect, 2.0, color);
            let value = shown.view.values.get(area).cloned().flatten();
            let value = value.unwrap_or_else(|| "–".to_owned());
            let rank = ranks.get(area).copied().flatten();
            let rank = rank.map(|rank| format!("{rank}. ")).unwrap_or_default();
            let text = format!("{rank}{}  {value}", state.layer.names[area]);
            let is_chosen = state.selection.contains(&area);
            let row = Button::selectable(is_chosen, RichText::new(text).size(13.0)).wrap();
            ui.add(row.sense(Sense::click()))
        });
        let response = response.inner;
        if response.clicked() {
            let adds = ui.input(|input| input.modifiers.command);
            let action = if adds { SelectAction::Toggle(area) } else { SelectAction::GoTo(area) };
            actions.push(action.into());
        }
        if response.hovered() || response.has_focus() {
            hovered = Some(area);
        }
    }
    hovered
}

/// What the figures say of the area that the panel is about.
pub fn area_figure_ui(ui: &mut Ui, state: &State) {
    let Some(figure) = state.last_selected().and_then(|area| state.figure_of(area)) else {
        return;
    };
    let quiet = tokens(ui.ctx()).quiet;
    ui.group(|ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(figure.heading).color(quiet)).wrap());
        ui.label(bold(figure.value).size(18.0));
        let rank = figure.rank.map(|(rank, of)| format!("Rank {rank} of {of}. "));
        let england = format!("{}England: {}.", rank.unwrap_or_default(), figure.england);
        ui.label(RichText::new(england).color(quiet));
    });
    ui.add_space(6.0);
}
