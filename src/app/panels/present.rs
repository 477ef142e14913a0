//! The map alone on the screen, with a card about the selection and a line that stays for a
//! moment.

use std::time::Duration;

use eframe::egui::{
    Align2, Area, CentralPanel, Color32, Context, Event, Frame, Id, Key, Label, Margin, Modifiers,
    Order, RichText, Ui, pos2,
};

use super::{Actions, Shown, card, map};
use crate::app::action::{BookmarkAction, SelectAction};
use crate::app::presenting::Presenting;
use crate::app::state::State;
use crate::scene::{Part, Scene};

/// How long the line stays.
const MOMENT: Duration = Duration::from_millis(3500);
/// How long the pointer rests before it is hidden.
const REST: Duration = Duration::from_secs(2);

pub fn present_ui(ui: &mut Ui, state: &State, shown: Shown<'_>, actions: &mut Actions) {
    // The panels are gone with what they had lit up, and the find box with the keyboard.
    ui.data_mut(|data| data.remove::<bool>(super::find_id()));
    if state.lit.is_some() {
        actions.push(SelectAction::Light(None).into());
    }
    CentralPanel::no_frame().show(ui, |ui| map::map_ui(ui, state, shown, actions));
    let (scene, _) = shown;
    card::card_ui(ui, state, scene);
    if let Some(presenting) = &state.presenting {
        note_ui(ui, state, scene, presenting);
    }
}

/// Whether the pointer rests; if not yet, the window is drawn again when it does.
pub fn is_resting(ui: &Ui) -> bool {
    let still = ui.input(|input| input.pointer.time_since_last_movement());
    let left = REST.as_secs_f32() - still;
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f32(left));
    }
    left <= 0.0
}

/// The line at the foot of the map, until its moment is over.
fn note_ui(ui: &Ui, state: &State, scene: &Scene, presenting: &Presenting) {
    let id = Id::unique("present-note");
    let now = ui.input(|input| input.time);
    let (number, since) = ui.data_mut(|data| {
        let shown = data.get_temp_mut_or(id, (presenting.notes, now));
        if shown.0 != presenting.notes {
            *shown = (presenting.notes, now);
        }
        *shown
    });
    let left = MOMENT.as_secs_f64() - (now - since);
    if number != presenting.notes || left <= 0.0 {
        return;
    }
    ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    let scale = state.furniture().scale;
    // Beside the plate with the source: over the map it would lie on names.
    let plate = scene.bounds_of(Part::Credit).map_or(state.size.width, |plate| plate.x);
    let foot = pos2(plate - 12.0 * scale, state.size.height - 16.0 * scale);
    Area::new(id)
        .order(Order::Foreground)
        .interactable(false)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(foot)
        .show(ui.ctx(), |ui| {
            let frame = Frame::new()
                .fill(Color32::from_black_alpha(190))
                .corner_radius(6)
                .inner_margin(Margin::symmetric(14, 7));
            frame.show(ui, |ui| {
                let text = RichText::new(&presenting.note).size(13.0 * scale);
                ui.add(Label::new(text.color(Color32::WHITE)).extend().selectable(false));
            });
        });
}

/// Keys that step through the bookmarks while presenting; presenters' clickers send them too. A
/// key held with another one means something else.
pub fn step_keys(ctx: &Context, state: &State, actions: &mut Actions) {
    if !state.is_presenting() || ctx.text_edit_focused() || !state.is_stepping() {
        return;
    }
    let steps = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => match key {
            Key::ArrowRight | Key::PageDown | Key::Space => Some(1),
            Key::ArrowLeft | Key::PageUp => Some(-1),
            _ => None,
        },
        _ => None,
    };
    ctx.input_mut(|input| {
        input.events.retain(|event| match steps(event) {
            Some(steps) => {
                actions.push(BookmarkAction::Step(steps).into());
                false
            }
            None => true,
        });
    });
}
