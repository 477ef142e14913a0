//! Glyphs of a line of text and how far they reach, kerned as in every format that draws letters.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer};
use unicode_bidi::BidiInfo;

use crate::parallel::once;
use crate::style::font::Weight;

/// A glyph and how it moves the pen, in ems: x to the right, y up.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// How far the next glyph is from this one.
    pub advance: (f32, f32),
    /// Where it is drawn, from the pen.
    pub offset: (f32, f32),
    /// The bytes of the text that it stands for.
    pub range: Range<usize>,
}

/// A line of text in glyphs.
pub struct Shaped {
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// Width in ems.
    pub width: f32,
}

/// Finds glyphs in one of our fonts.
pub struct Shaper {
    face: Face<'static>,
    /// What the font does for a script, found out once for each.
    plans: Mutex<Vec<(Direction, Script, Arc<ShapePlan>)>>,
}

impl Shaper {
    /// The one for a weight, made when it is first asked for: that takes some milliseconds.
    /// Nothing if its font is damaged.
    pub fn of(weight: Weight) -> Option<&'static Self> {
        static REGULAR: OnceLock<Option<Shaper>> = OnceLock::new();
        static BOLD: OnceLock<Option<Shaper>> = OnceLock::new();
        let cell = match weight {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        };
        let make = || {
            Face::from_slice(weight.file(), 0).map(|face| Self { face, plans: Mutex::default() })
        };
        once(cell, make).as_ref()
    }

    /// The font.
    pub fn face(&self) -> &Face<'static> {
        &self.face
    }

    /// The glyphs of a line. Words from right to left stand among the others as people read them
    /// (Unicode Standard Annex 9).
    pub fn shape(&self, text: &str) -> Shaped {
        let mut glyphs = Vec::new();
        let bidi = BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_leftwards = levels[run.start].is_rtl();
                self.shape_run(text, run, is_leftwards, &mut glyphs);
            }
        }
        let width = glyphs.iter().map(|glyph| glyph.advance.0).sum();
        Shaped { glyphs, width }
    }

    fn plan(&self, direction: Direction, script: Script) -> Arc<ShapePlan> {
        let plans = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let known = plans().iter().find(|plan| (plan.0, plan.1) == (direction, script)).cloned();
        known.map_or_else(
            || {
                let plan = ShapePlan::new(&self.face, direction, Some(script), None, &[]);
                let plan = Arc::new(plan);
                plans().push((direction, script, plan.clone()));
                plan
            },
            |(.., plan)| plan,
        )
    }

    /// Adds the glyphs of a part of a line in one direction.
    fn shape_run(
        &self,
        text: &str,
        run: Range<usize>,
        is_leftwards: bool,
        glyphs: &mut Vec<Glyph>,
    ) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[run.clone()]);
        buffer.set_direction(if is_leftwards {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        let plan = self.plan(buffer.direction(), buffer.script());
        let shaped = rustybuzz::shape_with_plan(&self.face, &plan, buffer);
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        // A glyph stands for the letters from its first one to that of the next glyph.
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        let end_of = |start: usize| {
            let next = starts.partition_point(|other| *other <= start);
            starts.get(next).copied().unwrap_or(run.len())
        };
        #[expect(clippy::cast_precision_loss, reason = "some thousands of units to the em")]
        let ems = |units: i32| units as f32 / self.face.units_per_em() as f32;
        glyphs.extend(infos.iter().zip(places).map(|(info, place)| {
            let start = info.cluster as usize;
            Glyph {
                // A font has at most 65,535 glyphs; the first one stands for what it lacks.
                id: u16::try_from(info.glyph_id).unwrap_or_default(),
                advance: (ems(place.x_advance), ems(place.y_advance)),
                offset: (ems(place.x_offset), ems(place.y_offset)),
                range: run.start + start..run.start + end_of(start),
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::font::width;

    #[test]
    fn glyphs_cover_the_text_and_kerning_draws_them_together() {
        let shaper = Shaper::of(Weight::Regular).unwrap();
        let text = "Shropshire, Telford – Ynys Môn";
        let shaped = shaper.shape(text);
        let covered: usize = shaped.glyphs.iter().map(|glyph| glyph.range.len()).sum();
        assert_eq!(covered, text.len());
        let plain = width(text, 1.0, Weight::Regular);
        assert!(shaped.width < plain && shaped.width > 0.95 * plain, "{} {plain}", shaped.width);
        assert!(shaper.shape("").glyphs.is_empty());
    }

    #[test]
    fn words_from_right_to_left_stand_among_others() {
        let shaper = Shaper::of(Weight::Regular).unwrap();
        let text = "אב Devon 42";
        let shaped = shaper.shape(text);
        let read: String = shaped.glyphs.iter().map(|glyph| &text[glyph.range.clone()]).collect();
        // The line begins on the right; what is Latin in it, and numbers, run as they always do.
        assert_eq!(read, "Devon 42 בא");
    }

    #[test]
    fn scripts_take_turns() {
        let shaper = Shaper::of(Weight::Bold).unwrap();
        let first = shaper.shape("Devon 42").glyphs;
        for text in ["42", "Αθήνα", "שלום", ""] {
            shaper.shape(text);
        }
        assert_eq!(shaper.shape("Devon 42").glyphs, first);
    }
}
