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

/// Height of a band in pixels. It must not follow the number of cores: where a shape is cut makes a
/// difference in the last digit, and the same scene gives the same picture everywhere.
const ROWS: u32 = 180;

/// An item with what takes time to find out.
enum Ready<'a> {
    Plain(&'a Item),
    Text(Written),
    Picture(Placed),
}

/// Draws a scene with `scale` pixels to a page unit.
///
/// # Errors
/// If the picture has an impossible size, or what is on it cannot be drawn.
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
            Item::Text(text) => letters.write(text, scale)?.map(Ready::Text),
            Item::Image { rect, image } => pixels(*rect, image, scale)?.map(Ready::Picture),
            item => Some(Ready::Plain(item)),
        })
    });
    let ready: Vec<Option<Ready<'_>>> = ready.collect::<Result<_, RenderError>>()?;
    let mut picture = Pixmap::new(width, height).ok_or(size)?;
    let row_bytes = 4 * width as usize;
    let rows = rows_of_band(height);
    let bands = picture.data_mut().par_chunks_mut(row_bytes * rows as usize);
    bands.zip(0..height.div_ceil(rows)).for_each(|(bytes, band)| {
        let height = u32::try_from(bytes.len() / row_bytes).unwrap_or_default();
        let Some(pixels) = PixmapMut::from_bytes(bytes, width, height) else { return };
        let top = i32::try_from(band * rows).unwrap_or(i32::MAX);
        let mut canvas = Canvas::new(pixels, (0, top), scale, theme);
        for item in ready.iter().flatten() {
            match item {
                Ready::Plain(Item::Map(map)) => canvas.map(map, PageRect::of(scene.size)),
                Ready::Plain(Item::Rect { rect, fill, line }) => canvas.rect(*rect, *fill, *line),
                Ready::Plain(Item::Line { points, width, paint, dashed }) => {
                    canvas.line(points, *width, *paint, *dashed);
                }
                Ready::Plain(_) => {}
                Ready::Text(text) => canvas.text(text),
                Ready::Picture(picture) => canvas.picture(picture),
            }
        }
    });
    Ok(picture)
}

/// Height of the bands of a picture. None is left that is lower than [`canvas::LEAST`].
fn rows_of_band(height: u32) -> u32 {
    let is_good = |rows: &u32| height.is_multiple_of(*rows) || height % rows >= canvas::LEAST;
    (ROWS..2 * ROWS).find(is_good).unwrap_or(ROWS)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::geo::level::Level;
    use crate::geo::space::{Grid, PagePoint, PageSize};
    use crate::geo::topology::Topology;
    use crate::scene::{Align, Camera, MapFrame, Shape, Text};
    use crate::style::font::Weight;
    use crate::style::theme::{Fill, Paint, Rgba};

    const PAGE: PageSize = PageSize::new(300.0, 400.0);

    /// A zigzag of land, 300 by 400 metres, at a metre a pixel.
    fn land() -> Arc<Level> {
        let corner = |i: i32| {
            let x = if i % 2 == 0 { 20.0 } else { 70.0 + f64::from(i) };
            Grid { x, y: f64::from(i) * 7.3 }
        };
        let mut ring: Vec<Grid> = (0..=54).map(corner).collect();
        ring.extend([Grid { x: 280.0, y: 394.2 }, Grid { x: 280.0, y: 0.0 }]);
        let topology = Topology::build(&[vec![vec![ring]]]);
        crate::geo::level::Levels::default().at(&topology, 1.0)
    }

    fn map(rect: PageRect) -> Item {
        let (level, area) = (land(), 0);
        let paint = Paint::Area(Fill::Region(3));
        let (id, title) = ("E1".to_owned(), "Land".to_owned());
        let fill = Shape::Area { id, title, level: level.clone(), area, paint, offset: (0.0, 0.0) };
        let (arcs, paint) = (vec![0], Paint::Coast);
        let coast = Shape::Borders { id: "coast", level, arcs, paint, width: 2.5 };
        let camera = Camera {
            centre: Grid { x: 150.0, y: 200.0 },
            metres_per_pixel: 1.0,
            middle: PagePoint::new(150.0, 200.0),
        };
        let shapes = vec![fill, coast];
        Item::Map(MapFrame { name: "Land".to_owned(), rect, camera, ground: shapes.len(), shapes })
    }

    fn text() -> Item {
        Item::Text(Text {
            at: PagePoint::new(150.0, 186.0),
            align: Align::Middle,
            lines: vec!["Between two bands".to_owned()],
            size: 18.0,
            weight: Weight::Bold,
            paint: Paint::Ink,
            halo: Some(Paint::Halo),
        })
    }

    fn scene(items: Vec<Item>) -> Scene {
        let title = String::new();
        Scene { size: PAGE, title, items, names: Vec::new(), is_provisional: false }
    }

    fn pixel(picture: &Pixmap, x: u32, y: u32) -> Rgba {
        let color = picture.pixel(x, y).unwrap().demultiply();
        Rgba { r: color.red(), g: color.green(), b: color.blue(), a: color.alpha() }
    }

    #[test]
    fn the_number_of_cores_makes_no_difference() {
        let scene = scene(vec![map(PageRect::of(PAGE)), text()]);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| draw(&scene, &Theme::LIGHT, 1.5).unwrap())
        };
        assert!(with(1).data() == with(3).data());
    }

    #[test]
    fn no_seam_shows_where_two_bands_meet() {
        let picture = draw(&scene(vec![map(PageRect::of(PAGE))]), &Theme::LIGHT, 1.0).unwrap();
        let land = Theme::LIGHT.color(Paint::Area(Fill::Region(3)));
        for y in ROWS - 3..ROWS + 3 {
            assert_eq!(pixel(&picture, 200, y), land, "row {y}");
            assert_eq!(pixel(&picture, 295, y).a, 0, "nothing is drawn beside the land");
        }
    }

    #[test]
    fn no_band_is_too_low_for_thin_lines() {
        for height in 3..2000 {
            let last = height % rows_of_band(height);
            assert!(last == 0 || last >= canvas::LEAST, "{height}: {last}");
        }
    }

    #[test]
    fn thin_lines_are_drawn_on_every_row() {
        let line = |x: f32| Item::Line {
            points: vec![PagePoint::new(x, -50.0), PagePoint::new(x + 0.3, 450.0)],
            width: 0.7,
            paint: Paint::Ink,
            dashed: false,
        };
        for height in [179.0, 180.0, 181.0, 182.0, 183.0, 361.0, 400.0] {
            let size = PageSize::new(20.0, height);
            let page = Scene { size, ..scene(vec![line(10.0)]) };
            let picture = draw(&page, &Theme::LIGHT, 1.0).unwrap();
            for y in 0..picture.height() {
                let row = (8..13).map(|x| u32::from(pixel(&picture, x, y).a)).sum::<u32>();
                assert!(row > 100, "{height}: row {y} has {row}");
            }
        }
    }

    #[test]
    fn a_map_ends_at_its_frame() {
        let frame = PageRect { x: 150.0, y: 100.0, width: 100.0, height: 150.0 };
        let ground = Item::Rect { rect: PageRect::of(PAGE), fill: Paint::Sea, line: None };
        let picture = draw(&scene(vec![ground, map(frame)]), &Theme::LIGHT, 2.0).unwrap();
        let (sea, land) = (Paint::Sea, Paint::Area(Fill::Region(3)));
        for (x, y, paint) in [
            (299, 300, sea),
            (300, 300, land),
            (499, 300, land),
            (500, 300, sea),
            (400, 199, sea),
            (400, 200, land),
            (400, 499, land),
            (400, 500, sea),
        ] {
            assert_eq!(pixel(&picture, x, y), Theme::LIGHT.color(paint), "{x} {y}");
        }
    }

    #[test]
    fn an_impossible_size_is_refused() {
        for scale in [0.0, 1e-4, 100.0] {
            let refused = draw(&scene(Vec::new()), &Theme::LIGHT, scale);
            assert!(matches!(refused, Err(RenderError::Size(..))), "{scale}");
        }
    }
}
