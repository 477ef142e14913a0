//! Pictures from outside, such as logos, as each format wants them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use resvg::{tiny_skia, usvg};

use super::{RenderError, png};
use crate::scene::{Image, ImageFormat, PageRect};

/// Where a picture stands in a rectangle: in the middle, as large as fits, undistorted.
pub fn placed(rect: PageRect, image: &Image) -> PageRect {
    let width = rect.width.min(rect.height * image.aspect);
    let height = rect.height.min(rect.width / image.aspect);
    PageRect {
        x: rect.x + (rect.width - width) / 2.0,
        y: rect.y + (rect.height - height) / 2.0,
        width,
        height,
    }
}

/// The ending of the file's name and its media type.
pub const fn kind(format: ImageFormat) -> (&'static str, &'static str) {
    match format {
        ImageFormat::Png => ("png", "image/png"),
        ImageFormat::Jpeg => ("jpeg", "image/jpeg"),
        ImageFormat::Svg => ("svg", "image/svg+xml"),
    }
}

/// The picture as an address that holds all of it (RFC 2397).
pub fn data_uri(image: &Image) -> String {
    let (_, media_type) = kind(image.format);
    format!("data:{media_type};base64,{}", STANDARD.encode(&image.bytes))
}

/// A drawing from outside, parsed. It may not ask for files: they would be those of this machine.
pub fn tree(image: &Image) -> Result<usvg::Tree, RenderError> {
    usvg::Tree::from_data(&image.bytes, &png::options()).map_err(RenderError::drawing)
}

/// A picture in pixels, and where on the page of pixels its top left corner is.
pub struct Placed {
    /// The pixels.
    pub pixels: tiny_skia::Pixmap,
    /// Pixels from the left and from the top.
    pub at: (i32, i32),
}

/// The pixels of a picture that stands in a rectangle of a page with `scale` pixels to a unit;
/// nothing if it is too small to be seen.
///
/// # Errors
/// If the library does not take it.
pub fn pixels(rect: PageRect, image: &Image, scale: f32) -> Result<Option<Placed>, RenderError> {
    let PageRect { x, y, width, height } = placed(rect, image);
    let (left, top) = ((x * scale).floor(), (y * scale).floor());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in pixels")]
    let side = |end: f32, start: f32| (end * scale - start).ceil().max(0.0) as u32;
    let size = (side(x + width, left), side(y + height, top));
    let Some(mut pixels) = tiny_skia::Pixmap::new(size.0, size.1) else { return Ok(None) };
    // A drawing that shows the picture alone: its library reads all the formats.
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
         <image width=\"{width}\" height=\"{height}\" href=\"{}\"/></svg>",
        data_uri(image)
    );
    let tree = usvg::Tree::from_str(&drawing, &png::options()).map_err(RenderError::drawing)?;
    let place = tiny_skia::Transform::from_scale(scale, scale)
        .post_translate(x * scale - left, y * scale - top);
    resvg::render(&tree, place, &mut pixels.as_mut());
    #[expect(clippy::cast_possible_truncation, reason = "a place in pixels")]
    let at = (left as i32, top as i32);
    Ok(Some(Placed { pixels, at }))
}

/// A drawing as the PNG file of a given width in pixels, for programs that show no SVG.
pub fn rasterised(image: &Image, width: f32) -> Result<Vec<u8>, RenderError> {
    let tree = tree(image)?;
    let scale = width / tree.size().width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in pixels")]
    let side = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut pixmap =
        tiny_skia::Pixmap::new(width, height).ok_or(RenderError::Size(width, height))?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    png::file_of_pixels(&pixmap, scale)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A red disc, twice as wide as high.
    fn drawing() -> Image {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>\
                    <circle cx='10' cy='5' r='5' fill='#f00'/></svg>";
        Image { bytes: Arc::from(text.as_bytes()), format: ImageFormat::Svg, aspect: 2.0 }
    }

    #[test]
    fn a_picture_stands_in_the_middle_undistorted() {
        let rect = |x, y, width, height| PageRect { x, y, width, height };
        let image = drawing();
        assert_eq!(placed(rect(10.0, 10.0, 40.0, 40.0), &image), rect(10.0, 20.0, 40.0, 20.0));
        assert_eq!(placed(rect(0.0, 0.0, 100.0, 10.0), &image), rect(40.0, 0.0, 20.0, 10.0));
    }

    #[test]
    fn an_address_holds_the_file() {
        let uri = data_uri(&drawing());
        let code = uri.strip_prefix("data:image/svg+xml;base64,").unwrap();
        assert_eq!(STANDARD.decode(code).unwrap(), drawing().bytes.to_vec());
    }

    #[test]
    fn a_drawing_asks_for_no_file() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/england.png");
        let text = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
             <image href='{path}' width='9' height='9'/></svg>"
        );
        let bytes = Arc::from(text.as_bytes());
        let tree = tree(&Image { bytes, format: ImageFormat::Svg, aspect: 1.0 }).unwrap();
        assert!(!tree.root().has_children());
    }
}
