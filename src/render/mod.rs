//! Drawing a scene: one match over the same items each.
//!
//! A page is measured in pixels of which [`PIXELS_PER_INCH`] make an inch, so that 1920 by 1080 of
//! them fill a slide. The same scene gives the same bytes in every format: nothing asks for the
//! time, and identifiers come from what is drawn.

mod clip;
mod image;
pub mod logo;
pub mod pdf;
pub mod png;
pub mod pptx;
mod raster;
pub mod save;
mod shape;
pub mod svg;
mod xml;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::geo::space::{Grid, PagePoint};
use crate::scene::{Camera, Scene};
use crate::style::font::Weight;
use crate::style::theme::Theme;

/// Page units to the inch: 1920 by 1080 are 13.33 by 7.5 inches, the usual slide.
pub const PIXELS_PER_INCH: f32 = 144.0;

/// Width of the line around letters that makes their halo, as a multiple of the font size; half of
/// it lies under the letter.
const HALO: f32 = 0.22;

/// A kind of file that a scene can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Portable Network Graphics: pixels.
    Png,
    /// Scalable Vector Graphics, for drawing programs and the web.
    Svg,
    /// Portable Document Format, for print.
    Pdf,
    /// A PowerPoint presentation of native shapes.
    Pptx,
}

/// A path that names none of the formats.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} does not end in .png, .svg, .pdf or .pptx", .0.display())]
pub struct FormatError(PathBuf);

impl Format {
    /// Every format, the usual one first.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Pdf, Self::Pptx];

    /// The format that the ending of a file's name asks for, in capitals or not.
    ///
    /// # Errors
    /// If it has another ending or none.
    pub fn from_path(path: &Path) -> Result<Self, FormatError> {
        let ending = path.extension().and_then(OsStr::to_str);
        let is_meant =
            |format: &Self| ending.is_some_and(|e| e.eq_ignore_ascii_case(format.ending()));
        Self::ALL.into_iter().find(is_meant).ok_or_else(|| FormatError(path.to_owned()))
    }

    /// The ending of a file's name, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
        }
    }

    /// Its name in menus.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Png => "Picture (PNG)",
            Self::Svg => "Drawing (SVG)",
            Self::Pdf => "Document (PDF)",
            Self::Pptx => "PowerPoint (PPTX)",
        }
    }

    /// The media type, as registered with IANA.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
        }
    }
}

/// Why a scene could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A side is zero or more than [`png::LARGEST`].
    #[error("a picture of {0} by {1} pixels cannot be made; each side may have 1 to {max}", max = png::LARGEST)]
    Size(u32, u32),
    /// The library that writes the format did not take the drawing.
    #[error("the picture cannot be drawn: {0}")]
    Drawing(String),
}

impl RenderError {
    /// What a library says.
    fn drawing(error: impl std::fmt::Display) -> Self {
        Self::Drawing(error.to_string())
    }
}

/// Has the fonts read by cores that have nothing else to do. Who draws letters soon after need not
/// wait for them.
pub fn read_fonts() {
    for weight in [Weight::Regular, Weight::Bold] {
        rayon::spawn(move || _ = shape::Shaper::of(weight).map(|shaper| shaper.shape("A")));
    }
}

/// A scene as a file. `scale` is the number of pixels to a page unit, 1 to 4, for formats that
/// have pixels.
///
/// # Errors
/// If the page has an impossible size, or a picture on it cannot be read.
pub fn encode(
    scene: &Scene,
    theme: &Theme,
    format: Format,
    scale: f32,
) -> Result<Vec<u8>, RenderError> {
    match format {
        Format::Png => png::png(scene, theme, scale),
        Format::Svg => Ok(svg::svg(scene, theme).into_bytes()),
        Format::Pdf => pdf::pdf(scene, theme),
        Format::Pptx => pptx::pptx(&[scene], theme),
    }
}

/// Where on the page some places are.
fn project(points: &[Grid], camera: &Camera) -> impl Iterator<Item = PagePoint> {
    points.iter().map(|p| camera.page_from_grid(*p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_tells_the_format() {
        for format in Format::ALL {
            let name = format!("a.b/map 1.{}", format.ending());
            assert_eq!(Format::from_path(Path::new(&name)), Ok(format));
            assert_eq!(Format::from_path(Path::new(&name.to_uppercase())), Ok(format));
        }
        for name in ["map", "map.gif", ".png", "png", "map.png.part", ""] {
            let error = Format::from_path(Path::new(name)).unwrap_err().to_string();
            for format in Format::ALL {
                assert!(error.contains(&format!(".{}", format.ending())), "{error}");
            }
        }
    }
}
