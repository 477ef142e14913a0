//! What stands on and beside the map: names, legend, scale bar, source. Texts and their breaking for all
//! pages.

use std::sync::PoisonError;

use super::build::fill_of;
use super::legend::Legend;
use super::names::MapLand;
use super::{Align, Item, PageRect, Part, Text, View, headline};
use crate::geo::level::Level;
use crate::geo::space::{Grid, PagePoint};
use crate::style::font::{LINE_HEIGHT, Weight, width};
use crate::style::label::{Ground, Land, Placed, Rules, Side, Wish, place_with};
use crate::style::theme::Paint;

/// Adds what the view's furniture asks for; `level` is the one that the layer is drawn with.
/// Returns where names are, by area.
pub fn add(view: &View, level: Option<&Level>, items: &mut Vec<Item>) -> Vec<(usize, PageRect)> {
    let mut names = Vec::new();
    let furniture = &view.furniture;
    let scale = furniture.scale;
    let mut part = |part: Part, add: &mut dyn FnMut(&mut Vec<Item>)| {
        let mut own = Vec::new();
        add(&mut own);
        items.extend(part.group(own));
    };
    if let Some(level) = level.filter(|_| furniture.labels) {
        let page = PageRect::of(view.size);
        part(Part::Labels, &mut |items| names = labels(view, level, page, items));
    }
    if furniture.scale_bar {
        let bar = ScaleBar::of(view.camera.metres_per_pixel, scale);
        // The Isles of Scilly are in the south west. The source, if told, is in the south east.
        let left = if furniture.credit.is_some() {
            20.0 * scale
        } else {
            view.size.width - 20.0 * scale - bar.width(scale)
        };
        let at = (left, view.size.height - 16.0 * scale);
        part(Part::ScaleBar, &mut |items| bar.draw(at, scale, items));
    }
    if let Some(words) = &furniture.credit {
        part(Part::Credit, &mut |items| credit(view, words, items));
    }
    if furniture.legend {
        part(Part::Legend, &mut |items| legend(view, items));
    }
    names
}

pub(super) fn text(
    at: (f32, f32),
    align: Align,
    text: &str,
    size: f32,
    weight: Weight,
    paint: Paint,
) -> Text {
    let at = PagePoint::new(at.0, at.1);
    Text { at, align, lines: vec![text.to_owned()], size, weight, paint, halo: None }
}

/// Names inside their areas on a part of the page, the selection in front, and those that a person
/// has moved where they were put. Returns where they are, by area.
pub(super) fn labels(
    view: &View,
    level: &Level,
    page: PageRect,
    items: &mut Vec<Item>,
) -> Vec<(usize, PageRect)> {
    let joined = &view.layer;
    let camera = &view.camera;
    let scale = view.furniture.scale;
    let mut memory = view.names.lock().unwrap_or_else(PoisonError::into_inner);
    let memory = memory.of(view, level);
    let wishes = joined.anchors().iter().enumerate().filter_map(|(area, anchors)| {
        let room = anchors.first()?.half_height_m / camera.metres_per_pixel;
        let places = anchors.iter().map(|anchor| camera.page_from_grid(anchor.at));
        let places: Vec<PagePoint> = places.filter(|at| page.contains(*at)).collect();
        let lifted = if view.selection.contains(&area) { 1e12 } else { 0.0 };
        let name = memory.name(area, &joined.names[area]);
        let priority = joined.layer.areas[area].area_m2 + lifted;
        let moved = view.moved.get(&area).map(|at| camera.page_from_grid(*at));
        let pinned = moved.filter(|at| page.contains(*at));
        let has_room = !places.is_empty() && room > 4.0 && moved.is_none();
        let is_important = false; // there are no names outside but those that were moved
        let extent = camera.extent_of(joined.layer.areas[area].bounds);
        let wish = Wish { area, name, places, extent, priority, pinned, is_important };
        (has_room || wish.pinned.is_some()).then_some(wish)
    });
    let land = MapLand { level, camera };
    let sizes = (14.0 * scale, 8.0 * scale);
    let put = 11.0 * scale;
    let rules = Rules { frame: page, keep_out: &[], sizes, put, outside: None, numbers: None };
    let wishes = wishes.collect();
    let origin = camera.page_from_grid(Grid { x: 0.0, y: 0.0 });
    let placed = place_with(wishes, &rules, &land, Some((memory, origin))).names;
    items.extend(placed.iter().flat_map(|label| leader(label, scale)));
    for label in &placed {
        // A name that was moved lies on other land, or on the sea.
        let is_moved = view.moved.contains_key(&label.area);
        let under = if is_moved { land.at(label.at) } else { Ground::Area(label.area) };
        let (ink, halo) = match under {
            Ground::Area(area) => {
                let fill = fill_of(view, area);
                (Paint::InkOn(fill), Paint::HaloOn(fill))
            }
            Ground::Open => (Paint::Ink, Paint::Halo),
        };
        let text = name(label, ink, halo);
        items.push(Item::Text(text));
    }
    placed.iter().map(|label| (label.area, label.rect())).collect()
}

/// The line from an area to its name outside, with a dot where it begins.
pub(super) fn leader(label: &Placed, scale: f32) -> Vec<Item> {
    let Some(ends) = label.leader else { return Vec::new() };
    let (width, paint) = (1.0 * scale, Paint::Leader);
    let dot = PageRect::around(ends[0], (1.8 * scale, 1.8 * scale));
    vec![
        Item::Line { points: ends.to_vec(), width, paint, dashed: false },
        Item::Rect { rect: dot, fill: paint, line: None },
    ]
}

/// A placed name as a text.
pub(super) fn name(label: &Placed, ink: Paint, halo: Paint) -> Text {
    let rect = label.rect();
    let (x, align) = match label.side {
        Side::Left => (rect.x, Align::Start),
        Side::Middle => (label.at.x, Align::Middle),
        Side::Right => (rect.right(), Align::End),
    };
    // The baseline lies about four fifths down a line.
    let at = (x, rect.y + 0.79 * label.size * LINE_HEIGHT);
    let name = text(at, align, "", label.size, Weight::Bold, ink);
    Text { lines: label.lines.clone(), halo: Some(halo), ..name }
}

/// Height of some lines of text of a size.
#[expect(clippy::cast_precision_loss, reason = "a text has a handful of lines")]
pub(super) fn height_of(lines: usize, size: f32) -> f32 {
    lines as f32 * size * LINE_HEIGHT
}

/// Words in lines of at most `widest` pixels; a longer word, such as an address, is broken.
pub(super) fn wrap(words: &str, size: f32, weight: Weight, widest: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, weight) <= widest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(broken(word, size, weight, widest)),
        }
    }
    lines
}

/// A word in pieces of at most `widest` pixels: one piece if it is short enough.
fn broken(word: &str, size: f32, weight: Weight, widest: f32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut filled = 0.0;
    for c in word.chars() {
        let wide = width(c.encode_utf8(&mut [0; 4]), size, weight);
        if filled + wide > widest && filled > 0.0 {
            pieces.push(String::new());
            filled = 0.0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        filled += wide;
    }
    pieces
}

/// A bar of a round length between 60 and 150 pixels.
#[derive(Debug)]
pub(super) struct ScaleBar {
    length: f32,
    label: String,
}

impl ScaleBar {
    #[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
    pub fn of(metres_per_pixel: f64, scale: f32) -> Self {
        let most = 150.0 * f64::from(scale) * metres_per_pixel;
        let power = 10f64.powf(most.log10().floor());
        let metres =
            [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|m| *m <= most).unwrap_or(power);
        let label = if metres >= 1000.0 {
            format!("{} km", metres / 1000.0)
        } else {
            format!("{metres} m")
        };
        Self { length: (metres / metres_per_pixel) as f32, label }
    }

    /// Width in pixels, with its label.
    pub fn width(&self, scale: f32) -> f32 {
        self.length + 8.0 * scale + width(&self.label, 11.0 * scale, Weight::Regular)
    }

    /// Draws it with its lower left corner at a point.
    pub fn draw(&self, (left, bottom): (f32, f32), scale: f32, items: &mut Vec<Item>) {
        let thick = 3.0 * scale;
        let bar = |x: f32, y: f32, width: f32, height: f32| Item::Rect {
            rect: PageRect { x, y, width, height },
            fill: Paint::QuietInk,
            line: None,
        };
        items.push(bar(left, bottom - thick, self.length, thick));
        items.push(bar(left, bottom - 3.0 * thick, thick / 2.0, 3.0 * thick));
        let right = left + self.length - thick / 2.0;
        items.push(bar(right, bottom - 3.0 * thick, thick / 2.0, 3.0 * thick));
        let at = (left + self.length + 8.0 * scale, bottom);
        let size = 11.0 * scale;
        let label = text(at, Align::Start, &self.label, size, Weight::Regular, Paint::QuietInk);
        items.push(Item::Text(Text { halo: Some(Paint::Halo), ..label }));
    }
}

/// What is on show and its source, at the bottom right.
fn credit(view: &View, words: &str, items: &mut Vec<Item>) {
    const SIZE: f32 = 9.0;
    const TITLE: f32 = 12.0;
    let scale = view.furniture.scale;
    let widest = 0.3 * view.size.width;
    let headline = headline(&view.layer);
    let mut lines = Vec::new();
    for (words, size, weight, paint) in [
        (headline.as_str(), TITLE * scale, Weight::Bold, Paint::Ink),
        (words, SIZE * scale, Weight::Regular, Paint::QuietInk),
    ] {
        let wrapped = wrap(words, size, weight, widest);
        lines.extend(wrapped.into_iter().map(|line| (line, size, weight, paint)));
    }
    let wide = lines.iter().map(|(line, size, weight, _)| width(line, *size, *weight));
    let width = wide.fold(0.0, f32::max) + 20.0 * scale;
    let height = lines.iter().map(|line| line.1 * LINE_HEIGHT).sum::<f32>() + 10.0 * scale;
    let corner = 12.0 * scale;
    let (x, y) = (view.size.width - corner - width, view.size.height - corner - height);
    let plate = PageRect { x, y, width, height };
    items.push(Item::Rect { rect: plate, fill: Paint::Plate, line: Some(Paint::PlateLine) });
    let mut top = y + 5.0 * scale;
    for (line, size, weight, paint) in lines {
        // The baseline lies about four fifths down a line.
        let at = (x + 10.0 * scale, top + 0.79 * size * LINE_HEIGHT);
        items.push(Item::Text(text(at, Align::Start, &line, size, weight, paint)));
        top += size * LINE_HEIGHT;
    }
}

/// The legend on a plate at the top left, where a fitted map has nothing but sea and Ireland.
fn legend(view: &View, items: &mut Vec<Item>) {
    let Some(legend) = Legend::of(view) else { return };
    let scale = view.furniture.scale;
    let (width, height) = legend.size(scale);
    let corner = 12.0 * scale;
    let (width, height) = (width + 20.0 * scale, height + 14.0 * scale);
    let plate = PageRect { x: corner, y: corner, width, height };
    items.push(Item::Rect { rect: plate, fill: Paint::Plate, line: Some(Paint::PlateLine) });
    legend.draw((plate.x + 10.0 * scale, plate.y + 7.0 * scale), scale, items);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_none_is_lost() {
        let words = "Integrated care boards in England, July 2022";
        let lines = wrap(words, 20.0, Weight::Bold, 220.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), words);
        assert!(lines.iter().all(|line| width(line, 20.0, Weight::Bold) <= 220.0));
        let address = "https://example.org/a/rather/long/address/without/any/blank";
        let lines = wrap(address, 20.0, Weight::Bold, 220.0);
        assert!(lines.len() > 2 && lines.concat() == address, "{lines:?}");
        assert!(lines.iter().all(|line| width(line, 20.0, Weight::Bold) <= 220.0));
    }

    #[test]
    fn a_scale_bar_has_a_round_length_that_fits() {
        for metres_per_pixel in [0.7, 3.0, 45.0, 653.0, 2000.0] {
            let bar = ScaleBar::of(metres_per_pixel, 1.0);
            assert!((60.0..=150.1).contains(&bar.length), "{metres_per_pixel}: {bar:?}");
        }
        assert_eq!(ScaleBar::of(653.0, 1.0).label, "50 km");
    }
}
