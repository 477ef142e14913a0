//! The side panel: what is known of the selected area or body.

mod board;
mod descent;
pub mod facts;

use eframe::egui::{Align, Button, Id, Label, Layout, RichText, ScrollArea, Ui};

use super::Actions;
use super::bar::hint_of;
use crate::app::command::Command;
use crate::app::look::{bold, tokens};
use crate::app::state::{State, Subject};
use crate::model::follow::{Home, homes};
use crate::model::moment::Moment;
use crate::model::profile::{BodyFacts, Profile, thousands};
use crate::model::{BodyId, BodyKind, Date};
use facts::{Links, fact_ui, section_ui, sources_ui};

/// Draws the panel; returns the body to light up on the map.
pub fn details_ui(ui: &mut Ui, state: &State, actions: &mut Actions) -> Option<BodyId> {
    toolbar_ui(ui, state, actions);
    // Each subject begins at its top.
    let id = Id::unique(state.subject.as_ref().map(|subject| subject.of));
    let scrolled = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    let shown = scrolled.show(ui, |ui| {
        super::figures::area_figure_ui(ui, state);
        if let Some(subject) = &state.subject {
            return subject_ui(ui, state, subject, actions);
        }
        overview_ui(ui, state);
        None
    });
    shown.inner
}

/// Back and forward, and what can be done with the subject.
fn toolbar_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (command, label) in [(Command::Back, "<"), (Command::Forward, ">")] {
            let button = ui.add_enabled(command.is_enabled(state), Button::new(label));
            let button = button.accessible_name(command.label()).on_hover_text(hint_of(command));
            if button.clicked() {
                actions.push(command.action(state));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_enabled_ui(state.subject.is_some(), |ui| {
                ui.menu_button("Copy", |ui| {
                    for command in [Command::CopyText, Command::CopyMarkdown] {
                        let button = ui.button(command.label()).on_hover_text(hint_of(command));
                        if button.clicked() {
                            actions.push(command.action(state));
                            ui.close();
                        }
                    }
                });
            });
            let button = Button::new(Command::Lineage.label());
            let button = ui.add_enabled(Command::Lineage.is_enabled(state), button);
            if button.on_hover_text(hint_of(Command::Lineage)).clicked() {
                actions.push(Command::Lineage.action(state));
            }
        });
    });
    ui.add_space(2.0);
}

/// Without a selection: what the map shows and how to go on.
fn overview_ui(ui: &mut Ui, state: &State) {
    let quiet = tokens(ui.ctx()).quiet;
    let headline = crate::scene::headline(&state.layer);
    ui.add(Label::new(bold(headline).size(17.0)).wrap());
    ui.add_space(4.0);
    ui.label(RichText::new(state.layer.layer.count_in_words()).color(quiet));
    ui.add_space(10.0);
    ui.label("Click an area on the map or in the list to see who is responsible there, with whom, since when, and who was before.");
    ui.add_space(6.0);
    ui.label(RichText::new("Ctrl+click adds one. Double click zooms to it.").color(quiet));
    let moment = Moment::of(&state.atlas.register, state.moment());
    if moment.events.is_empty() {
        return;
    }
    ui.add_space(12.0);
    ui.separator();
    ui.label(bold("What led to this state").size(12.5).color(quiet));
    for event in moment.events {
        ui.add_space(2.0);
        let text = format!("{}: {}", event.date.in_words(), event.text);
        ui.add(Label::new(text).wrap()).on_hover_text(&event.source);
    }
}

fn subject_ui(
    ui: &mut Ui,
    state: &State,
    subject: &Subject,
    actions: &mut Actions,
) -> Option<BodyId> {
    let profile = subject.profile.as_ref();
    ui.add(Label::new(bold(&profile.title).size(20.0)).wrap());
    ui.add(Label::new(RichText::new(caption(state, profile)).color(tokens(ui.ctx()).quiet)).wrap());

    stand_in_ui(ui, state);
    let mut links = Links::new(&state.atlas.register, actions);
    descent::after_ui(ui, profile, &mut links);
    match (&profile.board, &profile.body) {
        (Some(board), _) => board::board_ui(ui, profile, board, &mut links),
        (None, Some(body)) => body_ui(ui, profile, body, &mut links),
        (None, None) => {
            let code =
                state.last_selected().map(|area| state.layer.layer.areas[area].code.as_str());
            fact_ui(ui, "Code", code.filter(|code| !code.is_empty()));
            made_up_of_ui(ui, profile, &mut links);
        }
    }
    if profile.board.is_none() {
        place_ui(ui, profile, &mut links);
    }
    board::relations_ui(ui, profile, &mut links);
    descent::before_ui(ui, profile, &mut links);
    descent::changes_ui(ui, profile, &mut links);
    ui.add_space(12.0);
    links.lit
}

/// The known bodies whose land is in an area that the register does not know.
fn made_up_of_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    if profile.made_up_of.is_empty() {
        return;
    }
    section_ui(ui, "Made up of", None, links);
    for part in &profile.made_up_of {
        links.name_ui(ui, part.id, &part.name, &part.extent_in_words());
    }
    let text = "Worked out from the shapes.";
    ui.label(RichText::new(text).small().color(tokens(ui.ctx()).quiet));
}

/// Where a body has no boundary at hand, what the map shows in its place.
fn stand_in_ui(ui: &mut Ui, state: &State) {
    let Some(focus) = state.focus else { return };
    let homes = homes(&state.atlas.register, focus);
    if homes.iter().any(|home| home.body == focus) {
        return;
    }
    let name = |home: &Home| state.atlas.register.body(home.body).short_name.clone();
    let names = homes.iter().map(name).collect::<Vec<_>>().join(", ");
    let text = format!("No boundary of its own is at hand: the map shows {names}.");
    ui.add(Label::new(RichText::new(text).small().color(tokens(ui.ctx()).warning)).wrap());
}

fn caption(state: &State, profile: &Profile) -> String {
    let Some(kind) = profile.body_kind else {
        return "Not in the register: only what the file says".to_owned();
    };
    let what = match kind {
        BodyKind::Icb => "Integrated care system",
        BodyKind::Region => "NHS England region",
        kind => kind.label(),
    };
    let body = profile.body.as_ref();
    let gone = body.and_then(|body| body.abolished);
    let gone = gone.map(|day| format!(", until {}", day.in_words())).unwrap_or_default();
    let more = match state.selection.len().saturating_sub(1) {
        0 => String::new(),
        n => format!("; {n} more selected"),
    };
    format!("{what}{gone}{more}")
}

/// A body that is not a board.
fn body_ui(ui: &mut Ui, profile: &Profile, body: &BodyFacts, links: &mut Links<'_>) {
    let title = profile.kind.unwrap_or("Body");
    section_ui(ui, title, facts::term_of(profile.body_kind), links);
    ui.add(Label::new(&body.name).wrap());
    codes_ui(ui, body);
    for part in &profile.part_of {
        facts::labelled_ui(ui, "Part of", |ui| links.part_ui(ui, part));
    }
    sources_ui(ui, "body", [&body.source], links);
}

/// Codes, names and dates of a body.
fn codes_ui(ui: &mut Ui, body: &BodyFacts) {
    if body.ods_code.is_some() || body.ons_code.is_none() {
        fact_ui(ui, "ODS code", body.ods_code.as_deref());
    }
    if body.ons_code.is_some() {
        fact_ui(ui, "ONS code", body.ons_code.as_deref());
    }
    for (code, since) in &body.other_codes {
        let since = since.map(|day| format!(" since {}", day.in_words())).unwrap_or_default();
        fact_ui(ui, "Other code", Some(&format!("{code}{since}")));
    }
    for (name, what) in &body.other_names {
        fact_ui(ui, "Also called", Some(&format!("{name} ({what})")));
    }
    fact_ui(ui, "Established", body.established.map(Date::in_words).as_deref());
    if let Some(day) = body.abolished {
        fact_ui(ui, "Last day", Some(&day.in_words()));
    }
}

/// Region, population and area.
fn place_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    section_ui(ui, "Place and people", None, links);
    match &profile.region {
        Some(region) if Some(region.id) != profile.id => {
            let label = if profile.body_kind == Some(BodyKind::Ccg) {
                "Region since 2022"
            } else {
                "NHS region"
            };
            facts::labelled_ui(ui, label, |ui| links.name_ui(ui, region.id, &region.name, ""));
        }
        Some(_) => {}
        None => fact_ui(ui, "NHS region", None),
    }
    people_ui(ui, profile);
}

fn people_ui(ui: &mut Ui, profile: &Profile) {
    let people = profile.population.as_ref().map(|p| {
        let method = p.method.as_ref().map(|method| format!("; {method}")).unwrap_or_default();
        format!("{} (mid-{}{method})", thousands(p.value), p.year)
    });
    fact_ui(ui, "Population", people.as_deref());
    fact_ui(ui, "Area", profile.area_km2.map(area_text).as_deref());
    if let Some(population) = &profile.population {
        let text =
            format!("Population: {}. Area: measured on the boundaries shown.", population.source);
        ui.collapsing(RichText::new("Sources").small(), |ui| {
            facts::breakable_ui(ui, &text);
        });
    }
}

/// Square kilometres with as many digits as the boundaries deserve.
fn area_text(km2: f64) -> String {
    if km2 < 100.0 {
        return format!("{km2:.1} km²");
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 250,000")]
    let whole = km2.round() as u64;
    format!("{} km²", thousands(whole))
}
