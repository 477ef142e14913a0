//! The lineage of the subject, over the map: a click on a box goes to its body.

use eframe::egui::{
    CursorIcon, Frame, Id, Margin, Modal, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use super::Actions;
use super::bar::command_ui;
use crate::app::action::{PanelAction, SelectAction};
use crate::app::command::Command;
use crate::app::look::bold;
use crate::app::map_paint;
use crate::app::state::{Overlay, State};
use crate::model::BodyId;
use crate::scene::lineage::{LineageScene, LineageView, build};
use crate::style::theme::Theme;

/// Below this scale, names in boxes are hard to read.
const SMALLEST: f32 = 0.84;

pub fn lineage_ui(ui: &Ui, state: &State, actions: &mut Actions) {
    if state.overlay != Some(Overlay::Lineage) {
        return;
    }
    let Some(subject) = state.subject_body() else { return };
    let room = ui.ctx().content_rect().size() - vec2(80.0, 130.0);
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(14));
    let modal = Modal::new(Id::unique("lineage")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(room.x);
        let name = &state.atlas.register.body(subject).name;
        ui.label(bold(format!("Lineage of {name}")).size(17.0));
        ui.add_space(4.0);
        let height = room.y - 40.0;
        let area = ScrollArea::both().max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, true]).show(ui, |ui| drawing_ui(ui, state, subject, actions));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            for command in [Command::SavePicture, Command::CopyPicture] {
                command_ui(ui, state, command, actions);
            }
            if ui.button("Close").clicked() {
                ui.close();
            }
        });
    });
    if modal.should_close() {
        actions.push(PanelAction::Toggle(Overlay::Lineage).into());
    }
}

fn drawing_ui(ui: &mut Ui, state: &State, subject: BodyId, actions: &mut Actions) {
    let register = &state.atlas.register;
    // Bodies that the keyboard or the pointer is on stand out from the frame before.
    let id = Id::unique("lineage-hovered");
    let hovered = ui.data(|data| data.get_temp::<BodyId>(id));
    let width = ui.available_width();
    let view = LineageView { width, scale: 1.0, hovered, title: false };
    let mut drawn = build(register, subject, &view);
    if drawn.scene.size.width > width {
        // A wide one shrinks as far as it can be read; then it scrolls.
        let scale = (width / drawn.scene.size.width).max(SMALLEST);
        drawn = build(register, subject, &LineageView { scale, ..view });
    }
    let LineageScene { scene, boxes } = drawn;
    let (rect, response) =
        ui.allocate_exact_size(vec2(scene.size.width, scene.size.height), Sense::hover());
    map_paint::paint(&scene, None, &Theme::LIGHT, ui.painter(), rect.min);
    let mut now = None;
    for (body, place) in boxes {
        let corner = rect.min + vec2(place.x, place.y);
        let place = Rect::from_min_size(corner, vec2(place.width, place.height));
        let link = ui.interact(place, response.id.with(body), Sense::click());
        link.widget_info(|| {
            let body = register.body(body);
            let code = body.code().unwrap_or_default();
            WidgetInfo::labeled(Role::Link, true, format!("{} {code}", body.name))
        });
        if link.hovered() || link.has_focus() {
            now = Some(body);
        }
        if link.gained_focus() {
            ui.scroll_to_rect(place, None);
        }
        if link.clicked() {
            actions.push(SelectAction::Body(body).into());
        }
        let hint = format!("{}\nClick to go there", register.body(body).name);
        link.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(hint);
    }
    if now != hovered {
        ui.data_mut(|data| match now {
            Some(body) => {
                data.insert_temp(id, body);
            }
            None => data.remove::<BodyId>(id),
        });
        ui.ctx().request_repaint();
    }
}
