//! Shapes on whole numbers, as freeforms want them.

use crate::geo::space::PagePoint;
use crate::scene::PageRect;

/// Units to a pixel: finer than can be seen or printed. At the usual size a unit is 127 EMU.
pub const UNITS: f32 = 50.0;

/// Points closer to the last one than this are left out, in units: a quarter of a pixel.
const CLOSE: i64 = 12;

/// A rectangle in [`UNITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Left edge.
    pub x: i64,
    /// Top edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
}

impl Frame {
    /// A rectangle of the page.
    pub fn of(rect: PageRect) -> Self {
        let (x, y) = (Self::length(rect.x), Self::length(rect.y));
        let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
        Self { x, y, width: Self::length(right) - x, height: Self::length(bottom) - y }
    }

    /// A length in pixels.
    #[expect(clippy::cast_possible_truncation, reason = "pages have some thousands of pixels")]
    pub fn length(pixels: f32) -> i64 {
        (pixels * UNITS).round() as i64
    }

    /// The rectangle around two.
    pub fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// A point in [`UNITS`].
pub type Point = (i64, i64);

/// Lines or rings in a frame.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The box around them, at least a unit wide and high: programs divide by it.
    pub frame: Frame,
    /// Points, from the top left of the frame.
    pub paths: Vec<Vec<Point>>,
    /// Whether each path returns to where it began.
    pub is_closed: bool,
}

impl Outline {
    /// The outline of some rings or lines; none if nothing of them is left.
    pub fn of(paths: impl Iterator<Item = Vec<PagePoint>>, is_closed: bool) -> Option<Self> {
        let least = if is_closed { 3 } else { 2 };
        let mut paths: Vec<Vec<Point>> =
            paths.map(|path| thin(&path, is_closed)).filter(|path| path.len() >= least).collect();
        let range = |values: &mut dyn Iterator<Item = i64>| {
            let first = values.next()?;
            Some(values.fold((first, first), |(low, high), v| (low.min(v), high.max(v))))
        };
        let (left, right) = range(&mut paths.iter().flatten().map(|p| p.0))?;
        let (top, bottom) = range(&mut paths.iter().flatten().map(|p| p.1))?;
        for point in paths.iter_mut().flatten() {
            *point = (point.0 - left, point.1 - top);
        }
        let (width, height) = ((right - left).max(1), (bottom - top).max(1));
        Some(Self { frame: Frame { x: left, y: top, width, height }, paths, is_closed })
    }
}

/// A path without points that nobody sees. One that would vanish keeps all of them.
fn thin(path: &[PagePoint], is_closed: bool) -> Vec<Point> {
    let mut points: Vec<Point> =
        path.iter().map(|p| (Frame::length(p.x), Frame::length(p.y))).collect();
    points.dedup();
    if is_closed && points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let is_close = |a: Point, b: Point| (a.0 - b.0).pow(2) + (a.1 - b.1).pow(2) < CLOSE * CLOSE;
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for p in &points {
        if kept.last().is_none_or(|last| !is_close(*last, *p)) {
            kept.push(*p);
        }
    }
    if is_closed {
        while kept.len() > 3 && is_close(kept[kept.len() - 1], kept[0]) {
            kept.pop();
        }
    } else if let Some(end) = points.last().filter(|end| kept.last() != Some(end)) {
        // The ends of lines meet those of others.
        if kept.len() > 1 {
            kept.pop();
        }
        kept.push(*end);
    }
    if kept.len() < if is_closed { 3 } else { 2 } { points } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f32, f32)]) -> Vec<PagePoint> {
        list.iter().map(|(x, y)| PagePoint::new(*x, *y)).collect()
    }

    #[test]
    fn close_points_are_left_out_and_ends_stay() {
        let line = points(&[(0.0, 0.0), (0.1, 0.1), (5.0, 0.0), (9.0, 0.0), (9.1, 0.0)]);
        let outline = Outline::of([line].into_iter(), false).unwrap();
        assert_eq!(outline.paths, [[(0, 0), (250, 0), (455, 0)]]);
        assert_eq!(outline.frame, Frame { x: 0, y: 0, width: 455, height: 1 });
    }

    #[test]
    fn a_ring_is_not_closed_twice_and_a_speck_stays() {
        let ring = points(&[(2.0, 2.0), (4.0, 2.0), (4.0, 6.0), (2.1, 2.1), (2.0, 2.0)]);
        let outline = Outline::of([ring].into_iter(), true).unwrap();
        assert_eq!(outline.paths, [[(0, 0), (100, 0), (100, 200)]]);
        let speck = points(&[(0.0, 0.0), (0.1, 0.0), (0.1, 0.1)]);
        assert_eq!(Outline::of([speck].into_iter(), true).unwrap().paths[0].len(), 3);
        assert!(Outline::of([points(&[(1.0, 1.0), (2.0, 2.0)])].into_iter(), true).is_none());
    }

    #[test]
    fn frames_grow_around_others() {
        let rect = |x, y, width, height| Frame::of(PageRect { x, y, width, height });
        assert_eq!(
            rect(0.0, 0.0, 2.0, 2.0).with(rect(1.0, 5.0, 4.0, 1.0)),
            rect(0.0, 0.0, 5.0, 6.0)
        );
    }
}
