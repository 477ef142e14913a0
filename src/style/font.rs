//! The one font family, for window and exports alike: Inter, regular and bold.

use std::sync::OnceLock;

use ttf_parser::Face;

/// Name of the family, as it is called in SVG.
pub const FAMILY: &str = "Inter";
/// Inter Regular, OpenType.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter Bold, OpenType.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-Bold.otf");

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

impl Weight {
    /// Its font, OpenType.
    #[must_use]
    pub const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }
}

/// Height of capitals and tall letters over the baseline, and depth of hanging ones below it, as
/// multiples of the font size.
pub const ASCENT: f32 = 0.76;
/// See [`ASCENT`].
pub const DESCENT: f32 = 0.22;

/// Height of a line of text as a multiple of the font size.
pub const LINE_HEIGHT: f32 = 1.2;

/// Width of a text in pixels at a font size in pixels, without kerning.
#[must_use]
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    let advances = advances(weight);
    let units: f32 = text.chars().map(|c| advances.of(c)).sum();
    units * size
}

/// Advance widths in ems: a table for Latin, the average for everything else.
struct Advances {
    latin: Vec<f32>,
    average: f32,
}

impl Advances {
    fn of(&self, c: char) -> f32 {
        self.latin.get(c as usize).copied().unwrap_or(self.average)
    }
}

fn advances(weight: Weight) -> &'static Advances {
    static REGULAR_ADVANCES: OnceLock<Advances> = OnceLock::new();
    static BOLD_ADVANCES: OnceLock<Advances> = OnceLock::new();
    match weight {
        Weight::Regular => REGULAR_ADVANCES.get_or_init(|| measure(weight.file())),
        Weight::Bold => BOLD_ADVANCES.get_or_init(|| measure(weight.file())),
    }
}

fn measure(font: &[u8]) -> Advances {
    let average = 0.6;
    let Ok(face) = Face::parse(font, 0) else { return Advances { latin: Vec::new(), average } };
    let em = f32::from(face.units_per_em());
    let advance = |c: char| {
        let units = face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
        units.map_or(average, |units| f32::from(units) / em)
    };
    Advances { latin: (0..=0x17f).filter_map(char::from_u32).map(advance).collect(), average }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_is_wider_and_width_grows_with_the_text() {
        let regular = width("South East London", 12.0, Weight::Regular);
        let bold = width("South East London", 12.0, Weight::Bold);
        assert!((90.0..130.0).contains(&regular), "{regular}");
        assert!(bold > regular);
        assert!(width("Kent", 24.0, Weight::Bold) > 2.0 * width("Kent", 11.9, Weight::Bold));
    }
}
