//! Hatching: parallel lines across polygons. It is made of lines, because not every kind of file
//! knows patterns, and so that it looks the same in all of them.

use super::{Camera, Shape, View};
use crate::geo::level::Level;
use crate::geo::space::{Grid, GridRect, PagePoint, PageSize, Rings, overlap};
use crate::style::theme::{Fill, Paint};

/// Which way the lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the lower left to the upper right.
    Up,
    /// From the upper left to the lower right.
    Down,
    /// From left to right.
    Flat,
    /// From top to bottom.
    Upright,
}

/// How an area is hatched: without figures always, by region where greys alone would not do.
#[must_use]
pub fn hatching(fill: Fill, by_region: bool) -> Option<Direction> {
    match fill {
        Fill::NoData => Some(Direction::Up),
        Fill::Region(n) if by_region => match n {
            0 | 6 => Some(Direction::Down),
            2 => Some(Direction::Up),
            4 => Some(Direction::Flat),
            5 => Some(Direction::Upright),
            _ => None,
        },
        _ => None,
    }
}

/// Distance between the lines, in pixels.
const SPACING: f32 = 9.0;

/// A place that a line goes through: the middle of England.
const HELD: Grid = Grid { x: 425_000.0, y: 330_000.0 };

/// The hatching of the areas of a view.
pub(super) fn shapes(view: &View, seen: GridRect, level: &Level, shapes: &mut Vec<Shape>) {
    let scale = view.furniture.scale;
    let mut lines = Vec::new();
    for (i, area) in view.layer.layer.areas.iter().enumerate() {
        let direction = hatching(super::build::fill_of(view, i), view.hatched);
        let Some(direction) = direction.filter(|_| overlap(area.bounds, seen)) else { continue };
        for polygon in level.polygons(i) {
            lines.extend(across(&polygon, &view.camera, view.size, SPACING * scale, direction));
        }
    }
    if !lines.is_empty() {
        let (paint, width) = (Paint::Hatching, 0.9 * scale);
        shapes.push(Shape::Strokes { id: "hatching", lines, paint, width, dashed: false });
    }
}

/// Lines across a polygon, by the even-odd rule, at a distance of `spacing` pixels.
pub(super) fn across(
    rings: &Rings,
    camera: &Camera,
    page: PageSize,
    spacing: f32,
    direction: Direction,
) -> Vec<Vec<PagePoint>> {
    // Along a line the first coordinate stays the same and the second grows.
    let turned = |PagePoint { x, y }: PagePoint| match direction {
        Direction::Up => (x + y, x - y),
        Direction::Down => (x - y, x + y),
        Direction::Flat => (y, x),
        Direction::Upright => (x, y),
    };
    let back = |u: f32, v: f32| match direction {
        Direction::Up => PagePoint::new(f32::midpoint(u, v), f32::midpoint(u, -v)),
        Direction::Down => PagePoint::new(f32::midpoint(u, v), f32::midpoint(v, -u)),
        Direction::Flat => PagePoint::new(v, u),
        Direction::Upright => PagePoint::new(u, v),
    };
    let spacing = match direction {
        Direction::Up | Direction::Down => spacing * std::f32::consts::SQRT_2,
        Direction::Flat | Direction::Upright => spacing,
    };
    let rings: Vec<Vec<(f32, f32)>> = rings
        .iter()
        .map(|ring| ring.iter().map(|p| turned(camera.page_from_grid(*p))).collect())
        .collect();
    let reach = rings
        .iter()
        .flatten()
        .fold((f32::INFINITY, f32::NEG_INFINITY), |reach, p| (reach.0.min(p.0), reach.1.max(p.0)));
    // No line of the page lies beyond this.
    let most = page.width + page.height;
    let (from, to) = (reach.0.max(-most), reach.1.min(most));
    // The lines keep their places on the land when the map moves.
    let (held, _) = turned(camera.page_from_grid(HELD));
    let first = held.rem_euclid(spacing);
    let mut lines = Vec::new();
    #[expect(clippy::cast_possible_truncation, reason = "pages have some thousands of pixels")]
    let number = |u: f32, round: fn(f32) -> f32| round((u - first) / spacing) as i32;
    let numbers = number(from, f32::ceil)..=number(to, f32::floor);
    for number in numbers {
        #[expect(clippy::cast_precision_loss, reason = "pages have some thousands of pixels")]
        let u = first + number as f32 * spacing;
        let mut crossings: Vec<f32> = Vec::new();
        for ring in &rings {
            let next = ring.iter().cycle().skip(1);
            for (a, b) in ring.iter().zip(next).filter(|(a, b)| (a.0 > u) != (b.0 > u)) {
                crossings.push(a.1 + (u - a.0) / (b.0 - a.0) * (b.1 - a.1));
            }
        }
        crossings.sort_by(f32::total_cmp);
        lines
            .extend(crossings.chunks_exact(2).map(|pair| vec![back(u, pair[0]), back(u, pair[1])]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_run_across_a_square_and_spare_its_hole() {
        let square = |from: f64, to: f64| {
            [(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| Grid { x, y }).to_vec()
        };
        let rings = vec![square(10.0, 90.0), square(40.0, 60.0)];
        let page = PageSize::new(100.0, 100.0);
        let corner = |m| Grid { x: m, y: m };
        let camera = Camera::fit(GridRect::new(corner(0.0), corner(100.0)), page, 0.0);
        for direction in [Direction::Up, Direction::Down, Direction::Flat, Direction::Upright] {
            let lines = across(&rings, &camera, page, 7.0, direction);
            assert!(lines.len() > 10, "{direction:?}");
            for ends in &lines {
                let middle = PagePoint::new(
                    f32::midpoint(ends[0].x, ends[1].x),
                    f32::midpoint(ends[0].y, ends[1].y),
                );
                let is_in = |p: PagePoint, from: f32, to: f32| {
                    (from..=to).contains(&p.x) && (from..=to).contains(&p.y)
                };
                assert!(is_in(middle, 9.9, 90.1), "{direction:?} {ends:?}");
                assert!(!is_in(middle, 40.1, 59.9), "{direction:?} {ends:?}");
            }
        }
    }
}
