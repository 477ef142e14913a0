//! Drawing the items of a scene on a page.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image as Pixels;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::tags::Tags;
use crate::geo::space::PagePoint;
use crate::render::clip::Cut;
use crate::render::image::{placed, tree};
use crate::render::shape::{Glyph, Shaper};
use crate::render::xml::clean;
use crate::render::{HALO, RenderError, project};
use crate::scene::{
    Align, Camera, DASH, Image, ImageFormat, Item, MapFrame, PageRect, Scene, Shape, Text,
};
use crate::style::font::Weight;
use crate::style::theme::{Paint, Rgba, Theme};

/// Draws on a surface that is measured in page units.
pub struct Painter<'a, 's> {
    surface: &'a mut Surface<'s>,
    theme: &'a Theme,
    page: PageRect,
    regular: Style,
    bold: Style,
}

/// A font as it is embedded, and as its glyphs are found.
struct Style {
    font: Font,
    shaper: &'static Shaper,
}

impl Style {
    fn of(weight: Weight) -> Result<Self, RenderError> {
        let font = Font::new(weight.file().into(), 0).zip(Shaper::of(weight));
        let (font, shaper) = font.ok_or_else(|| RenderError::drawing("the font is damaged"))?;
        Ok(Self { font, shaper })
    }
}

impl<'a, 's> Painter<'a, 's> {
    pub fn new(
        surface: &'a mut Surface<'s>,
        theme: &'a Theme,
        scene: &Scene,
    ) -> Result<Self, RenderError> {
        let (regular, bold) = (Style::of(Weight::Regular)?, Style::of(Weight::Bold)?);
        Ok(Self { surface, theme, page: PageRect::of(scene.size), regular, bold })
    }

    pub fn items(&mut self, items: &[Item], tags: &mut Tags) -> Result<(), RenderError> {
        for item in items {
            match item {
                Item::Group(group) => {
                    let outer = tags.enter(Some(group.part));
                    self.items(&group.items, tags)?;
                    tags.enter(outer);
                }
                Item::Map(map) => {
                    let ((), id) = self.tagged(ContentTag::Other, |painter| painter.map(map));
                    tags.map(id);
                }
                Item::Rect { rect, fill, line } => {
                    self.decoration(|painter| painter.rect(*rect, *fill, *line));
                }
                Item::Line { points, width, paint, dashed } => {
                    self.decoration(|painter| {
                        let stroke = painter.stroke(*paint, *width, *dashed);
                        painter.lines([points.clone()], &stroke);
                    });
                }
                Item::Text(text) => {
                    let lines = self.text(text);
                    tags.text(lines);
                }
                Item::Image { rect, image } => {
                    let place = placed(*rect, image);
                    let (outcome, id) =
                        self.tagged(ContentTag::Other, |painter| painter.image(place, image));
                    outcome?;
                    tags.picture(id);
                }
            }
        }
        Ok(())
    }

    fn tagged<T>(&mut self, tag: ContentTag, draw: impl FnOnce(&mut Self) -> T) -> (T, Identifier) {
        let id = self.surface.start_tagged(tag);
        let drawn = draw(self);
        self.surface.end_tagged();
        (drawn, id)
    }

    /// Draws what says nothing to those who do not see it.
    fn decoration(&mut self, draw: impl FnOnce(&mut Self)) {
        let layout = Artifact::with_kind(ArtifactType::Layout);
        self.tagged(ContentTag::Artifact(layout), draw);
    }

    fn rect(&mut self, rect: PageRect, paint: Paint, line: Option<Paint>) {
        let Some(path) = rect_path(rect) else { return };
        self.surface.set_fill(Some(fill(self.theme.color(paint), FillRule::NonZero)));
        let line = line
            .map(|paint| Stroke { line_join: LineJoin::Miter, ..self.stroke(paint, 1.0, false) });
        self.surface.set_stroke(line);
        self.surface.draw_path(&path);
    }

    fn map(&mut self, map: &MapFrame) {
        let cut = (map.rect != self.page).then(|| rect_path(map.rect)).flatten();
        if let Some(path) = &cut {
            self.surface.push_clip_path(path, &FillRule::NonZero);
        }
        let around = Cut::around(map.rect, self.page);
        for shape in &map.shapes {
            self.shape(shape, &map.camera, around);
        }
        if cut.is_some() {
            self.surface.pop();
        }
    }

    fn shape(&mut self, shape: &Shape, camera: &Camera, cut: Cut) {
        match shape {
            Shape::Area { level, area, paint, offset, .. } => {
                let mut path = PathBuilder::new();
                for ring in level.polygons(*area).iter().flatten() {
                    let ring = cut.ring(project(ring, camera));
                    if !ring.is_empty() {
                        trace(&mut path, &ring, *offset);
                        path.close();
                    }
                }
                let Some(path) = path.finish() else { return };
                self.surface.set_fill(Some(fill(self.theme.color(*paint), FillRule::EvenOdd)));
                self.surface.set_stroke(None);
                self.surface.draw_path(&path);
            }
            Shape::Borders { level, arcs, paint, width, .. } => {
                let stroke = self.border(*paint, *width, false);
                let lines = arcs.iter().flat_map(|arc| cut.line(project(level.arc(*arc), camera)));
                self.lines(lines, &stroke);
            }
            Shape::Strokes { lines, paint, width, dashed, .. } => {
                let stroke = self.border(*paint, *width, *dashed);
                let lines = lines.iter().flat_map(|line| cut.line(line.iter().copied()));
                self.lines(lines, &stroke);
            }
        }
    }

    fn lines(&mut self, lines: impl IntoIterator<Item = Vec<PagePoint>>, stroke: &Stroke) {
        let mut path = PathBuilder::new();
        for line in lines {
            trace(&mut path, &line, (0.0, 0.0));
        }
        let Some(path) = path.finish() else { return };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(stroke.clone()));
        self.surface.draw_path(&path);
    }

    /// Draws a text line by line; returns what each is called in the tags.
    fn text(&mut self, text: &Text) -> Vec<Identifier> {
        let mut ids = Vec::with_capacity(text.lines.len());
        for (number, (line, y)) in (1..).zip(text.lines.iter().zip(text.baselines())) {
            let line = clean(line);
            let shaped = self.style(text.weight).shaper.shape(&line);
            let width = shaped.width * text.size;
            let left = match text.align {
                Align::Start => 0.0,
                Align::Middle => width / 2.0,
                Align::End => width,
            };
            let at = Point::from_xy(text.at.x - left, y);
            if let Some(halo) = text.halo {
                let stroke = self.stroke(halo, text.size * HALO, false);
                let stroke = Stroke { line_join: LineJoin::Bevel, ..stroke };
                // As outlines, or it would be there twice for those who search or copy.
                self.decoration(|painter| {
                    painter.surface.set_fill(None);
                    painter.surface.set_stroke(Some(stroke));
                    painter.write(at, text, (&line, &shaped.glyphs), true);
                });
            }
            // Words on two lines are read as two.
            let space = if number < text.lines.len() { " " } else { "" };
            let words = format!("{line}{space}");
            let shaped = self.style(text.weight).shaper.shape(&words);
            let span = ContentTag::Span(SpanTag::empty());
            let ((), id) = self.tagged(span, |painter| {
                let ink = fill(painter.theme.color(text.paint), FillRule::NonZero);
                painter.surface.set_fill(Some(ink));
                painter.surface.set_stroke(None);
                painter.write(at, text, (&words, &shaped.glyphs), false);
            });
            ids.push(id);
        }
        ids
    }

    fn write(&mut self, at: Point, text: &Text, (line, glyphs): (&str, &[Glyph]), outlined: bool) {
        let font = self.style(text.weight).font.clone();
        let glyphs: Vec<KrillaGlyph> = glyphs.iter().map(glyph).collect();
        self.surface.draw_glyphs(at, &glyphs, font, line, text.size, outlined);
    }

    fn style(&mut self, weight: Weight) -> &mut Style {
        match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        }
    }

    fn image(&mut self, place: PageRect, image: &Image) -> Result<(), RenderError> {
        let Some(size) = Size::from_wh(place.width, place.height) else { return Ok(()) };
        let bytes = || image.bytes.to_vec().into();
        let pixels = match image.format {
            ImageFormat::Png => Some(Pixels::from_png(bytes(), true)),
            ImageFormat::Jpeg => Some(Pixels::from_jpeg(bytes(), true)),
            ImageFormat::Svg => None,
        };
        let pixels = pixels.transpose().map_err(RenderError::drawing)?;
        let drawing = if pixels.is_none() { Some(tree(image)?) } else { None };
        self.surface.push_transform(&Transform::from_translate(place.x, place.y));
        if let Some(pixels) = pixels {
            self.surface.draw_image(pixels, size);
        }
        if let Some(drawing) = drawing {
            let _ = self.surface.draw_svg(&drawing, size, SvgSettings::default());
        }
        self.surface.pop();
        Ok(())
    }

    /// A line on the page.
    fn stroke(&self, paint: Paint, width: f32, dashed: bool) -> Stroke {
        let color = self.theme.color(paint);
        let dash = StrokeDash { array: vec![DASH.0 * width, DASH.1 * width], offset: 0.0 };
        Stroke {
            paint: rgb::Color::new(color.r, color.g, color.b).into(),
            width,
            line_join: LineJoin::Round,
            opacity: opacity(color),
            dash: dashed.then_some(dash),
            ..Stroke::default()
        }
    }

    /// A line of a map.
    fn border(&self, paint: Paint, width: f32, dashed: bool) -> Stroke {
        Stroke { line_cap: LineCap::Round, ..self.stroke(paint, width, dashed) }
    }
}

fn glyph(Glyph { id, advance, offset, range }: &Glyph) -> KrillaGlyph {
    let id = GlyphId::new(u32::from(*id));
    KrillaGlyph::new(id, advance.0, offset.0, offset.1, advance.1, range.clone(), None)
}

/// Adds a run of points to a path, in hundredths of a pixel and without repeated points.
fn trace(path: &mut PathBuilder, points: &[PagePoint], offset: (f32, f32)) {
    let hundredths = |length: f32| (length * 100.0).round() / 100.0;
    let mut last = None;
    for p in points {
        let at = (hundredths(p.x + offset.0), hundredths(p.y + offset.1));
        match last {
            None => path.move_to(at.0, at.1),
            Some(last) if last == at => continue,
            Some(_) => path.line_to(at.0, at.1),
        }
        last = Some(at);
    }
}

fn rect_path(rect: PageRect) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(rect.x, rect.y, rect.width, rect.height)?);
    path.finish()
}

fn fill(color: Rgba, rule: FillRule) -> Fill {
    Fill { paint: rgb::Color::new(color.r, color.g, color.b).into(), opacity: opacity(color), rule }
}

fn opacity(color: Rgba) -> NormalizedF32 {
    NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE)
}
