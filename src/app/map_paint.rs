//! Drawing a scene with egui.

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::epaint::{Mesh, Vertex};
use eframe::egui::{
    Color32, FontFamily, FontId, Painter, Pos2, Rect, Shape as Drawing, Stroke, StrokeKind, Vec2,
    pos2, vec2,
};

use super::ground::Under;
use super::look::BOLD;
use crate::geo::level::{AreaMesh, Level};
use crate::geo::space::{Grid, GridRect, PagePoint, union};
use crate::scene::{Align, Camera, DASH, Item, MapFrame, Scene, Shape, Text};
use crate::style::font::Weight;
use crate::style::theme::{Paint, Rgba, Theme};

/// Height of Inter's ascender as a multiple of the font size.
const ASCENT: f32 = 0.969;

/// Draws a scene with its top left corner at `origin`; its ground is that picture, if there is one.
pub fn paint(
    scene: &Scene,
    under: Option<Under<'_>>,
    theme: &Theme,
    painter: &Painter,
    origin: Pos2,
) {
    let mut items = scene.flat();
    if let Some(under) = under {
        let origin = paint_ground(under, painter, origin);
        // What lies below the map is on the picture as well.
        let map = items.by_ref().find_map(|item| match item {
            Item::Map(map) => Some(map),
            _ => None,
        });
        if let Some(map) = map {
            paint_map(map, &map.shapes[map.ground..], theme, painter, origin);
        }
    }
    for item in items {
        match item {
            // Groups come one by one; pictures from outside are on pages only, not in the window.
            Item::Group(_) | Item::Image { .. } => {}
            Item::Map(map) => paint_map(map, &map.shapes, theme, painter, origin),
            Item::Rect { rect, fill, line } => {
                let rect = Rect::from_min_size(
                    origin + vec2(rect.x, rect.y),
                    vec2(rect.width, rect.height),
                );
                painter.rect_filled(rect, 0.0, color(theme, *fill));
                if let Some(line) = line {
                    let stroke = Stroke::new(1.0, color(theme, *line));
                    painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
                }
            }
            Item::Line { points, width, paint, dashed } => {
                let stroke = Stroke::new(*width, color(theme, *paint));
                paint_line(points, stroke, *dashed, painter, origin);
            }
            Item::Text(text) => paint_text(text, theme, painter, origin),
        }
    }
}

fn paint_line(
    points: &[PagePoint],
    stroke: Stroke,
    is_dashed: bool,
    painter: &Painter,
    origin: Pos2,
) {
    let points: Vec<Pos2> = points.iter().map(|p| place(*p, origin)).collect();
    if is_dashed {
        let (dash, gap) = (DASH.0 * stroke.width, DASH.1 * stroke.width);
        painter.extend(Drawing::dashed_line(&points, stroke, dash, gap));
    } else {
        painter.add(Drawing::line(points, stroke));
    }
}

fn color(theme: &Theme, paint: Paint) -> Color32 {
    let Rgba { r, g, b, a } = theme.color(paint);
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Draws the picture of the ground, a sharp one so that its pixels are those of the screen. Returns
/// the top left corner of the map on it, which may be half a pixel from where it would be otherwise.
fn paint_ground(under: Under<'_>, painter: &Painter, origin: Pos2) -> Pos2 {
    let Under { texture, place, is_sharp } = under;
    let corner = vec2(place.x, place.y);
    let (at, size) = if is_sharp {
        let scale = painter.pixels_per_point();
        ((origin + corner).round_to_pixels(scale), texture.size_vec2() / scale)
    } else {
        (origin + corner, vec2(place.width, place.height))
    };
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), Rect::from_min_size(at, size), whole, Color32::WHITE);
    at - corner
}

/// Draws shapes of a map.
fn paint_map(map: &MapFrame, shapes: &[Shape], theme: &Theme, painter: &Painter, origin: Pos2) {
    let corner = origin + vec2(map.rect.x, map.rect.y);
    let clip = Rect::from_min_size(corner, vec2(map.rect.width, map.rect.height));
    let painter = painter.with_clip_rect(clip.intersect(painter.clip_rect()));
    for shape in shapes {
        match shape {
            Shape::Area { level, area, paint, offset, .. } => {
                // Meshes are made off this thread, before a level counts as ready; of areas that
                // are out of sight there are none.
                if let Some((mesh, bounds)) = level.mesh(*area).zip(level.bounds(*area)) {
                    let onto = Onto::new(&map.camera, origin + Vec2::from(*offset), clip);
                    painter.add(fill(mesh, bounds, &onto, color(theme, *paint)));
                }
            }
            Shape::Strokes { lines, paint, width, dashed, .. } => {
                let stroke = Stroke::new(*width, color(theme, *paint));
                for points in lines {
                    paint_line(points, stroke, *dashed, &painter, origin);
                }
            }
            Shape::Borders { level, arcs, paint, width, .. } => {
                let stroke = Stroke::new(*width, color(theme, *paint));
                let onto = Onto::new(&map.camera, origin, clip.expand(2.0 * width));
                lines(level, arcs, &onto, stroke, &painter);
            }
        }
    }
}

fn place(p: PagePoint, origin: Pos2) -> Pos2 {
    pos2(origin.x + p.x, origin.y + p.y)
}

/// Where a map is on the screen, and what of it can be seen there.
struct Onto<'a> {
    camera: &'a Camera,
    origin: Pos2,
    seen: GridRect,
}

impl<'a> Onto<'a> {
    fn new(camera: &'a Camera, origin: Pos2, clip: Rect) -> Self {
        let corner = |at: Pos2| camera.grid_from_page(PagePoint::new(at.x, at.y));
        let (min, max) = (corner(clip.min - origin.to_vec2()), corner(clip.max - origin.to_vec2()));
        Self { camera, origin, seen: GridRect::new(min, max) }
    }

    fn place(&self, p: Grid) -> Pos2 {
        place(self.camera.page_from_grid(p), self.origin)
    }

    /// Whether all points lie on the same side beside what can be seen.
    fn misses<const N: usize>(&self, points: [Grid; N]) -> bool {
        let (min, max) = (self.seen.min(), self.seen.max());
        points.iter().all(|p| p.x < min.x)
            || points.iter().all(|p| p.x > max.x)
            || points.iter().all(|p| p.y < min.y)
            || points.iter().all(|p| p.y > max.y)
    }
}

/// The triangles of an area, all of them or, where it reaches out of sight, those that can be seen.
fn fill(mesh: &AreaMesh, bounds: GridRect, onto: &Onto<'_>, color: Color32) -> Drawing {
    let mut drawn = Mesh::default();
    if union(onto.seen, bounds) == onto.seen {
        drawn.indices.clone_from(&mesh.indices);
        drawn.vertices =
            mesh.vertices.iter().map(|p| Vertex::untextured(onto.place(*p), color)).collect();
        return Drawing::mesh(drawn);
    }
    let mut next = 0;
    for corners in mesh.indices.as_chunks().0 {
        let corners: [Grid; 3] = corners.map(|corner| mesh.vertices[corner as usize]);
        if !onto.misses(corners) {
            for p in corners {
                drawn.colored_vertex(onto.place(p), color);
            }
            drawn.add_triangle(next, next + 1, next + 2);
            next += 3;
        }
    }
    Drawing::mesh(drawn)
}

/// Strokes the parts of arcs that can be seen. Points closer than a third of a pixel are
/// passed over: egui draws a spike where a line turns back within less than its width.
fn lines(level: &Level, arcs: &[u32], onto: &Onto<'_>, stroke: Stroke, painter: &Painter) {
    let least_m2 = 0.1 * onto.camera.metres_per_pixel * onto.camera.metres_per_pixel;
    let mut run: Vec<Pos2> = Vec::new();
    for arc in arcs {
        let points = level.arc(*arc);
        let Some((first, rest)) = points.split_first() else { continue };
        let mut before = *first;
        for (left, p) in (0..rest.len()).rev().zip(rest) {
            let step = *p - before;
            if left > 0 && step.x * step.x + step.y * step.y < least_m2 {
                continue;
            }
            if onto.misses([before, *p]) {
                finish(&mut run, stroke, painter);
            } else {
                if run.is_empty() {
                    run.push(onto.place(before));
                }
                run.push(onto.place(*p));
            }
            before = *p;
        }
        finish(&mut run, stroke, painter);
    }
}

fn finish(run: &mut Vec<Pos2>, stroke: Stroke, painter: &Painter) {
    if run.len() > 1 {
        painter.add(Drawing::line(std::mem::take(run), stroke));
    }
    run.clear();
}

fn paint_text(text: &Text, theme: &Theme, painter: &Painter, origin: Pos2) {
    let family = match text.weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Bold => FontFamily::Name(BOLD.into()),
    };
    let font = FontId::new(text.size, family);
    let ink = color(theme, text.paint);
    for (line, y) in text.lines.iter().zip(text.baselines()) {
        let galley = painter.layout_no_wrap(line.clone(), font.clone(), Color32::PLACEHOLDER);
        let left = match text.align {
            Align::Start => 0.0,
            Align::Middle => galley.size().x / 2.0,
            Align::End => galley.size().x,
        };
        let at = place(PagePoint::new(text.at.x, y), origin) - vec2(left, ASCENT * text.size);
        if let Some(halo) = text.halo {
            let halo = color(theme, halo).gamma_multiply(0.7);
            let r = text.size * 0.1;
            for (dx, dy) in HALO {
                painter.galley(at + vec2(dx * r, dy * r), galley.clone(), halo);
            }
        }
        painter.galley(at, galley, ink);
    }
}

/// Where copies of a text lie that make its halo, as multiples of its width. Between the corners
/// the strokes of the letters close it.
const HALO: [(f32, f32); 4] = [(-0.75, -0.75), (0.75, -0.75), (-0.75, 0.75), (0.75, 0.75)];

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::geo::level::Levels;
    use crate::geo::space::PageSize;
    use crate::geo::topology::Topology;

    /// Whether a point is in one of the triangles, its border included.
    fn is_filled(drawing: &Drawing, p: Pos2) -> bool {
        let Drawing::Mesh(mesh) = drawing else { panic!("{drawing:?}") };
        mesh.indices.as_chunks().0.iter().any(|corners: &[u32; 3]| {
            let [a, b, c] = corners.map(|corner| mesh.vertices[corner as usize].pos);
            let side = |from: Pos2, to: Pos2| {
                (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x)
            };
            let sides = [side(a, b), side(b, c), side(c, a)];
            sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
        })
    }

    #[test]
    fn an_area_that_reaches_out_of_sight_is_filled_as_far_as_it_can_be_seen() {
        // Teeth of a saw along the west, 1 by 1 km in all.
        let tooth = |i: i32| Grid { x: f64::from(i % 2) * 400.0, y: 1000.0 - f64::from(i) * 10.0 };
        let mut ring: Vec<Grid> = (0..=100).map(tooth).collect();
        ring.extend([(1000.0, 0.0), (1000.0, 1000.0)].map(|(x, y)| Grid { x, y }));
        let levels = Levels::new(Arc::new(Topology::build(&[vec![vec![ring]]])));
        let (level, size) = (levels.at(1.0), PageSize::new(1000.0, 1000.0));
        let bounds = level.bounds(0).unwrap();
        level.triangulate(bounds);
        let (mesh, camera) = (level.mesh(0).unwrap(), Camera::fit(bounds, size, 0.0));
        let fill_in =
            |clip| fill(mesh, bounds, &Onto::new(&camera, pos2(20.0, 10.0), clip), Color32::RED);
        let clip = Rect::from_min_max(pos2(150.0, 300.0), pos2(500.0, 420.0));
        let (whole, part) = (fill_in(Rect::EVERYTHING), fill_in(clip));
        let count = |drawing: &Drawing| match drawing {
            Drawing::Mesh(mesh) => mesh.indices.len() / 3,
            _ => 0,
        };
        assert_eq!(count(&whole), mesh.indices.len() / 3);
        assert!(count(&part) * 2 < count(&whole), "{} of {}", count(&part), count(&whole));
        let places = (0..70u8).flat_map(|x| (0..24u8).map(move |y| vec2(x.into(), y.into()) * 5.0));
        let (mut land, mut sea) = (0, 0);
        for place in places.map(|step| clip.min + step + vec2(2.3, 1.7)) {
            assert_eq!(is_filled(&part, place), is_filled(&whole, place), "{place:?}");
            if is_filled(&part, place) { land += 1 } else { sea += 1 }
        }
        assert!(land > 200 && sea > 200, "{land} {sea}");
    }
}
