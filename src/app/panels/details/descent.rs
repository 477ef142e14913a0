//! Who was before and who came after.

use eframe::egui::{Label, RichText, Ui};

use super::facts::{Links, not_recorded_ui, section_ui, sources_ui};
use crate::app::look::tokens;
use crate::model::body::Succession;
use crate::model::profile::Profile;
use crate::model::{BodyId, BodyKind, Citation};

/// Indent of a generation, in points.
const INDENT: f32 = 14.0;

/// The body that took its place comes first: who reads on should know that it is gone.
pub fn after_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    let Some(id) = profile.id.filter(|_| !profile.successors.is_empty()) else { return };
    section_ui(ui, "After", Some("numbers"), links);
    let mut sources = Vec::new();
    later_ui(ui, id, 0, &mut sources, links);
    sources_ui(ui, "after", &sources, links);
}

fn later_ui(
    ui: &mut Ui,
    id: BodyId,
    depth: u8,
    sources: &mut Vec<Citation>,
    links: &mut Links<'_>,
) {
    let register = links.register();
    for succession in register.after(id) {
        sources.push(register.citation(&succession.source, None));
        let part = succession.part.as_ref().map(|part| format!("{part} · ")).unwrap_or_default();
        let rest = format!("{part}from {}", succession.date.in_words());
        row_ui(ui, succession.to, depth, &rest, links);
        later_ui(ui, succession.to, depth + 1, sources, links);
    }
}

/// The tree of bodies before, back to 2013.
pub fn before_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    let Some(id) = profile.id else { return };
    let has_past = matches!(
        profile.body_kind,
        Some(BodyKind::Icb | BodyKind::Ccg | BodyKind::Stp | BodyKind::SubIcb)
    );
    if profile.predecessors.is_empty() && !has_past {
        return;
    }
    section_ui(ui, "Before", Some("ccg"), links);
    if profile.predecessors.is_empty() {
        not_recorded_ui(ui);
        return;
    }
    let mut sources = Vec::new();
    let start = links.register().group_of(id);
    if let Some(group) = start {
        row_ui(ui, group, 0, &dates(links, group, None), links);
    }
    let depth = u8::from(start.is_some());
    earlier_ui(ui, start.unwrap_or(id), depth, &mut sources, links);
    sources_ui(ui, "before", &sources, links);
}

fn earlier_ui(
    ui: &mut Ui,
    id: BodyId,
    depth: u8,
    sources: &mut Vec<Citation>,
    links: &mut Links<'_>,
) {
    let register = links.register();
    let mut before: Vec<&Succession> = register.before(id).collect();
    // The latest first; of the same day the STP, which covers all of it, before the groups.
    before.sort_by(|a, b| {
        let key = |s: &Succession| (register.body(s.from).kind != BodyKind::Stp, s.from);
        b.date.cmp(&a.date).then_with(|| key(a).cmp(&key(b)))
    });
    for succession in before {
        sources.push(register.citation(&succession.source, None));
        let rest = dates(links, succession.from, succession.part.as_deref());
        row_ui(ui, succession.from, depth, &rest, links);
        if succession.part.is_some() && register.before(succession.from).next().is_some() {
            let note = "It was split: not all of the bodies below are of this area.";
            ui.horizontal(|ui| {
                ui.add_space(f32::from(depth + 1) * INDENT);
                let quiet = tokens(ui.ctx()).quiet;
                ui.add(Label::new(RichText::new(note).small().color(quiet)).wrap());
            });
        }
        earlier_ui(ui, succession.from, depth + 1, sources, links);
    }
}

/// Kind, code, part and dates of a body.
fn dates(links: &Links<'_>, id: BodyId, part: Option<&str>) -> String {
    let body = links.register().body(id);
    let code = body.code().unwrap_or_default();
    let part = part.map(|part| format!(" · {part}")).unwrap_or_default();
    let dates = match (body.opened, body.closed) {
        (Some(from), Some(to)) => format!(" · {} to {}", from.in_words(), to.in_words()),
        (Some(from), None) => format!(" · since {}", from.in_words()),
        (None, Some(to)) => format!(" · until {}", to.in_words()),
        (None, None) => String::new(),
    };
    format!("{} {code}{part}{dates}", body.kind.label())
}

fn row_ui(ui: &mut Ui, id: BodyId, depth: u8, rest: &str, links: &mut Links<'_>) {
    let name = links.register().body(id).name.as_str();
    ui.horizontal_top(|ui| {
        ui.add_space(f32::from(depth) * INDENT);
        ui.vertical(|ui| links.name_ui(ui, id, name, rest));
    });
}

/// Changes of area, name and code without a succession.
pub fn changes_ui(ui: &mut Ui, profile: &Profile, links: &mut Links<'_>) {
    if profile.changes.is_empty() {
        return;
    }
    section_ui(ui, "Changes", Some("codes"), links);
    for change in &profile.changes {
        let text = format!("{}: {}", change.date.in_words(), change.text);
        ui.add(Label::new(text).wrap());
    }
    sources_ui(ui, "changes", profile.changes.iter().map(|change| &change.source), links);
}
