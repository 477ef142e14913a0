//! Small pieces of the side panel: a heading, a fact with its label, links, sources.

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Color32, CursorIcon, Label, Response, RichText, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo,
    pos2, vec2,
};

use super::super::Actions;
use crate::app::action::{PanelAction, SelectAction};
use crate::app::look::{bold, tokens};
use crate::explain;
use crate::model::profile::Part;
use crate::model::{BodyId, BodyKind, Citation, Register};
use crate::style::theme::{Paint, Theme};

/// Width of the labels beside facts, in points.
const LABEL_WIDTH: f32 = 92.0;

/// Words longer than this do not fit into the narrowest panel, in characters.
const LONGEST_WORD: usize = 34;

/// Where links lead, and which of them wants to be lit up on the map.
pub struct Links<'a> {
    register: &'a Register,
    pub actions: &'a mut Actions,
    /// The body whose link the pointer or the keyboard is on.
    pub lit: Option<BodyId>,
}

impl<'a> Links<'a> {
    pub fn new(register: &'a Register, actions: &'a mut Actions) -> Self {
        Self { register, actions, lit: None }
    }

    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// A name that goes to its body when clicked and lights its area up when hovered or focused,
    /// with quiet words after it.
    pub fn name_ui(&mut self, ui: &mut Ui, id: BodyId, name: &str, rest: &str) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let link = ui.link(name).on_hover_text("Click to go there");
            if link.clicked() {
                self.actions.push(SelectAction::Body(id).into());
            }
            if link.hovered() || link.has_focus() {
                self.lit = Some(id);
            }
            if !rest.is_empty() {
                ui.label(RichText::new(rest).small().color(tokens(ui.ctx()).quiet));
            }
        });
    }

    /// A part of a system with what is known of it.
    pub fn part_ui(&mut self, ui: &mut Ui, part: &Part) {
        let opened = part.opened.map(|day| format!("since {}", day.in_words()));
        let words = [part.code.clone(), part.form.clone(), opened, part.note.clone()];
        let rest = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        self.name_ui(ui, part.id, &part.name, &rest);
    }

    fn source_ui(&mut self, ui: &mut Ui, citation: &Citation) {
        breakable_ui(ui, &citation.to_string());
        if let Some(url) = citation.url()
            && ui.link(RichText::new("Open page").small()).clicked()
        {
            self.actions.push(PanelAction::OpenUrl(url.to_owned()).into());
        }
    }
}

/// Small text that may break anywhere: addresses have no blanks to break at.
pub fn breakable_ui(ui: &mut Ui, text: &str) {
    let font = TextStyle::Small.resolve(ui.style());
    let mut job = LayoutJob::simple(text.to_owned(), font, tokens(ui.ctx()).text, 0.0);
    job.wrap.break_anywhere = text.split(' ').any(|word| word.chars().count() > LONGEST_WORD);
    ui.add(Label::new(job).wrap());
}

/// The explanation of a kind of body.
pub const fn term_of(kind: Option<BodyKind>) -> Option<&'static str> {
    Some(match kind {
        Some(BodyKind::System) => "ics",
        Some(BodyKind::Icb) => "icb",
        Some(BodyKind::Partnership) => "icp",
        Some(BodyKind::Region) => "region",
        Some(BodyKind::Council | BodyKind::District) => "council",
        Some(BodyKind::Place) => "place",
        Some(BodyKind::Collaborative) => "collaborative",
        Some(BodyKind::SubIcb) => "sub-icb",
        Some(BodyKind::Ccg) => "ccg",
        Some(BodyKind::Stp) => "stp",
        None => return None,
    })
}

/// A heading of a section; one with a term explains it.
pub fn section_ui(ui: &mut Ui, title: &str, term: Option<&'static str>, links: &mut Links<'_>) {
    ui.add_space(8.0);
    ui.separator();
    let text = bold(title).size(12.5).color(tokens(ui.ctx()).quiet);
    match term.and_then(explain::page) {
        Some(page) => {
            let response = term_ui(ui, text, title);
            if response.on_hover_text(page.brief).clicked() {
                links.actions.push(PanelAction::Explain(page.id).into());
            }
        }
        None => {
            ui.label(text);
        }
    }
}

/// A term with a dotted line under it.
fn term_ui(ui: &mut Ui, text: RichText, title: &str) -> Response {
    let response = ui.add(Label::new(text).selectable(false).sense(Sense::click()));
    let rect = response.rect;
    let color = if response.hovered() || response.has_focus() {
        tokens(ui.ctx()).accent
    } else {
        tokens(ui.ctx()).quiet
    };
    let mut x = rect.min.x;
    while x < rect.max.x {
        let (from, to) = (pos2(x, rect.max.y), pos2((x + 2.0).min(rect.max.x), rect.max.y));
        ui.painter().line_segment([from, to], Stroke::new(1.0, color));
        x += 4.0;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{title}: what is it?")));
    response.on_hover_cursor(CursorIcon::Help)
}

/// A label beside what a closure draws.
pub fn labelled_ui(ui: &mut Ui, label: &str, value: impl FnOnce(&mut Ui)) {
    let quiet = tokens(ui.ctx()).quiet;
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(LABEL_WIDTH, 0.0), |ui| {
            ui.set_min_width(LABEL_WIDTH);
            ui.set_max_width(LABEL_WIDTH);
            ui.add(Label::new(RichText::new(label).size(12.5).color(quiet)).wrap());
        });
        ui.vertical(value);
    });
}

/// A label beside its value; what is not recorded says so in grey.
pub fn fact_ui(ui: &mut Ui, label: &str, value: Option<&str>) {
    labelled_ui(ui, label, |ui| match value {
        Some(value) => {
            ui.add(Label::new(value).wrap());
        }
        None => not_recorded_ui(ui),
    });
}

/// Nothing is known of it.
pub fn not_recorded_ui(ui: &mut Ui) {
    ui.label(RichText::new("not recorded").italics().color(tokens(ui.ctx()).quiet));
}

/// The sources of a section, closed at first.
pub fn sources_ui<'c>(
    ui: &mut Ui,
    section: &str,
    citations: impl IntoIterator<Item = &'c Citation>,
    links: &mut Links<'_>,
) {
    let mut once: Vec<&Citation> = Vec::new();
    for citation in citations {
        if !once.contains(&citation) {
            once.push(citation);
        }
    }
    if once.is_empty() {
        return;
    }
    ui.push_id(("sources", section), |ui| {
        ui.collapsing(RichText::new("Sources").small(), |ui| {
            for citation in once {
                links.source_ui(ui, citation);
            }
        });
    });
}

/// The colour of a paint on the map.
pub fn paint_color(paint: Paint) -> Color32 {
    let color = Theme::LIGHT.color(paint);
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
