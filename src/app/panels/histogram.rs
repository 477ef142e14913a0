//! How the numbers of a figure are spread, with the breaks between classes as handles.

use eframe::egui::{
    Align2, Color32, CursorIcon, EventFilter, FontId, Key, Modifiers, Pos2, Rect, Response, Role,
    Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::Actions;
use crate::app::action::{BreakAction, FigureAction};
use crate::app::look::tokens;
use crate::app::state::State;
use crate::figures::classes::hand::Rail;
use crate::figures::classes::{Bin, Classes};
use crate::recipe::Shown;
use crate::scene::number_with_unit;
use crate::style::theme::Paint;

/// Height of the bars, of the grips below them, and of the line with the ends.
const BARS: f32 = 50.0;
const GRIPS: f32 = 11.0;
const ENDS: f32 = 15.0;

/// Room at both ends, so that a grip there is whole.
const MARGIN: f32 = 6.0;

/// Half the width in which a break is taken hold of.
const HOLD: f32 = 6.0;

/// How far from the histogram a break is held that goes when it is let go.
const OUT: f32 = 24.0;

/// Where things are: values from left to right, counts from the bottom up.
struct Plot<'a> {
    rect: Rect,
    rail: Rail,
    shown: &'a Shown,
    /// The count of the highest bar.
    most: usize,
}

impl Plot<'_> {
    fn x(&self, value: f64) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "a share of a few hundred pixels")]
        let share = self.rail.share(value) as f32;
        self.rect.left() + MARGIN + share * (self.rect.width() - 2.0 * MARGIN)
    }

    /// The difference of values that so many pixels are.
    fn span(&self, pixels: f32) -> f64 {
        let share = f64::from(pixels / (self.rect.width() - 2.0 * MARGIN).max(1.0));
        self.rail.value(share) - self.rail.value(0.0)
    }

    fn value(&self, x: f32) -> f64 {
        self.rail.value(0.0) + self.span(x - self.rect.left() - MARGIN)
    }

    fn base(&self) -> f32 {
        self.rect.top() + BARS
    }

    fn words(&self, value: f64) -> String {
        number_with_unit(value, self.shown.column.unit.as_ref())
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand areas")]
    fn bar(&self, bin: &Bin) -> Rect {
        let height = bin.count as f32 / self.most.max(1) as f32 * (BARS - 4.0);
        let top = self.base() - if bin.count > 0 { height.max(2.0) } else { 0.0 };
        Rect::from_min_max(pos2(self.x(bin.from), top), pos2(self.x(bin.to), self.base()))
    }
}

/// The histogram of the numbers on the map; nothing of categories and of equal numbers.
pub fn histogram_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let (Some(shown), Some(classes)) = (state.figures.on_map(), state.figures.classes()) else {
        return;
    };
    let Some(rail) = Rail::new(classes) else { return };
    ui.add_space(5.0);
    let size = vec2(ui.available_width(), BARS + GRIPS + ENDS);
    // Only its breaks can be reached with the keyboard.
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let most = state.figures.bins.iter().map(|bin| bin.count).max().unwrap_or_default();
    let plot = Plot { rect, rail, shown, most };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, description(&plot, classes)));
    paint_bars(ui, state, &plot, classes);
    england_ui(ui, &plot);
    let breaks = state.figures.breaks();
    for (at, value) in rail.handles(&breaks) {
        handle_ui(ui, state, &plot, (at, value, breaks.len()), actions);
    }
    if response.double_clicked()
        && let Some(p) = response.interact_pointer_pos()
    {
        push(actions, BreakAction::Add(plot.value(p.x)));
    }
    if let Some(p) = response.hover_pos().filter(|_| state.figures.drag.is_none()) {
        response.on_hover_text_at_pointer(hint(state, &plot, p));
    }
}

fn push(actions: &mut Actions, action: BreakAction) {
    actions.push(FigureAction::Break(action).into());
}

fn description(plot: &Plot<'_>, classes: &Classes) -> String {
    let column = &plot.shown.column;
    let (least, most) = classes.range.unwrap_or_default();
    let count: usize = classes.counts.iter().sum();
    let (least, most) = (plot.words(least), plot.words(most));
    let england = column.england.value().map(|value| format!(", England {}", plot.words(value)));
    let england = england.unwrap_or_default();
    format!("Histogram of {}: {count} numbers from {least} to {most}{england}", column.name)
}

/// What is under the pointer, and what can be done there.
fn hint(state: &State, plot: &Plot<'_>, p: Pos2) -> String {
    let value = plot.value(p.x);
    let bins = &state.figures.bins;
    let bin = bins.iter().rfind(|bin| bin.from <= value).or(bins.first());
    let (from, to, count) = bin.map_or((0.0, 0.0, 0), |bin| (bin.from, bin.to, bin.count));
    let round = |value: f64| plot.words(plot.rail.rounded(value));
    let areas = if count == 1 { "area" } else { "areas" };
    let (from, to) = (round(from), round(to));
    format!("{count} {areas} from {from} to {to}\nDouble click to put a break here")
}

fn paint_bars(ui: &Ui, state: &State, plot: &Plot<'_>, classes: &Classes) {
    let tokens = tokens(ui.ctx());
    let painter = ui.painter();
    let theme = state.theme();
    let color = |value: f64| {
        let rgba = theme.color(Paint::Area(plot.shown.view.fill_of(value)));
        Color32::from_rgb(rgba.r, rgba.g, rgba.b)
    };
    for bin in state.figures.bins.iter().filter(|bin| bin.count > 0) {
        let bar = plot.bar(bin);
        for piece in plot.rail.pieces(bin, &classes.breaks) {
            let (from, to) =
                (plot.x(plot.rail.value(piece.from)), plot.x(plot.rail.value(piece.to)));
            let part = Rect::from_x_y_ranges(from..=to, bar.y_range());
            let middle = plot.rail.value(f64::midpoint(piece.from, piece.to));
            painter.rect_filled(part, 0.0, color(middle));
        }
        // The largest value begins a class of its own if a break is there.
        if let Some((_, most)) = classes.range.filter(|(_, most)| bin.to >= *most) {
            let end = Rect::from_x_y_ranges(bar.right()..=bar.right() + 2.0, bar.y_range());
            painter.rect_filled(end, 0.0, color(most));
        }
        // Light classes are hard to see on a light panel.
        painter.rect_stroke(bar, 0.0, Stroke::new(1.0, tokens.quiet), StrokeKind::Inside);
    }
    let base = [pos2(plot.rect.left(), plot.base()), pos2(plot.rect.right(), plot.base())];
    painter.line_segment(base, Stroke::new(1.0, tokens.quiet));
    let (least, most) = classes.range.unwrap_or_default();
    let font = FontId::proportional(11.5);
    let (left, right) = (plot.rect.left_bottom(), plot.rect.right_bottom());
    painter.text(left, Align2::LEFT_BOTTOM, plot.words(least), font.clone(), tokens.quiet);
    painter.text(right, Align2::RIGHT_BOTTOM, plot.words(most), font, tokens.quiet);
}

/// A thin line at England's figure, where it is among the numbers.
fn england_ui(ui: &Ui, plot: &Plot<'_>) {
    let Some(value) = plot.shown.column.england.value() else { return };
    if !(0.0..=1.0).contains(&plot.rail.share(value)) {
        return;
    }
    let x = plot.x(value);
    let line = Rect::from_x_y_ranges(x - 3.0..=x + 3.0, plot.rect.top()..=plot.base());
    let stroke = Stroke::new(1.0, tokens(ui.ctx()).error);
    let ends = [pos2(x, line.top()), pos2(x, line.bottom())];
    ui.painter().extend(Shape::dashed_line(&ends, stroke, 4.0, 2.0));
    let response = ui.interact(line, ui.scope_id().with("england"), Sense::hover());
    let text = format!("England: {}", plot.words(value));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    response.on_hover_text(text);
}

/// A break, its number among so many, and its value.
fn handle_ui(
    ui: &Ui,
    state: &State,
    plot: &Plot<'_>,
    (at, value, of): (usize, f64, usize),
    actions: &mut Actions,
) {
    let drag = state.figures.drag.as_ref().filter(|drag| drag.at == at);
    let x = plot.x(value);
    let hold = Rect::from_x_y_ranges(x - HOLD..=x + HOLD, plot.rect.top()..=plot.base() + GRIPS);
    let response = ui.interact(hold, ui.scope_id().with(("break", at)), Sense::click_and_drag());
    let name = format!("Break {} of {of}", at + 1);
    response.widget_info(|| WidgetInfo::slider(true, value, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
        node.set_numeric_value_step(plot.rail.step());
    });
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.drag_started() {
        push(actions, BreakAction::Grab(at));
    } else if response.dragged() {
        dragging(ui, state, plot, &response, actions);
    }
    if response.drag_stopped() {
        push(actions, BreakAction::DragEnd);
    }
    keys(ui, &response, at, actions);
    let is_out = drag.is_some_and(|drag| drag.is_out);
    let is_active = response.hovered() || response.has_focus() || drag.is_some();
    paint_handle(ui, x, plot, (is_active, response.has_focus(), is_out));
    if is_active {
        let text = if is_out { "Let go to remove".to_owned() } else { plot.words(value) };
        paint_value(ui, x, plot, &text);
    }
    let hint = "Drag it, or use the arrow keys. Drag it away or press Delete to remove it.";
    if drag.is_none() {
        response.on_hover_cursor(CursorIcon::ResizeHorizontal).on_hover_text(hint);
    } else {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
}

/// Tells where a break is held, if that has changed.
fn dragging(ui: &Ui, state: &State, plot: &Plot<'_>, response: &Response, actions: &mut Actions) {
    let Some(drag) = &state.figures.drag else { return };
    let pressed = ui.input(|input| input.pointer.press_origin());
    let (Some(p), Some(pressed)) = (response.interact_pointer_pos(), pressed) else { return };
    if !plot.rect.expand(OUT).contains(p) {
        if !drag.is_out && plot.rail.removed(&drag.breaks, drag.at).is_some() {
            push(actions, BreakAction::DragOut);
        }
        return;
    }
    let wanted = drag.origin + plot.span(p.x - pressed.x);
    let to = plot.rail.moved(&drag.breaks, drag.at, wanted);
    let is_near = (wanted - drag.origin).abs() < plot.rail.step() / 2.0;
    // A break that is put back keeps the decimals that it had.
    let to = if is_near { drag.origin } else { to };
    if drag.is_out || to.to_bits() != drag.breaks[drag.at].to_bits() {
        push(actions, BreakAction::DragTo(wanted));
    }
}

fn keys(ui: &Ui, response: &Response, at: usize, actions: &mut Actions) {
    let asked = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action) > 0);
    for (action, steps) in [(accesskit::Action::Increment, 1), (accesskit::Action::Decrement, -1)] {
        if asked(action) {
            push(actions, BreakAction::Step(at, steps));
        }
    }
    if !response.has_focus() {
        return;
    }
    let filter =
        EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let steps =
        [(Key::ArrowLeft, -1), (Key::ArrowDown, -1), (Key::ArrowRight, 1), (Key::ArrowUp, 1)];
    for (key, steps) in steps {
        for (modifiers, times) in [(Modifiers::SHIFT, 10), (Modifiers::NONE, 1)] {
            if ui.input_mut(|input| input.consume_key(modifiers, key)) {
                push(actions, BreakAction::Step(at, steps * times));
            }
        }
    }
    for key in [Key::Delete, Key::Backspace] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            push(actions, BreakAction::Remove(at));
        }
    }
}

fn paint_handle(
    ui: &Ui,
    x: f32,
    plot: &Plot<'_>,
    (is_active, has_focus, is_out): (bool, bool, bool),
) {
    let tokens = tokens(ui.ctx());
    let painter = ui.painter();
    let color = match (is_active, is_out) {
        (_, true) => tokens.line,
        (true, false) => tokens.accent,
        (false, false) => tokens.text,
    };
    let width = if is_active { 2.0 } else { 1.0 };
    let ends = [pos2(x, plot.rect.top()), pos2(x, plot.base())];
    painter.line_segment(ends, Stroke::new(width, color));
    let grip =
        Rect::from_center_size(pos2(x, plot.base() + GRIPS / 2.0 + 0.5), vec2(8.0, GRIPS - 1.0));
    painter.rect(grip, 2.5, tokens.raised, Stroke::new(1.5, color), StrokeKind::Inside);
    if has_focus {
        painter.rect_stroke(
            grip.expand(2.5),
            4.0,
            Stroke::new(2.0, tokens.accent),
            StrokeKind::Inside,
        );
    }
}

/// The value of a break beside its line, within the histogram.
fn paint_value(ui: &Ui, x: f32, plot: &Plot<'_>, text: &str) {
    let tokens = tokens(ui.ctx());
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(12.5), tokens.text);
    let size = galley.size() + vec2(8.0, 2.0);
    let room = plot.rect.right() - size.x;
    let is_left = x + 4.0 > room;
    let left = if is_left { x - 4.0 - size.x } else { x + 4.0 };
    let plate = Rect::from_min_size(pos2(left.max(plot.rect.left()), plot.rect.top()), size);
    painter.rect(plate, 3.0, tokens.raised, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    painter.galley(plate.min + vec2(4.0, 1.0), galley, tokens.text);
}
