//! Glyphs of a line of text and how far they reach, kerned as in the other formats.

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

/// A line of text in glyphs.
pub struct Shaped {
    /// The glyphs; their advances are in ems.
    pub glyphs: Vec<KrillaGlyph>,
    /// Width in ems.
    pub width: f32,
}

/// Finds the glyphs of a line in one direction.
pub fn shape(text: &str, face: &Face) -> Shaped {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
    // A glyph stands for the letters from its first one to that of the next glyph.
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    let end_of = |start: usize| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(text.len())
    };
    #[expect(clippy::cast_precision_loss, reason = "a font has some thousands of units to the em")]
    let ems = |units: i32| units as f32 / face.units_per_em() as f32;
    let glyphs: Vec<KrillaGlyph> = infos
        .iter()
        .zip(places)
        .map(|(info, place)| {
            let start = info.cluster as usize;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(place.x_advance),
                ems(place.x_offset),
                ems(place.y_offset),
                ems(place.y_advance),
                start..end_of(start),
                None,
            )
        })
        .collect();
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    Shaped { glyphs, width }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::font::{REGULAR, Weight, width};

    #[test]
    fn glyphs_cover_the_text_and_kerning_draws_them_together() {
        let face = Face::from_slice(REGULAR, 0).unwrap();
        let text = "Shropshire, Telford – Ynys Môn";
        let shaped = shape(text, &face);
        let covered: usize = shaped.glyphs.iter().map(|glyph| glyph.text_range.len()).sum();
        assert_eq!(covered, text.len());
        let plain = width(text, 1.0, Weight::Regular);
        assert!(shaped.width < plain && shaped.width > 0.95 * plain, "{} {plain}", shaped.width);
        assert!(shape("", &face).glyphs.is_empty());
    }
}
