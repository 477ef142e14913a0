//! What can be chosen for a picture.

use eframe::egui::{Button, ComboBox, DragValue, Grid, RichText, TextEdit, Ui};

use crate::app::action::PictureAction;
use crate::app::look::{bold, tokens};
use crate::app::panels::Actions;
use crate::app::picture::Shown;
use crate::app::state::State;
use crate::model::Edition;
use crate::recipe::{LabelText, Page, Paper, Pieces, Recipe, SIDES, Words};
use crate::render::Format;
use crate::scene::lines::Lines;
use crate::style::theme::{Background, Style};

/// Width of lists and texts.
const WIDE: f32 = 196.0;

pub fn choices_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let mut recipe = state.settings.recipe.clone();
    shown_ui(ui, state, actions);
    page_ui(ui, state, &mut recipe.page, actions);
    look_ui(ui, &mut recipe);
    texts_ui(ui, state, &mut recipe.furniture);
    pieces_ui(ui, state, &mut recipe, actions);
    if ui.button("Everything as usual").clicked() {
        recipe = Recipe::default();
    }
    if recipe != state.settings.recipe {
        actions.push(PictureAction::Edit(Box::new(recipe)).into());
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(bold(text));
}

/// A list of values with a name; a screen reader hears what it is about.
fn list<T: PartialEq + Clone>(
    ui: &mut Ui,
    what: &str,
    value: &mut T,
    shown: &str,
    options: impl IntoIterator<Item = (T, String)>,
) {
    let label = ui.label(RichText::new(what).color(tokens(ui.ctx()).quiet));
    ComboBox::from_id_salt(("picture", what))
        .width(WIDE)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for (option, name) in options {
                ui.selectable_value(value, option, name);
            }
        })
        .response
        .labelled_by(label.id);
    ui.end_row();
}

fn grid(ui: &mut Ui, id: &str, add: impl FnOnce(&mut Ui)) {
    Grid::new(("picture", id)).num_columns(2).spacing([10.0, 5.0]).show(ui, add);
}

/// What of the map is shown.
fn shown_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    heading(ui, "Map");
    let mut shown = state.settings.shown.clone();
    let last = state.last_selected();
    let own = last.map(|area| state.layer.names[area].clone());
    let region = last.and_then(|area| state.layer.regions[area]);
    let region = region.map(|id| state.atlas.register.body(id).short_name.clone());
    let mut options = vec![
        (Shown::England, "All of England".to_owned()),
        (Shown::Window, "As in the window".to_owned()),
    ];
    let with = if let Shown::System(with) = shown { with } else { None };
    options.extend(own.map(|name| (Shown::System(with), format!("{name} by itself"))));
    options.extend(region.map(|name| (Shown::Region, format!("{name} region"))));
    let earlier = if let Shown::Beside(earlier) = &shown { Some(earlier.clone()) } else { None };
    let usual = match state.moment() {
        Edition::April2026 => Edition::April2023,
        _ => Edition::April2021,
    };
    let earlier = earlier.unwrap_or_else(|| usual.id().to_owned());
    options.push((Shown::Beside(earlier), "Before and after".to_owned()));
    options.push((Shown::History, "History from 2013".to_owned()));
    let name = options.iter().find(|(option, _)| *option == shown).map(|(_, name)| name.clone());
    // Without a selection all of England is shown, whatever was chosen.
    let name = name.unwrap_or_else(|| "All of England".to_owned());
    grid(ui, "shown", |ui| {
        list(ui, "Show", &mut shown, &name, options);
        match &mut shown {
            Shown::System(with) if last.is_some() => {
                let of = |lines: Option<Lines>| lines.map_or("Nothing", Lines::label).to_owned();
                let all = Lines::ALL.into_iter().filter(|lines| lines.areas().is_some());
                let options = std::iter::once(None).chain(all.map(Some));
                let name = of(*with);
                list(ui, "With", with, &name, options.map(|lines| (lines, of(lines))));
            }
            Shown::Beside(earlier) => {
                let title = |edition: Edition| edition.title().to_owned();
                let name = earlier.parse::<Edition>().map_or_else(|_| earlier.clone(), title);
                let options =
                    Edition::MAPS.map(|edition| (edition.id().to_owned(), title(edition)));
                list(ui, "Before", earlier, &name, options);
            }
            _ => {}
        }
    });
    if shown != state.settings.shown {
        actions.push(PictureAction::Show(shown).into());
    }
}

fn page_ui(ui: &mut Ui, state: &State, page: &mut Page, actions: &mut Actions) {
    heading(ui, "Page");
    grid(ui, "page", |ui| {
        let size = page.paper.size();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole pixels")]
        let own = Paper::Own { width: size.width as u16, height: size.height as u16 };
        let own = if matches!(page.paper, Paper::Own { .. }) { page.paper } else { own };
        let options = Paper::NAMED.into_iter().chain([own]);
        let options = options.map(|paper| (paper, paper.label().to_owned()));
        let name = page.paper.label();
        list(ui, "Shape", &mut page.paper, name, options);
        if let Paper::Own { width, height } = &mut page.paper {
            ui.label(RichText::new("Pixels").color(tokens(ui.ctx()).quiet));
            ui.horizontal(|ui| {
                ui.add(DragValue::new(width).range(SIDES));
                ui.label("by");
                ui.add(DragValue::new(height).range(SIDES));
            });
            ui.end_row();
        }
        let mut format = state.settings.format;
        let options = Format::ALL.map(|format| (format, format.label().to_owned()));
        let name = format.label();
        list(ui, "File", &mut format, name, options);
        if format != state.settings.format {
            actions.push(PictureAction::Format(format).into());
        }
        if format == Format::Png {
            let of = |scale: u8| {
                let times = f32::from(scale);
                format!("{:.0} × {:.0} pixels", size.width * times, size.height * times)
            };
            let name = of(page.scale);
            let options = (1..=4).map(|scale| (scale, of(scale)));
            list(ui, "Size", &mut page.scale, &name, options);
        }
        let options = Background::ALL.map(|b| (b, b.label().to_owned()));
        let name = page.background.label();
        list(ui, "Background", &mut page.background, name, options);
        ui.label(RichText::new("Margin").color(tokens(ui.ctx()).quiet));
        ui.add(DragValue::new(&mut page.margin).range(0..=200).suffix(" pixels"));
        ui.end_row();
    });
}

fn look_ui(ui: &mut Ui, recipe: &mut Recipe) {
    heading(ui, "Look");
    grid(ui, "look", |ui| {
        let name = recipe.style.label();
        let options = Style::ALL.map(|style| (style, style.label().to_owned()));
        list(ui, "Colours", &mut recipe.style, name, options);
        let name = recipe.labels.text.label();
        let options = LabelText::ALL.map(|text| (text, text.label().to_owned()));
        list(ui, "On the map", &mut recipe.labels.text, name, options);
    });
    if !recipe.labels.moved.is_empty() && ui.button("Put moved names back").clicked() {
        recipe.labels.moved.clear();
    }
}

/// Title and subtitle: made from what is shown, written by a person, or left out.
fn texts_ui(ui: &mut Ui, state: &State, pieces: &mut Pieces) {
    heading(ui, "Texts");
    let preview = state.making.preview.as_ref().and_then(|preview| preview.as_ref().ok());
    let [title, subtitle] = preview.map(|preview| preview.made.clone()).unwrap_or_default();
    for (what, words, made) in
        [("Title", &mut pieces.title, title), ("Subtitle", &mut pieces.subtitle, subtitle)]
    {
        let mut is_shown = *words != Words::None;
        if ui.checkbox(&mut is_shown, what).changed() {
            *words = if is_shown { Words::Made } else { Words::None };
        }
        if is_shown {
            let mut text = match words {
                Words::Own(text) => text.clone(),
                _ => String::new(),
            };
            let hint = made.unwrap_or_default();
            let edit = TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
            let edit = ui.add(edit.id_salt(("picture", what)));
            edit.widget_info(|| {
                let value = text.clone();
                let mut info = eframe::egui::WidgetInfo::text_edit(true, "", value, "");
                info.label = Some(format!("{what} of the picture"));
                info
            });
            if edit.changed() {
                *words = if text.is_empty() { Words::Made } else { Words::Own(text) };
            }
        }
    }
}

fn pieces_ui(ui: &mut Ui, state: &State, recipe: &mut Recipe, actions: &mut Actions) {
    heading(ui, "Beside the map");
    let pieces = &mut recipe.furniture;
    for (what, is_shown) in [
        ("Legend", &mut pieces.legend),
        ("Scale bar", &mut pieces.scale_bar),
        ("London inset", &mut pieces.london),
        ("Numbers and key", &mut pieces.key),
        ("Source and licence", &mut pieces.source),
        ("Date of the boundaries", &mut pieces.date),
    ] {
        ui.checkbox(is_shown, what);
    }
    let mut removed = None;
    for (number, inset) in pieces.insets.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            ui.add(TextEdit::singleline(&mut inset.title).desired_width(WIDE));
            let name = format!("Remove {}", inset.title);
            if ui.small_button("×").accessible_name(name).clicked() {
                removed = Some(number);
            }
        });
    }
    if let Some(number) = removed {
        pieces.insets.remove(number);
    }
    ui.horizontal(|ui| {
        let label = if state.making.is_framing { "Draw it on the map" } else { "Add an inset" };
        let hint = "Draw a box on the map: it is shown beside it at a larger scale";
        let button = Button::new(label).selected(state.making.is_framing);
        let button = ui.add(button);
        if button.on_hover_text(hint).clicked() {
            actions.push(PictureAction::FrameInset.into());
        }
        match &pieces.logo {
            Some(logo) => {
                let name = logo.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if ui.button(format!("Remove {name}")).clicked() {
                    pieces.logo = None;
                }
            }
            None => {
                if ui.button("Add a logo…").clicked() {
                    actions.push(PictureAction::AskForLogo.into());
                }
            }
        }
    });
}
