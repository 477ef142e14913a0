//! Drawing on a part of the picture.

use resvg::tiny_skia::{
    FillRule, FilterQuality, IntRect, LineCap, LineJoin, Paint as Brush, Path, PathBuilder, Pixmap,
    PixmapMut, PixmapPaint, Rect, Stroke, StrokeDash, Transform,
};

use super::letters::Written;
use crate::geo::space::{GridRect, PagePoint, overlap};
use crate::render::clip::Cut;
use crate::render::image::Placed;
use crate::render::project;
use crate::scene::{Camera, DASH, MapFrame, PageRect, Shape};
use crate::style::theme::{Paint, Rgba, Theme};

/// Least height and width of a part in pixels: the library draws no thin lines on smaller ones.
pub const LEAST: u32 = 3;

/// A part of the picture that is drawn on by itself.
pub struct Canvas<'a> {
    pixels: PixmapMut<'a>,
    /// Its top left corner on the picture, in pixels.
    corner: (i32, i32),
    /// Pixels to a page unit.
    scale: f32,
    theme: &'a Theme,
}

impl<'a> Canvas<'a> {
    /// The part of a picture that begins at `corner` (pixels) with `scale` pixels to a page unit.
    pub fn new(pixels: PixmapMut<'a>, corner: (i32, i32), scale: f32, theme: &'a Theme) -> Self {
        Self { pixels, corner, scale, theme }
    }

    /// From page units to pixels of this part.
    fn place(&self) -> Transform {
        self.moved().pre_scale(self.scale, self.scale)
    }

    /// From pixels of the picture to pixels of this part.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of pixels")]
    fn moved(&self) -> Transform {
        Transform::from_translate(-self.corner.0 as f32, -self.corner.1 as f32)
    }

    /// What of the page lies on this part.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of pixels")]
    fn part(&self) -> PageRect {
        PageRect {
            x: self.corner.0 as f32 / self.scale,
            y: self.corner.1 as f32 / self.scale,
            width: self.pixels.width() as f32 / self.scale,
            height: self.pixels.height() as f32 / self.scale,
        }
    }

    pub fn rect(&mut self, rect: PageRect, fill: Paint, line: Option<Paint>) {
        let Some(rect) = Rect::from_xywh(rect.x, rect.y, rect.width, rect.height) else { return };
        let Some(rect) = rect.transform(self.place()) else { return };
        let brush_of = |paint| brush(self.theme.color(paint));
        self.pixels.fill_rect(rect, &brush_of(fill), Transform::identity(), None);
        if let Some(line) = line {
            let path = PathBuilder::from_rect(rect);
            let stroke = Stroke { width: self.scale, ..Stroke::default() };
            self.pixels.stroke_path(&path, &brush_of(line), &stroke, Transform::identity(), None);
        }
    }

    pub fn line(&mut self, points: &[PagePoint], width: f32, paint: Paint, is_dashed: bool) {
        let stroke = stroke(width, is_dashed, self.scale);
        self.lines(std::iter::once(points.iter().copied()), paint, &stroke);
    }

    pub fn text(&mut self, text: &Written) {
        let halo = text.halo.as_ref().map(|(path, paint)| (path, *paint));
        for (path, paint) in halo.into_iter().chain([(&text.ink, text.paint)]) {
            let place = self.moved();
            #[expect(clippy::cast_precision_loss, reason = "some thousands of pixels")]
            let (top, bottom) = (0.0, self.pixels.height() as f32);
            let bounds = path.bounds();
            if bounds.bottom() + place.ty >= top && bounds.top() + place.ty <= bottom {
                let brush = brush(self.theme.color(paint));
                self.pixels.fill_path(path, &brush, FillRule::Winding, place, None);
            }
        }
    }

    pub fn picture(&mut self, picture: &Placed) {
        let (x, y) = (picture.at.0 - self.corner.0, picture.at.1 - self.corner.1);
        let paint = PixmapPaint { quality: FilterQuality::Nearest, ..PixmapPaint::default() };
        self.pixels.draw_pixmap(x, y, picture.pixels.as_ref(), &paint, Transform::identity(), None);
    }

    /// Draws a map, cut off at its rectangle, to whole pixels.
    pub fn map(&mut self, map: &MapFrame, page: PageRect) {
        if map.rect == page {
            self.shapes(map);
            return;
        }
        let Some(part) = self.pixels_in(map.rect) else { return };
        let size = (part.width(), part.height());
        // Room on all sides, or a strip of it could be too low or narrow for thin lines.
        let Some(mut inset) = Pixmap::new(size.0 + 2 * LEAST, size.1 + 2 * LEAST) else { return };
        let (own_width, width) = (self.pixels.width(), inset.width());
        let (at, room) = ((part.x().unsigned_abs(), part.y().unsigned_abs()), (LEAST, LEAST));
        // What lies below is taken along, so that what can be seen through is.
        let own = self.pixels.data_mut();
        copy((own, (own_width, at)), (inset.data_mut(), (width, room)), size);
        let moved = |corner: i32, by: i32| corner + by - LEAST.cast_signed();
        let corner = (moved(self.corner.0, part.x()), moved(self.corner.1, part.y()));
        Canvas::new(inset.as_mut(), corner, self.scale, self.theme).shapes(map);
        let own = self.pixels.data_mut();
        copy((inset.data(), (width, room)), (own, (own_width, at)), size);
    }

    /// The whole pixels of this part that a rectangle of the page covers.
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "pixels")]
    fn pixels_in(&self, rect: PageRect) -> Option<IntRect> {
        let side = |length: f32| (length * self.scale).round() as i32;
        let (width, height) = (self.pixels.width() as i32, self.pixels.height() as i32);
        let left = (side(rect.x) - self.corner.0).clamp(0, width);
        let top = (side(rect.y) - self.corner.1).clamp(0, height);
        let right = (side(rect.right()) - self.corner.0).clamp(0, width);
        let bottom = (side(rect.bottom()) - self.corner.1).clamp(0, height);
        IntRect::from_ltrb(left, top, right, bottom)
    }

    fn shapes(&mut self, map: &MapFrame) {
        for shape in &map.shapes {
            match shape {
                Shape::Area { level, area, paint, offset, .. } => {
                    let rings = level.polygons(*area);
                    let moved = |p: PagePoint| PagePoint::new(p.x + offset.0, p.y + offset.1);
                    let rings = rings.iter().flatten();
                    self.fill(rings.map(|ring| project(ring, &map.camera).map(moved)), *paint);
                }
                Shape::Borders { level, arcs, paint, width, .. } => {
                    let seen = seen(self.part().grown(*width), &map.camera);
                    let arcs = arcs.iter().filter(|arc| overlap(level.arc_bounds(**arc), seen));
                    let lines = arcs.map(|arc| project(level.arc(*arc), &map.camera));
                    let border = border(*width, false, self.scale);
                    self.lines(lines, *paint, &border);
                }
                Shape::Strokes { lines, paint, width, dashed, .. } => {
                    let lines = lines.iter().map(|line| line.iter().copied());
                    let border = border(*width, *dashed, self.scale);
                    self.lines(lines, *paint, &border);
                }
            }
        }
    }

    fn fill<R>(&mut self, rings: impl Iterator<Item = R>, paint: Paint)
    where
        R: Iterator<Item = PagePoint>,
    {
        let cut = Cut::outside(self.part());
        let mut path = PathBuilder::new();
        for ring in rings {
            self.trace(&cut.ring(ring), &mut path);
            path.close();
        }
        // What is left of a ring that only touches this part may be a line.
        let is_flat = |path: &Path| path.bounds().width().min(path.bounds().height()) < 1e-3;
        let Some(path) = path.finish().filter(|path| !is_flat(path)) else { return };
        let brush = brush(self.theme.color(paint));
        self.pixels.fill_path(&path, &brush, FillRule::EvenOdd, Transform::identity(), None);
    }

    /// Draws lines; the stroke is measured in pixels.
    fn lines<L>(&mut self, lines: impl Iterator<Item = L>, paint: Paint, stroke: &Stroke)
    where
        L: Iterator<Item = PagePoint>,
    {
        // The dashes of a line that is cut would begin anew on every part.
        let is_dashed = stroke.dash.is_some();
        let cut = if is_dashed { Cut::NOWHERE } else { Cut::outside(self.part()) };
        let mut path = PathBuilder::new();
        for points in lines.flat_map(|line| cut.line(line)) {
            self.trace(&points, &mut path);
        }
        let Some(path) = path.finish() else { return };
        let brush = brush(self.theme.color(paint));
        self.pixels.stroke_path(&path, &brush, stroke, Transform::identity(), None);
    }

    /// Adds a run of points to a path, in pixels of this part. Those that lie on the last one are
    /// passed over.
    fn trace(&self, points: &[PagePoint], path: &mut PathBuilder) {
        const SAME: f32 = 0.05;
        let place = self.place();
        let mut last: Option<(f32, f32)> = None;
        for p in points {
            let (x, y) = (p.x * place.sx + place.tx, p.y * place.sy + place.ty);
            match last {
                None => path.move_to(x, y),
                Some(last) if (last.0 - x).abs() < SAME && (last.1 - y).abs() < SAME => continue,
                Some(_) => path.line_to(x, y),
            }
            last = Some((x, y));
        }
    }
}

/// The part of the grid that a part of the page shows.
fn seen(part: PageRect, camera: &Camera) -> GridRect {
    let corner = |x, y| camera.grid_from_page(PagePoint::new(x, y));
    GridRect::new(corner(part.x, part.y), corner(part.right(), part.bottom()))
}

/// Where a block of pixels begins: the number of pixels in a row of the picture that it is on, and
/// the column and row.
type Begin = (u32, (u32, u32));

/// Copies a block of so many pixels across and down from one picture's memory to that of another.
fn copy(from: (&[u8], Begin), to: (&mut [u8], Begin), (width, height): (u32, u32)) {
    let ((source, from), (target, to)) = (from, to);
    let bytes = 4 * width as usize;
    let start = |(width, (column, first)): Begin, row: u32| {
        4 * ((first + row) as usize * width as usize + column as usize)
    };
    for row in 0..height {
        let pixels = &source[start(from, row)..][..bytes];
        target[start(to, row)..][..bytes].copy_from_slice(pixels);
    }
}

fn brush(color: Rgba) -> Brush<'static> {
    let mut brush = Brush { anti_alias: true, ..Brush::default() };
    brush.set_color_rgba8(color.r, color.g, color.b, color.a);
    brush
}

/// A line on the page.
fn stroke(width: f32, is_dashed: bool, scale: f32) -> Stroke {
    let width = width * scale;
    let dash = is_dashed.then(|| StrokeDash::new(vec![DASH.0 * width, DASH.1 * width], 0.0));
    Stroke { width, line_join: LineJoin::Round, dash: dash.flatten(), ..Stroke::default() }
}

/// A line of a map. Only on thick ones can one see that a corner is round; it takes its time.
fn border(width: f32, is_dashed: bool, scale: f32) -> Stroke {
    let line_join = if width > 3.0 { LineJoin::Round } else { LineJoin::Bevel };
    Stroke { line_join, line_cap: LineCap::Round, ..stroke(width, is_dashed, scale) }
}
