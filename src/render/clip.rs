//! Cutting shapes off at a rectangle: for a format that has no clipping, and so that what nobody
//! sees is not drawn.

use crate::geo::space::PagePoint;
use crate::scene::PageRect;

/// Room around a map that is cut off by the format, in pixels: for the widest lines, their round
/// ends and shadows.
const ROOM: f32 = 24.0;

/// Where the shapes of a map end, if they do.
#[derive(Debug, Clone, Copy)]
pub struct Cut(Option<PageRect>);

impl Cut {
    /// Nowhere: all of them is kept.
    pub const NOWHERE: Self = Self(None);

    /// At the edge of a rectangle.
    pub const fn at(rect: PageRect) -> Self {
        Self(Some(rect))
    }

    /// A little outside the rectangle of a map that the format cuts off; nowhere if the map fills
    /// the page. An inset would carry the rest of the country at its scale.
    pub fn around(rect: PageRect, page: PageRect) -> Self {
        if rect == page { Self::NOWHERE } else { Self::outside(rect) }
    }

    /// A little outside a rectangle, where nobody sees it.
    pub fn outside(rect: PageRect) -> Self {
        Self(Some(rect.grown(ROOM)))
    }

    /// What is left of a closed ring.
    pub fn ring(self, points: impl Iterator<Item = PagePoint>) -> Vec<PagePoint> {
        let points = points.collect();
        match self.0 {
            Some(rect) => ring(points, rect),
            None => points,
        }
    }

    /// What is left of a line.
    pub fn line(self, points: impl Iterator<Item = PagePoint>) -> Vec<Vec<PagePoint>> {
        let points = points.collect();
        match self.0 {
            Some(rect) => line(points, rect),
            None => vec![points],
        }
    }
}

/// A side of the rectangle.
#[derive(Debug, Clone, Copy)]
enum Side {
    Left(f32),
    Right(f32),
    Top(f32),
    Bottom(f32),
}

impl Side {
    fn all(rect: PageRect) -> [Self; 4] {
        [
            Self::Left(rect.x),
            Self::Right(rect.x + rect.width),
            Self::Top(rect.y),
            Self::Bottom(rect.y + rect.height),
        ]
    }

    fn is_inside(self, p: PagePoint) -> bool {
        match self {
            Self::Left(x) => p.x >= x,
            Self::Right(x) => p.x <= x,
            Self::Top(y) => p.y >= y,
            Self::Bottom(y) => p.y <= y,
        }
    }

    /// Where the line between two points on different sides crosses it.
    fn crossing(self, a: PagePoint, b: PagePoint) -> PagePoint {
        match self {
            Self::Left(x) | Self::Right(x) => {
                PagePoint::new(x, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y))
            }
            Self::Top(y) | Self::Bottom(y) => {
                PagePoint::new(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y)
            }
        }
    }
}

/// The part of a closed ring inside a rectangle, empty if there is none: Sutherland and Hodgman,
/// *Reentrant polygon clipping* (1974). Parts of a ring that leaves and comes back stay joined
/// along the side, with no land between.
fn ring(mut points: Vec<PagePoint>, rect: PageRect) -> Vec<PagePoint> {
    for side in Side::all(rect) {
        if points.iter().all(|p| side.is_inside(*p)) {
            continue;
        }
        let mut kept = Vec::with_capacity(points.len());
        let mut last = points.last().copied();
        for p in points {
            if let Some(last) = last.filter(|last| side.is_inside(*last) != side.is_inside(p)) {
                kept.push(side.crossing(last, p));
            }
            if side.is_inside(p) {
                kept.push(p);
            }
            last = Some(p);
        }
        points = kept;
    }
    points
}

/// The parts of a line inside a rectangle, in their order.
fn line(points: Vec<PagePoint>, rect: PageRect) -> Vec<Vec<PagePoint>> {
    Side::all(rect).into_iter().fold(vec![points], |lines, side| {
        lines.into_iter().flat_map(|line| at_side(line, side)).collect()
    })
}

/// The parts of a line on the inner side of a line across the page.
fn at_side(points: Vec<PagePoint>, side: Side) -> Vec<Vec<PagePoint>> {
    if points.iter().all(|p| side.is_inside(*p)) {
        return vec![points];
    }
    let mut parts: Vec<Vec<PagePoint>> = Vec::new();
    let mut part = Vec::new();
    let mut last: Option<PagePoint> = None;
    for p in points {
        if let Some(last) = last.filter(|last| side.is_inside(*last) != side.is_inside(p)) {
            part.push(side.crossing(last, p));
        }
        if side.is_inside(p) {
            part.push(p);
        } else {
            parts.push(std::mem::take(&mut part));
        }
        last = Some(p);
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: PageRect = PageRect { x: 10.0, y: 20.0, width: 100.0, height: 50.0 };

    fn points(list: &[(f32, f32)]) -> Vec<PagePoint> {
        list.iter().map(|(x, y)| PagePoint::new(*x, *y)).collect()
    }

    /// Twice the signed area.
    fn area(ring: &[PagePoint]) -> f32 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
    }

    #[test]
    fn a_ring_inside_stays_as_it_is() {
        let inside = points(&[(10.0, 20.0), (110.0, 20.0), (60.0, 70.0)]);
        assert_eq!(ring(inside.clone(), FRAME), inside);
    }

    #[test]
    fn a_ring_outside_vanishes() {
        for (dx, dy) in [(-200.0, 0.0), (200.0, 0.0), (0.0, -200.0), (0.0, 200.0)] {
            let outside =
                points(&[(20.0 + dx, 30.0 + dy), (90.0 + dx, 30.0 + dy), (50.0 + dx, 60.0 + dy)]);
            assert!(ring(outside, FRAME).is_empty());
        }
    }

    #[test]
    fn a_ring_around_the_rectangle_becomes_it() {
        let around = points(&[(-500.0, -500.0), (500.0, -500.0), (500.0, 500.0), (-500.0, 500.0)]);
        let cut = ring(around.clone(), FRAME);
        assert!((area(&cut) - 2.0 * FRAME.width * FRAME.height).abs() < 0.5);
        // Turned around, it stays turned around: a hole stays a hole.
        let hole = ring(around.into_iter().rev().collect(), FRAME);
        assert!((area(&hole) + 2.0 * FRAME.width * FRAME.height).abs() < 0.5);
    }

    #[test]
    fn a_ring_that_leaves_and_comes_back_keeps_both_parts() {
        // A U that is open to the left; its bow lies outside on the right.
        let u = points(&[
            (20.0, 30.0),
            (200.0, 30.0),
            (200.0, 60.0),
            (20.0, 60.0),
            (20.0, 55.0),
            (150.0, 55.0),
            (150.0, 35.0),
            (20.0, 35.0),
        ]);
        let cut = ring(u, FRAME);
        assert!(cut.iter().all(|p| p.x <= 110.0));
        assert!((area(&cut).abs() - 2.0 * 2.0 * 90.0 * 5.0).abs() < 0.5, "{cut:?}");
    }

    #[test]
    fn a_line_is_cut_into_the_parts_inside() {
        let zigzag = points(&[(0.0, 30.0), (60.0, 30.0), (60.0, 0.0), (80.0, 0.0), (80.0, 100.0)]);
        let parts = line(zigzag, FRAME);
        assert_eq!(
            parts,
            [
                points(&[(10.0, 30.0), (60.0, 30.0), (60.0, 20.0)]),
                points(&[(80.0, 20.0), (80.0, 70.0)]),
            ]
        );
    }

    #[test]
    fn a_line_across_a_corner_is_kept_and_one_that_misses_it_is_not() {
        assert_eq!(line(points(&[(0.0, 40.0), (40.0, 0.0)]), FRAME).len(), 1);
        assert!(line(points(&[(0.0, 15.0), (15.0, 0.0)]), FRAME).is_empty());
        assert!(line(Vec::new(), FRAME).concat().is_empty());
    }
}
