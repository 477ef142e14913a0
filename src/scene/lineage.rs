//! The lineage of a body as a drawing: boxes in columns by date, lines between them.
//!
//! Ancestors form a tree to the left of the body, descendants one to the right. Each branch has
//! a strip of the page to itself, so that lines cross neither boxes nor one another.

mod columns;
mod links;
mod plate;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::furniture::{height_of, text, wrap};
use super::{Align, Item, PageRect, Part, Scene, Text};
use crate::geo::space::PageSize;
use crate::model::{BodyId, Lineage, Register};
use crate::style::font::{LINE_HEIGHT, Weight};
use crate::style::theme::Paint;
use columns::Columns;
use plate::Plate;

/// How a lineage is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineageView {
    /// Width that there is, in pixels. A drawing that needs more is wider.
    pub width: f32,
    /// Size of everything as a multiple of the usual one.
    pub scale: f32,
    /// The body under the pointer.
    pub hovered: Option<BodyId>,
    /// Whether a heading and the sources are added, for a picture that stands by itself.
    pub title: bool,
}

impl LineageView {
    /// A picture that stands by itself, at least so many pixels wide.
    #[must_use]
    pub fn picture(width: f32) -> Self {
        Self { width, scale: (width / 1280.0).max(0.5), hovered: None, title: true }
    }
}

/// A drawn lineage.
#[derive(Debug, Clone)]
pub struct LineageScene {
    /// What is drawn, on a page as large as it needs.
    pub scene: Scene,
    /// Where each body's box is.
    pub boxes: Vec<(BodyId, PageRect)>,
}

/// Space around the drawing, at the usual size.
const MARGIN: f32 = 20.0;

/// Draws the lineage of a body.
#[must_use]
pub fn build(register: &Register, id: BodyId, options: &LineageView) -> LineageScene {
    let lineage = Lineage::of(register, id);
    let scale = options.scale;
    let margin = MARGIN * scale;
    let columns = Columns::of(register, &lineage, options.width - 2.0 * margin, scale);
    // A heading needs more room than a single box.
    let least = if options.title { 460.0 * scale } else { 0.0 };
    let width = (columns.right() + 2.0 * margin).max(options.width).max(least);

    let mut head = Vec::new();
    let mut top = margin;
    if options.title {
        top = title(register, id, (margin, top), width - 2.0 * margin, scale, &mut head);
    }
    let plates: BTreeMap<BodyId, Plate> = (lineage.bodies.iter())
        .map(|id| (*id, Plate::of(register, &lineage, *id, columns.box_width, scale)))
        .collect();
    let heads_end = top + columns::HEAD * scale;
    let rows = rows::place(register, &lineage, &columns, &plates, scale);
    let boxes: Vec<(BodyId, PageRect)> = plates
        .iter()
        .map(|(id, plate)| {
            let (x, y) = (margin + columns.left_of(*id), heads_end + rows[id] - plate.height / 2.0);
            (*id, PageRect { x, y, width: columns.box_width, height: plate.height })
        })
        .collect();
    let mut bottom = boxes.iter().map(|(_, rect)| rect.y + rect.height).fold(heads_end, f32::max);
    let mut foot = Vec::new();
    if options.title {
        let at = (margin, bottom + 22.0 * scale);
        bottom = sources(register, &lineage, at, width - 2.0 * margin, scale, &mut foot);
    }

    let size = PageSize::new(width.round(), (bottom + margin).ceil());
    let mut items = vec![Item::Rect { rect: PageRect::of(size), fill: Paint::Plate, line: None }];
    links::draw(register, &lineage, &columns, &boxes, options, &mut items);
    for (id, rect) in &boxes {
        let is_subject = *id == lineage.subject;
        let emphasis = Emphasis { is_subject, is_hovered: options.hovered == Some(*id) };
        plates[id].draw(*rect, emphasis, &mut items);
    }
    columns.heads((margin, top), &mut items);
    items.extend(Part::Title.group(head));
    items.extend(Part::Credit.group(foot));
    let title = format!("Lineage of {}", register.body(id).name);
    LineageScene {
        scene: Scene { size, title, items, names: Vec::new(), is_provisional: false },
        boxes,
    }
}

/// How a box stands out.
#[derive(Debug, Clone, Copy)]
struct Emphasis {
    is_subject: bool,
    is_hovered: bool,
}

/// The heading of a picture; returns where the drawing below it starts.
fn title(
    register: &Register,
    id: BodyId,
    (left, mut y): (f32, f32),
    room: f32,
    scale: f32,
    items: &mut Vec<Item>,
) -> f32 {
    let name = register.body(id).name.as_str();
    let subject = register.group_of(id).unwrap_or(id);
    let has_before = register.before(subject).next().is_some();
    let has_after = register.after(subject).next().is_some();
    let subtitle = match (has_before, has_after) {
        (true, true) => "Where it came from and what came after it",
        (true, false) => "Where it came from",
        (false, true) => "What came after it",
        (false, false) => "No body before or after it is recorded",
    };
    let lines = [
        (name, 24.0, Weight::Bold, Paint::Ink),
        (subtitle, 14.0, Weight::Regular, Paint::QuietInk),
    ];
    for (words, size, weight, paint) in lines {
        let size = size * scale;
        y += 3.0 * scale;
        let at = (left, y + size * LINE_HEIGHT);
        let lines = wrap(words, size, weight, room);
        y += height_of(lines.len(), size);
        items.push(Item::Text(Text { lines, ..text(at, Align::Start, "", size, weight, paint) }));
    }
    y + 22.0 * scale
}

/// The sources of what is drawn and their licence; returns where the last line ends.
fn sources(
    register: &Register,
    lineage: &Lineage,
    (left, y): (f32, f32),
    room: f32,
    scale: f32,
    items: &mut Vec<Item>,
) -> f32 {
    let bodies = lineage.bodies.iter().map(|id| &register.body(*id).source);
    let edges = lineage.edges.iter().map(|edge| &register.successions[*edge].source);
    let mut keys: Vec<&String> = bodies.chain(edges).collect();
    keys.sort();
    keys.dedup();
    let titles: Vec<String> =
        keys.into_iter().map(|key| register.citation(key, None).to_string()).collect();
    let words =
        format!("Sources: {}. Licensed under the Open Government Licence v3.0.", titles.join("; "));
    let size = 10.5 * scale;
    let lines = wrap(&words, size, Weight::Regular, room);
    let end = y + height_of(lines.len(), size);
    let at = (left, y + size * LINE_HEIGHT);
    let sources = text(at, Align::Start, "", size, Weight::Regular, Paint::QuietInk);
    items.push(Item::Text(Text { lines, ..sources }));
    end
}
