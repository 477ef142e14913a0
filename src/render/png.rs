//! A scene as PNG: through its SVG, drawn by resvg.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use resvg::{tiny_skia, usvg};

use super::svg::drawing;
use super::{PIXELS_PER_INCH, RenderError};
use crate::scene::{Item, Scene};
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
    let (color, data) = if pixmap.data().chunks_exact(4).all(|pixel| pixel[3] == 255) {
        let mut rgb = Vec::with_capacity(pixmap.data().len() / 4 * 3);
        for pixel in pixmap.data().chunks_exact(4) {
            rgb.extend_from_slice(&pixel[..3]);
        }
        (::png::ColorType::Rgb, rgb)
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

/// Draws what lies below the first group and the rest side by side, on two cores, and lays the
/// one over the other.
fn draw(scene: &Scene, theme: &Theme, scale: f32) -> Result<tiny_skia::Pixmap, RenderError> {
    let is_above = |item: &Item| matches!(item, Item::Group(_) | Item::Text(_));
    let split = scene.items.iter().position(is_above).unwrap_or(scene.items.len());
    let (below, above) = scene.items.split_at(split);
    let draw = |items| draw_items(scene, items, theme, scale);
    let (below, above) = rayon::join(|| draw(below), || draw(above));
    let (mut below, above) = (below?, above?);
    lay_over(below.data_mut(), above.data());
    Ok(below)
}

/// Lays pixels over others (Porter and Duff's "over", 1984), both with their colours multiplied by
/// their opacity. Most are clear or solid, which takes no arithmetic.
fn lay_over(below: &mut [u8], above: &[u8]) {
    const ROWS: usize = 1 << 18;
    let parts = below.par_chunks_mut(ROWS).zip(above.par_chunks(ROWS));
    parts.for_each(|(below, above)| {
        for (below, above) in below.as_chunks_mut().0.iter_mut().zip(above.as_chunks().0) {
            let [.., opacity]: [u8; 4] = *above;
            match opacity {
                0 => {}
                255 => *below = *above,
                _ => {
                    let share = 255 - u32::from(opacity);
                    for (below, above) in below.iter_mut().zip(above) {
                        let rest = (u32::from(*below) * share + 127) / 255;
                        *below = above.saturating_add(u8::try_from(rest).unwrap_or(u8::MAX));
                    }
                }
            }
        }
    });
}

fn draw_items(
    scene: &Scene,
    items: &[Item],
    theme: &Theme,
    scale: f32,
) -> Result<tiny_skia::Pixmap, RenderError> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked next")]
    let side = |length: f32| (length * scale).round() as u32;
    let (width, height) = (side(scene.size.width), side(scene.size.height));
    let fits = |side: u32| (1..=LARGEST).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(RenderError::Size(width, height));
    }
    let tree = usvg::Tree::from_str(&drawing(scene.size, items, theme), &options())
        .map_err(RenderError::drawing)?;
    let mut pixmap =
        tiny_skia::Pixmap::new(width, height).ok_or(RenderError::Size(width, height))?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
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
