//! A scene as text, for tests and for people who want to know what is drawn.

use std::fmt::Write;

use super::{Item, Scene, Shape};
use crate::geo::space::PagePoint;

/// One line an item: what it is, how much of it there is, and its paint.
#[must_use]
pub fn print(scene: &Scene) -> String {
    let mut out = format!("page {}x{}\n", scene.size.width, scene.size.height);
    print_items(&scene.items, &mut out);
    out
}

fn print_items(items: &[Item], out: &mut String) {
    for item in items {
        // Writing to a String cannot fail.
        let _ = match item {
            Item::Group(group) => {
                let _ = writeln!(out, "group {}", group.part.name());
                print_items(&group.items, out);
                writeln!(out, "end of {}", group.part.name())
            }
            Item::Image { rect, image } => writeln!(
                out,
                "image {:.0},{:.0} {:.0}x{:.0} {:?}",
                rect.x, rect.y, rect.width, rect.height, image.format
            ),
            Item::Rect { rect, fill, .. } => writeln!(
                out,
                "rect {:.0},{:.0} {:.0}x{:.0} {fill:?}",
                rect.x, rect.y, rect.width, rect.height
            ),
            Item::Line { points, width, paint, dashed } => {
                let end = |p: Option<&PagePoint>| p.copied().unwrap_or_default();
                let (from, to) = (end(points.first()), end(points.last()));
                let dashes = if *dashed { " dashed" } else { "" };
                writeln!(
                    out,
                    "line {:.0},{:.0} to {:.0},{:.0} {} points {width:.1}px{dashes} {paint:?}",
                    from.x,
                    from.y,
                    to.x,
                    to.y,
                    points.len()
                )
            }
            Item::Text(text) => writeln!(
                out,
                "text {:.0},{:.0} {:?} {:.0}px \"{}\" {:?}",
                text.at.x,
                text.at.y,
                text.align,
                text.size,
                text.lines.join(" / "),
                text.paint
            ),
            Item::Map(map) => {
                let _ = writeln!(out, "map \"{}\" {} shapes", map.name, map.shapes.len());
                map.shapes.iter().try_for_each(|shape| match shape {
                    Shape::Area { id, title, level, area, paint, .. } => {
                        let polygons = level.polygons(*area);
                        let points: usize = polygons.iter().flatten().map(Vec::len).sum();
                        let count = polygons.len();
                        writeln!(
                            out,
                            "  area {id} \"{title}\" {count} polygons {points} points {paint:?}"
                        )
                    }
                    Shape::Borders { id, level, arcs, paint, width } => {
                        let points: usize = arcs.iter().map(|arc| level.arc(*arc).len()).sum();
                        writeln!(
                            out,
                            "  borders {id} {} arcs {points} points {width:.1}px {paint:?}",
                            arcs.len()
                        )
                    }
                    Shape::Strokes { id, lines, paint, width, dashed } => {
                        let points: usize = lines.iter().map(Vec::len).sum();
                        let dashes = if *dashed { " dashed" } else { "" };
                        writeln!(
                            out,
                            "  strokes {id} {} lines {points} points {width:.1}px{dashes} {paint:?}",
                            lines.len()
                        )
                    }
                })
            }
        };
    }
}
