//! Names on the map that are taken hold of, with Alt held, and put elsewhere.

use eframe::egui::{
    CursorIcon, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::Actions;
use super::map::map_id;
use crate::app::action::PictureAction;
use crate::app::state::State;
use crate::geo::space::{PagePoint, PageRect};
use crate::scene::Scene;

/// A name that is held: its area, where it was on the screen, and how far it has come.
#[derive(Clone, Copy)]
struct Held {
    area: usize,
    from: Rect,
    moved: Vec2,
}

/// Whether the pointer has to do with a name rather than with the map.
pub fn names_ui(
    ui: &Ui,
    state: &State,
    scene: &Scene,
    response: &Response,
    actions: &mut Actions,
) -> bool {
    let id = map_id().with("name");
    let corner = response.rect.min;
    let name_at = |p: Pos2| {
        let page = PagePoint::new(p.x - corner.x, p.y - corner.y);
        scene.names.iter().rev().find(|(_, rect)| rect.grown(3.0).contains(page)).copied()
    };
    let on_screen = |rect: PageRect| {
        let min = pos2(corner.x + rect.x, corner.y + rect.y);
        Rect::from_min_size(min, vec2(rect.width, rect.height))
    };
    let has_alt = ui.input(|input| input.modifiers.alt);
    if has_alt
        && response.drag_started_by(PointerButton::Primary)
        && let Some((area, rect)) = ui.input(|input| input.pointer.press_origin()).and_then(name_at)
    {
        let held = Held { area, from: on_screen(rect), moved: Vec2::ZERO };
        ui.data_mut(|data| data.insert_temp(id, held));
    }
    let Some(held) = ui.data(|data| data.get_temp::<Held>(id)) else {
        return has_alt && hover(ui, response, name_at, on_screen);
    };
    // In the moment of letting go nothing is being dragged any more.
    let moved = response.total_drag_delta().unwrap_or(held.moved);
    let place = held.from.translate(moved);
    outline(ui, response.rect, place);
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if response.dragged() {
        ui.data_mut(|data| data.insert_temp(id, Held { moved, ..held }));
        return true;
    }
    ui.data_mut(|data| data.remove::<Held>(id));
    if response.drag_stopped() && moved != Vec2::ZERO {
        actions.extend(put(state, held.area, place.center() - corner.to_vec2()));
    }
    true
}

/// The name of an area is put to a place on the page.
fn put(state: &State, area: usize, at: Pos2) -> Option<crate::app::action::Action> {
    let area = state.layer.layer.areas.get(area)?;
    let code = if area.code.is_empty() { &area.name } else { &area.code };
    let at = state.camera.grid_from_page(PagePoint::new(at.x, at.y));
    Some(PictureAction::MoveLabel(code.clone(), [at.x.round(), at.y.round()]).into())
}

/// Shows that a name can be taken hold of.
fn hover(
    ui: &Ui,
    response: &Response,
    name_at: impl Fn(Pos2) -> Option<(usize, PageRect)>,
    on_screen: impl Fn(PageRect) -> Rect,
) -> bool {
    let Some((_, rect)) = response.hover_pos().and_then(name_at) else { return false };
    outline(ui, response.rect, on_screen(rect));
    ui.ctx().set_cursor_icon(CursorIcon::Grab);
    true
}

fn outline(ui: &Ui, map: Rect, place: Rect) {
    let stroke = Stroke::new(2.0, ui.visuals().selection.bg_fill);
    ui.painter_at(map).rect_stroke(place.expand(2.0), 2.0, stroke, StrokeKind::Outside);
}
