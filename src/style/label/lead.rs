//! Names beside their areas, with a line to them.

use super::breaks::{Broken, Name};
use super::land::is_all;
use super::{Ground, Land, Outside, Placed, Side, Taken, Wish};
use crate::geo::space::{PagePoint, PageRect};

/// Directions in which a place is looked for.
const DIRECTIONS: u8 = 32;

/// A way to go from an area to its name, and how the name is broken there.
struct Course<'a> {
    dx: f32,
    dy: f32,
    way: &'a Broken,
    half: (f32, f32),
    /// As far as the block reaches towards the area, in pixels.
    own: f32,
    /// What the breaks cost, in pixels of distance.
    breaks: f32,
}

impl<'a> Course<'a> {
    /// All ways of a name at a font size.
    fn all(name: &'a Name, size: f32) -> Vec<Self> {
        let in_direction = |direction: u8| {
            let angle = f32::from(direction) * std::f32::consts::TAU / f32::from(DIRECTIONS);
            let (dx, dy) = (angle.cos(), angle.sin());
            (0u8..).zip(name.ways.iter()).map(move |(breaks, way)| {
                let half = way.half(size);
                let own = (half.0 * dx.abs()).max(half.1 * dy.abs()).min(half.0.hypot(half.1));
                // One break costs little, but each further one more than the one before: short
                // lines are read badly.
                let breaks = 0.35 * size * f32::from(breaks * breaks);
                Self { dx, dy, way, half, own, breaks }
            })
        };
        (0..DIRECTIONS).flat_map(in_direction).collect()
    }

    const fn side(&self) -> Side {
        match self.dx {
            dx if dx > 0.4 => Side::Left,
            dx if dx < -0.4 => Side::Right,
            _ => Side::Middle,
        }
    }
}

impl<L: Land> Taken<'_, L> {
    /// The place on open ground with the shortest line that crosses nothing.
    pub(super) fn outside(&self, wish: &Wish, outside: Outside) -> Option<Placed> {
        let from = *wish.places.first()?;
        let size = outside.size;
        let courses = Course::all(&wish.name, size);
        let mut best: Option<(f32, &Course<'_>, PagePoint, [PagePoint; 2])> = None;
        let mut distance = size;
        // Nearer places first: nothing farther away can be better than what costs less already.
        while distance <= outside.reach && best.is_none_or(|(least, ..)| distance < least) {
            for course in &courses {
                let Course { dx, dy, half, own, breaks, .. } = *course;
                let is_better = |cost: f32| best.is_none_or(|(least, ..)| cost < least);
                let cost = distance + breaks;
                let at =
                    PagePoint::new(from.x + dx * (distance + own), from.y + dy * (distance + own));
                let is_on_land = self.lattice.as_ref().is_some_and(|lattice| lattice.is_land(at));
                if is_on_land || !is_better(cost) {
                    continue;
                }
                if let Some((extra, leader)) = self.lead(wish, outside, from, at, half)
                    && is_better(cost + extra)
                {
                    best = Some((cost + extra, course, at, leader));
                }
            }
            distance += size * 0.5;
        }
        let (_, course, at, leader) = best?;
        Some(Placed {
            area: wish.area,
            lines: course.way.lines.clone(),
            at,
            size,
            half: course.half,
            side: course.side(),
            leader: Some(leader),
            is_inside: false,
        })
    }

    /// The line to a block around `at`, and what it costs that the line crosses other areas;
    /// `None` if the block or the line has no room.
    fn lead(
        &self,
        wish: &Wish,
        outside: Outside,
        from: PagePoint,
        at: PagePoint,
        half: (f32, f32),
    ) -> Option<(f32, [PagePoint; 2])> {
        let rect = PageRect::around(at, half);
        if !self.rules.frame.holds(rect) || !self.is_open(rect, outside.size) || !self.is_free(rect)
        {
            return None;
        }
        let leader = [from, end(from, rect)];
        if self.rects.iter().any(|other| other.is_met_by(leader))
            || self.lines.iter().any(|line| do_cross(*line, leader))
        {
            return None;
        }
        let over = self.over_others(wish.area, leader);
        (over <= outside.over_others).then_some((1.5 * over, leader))
    }

    /// Whether a block lies on open ground only, its surroundings included.
    fn is_open(&self, rect: PageRect, size: f32) -> bool {
        let around = rect.grown(size * 0.5);
        if self.lattice.as_ref().is_some_and(|lattice| lattice.finds_land(around)) {
            return false;
        }
        let (w, h) = (around.width / 2.0, around.height / 2.0);
        [h, h / 2.0]
            .into_iter()
            .all(|h| is_all(self.land, around.centre(), (w, h), |ground| ground == Ground::Open))
    }

    /// How much of a line lies on other areas, in pixels.
    fn over_others(&self, area: usize, [a, b]: [PagePoint; 2]) -> f32 {
        const STEP: f32 = 4.0;
        let length = (b.x - a.x).hypot(b.y - a.y);
        let (mut along, mut over) = (0.0, 0.0);
        while along < length {
            let share = along / length;
            let at = PagePoint::new(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y));
            if let Ground::Area(here) = self.land.at(at)
                && here != area
            {
                over += STEP;
            }
            along += STEP;
        }
        over
    }
}

/// The point of a block where a line from outside ends: on its nearest edge, in the middle of a
/// line of text where it comes from the side.
pub(super) fn end(from: PagePoint, rect: PageRect) -> PagePoint {
    const AIR: f32 = 2.0;
    let middle = rect.y + rect.height / 2.0;
    if from.x < rect.x {
        PagePoint::new(rect.x - AIR, middle)
    } else if from.x > rect.x + rect.width {
        PagePoint::new(rect.x + rect.width + AIR, middle)
    } else {
        let x = from.x.clamp(rect.x + rect.width * 0.2, rect.x + rect.width * 0.8);
        let y = if from.y < middle { rect.y - AIR } else { rect.y + rect.height + AIR };
        PagePoint::new(x, y)
    }
}

/// Whether two lines cross.
fn do_cross([a, b]: [PagePoint; 2], [c, d]: [PagePoint; 2]) -> bool {
    let side = |p: PagePoint, q: PagePoint, r: PagePoint| {
        (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
    };
    (side(a, b, c) > 0.0) != (side(a, b, d) > 0.0) && (side(c, d, a) > 0.0) != (side(c, d, b) > 0.0)
}
