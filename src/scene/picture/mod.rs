//! A picture to stand by itself: one map or several on a page, with title, names, legend and
//! source.
//!
//! [`build`] finds room for everything: `layout` fits the map and packs the blocks (`blocks`)
//! beside the land, `panels` names the areas of each map and inset, `maps` draws them.

mod blocks;
mod layout;
mod maps;
mod panels;

use std::collections::BTreeMap;

use super::{Image, Item, PageRect, Part, Scene, View};
use crate::geo::space::{Grid, GridRect, PageSize};
use crate::style::theme::Paint;
use blocks::{Block, Key};
use layout::{Arrangement, Cell, Request};

/// All that a picture shows.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each piece can be there or not, by itself")]
pub struct Picture {
    /// Size of the page. A pixel is 1/144 of an inch.
    pub size: PageSize,
    /// Space around everything but the map, in pixels.
    pub margin: f32,
    /// Whether what lies below the picture shows where there is no land.
    pub is_transparent: bool,
    /// Title.
    pub title: Option<String>,
    /// Line under the title.
    pub subtitle: Option<String>,
    /// Source, licence and date.
    pub credit: Option<String>,
    /// Whether the colours and lines are explained.
    pub has_legend: bool,
    /// Whether a bar tells lengths.
    pub has_scale_bar: bool,
    /// Whether areas without room for a name get a number, and a key tells whose it is.
    pub has_key: bool,
    /// A logo.
    pub logo: Option<Image>,
    /// Parts of the map at a larger scale.
    pub insets: Vec<Inset>,
    /// The maps: one, or several side by side.
    pub maps: Vec<PictureMap>,
}

/// A part of the map at a larger scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Inset {
    /// What it is called.
    pub title: String,
    /// What it shows, in grid metres.
    pub bounds: GridRect,
}

/// A map of a picture.
#[derive(Debug, Clone)]
pub struct PictureMap {
    /// What is drawn; its size and camera are found by the layout.
    pub view: View,
    /// What has to be seen, in grid metres.
    pub fit: GridRect,
    /// What it is called, where there are several.
    pub caption: Option<[String; 2]>,
    /// The names on it.
    pub names: Names,
}

/// The names on a map.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Other areas than those of the map, such as councils within a system.
    pub of: Option<std::sync::Arc<crate::model::JoinedLayer>>,
    /// What is written on each area; nothing on those with an empty text.
    pub texts: Vec<String>,
    /// Where a person has put the middle of the text of an area, in grid metres.
    pub moved: BTreeMap<usize, Grid>,
}

/// A picture with what a person may want to know of it.
#[derive(Debug, Clone)]
pub struct Built {
    /// The page.
    pub scene: Scene,
    /// Where the names of areas are, to be taken hold of.
    pub grips: Vec<Grip>,
    /// Where each map is, and what places it there.
    pub frames: Vec<(PageRect, super::Camera)>,
    /// Areas that have neither name nor number, because there is no room.
    pub nameless: Vec<(usize, usize)>,
}

/// Where the name of an area is.
#[derive(Debug, Clone)]
pub struct Grip {
    /// The code of the area, or its name if it has none.
    pub code: String,
    /// The block of the name.
    pub rect: PageRect,
    /// What places the map on the page.
    pub camera: super::Camera,
}

/// Size of text and lines of a page as a multiple of the usual one. It follows the area of the
/// page, so that a slide, a square and a sheet of paper look alike.
#[must_use]
pub fn page_scale(size: PageSize) -> f32 {
    const USUAL: f32 = 1.6;
    let by_area = (size.width * size.height / (1920.0 * 1080.0)).sqrt();
    // A strip must not have letters taller than its room.
    let by_side = size.width.min(size.height) / 640.0;
    (by_area.min(by_side) * USUAL).max(0.3)
}

/// Draws a picture. The same picture gives the same scene.
#[must_use]
pub fn build(picture: &Picture) -> Built {
    let scale = page_scale(picture.size);
    let masks: Vec<_> = picture.maps.iter().map(maps::mask).collect();
    let cells: Vec<Cell<'_>> = picture
        .maps
        .iter()
        .zip(&masks)
        .map(|(map, mask)| Cell { fit: map.fit, mask, has_caption: map.caption.is_some() })
        .collect();
    let mut key = None;
    let mut has_key = picture.has_key;
    // What was drawn without a key, and how it was arranged.
    let mut without = None;
    loop {
        let blocks = blocks::of(picture, key.as_ref(), scale);
        let request = Request {
            page: PageRect::of(picture.size),
            margin: picture.margin,
            scale,
            cells: &cells,
            blocks: &blocks,
        };
        let arrangement = layout::arrange(&request);
        // A key that covers land is worse than none.
        if key.is_some() && arrangement.is_crowded {
            (key, has_key) = (None, false);
            continue;
        }
        let stays = |(drawn, before): &(maps::Drawn, Arrangement)| {
            let place = blocks.iter().position(Block::is_key);
            let place = place.and_then(|number| arrangement.place_added(before, number));
            place.is_some_and(|place| drawn.leaves_free(place.rect, scale))
        };
        let drawn = if let Some((drawn, _)) = without.take().filter(stays) {
            drawn
        } else {
            maps::prepare(picture, &arrangement, &blocks, scale);
            maps::draw(picture, &arrangement, &blocks, has_key, scale)
        };
        let wanted = Key::of(&drawn.numbered, scale);
        let has_grown = wanted.as_ref().map(Key::len) > key.as_ref().map(Key::len);
        if has_key && has_grown {
            without = key.is_none().then_some((drawn, arrangement));
            key = wanted;
            continue;
        }
        return finish(picture, &arrangement, blocks, wanted.as_ref(), drawn, scale);
    }
}

/// Draws what has found its place. `key` has the rows that are needed in the end: fewer numbers may
/// be left beside the key than before there was one.
fn finish(
    picture: &Picture,
    arrangement: &Arrangement,
    mut blocks: Vec<Block>,
    key: Option<&Key>,
    drawn: maps::Drawn,
    scale: f32,
) -> Built {
    for block in &mut blocks {
        block.put_key(key);
    }
    let page = PageRect::of(picture.size);
    let ground = Item::Rect { rect: page, fill: Paint::Sea, line: None };
    let mut items: Vec<Item> = (!picture.is_transparent).then_some(ground).into_iter().collect();
    items.extend(drawn.maps);
    items.extend(Part::Labels.group(drawn.labels));
    items.extend(drawn.insets);
    let is_alone = picture.maps.len() == 1;
    for (block, place) in blocks.iter().zip(&arrangement.places) {
        if let Some(place) = place {
            items.extend(block.draw(*place, is_alone, scale));
        }
    }
    let title = picture.title.clone().unwrap_or_default();
    let scene =
        Scene { size: picture.size, title, items, names: Vec::new(), is_provisional: false };
    Built {
        scene,
        grips: drawn.grips,
        frames: arrangement.frames.clone(),
        nameless: drawn.nameless,
    }
}
