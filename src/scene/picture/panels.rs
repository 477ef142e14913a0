//! The maps and insets of a picture in their places, and the names on them.

use std::sync::Arc;

use super::blocks::INSET_TITLE;
use super::layout::{CAPTION, SMALL_CAPTION};
use super::{Inset, Names, Picture, PictureMap};
use crate::geo::space::{GridRect, PagePoint, PageRect, PageSize};
use crate::model::JoinedLayer;
use crate::scene::names::MapLand;
use crate::scene::{Camera, View};
use crate::style::label::{Name, Outside, Placement, Rules, Wish, place};

/// Font sizes at a scale of one, in pixels.
const LARGEST: f32 = 13.0;
const LARGEST_OF_FEW: f32 = 17.0;
const FEW: usize = 12;
const SMALLEST: f32 = 9.0;
const OUTSIDE: f32 = 10.5;
pub(super) const NUMBER: f32 = 9.5;

/// A map or an inset with its place on the page.
pub(super) struct Panel<'a> {
    pub map: &'a PictureMap,
    /// Which of the picture's maps that is.
    pub number: usize,
    /// If it is an inset: which, and its place with the title.
    pub inset: Option<(&'a Inset, PageRect)>,
    pub view: View,
    pub frame: PageRect,
    rules: Rules<'a>,
}

impl<'a> Panel<'a> {
    /// A map of a picture.
    pub fn of_map(
        picture: &Picture,
        (number, map): (usize, &'a PictureMap),
        (frame, camera): &(PageRect, Camera),
        keep_out: &'a [PageRect],
        numbers: Option<f32>,
        scale: f32,
    ) -> Self {
        // A handful of names may be larger.
        let few = map.names.texts.iter().filter(|text| !text.is_empty()).count() <= FEW;
        let largest = if few { LARGEST_OF_FEW } else { LARGEST };
        let part = if map.caption.is_some() {
            let top = (CAPTION + SMALL_CAPTION) * 1.3 * scale;
            PageRect { y: frame.y + top, height: frame.height - top, ..*frame }
        } else if picture.maps.len() == 1 {
            frame.grown(-picture.margin.min(12.0 * scale))
        } else {
            *frame
        };
        let rules = Rules {
            frame: part,
            keep_out,
            sizes: (largest * scale, SMALLEST * scale),
            put: OUTSIDE * scale,
            outside: Some(Outside {
                size: OUTSIDE * scale,
                reach: 80.0 * scale,
                over_others: 20.0 * scale,
            }),
            numbers,
        };
        let view = map.placed(picture.size, *camera, scale);
        Self { map, number, inset: None, view, frame: *frame, rules }
    }

    /// A part of the first map at a larger scale.
    pub fn of_inset(
        picture: &'a Picture,
        number: usize,
        place: PageRect,
        numbers: Option<f32>,
        scale: f32,
    ) -> Option<Self> {
        let (inset, map) = (picture.insets.get(number)?, picture.maps.first()?);
        let (camera, frame) = inset_camera(inset.bounds, place, scale);
        let rules = Rules {
            frame: frame.grown(-3.0 * scale),
            keep_out: &[],
            sizes: (LARGEST * scale, SMALLEST * 0.9 * scale),
            put: LARGEST * scale,
            outside: None,
            numbers,
        };
        let view = map.placed(picture.size, camera, scale);
        Some(Self { map, number: 0, inset: Some((inset, place)), view, frame, rules })
    }

    /// Places the names that belong on it: an inset has those of the areas that it shows whole.
    pub fn place_names(&self, insets: &[Inset]) -> Placement {
        place_names(&self.view, &self.map.names, &self.rules, |bounds| match self.inset {
            Some((inset, _)) => holds(inset.bounds, bounds),
            None => !insets.iter().any(|inset| holds(inset.bounds, bounds)),
        })
    }
}

/// The room that names leave to a block.
pub(super) fn kept_out(block: PageRect, scale: f32) -> PageRect {
    block.grown(5.0 * scale)
}

/// The camera of an inset that is drawn in a place, and the frame of its map: below its title.
pub(super) fn inset_camera(bounds: GridRect, place: PageRect, scale: f32) -> (Camera, PageRect) {
    let title = INSET_TITLE * scale;
    let frame = PageRect { y: place.y + title, height: place.height - title, ..place };
    let mut camera = Camera::fit(bounds, PageSize::new(frame.width, frame.height), 0.0);
    camera.middle = frame.centre();
    (camera, frame)
}

/// The layer whose areas are named.
pub(super) fn named<'a>(view: &'a View, names: &'a Names) -> &'a Arc<JoinedLayer> {
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
    let level = layer.levels.at(camera.metres_per_pixel);
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

/// Whether a box holds another one, but for a small part of it.
fn holds(outer: GridRect, inner: GridRect) -> bool {
    let air = 0.03 * outer.width().max(outer.height());
    outer.min().x - air <= inner.min().x
        && outer.min().y - air <= inner.min().y
        && outer.max().x + air >= inner.max().x
        && outer.max().y + air >= inner.max().y
}
