//! The bottom line: where the pointer is, what is there, the scale, the source.

use eframe::egui::{Align, Layout, ProgressBar, RichText, Ui};

use super::Actions;
use crate::app::action::{LayerAction, PanelAction};
use crate::app::files::name_of;
use crate::app::look::tokens;
use crate::app::state::{Overlay, State};
use crate::geo::grid_ref::format_grid_ref;
use crate::geo::projection::Projector;
use crate::model::profile::thousands;

/// Pixels of a metre at 96 dots an inch, for the scale as a ratio.
const PIXELS_PER_METRE: f64 = 96.0 / 0.0254;

pub fn status_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let quiet = tokens(ui.ctx()).quiet;
    ui.horizontal(|ui| {
        ui.style_mut().override_text_style = Some(eframe::egui::TextStyle::Small);
        if let Some(reading) = &state.reading {
            let name = name_of(&reading.order.path);
            let stage = reading.progress.stage().label();
            let text = match state.queue.len() {
                0 => format!("{stage} {name}"),
                more => format!("{stage} {name}, {more} more to read"),
            };
            ui.add(ProgressBar::new(reading.progress.fraction()).desired_width(260.0).text(text));
            if ui.small_button("Cancel").clicked() {
                actions.push(LayerAction::CancelReading.into());
            }
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(80));
        } else {
            ui.label(RichText::new(where_text(state)).color(quiet));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            notices_button_ui(ui, state, actions);
            let credit = &state.layer.layer.about.credit;
            ui.label(RichText::new("© ONS, OS").color(quiet)).on_hover_text(credit);
            let denominator = state.camera.metres_per_pixel * PIXELS_PER_METRE;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive")]
            let rounded = (denominator / 1000.0).round() as u64 * 1000;
            let scale = format!("1 : {}", thousands(rounded.max(1000)));
            ui.label(RichText::new(scale).color(quiet)).on_hover_text("Scale on a usual screen");
        });
    });
}

fn notices_button_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    if state.saving {
        ui.label("Making the picture…");
    }
    let text = match state.notices.len() {
        0 => return,
        1 => "1 notice".to_owned(),
        n => format!("{n} notices"),
    };
    if ui.selectable_label(state.overlay == Some(Overlay::Notices), text).clicked() {
        actions.push(PanelAction::Toggle(Overlay::Notices).into());
    }
}

/// Position and area under the pointer, or how to begin.
fn where_text(state: &State) -> String {
    let Some(place) = state.pointed_place() else {
        if state.settings.has_selected {
            return String::new();
        }
        return "Click a system to see who is responsible. The wheel zooms, dragging moves the map.".to_owned();
    };
    let degrees = Projector::shared().ok().and_then(|projector| projector.to_lon_lat(place).ok());
    let degrees = degrees.map(|p| {
        let side = if p.lon < 0.0 { 'W' } else { 'E' };
        format!("{:.3} N {:.3} {side}", p.lat, p.lon.abs())
    });
    let area = state.hovered.map(|area| {
        let name = &state.layer.names[area];
        match state.layer.regions[area] {
            Some(region) => format!("{} > {name}", state.atlas.register.body(region).name),
            None => name.clone(),
        }
    });
    [degrees, format_grid_ref(place), area].into_iter().flatten().collect::<Vec<_>>().join("   ")
}
