//! The strip of time: a slider over the dated states, a play button, counts and events.

use eframe::egui::{
    Align2, Button, CursorIcon, EventFilter, FontId, Key, Label, Modifiers, Pos2, Rect, Response,
    RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::Actions;
use super::bar::hint_of;
use crate::app::action::TimeAction;
use crate::app::command::Command;
use crate::app::look::tokens;
use crate::app::state::State;
use crate::model::moment::Moment;
use crate::model::{Edition, LayerId};

/// Width of the slider from the first to the last state, and room for half a year at both ends.
const WIDTH: f32 = 400.0;
const END: f32 = 18.0;

pub fn timeline_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = if state.is_playing { "Stop" } else { "Play" };
        let play = ui.add(Button::new(label).min_size(vec2(46.0, 24.0)));
        if play.on_hover_text(hint_of(Command::Play)).clicked() {
            actions.push(Command::Play.action(state));
        }
        slider_ui(ui, state, actions);
        moment_ui(ui, state);
    });
}

/// Counts of the state on show, and its latest event.
fn moment_ui(ui: &mut Ui, state: &State) {
    let moment = Moment::of(&state.atlas.register, state.moment());
    let quiet = tokens(ui.ctx()).quiet;
    let mut hint = String::new();
    for event in &moment.events {
        hint = format!("{hint}{}: {}\n", event.date.in_words(), event.text);
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.add(Label::new(&moment.counts).truncate());
        let about = &state.layer.layer.about;
        let line = match (about.united_from, moment.events.last()) {
            (Some(base), _) => format!(
                "Areas united from those of {}; later changes of boundaries are not shown",
                base.title()
            ),
            (None, Some(event)) => event.text.clone(),
            (None, None) => String::new(),
        };
        let line = ui.add(Label::new(RichText::new(line).small().color(quiet)).truncate());
        if !hint.is_empty() {
            line.on_hover_text(hint.trim_end());
        }
    });
}

fn slider_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let size = vec2(WIDTH + 2.0 * END, 34.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let chosen = chosen(state);
    describe(&response, state);
    if let Some(edition) = pointed(&response, rect).filter(|edition| Some(*edition) != chosen) {
        let is_drag = response.dragged();
        let action = if is_drag { TimeAction::DragTo(edition) } else { TimeAction::Go(edition) };
        actions.push(action.into());
    }
    if response.drag_stopped() {
        actions.push(TimeAction::DragEnd.into());
    }
    keys(ui, &response, actions);
    let hovered = response.hover_pos().map(|p| nearest(p, rect));
    paint(ui, rect, chosen, hovered, response.has_focus());
    if let Some(edition) = hovered {
        let counts = Moment::of(&state.atlas.register, edition).counts;
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text_at_pointer(format!("{}: {counts}", edition.title()));
    }
}

/// The state on show, or the one that is being decoded.
fn chosen(state: &State) -> Option<Edition> {
    let id = state.awaited.map_or(state.layer_id, |(id, _)| id);
    match id {
        LayerId::Bundled(edition) => Some(edition),
        LayerId::Opened(_) => None,
    }
}

fn describe(response: &Response, state: &State) {
    response.widget_info(|| {
        let moment = Moment::of(&state.atlas.register, state.moment());
        let text = format!("Time: {}, {}", state.moment().title(), moment.counts);
        WidgetInfo::labeled(Role::Slider, true, text)
    });
}

/// The state that a click or drag asks for.
fn pointed(response: &Response, rect: Rect) -> Option<Edition> {
    let is_asked = response.clicked() || response.dragged();
    if response.clicked() {
        response.request_focus();
    }
    response.interact_pointer_pos().filter(|_| is_asked).map(|p| nearest(p, rect))
}

fn keys(ui: &Ui, response: &Response, actions: &mut Actions) {
    if !response.has_focus() {
        return;
    }
    let filter =
        EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    for (key, action) in
        [(Key::ArrowLeft, TimeAction::Earlier), (Key::ArrowRight, TimeAction::Later)]
    {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            actions.push(action.into());
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space)) {
        actions.push(TimeAction::TogglePlay.into());
    }
}

#[expect(clippy::cast_precision_loss, reason = "ten states")]
fn place(index: usize, rect: Rect) -> Pos2 {
    let step = WIDTH / (Edition::MAPS.len() - 1) as f32;
    pos2(rect.min.x + END + step * index as f32, rect.min.y + 11.0)
}

fn nearest(p: Pos2, rect: Rect) -> Edition {
    let distance = |index: &usize| (place(*index, rect).x - p.x).abs();
    let indices = 0..Edition::MAPS.len();
    let index = indices.min_by(|a, b| distance(a).total_cmp(&distance(b)));
    Edition::MAPS[index.unwrap_or_default()]
}

fn paint(ui: &Ui, rect: Rect, chosen: Option<Edition>, hovered: Option<Edition>, has_focus: bool) {
    let tokens = tokens(ui.ctx());
    let painter = ui.painter();
    let ends = [place(0, rect), place(Edition::MAPS.len() - 1, rect)];
    painter.line_segment(ends, Stroke::new(2.0, tokens.line));
    for (index, edition) in Edition::MAPS.into_iter().enumerate() {
        let at = place(index, rect);
        let is_chosen = Some(edition) == chosen;
        let color = if is_chosen { tokens.accent } else { tokens.quiet };
        let radius = match (is_chosen, Some(edition) == hovered) {
            (true, _) => 7.0,
            (false, true) => 5.5,
            (false, false) => 4.0,
        };
        painter.circle(at, radius, if is_chosen { color } else { tokens.raised }, (1.5, color));
        if is_chosen && has_focus {
            painter.circle_stroke(at, 10.0, Stroke::new(2.0, tokens.accent));
        }
        let ink = if is_chosen { tokens.text } else { tokens.quiet };
        let below = at + vec2(0.0, 9.0);
        painter.text(below, Align2::CENTER_TOP, edition.year(), FontId::proportional(11.5), ink);
    }
}
