//! A scene as PNG: through its SVG, drawn by resvg.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use super::svg::svg_of;
use crate::scene::{Item, Scene};
use crate::style::font;
use crate::style::theme::Theme;

/// Largest width and height of a picture in pixels: four times 4K.
pub const LARGEST: u32 = 15_360;

/// Why a picture could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// A side is zero or more than [`LARGEST`].
    #[error("a picture of {0} by {1} pixels cannot be made; each side may have 1 to {LARGEST}")]
    Size(u32, u32),
    /// The drawing library did not take the drawing.
    #[error("the picture cannot be drawn: {0}")]
    Drawing(String),
}

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

/// The scene as a PNG file.
///
/// # Errors
/// If the page has an impossible size.
pub fn png(scene: &Scene, theme: &Theme) -> Result<Vec<u8>, PictureError> {
    let pixmap = draw(scene, theme)?;
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
    let fault = |error: ::png::EncodingError| PictureError::Drawing(error.to_string());
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(::png::BitDepth::Eight);
    // Flat colours pack well even so, and it takes a fifth of the time.
    encoder.set_compression(::png::Compression::Fast);
    encoder.set_filter(::png::Filter::Up);
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(&data).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(bytes)
}

/// The scene as pixels, for the clipboard.
///
/// # Errors
/// If the page has an impossible size.
pub fn picture(scene: &Scene, theme: &Theme) -> Result<Picture, PictureError> {
    let pixmap = draw(scene, theme)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    Ok(Picture { width, height, rgba: pixmap.take_demultiplied() })
}

/// Draws what lies below the first group and the rest side by side, on two cores, and lays the
/// one over the other.
fn draw(scene: &Scene, theme: &Theme) -> Result<tiny_skia::Pixmap, PictureError> {
    let is_above = |item: &Item| matches!(item, Item::Group(_) | Item::Text(_));
    let split = scene.items.iter().position(is_above).unwrap_or(scene.items.len());
    let (below, above) = scene.items.split_at(split);
    let (below, above) =
        rayon::join(|| draw_items(scene, below, theme), || draw_items(scene, above, theme));
    let (mut below, above) = (below?, above?);
    let paint = tiny_skia::PixmapPaint::default();
    below.draw_pixmap(0, 0, above.as_ref(), &paint, tiny_skia::Transform::identity(), None);
    Ok(below)
}

fn draw_items(
    scene: &Scene,
    items: &[Item],
    theme: &Theme,
) -> Result<tiny_skia::Pixmap, PictureError> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked next")]
    let (width, height) = (scene.size.width.round() as u32, scene.size.height.round() as u32);
    let fits = |side: u32| (1..=LARGEST).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(PictureError::Size(width, height));
    }
    let options = usvg::Options {
        fontdb: fonts(),
        font_family: font::FAMILY.to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&svg_of(scene.size, items, theme), &options)
        .map_err(|error| PictureError::Drawing(error.to_string()))?;
    let mut pixmap =
        tiny_skia::Pixmap::new(width, height).ok_or(PictureError::Size(width, height))?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap)
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
