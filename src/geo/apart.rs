//! The parts of lines that lie away from other lines.

use rstar::RTree;
use rstar::primitives::Line;

use super::space::Grid;

/// Longest step between two places of a line that are looked at, as a multiple of the distance.
const STEP: f64 = 2.0;

/// Parts shorter than this many distances are the corners of a border that was drawn anew.
const LEAST: f64 = 4.0;

/// Lines to be away from.
pub struct Others {
    tree: RTree<Line<[f64; 2]>>,
}

impl Others {
    /// Those along runs of points.
    pub fn new<'a>(lines: impl Iterator<Item = &'a [Grid]>) -> Self {
        let segments = lines.flat_map(|points| points.windows(2));
        let segments =
            segments.map(|pair| Line::new([pair[0].x, pair[0].y], [pair[1].x, pair[1].y]));
        Self { tree: RTree::bulk_load(segments.collect()) }
    }

    fn is_near(&self, p: Grid, distance: f64) -> bool {
        self.tree.locate_within_distance([p.x, p.y], distance * distance).next().is_some()
    }

    /// The parts of a line that are more than `distance` metres from all of these, apart from short
    /// ones.
    #[must_use]
    pub fn apart(&self, line: &[Grid], distance: f64) -> Vec<Vec<Grid>> {
        let mut parts: Vec<Vec<Grid>> = Vec::new();
        let mut part: Vec<Grid> = Vec::new();
        for p in places(line, STEP * distance) {
            if self.is_near(p, distance) {
                parts.push(std::mem::take(&mut part));
            } else {
                part.push(p);
            }
        }
        parts.push(part);
        parts.retain(|part| length(part) >= LEAST * distance);
        parts
    }
}

/// The points of a line, and places between those that lie far from each other.
fn places(line: &[Grid], step: f64) -> impl Iterator<Item = Grid> {
    let between = move |pair: &[Grid]| {
        let (a, b) = (pair[0], pair[1]);
        let count = ((b.x - a.x).hypot(b.y - a.y) / step).ceil().clamp(1.0, 10_000.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 10,000")]
        let steps = 0..count as u32;
        steps.map(move |i| {
            let t = f64::from(i) / count;
            Grid { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }
        })
    };
    line.windows(2).flat_map(between).chain(line.last().copied())
}

fn length(line: &[Grid]) -> f64 {
    line.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Grid> {
        points.iter().map(|&(x, y)| Grid { x, y }).collect()
    }

    #[test]
    fn only_what_is_far_is_left() {
        let border = line(&[(0.0, 0.0), (10_000.0, 0.0)]);
        let others = Others::new([border.as_slice()].into_iter());
        // A generalised twin within the distance, and a line that leaves it for good.
        assert!(others.apart(&line(&[(0.0, 90.0), (5000.0, -90.0)]), 100.0).is_empty());
        let leaving = line(&[(0.0, 0.0), (5000.0, 0.0), (5000.0, 6000.0)]);
        let parts = others.apart(&leaving, 100.0);
        assert_eq!(parts.len(), 1);
        let (first, last) = (parts[0][0], parts[0][parts[0].len() - 1]);
        assert!(first.y > 100.0 && first.y <= 300.0, "{first:?}");
        assert!((last.y - 6000.0).abs() < 1e-9);
        // A short corner that was cut off.
        assert!(others.apart(&line(&[(0.0, 0.0), (100.0, 220.0), (200.0, 0.0)]), 100.0).is_empty());
    }
}
