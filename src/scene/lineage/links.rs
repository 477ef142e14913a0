//! The lines between the boxes and what is written on them.

use std::collections::BTreeMap;

use super::LineageView;
use super::columns::Columns;
use crate::geo::space::PagePoint;
use crate::model::{BodyId, Lineage, Register};
use crate::scene::furniture::text;
use crate::scene::{Align, Item, PageRect};
use crate::style::font::{Weight, width};
use crate::style::theme::Paint;

const LABEL: f32 = 10.5;
/// How far from a box a line turns up or down.
const TURN: f32 = 20.0;
/// Space before and after a label.
const SPACE: f32 = 7.0;
/// Radius of the corners.
const CORNER: f32 = 7.0;

/// How a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In the row of the earlier body, turning just before the later one: lines meet.
    Meeting,
    /// Turning just after the earlier body, then in the row of the later one: lines part.
    Parting,
    /// Back to a body that is as old, around its right side.
    Round,
}

/// A line from a body to the one that followed it.
pub struct Link {
    /// The body that was.
    pub from: BodyId,
    /// The body that came.
    pub to: BodyId,
    /// How it runs.
    pub way: Way,
    /// The column after which its label stands.
    pub label_gutter: usize,
    turn_gutter: usize,
    label: Option<String>,
}

impl Link {
    /// The line of a step, given the columns of the bodies.
    pub fn of(
        register: &Register,
        lineage: &Lineage,
        edge: usize,
        columns: &BTreeMap<BodyId, usize>,
    ) -> Self {
        let succession = &register.successions[edge];
        let (from, to) = (succession.from, succession.to);
        let (start, end) = (columns[&from], columns[&to]);
        // Only what came after the subject can part from it.
        let is_after = from == lineage.subject || descends(register, lineage, from);
        let (way, turn_gutter, label_gutter) = match (start < end, is_after) {
            (false, _) => (Way::Round, start, start),
            (true, true) => (Way::Parting, start, end - 1),
            (true, false) => (Way::Meeting, end - 1, start),
        };
        let label = succession.part.as_ref().map(|part| {
            if register.body(to).opened == Some(succession.date) {
                format!("{part} part")
            } else {
                format!("{part} part, {}", succession.date.in_words())
            }
        });
        Self { from, to, way, label_gutter, turn_gutter, label }
    }

    /// Width of the gutter that its label needs.
    pub fn room(&self, scale: f32) -> f32 {
        let label = self.label.as_ref();
        let words = |label: &String| width(label, LABEL * scale, Weight::Regular);
        label.map_or(0.0, |label| words(label) + (TURN + 2.0 * SPACE) * scale)
    }
}

/// Whether a body came after the subject.
fn descends(register: &Register, lineage: &Lineage, id: BodyId) -> bool {
    let steps = lineage.edges.iter().map(|edge| &register.successions[*edge]);
    let mut before = steps.filter(|s| s.to == id).map(|s| s.from);
    before.any(|from| from == lineage.subject || descends(register, lineage, from))
}

/// Draws every line, those of the hovered body last and thicker.
pub fn draw(
    register: &Register,
    lineage: &Lineage,
    columns: &Columns,
    boxes: &[(BodyId, PageRect)],
    options: &LineageView,
    items: &mut Vec<Item>,
) {
    let rects: BTreeMap<BodyId, PageRect> = boxes.iter().copied().collect();
    let edges = lineage.edges.iter();
    let mut links: Vec<Link> =
        edges.map(|edge| Link::of(register, lineage, *edge, columns.by_body())).collect();
    let is_hovered =
        |link: &Link| options.hovered.is_some_and(|id| id == link.from || id == link.to);
    links.sort_by_key(is_hovered);
    for link in &links {
        let (paint, thick) =
            if is_hovered(link) { (Paint::Selection, 2.6) } else { (Paint::Link, 1.5) };
        let (from, to) = (rects[&link.from], rects[&link.to]);
        let scale = options.scale;
        let line = |points: Vec<PagePoint>, dashed: bool| Item::Line {
            points,
            width: thick * scale,
            paint,
            dashed,
        };
        let (points, label_at) = route(link, columns, from, to, scale);
        items.push(line(points, link.label.is_some()));
        if link.way == Way::Round {
            let (x, y) = (to.x + to.width, to.y + to.height / 2.0);
            let barb = |dy: f32| PagePoint::new(x + 7.0 * scale, y + dy * scale);
            items.push(line(vec![barb(-4.5), PagePoint::new(x, y), barb(4.5)], false));
        }
        if let Some(label) = &link.label {
            let size = LABEL * scale;
            let paint = Paint::QuietInk;
            let label = text(label_at, Align::Start, label, size, Weight::Regular, paint);
            items.push(Item::Text(label));
        }
    }
}

/// The points of a line, and where the baseline of its label starts.
fn route(
    link: &Link,
    columns: &Columns,
    from: PageRect,
    to: PageRect,
    scale: f32,
) -> (Vec<PagePoint>, (f32, f32)) {
    let start = PagePoint::new(from.x + from.width, from.y + from.height / 2.0);
    // Columns count from zero, the page does not.
    let margin = from.x - columns.left_of(link.from);
    let (gutter_start, gutter_end) = columns.gutter(link.turn_gutter);
    let (turn, space) = (TURN * scale, SPACE * scale);
    let x = match link.way {
        Way::Meeting => margin + gutter_end - turn,
        Way::Parting | Way::Round => margin + gutter_start + turn,
    };
    let end_x = if link.way == Way::Round { to.x + to.width } else { to.x };
    let end = PagePoint::new(end_x, to.y + to.height / 2.0);
    let label_at = match link.way {
        Way::Meeting => (start.x + space, start.y - 5.0 * scale),
        Way::Parting => {
            let (label_gutter, _) = columns.gutter(link.label_gutter);
            (margin + label_gutter + turn + space, end.y - 5.0 * scale)
        }
        Way::Round => (x + space, end.y + 3.5 * scale),
    };
    if link.way != Way::Round && (start.y - end.y).abs() < scale {
        return (vec![start, end], label_at);
    }
    let corners = [start, PagePoint::new(x, start.y), PagePoint::new(x, end.y), end];
    (rounded(&corners, CORNER * scale), label_at)
}

/// A line with its inner corners rounded.
fn rounded(corners: &[PagePoint; 4], radius: f32) -> Vec<PagePoint> {
    let [start, first, second, end] = *corners;
    let mut points = vec![start];
    for (before, corner, after) in [(start, first, second), (first, second, end)] {
        let distance = |p: PagePoint| (p.x - corner.x).hypot(p.y - corner.y);
        let radius = radius.min(distance(before) / 2.0).min(distance(after) / 2.0);
        let towards = |p: PagePoint| {
            let part = radius / distance(p).max(f32::EPSILON);
            PagePoint::new(corner.x + (p.x - corner.x) * part, corner.y + (p.y - corner.y) * part)
        };
        let (a, b) = (towards(before), towards(after));
        // A quadratic curve with the corner as its control point.
        points.extend([0.0f32, 0.2, 0.4, 0.6, 0.8, 1.0].map(|t| {
            let (p, q, r) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            PagePoint::new(p * a.x + q * corner.x + r * b.x, p * a.y + q * corner.y + r * b.y)
        }));
    }
    points.push(end);
    points
}
