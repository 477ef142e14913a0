//! A scene as pixels.
//!
//! The page is cut into bands from top to bottom, which the cores draw side by side straight into
//! the picture's memory. Letters and pictures from outside may lie on several bands and are made
//! ready before.

mod canvas;
mod letters;

use canvas::Canvas;
use letters::{Letters, Written};
use rayon::prelude::*;
use resvg::tiny_skia::{Pixmap, PixmapMut};

use super::RenderError;
use super::image::{Placed, pixels};
use super::png::LARGEST;
use crate::geo::space::PageRect;
use crate::scene::{Item, Scene};
use crate::style::theme::Theme;

/// Bands to a core: land and sea take different times.
const BANDS: usize = 3;

/// An item with what takes time to find out.
enum Ready<'a> {
    Plain(&'a Item),
    Text(Option<Written>),
    Picture(Option<Placed>),
}

/// Draws a scene with `scale` pixels to a page unit.
///
/// # Errors
/// If the picture has an impossible size, or a picture on it cannot be read.
pub fn draw(scene: &Scene, theme: &Theme, scale: f32) -> Result<Pixmap, RenderError> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked next")]
    let side = |length: f32| (length * scale).round() as u32;
    let (width, height) = (side(scene.size.width), side(scene.size.height));
    let fits = |side: u32| (1..=LARGEST).contains(&side);
    let size = RenderError::Size(width, height);
    if !fits(width) || !fits(height) {
        return Err(size);
    }
    let items: Vec<&Item> = scene.flat().collect();
    let ready = items.into_par_iter().map_init(Letters::default, |letters, item| {
        Ok(match item {
            Item::Text(text) => Ready::Text(letters.write(text, scale)?),
            Item::Image { rect, image } => Ready::Picture(pixels(*rect, image, scale)?),
            item => Ready::Plain(item),
        })
    });
    let ready = ready.collect::<Result<Vec<_>, RenderError>>()?;
    let mut picture = Pixmap::new(width, height).ok_or(size)?;
    let rows = height.div_ceil(u32::try_from(BANDS * rayon::current_num_threads()).unwrap_or(1));
    let row_bytes = 4 * width as usize;
    let bands = picture.data_mut().par_chunks_mut(row_bytes * rows as usize);
    bands.zip(0..height.div_ceil(rows)).for_each(|(bytes, band)| {
        let height = u32::try_from(bytes.len() / row_bytes).unwrap_or_default();
        let Some(pixels) = PixmapMut::from_bytes(bytes, width, height) else { return };
        let top = i32::try_from(band * rows).unwrap_or(i32::MAX);
        let mut canvas = Canvas::new(pixels, (0, top), scale, theme);
        for item in &ready {
            match item {
                Ready::Plain(Item::Map(map)) => canvas.map(map, PageRect::of(scene.size)),
                Ready::Plain(Item::Rect { rect, fill, line }) => canvas.rect(*rect, *fill, *line),
                Ready::Plain(Item::Line { points, width, paint, dashed }) => {
                    canvas.line(points, *width, *paint, *dashed);
                }
                Ready::Plain(_) => {}
                Ready::Text(text) => text.iter().for_each(|text| canvas.text(text)),
                Ready::Picture(picture) => {
                    picture.iter().for_each(|picture| canvas.picture(picture))
                }
            }
        }
    });
    Ok(picture)
}
