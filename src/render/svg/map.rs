//! The maps of a drawing.

use std::fmt::Write;

use super::Sheet;
use crate::geo::space::PagePoint;
use crate::render::clip::Cut;
use crate::render::project;
use crate::render::xml::{escape, words};
use crate::scene::{MapFrame, Shape};
use crate::style::theme::Paint;

impl Sheet<'_> {
    /// A map, cut off at its rectangle: where it fills the page, the page cuts it off.
    pub fn map(&mut self, map: &MapFrame) {
        let r = map.rect;
        let mut clip = String::new();
        if r != self.page {
            let id = self.ids.claim("frame", &map.name);
            clip = format!(" clip-path=\"url(#{id})\"");
            let _ = write!(self.out, "<clipPath id=\"{id}\"><rect");
            self.place(r);
            self.out.push_str("/></clipPath>\n");
        }
        self.layer(&map.name);
        let _ = writeln!(self.out, "{clip} stroke-linejoin=\"bevel\" stroke-linecap=\"round\">");
        let kind = |shape: &Shape| match shape {
            Shape::Area { id, paint, .. } => Some(kind_of(id, *paint)),
            Shape::Borders { .. } | Shape::Strokes { .. } => None,
        };
        for run in map.shapes.chunk_by(|a, b| kind(a) == kind(b)) {
            if let Some(name) = run.first().and_then(kind) {
                let id = self.ids.claim(&name.to_lowercase(), &map.name);
                let _ = writeln!(self.out, "<g id=\"{id}\" inkscape:label=\"{name}\">");
                self.shapes(run, map);
                self.out.push_str("</g>\n");
            } else {
                self.shapes(run, map);
            }
        }
        self.out.push_str("</g>\n");
    }

    fn shapes(&mut self, shapes: &[Shape], map: &MapFrame) {
        for shape in shapes {
            self.shape(shape, map);
        }
    }

    fn shape(&mut self, shape: &Shape, map: &MapFrame) {
        let cut = Cut::around(map.rect, self.page);
        match shape {
            Shape::Area { id, title, level, area, paint, offset } => {
                let id = self.ids.claim(id, &map.name);
                let _ = write!(self.out, "<path id=\"{id}\"");
                self.color("fill", self.theme.color(*paint));
                if *offset != (0.0, 0.0) {
                    let _ = write!(self.out, " transform=\"translate({} {})\"", offset.0, offset.1);
                }
                self.out.push_str(" fill-rule=\"evenodd\" d=\"");
                for ring in level.polygons(*area).iter().flatten() {
                    let ring = cut.ring(project(ring, &map.camera));
                    if !ring.is_empty() {
                        path(&mut self.out, &ring);
                        self.out.push('Z');
                    }
                }
                let _ = writeln!(self.out, "\"><title>{}</title></path>", escape(&words(title)));
            }
            Shape::Strokes { id, lines, paint, width, dashed } => {
                let label = words(id);
                let id = self.ids.claim(id, &map.name);
                let _ = writeln!(self.out, "<g id=\"{id}\" inkscape:label=\"{label}\">");
                for points in lines.iter().flat_map(|line| cut.line(line.iter().copied())) {
                    self.line(&points, *width, self.theme.color(*paint), *dashed);
                }
                self.out.push_str("</g>\n");
            }
            Shape::Borders { id, level, arcs, paint, width } => {
                let label = words(id);
                let id = self.ids.claim(id, &map.name);
                let _ = write!(self.out, "<path id=\"{id}\" inkscape:label=\"{label}\"");
                let _ = write!(self.out, " fill=\"none\" stroke-width=\"{width:.2}\"");
                self.color("stroke", self.theme.color(*paint));
                // Only on thick lines can one see that a corner is round; it takes its time.
                if *width > 3.0 {
                    self.out.push_str(" stroke-linejoin=\"round\"");
                }
                self.out.push_str(" d=\"");
                let on_page = |arc: &u32| cut.line(project(level.arc(*arc), &map.camera));
                for line in arcs.iter().flat_map(on_page) {
                    path(&mut self.out, &line);
                }
                self.out.push_str("\"/>\n");
            }
        }
    }
}

/// What areas that lie one after the other are, to be moved or hidden together.
fn kind_of(id: &str, paint: Paint) -> &'static str {
    match (paint, id) {
        (Paint::Backdrop, _) => "Surroundings",
        (Paint::Shadow | Paint::Hover | Paint::Lit, _) | (_, "selection") => "Highlight",
        _ => "Areas",
    }
}

/// A run of points as `M x y L x y …`, in hundredths of a pixel and without repeated points.
fn path(out: &mut String, points: &[PagePoint]) {
    let mut last = None;
    for PagePoint { x, y } in points {
        #[expect(clippy::cast_possible_truncation, reason = "page units are far inside the range")]
        let at = ((x * 100.0).round() as i64, (y * 100.0).round() as i64);
        if last == Some(at) {
            continue;
        }
        out.push(if last.is_none() { 'M' } else { 'L' });
        hundredths(out, at.0);
        out.push(' ');
        hundredths(out, at.1);
        last = Some(at);
    }
}

fn hundredths(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    let _ = write!(out, "{}", value / 100);
    if !value.is_multiple_of(100) {
        let _ = write!(out, ".{:02}", value % 100);
    }
}
