//! The list of areas by region, with a find box.

use eframe::egui::{
    Button, CollapsingHeader, Id, Key, Rect, Response, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, Ui, vec2,
};

use super::Actions;
use crate::app::action::{LayerAction, PanelAction, SelectAction};
use crate::app::look::{bold, tokens};
use crate::app::state::State;
use crate::model::{BodyId, BodyKind, Edition, LayerId};
use crate::scene::lines::Lines;
use crate::scene::region_fill;
use crate::style::theme::Paint;
use crate::style::theme::Theme;

/// Draws the list, or what the find box has found; returns the body to light up on the map.
pub fn systems_ui(
    ui: &mut Ui,
    state: &State,
    focus_find: bool,
    actions: &mut Actions,
) -> Option<BodyId> {
    find_ui(ui, state, focus_find, actions);
    successor_ui(ui, state, actions);
    ui.add_space(2.0);
    if !state.find.trim().is_empty() {
        return super::results::results_ui(ui, state, actions);
    }
    lines_ui(ui, state, actions);
    super::figures::figures_ui(ui, state, actions);
    let all = state.areas_by_name();
    let shown = ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if let Some(areas) = state.areas_by_figure() {
            return super::figures::ranking_ui(ui, state, &areas, actions);
        }
        let mut hovered = None;
        for (region, areas) in by_region(state, &all) {
            hovered = region_ui(ui, state, region, &areas, actions).or(hovered);
        }
        hovered
    });
    // Hovering a row lights its area up, and leaving the list lets it go again.
    let over_list = ui.rect_contains_pointer(shown.inner_rect);
    if (over_list || shown.inner.is_some()) && state.hovered != shown.inner {
        actions.push(SelectAction::Hover(shown.inner).into());
    } else if !over_list && state.pointer.is_none() && state.hovered.is_some() {
        actions.push(SelectAction::Hover(None).into());
    }
    None
}

/// Where the find box leaves whether it has the keyboard, for the frame after.
pub fn find_id() -> Id {
    Id::unique("find-had-focus")
}

fn find_ui(ui: &mut Ui, state: &State, focus_find: bool, actions: &mut Actions) {
    let id = Id::unique("find");
    let mut text = state.find.clone();
    let edit = TextEdit::singleline(&mut text)
        .id(id)
        .hint_text("Find anything: name, code, place")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    if !state.find.is_empty() {
        clear_ui(ui, &response, actions);
    }
    if focus_find {
        response.request_focus();
    }
    let had_focus = response.has_focus();
    ui.data_mut(|data| data.insert_temp(find_id(), had_focus));
    if response.has_focus() {
        let stroke = Stroke::new(2.0, tokens(ui.ctx()).accent);
        ui.painter().rect_stroke(response.rect, 5.0, stroke, StrokeKind::Inside);
    }
    if response.changed() {
        actions.push(PanelAction::Find(text).into());
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if response.has_focus() {
        for (key, steps) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if pressed(key) {
                actions.push(PanelAction::FindMove(steps).into());
            }
        }
    }
    if response.lost_focus() {
        if pressed(Key::Enter) {
            actions.push(PanelAction::FindGo.into());
        } else if pressed(Key::Escape) && !state.find.is_empty() {
            actions.push(PanelAction::Find(String::new()).into());
        }
    }
}

/// A cross at the right end of the find box, to see the list again.
fn clear_ui(ui: &mut Ui, edit: &Response, actions: &mut Actions) {
    let side = edit.rect.height() - 6.0;
    let corner = edit.rect.right_center() - vec2(side + 3.0, side / 2.0);
    let place = Rect::from_min_size(corner, vec2(side, side));
    let button = ui.put(place, Button::new("×").frame(false)).accessible_name("Clear the find box");
    if button.on_hover_text("Show the list again").clicked() {
        actions.push(PanelAction::Find(String::new()).into());
    }
}

/// Which lines of other areas are shown.
fn lines_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let shown = &state.settings.lines;
    let others = shown.iter().filter(|lines| lines.areas().is_some()).count();
    let title = if others == 0 { "Lines".to_owned() } else { format!("Lines ({others})") };
    CollapsingHeader::new(RichText::new(title).size(13.0)).id_salt("lines").show(ui, |ui| {
        for lines in Lines::ALL {
            let mut is_on = shown.contains(&lines);
            if ui.checkbox(&mut is_on, lines.label()).changed() {
                actions.push(PanelAction::ToggleLines(lines).into());
            }
        }
        let mut everywhere = state.settings.lines_everywhere;
        let hint = "Otherwise only in the selected systems";
        if ui.checkbox(&mut everywhere, "Everywhere").on_hover_text(hint).changed() {
            actions.push(PanelAction::ToggleLinesEverywhere.into());
        }
        if others > 0 && !everywhere && state.selection.is_empty() {
            let text = "Select a system to see the lines in it.";
            ui.label(RichText::new(text).small().color(tokens(ui.ctx()).quiet));
        }
    });
}

/// The areas in groups, in the order of the regions' colours; those without a region last.
fn by_region(state: &State, found: &[usize]) -> Vec<(Option<BodyId>, Vec<usize>)> {
    let register = &state.atlas.register;
    let regions = Theme::REGIONS.iter().map(|code| register.by_key(BodyKind::Region, code));
    let groups = regions.chain(std::iter::once(None)).map(|region| {
        let here = found.iter().copied().filter(|area| state.layer.regions[*area] == region);
        (region, here.collect::<Vec<_>>())
    });
    groups.filter(|(_, areas)| !areas.is_empty()).collect()
}

/// One region; returns the area whose row the pointer is on.
fn region_ui(
    ui: &mut Ui,
    state: &State,
    region: Option<BodyId>,
    areas: &[usize],
    actions: &mut Actions,
) -> Option<usize> {
    let register = &state.atlas.register;
    let name = region.map_or("No region recorded", |id| register.body(id).name.as_str());
    let swatch = super::details::facts::paint_color(Paint::Area(region_fill(register, region)));
    let title = bold(format!("{name}  {}", areas.len())).size(13.0);
    let mut hovered = None;
    CollapsingHeader::new(title)
        .id_salt(("region", name))
        .default_open(true)
        .icon(move |ui, openness, response| {
            // The region's colour takes the place of a triangle; closed regions are hollow.
            let side = response.rect.width().min(12.0);
            let square = Rect::from_center_size(response.rect.center(), vec2(side, side));
            if openness > 0.5 {
                ui.painter().rect_filled(square, 2.0, swatch);
            } else {
                let stroke = Stroke::new(2.5, swatch);
                ui.painter().rect_stroke(square, 2.0, stroke, StrokeKind::Inside);
            }
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for &area in areas {
                let is_chosen = state.selection.contains(&area);
                let name = RichText::new(&state.layer.names[area]).size(13.0);
                let row = Button::selectable(is_chosen, name).wrap().sense(Sense::click());
                let response = ui.add(row);
                if response.clicked() {
                    let adds = ui.input(|input| input.modifiers.command);
                    let action =
                        if adds { SelectAction::Toggle(area) } else { SelectAction::GoTo(area) };
                    actions.push(action.into());
                }
                if response.hovered() || response.has_focus() {
                    hovered = Some(area);
                }
            }
        });
    hovered
}

/// A quiet line on the maps of 2022 and 2023: there is a newer one.
fn successor_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let LayerId::Bundled(Edition::July2022 | Edition::April2023) = state.layer_id else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let quiet = tokens(ui.ctx()).quiet;
        ui.label(RichText::new("36 boards since 1 April 2026:").small().color(quiet));
        if ui.link(RichText::new("show").small()).clicked() {
            actions.push(LayerAction::Choose(LayerId::Bundled(Edition::April2026)).into());
        }
    });
}
