//! The blocks beside the map: how large they are and what is in them.

use super::Picture;
use super::layout::{Edge, Size};
use super::maps::Number;
use crate::geo::space::PagePoint;
use crate::scene::furniture::{ScaleBar, height_of, text, wrap};
use crate::scene::legend::Legend;
use crate::scene::{Align, Image, Item, PageRect, Part, Text};
use crate::style::font::{LINE_HEIGHT, Weight, width};
use crate::style::theme::Paint;

/// Font sizes at a scale of one, in pixels.
const TITLE: f32 = 25.0;
const SUBTITLE: f32 = 14.0;
const CREDIT: f32 = 9.0;
const KEY: f32 = 10.0;
/// Height of a logo.
const LOGO: f32 = 34.0;
/// Width of an inset.
const INSET: f32 = 270.0;
/// Height of an inset's title.
pub(super) const INSET_TITLE: f32 = 19.0;

/// Something that needs room on the page.
#[derive(Debug)]
pub(super) struct Block {
    pub what: What,
    /// Width and height in pixels.
    pub size: Size,
    /// Where it may be, the best first.
    pub edges: &'static [Edge],
}

#[derive(Debug)]
pub(super) enum What {
    Title {
        title: Vec<String>,
        subtitle: Vec<String>,
    },
    Legend(Legend),
    Key(Key),
    ScaleBar,
    Credit(Vec<String>),
    Logo(Image),
    /// An inset, by its number.
    Inset(usize),
}

/// The blocks of a picture, in the order in which they look for room.
pub(super) fn of(picture: &Picture, key: Option<&Key>, scale: f32) -> Vec<Block> {
    let room = picture.size.width - 2.0 * picture.margin;
    let mut blocks = Vec::new();
    blocks.extend(title(picture, room, scale));
    if let Some(credit) = &picture.credit {
        let size = CREDIT * scale;
        let lines = wrap(credit, size, Weight::Regular, room);
        let height = height_of(lines.len(), size);
        let wide = |line: &String| width(line, size, Weight::Regular);
        let size = Size::fixed(lines.iter().map(wide).fold(0.0, f32::max), height);
        blocks.push(Block { what: What::Credit(lines), size, edges: &[Edge::BottomLeft] });
    }
    let legend = picture
        .maps
        .first()
        .and_then(|map| Legend::of(&map.fitted(picture.size)).filter(|_| picture.has_legend));
    if let Some(legend) = legend {
        let (width, height) = if picture.maps.len() == 1 {
            legend.size(scale)
        } else {
            legend.strip_size(scale, room)
        };
        let edges = &[Edge::LeftDown, Edge::RightDown, Edge::BottomLeft, Edge::BottomRight];
        blocks.push(Block { what: What::Legend(legend), size: Size::fixed(width, height), edges });
    }
    for (number, inset) in picture.insets.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
        let aspect = (inset.bounds.height() / inset.bounds.width()) as f32;
        // As large as any other of the same area.
        let width = INSET * scale / aspect.sqrt().clamp(0.6, 1.6);
        let size = Size { width, height: width * aspect + INSET_TITLE * scale, can_shrink: true };
        let edges = &[Edge::RightUp, Edge::RightDown, Edge::LeftUp, Edge::LeftDown];
        blocks.push(Block { what: What::Inset(number), size, edges });
    }
    if let Some(key) = key {
        let (width, height) = key.size(scale, picture.size.height - 2.0 * picture.margin);
        let edges = &[Edge::RightDown, Edge::LeftUp, Edge::LeftDown, Edge::RightUp];
        let size = Size::fixed(width, height);
        blocks.push(Block { what: What::Key(key.clone()), size, edges });
    }
    if let Some(logo) = &picture.logo {
        let (width, height) = (LOGO * scale * logo.aspect, LOGO * scale);
        let shrink = (room * 0.25 / width).min(1.0);
        let size = Size::fixed(width * shrink, height * shrink);
        let edges = &[Edge::RightDown, Edge::RightUp, Edge::LeftUp];
        blocks.push(Block { what: What::Logo(logo.clone()), size, edges });
    }
    if picture.has_scale_bar {
        // The longest that any map may have: the map's scale is not known yet.
        let size = Size::fixed(195.0 * scale, 16.0 * scale);
        let edges = &[Edge::BottomLeft, Edge::BottomRight, Edge::LeftUp, Edge::RightUp];
        blocks.push(Block { what: What::ScaleBar, size, edges });
    }
    blocks
}

fn title(picture: &Picture, room: f32, scale: f32) -> Option<Block> {
    // On a wide page the title stands beside the map, on others above it; so it does above several.
    let is_wide = picture.size.width > 1.3 * picture.size.height && picture.maps.len() == 1;
    let widest = if is_wide { room * 0.34 } else { room };
    let lines = |words: &Option<String>, size: f32, weight: Weight| {
        words.as_ref().map(|words| wrap(words, size * scale, weight, widest)).unwrap_or_default()
    };
    let title = lines(&picture.title, TITLE, Weight::Bold);
    let subtitle = lines(&picture.subtitle, SUBTITLE, Weight::Regular);
    if title.is_empty() && subtitle.is_empty() {
        return None;
    }
    let wide = |lines: &[String], size: f32, weight: Weight| {
        lines.iter().map(|line| width(line, size * scale, weight)).fold(0.0, f32::max)
    };
    let width = wide(&title, TITLE, Weight::Bold).max(wide(&subtitle, SUBTITLE, Weight::Regular));
    let height = title_height(&title, scale) + height_of(subtitle.len(), SUBTITLE * scale);
    let size = Size::fixed(width, height);
    Some(Block { what: What::Title { title, subtitle }, size, edges: &[Edge::TopLeft] })
}

fn title_height(title: &[String], scale: f32) -> f32 {
    let gap = if title.is_empty() { 0.0 } else { 5.0 * scale };
    height_of(title.len(), TITLE * scale) + gap
}

impl Block {
    /// Whether it is what an inset's map goes into.
    pub fn inset(&self) -> Option<usize> {
        match self.what {
            What::Inset(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is the key of the numbers.
    pub fn is_key(&self) -> bool {
        matches!(self.what, What::Key(_))
    }

    /// Gives a key the rows that are needed in the end; there may be none.
    pub fn put_key(&mut self, rows: Option<&Key>) {
        if let What::Key(key) = &mut self.what {
            match rows {
                Some(rows) => key.clone_from(rows),
                None => key.rows.clear(),
            }
        }
    }

    /// Its items at a place; `is_alone` if there is one map on the page.
    pub fn draw(&self, place: Place, is_alone: bool, scale: f32) -> Option<Item> {
        let PageRect { x, y, .. } = place.rect;
        let mut items = Vec::new();
        let bar = ScaleBar::of(place.metres_per_pixel, scale);
        if place.is_on_land && self.inset().is_none() {
            let covered = match self.what {
                What::ScaleBar => PageRect { width: bar.width(scale), ..place.rect },
                _ => place.rect,
            };
            let rect = covered.grown(7.0 * scale);
            items.push(Item::Rect { rect, fill: Paint::Plate, line: Some(Paint::PlateLine) });
        }
        let lines = |lines: &[String], y: f32, size: f32, weight: Weight, paint: Paint| {
            let at = (x, y + 0.79 * size * scale * LINE_HEIGHT);
            let words = text(at, Align::Start, "", size * scale, weight, paint);
            let halo = (!place.is_on_land).then_some(Paint::Halo);
            let lines = lines.to_vec();
            (!lines.is_empty()).then_some(Item::Text(Text { lines, halo, ..words }))
        };
        let part = match &self.what {
            What::Title { title, subtitle } => {
                items.extend(lines(title, y, TITLE, Weight::Bold, Paint::Ink));
                let y = y + title_height(title, scale);
                items.extend(lines(subtitle, y, SUBTITLE, Weight::Regular, Paint::QuietInk));
                Part::Title
            }
            What::Credit(credit) => {
                items.extend(lines(credit, y, CREDIT, Weight::Regular, Paint::QuietInk));
                Part::Credit
            }
            What::Legend(legend) => {
                if is_alone {
                    legend.draw((x, y), scale, &mut items);
                } else {
                    legend.draw_strip((x, y), place.room, scale, &mut items);
                }
                Part::Legend
            }
            What::Key(key) => {
                key.draw(place.rect, scale, &mut items);
                Part::Key
            }
            What::ScaleBar => {
                bar.draw((x, place.rect.bottom()), scale, &mut items);
                Part::ScaleBar
            }
            What::Logo(image) => {
                items.push(Item::Image { rect: place.rect, image: image.clone() });
                Part::Logo
            }
            What::Inset(_) => return None, // drawn with the maps
        };
        part.group(items)
    }
}

/// Where a block has found room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub rect: PageRect,
    /// Whether it covers land that the picture is about: it needs a plate then.
    pub is_on_land: bool,
    /// Width between the margins.
    pub room: f32,
    /// The scale of the map, for the scale bar.
    pub metres_per_pixel: f64,
}

/// Numbers on the map and whose they are.
#[derive(Debug, Clone)]
pub(super) struct Key {
    rows: Vec<(String, String)>,
    number_width: f32,
    name_width: f32,
}

impl Key {
    /// The key of the numbers on a map; `None` if there are none.
    pub fn of(numbers: &[Number], scale: f32) -> Option<Self> {
        let rows: Vec<(String, String)> = numbers
            .iter()
            .map(|number| (number.number.to_string(), number.name.replace('\n', " · ")))
            .collect();
        let widest = |texts: &mut dyn Iterator<Item = &String>, weight: Weight| {
            texts.map(|text| width(text, KEY * scale, weight)).fold(0.0, f32::max)
        };
        let number_width = widest(&mut rows.iter().map(|row| &row.0), Weight::Bold);
        let name_width = widest(&mut rows.iter().map(|row| &row.1), Weight::Regular);
        (!rows.is_empty()).then_some(Self { rows, number_width, name_width })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Width and height in pixels, in as many columns as `room` for their height asks for.
    fn size(&self, scale: f32, room: f32) -> (f32, f32) {
        let most = ((room * 0.8) / Self::row_height(scale)).floor().max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "some hundred rows at most")]
        let rows = self.rows.len() as f32;
        let columns = (rows / most).ceil();
        let width = columns * self.column_width(scale) - 14.0 * scale;
        (width, (rows / columns).ceil() * Self::row_height(scale))
    }

    fn row_height(scale: f32) -> f32 {
        KEY * scale * 1.35
    }

    fn column_width(&self, scale: f32) -> f32 {
        self.number_width + self.name_width + 21.0 * scale
    }

    fn draw(&self, rect: PageRect, scale: f32, items: &mut Vec<Item>) {
        let row = Self::row_height(scale);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row count")]
        let rows = ((rect.height / row).round() as usize).max(1);
        let mut left = rect.x;
        for column in self.rows.chunks(rows) {
            let mut y = rect.y + 0.75 * row;
            for (number, name) in column {
                let (size, right) = (KEY * scale, left + self.number_width);
                let number = text((right, y), Align::End, number, size, Weight::Bold, Paint::Ink);
                let at = (right + 7.0 * scale, y);
                let name = text(at, Align::Start, name, size, Weight::Regular, Paint::Ink);
                items.extend([Item::Text(number), Item::Text(name)]);
                y += row;
            }
            left += self.column_width(scale);
        }
    }
}

/// A closed line around a box.
pub(super) fn outline(rect: PageRect, width: f32, paint: Paint) -> Item {
    let corner = |right: f32, bottom: f32| {
        PagePoint::new(rect.x + right * rect.width, rect.y + bottom * rect.height)
    };
    let points = vec![
        corner(0.0, 0.0),
        corner(1.0, 0.0),
        corner(1.0, 1.0),
        corner(0.0, 1.0),
        corner(0.0, 0.0),
    ];
    Item::Line { points, width, paint, dashed: false }
}
