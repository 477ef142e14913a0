//! A scene as PNG.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use ::png::StreamWriter;
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use resvg::usvg;

use super::raster::Page;
use super::{PIXELS_PER_INCH, RenderError};
use crate::parallel::in_order;
use crate::scene::Scene;
use crate::style::font;
use crate::style::theme::Theme;

/// Largest width and height of a picture in pixels: four times 4K.
pub const LARGEST: u16 = 15_360;

/// Packed bytes to a piece of the file.
const CHUNK: usize = 256 * 1024;

/// A picture in memory: 8 bits each of red, green, blue and opacity, straight alpha.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Four bytes a pixel, by rows.
    pub rgba: Vec<u8>,
}

/// The scene as a PNG file with `scale` pixels to a page unit.
///
/// # Errors
/// If the picture has an impossible size.
pub fn png(scene: &Scene, theme: &Theme, scale: f32) -> Result<Vec<u8>, RenderError> {
    let page = Page::of(scene, theme, scale)?;
    let samples = |band: usize| page.band(band, |rgba| Samples::of(rgba, page.is_opaque));
    file_of(page.size, scale, page.is_opaque, |file| {
        in_order(page.bands(), samples, |samples| {
            file.write_all(&samples.0).map_err(RenderError::drawing)
        })
    })
}

/// The scene as pixels, `scale` to a page unit, for the clipboard.
///
/// # Errors
/// If the picture has an impossible size.
pub fn picture(scene: &Scene, theme: &Theme, scale: f32) -> Result<Picture, RenderError> {
    let pixmap = Page::of(scene, theme, scale)?.pixels()?;
    let (width, height) = (pixmap.width(), pixmap.height());
    Ok(Picture { width, height, rgba: pixmap.take_demultiplied() })
}

/// Pixels as a PNG file, with `scale` of them to a page unit.
pub(super) fn file_of_pixels(pixmap: &Pixmap, scale: f32) -> Result<Vec<u8>, RenderError> {
    let (width, height) = (pixmap.width(), pixmap.height());
    let side = |side: u32| u16::try_from(side).map_err(|_| RenderError::Size(width, height));
    let is_opaque = pixmap.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    let samples = Samples::of(pixmap.data(), is_opaque);
    file_of((side(width)?, side(height)?), scale, is_opaque, |file| {
        file.write_all(&samples.0).map_err(RenderError::drawing)
    })
}

/// Pixels as a file holds them: red, green and blue, and opacity where it has any.
struct Samples(Vec<u8>);

impl Samples {
    /// Those of pixels of which the colours are multiplied by their opacity.
    fn of(rgba: &[u8], is_opaque: bool) -> Self {
        if is_opaque {
            let mut rgb = vec![0; rgba.len() / 4 * 3];
            for (to, from) in rgb.as_chunks_mut().0.iter_mut().zip(rgba.as_chunks().0) {
                let [r, g, b, _]: [u8; 4] = *from;
                *to = [r, g, b];
            }
            return Self(rgb);
        }
        let straight = |[r, g, b, a]: &[u8; 4]| {
            // No colour can be brighter than its opacity.
            let (r, g, b) = ((*r).min(*a), (*g).min(*a), (*b).min(*a));
            let color = PremultipliedColorU8::from_rgba(r, g, b, *a);
            let color = color.unwrap_or(PremultipliedColorU8::TRANSPARENT).demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        };
        Self(rgba.as_chunks().0.iter().flat_map(straight).collect())
    }
}

/// A PNG file that says its colour space and, from the number of pixels to a page unit, how large
/// it is on paper; `write` writes the samples.
fn file_of(
    (width, height): (u16, u16),
    scale: f32,
    is_opaque: bool,
    write: impl FnOnce(&mut StreamWriter<'_, &mut Vec<u8>>) -> Result<(), RenderError>,
) -> Result<Vec<u8>, RenderError> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width.into(), height.into());
    // A page without a see-through pixel needs no fourth channel.
    encoder.set_color(if is_opaque { ::png::ColorType::Rgb } else { ::png::ColorType::Rgba });
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_source_srgb(::png::SrgbRenderingIntent::Perceptual);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
    let per_metre = (PIXELS_PER_INCH * scale / 0.0254).round() as u32;
    let unit = ::png::Unit::Meter;
    let dims = ::png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit };
    encoder.set_pixel_dims(Some(dims));
    // Flat colours pack well even so, and it takes a fifth of the time.
    encoder.set_compression(::png::Compression::Fast);
    encoder.set_filter(::png::Filter::Up);
    let mut writer = encoder.write_header().map_err(RenderError::drawing)?;
    let mut file = writer.stream_writer_with_size(CHUNK).map_err(RenderError::drawing)?;
    write(&mut file)?;
    file.finish().map_err(RenderError::drawing)?;
    writer.finish().map_err(RenderError::drawing)?;
    Ok(bytes)
}

/// How drawings are read: with our fonts, and without the files of this machine.
pub(super) fn options() -> usvg::Options<'static> {
    let image_href_resolver = usvg::ImageHrefResolver {
        resolve_string: Box::new(|_, _| None),
        ..usvg::ImageHrefResolver::default()
    };
    usvg::Options {
        fontdb: fonts(),
        font_family: font::FAMILY.to_owned(),
        image_href_resolver,
        ..usvg::Options::default()
    }
}

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = usvg::fontdb::Database::new();
            fonts.load_font_data(font::REGULAR.to_vec());
            fonts.load_font_data(font::BOLD.to_vec());
            Arc::new(fonts)
        })
        .clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_the_colours_of_the_pixels_in_their_order() {
        let rgba: Vec<u8> = (0..4 * 11).map(|i| if i % 4 == 3 { u8::MAX } else { i * 5 }).collect();
        let rgb: Vec<u8> =
            rgba.iter().enumerate().filter(|(i, _)| i % 4 != 3).map(|p| *p.1).collect();
        assert_eq!(Samples::of(&rgba, true).0, rgb);
        assert_eq!(Samples::of(&rgba, false).0, rgba);
        let half = [60, 0, 128, 128, 0, 0, 0, 0];
        assert_eq!(Samples::of(&half, false).0, [120, 0, 255, 128, 0, 0, 0, 0]);
    }
}
