//! The sections of a board, and those that other bodies share with it.

use eframe::egui::{Label, RichText, Ui};

use super::facts::{Links, fact_ui, labelled_ui, not_recorded_ui, section_ui, sources_ui};
use crate::app::action::PanelAction;
use crate::app::look::tokens;
use crate::model::profile::{BodyFacts, Part, Profile, ShareFacts};

/// Board, system, partnership, region.
pub fn board_ui(ui: &mut Ui, profile: &Profile, board: &BodyFacts, links: &mut Links<'_>) {
    section_ui(ui, "Board (ICB)", Some("icb"), links);
    ui.add(Label::new(&board.name).wrap());
    super::codes_ui(ui, board);
    match &board.website {
        Some(website) => labelled_ui(ui, "Website", |ui| {
            let shown = website.trim_start_matches("https://").trim_start_matches("www.");
            let hint = format!("{website}\nFrom a public list; it may have changed.");
            if ui.link(shown).on_hover_text(hint).clicked() {
                links.actions.push(PanelAction::OpenUrl(website.clone()).into());
            }
        }),
        None => fact_ui(ui, "Website", None),
    }
    for cluster in &profile.clusters {
        labelled_ui(ui, "Cluster", |ui| {
            let note = cluster.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
            let when = cluster.date.in_words();
            let text = if board.abolished.is_some() {
                format!("Shared its leadership, as announced {when}{note}.")
            } else {
                format!("Shares its leadership, as announced {when}; a separate body{note}.")
            };
            ui.add(Label::new(RichText::new(text).small()).wrap());
            for (name, id) in cluster.with.iter().zip(&cluster.ids) {
                links.name_ui(ui, *id, name, "");
            }
        });
    }
    let clusters = profile.clusters.iter().map(|cluster| &cluster.source);
    sources_ui(ui, "board", std::iter::once(&board.source).chain(clusters), links);

    section_ui(ui, "System (ICS)", Some("ics"), links);
    match &profile.system {
        Some(system) => {
            ui.add(Label::new(&system.name).wrap());
            sources_ui(ui, "system", [&system.source], links);
        }
        None => not_recorded_ui(ui),
    }
    partnership_ui(ui, profile, links);

    section_ui(ui, "Region", Some("region"), links);
    match &profile.region {
        Some(region) => links.name_ui(ui, region.id, &region.name, ""),
        None => not_recorded_ui(ui),
    }
    super::people_ui(ui, profile);
}

fn partnership_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    section_ui(ui, "Partnership (ICP)", Some("icp"), links);
    let quiet = tokens(ui.ctx()).quiet;
    let Some(partnership) = &profile.partnership else {
        not_recorded_ui(ui);
        return;
    };
    ui.add(Label::new(&partnership.name).wrap());
    if partnership.confidence != "high" {
        let strength =
            if partnership.confidence == "medium" { "of medium strength" } else { "weak" };
        let text = format!("The evidence for this name is {strength}.");
        ui.label(RichText::new(text).small().color(tokens(ui.ctx()).warning));
    }
    if let Some(note) = &partnership.note {
        ui.add(Label::new(RichText::new(note).small().color(quiet)).wrap());
    }
    let (text, as_of) = (partnership.source.clone(), partnership.as_of.clone());
    sources_ui(ui, "partnership", [&crate::model::Citation { text, as_of }], links);
}

/// Councils, boards, places, provider collaboratives, locations, how it became a system.
pub fn relations_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    let is_board = profile.board.is_some();
    shares_ui(ui, "Boards", "icb", &profile.boards, links);
    shares_ui(ui, "Councils", "council", &profile.councils, links);
    if !profile.districts.is_empty() {
        let title = format!("Districts ({})", profile.districts.len());
        ui.push_id("districts", |ui| {
            ui.collapsing(RichText::new(title).small(), |ui| {
                share_rows_ui(ui, &profile.districts, links);
                let sources = profile.districts.iter().map(|share| &share.source);
                sources_ui(ui, "districts", sources, links);
            });
        });
    }
    if !is_board {
        return;
    }
    section_ui(ui, "Places", Some("place"), links);
    if let Some(count) = &profile.place_count {
        let text = format!("{}: {}", count.count, count.what);
        ui.add(Label::new(RichText::new(text).small().color(tokens(ui.ctx()).quiet)).wrap());
    }
    let count_source = profile.place_count.iter().map(|count| &count.source);
    parts_ui(ui, "places", &profile.places, count_source, links);
    section_ui(ui, "Provider collaboratives", Some("collaborative"), links);
    parts_ui(ui, "collaboratives", &profile.collaboratives, std::iter::empty(), links);
    if !profile.locations.is_empty() {
        section_ui(ui, "Sub-ICB locations", Some("sub-icb"), links);
        parts_ui(ui, "locations", &profile.locations, std::iter::empty(), links);
    }
    designation_ui(ui, profile, links);
}

fn shares_ui(
    ui: &mut Ui,
    title: &str,
    term: &'static str,
    shares: &[ShareFacts],
    links: &mut Links<'_>,
) {
    if shares.is_empty() {
        return;
    }
    section_ui(ui, title, Some(term), links);
    share_rows_ui(ui, shares, links);
    sources_ui(ui, title, shares.iter().map(|share| &share.source), links);
}

fn share_rows_ui(ui: &mut Ui, shares: &[ShareFacts], links: &mut Links<'_>) {
    for share in shares {
        links.name_ui(ui, share.id, &share.name, &share.extent_in_words());
    }
}

fn parts_ui<'c>(
    ui: &mut Ui,
    section: &str,
    parts: &'c [Part],
    more: impl Iterator<Item = &'c crate::model::Citation>,
    links: &mut Links<'_>,
) {
    if parts.is_empty() {
        not_recorded_ui(ui);
    }
    for part in parts {
        links.part_ui(ui, part);
    }
    sources_ui(ui, section, parts.iter().map(|part| &part.source).chain(more), links);
}

fn designation_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    section_ui(ui, "Became an ICS", Some("numbers"), links);
    let Some(found) = &profile.designation else {
        not_recorded_ui(ui);
        return;
    };
    let devolved = if found.devolved { ", as a devolved system" } else { "" };
    fact_ui(ui, "Wave", Some(&format!("{}{devolved}", found.wave)));
    fact_ui(ui, "Announced", Some(&found.announced));
    fact_ui(ui, "From", Some(&found.effective));
    if let Some(name) = &found.earlier_name {
        fact_ui(ui, "Earlier form", Some(name));
    }
    if let Some(note) = &found.note {
        ui.add(Label::new(RichText::new(note).small().color(tokens(ui.ctx()).quiet)).wrap());
    }
    sources_ui(ui, "designation", [&found.source], links);
}
