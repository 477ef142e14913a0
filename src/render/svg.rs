//! A scene as SVG text.

use std::fmt::Write;

use crate::geo::space::{Grid, PagePoint, PageSize};
use crate::scene::{Align, Camera, DASH, Item, MapFrame, PageRect, Scene, Shape, Text};
use crate::style::font::{FAMILY, Weight};
use crate::style::theme::{Rgba, Theme};

/// The scene as an SVG document, the same bytes for the same scene.
#[must_use]
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    svg_of(scene.size, &scene.items, theme)
}

/// Some items of a scene as a document of its own.
pub(super) fn svg_of(size: PageSize, items: &[Item], theme: &Theme) -> String {
    let (w, h) = (size.width, size.height);
    let mut out = String::with_capacity(1 << 19);
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">"
    );
    let mut cuts = 0;
    write_items(&mut out, items, PageRect::of(size), &mut cuts, theme);
    out.push_str("</svg>\n");
    out
}

/// Writes items one after the other; `cuts` counts the maps that are cut off at a rectangle.
fn write_items(out: &mut String, items: &[Item], page: PageRect, cuts: &mut usize, theme: &Theme) {
    for item in items {
        match item {
            Item::Group(group) => {
                let _ = writeln!(out, "<g id=\"{}\">", escape(group.part.name()));
                write_items(out, &group.items, page, cuts, theme);
                out.push_str("</g>\n");
            }
            Item::Image { .. } => {}
            Item::Map(map) => {
                *cuts += 1;
                map_frame(out, map, (map.rect != page).then_some(*cuts), theme);
            }
            Item::Rect { rect, fill, line } => {
                let _ = write!(
                    out,
                    "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"",
                    rect.x,
                    rect.y,
                    rect.width,
                    rect.height,
                    hex(theme.color(*fill))
                );
                if let Some(line) = line {
                    let _ = write!(out, " stroke=\"{}\"", hex(theme.color(*line)));
                }
                out.push_str("/>\n");
            }
            Item::Line { points, width, paint, dashed } => {
                line(out, points, *width, theme.color(*paint), *dashed);
            }
            Item::Text(item) => text(out, item, theme),
        }
    }
}

fn line(out: &mut String, points: &[PagePoint], width: f32, color: Rgba, dashed: bool) {
    let _ = write!(out, "<polyline fill=\"none\" stroke-width=\"{width:.2}\"");
    stroke(out, color);
    out.push_str(" stroke-linejoin=\"round\"");
    if dashed {
        let (dash, gap) = (DASH.0 * width, DASH.1 * width);
        let _ = write!(out, " stroke-dasharray=\"{dash:.2} {gap:.2}\"");
    }
    out.push_str(" points=\"");
    for (i, p) in points.iter().enumerate() {
        let space = if i == 0 { "" } else { " " };
        let _ = write!(out, "{space}{:.2},{:.2}", p.x, p.y);
    }
    out.push_str("\"/>\n");
}

/// A map, cut off at its rectangle if it has a number for the cut: the page cuts off one that
/// fills it.
fn map_frame(out: &mut String, map: &MapFrame, cut: Option<usize>, theme: &Theme) {
    let r = map.rect;
    let mut clip = String::new();
    if let Some(number) = cut {
        let _ = writeln!(
            out,
            "<clipPath id=\"frame-{number}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
            r.x, r.y, r.width, r.height
        );
        clip = format!(" clip-path=\"url(#frame-{number})\"");
    }
    let _ = writeln!(out, "<g{clip} stroke-linejoin=\"bevel\" stroke-linecap=\"round\">");
    for shape in &map.shapes {
        match shape {
            Shape::Area { id, title, level, area, paint, offset } => {
                let _ = write!(out, "<path id=\"{}\"", escape(id));
                fill(out, theme.color(*paint));
                if *offset != (0.0, 0.0) {
                    let _ = write!(out, " transform=\"translate({} {})\"", offset.0, offset.1);
                }
                out.push_str(" fill-rule=\"evenodd\" d=\"");
                for ring in level.polygons(*area).iter().flatten() {
                    path(out, ring, &map.camera);
                    out.push('Z');
                }
                let _ = writeln!(out, "\"><title>{}</title></path>", escape(title));
            }
            Shape::Strokes { id, lines, paint, width, dashed } => {
                let _ = writeln!(out, "<g id=\"{id}\">");
                for points in lines {
                    line(out, points, *width, theme.color(*paint), *dashed);
                }
                out.push_str("</g>\n");
            }
            Shape::Borders { id, level, arcs, paint, width } => {
                let _ = write!(out, "<path id=\"{id}\" fill=\"none\" stroke-width=\"{width:.2}\"");
                stroke(out, theme.color(*paint));
                // Only on thick lines can one see that a corner is round; it takes its time.
                if *width > 3.0 {
                    out.push_str(" stroke-linejoin=\"round\"");
                }
                out.push_str(" d=\"");
                for arc in arcs {
                    path(out, level.arc(*arc), &map.camera);
                }
                out.push_str("\"/>\n");
            }
        }
    }
    out.push_str("</g>\n");
}

/// A run of points as `M x y L x y …`, in hundredths of a pixel and without repeated points.
fn path(out: &mut String, points: &[Grid], camera: &Camera) {
    let mut last = None;
    for p in points {
        let PagePoint { x, y } = camera.page_from_grid(*p);
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

fn text(out: &mut String, item: &Text, theme: &Theme) {
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
        out,
        "<text x=\"{:.2}\" y=\"{:.2}\" font-family=\"{FAMILY}\" font-size=\"{:.2}\" \
         font-weight=\"{weight}\" text-anchor=\"{anchor}\"",
        item.at.x, item.at.y, item.size
    );
    fill(out, theme.color(item.paint));
    if let Some(halo) = item.halo {
        stroke(out, theme.color(halo));
        let _ = write!(
            out,
            " stroke-width=\"{:.2}\" stroke-linejoin=\"bevel\" paint-order=\"stroke\"",
            item.size * 0.22
        );
    }
    match item.lines.as_slice() {
        [line] => {
            let _ = writeln!(out, ">{}</text>", escape(line));
        }
        lines => {
            out.push('>');
            for (line, y) in lines.iter().zip(item.baselines()) {
                let _ = write!(out, "<tspan x=\"{:.2}\" y=\"{y:.2}\">", item.at.x);
                let _ = write!(out, "{}</tspan>", escape(line));
            }
            out.push_str("</text>\n");
        }
    }
}

fn fill(out: &mut String, color: Rgba) {
    let _ = write!(out, " fill=\"{}\"", hex(color));
    if color.a < 255 {
        let _ = write!(out, " fill-opacity=\"{:.3}\"", f32::from(color.a) / 255.0);
    }
}

fn stroke(out: &mut String, color: Rgba) {
    let _ = write!(out, " stroke=\"{}\"", hex(color));
    if color.a < 255 {
        let _ = write!(out, " stroke-opacity=\"{:.3}\"", f32::from(color.a) / 255.0);
    }
}

fn hex(color: Rgba) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
