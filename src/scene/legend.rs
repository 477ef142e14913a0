//! Colours and lines on the page and what they mean.

use super::build::region_fill;
use super::furniture::{text, wrap};
use super::hatch::{Direction, hatching};
use super::{Align, FigureView, Item, PageRect, View, changes};
use crate::geo::space::{PagePoint, overlap};
use crate::model::{BodyId, BodyKind};
use crate::style::font::{Weight, width};
use crate::style::theme::{Fill, Paint};

/// A row of the legend.
#[derive(Debug, Clone, Copy)]
enum Sign {
    /// A colour of areas, hatched or not.
    Area(Paint, Option<(Direction, Paint)>),
    /// A line of a colour and a width in pixels.
    Line(Paint, f32),
    /// A broken line.
    Dashes(Paint),
}

/// Where a row stands in a strip: distance from the left, number of its line, and its width.
struct InStrip {
    x: f32,
    line: u8,
    width: f32,
}

/// What is told of the colours and lines of a map.
#[derive(Debug)]
pub(super) struct Legend {
    title: Vec<String>,
    rows: Vec<(String, Sign)>,
}

/// Sizes at a scale of one, in pixels.
const SIZE: f32 = 12.0;
const ROW: f32 = 19.0;
const SWATCH: f32 = 13.0;
const GAP: f32 = 8.0;
/// A longer title is wrapped.
const WIDEST: f32 = 230.0;

impl Legend {
    /// The legend of a view; `None` if there is nothing to tell.
    pub fn of(view: &View) -> Option<Self> {
        let (title, rows) = if view.changes.is_some() && view.swipe.is_none() {
            ("What changed", changed(view))
        } else if let Some(figures) = &view.figures {
            (figures.heading.as_str(), classes(figures, view))
        } else {
            // Groups before 2022 are coloured by the region of the board that followed them.
            let is_earlier = view.layer.layer.about.kind == Some(BodyKind::Ccg);
            let title = match view.subject.as_slice() {
                [] if is_earlier => "NHS regions of 2022",
                [] => "NHS regions",
                _ => "Lines",
            };
            (title, regions(view))
        };
        let title = wrap(title, SIZE, Weight::Bold, WIDEST);
        (!rows.is_empty()).then_some(Self { title, rows })
    }

    /// Width and height in pixels.
    pub fn size(&self, scale: f32) -> (f32, f32) {
        let wide = |(name, _): &(String, Sign)| width(name, SIZE, Weight::Regular);
        let widest = self.rows.iter().map(wide).fold(0.0, f32::max) + SWATCH + GAP;
        #[expect(clippy::cast_precision_loss, reason = "a dozen rows at most")]
        let height = (self.rows.len() + self.title.len()) as f32 * ROW;
        let title = self.title.iter().map(|line| width(line, SIZE, Weight::Bold));
        (title.fold(widest, f32::max) * scale, height * scale)
    }

    /// Width and height in pixels where its rows stand beside each other.
    pub fn strip_size(&self, scale: f32, room: f32) -> (f32, f32) {
        let places = self.strip(scale, room);
        let right = places.iter().map(|place| place.x + place.width).fold(0.0, f32::max);
        let lines = places.last().map_or(0, |place| place.line + 1);
        (right, f32::from(lines) * ROW * scale)
    }

    /// The place of each row in a strip.
    fn strip(&self, scale: f32, room: f32) -> Vec<InStrip> {
        let (mut x, mut line) = (0.0, 0u8);
        let place = |(name, _): &(String, Sign)| {
            let width = (width(name, SIZE, Weight::Regular) + SWATCH + GAP) * scale;
            if x > 0.0 && x + width > room {
                (x, line) = (0.0, line + 1);
            }
            let place = InStrip { x, line, width };
            x += width + 2.5 * GAP * scale;
            place
        };
        self.rows.iter().map(place).collect()
    }

    /// Draws its rows beside each other, with the upper left corner at a point.
    pub fn draw_strip(
        &self,
        (left, top): (f32, f32),
        room: f32,
        scale: f32,
        items: &mut Vec<Item>,
    ) {
        for ((name, sign), place) in self.rows.iter().zip(self.strip(scale, room)) {
            let y = top + f32::from(place.line) * ROW * scale;
            row_items((name, *sign), (left + place.x, y), scale, items);
        }
    }

    /// Draws it with its upper left corner at a point.
    pub fn draw(&self, (left, top): (f32, f32), scale: f32, items: &mut Vec<Item>) {
        let (size, row) = (SIZE * scale, ROW * scale);
        let mut y = top;
        for line in &self.title {
            let at = (left, y + 0.72 * row);
            items.push(Item::Text(text(at, Align::Start, line, size, Weight::Bold, Paint::Ink)));
            y += row;
        }
        for (name, sign) in &self.rows {
            row_items((name, *sign), (left, y), scale, items);
            y += row;
        }
    }
}

/// Draws a row with its upper left corner at a point.
fn row_items((name, sign): (&str, Sign), (x, y): (f32, f32), scale: f32, items: &mut Vec<Item>) {
    let (size, row, swatch) = (SIZE * scale, ROW * scale, SWATCH * scale);
    let square = PageRect { x, y: y + (row - swatch) / 2.0, width: swatch, height: swatch };
    sign_items(sign, square, scale, items);
    let at = (x + swatch + GAP * scale, y + 0.72 * row);
    items.push(Item::Text(text(at, Align::Start, name, size, Weight::Regular, Paint::Ink)));
}

/// The fates that there are, and whether anything is hatched or dashed.
fn changed(view: &View) -> Vec<(String, Sign)> {
    let Some(changes) = &view.changes else { return Vec::new() };
    let fates = changes::legend_fates(changes).into_iter();
    let areas = fates.map(|f| (f.label().to_owned(), Sign::Area(Paint::Area(Fill::Fate(f)), None)));
    let hatched = Sign::Area(Paint::Plate, Some((Direction::Up, Paint::MovedLine)));
    let moved = (!changes.moved.is_empty()).then(|| ("Land that moved".to_owned(), hatched));
    let old = (!changes.old_lines.is_empty())
        .then(|| ("Border that is no more".to_owned(), Sign::Dashes(Paint::OldLine)));
    areas.chain(moved).chain(old).collect()
}

/// The classes of a figure, and the lines.
fn classes(figures: &FigureView, view: &View) -> Vec<(String, Sign)> {
    let class = |(name, fill): &(String, Fill)| {
        let hatched = hatching(*fill, false).map(|way| (way, Paint::Hatching));
        (name.clone(), Sign::Area(Paint::Area(*fill), hatched))
    };
    let lines = view.lines.iter().map(|l| (l.title.to_owned(), Sign::Line(l.paint, l.width)));
    figures.rows.iter().map(class).chain(lines).collect()
}

/// The regions on the page, and the lines.
fn regions(view: &View) -> Vec<(String, Sign)> {
    let lines = view.lines.iter().map(|l| (l.title.to_owned(), Sign::Line(l.paint, l.width)));
    if !view.subject.is_empty() {
        return lines.collect(); // one colour needs no telling
    }
    let seen = view.camera.visible(view.size);
    let areas = view.layer.layer.areas.iter().zip(&view.layer.regions);
    let on_page = areas.filter(|(area, _)| overlap(area.bounds, seen));
    let mut regions: Vec<BodyId> = on_page.filter_map(|(_, region)| *region).collect();
    regions.sort();
    regions.dedup();
    let region = |id: BodyId| {
        let fill = region_fill(&view.register, Some(id));
        let hatched = hatching(fill, view.hatched).map(|way| (way, Paint::Hatching));
        (view.register.body(id).name.clone(), Sign::Area(Paint::Area(fill), hatched))
    };
    let regions = regions.into_iter().map(region);
    regions.chain(lines).collect()
}

/// Draws the sign of a row into a square.
fn sign_items(sign: Sign, square: PageRect, scale: f32, items: &mut Vec<Item>) {
    let PageRect { x, y, width, height } = square;
    let middle = y + height / 2.0;
    match sign {
        Sign::Area(fill, hatched) => {
            let line = Some(hatched.map_or(Paint::Coast, |(_, paint)| match paint {
                Paint::MovedLine => paint,
                _ => Paint::Coast,
            }));
            items.push(Item::Rect { rect: square, fill, line });
            let Some((direction, paint)) = hatched else { return };
            let p = |a: f32, b: f32| PagePoint::new(x + a * width, y + b * height);
            let lines = match direction {
                Direction::Up => [
                    [p(0.0, 0.5), p(0.5, 0.0)],
                    [p(0.0, 1.0), p(1.0, 0.0)],
                    [p(0.5, 1.0), p(1.0, 0.5)],
                ],
                Direction::Down => [
                    [p(0.5, 0.0), p(1.0, 0.5)],
                    [p(0.0, 0.0), p(1.0, 1.0)],
                    [p(0.0, 0.5), p(0.5, 1.0)],
                ],
                Direction::Flat => [0.25, 0.5, 0.75].map(|b| [p(0.0, b), p(1.0, b)]),
                Direction::Upright => [0.25, 0.5, 0.75].map(|a| [p(a, 0.0), p(a, 1.0)]),
            };
            let width = 1.1 * scale;
            items.extend(lines.map(|ends| Item::Line {
                points: ends.to_vec(),
                width,
                paint,
                dashed: false,
            }));
        }
        Sign::Line(fill, wide) => {
            let thick = wide * 1.5 * scale;
            let rect = PageRect { y: middle - thick / 2.0, height: thick, ..square };
            items.push(Item::Rect { rect, fill, line: None });
        }
        Sign::Dashes(paint) => {
            let points = [x, x + width].map(|x| PagePoint::new(x, middle)).to_vec();
            items.push(Item::Line { points, width: 1.2 * scale, paint, dashed: true });
        }
    }
}
