//! The preview: what comes out. Names on it can be dragged, and insets drawn.

use eframe::egui::{
    Color32, ColorImage, CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind,
    TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::app::action::PictureAction;
use crate::app::look::tokens;
use crate::app::panels::Actions;
use crate::app::picture::Preview;
use crate::app::state::State;
use crate::geo::space::PagePoint;
use crate::scene::picture::Grip;

/// A texture and the preview that it is of.
#[derive(Clone)]
struct Shown(u64, TextureHandle);

pub fn preview_ui(ui: &mut Ui, state: &State, room: Vec2, actions: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(room, Sense::empty());
    let pixels = ui.ctx().pixels_per_point();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's size")]
    let wanted = ((room.x * pixels) as u16, ((room.y - 22.0) * pixels) as u16);
    if wanted != state.making.room {
        actions.push(PictureAction::Room(wanted.0, wanted.1).into());
    }
    let preview = match &state.making.preview {
        Some(Ok(preview)) => preview,
        Some(Err(error)) => {
            let tokens = tokens(ui.ctx());
            ui.put(rect, eframe::egui::Label::new(error.as_str()).wrap());
            ui.painter().rect_stroke(rect, 4.0, (1.0, tokens.quiet), StrokeKind::Inside);
            return;
        }
        None => {
            ui.put(rect, eframe::egui::Spinner::new());
            return;
        }
    };
    let size = vec2(preview.size.width, preview.size.height);
    let scale = (rect.width() / size.x).min((rect.height() - 22.0) / size.y);
    let page = Rect::from_center_size(rect.center() - vec2(0.0, 11.0), size * scale);
    let texture = texture_of(ui, preview);
    checkers(ui, page);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), page, whole, Color32::WHITE);
    let line = Stroke::new(1.0, tokens(ui.ctx()).quiet);
    ui.painter().rect_stroke(page, 0.0, line, StrokeKind::Outside);
    note_ui(ui, state, preview, rect);
    let to_page = |p: Pos2| PagePoint::new((p.x - page.min.x) / scale, (p.y - page.min.y) / scale);
    let to_screen = |p: PagePoint| pos2(page.min.x + p.x * scale, page.min.y + p.y * scale);
    let response = ui.interact(page, Id::unique("picture-preview"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Preview of the picture"));
    if state.making.is_framing {
        framing(ui, &response, preview, to_page, actions);
    } else {
        dragging(ui, &response, preview, (to_page, to_screen), actions);
    }
}

/// What is written under the preview.
fn note_ui(ui: &Ui, state: &State, preview: &Preview, rect: Rect) {
    let size = preview.size;
    let mut note = if state.making.is_framing {
        "Drag a box over what the inset shows.".to_owned()
    } else {
        "Drag a name to move it.".to_owned()
    };
    if preview.nameless > 0 {
        note = format!(
            "{} areas have no room for a name: choose a larger page, codes, or numbers and key.",
            preview.nameless
        );
    }
    let inches = |pixels: f32| pixels / crate::render::PIXELS_PER_INCH * 2.54;
    let note = format!("{note} {:.1} × {:.1} cm.", inches(size.width), inches(size.height));
    let font = eframe::egui::TextStyle::Small.resolve(ui.style());
    let at = pos2(rect.center().x, rect.max.y);
    let color = tokens(ui.ctx()).quiet;
    ui.painter().text(at, eframe::egui::Align2::CENTER_BOTTOM, note, font, color);
}

fn texture_of(ui: &Ui, preview: &Preview) -> TextureHandle {
    let id = Id::unique("picture-texture");
    let kept = ui.data(|data| data.get_temp::<Shown>(id));
    if let Some(Shown(_, texture)) = kept.filter(|shown| shown.0 == preview.generation) {
        return texture;
    }
    let picture = &preview.picture;
    let size = [picture.width as usize, picture.height as usize];
    let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
    let texture = ui.ctx().load_texture("picture", image, TextureOptions::LINEAR);
    ui.data_mut(|data| data.insert_temp(id, Shown(preview.generation, texture.clone())));
    texture
}

/// The squares that stand for nothing, under a transparent page.
fn checkers(ui: &Ui, page: Rect) {
    const SIDE: f32 = 10.0;
    let painter = ui.painter_at(page);
    painter.rect_filled(page, 0.0, Color32::from_gray(250));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's size")]
    let (columns, rows) =
        ((page.width() / SIDE).ceil() as u16, (page.height() / SIDE).ceil() as u16);
    for row in 0..rows {
        for column in (row % 2..columns).step_by(2) {
            let at = page.min + vec2(f32::from(column) * SIDE, f32::from(row) * SIDE);
            let square = Rect::from_min_size(at, vec2(SIDE, SIDE));
            painter.rect_filled(square, 0.0, Color32::from_gray(232));
        }
    }
}

/// A name is taken hold of and put elsewhere.
fn dragging(
    ui: &Ui,
    response: &eframe::egui::Response,
    preview: &Preview,
    (to_page, to_screen): (impl Fn(Pos2) -> PagePoint, impl Fn(PagePoint) -> Pos2),
    actions: &mut Actions,
) {
    let id = response.id.with("grip");
    let grip_at = |p: Pos2| {
        let p = to_page(p);
        preview.grips.iter().rev().find(|grip| grip.rect.grown(4.0).contains(p))
    };
    let on_screen = |grip: &Grip| {
        let far = PagePoint::new(grip.rect.right(), grip.rect.bottom());
        Rect::from_two_pos(to_screen(PagePoint::new(grip.rect.x, grip.rect.y)), to_screen(far))
    };
    let stroke = Stroke::new(2.0, ui.visuals().selection.bg_fill);
    if response.drag_started()
        && let Some(grip) = ui.input(|input| input.pointer.press_origin()).and_then(grip_at)
    {
        ui.data_mut(|data| data.insert_temp(id, (grip.clone(), Vec2::ZERO)));
    }
    if let Some((grip, before)) = ui.data(|data| data.get_temp::<(Grip, Vec2)>(id)) {
        // In the moment of letting go nothing is being dragged any more.
        let moved = response.total_drag_delta().unwrap_or(before);
        let place = on_screen(&grip).translate(moved);
        ui.painter().rect_stroke(place, 2.0, stroke, StrokeKind::Outside);
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if response.dragged() {
            ui.data_mut(|data| data.insert_temp(id, (grip, moved)));
            return;
        }
        ui.data_mut(|data| data.remove::<(Grip, Vec2)>(id));
        if response.drag_stopped() {
            let at = grip.camera.grid_from_page(to_page(place.center()));
            let place = [at.x.round(), at.y.round()];
            actions.push(PictureAction::MoveLabel(grip.code, place).into());
        }
    } else if let Some(grip) = response.hover_pos().and_then(grip_at) {
        ui.painter().rect_stroke(on_screen(grip), 2.0, stroke, StrokeKind::Outside);
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
}

/// A box is drawn for an inset.
fn framing(
    ui: &Ui,
    response: &eframe::egui::Response,
    preview: &Preview,
    to_page: impl Fn(Pos2) -> PagePoint,
    actions: &mut Actions,
) {
    const LEAST: f32 = 8.0;
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let id = response.id.with("box");
    let ends = (ui.input(|input| input.pointer.press_origin()), response.interact_pointer_pos());
    if let (Some(from), Some(to), true) = (ends.0, ends.1, response.dragged()) {
        let place = Rect::from_two_pos(from, to).intersect(response.rect);
        let stroke = Stroke::new(2.0, ui.visuals().selection.bg_fill);
        ui.painter().rect_stroke(place, 0.0, stroke, StrokeKind::Inside);
        ui.data_mut(|data| data.insert_temp(id, place));
        return;
    }
    let drawn = ui.data(|data| data.get_temp::<Rect>(id));
    ui.data_mut(|data| data.remove::<Rect>(id));
    let drawn = drawn.filter(|place| place.width() > LEAST && place.height() > LEAST);
    if let (Some(place), Some((_, camera))) = (drawn, preview.frames.first()) {
        let corner = |p: Pos2| camera.grid_from_page(to_page(p));
        let (a, b) = (corner(place.left_bottom()), corner(place.right_top()));
        let extent = [a.x, a.y, b.x, b.y].map(f64::round);
        actions.push(PictureAction::AddInset(extent).into());
    }
}
