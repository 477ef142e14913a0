//! Names beside their areas, with a line to them.

use super::land::is_all;
use super::{Ground, Land, Outside, Placed, Side, Taken, Wish};
use crate::geo::space::{PagePoint, PageRect};

/// Directions in which a place is looked for.
const DIRECTIONS: u8 = 32;

impl<L: Land> Taken<'_, L> {
    /// The place on open ground with the shortest line that crosses nothing.
    pub(super) fn outside(&self, wish: &Wish, outside: Outside) -> Option<Placed> {
        let from = *wish.places.first()?;
        let size = outside.size;
        let mut best: Option<(f32, Placed)> = None;
        for direction in 0..DIRECTIONS {
            let angle = f32::from(direction) * std::f32::consts::TAU / f32::from(DIRECTIONS);
            let (dx, dy) = (angle.cos(), angle.sin());
            for (breaks, way) in (0u8..).zip(wish.name.ways.iter()) {
                let half = way.half(size);
                // As far as the block reaches towards the area.
                let own = (half.0 * dx.abs()).max(half.1 * dy.abs()).min(half.0.hypot(half.1));
                let mut distance = size;
                while distance <= outside.reach {
                    // One break costs little, but each further one more than the one before: short
                    // lines are read badly.
                    let cost = distance + 0.35 * size * f32::from(breaks * breaks);
                    if best.as_ref().is_some_and(|(least, _)| *least <= cost) {
                        break;
                    }
                    let at = PagePoint::new(
                        from.x + dx * (distance + own),
                        from.y + dy * (distance + own),
                    );
                    if let Some((extra, leader)) = self.lead(wish, outside, from, at, half)
                        && best.as_ref().is_none_or(|(least, _)| cost + extra < *least)
                    {
                        let side = match dx {
                            dx if dx > 0.4 => Side::Left,
                            dx if dx < -0.4 => Side::Right,
                            _ => Side::Middle,
                        };
                        let lines = way.lines.clone();
                        let (area, leader) = (wish.area, Some(leader));
                        let name =
                            Placed { area, lines, at, size, half, side, leader, is_inside: false };
                        best = Some((cost + extra, name));
                    }
                    distance += size * 0.5;
                }
            }
        }
        best.map(|(_, name)| name)
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
