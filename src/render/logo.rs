//! Picture files that can stand on a page.

use resvg::usvg;

use crate::scene::{Image, ImageFormat};

/// Recognises a picture file by its content and finds its proportions; `None` if it is no PNG, JPEG
/// or SVG.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Image> {
    let (format, (width, height)) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (ImageFormat::Png, png_size(bytes)?)
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        (ImageFormat::Jpeg, jpeg_size(bytes)?)
    } else {
        let tree = usvg::Tree::from_data(bytes, &super::png::options()).ok()?;
        (ImageFormat::Svg, (tree.size().width(), tree.size().height()))
    };
    let aspect = width / height;
    let is_sound = aspect.is_finite() && (0.02..=50.0).contains(&aspect);
    is_sound.then(|| Image { bytes: bytes.into(), format, aspect })
}

/// Width and height from the header chunk: PNG specification, 11.2.1.
fn png_size(bytes: &[u8]) -> Option<(f32, f32)> {
    let reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "only the proportions matter")]
    Some((reader.info().width as f32, reader.info().height as f32))
}

/// Width and height from the start of the frame: ITU-T T.81, B.2.2.
fn jpeg_size(bytes: &[u8]) -> Option<(f32, f32)> {
    let mut at = 2;
    loop {
        let segment = bytes.get(at..at + 9)?;
        let (marker, length) = (segment[1], u16::from_be_bytes([segment[2], segment[3]]));
        if segment[0] != 0xff || length < 2 {
            return None;
        }
        // All frames but those markers between them that mean something else.
        if (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker) {
            let side = |at: usize| f32::from(u16::from_be_bytes([segment[at], segment[at + 1]]));
            return Some((side(7), side(5)));
        }
        at += 2 + usize::from(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_content() {
        let mut png = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut png, 30, 10);
        encoder.set_color(::png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[0; 300]).unwrap();
        let image = read(&png).unwrap();
        assert!(image.format == ImageFormat::Png && (image.aspect - 3.0).abs() < 1e-6);

        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 50, 0, 100, 3, 0];
        let image = read(&jpeg).unwrap();
        assert!(image.format == ImageFormat::Jpeg && (image.aspect - 2.0).abs() < 1e-6);

        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"20\"/>";
        assert!((read(svg).unwrap().aspect - 4.0).abs() < 1e-6);
        for odd in [&b"hello"[..], b"\x89PNG\r\n\x1a\nxx", &[0xff, 0xd8, 0xff], b""] {
            assert_eq!(read(odd), None);
        }
    }
}
