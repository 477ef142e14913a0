//! Drawing on a part of the picture.

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{Affine, BezPath, Cap, Join, Point, Rect, Shape as _, Stroke};
use vello_cpu::peniko::{Fill, ImageQuality, ImageSampler};
use vello_cpu::{Image, ImageSource, PixmapMut, RenderContext, Resources};

use super::Stamp;
use super::letters::Written;
use crate::geo::space::{GridRect, PagePoint, overlap};
use crate::render::clip::Cut;
use crate::render::project;
use crate::scene::{Camera, DASH, MapFrame, PageRect, Shape};
use crate::style::theme::{Paint, Rgba, Theme};

/// What a part of the picture is drawn with. It can be used for one part after the other: its memory
/// stays.
pub struct Tools {
    context: RenderContext,
    resources: Resources,
}

impl Default for Tools {
    fn default() -> Self {
        Self { context: RenderContext::new(1, 1), resources: Resources::new() }
    }
}

/// A part of the picture that is drawn on by itself.
pub struct Canvas<'a> {
    context: &'a mut RenderContext,
    resources: &'a mut Resources,
    /// Its top left corner on the picture, in pixels.
    corner: (u16, u16),
    /// Pixels to a page unit.
    scale: f32,
    theme: &'a Theme,
}

impl<'a> Canvas<'a> {
    /// The part of a picture that begins at `corner` and has a `size` (pixels), with `scale` pixels
    /// to a page unit.
    pub fn new(
        Tools { context, resources }: &'a mut Tools,
        size: (u16, u16),
        corner: (u16, u16),
        scale: f32,
        theme: &'a Theme,
    ) -> Self {
        context.reset_and_resize(size.0, size.1);
        Self { context, resources, corner, scale, theme }
    }

    /// Puts what was drawn into memory for its pixels: red, green, blue and opacity, multiplied by
    /// it.
    pub fn finish(self, bytes: &mut [u8]) {
        let (width, height) = (self.context.width(), self.context.height());
        self.context.flush();
        if let Some(pixels) = PixmapMut::new(width, height, bytes) {
            self.context.render(pixels, self.resources);
        }
    }

    /// From pixels of the picture to pixels of this part.
    fn moved(&self) -> Affine {
        Affine::translate((-f64::from(self.corner.0), -f64::from(self.corner.1)))
    }

    /// A place on the page in pixels of this part.
    fn place(&self, p: PagePoint) -> Point {
        let axis = |p: f32, corner: u16| f64::from(p * self.scale) - f64::from(corner);
        Point::new(axis(p.x, self.corner.0), axis(p.y, self.corner.1))
    }

    fn place_rect(&self, rect: PageRect) -> Rect {
        let corner = |x, y| self.place(PagePoint::new(x, y));
        Rect::from_points(corner(rect.x, rect.y), corner(rect.right(), rect.bottom()))
    }

    /// What of the page lies on this part.
    fn part(&self) -> PageRect {
        let side = |pixels: u16| f32::from(pixels) / self.scale;
        PageRect {
            x: side(self.corner.0),
            y: side(self.corner.1),
            width: side(self.context.width()),
            height: side(self.context.height()),
        }
    }

    fn set_paint(&mut self, paint: Paint) {
        let Rgba { r, g, b, a } = self.theme.color(paint);
        self.context.set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, a));
    }

    pub fn rect(&mut self, rect: PageRect, fill: Paint, line: Option<Paint>) {
        let rect = self.place_rect(rect);
        self.set_paint(fill);
        self.context.fill_rect(&rect);
        if let Some(line) = line {
            self.set_paint(line);
            self.context.set_stroke(Stroke::new(f64::from(self.scale)).with_join(Join::Miter));
            self.context.stroke_rect(&rect);
        }
    }

    pub fn line(&mut self, points: &[PagePoint], width: f32, paint: Paint, is_dashed: bool) {
        let stroke = stroke(width, is_dashed, self.scale);
        self.lines(std::iter::once(points.iter().copied()), paint, stroke);
    }

    pub fn text(&mut self, text: &Written) {
        let height = f64::from(self.context.height());
        let halo = text.halo.as_ref().map(|halo| (&halo.outline, halo.paint));
        let top = f64::from(self.corner.1);
        let seen = text.top..text.bottom;
        if seen.end < top || seen.start > top + height {
            return;
        }
        self.context.set_transform(self.moved());
        self.context.set_fill_rule(Fill::NonZero);
        for (path, paint) in halo.into_iter().chain([(&text.ink, text.paint)]) {
            self.set_paint(paint);
            self.context.fill_path(path);
        }
        self.context.reset_transform();
    }

    pub fn stamp(&mut self, stamp: &Stamp) {
        let (width, height) = (stamp.pixels.width(), stamp.pixels.height());
        let image = ImageSource::Pixmap(stamp.pixels.clone());
        // A pixel of it is one of the page.
        let sampler = ImageSampler { quality: ImageQuality::Low, ..ImageSampler::default() };
        self.context.set_transform(self.moved() * Affine::translate(stamp.at));
        self.context.set_paint(Image { image, sampler });
        self.context.fill_rect(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
        self.context.reset_transform();
    }

    /// Draws a map, cut off at its rectangle, to whole pixels.
    pub fn map(&mut self, map: &MapFrame, page: PageRect) {
        if map.rect == page {
            self.shapes(map);
            return;
        }
        let Rect { x0, y0, x1, y1 } = self.place_rect(map.rect);
        let edge = Rect::new(x0.round(), y0.round(), x1.round(), y1.round());
        self.context.push_clip_path(&edge.to_path(0.1));
        self.shapes(map);
        self.context.pop_clip_path();
    }

    fn shapes(&mut self, map: &MapFrame) {
        for shape in &map.shapes {
            match shape {
                Shape::Area { level, area, paint, offset, .. } => {
                    let reach = offset.0.abs().max(offset.1.abs());
                    let seen = seen(self.part().grown(reach), &map.camera);
                    let rings = level.polygons_in(*area, seen);
                    let moved = |p: PagePoint| PagePoint::new(p.x + offset.0, p.y + offset.1);
                    let rings = rings.iter().flatten();
                    self.fill(rings.map(|ring| project(ring, &map.camera).map(moved)), *paint);
                }
                Shape::Borders { level, arcs, paint, width, .. } => {
                    let seen = seen(self.part().grown(*width), &map.camera);
                    let arcs = arcs.iter().filter(|arc| overlap(level.arc_bounds(**arc), seen));
                    let lines = arcs.map(|arc| project(level.arc(*arc), &map.camera));
                    let border = border(*width, false, self.scale);
                    self.lines(lines, *paint, border);
                }
                Shape::Strokes { lines, paint, width, dashed, .. } => {
                    let lines = lines.iter().map(|line| line.iter().copied());
                    let border = border(*width, *dashed, self.scale);
                    self.lines(lines, *paint, border);
                }
            }
        }
    }

    fn fill<R>(&mut self, rings: impl Iterator<Item = R>, paint: Paint)
    where
        R: Iterator<Item = PagePoint>,
    {
        let cut = Cut::outside(self.part());
        let mut path = BezPath::new();
        for ring in rings {
            self.trace(&cut.ring(ring), &mut path);
            if !path.is_empty() {
                path.close_path();
            }
        }
        self.set_paint(paint);
        self.context.set_fill_rule(Fill::EvenOdd);
        self.context.fill_path(&path);
    }

    /// Draws lines; the stroke is measured in pixels.
    fn lines<L>(&mut self, lines: impl Iterator<Item = L>, paint: Paint, stroke: Stroke)
    where
        L: Iterator<Item = PagePoint>,
    {
        // The dashes of a line that is cut would begin anew on every part.
        let is_dashed = !stroke.dash_pattern.is_empty();
        let cut = if is_dashed { Cut::NOWHERE } else { Cut::outside(self.part()) };
        let mut path = BezPath::new();
        for points in lines.flat_map(|line| cut.line(line)) {
            self.trace(&points, &mut path);
        }
        self.set_paint(paint);
        self.context.set_stroke(stroke);
        self.context.stroke_path(&path);
    }

    /// Adds a run of points to a path, in pixels of this part. Those that lie on the last one are
    /// passed over.
    fn trace(&self, points: &[PagePoint], path: &mut BezPath) {
        const SAME: f64 = 0.05;
        let mut last: Option<Point> = None;
        for p in points {
            let p = self.place(*p);
            match last {
                None => path.move_to(p),
                Some(last) if (last.x - p.x).abs() < SAME && (last.y - p.y).abs() < SAME => {
                    continue;
                }
                Some(_) => path.line_to(p),
            }
            last = Some(p);
        }
    }
}

/// The part of the grid that a part of the page shows.
fn seen(part: PageRect, camera: &Camera) -> GridRect {
    let corner = |x, y| camera.grid_from_page(PagePoint::new(x, y));
    GridRect::new(corner(part.x, part.y), corner(part.right(), part.bottom()))
}

/// A line on the page.
fn stroke(width: f32, is_dashed: bool, scale: f32) -> Stroke {
    let width = f64::from(width * scale);
    let stroke = Stroke::new(width).with_join(Join::Round).with_caps(Cap::Butt);
    if is_dashed {
        stroke.with_dashes(0.0, [f64::from(DASH.0) * width, f64::from(DASH.1) * width])
    } else {
        stroke
    }
}

/// A line of a map. Only on thick ones can one see that a corner is round; it takes its time.
fn border(width: f32, is_dashed: bool, scale: f32) -> Stroke {
    let join = if width > 3.0 { Join::Round } else { Join::Bevel };
    stroke(width, is_dashed, scale).with_join(join).with_caps(Cap::Round)
}
