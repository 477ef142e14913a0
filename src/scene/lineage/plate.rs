//! A box: the words in it and how it is drawn.

use super::Emphasis;
use crate::model::{BodyId, Lineage, Register};
use crate::scene::furniture::{height_of, text, wrap};
use crate::scene::{Align, Item, PageRect, Text};
use crate::style::font::{LINE_HEIGHT, Weight, width};
use crate::style::theme::Paint;

const NAME: f32 = 12.5;
const NOTE: f32 = 10.5;
/// Space between the outline and the words.
const PAD: (f32, f32) = (10.0, 8.0);
/// Names are broken into no more lines than this, where some width allows it.
const MOST_LINES: usize = 3;

/// The words of a body's box.
pub struct Plate {
    name: Vec<String>,
    notes: Vec<String>,
    scale: f32,
    /// Height of the box.
    pub height: f32,
}

impl Plate {
    /// The words of a body, broken to fit a box of a width.
    pub fn of(
        register: &Register,
        lineage: &Lineage,
        id: BodyId,
        box_width: f32,
        scale: f32,
    ) -> Self {
        let body = register.body(id);
        let room = box_width - 2.0 * PAD.0 * scale;
        // The body that the drawing is about is in bold; the others do not get narrower by it.
        let name = wrap(&body.short_name, NAME * scale, Weight::Bold, room);
        let kind = body.kind.label();
        let what = match &body.ods_code {
            Some(code) => format!("{kind} {code}"),
            None => kind.to_owned(),
        };
        let mut notes = vec![what];
        if let Some(day) = body.closed {
            let until = format!("until {}", day.in_words());
            let both = format!("{} · {until}", notes[0]);
            if width(&both, NOTE * scale, Weight::Regular) <= room {
                notes = vec![both];
            } else {
                notes.push(until);
            }
        }
        if let Some((_, count)) = lineage.others.iter().find(|(other, _)| *other == id) {
            let noun = if *count == 1 { "other" } else { "others" };
            notes.push(format!("also from {count} {noun}"));
        }
        let height = |lines: &[String], size: f32| -> f32 {
            lines.iter().map(|_| size * scale * LINE_HEIGHT).sum()
        };
        let height = height(&name, NAME) + height(&notes, NOTE) + (2.0 * PAD.1 + 2.0) * scale;
        Self { name, notes, scale, height }
    }

    /// Whether all words fit in a box of this width, the name in a few lines and the rest
    /// in no more than it needs.
    pub fn fits(&self, box_width: f32) -> bool {
        let room = box_width - 2.0 * PAD.0 * self.scale;
        let is_short = |lines: &[String], size: f32, weight: Weight| {
            lines.iter().all(|line| width(line, size * self.scale, weight) <= room)
        };
        self.name.len() <= MOST_LINES
            && is_short(&self.name, NAME, Weight::Bold)
            && is_short(&self.notes, NOTE, Weight::Regular)
    }

    /// Draws the box. What stands out has a thicker outline, the subject a bold name too.
    pub fn draw(&self, rect: PageRect, emphasis: Emphasis, items: &mut Vec<Item>) {
        let (outline, thick, weight) = match emphasis {
            Emphasis { is_subject: true, .. } => (Paint::Selection, 3.0, Weight::Bold),
            Emphasis { is_hovered: true, .. } => (Paint::Selection, 2.0, Weight::Regular),
            _ => (Paint::BoxLine, 1.0, Weight::Regular),
        };
        let fill = match emphasis {
            Emphasis { is_hovered: true, .. } => Paint::HoveredBox,
            Emphasis { is_subject: true, .. } => Paint::ChosenBox,
            _ => Paint::Box,
        };
        let inset = thick * self.scale;
        items.push(Item::Rect { rect, fill: outline, line: None });
        let inside = PageRect {
            x: rect.x + inset,
            y: rect.y + inset,
            width: rect.width - 2.0 * inset,
            height: rect.height - 2.0 * inset,
        };
        items.push(Item::Rect { rect: inside, fill, line: None });
        let left = rect.x + PAD.0 * self.scale;
        let mut top = rect.y + PAD.1 * self.scale;
        let lines = [
            (&self.name, NAME, weight, Paint::Ink, 0.0),
            (&self.notes, NOTE, Weight::Regular, Paint::QuietInk, 2.0),
        ];
        for (lines, size, weight, paint, space) in lines {
            let size = size * self.scale;
            top += space * self.scale;
            // The baseline lies about four fifths down a line.
            let at = (left, top + 0.79 * size * LINE_HEIGHT);
            let words = text(at, Align::Start, "", size, weight, paint);
            items.push(Item::Text(Text { lines: lines.clone(), ..words }));
            top += height_of(lines.len(), size);
        }
    }
}
