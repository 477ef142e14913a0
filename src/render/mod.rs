//! Drawing a scene: one match over the same items each.

pub mod logo;
pub mod png;
pub mod save;
pub mod svg;

/// Page units to the inch: 1920 by 1080 are 13.33 by 7.5 inches, the usual slide.
pub const PIXELS_PER_INCH: f32 = 144.0;

use std::path::{Path, PathBuf};

use crate::scene::Scene;
use crate::style::theme::Theme;

/// A kind of file that a scene can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Portable Network Graphics: pixels.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

/// A path that names none of the formats.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} does not end in .png or .svg", .0.display())]
pub struct FormatError(PathBuf);

impl Format {
    /// Every format, the usual one first.
    pub const ALL: [Self; 2] = [Self::Png, Self::Svg];

    /// The ending of a file's name, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// Its name in menus.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Png => "Picture (PNG)",
            Self::Svg => "Drawing (SVG)",
        }
    }

    /// The format that the ending of a file's name asks for.
    ///
    /// # Errors
    /// If it has another ending or none.
    pub fn from_path(path: &Path) -> Result<Self, FormatError> {
        match path.extension().and_then(std::ffi::OsStr::to_str) {
            Some("png") => Ok(Self::Png),
            Some("svg") => Ok(Self::Svg),
            _ => Err(FormatError(path.to_owned())),
        }
    }
}

/// A scene as a file.
///
/// # Errors
/// If the page has an impossible size.
pub fn encode(
    scene: &Scene,
    theme: &Theme,
    format: Format,
    _scale: f32,
) -> Result<Vec<u8>, png::PictureError> {
    match format {
        Format::Svg => Ok(svg::svg(scene, theme).into_bytes()),
        Format::Png => png::png(scene, theme),
    }
}
