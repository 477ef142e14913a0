//! Text boxes: where the lines of a scene lie when they are set in Arial.
//!
//! Scenes are measured in Inter, which hardly any office has; Arial, or a font with its widths, is
//! everywhere. It is narrower with most words; where it is wider, the text shrinks.

use super::outline::Frame;
use crate::geo::space::PagePoint;
use crate::scene::{Align, PageRect, Text};
use crate::style::font::{LINE_HEIGHT, Weight, width};

/// How far below the top of a box the first baseline of Arial is, in ems. The font's ascent and
/// descent are 0.905 and 0.212 em; programs set single-spaced lines about [`LINE_HEIGHT`] apart.
/// With the rest shared in proportion the baseline is here; with all of it on top, as in
/// `LibreOffice`, it is 0.02 em lower, less than a pixel.
const BASELINE: f32 = 0.97;

/// A text as a box.
#[derive(Debug, Clone, Copy)]
pub struct TextBox<'a> {
    /// The text.
    pub text: &'a Text,
    /// The box, without a margin.
    pub frame: Frame,
    /// Font size in pixels.
    pub size: f32,
}

impl<'a> TextBox<'a> {
    /// The box around a text: as wide as the text is in Inter, the first baseline where it is.
    pub fn of(text: &'a Text) -> Self {
        let size = text.size * shrinking(text);
        let PageRect { x, width, .. } = text.bounds();
        let PagePoint { y, .. } = text.at;
        #[expect(clippy::cast_precision_loss, reason = "a text has a handful of lines")]
        let height = text.lines.len().max(1) as f32 * LINE_HEIGHT * size;
        let frame = Frame::of(PageRect { x, y: y - BASELINE * size, width, height });
        Self { text, frame, size }
    }

    /// How a paragraph of it is aligned.
    pub const fn alignment(&self) -> &'static str {
        match self.text.align {
            Align::Start => "l",
            Align::Middle => "ctr",
            Align::End => "r",
        }
    }
}

/// How much smaller a text must be set so that no line is wider than in Inter, at most 1.
fn shrinking(text: &Text) -> f32 {
    let ratio = |line: &String| width(line, 1.0, text.weight) / arial_width(line, text.weight);
    text.lines.iter().map(ratio).filter(|ratio| ratio.is_finite()).fold(1.0, f32::min)
}

/// Width of a text in ems; characters beyond ASCII count as wide as in Inter.
fn arial_width(text: &str, weight: Weight) -> f32 {
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let advance = |c: char| {
        let place = (c as usize).checked_sub(' ' as usize);
        match place.and_then(|place| table.get(place)) {
            Some(thousandths) => f32::from(*thousandths) / 1000.0,
            None => width(c.encode_utf8(&mut [0; 4]), 1.0, weight),
        }
    };
    text.chars().map(advance).sum()
}

/// Advance widths of the characters from U+0020 to U+007E in Arial, in thousandths of an em.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same in Arial Bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::theme::Paint;

    fn text(line: &str, weight: Weight) -> Text {
        Text {
            at: PagePoint::new(100.0, 50.0),
            align: Align::Middle,
            lines: vec![line.to_owned()],
            size: 20.0,
            weight,
            paint: Paint::Ink,
            halo: None,
        }
    }

    #[test]
    fn a_text_is_never_wider_than_it_was_in_the_scene() {
        for line in ["Kent and Medway", "WWW MMM @@@", "Ynys Môn", "|||", "", "%%%%%%%%%%"] {
            for weight in [Weight::Regular, Weight::Bold] {
                let text = text(line, weight);
                let set = TextBox::of(&text);
                let wide = arial_width(line, weight) * set.size;
                assert!(wide <= width(line, 20.0, weight) + 1e-3, "{line} {weight:?}: {wide}");
                assert!(set.size > 14.0 && set.size <= 20.0, "{line} {weight:?}: {}", set.size);
            }
        }
        let usual = text("Kent and Medway", Weight::Bold);
        assert!((TextBox::of(&usual).size - 20.0).abs() < 1e-6, "most words need not shrink");
    }

    #[test]
    fn the_first_baseline_is_where_the_scene_has_it() {
        let text = text("Kent", Weight::Regular);
        let set = TextBox::of(&text);
        let baseline = set.frame.y + Frame::length(BASELINE * set.size);
        assert!((baseline - Frame::length(50.0)).abs() <= 1);
    }
}
