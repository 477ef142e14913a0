//! A scene as PDF: vectors and text that can be selected, tagged for screen readers.

mod draw;
mod tags;

use draw::Painter;
use krilla::geom::Transform;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use tags::Tags;

use super::{PIXELS_PER_INCH, RenderError};
use crate::scene::Scene;
use crate::style::theme::Theme;

/// Points to a page unit: 72 points are an inch.
const POINTS_PER_PIXEL: f32 = 72.0 / PIXELS_PER_INCH;

/// The language of everything that is written.
const LANGUAGE: &str = "en-GB";

/// The scene as a page of its own size. No date is written, and the identifier of the document is
/// worked out from what is in it, so that the same scene gives the same bytes.
///
/// # Errors
/// If the page has an impossible size, or a picture on it cannot be read.
pub fn pdf(scene: &Scene, theme: &Theme) -> Result<Vec<u8>, RenderError> {
    let points = |pixels: f32| pixels * POINTS_PER_PIXEL;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "told to a person")]
    let impossible = || RenderError::Size(scene.size.width as u32, scene.size.height as u32);
    let settings = PageSettings::from_wh(points(scene.size.width), points(scene.size.height))
        .ok_or_else(impossible)?;
    let mut document = Document::new_with(SerializeSettings::default());
    let mut tags = Tags::new(scene);
    {
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.push_transform(&Transform::from_scale(POINTS_PER_PIXEL, POINTS_PER_PIXEL));
        let outcome = Painter::new(&mut surface, theme, scene)
            .and_then(|mut painter| painter.items(&scene.items, &mut tags));
        // What was pushed must be popped, whatever came between.
        surface.pop();
        outcome?;
    }
    document.set_metadata(
        Metadata::new()
            .title(scene.title.clone())
            .language(LANGUAGE.to_owned())
            .creator("ICS Atlas".to_owned()),
    );
    document.set_tag_tree(tags.tree());
    document.finish().map_err(RenderError::drawing)
}
