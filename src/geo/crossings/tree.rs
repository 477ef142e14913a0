//! A tree of boxes over lines: what is near what, at a glance.

use super::{Line, RUN};
use crate::geo::space::Grid;

/// Boxes that make one on the level above.
const FAN: usize = 4;

/// A box on the grid: western, southern, eastern and northern limit, in metres.
#[derive(Clone, Copy)]
pub(super) struct Reach([f64; 4]);

impl Reach {
    /// That of a segment.
    #[inline]
    pub fn of([a, b]: [Grid; 2]) -> Self {
        Self([a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)])
    }

    fn with(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.min(e), b.min(f), c.max(g), d.max(h)])
    }

    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "a jump that nobody can foresee costs more")]
    pub fn meets(self, other: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        (a <= g) & (e <= c) & (b <= h) & (f <= d)
    }
}

/// Segments that follow each other on a line.
pub(super) struct Run {
    /// Number of the line.
    pub line: usize,
    /// Its first segment and the one after its last.
    pub start: usize,
    pub end: usize,
}

/// A node: level above the runs, and number on that level.
pub(super) type Node = (usize, usize);

/// Runs of lines, and boxes around them, around four of those, and so on up to one.
pub(super) struct Tree {
    pub runs: Vec<Run>,
    levels: Vec<Vec<Reach>>,
}

impl Tree {
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut runs = Vec::new();
        let mut boxes = Vec::new();
        for line in near_each_other(lines) {
            let segments = lines[line].segments();
            for start in (0..segments).step_by(RUN) {
                let end = (start + RUN).min(segments);
                let reaches = (start..end).map(|i| Reach::of(lines[line].segment(i)));
                boxes.extend(reaches.reduce(Reach::with));
                runs.push(Run { line, start, end });
            }
        }
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|below| below.len() > 1) {
            let around = |part: &[Reach]| part.iter().copied().reduce(Reach::with);
            levels.push(below.chunks(FAN).filter_map(around).collect());
        }
        Self { runs, levels }
    }

    /// The node around all, unless there is nothing.
    pub fn root(&self) -> Option<Node> {
        let top = self.levels.len() - 1;
        (!self.levels[top].is_empty()).then_some((top, 0))
    }

    pub fn reach(&self, (level, number): Node) -> Reach {
        self.levels[level][number]
    }

    /// The nodes right below one that is no run.
    pub fn below(&self, (level, number): Node) -> impl Iterator<Item = Node> + Clone + use<> {
        let first = number * FAN;
        let end = (first + FAN).min(self.levels[level - 1].len());
        (first..end).map(move |number| (level - 1, number))
    }

    /// Whether the segments of a node, or of two that follow each other, all lead the same way
    /// along one line: then none of them can come near another one again.
    ///
    /// Only asked of nodes that are small: the larger one is, the less likely it is so.
    pub fn leads_on(&self, lines: &[Line<'_>], a: Node, b: Node) -> bool {
        let (level, number) = a;
        if level > 2 || b.1 - number > 1 {
            return false;
        }
        let runs = FAN.pow(u32::try_from(level).unwrap_or(u32::MAX));
        let first = &self.runs[number * runs];
        let last = &self.runs[((b.1 + 1) * runs).min(self.runs.len()) - 1];
        if first.line != last.line {
            return false;
        }
        let line = &lines[first.line];
        let [from, _] = line.segment(first.start);
        let [_, to] = line.segment(last.end - 1);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        (first.start..last.end).all(|i| {
            let [a, b] = line.segment(i);
            (b.x - a.x) * dx + (b.y - a.y) * dy > 0.0
        })
    }

    /// About how many segments a node holds.
    pub fn size((level, _): Node) -> usize {
        RUN * FAN.pow(u32::try_from(level).unwrap_or(u32::MAX))
    }
}

/// The numbers of lines in an order that keeps together what is near: along a Z-shaped curve
/// through the plane (Morton, 1966).
fn near_each_other(lines: &[Line<'_>]) -> Vec<usize> {
    let place = |line: &Line<'_>| line.points.first().map_or(0, |p| z_order(*p));
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_cached_key(|line| place(&lines[*line]));
    order
}

/// The place of a point on the curve, with cells of 64 metres.
#[expect(clippy::cast_possible_truncation, reason = "a conversion stops at the limits")]
#[expect(clippy::cast_sign_loss, reason = "a conversion stops at the limits")]
fn z_order(p: Grid) -> u64 {
    let spread = |m: f64| {
        let mut bits = u64::from((m / 64.0 + 32_768.0) as u16);
        for (shift, mask) in
            [(8, 0x00ff_00ff), (4, 0x0f0f_0f0f), (2, 0x3333_3333), (1, 0x5555_5555)]
        {
            bits = (bits | bits << shift) & mask;
        }
        bits
    };
    spread(p.x) | spread(p.y) << 1
}
