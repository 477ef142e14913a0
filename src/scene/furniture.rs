//! What stands on and beside the map: names, title, legend, scale bar, source line.

use super::build::{REGION_WIDTH, area_paint};
use super::{Align, Item, PageRect, Part, Text, View, changes};
use crate::geo::level::Level;
use crate::geo::space::{PagePoint, overlap};
use crate::model::{BodyId, BodyKind};
use crate::style::font::{LINE_HEIGHT, Weight, width};
use crate::style::label::{Placed, Wish, place};
use crate::style::theme::Paint;

/// Adds what the view's furniture asks for; `level` is the one that the layer is drawn with.
pub fn add(view: &View, level: Option<&Level>, items: &mut Vec<Item>) {
    let furniture = &view.furniture;
    let margin = 16.0 * furniture.scale;
    let mut part = |part: Part, add: &mut dyn FnMut(&mut Vec<Item>)| {
        let mut own = Vec::new();
        add(&mut own);
        items.extend(part.group(own));
    };
    if let Some(level) = level.filter(|_| furniture.labels) {
        part(Part::Labels, &mut |items| labels(view, level, PageRect::of(view.size), items));
    }
    let mut top = margin;
    part(Part::Title, &mut |items| {
        if let Some(title) = &furniture.title {
            top = heading(view, title, 26.0, Weight::Bold, Paint::Ink, top, items);
        }
        if let Some(subtitle) = &furniture.subtitle {
            top = heading(view, subtitle, 15.0, Weight::Regular, Paint::QuietInk, top, items);
        }
    });
    let mut bottom = view.size.height - margin;
    if furniture.credit {
        part(Part::Credit, &mut |items| bottom = credit(view, bottom, items));
    }
    if furniture.scale_bar {
        part(Part::ScaleBar, &mut |items| scale_bar(view, bottom, items));
    }
    if furniture.legend {
        let below_title =
            if furniture.title.is_some() { top + 10.0 * furniture.scale } else { top };
        part(Part::Legend, &mut |items| legend(view, below_title, items));
    }
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

/// Names inside their areas on a part of the page, the selection in front.
pub(super) fn labels(view: &View, level: &Level, page: PageRect, items: &mut Vec<Item>) {
    let joined = &view.layer;
    let camera = &view.camera;
    let scale = view.furniture.scale;
    let wishes = joined.anchors().iter().enumerate().filter_map(|(area, anchors)| {
        let room = anchors.first()?.half_height_m / camera.metres_per_pixel;
        let places = anchors.iter().map(|anchor| camera.page_from_grid(anchor.at));
        let places: Vec<PagePoint> = places.filter(|at| page.contains(*at)).collect();
        let lifted = if view.selection.contains(&area) { 1e12 } else { 0.0 };
        let name = joined.names[area].as_str();
        let priority = joined.layer.areas[area].area_m2 + lifted;
        (!places.is_empty() && room > 4.0).then_some(Wish { area, name, places, priority })
    });
    let inside = |area: usize, p: PagePoint| {
        page.contains(p) && level.area_at(camera.grid_from_page(p)) == Some(area)
    };
    for label in place(wishes.collect(), 14.0 * scale, 8.0 * scale, inside) {
        block(&label, items);
    }
}

fn block(label: &Placed, items: &mut Vec<Item>) {
    let at = (label.at.x, label.at.y - label.half.1 + 0.79 * label.size * LINE_HEIGHT);
    let name = text(at, Align::Middle, "", label.size, Weight::Bold, Paint::Ink);
    items.push(Item::Text(Text { lines: label.lines.clone(), halo: Some(Paint::Halo), ..name }));
}

/// A line at the top left, wrapped to a third of the page; returns where the next one starts.
fn heading(
    view: &View,
    words: &str,
    size: f32,
    weight: Weight,
    paint: Paint,
    top: f32,
    items: &mut Vec<Item>,
) -> f32 {
    let size = size * view.furniture.scale;
    let left = 20.0 * view.furniture.scale;
    let widest = (view.size.width * 0.36).max(220.0 * view.furniture.scale);
    let at = (left, top + size * LINE_HEIGHT);
    let lines = wrap(words, size, weight, widest);
    let end = top + height_of(lines.len(), size);
    items.push(Item::Text(Text { lines, ..text(at, Align::Start, "", size, weight, paint) }));
    end + size * 0.25
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

/// Source and licence, at the bottom left; returns where what stands above it ends.
fn credit(view: &View, bottom: f32, items: &mut Vec<Item>) -> f32 {
    let size = 10.5 * view.furniture.scale;
    let left = 20.0 * view.furniture.scale;
    let own = &view.layer.layer.about.credit;
    let other = view.changes.as_ref().map(|changes| &changes.before.layer.about.credit);
    let words = match other.filter(|other| *other != own) {
        Some(other) => format!("{own}. {other}"),
        None => own.clone(),
    };
    let lines = wrap(&words, size, Weight::Regular, view.size.width - 2.0 * left);
    let top = bottom - height_of(lines.len(), size);
    let at = (left, top + size * LINE_HEIGHT);
    let credit = text(at, Align::Start, "", size, Weight::Regular, Paint::QuietInk);
    items.push(Item::Text(Text { lines, halo: Some(Paint::Halo), ..credit }));
    top - 6.0 * view.furniture.scale
}

/// A bar of a round length between 60 and 150 pixels.
#[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
fn scale_bar(view: &View, bottom: f32, items: &mut Vec<Item>) {
    let scale = view.furniture.scale;
    let most = 150.0 * f64::from(scale) * view.camera.metres_per_pixel;
    let power = 10f64.powf(most.log10().floor());
    let metres =
        [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|m| *m <= most).unwrap_or(power);
    let length = (metres / view.camera.metres_per_pixel) as f32;
    let (left, thick) = (20.0 * scale, 3.0 * scale);
    let bar = |x: f32, y: f32, width: f32, height: f32| Item::Rect {
        rect: PageRect { x, y, width, height },
        fill: Paint::QuietInk,
        line: None,
    };
    items.push(bar(left, bottom - thick, length, thick));
    items.push(bar(left, bottom - 3.0 * thick, thick / 2.0, 3.0 * thick));
    items.push(bar(left + length - thick / 2.0, bottom - 3.0 * thick, thick / 2.0, 3.0 * thick));
    let label =
        if metres >= 1000.0 { format!("{} km", metres / 1000.0) } else { format!("{metres} m") };
    let at = (left + length + 8.0 * scale, bottom);
    let mut label = text(at, Align::Start, &label, 11.0 * scale, Weight::Regular, Paint::QuietInk);
    label.halo = Some(Paint::Halo);
    items.push(Item::Text(label));
}

/// A row of the legend.
enum Sign {
    /// A colour of areas.
    Area(Paint),
    /// A line of a colour and a width in pixels.
    Line(Paint, f32),
    /// A broken line.
    Dashes(Paint),
    /// Hatched land.
    Hatching(Paint),
}

/// What the legend is about, and its rows.
fn legend_rows(view: &View) -> (&'static str, Vec<(String, Sign)>) {
    if let Some(changes) = view.changes.as_ref().filter(|_| view.swipe.is_none()) {
        let fates = changes::legend_fates(changes);
        let areas = fates.into_iter().map(|f| (f.label().to_owned(), Sign::Area(Paint::Fate(f))));
        let moved = (!changes.moved.is_empty())
            .then(|| ("Land that moved".to_owned(), Sign::Hatching(Paint::MovedLine)));
        let old = (!changes.old_lines.is_empty())
            .then(|| ("Border that is no more".to_owned(), Sign::Dashes(Paint::OldLine)));
        return ("What changed", areas.chain(moved).chain(old).collect());
    }
    let seen = view.camera.visible(view.size);
    let areas = view.layer.layer.areas.iter().zip(&view.layer.regions);
    let on_page = areas.filter(|(area, _)| overlap(area.bounds, seen));
    let mut regions: Vec<BodyId> = on_page.filter_map(|(_, region)| *region).collect();
    regions.sort();
    regions.dedup();
    let region = |id: BodyId| {
        (view.register.body(id).name.clone(), Sign::Area(area_paint(&view.register, Some(id))))
    };
    let has_regions = view.region_lines && !view.layer.borders.region.is_empty();
    let border = ("Region border".to_owned(), Sign::Line(Paint::RegionBorder, REGION_WIDTH));
    let lines = view.lines.iter().map(|l| (l.title.to_owned(), Sign::Line(l.paint, l.width)));
    // Groups before 2022 are coloured by the region of the board that followed them.
    let is_earlier = view.layer.layer.about.kind == Some(BodyKind::Ccg);
    let title = if is_earlier { "NHS regions of 2022" } else { "NHS regions" };
    let regions = regions.into_iter().map(region);
    (title, regions.chain(has_regions.then_some(border)).chain(lines).collect())
}

/// Colours and lines on the page and what they mean: under the title of a picture, on a plate at the
/// top left otherwise, where a fitted map has nothing but sea and Ireland.
fn legend(view: &View, top: f32, items: &mut Vec<Item>) {
    let (title, rows) = legend_rows(view);
    if rows.is_empty() {
        return;
    }
    let scale = view.furniture.scale;
    let (size, row, swatch) = (12.0 * scale, 19.0 * scale, 13.0 * scale);
    let wide = |(name, _): &(String, Sign)| width(name, size, Weight::Regular);
    let widest = rows.iter().map(wide).fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a dozen rows at most")]
    let height = (rows.len() as f32 + 1.0) * row;
    let (left, mut y) = if view.furniture.title.is_some() {
        (20.0 * scale, top)
    } else {
        let plate = PageRect {
            x: 12.0 * scale,
            y: 12.0 * scale,
            width: widest + swatch + 28.0 * scale,
            height: height + 14.0 * scale,
        };
        items.push(Item::Rect { rect: plate, fill: Paint::Plate, line: Some(Paint::PlateLine) });
        (plate.x + 10.0 * scale, plate.y + 7.0 * scale)
    };
    let heading = text((left, y + 0.72 * row), Align::Start, title, size, Weight::Bold, Paint::Ink);
    items.push(Item::Text(heading));
    for (name, sign) in rows {
        y += row;
        let place =
            PageRect { x: left, y: y + (row - swatch) / 2.0, width: swatch, height: swatch };
        sign_items(&sign, place, scale, items);
        let at = (left + swatch + 8.0 * scale, y + 0.72 * row);
        items.push(Item::Text(text(at, Align::Start, &name, size, Weight::Regular, Paint::Ink)));
    }
}

/// Draws the sign of a legend's row into a square.
fn sign_items(sign: &Sign, square: PageRect, scale: f32, items: &mut Vec<Item>) {
    let PageRect { x, y, width, height } = square;
    let middle = y + height / 2.0;
    match *sign {
        Sign::Area(fill) => items.push(Item::Rect { rect: square, fill, line: Some(Paint::Coast) }),
        Sign::Line(fill, wide) => {
            let thick = wide * 1.5 * scale;
            let rect = PageRect { y: middle - thick / 2.0, height: thick, ..square };
            items.push(Item::Rect { rect, fill, line: None });
        }
        Sign::Dashes(paint) => {
            let points = [x, x + width].map(|x| PagePoint::new(x, middle)).to_vec();
            items.push(Item::Line { points, width: 1.2 * scale, paint, dashed: true });
        }
        Sign::Hatching(paint) => {
            items.push(Item::Rect { rect: square, fill: Paint::Plate, line: Some(paint) });
            for share in [0.5, 1.0] {
                let points = vec![
                    PagePoint::new(x, y + height * share),
                    PagePoint::new(x + width * share, y),
                ];
                items.push(Item::Line { points, width: 1.2 * scale, paint, dashed: false });
            }
            let points = vec![
                PagePoint::new(x + width * 0.5, y + height),
                PagePoint::new(x + width, y + height * 0.5),
            ];
            items.push(Item::Line { points, width: 1.2 * scale, paint, dashed: false });
        }
    }
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
}
