//! The map: draws the scene and turns pointer and keys into actions.

use eframe::egui::{
    Button, CursorIcon, EventFilter, Id, Key, Modifiers, PointerButton, PopupAnchor, Rect,
    Response, RichText, Role, Sense, TextStyle, Tooltip, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::names::names_ui;
use super::{Actions, Shown};
use crate::app::action::{Action, CompareAction, Compass, MapAction, SelectAction};
use crate::app::command::Command;
use crate::app::map_paint;
use crate::app::state::State;
use crate::geo::space::{PagePoint, PageSize, overlap};

/// How much one pixel of scrolling zooms.
const ZOOM_PER_PIXEL: f32 = 0.0045;
/// How far Shift with an arrow key moves the map, in pixels.
const ARROW_STEP: f32 = 80.0;

/// Where the map leaves its identifier for others to find.
pub fn map_id() -> Id {
    Id::unique("map-widget")
}

pub fn map_ui(ui: &mut Ui, state: &State, (scene, under): Shown<'_>, actions: &mut Actions) {
    let rect = ui.available_rect_before_wrap();
    let id = ui.make_persistent_id("map");
    ui.data_mut(|data| data.insert_temp(map_id(), id));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    ui.advance_cursor_after_rect(rect);
    let size = PageSize::new(rect.width(), rect.height());
    if size != state.size {
        actions.push(MapAction::Resize(size).into());
        // Nothing of the wrong size is ever shown.
        ui.ctx().request_discard("the map has a new size");
    }
    let drawn = std::time::Instant::now();
    map_paint::paint(scene, under, &state.theme(), &ui.painter_at(rect), rect.min);
    log::trace!("map drawn in {} µs", drawn.elapsed().as_micros());
    if state.is_presenting() {
        // There is nothing else that keys could be for.
        if state.overlay.is_none() && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
    } else if response.has_focus() {
        focus_ui(ui, rect);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, description(state)));
    let is_on_name = names_ui(ui, state, scene, &response, actions);
    pointer(ui, state, &response, rect, is_on_name, actions);
    arrows(ui, &response, actions);
    tooltip_ui(ui, state, &response);
    areas_for_readers(ui, state, rect, id);
    if !state.is_presenting() {
        buttons_ui(ui, state, rect, actions);
    }
    if let Some(at) = state.comparison.as_ref().and_then(|c| c.found.as_ref().and(c.swipe)) {
        divider_ui(ui, rect, id, at, actions);
    }
}

/// The handle of the line between two maps: dragged, or moved with the arrow keys.
fn divider_ui(ui: &Ui, rect: Rect, id: Id, at: f32, actions: &mut Actions) {
    const HANDLE: f32 = 11.0;
    const STEP: f32 = 0.02;
    let x = rect.min.x + rect.width() * at;
    let middle = pos2(x, rect.center().y);
    let grip = Rect::from_center_size(pos2(x, rect.center().y), vec2(2.0 * HANDLE, rect.height()));
    let response = ui.interact(grip, id.with("divider"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, f64::from(at), "Line between the two maps"));
    let painter = ui.painter_at(rect);
    let fill = if response.hovered() || response.has_focus() {
        ui.visuals().selection.bg_fill
    } else {
        eframe::egui::Color32::WHITE
    };
    painter.circle(middle, HANDLE, fill, (2.0, ui.visuals().selection.bg_fill));
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    if let Some(p) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        actions.push(CompareAction::SwipeTo((p.x - rect.min.x) / rect.width()).into());
    }
    if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: false,
            escape: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        for (key, step) in [(Key::ArrowLeft, -STEP), (Key::ArrowRight, STEP)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                actions.push(CompareAction::SwipeTo(at + step).into());
            }
        }
    }
}

/// What a screen reader can find on the map: each area that is seen, by name. They take no
/// clicks, and nothing is drawn for them.
fn areas_for_readers(ui: &Ui, state: &State, rect: Rect, id: Id) {
    let seen = state.camera.visible(state.size);
    for (index, area) in state.layer.layer.areas.iter().enumerate() {
        if !overlap(area.bounds, seen) {
            continue;
        }
        let corner = |p| {
            let p = state.camera.page_from_grid(p);
            pos2(rect.min.x + p.x, rect.min.y + p.y)
        };
        let place = Rect::from_two_pos(corner(area.bounds.min()), corner(area.bounds.max()));
        let place = place.intersect(rect);
        let response = ui.interact(place, id.with(("area", index)), Sense::empty());
        response.widget_info(|| {
            let region = state.layer.regions[index];
            let region = region.map(|id| state.atlas.register.body(id).name.as_str());
            let is_chosen = state.selection.contains(&index);
            let name = &state.layer.names[index];
            let text = format!("Area of {name}, {}", region.unwrap_or("region not recorded"));
            WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, text)
        });
    }
}

/// What a screen reader says of the map.
fn description(state: &State) -> String {
    let names: Vec<&str> = state.selection.iter().map(|a| state.layer.names[*a].as_str()).collect();
    let selected = if names.is_empty() {
        "nothing selected".to_owned()
    } else {
        format!("{} selected", names.join(", "))
    };
    format!("Map: {}; {selected}", crate::scene::headline(&state.layer))
}

/// A ring around the map while the keyboard works on it; who clicks knows where the focus is.
fn focus_ui(ui: &Ui, rect: Rect) {
    let id = map_id().with("ring");
    let (tabbed, clicked) =
        ui.input(|input| (input.key_pressed(Key::Tab), input.pointer.any_pressed()));
    if tabbed || clicked {
        ui.data_mut(|data| data.insert_temp(id, tabbed));
    }
    if !ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default() {
        return;
    }
    let stroke = ui.visuals().selection.bg_fill;
    let inner = rect.shrink(1.0);
    ui.painter_at(rect).rect_stroke(inner, 0.0, (2.0, stroke), eframe::egui::StrokeKind::Inside);
}

fn pointer(
    ui: &Ui,
    state: &State,
    response: &Response,
    rect: Rect,
    is_on_name: bool,
    actions: &mut Actions,
) {
    let page = |p: eframe::egui::Pos2| PagePoint::new(p.x - rect.min.x, p.y - rect.min.y);
    let over = response.hover_pos().map(page);
    // A pointer that rests while the map is presented points at nothing.
    let is_resting = over.is_some() && state.is_presenting() && super::present::is_resting(ui);
    let pointed = over.filter(|_| !is_resting);
    if pointed != state.pointer {
        actions.push(MapAction::Point(pointed).into());
    }
    if let Some(p) = over {
        let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = zoom * (scroll * ZOOM_PER_PIXEL).exp();
        if (factor - 1.0).abs() > 1e-6 {
            actions.push(MapAction::ZoomAt(f64::from(factor), p).into());
        }
    }
    if is_on_name {
        return;
    }
    if response.drag_started_by(PointerButton::Primary) {
        actions.push(MapAction::DragStart.into());
    }
    if response.dragged_by(PointerButton::Primary)
        && let Some(moved) = response.total_drag_delta()
    {
        actions.push(MapAction::DragTo(moved.x, moved.y).into());
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    } else if is_resting {
        ui.ctx().set_cursor_icon(CursorIcon::None);
    } else if state.hovered.is_some() && response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if response.clicked_by(PointerButton::Primary) {
        response.request_focus();
        let hit = response
            .interact_pointer_pos()
            .and_then(|p| state.layer.layer.area_at(state.camera.grid_from_page(page(p))));
        let adds = ui.input(|input| input.modifiers.command);
        actions.extend(clicked(hit, adds, response.double_clicked()));
    }
}

/// A click selects, with Ctrl it adds; a double click zooms there; one into the sea clears.
fn clicked(hit: Option<usize>, adds: bool, is_double: bool) -> Vec<Action> {
    match (hit, adds, is_double) {
        (Some(area), true, false) => vec![SelectAction::Toggle(area).into()],
        (Some(area), _, false) => vec![SelectAction::Only(area).into()],
        (Some(area), _, true) => {
            vec![SelectAction::Only(area).into(), MapAction::FitSelection.into()]
        }
        (None, false, false) => vec![SelectAction::Clear.into()],
        (None, _, _) => Vec::new(),
    }
}

fn arrows(ui: &Ui, response: &Response, actions: &mut Actions) {
    if !response.has_focus() {
        return;
    }
    let filter =
        EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    for (key, dx, dy, direction) in [
        (Key::ArrowLeft, ARROW_STEP, 0.0, Compass::West),
        (Key::ArrowRight, -ARROW_STEP, 0.0, Compass::East),
        (Key::ArrowUp, 0.0, ARROW_STEP, Compass::North),
        (Key::ArrowDown, 0.0, -ARROW_STEP, Compass::South),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key)) {
            actions.push(MapAction::Pan(dx, dy).into());
        } else if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            actions.push(SelectAction::Step(direction).into());
        }
    }
}

fn tooltip_ui(ui: &Ui, state: &State, response: &Response) {
    let (Some(name), true) = (state.pointed_name(), response.hovered() && !response.dragged())
    else {
        return;
    };
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id, PopupAnchor::Pointer)
        .gap(14.0)
        .show(|ui| {
            let size = TextStyle::Body.resolve(ui.style()).size * state.furniture().scale;
            ui.label(RichText::new(name).size(size));
            if let Some(figure) = state.hovered.and_then(|area| state.figure_of(area)) {
                let text = format!("{}: {}", figure.heading, figure.value);
                ui.label(RichText::new(text).size(size));
            }
        });
}

/// Zoom buttons at the top right.
fn buttons_ui(ui: &mut Ui, state: &State, rect: Rect, actions: &mut Actions) {
    let commands = [(Command::ZoomIn, "+"), (Command::ZoomOut, "−"), (Command::Fit, "All")];
    let corner = pos2(rect.max.x - 50.0, rect.min.y + 12.0);
    let place = Rect::from_min_size(corner, vec2(38.0, 100.0));
    ui.scope_builder(UiBuilder::new().max_rect(place).id_salt("zoom"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (command, label) in commands {
            let button = ui.add_enabled(
                command.is_enabled(state),
                Button::new(label).min_size(vec2(38.0, 28.0)),
            );
            if button.on_hover_text(command.label()).clicked() {
                actions.push(command.action(state));
            }
        }
    });
}
