//! Placing names on a map: in their areas, else beside the coast with a line, else as a number.
//!
//! No name lies on another one, on the land of another area, on what [`Rules::keep_out`] covers, or
//! off the frame. What is tried depends on places relative to the area's anchor only, so names stay
//! where they are when the map is panned, until the edge of the frame comes near.

mod breaks;
mod land;
mod lattice;
mod lead;
mod memory;

use std::cell::RefCell;

use crate::geo::space::{PagePoint, PageRect};
use breaks::Broken;
pub use breaks::Name;
pub use land::{Ground, Land};
use lattice::Lattice;
use memory::Block;
pub use memory::Memory;

/// A name that wants a place.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The area, for the caller.
    pub area: usize,
    /// The name.
    pub name: Name,
    /// Where the middle of the name could be, on the page, the best place first.
    pub places: Vec<PagePoint>,
    /// Width and height of the box around the area, in pixels.
    pub extent: (f32, f32),
    /// Wishes are granted from the largest to the smallest.
    pub priority: f64,
    /// Where a person has put the middle of the name.
    pub pinned: Option<PagePoint>,
    /// Whether it gets a name rather than a number, even if its line is long.
    pub is_important: bool,
}

/// What is allowed.
#[derive(Debug, Clone)]
pub struct Rules<'a> {
    /// The part of the page that names stay in.
    pub frame: PageRect,
    /// What no name may lie on.
    pub keep_out: &'a [PageRect],
    /// Largest and smallest font size of names in their areas, in pixels.
    pub sizes: (f32, f32),
    /// Font size of names that a person has put, in pixels.
    pub put: f32,
    /// How names stand outside their areas, if they may.
    pub outside: Option<Outside>,
    /// Font size of numbers, if areas without a name get one.
    pub numbers: Option<f32>,
}

/// Names outside their areas, with a line to them.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    /// Font size in pixels.
    pub size: f32,
    /// How far from the anchor a name may be, in pixels.
    pub reach: f32,
    /// How much of the line may lie on other areas, in pixels.
    pub over_others: f32,
}

/// Where the lines of a text stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They begin at the left edge of the block.
    Left,
    /// Their middles are under each other.
    Middle,
    /// They end at the right edge of the block.
    Right,
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The area, for the caller.
    pub area: usize,
    /// The lines of the name.
    pub lines: Vec<String>,
    /// The middle of the block of lines.
    pub at: PagePoint,
    /// Font size in pixels.
    pub size: f32,
    /// Half the width and height of the block.
    pub half: (f32, f32),
    /// Where the lines stand in the block.
    pub side: Side,
    /// A line from the area to the block, for a name outside.
    pub leader: Option<[PagePoint; 2]>,
    /// Whether all of the block lies in the area.
    pub is_inside: bool,
}

impl Placed {
    /// The block of lines.
    #[must_use]
    pub fn rect(&self) -> PageRect {
        PageRect::around(self.at, self.half)
    }
}

/// An area that gets a number, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbered {
    /// The area, for the caller.
    pub area: usize,
    /// The middle of the number.
    pub at: PagePoint,
    /// Half the width and height of its block.
    pub half: (f32, f32),
}

/// What became of the wishes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placement {
    /// Names, in the order in which they were placed.
    pub names: Vec<Placed>,
    /// Areas with a number, from north to south and west to east.
    pub numbered: Vec<Numbered>,
    /// Areas that got neither.
    pub left_out: Vec<usize>,
}

impl Placement {
    /// Whether a block lies on nothing that was placed. If so, the same would have been placed with
    /// that block kept out from the beginning: it could only have turned down what was turned down
    /// all the same.
    #[must_use]
    pub fn leaves_free(&self, block: PageRect) -> bool {
        let names = self.names.iter().map(Placed::rect);
        let numbers = self.numbered.iter().map(|number| PageRect::around(number.at, number.half));
        !names.chain(numbers).any(|rect| rect.overlaps(block))
            && !self.names.iter().filter_map(|name| name.leader).any(|line| block.is_met_by(line))
    }
}

/// Space around a name that no other one enters, as a multiple of its font size.
const GAP: f32 = 0.22;
/// Steps from one font size to the next smaller one.
const SIZES: f32 = 6.0;

/// A line of letters fills its height not quite.
const FULL: f32 = 0.95;
/// So much of half the width of a name that hangs over is in its area all the same.
const HELD: f32 = 0.4;

/// Where a block is tried: at the best place and around it, in shares of half its size.
const AROUND: [(f32, f32); 9] = [
    (0.0, 0.0),
    (0.0, 0.5),
    (0.0, -0.5),
    (0.3, 0.0),
    (-0.3, 0.0),
    (0.3, 0.5),
    (-0.3, 0.5),
    (0.3, -0.5),
    (-0.3, -0.5),
];

/// Whether a block could lie in an area at all, by the box around the area: `lies_in` asks for land
/// at these distances.
fn may_lie_within((w, h): (f32, f32), (width, height): (f32, f32), may_hang: bool) -> bool {
    let air = 0.5; // for what is lost in rounding
    if may_hang {
        2.0 * HELD * w <= width + air
    } else {
        2.0 * w <= width + air && 2.0 * FULL * h <= height + air
    }
}

/// Places as many names as there is room for.
pub fn place(wishes: Vec<Wish>, rules: &Rules<'_>, land: &(impl Land + Sync)) -> Placement {
    place_with(wishes, rules, land, None)
}

/// Places names as [`place`] does. A memory spares it what is known of the land at this scale, if
/// it is told where on the page the origin of the map lies.
pub fn place_with(
    mut wishes: Vec<Wish>,
    rules: &Rules<'_>,
    land: &(impl Land + Sync),
    memory: Option<(&mut Memory, PagePoint)>,
) -> Placement {
    wishes.sort_by(|a, b| b.priority.total_cmp(&a.priority).then(a.area.cmp(&b.area)));
    let digits = match wishes.len() {
        0..10 => 1.0,
        10..100 => 2.0,
        _ => 3.0,
    };
    let mut taken = Taken {
        rules,
        digits,
        land,
        lattice: None,
        memory: memory.map(|(memory, origin)| (RefCell::new(memory), origin)),
        rects: rules.keep_out.to_vec(),
        lines: Vec::new(),
    };
    let mut placement = Placement::default();
    let within = || taken.within(wishes, &mut placement);
    let waiting = if rules.outside.is_some() {
        let (lattice, waiting) = rayon::join(|| Lattice::over(rules.frame, land), within);
        taken.lattice = Some(lattice);
        waiting
    } else {
        within()
    };
    let mut without = Vec::new();
    for wish in waiting {
        let farther = |outside: Outside| Outside {
            reach: 2.5 * outside.reach,
            over_others: 8.0 * outside.over_others,
            ..outside
        };
        let outside = if wish.is_important { rules.outside.map(farther) } else { rules.outside };
        let found = outside.and_then(|outside| taken.outside(&wish, outside));
        match found.or_else(|| taken.in_area(&wish, true)) {
            Some(name) => taken.grant(name, &mut placement),
            None => without.push(wish),
        }
    }
    for wish in without {
        match rules.numbers.and_then(|size| taken.number(&wish, size)) {
            Some(number) => placement.numbered.push(number),
            None => placement.left_out.push(wish.area),
        }
    }
    placement.numbered.sort_by(|a, b| {
        // Rows of a finger's breadth: within one, people read from left to right.
        let row = |n: &Numbered| (n.at.y / (rules.frame.height / 24.0).max(1.0)).floor();
        row(a).total_cmp(&row(b)).then(a.at.x.total_cmp(&b.at.x)).then(a.area.cmp(&b.area))
    });
    placement
}

/// What of the page is taken already.
struct Taken<'a, L: Land> {
    rules: &'a Rules<'a>,
    /// Most digits that a number may have.
    digits: f32,
    land: &'a L,
    /// Where there is land, if names may stand outside.
    lattice: Option<Lattice>,
    /// What was known before, and where the origin of the map lies.
    memory: Option<(RefCell<&'a mut Memory>, PagePoint)>,
    rects: Vec<PageRect>,
    lines: Vec<[PagePoint; 2]>,
}

impl<L: Land> Taken<'_, L> {
    /// Places names where a person has put them, then in their areas. Returns those that find no
    /// room.
    fn within(&mut self, wishes: Vec<Wish>, placement: &mut Placement) -> Vec<Wish> {
        let (pinned, free): (Vec<Wish>, Vec<Wish>) =
            wishes.into_iter().partition(|wish| wish.pinned.is_some());
        let mut waiting = Vec::new();
        for wish in pinned.into_iter().chain(free) {
            let found = match wish.pinned {
                Some(at) => Some(self.put(&wish, at)),
                None => self.in_area(&wish, false),
            };
            match found {
                Some(name) => self.grant(name, placement),
                None => waiting.push(wish),
            }
        }
        waiting
    }

    fn grant(&mut self, name: Placed, placement: &mut Placement) {
        let gap = GAP * name.size;
        self.rects.push(name.rect().grown(gap));
        self.lines.extend(name.leader);
        placement.names.push(name);
    }

    /// Whether a block lies on the frame and on nothing that is taken.
    fn is_free(&self, rect: PageRect) -> bool {
        self.rules.frame.holds(rect)
            && !self.rects.iter().any(|other| other.overlaps(rect))
            && !self.lines.iter().any(|line| rect.is_met_by(*line))
    }

    /// A name where a person has put it: one line, or as few as make it no wider than a fifth of
    /// the frame. Moved outside of its area it keeps a line to it.
    fn put(&self, wish: &Wish, at: PagePoint) -> Placed {
        let size = self.rules.put;
        let ways = &wish.name.ways;
        let narrow = |way: &&Broken| way.half(size).0 * 2.0 <= self.rules.frame.width / 5.0;
        let way = ways.iter().find(narrow).or(ways.last());
        let (lines, half) =
            way.map_or_else(Default::default, |way| (way.lines.clone(), way.half(size)));
        // On a page of another shape it may have been put off the edge.
        let frame = self.rules.frame;
        let within = |p: f32, half: f32, from: f32, to: f32| p.min(to - half).max(from + half);
        let at = PagePoint::new(
            within(at.x, half.0, frame.x, frame.right()),
            within(at.y, half.1, frame.y, frame.bottom()),
        );
        let own = Ground::Area(wish.area);
        let is_inside = self.land.at(at) == own;
        let block = PageRect::around(at, half);
        let from = wish.places.first().copied().filter(|from| !is_inside && !block.contains(*from));
        let leader = from.map(|from| [from, lead::end(from, block)]);
        Placed { area: wish.area, lines, at, size, half, side: Side::Middle, leader, is_inside }
    }

    /// The largest size at which a name has room in its area, or partly over open ground if it
    /// `may_hang`.
    fn in_area(&self, wish: &Wish, may_hang: bool) -> Option<Placed> {
        let ways = &wish.name.ways;
        let (largest, smallest) = self.rules.sizes;
        let step = ((largest - smallest) / SIZES).max(0.5);
        let mut size = largest;
        while size >= smallest - 0.01 {
            // A little beside the best place only where the name would be left out otherwise.
            let around: &[(f32, f32)] = if size < smallest + step { &AROUND } else { &AROUND[..1] };
            for (way, at) in wish.places.iter().flat_map(|at| ways.iter().map(move |w| (w, at))) {
                let half = way.half(size);
                if !may_lie_within(half, wish.extent, may_hang) {
                    continue;
                }
                for (x, y) in around {
                    let at = PagePoint::new(at.x + x * half.0, at.y + y * half.1);
                    let is_free = self.is_free(PageRect::around(at, half));
                    if is_free && self.lies_in(wish.area, at, half, may_hang) {
                        return Some(Placed {
                            area: wish.area,
                            lines: way.lines.clone(),
                            at,
                            size,
                            half,
                            side: Side::Middle,
                            leader: None,
                            is_inside: !may_hang,
                        });
                    }
                }
            }
            size -= step;
        }
        None
    }

    /// Whether a block around a point lies in an area, or partly over open ground if it may.
    fn lies_in(&self, area: usize, at: PagePoint, half: (f32, f32), may_hang: bool) -> bool {
        let Some((memory, origin)) = &self.memory else {
            return self.is_seen_in(area, at, half, may_hang);
        };
        let block = Block::new(area, at, *origin, half, may_hang);
        if let Some(known) = memory.borrow().lies_in(&block) {
            return known;
        }
        let lies_in = self.is_seen_in(area, at, half, may_hang);
        memory.borrow_mut().note(block, lies_in);
        lies_in
    }

    /// Looks whether a block lies in an area.
    fn is_seen_in(&self, area: usize, at: PagePoint, (w, h): (f32, f32), may_hang: bool) -> bool {
        let is_own = |ground: Ground| match ground {
            Ground::Area(here) => here == area,
            Ground::Open => may_hang,
        };
        // The middle of a name that hangs over is in the area all the same.
        let is_held = || {
            let row = self.land.row(at.y);
            [-HELD, 0.0, HELD]
                .iter()
                .all(|x| self.land.on(&row, at.x + x * w) == Ground::Area(area))
        };
        (!may_hang || is_held()) && land::is_all(self.land, at, (w, FULL * h), is_own)
    }

    /// Room for a number in a circle in the area.
    fn number(&mut self, wish: &Wish, size: f32) -> Option<Numbered> {
        let half = (size * (0.3 + 0.34 * self.digits), size * 0.55);
        let beside = |at: &PagePoint, (x, y): (f32, f32)| {
            PagePoint::new(at.x + 2.0 * x * half.0, at.y + 2.0 * y * half.1)
        };
        let far = AROUND.iter().map(|(x, y)| (3.0 * x, 3.0 * y));
        let around: Vec<(f32, f32)> = AROUND.into_iter().chain(far).collect();
        let options = wish.places.iter().flat_map(|at| around.iter().map(|by| beside(at, *by)));
        let is_free = |at: PagePoint| self.is_free(PageRect::around(at, half));
        let is_own = |at: PagePoint| self.land.at(at) == Ground::Area(wish.area);
        let lies_in = |at: &PagePoint| is_free(*at) && self.lies_in(wish.area, *at, half, false);
        let mut near = options.clone().filter(lies_in);
        // In a sliver of land the number lies on its border, but never off it.
        let at = near.next().or_else(|| options.clone().find(|at| is_free(*at) && is_own(*at)))?;
        self.rects.push(PageRect::around(at, half));
        Some(Numbered { area: wish.area, at, half })
    }
}

#[cfg(test)]
mod tests;
