//! The pictures in a presentation, each kept once.

use crate::render::RenderError;
use crate::render::image::{kind, rasterised};
use crate::scene::{Image, ImageFormat};

/// Pixels to a page unit for drawings that become pixels: sharp on any screen.
const SHARP: f32 = 4.0;

/// The picture files of a presentation and what each slide uses of them.
#[derive(Debug, Default)]
pub struct Media {
    files: Vec<File>,
    used: Vec<usize>,
}

/// A picture file.
#[derive(Debug)]
struct File {
    ending: &'static str,
    bytes: Vec<u8>,
}

/// What a slide calls a picture.
#[derive(Debug)]
pub struct Ids {
    /// The relationship to its pixels.
    pub pixels: String,
    /// The relationship to the drawing that they were made of.
    pub drawing: Option<String>,
}

impl Media {
    /// Adds a picture that is so many page units wide to the slide that is being written.
    pub fn add(&mut self, image: &Image, width: f32) -> Result<Ids, RenderError> {
        let (ending, _) = kind(image.format);
        if image.format == ImageFormat::Svg {
            let pixels = rasterised(image, width * SHARP)?;
            let pixels = self.file(kind(ImageFormat::Png).0, &pixels);
            let drawing = Some(self.file(ending, &image.bytes));
            return Ok(Ids { pixels, drawing });
        }
        Ok(Ids { pixels: self.file(ending, &image.bytes), drawing: None })
    }

    fn file(&mut self, ending: &'static str, bytes: &[u8]) -> String {
        let known = self.files.iter().position(|file| file.bytes == bytes);
        let number = known.unwrap_or_else(|| {
            self.files.push(File { ending, bytes: bytes.to_vec() });
            self.files.len() - 1
        });
        self.used.push(number);
        // The first relationship of a slide is its layout.
        format!("rId{}", self.used.len() + 1)
    }

    /// The targets of the relationships of a slide that is finished, from the second on.
    pub fn finish_slide(&mut self) -> Vec<String> {
        std::mem::take(&mut self.used).into_iter().map(|number| self.name(number)).collect()
    }

    /// All files with their names inside the folder `ppt/`.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.files.iter().enumerate().map(|(i, file)| (self.name(i), file.bytes.as_slice()))
    }

    fn name(&self, number: usize) -> String {
        format!("media/image{}.{}", number + 1, self.files[number].ending)
    }
}
