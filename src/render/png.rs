//! A scene as PNG.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use resvg::{tiny_skia, usvg};

use super::raster::draw;
use super::{PIXELS_PER_INCH, RenderError};
use crate::scene::Scene;
use crate::style::font;
use crate::style::theme::Theme;

/// Largest width and height of a picture in pixels: four times 4K.
pub const LARGEST: u32 = 15_360;

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
    file_of(draw(scene, theme, scale)?, scale)
}

/// The scene as pixels, `scale` to a page unit, for the clipboard.
///
/// # Errors
/// If the picture has an impossible size.
pub fn picture(scene: &Scene, theme: &Theme, scale: f32) -> Result<Picture, RenderError> {
    let pixmap = draw(scene, theme, scale)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    Ok(Picture { width, height, rgba: pixmap.take_demultiplied() })
}

/// Pixels as a PNG file that says its colour space and, from the number of pixels to a page unit,
/// how large it is on paper.
pub(super) fn file_of(pixmap: tiny_skia::Pixmap, scale: f32) -> Result<Vec<u8>, RenderError> {
    let (width, height) = (pixmap.width(), pixmap.height());
    // A page without a see-through pixel needs no fourth channel.
    let (color, data) = if pixmap.pixels().par_iter().all(|pixel| pixel.alpha() == 255) {
        (::png::ColorType::Rgb, without_opacity(pixmap.data()))
    } else {
        (::png::ColorType::Rgba, pixmap.take_demultiplied())
    };
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
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
    writer.write_image_data(&data).map_err(RenderError::drawing)?;
    writer.finish().map_err(RenderError::drawing)?;
    Ok(bytes)
}

/// Red, green and blue of pixels of four bytes.
fn without_opacity(rgba: &[u8]) -> Vec<u8> {
    const PIXELS: usize = 1 << 16;
    let mut rgb = vec![0; rgba.len() / 4 * 3];
    let parts = rgb.par_chunks_mut(3 * PIXELS).zip(rgba.par_chunks(4 * PIXELS));
    parts.for_each(|(rgb, rgba)| {
        for (to, from) in rgb.as_chunks_mut().0.iter_mut().zip(rgba.as_chunks().0) {
            let [r, g, b, _]: [u8; 4] = *from;
            *to = [r, g, b];
        }
    });
    rgb
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
