//! Scenes as a presentation in which every system, line and text is a shape of its own, to be
//! recoloured, moved and retyped: Office Open XML, ECMA-376.

mod media;
mod outline;
mod parts;
mod shapes;
mod slide;
mod text;

use std::io::{Cursor, Write};

use media::Media;
use outline::Frame;
use shapes::Slide;
use slide::SlideWriter;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{PIXELS_PER_INCH, RenderError};
use crate::scene::Scene;
use crate::style::theme::Theme;

/// English Metric Units to the inch.
const EMU_PER_INCH: f32 = 914_400.0;

/// Shortest and longest side of a slide, in EMU: 1 and 56 inches (ECMA-376 part 1, 19.7.18,
/// `ST_SlideSizeCoordinate`).
const SIDES: (i64, i64) = (914_400, 51_206_400);

/// One slide for each scene, as large as the largest.
///
/// # Errors
/// If a picture on a page cannot be read.
pub fn pptx(slides: &[&Scene], theme: &Theme) -> Result<Vec<u8>, RenderError> {
    let size = Size::of(slides);
    let mut media = Media::default();
    let mut written = Vec::with_capacity(slides.len());
    for scene in slides {
        let slide = Slide::of(scene, theme);
        let xml = SlideWriter::write(&slide, &scene.title, theme, size.emu, &mut media)?;
        written.push((xml, media.finish_slide()));
    }
    let title = slides.first().map_or("", |scene| scene.title.as_str());
    let mut package = Package::default();
    for (name, text) in parts::of_package(slides.len(), (size.width, size.height), title, theme) {
        package.add(&name, text.as_bytes())?;
    }
    for (number, (xml, pictures)) in (1..).zip(&written) {
        package.add(&format!("ppt/slides/slide{number}.xml"), xml)?;
        let relations = parts::relations_of_slide(pictures);
        package.add(&format!("ppt/slides/_rels/slide{number}.xml.rels"), relations.as_bytes())?;
    }
    for (name, bytes) in media.files() {
        package.add(&format!("ppt/{name}"), bytes)?;
    }
    package.finish()
}

/// The size of the slides.
struct Size {
    /// EMU to a unit of [`Frame`].
    emu: i64,
    /// Width in EMU.
    width: i64,
    /// Height in EMU.
    height: i64,
}

impl Size {
    /// A page unit is as long as ever, unless the slide would be larger or smaller than it may be.
    fn of(slides: &[&Scene]) -> Self {
        let longest = |side: fn(&Scene) -> f32| {
            let longest = slides.iter().map(|scene| side(scene)).reduce(f32::max);
            Frame::length(longest.unwrap_or(PIXELS_PER_INCH * 10.0)).max(1)
        };
        let (width, height) =
            (longest(|scene| scene.size.width), longest(|scene| scene.size.height));
        #[expect(clippy::cast_possible_truncation, reason = "a whole number")]
        let usual = (EMU_PER_INCH / PIXELS_PER_INCH / outline::UNITS) as i64;
        let (least, most) = SIDES;
        let enough = usual.max((least - 1) / width.min(height) + 1);
        let emu = enough.min(most / width.max(height)).max(1);
        let side = |units: i64| (units * emu).clamp(least, most);
        Self { emu, width: side(width), height: side(height) }
    }
}

/// The parts of a presentation in a ZIP file, without the time of writing.
struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Package {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Package {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), RenderError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT);
        self.0.start_file(name, options).map_err(RenderError::drawing)?;
        self.0.write_all(bytes).map_err(RenderError::drawing)
    }

    fn finish(self) -> Result<Vec<u8>, RenderError> {
        Ok(self.0.finish().map_err(RenderError::drawing)?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::PageSize;

    fn scene(width: f32, height: f32) -> Scene {
        let size = PageSize::new(width, height);
        let (title, items, names) = (String::new(), Vec::new(), Vec::new());
        Scene { size, title, items, names, is_provisional: false }
    }

    #[test]
    fn a_slide_is_as_large_as_its_page_within_the_bounds() {
        let size = |pages: &[&Scene]| {
            let Size { width, height, .. } = Size::of(pages);
            (width, height)
        };
        let usual = scene(1920.0, 1080.0);
        assert_eq!(size(&[&usual]), (12_192_000, 6_858_000), "13.33 by 7.5 inches");
        assert_eq!(size(&[&usual, &scene(800.0, 1440.0)]), (12_192_000, 9_144_000));
        for page in [scene(64.0, 64.0), scene(15_360.0, 15_360.0), scene(15_360.0, 64.0)] {
            let (width, height) = size(&[&page]);
            assert!((SIDES.0..=SIDES.1).contains(&width) && (SIDES.0..=SIDES.1).contains(&height));
        }
        assert!(size(&[]).0 > 0);
    }
}
