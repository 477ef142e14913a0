//! The side panel: what is known of the selected area.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::Actions;
use super::facts::{body_link_ui, fact_ui, section_ui};
use crate::app::action::{PanelAction, SelectAction};
use crate::app::look::{bold, tokens};
use crate::app::state::State;
use crate::model::profile::{BodyFacts, Profile, Relative, thousands};
use crate::model::{BodyId, BodyKind, Register};

pub fn details_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match state.subject() {
        Some(area) => area_ui(ui, state, area, actions),
        None => overview_ui(ui, state),
    });
}

/// Without a selection: what the map shows and how to go on.
fn overview_ui(ui: &mut Ui, state: &State) {
    let quiet = tokens(ui.ctx()).quiet;
    let headline = crate::scene::headline(&state.layer);
    ui.label(bold(headline).size(17.0));
    ui.add_space(4.0);
    ui.label(RichText::new(state.layer.layer.count_in_words()).color(quiet));
    ui.add_space(10.0);
    ui.label("Click an area on the map or in the list to see its board, partnership, region and the bodies before it.");
    ui.add_space(6.0);
    ui.label(RichText::new("Ctrl+click adds one. Double click zooms to it.").color(quiet));
}

fn area_ui(ui: &mut Ui, state: &State, area: usize, actions: &mut Actions) {
    let register = &state.atlas.register;
    let profile = Profile::of(register, &state.layer, area);
    let quiet = tokens(ui.ctx()).quiet;
    ui.add(Label::new(bold(&profile.title).size(20.0)).wrap());
    let others = state.selection.len() - 1;
    let caption = match (state.layer.bodies[area], others) {
        (Some(id), 0) => caption(register.body(id).kind).to_owned(),
        (Some(id), n) => format!("{}; {n} more selected", caption(register.body(id).kind)),
        (None, _) => "Not in the register: only what the file says".to_owned(),
    };
    ui.label(RichText::new(caption).color(quiet));

    let mut lit: Option<BodyId> = None;
    successors_ui(ui, register, &profile, &mut lit, actions);
    match (&profile.board, &profile.body) {
        (Some(board), _) => board_ui(ui, &profile, board, actions),
        (None, Some(body)) => body_ui(ui, &profile, body),
        (None, None) => fact_ui(ui, "Code", Some(&state.layer.layer.areas[area].code)),
    }
    place_ui(ui, &profile);
    predecessors_ui(ui, register, &profile, &mut lit, actions);
    sources_ui(ui, &profile, actions);
    if lit != state.lit {
        actions.push(SelectAction::Light(lit).into());
    }
}

const fn caption(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Icb => "Integrated care system",
        BodyKind::Ccg => "Clinical commissioning group",
        BodyKind::Stp => "Sustainability and transformation partnership",
        BodyKind::SubIcb => "Sub-ICB location",
        BodyKind::Region => "NHS England region",
        BodyKind::Council => "Upper-tier council",
    }
}

fn board_ui(ui: &mut Ui, profile: &Profile, board: &BodyFacts, actions: &mut Actions) {
    section_ui(ui, "Board (ICB)");
    ui.add(Label::new(&board.name).wrap());
    codes_ui(ui, board);
    if let Some(website) = &board.website {
        let shown = website.trim_start_matches("https://").trim_start_matches("www.");
        ui.horizontal_top(|ui| {
            fact_label_ui(ui, "Website");
            let hint = format!("{website}\nFrom a public list; it may have changed.");
            if ui.link(shown).on_hover_text(hint).clicked() {
                actions.push(PanelAction::OpenUrl(website.clone()).into());
            }
        });
    } else {
        fact_ui(ui, "Website", None);
    }

    section_ui(ui, "Partnership (ICP)");
    let quiet = tokens(ui.ctx()).quiet;
    match &profile.partnership {
        Some(partnership) => {
            ui.add(Label::new(&partnership.name).wrap());
            if partnership.confidence != "high" {
                let text =
                    format!("The evidence for this name is {}.", weak(&partnership.confidence));
                ui.label(RichText::new(text).small().color(tokens(ui.ctx()).warning));
            }
            if let Some(note) = &partnership.note {
                let as_of = partnership.as_of.as_deref().unwrap_or("date not recorded");
                let text = format!("{note} (as of {as_of})");
                ui.add(Label::new(RichText::new(text).small().color(quiet)).wrap());
            }
        }
        None => {
            ui.label(RichText::new("not recorded").italics().color(quiet));
        }
    }
}

fn weak(confidence: &str) -> &'static str {
    if confidence == "medium" { "of medium strength" } else { "weak" }
}

fn fact_label_ui(ui: &mut Ui, label: &str) {
    ui.allocate_ui(eframe::egui::vec2(92.0, 0.0), |ui| {
        ui.set_min_width(92.0);
        ui.label(RichText::new(label).size(12.5).color(tokens(ui.ctx()).quiet));
    });
}

fn body_ui(ui: &mut Ui, profile: &Profile, body: &BodyFacts) {
    section_ui(ui, profile.kind.unwrap_or("Body"));
    ui.add(Label::new(&body.name).wrap());
    codes_ui(ui, body);
}

fn codes_ui(ui: &mut Ui, body: &BodyFacts) {
    fact_ui(ui, "ODS code", body.ods_code.as_deref());
    fact_ui(ui, "ONS code", body.ons_code.as_deref());
    fact_ui(ui, "Established", body.established.map(crate::model::date::Date::in_words).as_deref());
    if let Some(day) = body.abolished {
        fact_ui(ui, "Last day", Some(&day.in_words()));
    }
}

fn place_ui(ui: &mut Ui, profile: &Profile) {
    section_ui(ui, "Place and people");
    let since = if profile.kind == Some(BodyKind::Ccg.label()) { " (since 2022)" } else { "" };
    let region = profile.region.as_ref().map(|region| format!("{}{since}", region.name));
    fact_ui(ui, "NHS region", region.as_deref());
    let people = profile.population.as_ref().map(|p| {
        let method = p.method.as_ref().map(|method| format!("; {method}")).unwrap_or_default();
        format!("{} (mid-{}{method})", thousands(p.value), p.year)
    });
    fact_ui(ui, "Population", people.as_deref());
    fact_ui(ui, "Area", Some(&area_text(profile.area_km2)));
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

/// The body that took its place comes first: who reads on should know that it is gone.
fn successors_ui(
    ui: &mut Ui,
    register: &Register,
    profile: &Profile,
    lit: &mut Option<BodyId>,
    actions: &mut Actions,
) {
    if profile.successors.is_empty() {
        return;
    }
    section_ui(ui, "After");
    for relative in &profile.successors {
        relative_ui(ui, register, relative, lit, actions);
    }
}

fn predecessors_ui(
    ui: &mut Ui,
    register: &Register,
    profile: &Profile,
    lit: &mut Option<BodyId>,
    actions: &mut Actions,
) {
    section_ui(ui, "Before");
    if profile.predecessors.is_empty() {
        ui.label(RichText::new("nothing recorded").italics().color(tokens(ui.ctx()).quiet));
    }
    let mut last_group = String::new();
    for relative in &profile.predecessors {
        let until = relative.to.map(crate::model::date::Date::in_words).unwrap_or_default();
        let group = format!("{} until {until}", plural(relative.kind));
        if group != last_group {
            ui.add_space(3.0);
            ui.label(RichText::new(&group).size(12.5).color(tokens(ui.ctx()).quiet));
            last_group = group;
        }
        relative_ui(ui, register, relative, lit, actions);
    }
}

fn plural(kind: &str) -> &'static str {
    match kind {
        "CCG" => "Clinical commissioning groups",
        "STP" => "Sustainability and transformation partnership",
        _ => "Integrated care boards",
    }
}

fn relative_ui(
    ui: &mut Ui,
    register: &Register,
    relative: &Relative,
    lit: &mut Option<BodyId>,
    actions: &mut Actions,
) {
    let mut rest: Vec<String> = Vec::new();
    rest.extend(relative.code.clone());
    rest.extend(relative.part.as_ref().map(|part| format!("{part} part")));
    rest.extend(relative.from.map(|day| format!("from {}", day.in_words())));
    if body_link_ui(ui, register, relative, &rest.join(" · "), actions) {
        *lit = Some(relative.id);
    }
}

fn sources_ui(ui: &mut Ui, profile: &Profile, actions: &mut Actions) {
    ui.add_space(8.0);
    ui.separator();
    ui.collapsing("Sources", |ui| {
        let source = |ui: &mut Ui, what: &str, text: &str| {
            ui.add(Label::new(RichText::new(format!("{what}: {text}")).small()).wrap());
        };
        if let Some(body) = &profile.body {
            source(ui, "Body and codes", &body.source);
        }
        if let Some(population) = &profile.population {
            source(ui, "Population", &population.source);
        }
        source(ui, "Area", "measured on the boundaries shown");
        if let Some(partnership) = &profile.partnership {
            let as_of = partnership.as_of.as_deref().unwrap_or("date not recorded");
            source(ui, "Partnership", &format!("page of {as_of}"));
            let link = ui.link(RichText::new(&partnership.source).small());
            if link.clicked() {
                actions.push(PanelAction::OpenUrl(partnership.source.clone()).into());
            }
        }
    });
    if ui.button("Copy as text").on_hover_text("Copy what is known, to paste it").clicked() {
        actions.push(PanelAction::CopyText(profile.in_words()).into());
    }
}
