//! The card about the selection while the map is presented: what the side panel tells, as much as
//! a room can take in.

use eframe::egui::{Area, Frame, Id, Label, Margin, Order, RichText, Stroke, Ui, pos2, vec2};

use crate::app::look::{LIGHT, bold};
use crate::app::state::State;
use crate::geo::space::PageSize;
use crate::model::BodyKind;
use crate::model::profile::{Profile, thousands};
use crate::scene::{Part, Scene};

/// Sizes at a scale of one, in points.
const WIDTH: f32 = 320.0;
const TITLE: f32 = 20.0;
const TEXT: f32 = 13.5;
const LABEL: f32 = 11.0;
const SMALL: f32 = 9.0;
/// Room for the labels beside the facts.
const LABELS: f32 = 76.0;
/// So many councils are named; of more only the number is told.
const FEW: usize = 7;

pub fn card_ui(ui: &Ui, state: &State, scene: &Scene) {
    let Some(subject) = &state.subject else { return };
    let scale = state.furniture().scale;
    let id = Id::unique("card");
    // The card is as large as it was when it was last drawn, until it has been drawn.
    let before = ui.memory(|memory| memory.area_rect(id)).map(|rect| rect.size());
    let size = before.unwrap_or(vec2(WIDTH * scale, 0.5 * state.size.height));
    let taken = [Part::Legend, Part::ScaleBar, Part::Credit];
    let taken: Vec<_> = taken.into_iter().filter_map(|part| scene.bounds_of(part)).collect();
    let edge = 14.0 * scale;
    let corner = state.place_for_card(PageSize::new(size.x, size.y), edge, &taken);
    let frame = Frame::new()
        .fill(LIGHT.raised)
        .stroke(Stroke::new(1.0, LIGHT.line))
        .corner_radius(8)
        .inner_margin(Margin::same(margin(scale)))
        .shadow(ui.visuals().popup_shadow);
    let shown = Area::new(id)
        .order(Order::Middle)
        .fixed_pos(pos2(corner.x, corner.y))
        .constrain(false)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(WIDTH * scale);
                ui.visuals_mut().override_text_color = Some(LIGHT.text);
                ui.style_mut().interaction.selectable_labels = false;
                ui.spacing_mut().item_spacing = vec2(10.0 * scale, 4.0 * scale);
                profile_ui(ui, state, &subject.profile, scale);
            });
        });
    if shown.response.rect.size() != size {
        ui.ctx().request_discard("the card has another size");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a dozen points, times four at most")]
fn margin(scale: f32) -> i8 {
    (12.0 * scale).min(100.0) as i8
}

fn profile_ui(ui: &mut Ui, state: &State, profile: &Profile, scale: f32) {
    ui.add(Label::new(bold(&profile.title).size(TITLE * scale)).wrap());
    if state.selection.len() > 1 {
        let text = match state.selection.len() - 1 {
            1 => "and 1 more selected".to_owned(),
            more => format!("and {more} more selected"),
        };
        ui.label(RichText::new(text).size(LABEL * scale).color(LIGHT.quiet));
    }
    for (label, value) in rows(state, profile) {
        row_ui(ui, &label, &value, scale);
    }
    figure_ui(ui, state, scale);
    if let Some(text) = source_line(profile) {
        ui.add(Label::new(RichText::new(text).size(SMALL * scale).color(LIGHT.quiet)).wrap());
    }
}

/// A fact beside its label, on the same first line.
fn row_ui(ui: &mut Ui, label: &str, value: &str, scale: f32) {
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width((LABELS - 10.0) * scale);
            ui.add_space((TEXT - LABEL) * scale);
            ui.add(Label::new(RichText::new(label).size(LABEL * scale).color(LIGHT.quiet)).wrap());
        });
        ui.add(Label::new(RichText::new(value).size(TEXT * scale)).wrap());
    });
}

/// What is told, each with its label. What is not recorded is left out: a room has no use for it.
fn rows(state: &State, profile: &Profile) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>| {
        rows.extend(value.map(|value| (label.to_owned(), value)));
    };
    let name = |body: &crate::model::profile::BodyFacts| body.name.clone();
    if profile.board.is_some() {
        row("Board", profile.board.as_ref().map(name));
    } else {
        row(profile.body_kind.map_or("Body", BodyKind::label), profile.body.as_ref().map(name));
    }
    row("Partnership", profile.partnership.as_ref().map(|found| found.name.clone()));
    let region = profile.region.as_ref().filter(|region| Some(region.id) != profile.id);
    let is_group = profile.body_kind == Some(BodyKind::Ccg);
    let label = if is_group { "Region since 2022" } else { "NHS region" };
    row(label, region.map(|region| region.name.clone()));
    for part in &profile.part_of {
        row("Part of", Some(part.name.clone()));
    }
    let people = profile.population.as_ref();
    row("Population", people.map(|p| format!("{} (mid-{})", thousands(p.value), p.year)));
    let (label, councils) = councils(profile);
    row(&label, councils);
    if profile.body.is_none() && profile.board.is_none() {
        let code = state.last_selected().map(|area| state.layer.layer.areas[area].code.clone());
        row("Code", code.filter(|code| !code.is_empty()));
    }
    rows
}

/// The councils of a board: their names if they are few.
fn councils(profile: &Profile) -> (String, Option<String>) {
    let councils = &profile.councils;
    match councils.len() {
        0 => (String::new(), None),
        1 => ("Council".to_owned(), Some(council(&councils[0]))),
        n if n <= FEW => {
            let names: Vec<String> = councils.iter().map(council).collect();
            (format!("{n} councils"), Some(names.join(", ")))
        }
        n => ("Councils".to_owned(), Some(n.to_string())),
    }
}

fn council(share: &crate::model::profile::ShareFacts) -> String {
    match share.extent {
        "part" => format!("{} (part)", share.name),
        _ => share.name.clone(),
    }
}

/// The figure on the map, with its rank and England's.
fn figure_ui(ui: &mut Ui, state: &State, scale: f32) {
    let Some(figure) = state.last_selected().and_then(|area| state.figure_of(area)) else {
        return;
    };
    ui.separator();
    let heading = RichText::new(figure.heading).size(LABEL * scale).color(LIGHT.quiet);
    ui.add(Label::new(heading).wrap());
    ui.label(bold(figure.value).size(TITLE * scale));
    let rank = figure.rank.map(|(rank, of)| format!("Rank {rank} of {of}. "));
    let text = format!("{}England: {}.", rank.unwrap_or_default(), figure.england);
    ui.add(Label::new(RichText::new(text).size(TEXT * scale)).wrap());
}

/// Where names and population come from, each source once, with its date.
fn source_line(profile: &Profile) -> Option<String> {
    let body = profile.board.as_ref().or(profile.body.as_ref()).map(|body| &body.source);
    let people = profile.population.as_ref().map(|population| &population.source);
    let mut sources: Vec<String> = Vec::new();
    for source in body.into_iter().chain(people) {
        let text = source.to_string();
        if !sources.contains(&text) {
            sources.push(text);
        }
    }
    (!sources.is_empty()).then(|| format!("Source: {}.", sources.join("; ")))
}
