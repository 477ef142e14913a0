//! The maps of a picture: what is drawn, the insets, and the names.

use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Block, INSET_TITLE, outline};
use super::layout::{Arrangement, CAPTION, SMALL_CAPTION};
use super::{Grip, Names, Picture, PictureMap};
use crate::geo::level::{Level, Levels};
use crate::geo::mask::LandMask;
use crate::geo::space::{GridRect, PagePoint, PageRect, PageSize};
use crate::geo::topology::Topology;
use crate::model::{JoinedLayer, Layer};
use crate::scene::build::{fill_of, map};
use crate::scene::furniture::{leader, name, text};
use crate::scene::names::MapLand;
use crate::scene::{Align, Camera, Furniture, Item, Part, Text, View};
use crate::style::font::Weight;
use crate::style::label::{Name, Outside, Placed, Placement, Rules, Wish, place};
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

/// The room that names leave to a block.
fn kept_out(block: PageRect, scale: f32) -> PageRect {
    block.grown(5.0 * scale)
}

/// A number on a map and the name that it stands for.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub number: usize,
    pub name: String,
}

/// Font sizes at a scale of one, in pixels.
const LARGEST: f32 = 13.0;
const LARGEST_OF_FEW: f32 = 17.0;
const FEW: usize = 12;
const SMALLEST: f32 = 9.0;
const OUTSIDE: f32 = 10.5;
const NUMBER: f32 = 9.5;

/// The land that a map is about.
pub(super) fn mask(map: &PictureMap) -> LandMask {
    let layer = &map.view.layer.layer;
    let level = layer.levels.at(&layer.topology, 1024.0);
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

    fn placed(&self, size: PageSize, camera: Camera, scale: f32) -> View {
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
    let mut drawn = Drawn {
        maps: Vec::new(),
        labels: Vec::new(),
        insets: Vec::new(),
        numbered: Vec::new(),
        grips: Vec::new(),
        nameless: Vec::new(),
        placements: Vec::new(),
    };
    let places = || arrangement.places.iter().flatten();
    let keep_out: Vec<PageRect> = places().map(|place| kept_out(place.rect, scale)).collect();
    for (number, (own, (frame, camera))) in picture.maps.iter().zip(&arrangement.frames).enumerate()
    {
        let view = own.placed(picture.size, *camera, scale);
        map(&view, *frame, &mut exact(camera.metres_per_pixel), &mut drawn.maps);
        for inset in &picture.insets {
            drawn.maps.push(outline(on_page(camera, inset.bounds), scale, Paint::Leader));
        }
        let part = if picture.maps.len() == 1 {
            frame.grown(-picture.margin.min(12.0 * scale))
        } else {
            *frame
        };
        // A handful of names may be larger.
        let few = own.names.texts.iter().filter(|text| !text.is_empty()).count() <= FEW;
        let largest = if few { LARGEST_OF_FEW } else { LARGEST };
        let mut rules = Rules {
            frame: part,
            keep_out: &keep_out,
            sizes: (largest * scale, SMALLEST * scale),
            put: OUTSIDE * scale,
            outside: Some(Outside {
                size: OUTSIDE * scale,
                reach: 80.0 * scale,
                over_others: 20.0 * scale,
            }),
            numbers: has_numbers.then_some(NUMBER * scale),
        };
        if let Some([line, more]) = &own.caption {
            let size = CAPTION * scale;
            let at = (frame.x, frame.y + size);
            let title = text(at, Align::Start, line, size, Weight::Bold, Paint::Ink);
            let size = SMALL_CAPTION * scale;
            let at = (frame.x, at.1 + 1.3 * size);
            let more = text(at, Align::Start, more, size, Weight::Regular, Paint::QuietInk);
            drawn.labels.extend([Item::Text(title), Item::Text(more)]);
            let top = (CAPTION + SMALL_CAPTION) * 1.3 * scale;
            rules.frame = PageRect { y: frame.y + top, height: frame.height - top, ..*frame };
        }
        let is_elsewhere =
            |bounds: GridRect| picture.insets.iter().any(|inset| holds(inset.bounds, bounds));
        let placement = place_names(&view, &own.names, &rules, |bounds| !is_elsewhere(bounds));
        add_names(&view, &own.names, &placement, scale, &mut drawn.labels);
        let mut labels = Vec::new();
        add_numbers(&own.names, &view, &placement, scale, &mut drawn.numbered, &mut labels);
        drawn.labels.extend(labels);
        add_grips(&view, &own.names, &placement, &mut drawn.grips);
        drawn.nameless.extend(placement.left_out.iter().map(|area| (number, *area)));
        drawn.placements.push(placement);
    }
    for (block, place) in blocks.iter().zip(&arrangement.places) {
        if let (Some(number), Some(place)) = (block.inset(), place) {
            let numbers = has_numbers.then_some(NUMBER * scale);
            inset(picture, number, place.rect, (scale, numbers), &mut drawn);
        }
    }
    drawn
}

/// The camera of an inset that is drawn in a place, and the frame of its map: below its title.
fn inset_camera(bounds: GridRect, place: PageRect, scale: f32) -> (Camera, PageRect) {
    let title = INSET_TITLE * scale;
    let frame = PageRect { y: place.y + title, height: place.height - title, ..place };
    let mut camera = Camera::fit(bounds, PageSize::new(frame.width, frame.height), 0.0);
    camera.middle = frame.centre();
    (camera, frame)
}

/// Makes the levels of detail that the maps need side by side; drawn one after the other, each would
/// wait for its own.
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
    wanted.into_par_iter().for_each(|(layer, metres_per_pixel)| {
        layer.levels.at(&layer.topology, metres_per_pixel);
    });
}

/// The level of detail for a scale, made if need be.
fn exact(scale: f64) -> impl FnMut(&Levels, &Topology) -> Option<Arc<Level>> {
    move |levels, topology| Some(levels.at(topology, scale))
}

/// A part of the first map at a larger scale, in a frame with its title.
fn inset(
    picture: &Picture,
    number: usize,
    rect: PageRect,
    (scale, numbers): (f32, Option<f32>),
    drawn: &mut Drawn,
) {
    let (Some(inset), Some(own)) = (picture.insets.get(number), picture.maps.first()) else {
        return;
    };
    let (camera, frame) = inset_camera(inset.bounds, rect, scale);
    let view = own.placed(picture.size, camera, scale);
    let mut items = vec![Item::Rect { rect: frame, fill: Paint::Sea, line: None }];
    map(&view, frame, &mut exact(camera.metres_per_pixel), &mut items);
    if let Some(Item::Map(frame)) = items.last_mut() {
        frame.name.clone_from(&inset.title);
    }
    let rules = Rules {
        frame: frame.grown(-3.0 * scale),
        keep_out: &[],
        sizes: (LARGEST * scale, SMALLEST * 0.9 * scale),
        put: LARGEST * scale,
        outside: None,
        numbers,
    };
    let placement = place_names(&view, &own.names, &rules, |bounds| holds(inset.bounds, bounds));
    drawn.nameless.extend(placement.left_out.iter().map(|area| (0, *area)));
    let mut labels = Vec::new();
    add_names(&view, &own.names, &placement, scale, &mut labels);
    add_grips(&view, &own.names, &placement, &mut drawn.grips);
    add_numbers(&own.names, &view, &placement, scale, &mut drawn.numbered, &mut labels);
    items.extend(labels);
    items.push(outline(frame, scale, Paint::Leader));
    let at = (rect.x, rect.y + 0.72 * INSET_TITLE * scale);
    let heading = text(at, Align::Start, &inset.title, 12.0 * scale, Weight::Bold, Paint::Ink);
    items.push(Item::Text(Text { halo: Some(Paint::Halo), ..heading }));
    drawn.insets.extend(Part::Inset.group(items));
}

/// The layer whose areas are named.
fn named<'a>(view: &'a View, names: &'a Names) -> &'a Arc<JoinedLayer> {
    names.of.as_ref().unwrap_or(&view.layer)
}

/// Places the names of those areas whose box is wanted.
fn place_names(
    view: &View,
    names: &Names,
    rules: &Rules<'_>,
    is_wanted: impl Fn(GridRect) -> bool,
) -> Placement {
    let joined = named(view, names);
    let camera = &view.camera;
    let layer = &joined.layer;
    let level = layer.levels.at(&layer.topology, camera.metres_per_pixel);
    let wishes = joined.anchors().iter().enumerate().filter_map(|(area, anchors)| {
        let own = layer.areas.get(area)?;
        let text = names.texts.get(area).filter(|text| !text.is_empty())?;
        if !is_wanted(own.bounds) {
            return None;
        }
        let name = Name::new(text);
        let on_frame = |at: &PagePoint| rules.frame.contains(*at);
        let places = anchors.iter().map(|anchor| camera.page_from_grid(anchor.at));
        let places: Vec<PagePoint> = places.filter(on_frame).collect();
        let pinned = names.moved.get(&area).map(|at| camera.page_from_grid(*at));
        let is_important = names.of.is_none() && view.selection.contains(&area);
        let priority = if is_important { f64::MAX } else { own.area_m2 };
        let extent = camera.extent_of(own.bounds);
        let wish = Wish { area, name, places, extent, priority, pinned, is_important };
        (!wish.places.is_empty()).then_some(wish)
    });
    place(wishes.collect(), rules, &MapLand { level: &level, camera })
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

/// Whether a box holds another one, but for a small part of it.
fn holds(outer: GridRect, inner: GridRect) -> bool {
    let air = 0.03 * outer.width().max(outer.height());
    outer.min().x - air <= inner.min().x
        && outer.min().y - air <= inner.min().y
        && outer.max().x + air >= inner.max().x
        && outer.max().y + air >= inner.max().y
}

fn on_page(camera: &Camera, bounds: GridRect) -> PageRect {
    let (a, b) = (camera.page_from_grid(bounds.min()), camera.page_from_grid(bounds.max()));
    PageRect { x: a.x, y: b.y, width: b.x - a.x, height: a.y - b.y }
}
