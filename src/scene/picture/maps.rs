//! The maps of a picture: what is drawn, the insets, and the names.

use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Block, INSET_TITLE, outline};
use super::layout::{Arrangement, CAPTION, SMALL_CAPTION};
use super::panels::{NUMBER, Panel, inset_camera, kept_out, named};
use super::{Grip, Inset, Names, Picture, PictureMap};
use crate::geo::level::{Level, Levels};
use crate::geo::mask::LandMask;
use crate::geo::space::{GridRect, PageRect, PageSize};
use crate::model::Layer;
use crate::scene::build::{fill_of, map};
use crate::scene::furniture::{leader, name, text};
use crate::scene::{Align, Camera, Furniture, Item, Part, Text, View};
use crate::style::font::Weight;
use crate::style::label::{Placed, Placement};
use crate::style::theme::{Fill, Paint};

/// What was drawn, from back to front.
pub(super) struct Drawn {
    pub maps: Vec<Item>,
    pub labels: Vec<Item>,
    pub insets: Vec<Item>,
    pub numbered: Vec<Number>,
    pub grips: Vec<Grip>,
    pub nameless: Vec<(usize, usize)>,
    /// What is written on each map.
    placements: Vec<Placement>,
}

impl Drawn {
    /// Whether a block beside the maps could have been there from the beginning.
    pub fn leaves_free(&self, block: PageRect, scale: f32) -> bool {
        let block = kept_out(block, scale);
        self.placements.iter().all(|placement| placement.leaves_free(block))
    }
}

/// A number on a map and the name that it stands for.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub number: usize,
    pub name: String,
}

/// The land that a map is about.
pub(super) fn mask(map: &PictureMap) -> LandMask {
    let layer = &map.view.layer.layer;
    let level = layer.levels.at(1024.0);
    let bounds = layer.bounds().unwrap_or(map.fit);
    LandMask::of(&level, bounds, |area| map.view.is_subject(area))
}

impl PictureMap {
    /// Its view with everything on the page, as long as its place is not known.
    pub(super) fn fitted(&self, size: PageSize) -> View {
        View { size, camera: Camera::fit(self.fit, size, 0.0), ..self.view.clone() }
    }

    /// Whether anything is written on it.
    pub(super) fn is_named(&self) -> bool {
        self.names.texts.iter().any(|text| !text.is_empty())
    }

    /// Its view in its place, with nothing around.
    pub(super) fn placed(&self, size: PageSize, camera: Camera, scale: f32) -> View {
        View { size, camera, furniture: Furniture::none(scale), ..self.view.clone() }
    }
}

/// Draws the maps into their places.
pub(super) fn draw(
    picture: &Picture,
    arrangement: &Arrangement,
    blocks: &[Block],
    has_numbers: bool,
    scale: f32,
) -> Drawn {
    let places = || arrangement.places.iter().flatten();
    let keep_out: Vec<PageRect> = places().map(|place| kept_out(place.rect, scale)).collect();
    let numbers = has_numbers.then_some(NUMBER * scale);
    let maps = picture.maps.iter().zip(&arrangement.frames).enumerate();
    let maps = maps.map(|(number, (map, frame))| {
        Panel::of_map(picture, (number, map), frame, &keep_out, numbers, scale)
    });
    let insets = blocks.iter().zip(&arrangement.places).filter_map(|(block, place)| {
        Panel::of_inset(picture, block.inset()?, (*place)?.rect, numbers, scale)
    });
    let panels: Vec<Panel<'_>> = maps.chain(insets).collect();
    let placements = panels.par_iter().map(|panel| panel.place_names(&picture.insets));
    let placements: Vec<Placement> = placements.collect();
    let mut drawn = Drawn {
        maps: Vec::new(),
        labels: Vec::new(),
        insets: Vec::new(),
        numbered: Vec::new(),
        grips: Vec::new(),
        nameless: Vec::new(),
        placements: Vec::new(),
    };
    for (panel, placement) in panels.iter().zip(placements) {
        let Panel { map, view, .. } = panel;
        let mut labels = Vec::new();
        add_names(view, &map.names, &placement, scale, &mut labels);
        add_numbers(&map.names, view, &placement, scale, &mut drawn.numbered, &mut labels);
        add_grips(view, &map.names, &placement, &mut drawn.grips);
        drawn.nameless.extend(placement.left_out.iter().map(|area| (panel.number, *area)));
        if let Some((inset, place)) = panel.inset {
            let items = draw_inset(panel, inset, place, labels, scale);
            drawn.insets.extend(Part::Inset.group(items));
        } else {
            draw_map(picture, panel, scale, &mut drawn.maps);
            drawn.labels.extend(caption(panel, scale).into_iter().chain(labels));
            drawn.placements.push(placement);
        }
    }
    drawn
}

fn draw_map(picture: &Picture, panel: &Panel<'_>, scale: f32, items: &mut Vec<Item>) {
    let Panel { view, frame, .. } = panel;
    map(view, *frame, &mut exact(view.camera.metres_per_pixel), items);
    for inset in &picture.insets {
        items.push(outline(on_page(&view.camera, inset.bounds), scale, Paint::Leader));
    }
}

fn caption(panel: &Panel<'_>, scale: f32) -> Vec<Item> {
    let Some([line, more]) = &panel.map.caption else { return Vec::new() };
    let size = CAPTION * scale;
    let at = (panel.frame.x, panel.frame.y + size);
    let title = text(at, Align::Start, line, size, Weight::Bold, Paint::Ink);
    let size = SMALL_CAPTION * scale;
    let at = (panel.frame.x, at.1 + 1.3 * size);
    let more = text(at, Align::Start, more, size, Weight::Regular, Paint::QuietInk);
    vec![Item::Text(title), Item::Text(more)]
}

/// An inset in a frame with its title.
fn draw_inset(
    panel: &Panel<'_>,
    inset: &Inset,
    place: PageRect,
    labels: Vec<Item>,
    scale: f32,
) -> Vec<Item> {
    let Panel { view, frame, .. } = panel;
    let mut items = vec![Item::Rect { rect: *frame, fill: Paint::Sea, line: None }];
    map(view, *frame, &mut exact(view.camera.metres_per_pixel), &mut items);
    if let Some(Item::Map(frame)) = items.last_mut() {
        frame.name.clone_from(&inset.title);
    }
    items.extend(labels);
    items.push(outline(*frame, scale, Paint::Leader));
    let at = (place.x, place.y + 0.72 * INSET_TITLE * scale);
    let heading = text(at, Align::Start, &inset.title, 12.0 * scale, Weight::Bold, Paint::Ink);
    items.push(Item::Text(Text { halo: Some(Paint::Halo), ..heading }));
    items
}

/// Makes what the maps and insets need before they are drawn side by side, or each would make its
/// own: the levels of detail, what lies where on those with names, and where names belong.
pub(super) fn prepare(picture: &Picture, arrangement: &Arrangement, blocks: &[Block], scale: f32) {
    let maps = picture.maps.iter().zip(&arrangement.frames);
    let own = maps.map(|(map, (_, camera))| (map, camera.metres_per_pixel));
    let insets = blocks.iter().zip(&arrangement.places).filter_map(|(block, place)| {
        let (map, inset) = (picture.maps.first()?, picture.insets.get(block.inset()?)?);
        let (camera, _) = inset_camera(inset.bounds, (*place)?.rect, scale);
        Some((map, camera.metres_per_pixel))
    });
    let mut wanted: Vec<(&Layer, f64)> = Vec::new();
    for (map, metres_per_pixel) in own.chain(insets) {
        let layers = [
            Some(&map.view.layer.layer),
            map.view.backdrop.as_deref(),
            map.is_named().then(|| &named(&map.view, &map.names).layer),
        ];
        for layer in layers.into_iter().flatten() {
            let is_same = |(other, scale): &(&Layer, f64)| {
                std::ptr::eq(*other, layer) && Levels::is_one(*scale, metres_per_pixel)
            };
            if !wanted.iter().any(is_same) {
                wanted.push((layer, metres_per_pixel));
            }
        }
    }
    // All levels of a layer are made of these; worked out in there, each would make its own.
    for (layer, _) in &wanted {
        layer.topology.weights();
    }
    let named = || {
        let maps = picture.maps.iter().filter(|map| map.is_named());
        maps.map(|map| named(&map.view, &map.names))
    };
    let is_named = |layer: &Layer| named().any(|named| std::ptr::eq(&raw const named.layer, layer));
    let make = || {
        wanted.into_par_iter().for_each(|(layer, metres_per_pixel)| {
            let level = layer.levels.at(metres_per_pixel);
            if is_named(layer) {
                level.index();
            }
        });
    };
    let find_anchors = || named().for_each(|named| _ = named.anchors());
    rayon::join(make, find_anchors);
}

/// The level of detail for a scale, made if need be.
fn exact(scale: f64) -> impl FnMut(&Levels) -> Option<Arc<Level>> {
    move |levels| Some(levels.at(scale))
}

fn add_names(view: &View, names: &Names, placement: &Placement, scale: f32, items: &mut Vec<Item>) {
    items.extend(placement.names.iter().flat_map(|label| leader(label, scale)));
    for label in &placement.names {
        items.push(Item::Text(name_text(view, names, label)));
    }
}

fn add_grips(view: &View, names: &Names, placement: &Placement, grips: &mut Vec<Grip>) {
    let areas = &named(view, names).layer.areas;
    grips.extend(placement.names.iter().filter_map(|name| {
        let area = areas.get(name.area)?;
        let code = if area.code.is_empty() { &area.name } else { &area.code };
        Some(Grip { code: code.clone(), rect: name.rect(), camera: view.camera })
    }));
}

fn name_text(view: &View, names: &Names, label: &Placed) -> Text {
    if label.leader.is_some() {
        return name(label, Paint::Ink, Paint::Halo);
    }
    let fill = ground_of(view, names, label.area);
    name(label, Paint::InkOn(fill), Paint::HaloOn(fill))
}

/// What the land under an area's name is filled with.
fn ground_of(view: &View, names: &Names, area: usize) -> Fill {
    if names.of.is_none() {
        return fill_of(view, area);
    }
    view.subject.first().map_or(Fill::NoRegion, |subject| fill_of(view, *subject))
}

fn add_numbers(
    names: &Names,
    view: &View,
    placement: &Placement,
    scale: f32,
    numbered: &mut Vec<Number>,
    items: &mut Vec<Item>,
) {
    for found in &placement.numbered {
        let name = names.texts.get(found.area).cloned().unwrap_or_default();
        // The same area on another map keeps its number.
        let known = numbered.iter().find(|other| other.name == name).map(|other| other.number);
        let number = known.unwrap_or(numbered.len() + 1);
        if known.is_none() {
            numbered.push(Number { number, name });
        }
        let size = NUMBER * scale;
        let at = (found.at.x, found.at.y + 0.36 * size);
        let fill = ground_of(view, names, found.area);
        let ink = Paint::InkOn(fill);
        let digits = text(at, Align::Middle, &number.to_string(), size, Weight::Bold, ink);
        items.push(Item::Text(Text { halo: Some(Paint::HaloOn(fill)), ..digits }));
    }
}

fn on_page(camera: &Camera, bounds: GridRect) -> PageRect {
    let (a, b) = (camera.page_from_grid(bounds.min()), camera.page_from_grid(bounds.max()));
    PageRect { x: a.x, y: b.y, width: b.x - a.x, height: a.y - b.y }
}
