//! Letters as outlines.

use std::sync::OnceLock;

use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};
use vello_cpu::kurbo::{Affine, BezPath};

use super::halo;
use crate::parallel::once;
use crate::render::shape::Shaper;
use crate::render::xml::clean;
use crate::render::{HALO, RenderError};
use crate::scene::{Align, Text};
use crate::style::font::Weight;
use crate::style::theme::Paint;

/// Font sizes that outlines are kept at, in pixels: small letters need few points. Larger letters
/// than these are rare, and are made of the largest.
const SIZES: [f32; 4] = [12.0, 24.0, 48.0, 96.0];
/// How far the outline of a halo may be off at its size, in pixels.
const OFF: f64 = 0.1;

/// A text as outlines, in pixels of the picture.
pub struct Written {
    /// The letters.
    pub ink: BezPath,
    /// Their colour.
    pub paint: Paint,
    /// What sets them off the map.
    pub halo: Option<Halo>,
    /// The first and the last row of pixels that it reaches.
    pub top: f64,
    pub bottom: f64,
}

/// What sets letters off the map.
pub struct Halo {
    pub outline: BezPath,
    pub paint: Paint,
}

/// The outlines of a text with `scale` pixels to a page unit; nothing if no letter of it can be
/// seen.
///
/// # Errors
/// If the font is damaged.
pub fn write(text: &Text, scale: f32) -> Result<Option<Written>, RenderError> {
    let hand = Hand::of(text.weight).ok_or_else(|| RenderError::drawing("the font is damaged"))?;
    Ok(hand.write(text, scale))
}

/// One weight.
struct Hand {
    shaper: &'static Shaper,
    /// For each of the [`SIZES`] the glyphs by their number.
    traced: [Glyphs; SIZES.len()],
}

/// Glyphs, each traced when it is first written; those without an outline, such as spaces, have
/// none.
type Glyphs = Vec<OnceLock<Option<Traced>>>;

/// The outline of a glyph at a size, y down from the baseline.
struct Traced {
    ink: BezPath,
    /// What it keeps free around it.
    halo: BezPath,
}

impl Hand {
    fn of(weight: Weight) -> Option<&'static Self> {
        static REGULAR: OnceLock<Option<Hand>> = OnceLock::new();
        static BOLD: OnceLock<Option<Hand>> = OnceLock::new();
        let cell = match weight {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        };
        let make = || {
            let shaper = Shaper::of(weight)?;
            let glyphs = usize::from(shaper.face().number_of_glyphs());
            let traced = SIZES.map(|_| (0..glyphs).map(|_| OnceLock::new()).collect());
            Some(Self { shaper, traced })
        };
        once(cell, make).as_ref()
    }

    fn traced(&self, glyph: u16, kept: usize) -> Option<&Traced> {
        let cell = self.traced[kept].get(usize::from(glyph))?;
        once(cell, || trace(self.shaper.face(), glyph, SIZES[kept])).as_ref()
    }

    fn write(&self, text: &Text, scale: f32) -> Option<Written> {
        let (mut ink, mut halo) = (BezPath::new(), BezPath::new());
        let pixels = text.size * scale;
        let kept = SIZES.iter().position(|size| *size >= pixels).unwrap_or(SIZES.len() - 1);
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
                let Some(traced) = self.traced(glyph.id, kept) else { continue };
                let (size, scale) = (f64::from(text.size / SIZES[kept]), f64::from(scale));
                let place = Affine::scale(size)
                    .then_translate((f64::from(x), f64::from(y)).into())
                    .then_scale(scale);
                ink.extend(place * &traced.ink);
                if text.halo.is_some() {
                    halo.extend(place * &traced.halo);
                }
            }
        }
        if ink.is_empty() {
            return None;
        }
        let halo = text.halo.map(|paint| Halo { outline: halo, paint });
        let bounds = halo.as_ref().map_or(&ink, |halo| &halo.outline).control_box();
        Some(Written { ink, paint: text.paint, halo, top: bounds.y0, bottom: bounds.y1 })
    }
}

fn trace(face: &Face, glyph: u16, size: f32) -> Option<Traced> {
    let mut pen = Pen { path: BezPath::new(), scale: size / f32::from(face.units_per_em()) };
    face.outline_glyph(GlyphId(glyph), &mut pen)?;
    let ink = pen.path;
    // The formats that have lines draw one along the outline, half of which lies under the letter.
    let halo = halo::around(&ink, f64::from(HALO * size / 2.0), OFF);
    Some(Traced { ink, halo })
}

/// Takes an outline from font units, y up, to pixels, y down.
struct Pen {
    path: BezPath,
    scale: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x * self.scale), f64::from(-y * self.scale))
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.place(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.place(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.place(x1, y1), self.place(x, y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.curve_to(self.place(x1, y1), self.place(x2, y2), self.place(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests {
    use vello_cpu::kurbo::Shape;

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
        let bounds = |align| {
            let written = write(&text("HEN", align), 2.0).unwrap().unwrap();
            let halo = written.halo.unwrap().outline.bounding_box();
            let ink = written.ink.bounding_box();
            assert!(halo.x0 < ink.x0 - 3.0 && halo.y1 > ink.y1 + 3.0);
            ink
        };
        let (start, middle, end) =
            (bounds(Align::Start), bounds(Align::Middle), bounds(Align::End));
        assert!((start.y1 - 80.0).abs() < 0.1, "{start:?}");
        assert!((20.0..40.0).contains(&start.height()), "{start:?}");
        assert!((start.x0 - 100.0).abs() < 5.0 && (end.x1 - 100.0).abs() < 5.0);
        assert!((f64::midpoint(middle.x0, middle.x1) - 100.0).abs() < 2.0);
    }

    #[test]
    fn a_text_without_letters_is_nothing() {
        for blank in ["", "   ", "\u{0}"] {
            assert!(write(&text(blank, Align::Start), 1.0).unwrap().is_none());
        }
    }
}
