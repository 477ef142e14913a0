//! Columns by the day on which bodies began, and the gutters between them.

use std::collections::BTreeMap;

use super::links::{Link, Way};
use super::plate::Plate;
use crate::geo::space::PagePoint;
use crate::model::{BodyId, Date, Lineage, Register};
use crate::scene::furniture::text;
use crate::scene::{Align, Item};
use crate::style::font::Weight;
use crate::style::theme::Paint;

/// Height of the line with the dates, at the usual size.
pub const HEAD: f32 = 34.0;
/// Narrowest and widest box that is tried.
const BOX: (f32, f32) = (184.0, 232.0);
/// Space between columns that have no label between them, and what it may grow by.
const GUTTER: (f32, f32) = (44.0, 110.0);

/// The columns from left to right, from zero.
pub struct Columns {
    dates: Vec<Option<Date>>,
    column_of: BTreeMap<BodyId, usize>,
    lefts: Vec<f32>,
    right: f32,
    scale: f32,
    /// Width of every box.
    pub box_width: f32,
}

impl Columns {
    /// Lays out the columns in the room that there is, or in as much as they need.
    pub fn of(register: &Register, lineage: &Lineage, room: f32, scale: f32) -> Self {
        let opened = |id: &BodyId| register.body(*id).opened;
        let mut dates: Vec<Option<Date>> = lineage.bodies.iter().map(opened).collect();
        dates.sort();
        dates.dedup();
        let column = |id: &BodyId| dates.partition_point(|date| *date < opened(id));
        let column_of: BTreeMap<BodyId, usize> =
            lineage.bodies.iter().map(|id| (*id, column(id))).collect();

        let mut gutters = vec![GUTTER.0 * scale; dates.len()];
        let mut is_last_needed = false;
        for edge in &lineage.edges {
            let link = Link::of(register, lineage, *edge, &column_of);
            let gutter = link.label_gutter;
            gutters[gutter] = gutters[gutter].max(link.room(scale));
            is_last_needed |= link.way == Way::Round && gutter + 1 == dates.len();
        }
        if !is_last_needed && let Some(last) = gutters.last_mut() {
            *last = 0.0;
        }

        let least = narrowest(register, lineage, scale);
        let between: f32 = gutters.iter().sum();
        let each = |spare: f32, parts: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a few columns")]
            let parts = parts.max(1) as f32;
            spare.max(0.0) / parts
        };
        let box_width = each(room - between, dates.len()).clamp(least, least.max(BOX.1 * scale));
        let boxes: f32 = dates.iter().map(|_| box_width).sum();
        let more = each(room - between - boxes, dates.len() - 1).min(GUTTER.1 * scale);
        let mut left = 0.0;
        let mut lefts = Vec::with_capacity(dates.len());
        for gutter in gutters {
            lefts.push(left);
            left += box_width + gutter + if gutter > 0.0 { more } else { 0.0 };
        }
        Self { dates, column_of, lefts, right: left, scale, box_width }
    }

    /// Which column a body is in.
    pub fn column(&self, id: BodyId) -> usize {
        self.column_of[&id]
    }

    /// The columns of all bodies.
    pub const fn by_body(&self) -> &BTreeMap<BodyId, usize> {
        &self.column_of
    }

    /// Left edge of a body's box.
    pub fn left_of(&self, id: BodyId) -> f32 {
        self.lefts[self.column(id)]
    }

    /// Where the gutter after a column starts and ends.
    pub fn gutter(&self, column: usize) -> (f32, f32) {
        let start = self.lefts[column] + self.box_width;
        (start, self.lefts.get(column + 1).copied().unwrap_or(self.right))
    }

    /// Where everything ends.
    pub const fn right(&self) -> f32 {
        self.right
    }

    /// The dates above the columns.
    pub fn heads(&self, (left, top): (f32, f32), items: &mut Vec<Item>) {
        let size = 12.0 * self.scale;
        for (x, date) in self.lefts.iter().zip(&self.dates) {
            let words = date.map_or_else(|| "Date not recorded".to_owned(), Date::in_words);
            let (x, y) = (left + x, top + 15.0 * self.scale);
            items.push(Item::Text(text(
                (x, y),
                Align::Start,
                &words,
                size,
                Weight::Bold,
                Paint::Ink,
            )));
            let y = y + 7.0 * self.scale;
            items.push(Item::Line {
                points: vec![PagePoint::new(x, y), PagePoint::new(x + self.box_width, y)],
                width: self.scale,
                paint: Paint::PlateLine,
                dashed: false,
            });
        }
    }
}

/// The narrowest width in which the words of every box fit.
fn narrowest(register: &Register, lineage: &Lineage, scale: f32) -> f32 {
    let mut width = BOX.0 * scale;
    let fit = |width: f32| {
        let plate = |id: &BodyId| Plate::of(register, lineage, *id, width, scale);
        lineage.bodies.iter().all(|id| plate(id).fits(width))
    };
    while width < 2.0 * BOX.1 * scale && !fit(width) {
        width += 4.0 * scale;
    }
    width
}
