//! A scene as pixels.
//!
//! The page is cut into bands from top to bottom, which the cores draw side by side. Letters and
//! pictures from outside may lie on several bands and are made ready before.

mod canvas;
mod halo;
mod letters;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use canvas::{Canvas, Tools};
use letters::Written;
use rayon::prelude::*;
use resvg::tiny_skia::Pixmap;
use vello_cpu::color::PremulRgba8;

use super::RenderError;
use super::image::{Placed, pixels};
use super::png::LARGEST;
use crate::geo::space::PageRect;
use crate::scene::{Item, Scene};
use crate::style::theme::Theme;

/// Height of a band in pixels.
const ROWS: u16 = 120;

/// An item with what takes time to find out.
enum Ready<'a> {
    Plain(&'a Item),
    Text(Written),
    Stamp(Stamp),
}

/// A picture from outside, in pixels.
struct Stamp {
    pixels: Arc<vello_cpu::Pixmap>,
    /// Pixels from the left and from the top of the picture that it is on.
    at: (f64, f64),
}

impl Stamp {
    fn of(Placed { pixels, at }: &Placed) -> Option<Self> {
        let side = |side: u32| u16::try_from(side).ok();
        let (width, height) = (side(pixels.width())?, side(pixels.height())?);
        let color = |[r, g, b, a]: &[u8; 4]| PremulRgba8 { r: *r, g: *g, b: *b, a: *a };
        let data = pixels.data().as_chunks().0.iter().map(color).collect();
        let pixels = Arc::new(vello_cpu::Pixmap::from_parts(data, width, height));
        Some(Self { pixels, at: (f64::from(at.0), f64::from(at.1)) })
    }
}

/// A scene that is ready to be drawn.
pub struct Page<'a> {
    items: Vec<Ready<'a>>,
    whole: PageRect,
    /// Pixels from left to right and from top to bottom.
    pub size: (u16, u16),
    /// Pixels to a page unit.
    scale: f32,
    theme: &'a Theme,
    /// Whether nothing shines through.
    pub is_opaque: bool,
    /// Desks that nobody works at.
    desks: Mutex<Vec<Desk>>,
}

/// Where one band after the other is drawn.
#[derive(Default)]
struct Desk {
    tools: Tools,
    bytes: Vec<u8>,
}

impl<'a> Page<'a> {
    /// Makes a scene ready, with `scale` pixels to a page unit.
    ///
    /// # Errors
    /// If the picture has an impossible size, or what is on it cannot be drawn.
    pub fn of(scene: &'a Scene, theme: &'a Theme, scale: f32) -> Result<Self, RenderError> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked next")]
        let side = |length: f32| (length * scale).round() as u32;
        let (width, height) = (side(scene.size.width), side(scene.size.height));
        let fits = |side: u32| u16::try_from(side).ok().filter(|s| (1..=LARGEST).contains(s));
        let size = fits(width).zip(fits(height)).ok_or(RenderError::Size(width, height))?;
        let items: Vec<&Item> = scene.flat().collect();
        let whole = PageRect::of(scene.size);
        let is_opaque = items.first().is_some_and(|item| match item {
            Item::Rect { rect, fill, .. } => *rect == whole && theme.color(*fill).a == u8::MAX,
            _ => false,
        });
        let ready = items.into_par_iter().map(|item| {
            Ok(match item {
                Item::Text(text) => letters::write(text, scale)?.map(Ready::Text),
                Item::Image { rect, image } => {
                    pixels(*rect, image, scale)?.as_ref().and_then(Stamp::of).map(Ready::Stamp)
                }
                item => Some(Ready::Plain(item)),
            })
        });
        let ready: Vec<Option<Ready<'_>>> = ready.collect::<Result<_, RenderError>>()?;
        let items = ready.into_iter().flatten().collect();
        Ok(Self { items, whole, size, scale, theme, is_opaque, desks: Mutex::default() })
    }

    /// How many bands there are.
    pub fn bands(&self) -> usize {
        usize::from(self.size.1.div_ceil(ROWS))
    }

    /// What is made of the pixels of a band, counted from the top: red, green, blue and opacity, the
    /// colours multiplied by it. Where nothing shines through, opacity means nothing: the library's
    /// arithmetic loses a level of it where edges meet.
    pub fn band<T>(&self, band: usize, make: impl FnOnce(&[u8]) -> T) -> T {
        let rows = usize::from(self.size.1).saturating_sub(band * usize::from(ROWS));
        let Desk { mut tools, mut bytes } = self.desks().pop().unwrap_or_default();
        bytes.resize(rows.min(usize::from(ROWS)) * self.row_bytes(), 0);
        self.draw(band, &mut tools, &mut bytes);
        let made = make(&bytes);
        self.desks().push(Desk { tools, bytes });
        made
    }

    fn desks(&self) -> MutexGuard<'_, Vec<Desk>> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All pixels.
    ///
    /// # Errors
    /// If they find no memory.
    pub fn pixels(&self) -> Result<Pixmap, RenderError> {
        let (width, height) = (self.size.0.into(), self.size.1.into());
        let mut picture = Pixmap::new(width, height).ok_or(RenderError::Size(width, height))?;
        let bands = picture.data_mut().par_chunks_mut(self.row_bytes() * usize::from(ROWS));
        bands
            .enumerate()
            .for_each_init(Tools::default, |tools, (band, bytes)| self.draw(band, tools, bytes));
        if self.is_opaque {
            for [.., opacity] in picture.data_mut().as_chunks_mut::<4>().0 {
                *opacity = u8::MAX;
            }
        }
        Ok(picture)
    }

    fn row_bytes(&self) -> usize {
        4 * usize::from(self.size.0)
    }

    fn draw(&self, band: usize, tools: &mut Tools, bytes: &mut [u8]) {
        let pixels = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let size = (self.size.0, pixels(bytes.len() / self.row_bytes()));
        let corner = (0, pixels(band * usize::from(ROWS)));
        let mut canvas = Canvas::new(tools, size, corner, self.scale, self.theme);
        for item in &self.items {
            match item {
                Ready::Plain(Item::Map(map)) => canvas.map(map, self.whole),
                Ready::Plain(Item::Rect { rect, fill, line }) => canvas.rect(*rect, *fill, *line),
                Ready::Plain(Item::Line { points, width, paint, dashed }) => {
                    canvas.line(points, *width, *paint, *dashed);
                }
                Ready::Plain(_) => {}
                Ready::Text(text) => canvas.text(text),
                Ready::Stamp(stamp) => canvas.stamp(stamp),
            }
        }
        canvas.finish(bytes);
    }
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
        crate::geo::level::Levels::new(Arc::new(topology)).at(1.0)
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

    fn draw(scene: &Scene, theme: &Theme, scale: f32) -> Result<Pixmap, RenderError> {
        Page::of(scene, theme, scale)?.pixels()
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
        for y in u32::from(ROWS) - 3..u32::from(ROWS) + 3 {
            assert_eq!(pixel(&picture, 200, y), land, "row {y}");
            assert_eq!(pixel(&picture, 295, y).a, 0, "nothing is drawn beside the land");
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
