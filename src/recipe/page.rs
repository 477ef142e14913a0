//! Sizes of pages.

use serde::{Deserialize, Serialize};

use crate::geo::space::PageSize;

/// Shortest and longest side of a page of one's own, in pixels.
pub const SIDES: std::ops::RangeInclusive<u16> = 240..=7680;
/// Pixels of a page to an inch: a slide of 1920 pixels is 13.33 inches wide.
const PIXELS_PER_INCH: f32 = 144.0;

/// The shape of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// A slide of today: 1920 by 1080 pixels.
    #[default]
    #[serde(rename = "16:9")]
    Wide,
    /// An older slide: 1440 by 1080 pixels.
    #[serde(rename = "4:3")]
    Standard,
    /// ISO 216: 297 by 210 mm.
    A4Landscape,
    /// ISO 216: 210 by 297 mm.
    A4,
    /// ISO 216: 420 by 297 mm.
    A3Landscape,
    /// ISO 216: 297 by 420 mm.
    A3,
    /// 1080 by 1080 pixels.
    Square,
    /// Another size.
    Own {
        /// Pixels from left to right.
        width: u16,
        /// Pixels from top to bottom.
        height: u16,
    },
}

impl Paper {
    /// Those with a name, in the order of the menu.
    pub const NAMED: [Self; 7] = [
        Self::Wide,
        Self::Standard,
        Self::A4Landscape,
        Self::A4,
        Self::A3Landscape,
        Self::A3,
        Self::Square,
    ];

    /// Its name on the command line; `None` for a size of one's own.
    #[must_use]
    pub const fn id(self) -> Option<&'static str> {
        Some(match self {
            Self::Wide => "16:9",
            Self::Standard => "4:3",
            Self::A4Landscape => "a4-landscape",
            Self::A4 => "a4",
            Self::A3Landscape => "a3-landscape",
            Self::A3 => "a3",
            Self::Square => "square",
            Self::Own { .. } => return None,
        })
    }

    /// What it is called in the menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Wide => "Slide 16:9",
            Self::Standard => "Slide 4:3",
            Self::A4Landscape => "A4 landscape",
            Self::A4 => "A4 portrait",
            Self::A3Landscape => "A3 landscape",
            Self::A3 => "A3 portrait",
            Self::Square => "Square",
            Self::Own { .. } => "Own size",
        }
    }

    /// Its size in pixels, 144 to an inch.
    #[must_use]
    pub fn size(self) -> PageSize {
        let mm = |width: f32, height: f32| {
            let pixels = |length: f32| (length / 25.4 * PIXELS_PER_INCH).round();
            PageSize::new(pixels(width), pixels(height))
        };
        match self {
            Self::Wide => PageSize::new(1920.0, 1080.0),
            Self::Standard => PageSize::new(1440.0, 1080.0),
            Self::A4Landscape => mm(297.0, 210.0),
            Self::A4 => mm(210.0, 297.0),
            Self::A3Landscape => mm(420.0, 297.0),
            Self::A3 => mm(297.0, 420.0),
            Self::Square => PageSize::new(1080.0, 1080.0),
            Self::Own { width, height } => {
                let side = |pixels: u16| f32::from(pixels.clamp(*SIDES.start(), *SIDES.end()));
                PageSize::new(side(width), side(height))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_paper_have_the_size_of_iso_216() {
        let size = Paper::A4.size();
        assert_eq!((size.width, size.height), (1191.0, 1684.0));
        let (a3, a4) = (Paper::A3.size(), Paper::A4Landscape.size());
        assert!((a3.width - a4.width).abs() < 1.0, "half of an A3 is an A4");
    }

    #[test]
    fn a_size_of_ones_own_stays_within_bounds() {
        let size = Paper::Own { width: 1, height: 60_000 }.size();
        assert_eq!((size.width, size.height), (240.0, 7680.0));
    }
}
