//! A scene as SVG text, with a layer for each part as drawing programs know them.

mod ids;
mod map;

use std::fmt::Write;

use ids::Ids;

use super::xml::escape;
use super::{HALO, PIXELS_PER_INCH, image};
use crate::geo::space::{PagePoint, PageSize};
use crate::scene::{Align, DASH, Image, Item, PageRect, Scene, Text};
use crate::style::font::Weight;
use crate::style::theme::{Rgba, Theme};

/// What text is set in: our font, or where that is not installed one that is.
const FAMILIES: &str = "Inter, Arial, sans-serif";

/// The scene as an SVG document, the same bytes for the same scene.
///
/// Coordinates are page units, by the viewBox; the size is given in inches. A length without a unit
/// would be taken for CSS pixels, of which an inch has 96, and a slide would come out half as large
/// again.
#[must_use]
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    let PageSize { width, height } = scene.size;
    let (wide, high) = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH);
    let (page, ids) = (PageRect::of(scene.size), Ids::default());
    let mut sheet = Sheet { out: String::with_capacity(1 << 19), theme, page, ids };
    sheet.out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    sheet.out.push_str(" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"");
    let _ = write!(sheet.out, " width=\"{wide}in\" height=\"{high}in\"");
    let _ = writeln!(sheet.out, " viewBox=\"0 0 {width} {height}\">");
    let _ = writeln!(sheet.out, "<title>{}</title>", escape(&scene.title));
    sheet.items(&scene.items);
    sheet.out.push_str("</svg>\n");
    sheet.out
}

/// A document while it is written. Writing to a String cannot fail, here and below.
struct Sheet<'a> {
    out: String,
    theme: &'a Theme,
    page: PageRect,
    ids: Ids,
}

impl Sheet<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => {
                    self.layer(group.part.name());
                    self.out.push_str(">\n");
                    self.items(&group.items);
                    self.out.push_str("</g>\n");
                }
                Item::Map(map) => self.map(map),
                Item::Rect { rect, fill, line } => {
                    self.rect(*rect, self.theme.color(*fill), line.map(|l| self.theme.color(l)));
                }
                Item::Line { points, width, paint, dashed } => {
                    self.line(points, *width, self.theme.color(*paint), *dashed);
                }
                Item::Text(text) => self.text(text),
                Item::Image { rect, image } => self.image(image::placed(*rect, image), image),
            }
        }
    }

    /// Begins a group that drawing programs list as a layer; its tag is still open.
    fn layer(&mut self, name: &str) {
        let id = self.ids.claim(&name.to_lowercase(), "");
        let name = escape(name);
        let _ = write!(
            self.out,
            "<g id=\"{id}\" inkscape:groupmode=\"layer\" inkscape:label=\"{name}\""
        );
    }

    fn rect(&mut self, rect: PageRect, fill: Rgba, line: Option<Rgba>) {
        self.out.push_str("<rect");
        self.place(rect);
        self.color("fill", fill);
        if let Some(line) = line {
            self.color("stroke", line);
        }
        self.out.push_str("/>\n");
    }

    fn image(&mut self, rect: PageRect, image: &Image) {
        let id = self.ids.claim("image", "");
        let _ = write!(self.out, "<image id=\"{id}\"");
        self.place(rect);
        let _ = writeln!(self.out, " href=\"{}\"/>", image::data_uri(image));
    }

    fn line(&mut self, points: &[PagePoint], width: f32, color: Rgba, dashed: bool) {
        let _ = write!(self.out, "<polyline fill=\"none\" stroke-width=\"{width:.2}\"");
        self.color("stroke", color);
        self.out.push_str(" stroke-linejoin=\"round\"");
        if dashed {
            let (dash, gap) = (DASH.0 * width, DASH.1 * width);
            let _ = write!(self.out, " stroke-dasharray=\"{dash:.2} {gap:.2}\"");
        }
        self.out.push_str(" points=\"");
        for (i, p) in points.iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            let _ = write!(self.out, "{space}{:.2},{:.2}", p.x, p.y);
        }
        self.out.push_str("\"/>\n");
    }

    fn text(&mut self, item: &Text) {
        let anchor = match item.align {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        let weight = match item.weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        };
        let _ = write!(
            self.out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-family=\"{FAMILIES}\" font-size=\"{:.2}\" \
             font-weight=\"{weight}\" text-anchor=\"{anchor}\"",
            item.at.x, item.at.y, item.size
        );
        self.color("fill", self.theme.color(item.paint));
        if let Some(halo) = item.halo {
            self.color("stroke", self.theme.color(halo));
            let _ = write!(
                self.out,
                " stroke-width=\"{:.2}\" stroke-linejoin=\"bevel\" paint-order=\"stroke\"",
                item.size * HALO
            );
        }
        self.out.push('>');
        match item.lines.as_slice() {
            [line] => self.out.push_str(&escape(line)),
            lines => {
                for (line, y) in lines.iter().zip(item.baselines()) {
                    let _ = write!(self.out, "<tspan x=\"{:.2}\" y=\"{y:.2}\">", item.at.x);
                    let _ = write!(self.out, "{}</tspan>", escape(line));
                }
            }
        }
        self.out.push_str("</text>\n");
    }

    fn place(&mut self, rect: PageRect) {
        let PageRect { x, y, width, height } = rect;
        let _ = write!(
            self.out,
            " x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\""
        );
    }

    /// A `fill` or `stroke` attribute, and that of its opacity if need be.
    fn color(&mut self, attribute: &str, color: Rgba) {
        let Rgba { r, g, b, a } = color;
        let _ = write!(self.out, " {attribute}=\"#{r:02x}{g:02x}{b:02x}\"");
        if a < 255 {
            let _ = write!(self.out, " {attribute}-opacity=\"{:.3}\"", f32::from(a) / 255.0);
        }
    }
}
