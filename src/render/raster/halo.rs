//! The land that letters keep free around them.

use vello_cpu::kurbo::{self, BezPath, PathEl, Point, Shape, Vec2};

/// Corners that turn by less than this keep their form: the cosine of 60 degrees. A sharper one is
/// cut off, as it would reach far out.
const SHARP: f64 = 0.5;
/// The farthest that the corner of a notch is moved, as a multiple of the halo's width.
const FARTHEST: f64 = 2.0;

/// The outline of what lies within `width` of a letter, to be filled like the letter itself (nonzero
/// rule). It may be off by `off`, both in the units of the letter.
///
/// Every contour is moved to the side that is not filled, corner by corner; a counter that is too
/// narrow to be left open vanishes.
pub fn around(ink: &BezPath, width: f64, off: f64) -> BezPath {
    let contours = contours(ink, off);
    let areas: Vec<f64> = contours.iter().map(|contour| area(contour)).collect();
    // What is filled lies on the same side of every contour of a font, and the largest is an outer
    // one.
    let largest = areas.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs()));
    let width = width.copysign(largest.unwrap_or_default());
    let mut halo = BezPath::new();
    for (contour, before) in contours.iter().zip(areas) {
        let moved = moved(contour, width);
        // A circle that is moved farther than its radius comes out at the other side, whole again:
        // no point of it was farther from its outline than twice its area by its length.
        let is_counter = before * width < 0.0;
        let is_gone = is_counter && 2.0 * before.abs() <= width.abs() * length(contour);
        if !is_gone && area(&moved) * before > 0.0 {
            halo.extend(path(&moved));
        }
    }
    halo
}

/// The contours of a letter as corners between straight lines, none twice in a row.
fn contours(ink: &BezPath, off: f64) -> Vec<Vec<Point>> {
    let mut contours: Vec<Vec<Point>> = Vec::new();
    kurbo::flatten(ink, off, |element| match element {
        PathEl::MoveTo(p) => contours.push(vec![p]),
        PathEl::LineTo(p) => {
            if let Some(contour) = contours.last_mut().filter(|c| c.last() != Some(&p)) {
                contour.push(p);
            }
        }
        _ => {} // the closing line is the one from the last corner to the first
    });
    for contour in &mut contours {
        while contour.len() > 1 && contour.first() == contour.last() {
            contour.pop();
        }
    }
    contours.retain(|contour| contour.len() > 2);
    contours
}

/// A closed contour, every line of it moved at a right angle by `width`: outwards if that and the
/// area of the contour have the same sign.
fn moved(contour: &[Point], width: f64) -> Vec<Point> {
    let ends = contour.iter().zip(contour.iter().cycle().skip(1));
    // At a right angle to each line, the one from the last corner to the first in front.
    let across = |along: Vec2| Vec2::new(along.y, -along.x);
    let mut aside: Vec<Vec2> = ends.map(|(a, b)| across((*b - *a).normalize())).collect();
    aside.rotate_right(1);
    let next = aside.iter().cycle().skip(1);
    let mut moved = Vec::with_capacity(contour.len());
    for ((corner, before), after) in contour.iter().zip(&aside).zip(next) {
        let turn = before.dot(*after);
        let is_outwards = before.cross(*after) * width > 0.0;
        if is_outwards && turn < SHARP {
            moved.extend([*corner + *before * width, *corner + *after * width]);
        } else {
            // The corner of two lines that were both moved by the width.
            let to = (*before + *after) / (1.0 + turn).max(1e-9);
            moved.push(*corner + to * (FARTHEST / to.hypot()).min(1.0) * width);
        }
    }
    moved
}

fn area(contour: &[Point]) -> f64 {
    path(contour).area()
}

fn length(contour: &[Point]) -> f64 {
    let ends = contour.iter().zip(contour.iter().cycle().skip(1));
    ends.map(|(a, b)| a.distance(*b)).sum()
}

fn path(contour: &[Point]) -> BezPath {
    let mut corners = contour.iter().copied();
    let first = corners.next().map(PathEl::MoveTo);
    first.into_iter().chain(corners.map(PathEl::LineTo)).chain([PathEl::ClosePath]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(low: f64, high: f64) -> Vec<Point> {
        [(low, low), (high, low), (high, high), (low, high)].map(Point::from).to_vec()
    }

    fn hole(low: f64, high: f64) -> Vec<Point> {
        square(low, high).into_iter().rev().collect()
    }

    /// A letter of some contours, as it is and seen in a mirror: fonts differ in the direction.
    fn letters(contours: &[Vec<Point>]) -> [BezPath; 2] {
        let letter: BezPath = contours.iter().flat_map(|contour| path(contour)).collect();
        [kurbo::Affine::FLIP_X * &letter, letter]
    }

    #[test]
    fn all_within_the_width_is_filled_and_nothing_beyond() {
        let stem = [(0.0, 0.0), (2.0, 0.0), (2.0, 8.0), (9.0, 8.0), (9.0, 10.0), (0.0, 10.0)];
        let stem = stem.map(Point::from).to_vec();
        for letter in letters(std::slice::from_ref(&stem)) {
            let mirror = letter.bounding_box().x0 < -1.0;
            let halo = around(&letter, 1.0, 0.1);
            for (x, y) in (-30..120).flat_map(|x| (-30..130).map(move |y| (x, y))) {
                let p = Point::new(f64::from(x) / 10.0 + 0.03, f64::from(y) / 10.0 + 0.03);
                let sides = stem.iter().zip(stem.iter().cycle().skip(1));
                let side = |(a, b): (&Point, &Point)| {
                    kurbo::ParamCurveNearest::nearest(&kurbo::Line::new(*a, *b), p, 1e-9)
                };
                let far = sides.map(|s| side(s).distance_sq.sqrt()).fold(f64::MAX, f64::min);
                let far = if path(&stem).winding(p) == 0 { far } else { -far };
                let seen = if mirror { Point::new(-p.x, p.y) } else { p };
                let is_in = halo.winding(seen) != 0;
                // At corners it is cut off.
                assert!(is_in || far > 0.69, "{p:?} is {far} off and left out");
                assert!(!is_in || far < 1.0, "{p:?} is {far} off and filled");
            }
        }
    }

    #[test]
    fn a_counter_becomes_narrower_until_it_vanishes() {
        for letter in letters(&[square(0.0, 20.0), hole(5.0, 15.0)]) {
            let middle = letter.bounding_box().center();
            let winding = |width| around(&letter, width, 0.1).winding(middle);
            assert_eq!(winding(4.0), 0);
            assert_ne!(winding(6.0), 0);
            let open = around(&letter, 1.0, 0.1).area().abs();
            assert!((open - (22.0 * 22.0 - 4.0 * 0.5 - 8.0 * 8.0)).abs() < 1e-6, "{open}");
        }
    }

    #[test]
    fn what_encloses_nothing_has_no_halo() {
        let point = Point::new(3.0, 3.0);
        for contour in [vec![point], vec![point, point], vec![point, Point::new(9.0, 3.0)]] {
            assert!(around(&path(&contour), 1.0, 0.1).is_empty());
        }
        assert!(around(&BezPath::new(), 1.0, 0.1).is_empty());
    }
}
