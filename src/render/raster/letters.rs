//! Letters as outlines.

use resvg::tiny_skia::{LineJoin, Path, PathBuilder, Stroke, Transform};
use rustc_hash::FxHashMap;
use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::render::shape::Shaper;
use crate::render::xml::clean;
use crate::render::{HALO, RenderError};
use crate::scene::{Align, Text};
use crate::style::font::Weight;
use crate::style::theme::Paint;

/// Font size that outlines are kept at, in pixels.
const SIZE: f32 = 40.0;
/// How much larger letters with a halo may be drawn without a corner where there is a curve.
const LARGER: f32 = 3.0;

/// A text as outlines, in pixels of the picture.
pub struct Written {
    /// The letters.
    pub ink: Path,
    /// Their colour.
    pub paint: Paint,
    /// What sets them off the map, and its colour.
    pub halo: Option<(Path, Paint)>,
}

/// Writes texts; each glyph is traced once.
#[derive(Default)]
pub struct Letters {
    regular: Option<Hand>,
    bold: Option<Hand>,
}

impl Letters {
    /// The outlines of a text with `scale` pixels to a page unit; nothing if no letter of it can
    /// be seen.
    ///
    /// # Errors
    /// If the font is damaged.
    pub fn write(&mut self, text: &Text, scale: f32) -> Result<Option<Written>, RenderError> {
        let hand = match text.weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        };
        if hand.is_none() {
            *hand = Shaper::new(text.weight)
                .map(|shaper| Hand { shaper, traced: FxHashMap::default() });
        }
        let hand = hand.as_mut().ok_or_else(|| RenderError::drawing("the font is damaged"))?;
        Ok(hand.write(text, scale))
    }
}

/// One weight.
struct Hand {
    shaper: Shaper,
    /// Glyphs by their number; those without an outline, such as spaces, have none.
    traced: FxHashMap<u16, Option<Traced>>,
}

/// The outline of a glyph at [`SIZE`], y down from the baseline.
struct Traced {
    ink: Path,
    /// The outline of the line along it.
    halo: Option<Path>,
}

impl Hand {
    fn write(&mut self, text: &Text, scale: f32) -> Option<Written> {
        let (mut ink, mut halo) = (PathBuilder::new(), PathBuilder::new());
        for (line, y) in text.lines.iter().zip(text.baselines()) {
            let shaped = self.shaper.shape(&clean(line));
            let left = match text.align {
                Align::Start => 0.0,
                Align::Middle => shaped.width / 2.0,
                Align::End => shaped.width,
            };
            let mut pen = (text.at.x - left * text.size, y);
            for glyph in &shaped.glyphs {
                let x = pen.0 + glyph.offset.0 * text.size;
                let y = pen.1 - glyph.offset.1 * text.size;
                pen.0 += glyph.advance.0 * text.size;
                pen.1 -= glyph.advance.1 * text.size;
                let face = self.shaper.face();
                let traced = self.traced.entry(glyph.id).or_insert_with(|| trace(face, glyph.id));
                let Some(traced) = traced else { continue };
                let place = Transform::from_scale(text.size / SIZE, text.size / SIZE)
                    .post_translate(x, y)
                    .post_scale(scale, scale);
                let add = |path: &Path, to: &mut PathBuilder| {
                    path.clone().transform(place).inspect(|path| to.push_path(path));
                };
                add(&traced.ink, &mut ink);
                if let Some(around) = traced.halo.as_ref().filter(|_| text.halo.is_some()) {
                    add(around, &mut halo);
                }
            }
        }
        let halo = halo.finish().zip(text.halo);
        Some(Written { ink: ink.finish()?, paint: text.paint, halo })
    }
}

fn trace(face: &Face, glyph: u16) -> Option<Traced> {
    let mut pen = Pen { path: PathBuilder::new(), scale: SIZE / f32::from(face.units_per_em()) };
    face.outline_glyph(GlyphId(glyph), &mut pen)?;
    let ink = pen.path.finish()?;
    let width = HALO * SIZE;
    let halo =
        ink.stroke(&Stroke { width, line_join: LineJoin::Bevel, ..Stroke::default() }, LARGER);
    Some(Traced { ink, halo })
}

/// Takes an outline from font units, y up, to pixels, y down.
struct Pen {
    path: PathBuilder,
    scale: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x * self.scale, -y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x * self.scale, -y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.quad_to(x1 * s, -y1 * s, x * s, -y * s);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.cubic_to(x1 * s, -y1 * s, x2 * s, -y2 * s, x * s, -y * s);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::PagePoint;

    fn text(line: &str, align: Align) -> Text {
        Text {
            at: PagePoint::new(50.0, 40.0),
            align,
            lines: vec![line.to_owned()],
            size: 20.0,
            weight: Weight::Bold,
            paint: Paint::Ink,
            halo: Some(Paint::Sea),
        }
    }

    #[test]
    fn letters_stand_on_the_baseline_where_they_are_put() {
        let mut letters = Letters::default();
        let mut bounds = |align| {
            let written = letters.write(&text("HEN", align), 2.0).unwrap().unwrap();
            let halo = written.halo.unwrap().0.bounds();
            let ink = written.ink.bounds();
            assert!(halo.left() < ink.left() - 3.0 && halo.bottom() > ink.bottom() + 3.0);
            ink
        };
        let (start, middle, end) =
            (bounds(Align::Start), bounds(Align::Middle), bounds(Align::End));
        assert!((start.bottom() - 80.0).abs() < 0.1, "{start:?}");
        assert!((20.0..40.0).contains(&start.height()), "{start:?}");
        assert!((start.left() - 100.0).abs() < 5.0 && (end.right() - 100.0).abs() < 5.0);
        assert!((f32::midpoint(middle.left(), middle.right()) - 100.0).abs() < 2.0);
    }

    #[test]
    fn a_text_without_letters_is_nothing() {
        let mut letters = Letters::default();
        for blank in ["", "   ", "\u{0}"] {
            assert!(letters.write(&text(blank, Align::Start), 1.0).unwrap().is_none());
        }
    }
}
