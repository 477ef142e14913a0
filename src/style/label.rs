//! Placing names in their areas: wrapped, inside, never on top of each other.

use super::font::{LINE_HEIGHT, Weight, width};
use crate::geo::space::PagePoint;

/// A name that wants a place.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// The area, for the caller.
    pub area: usize,
    /// The name.
    pub name: &'a str,
    /// Where the middle of the name could be, on the page, the best place first.
    pub places: Vec<PagePoint>,
    /// Wishes are granted from the largest to the smallest.
    pub priority: f64,
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
}

impl Placed {
    fn overlaps(&self, at: PagePoint, half: (f32, f32)) -> bool {
        const GAP: f32 = 3.0;
        (self.at.x - at.x).abs() < self.half.0 + half.0 + GAP
            && (self.at.y - at.y).abs() < self.half.1 + half.1 + GAP
    }
}

/// Places as many names as there is room for. `inside` tells whether a point of the page is
/// in an area: every name lies wholly in its own. Sizes go from `largest` down to `smallest`,
/// in pixels.
pub fn place(
    mut wishes: Vec<Wish<'_>>,
    largest: f32,
    smallest: f32,
    inside: impl Fn(usize, PagePoint) -> bool,
) -> Vec<Placed> {
    wishes.sort_by(|a, b| b.priority.total_cmp(&a.priority).then(a.area.cmp(&b.area)));
    let mut placed: Vec<Placed> = Vec::new();
    for wish in &wishes {
        let breaks: Vec<Broken<'_>> =
            (1..=4).filter_map(|lines| break_up(wish.name, lines)).collect();
        let mut size = largest;
        while size >= smallest {
            let fits = |(broken, at): &(&Broken<'_>, PagePoint)| {
                let half = broken.half(size);
                !placed.iter().any(|other| other.overlaps(*at, half))
                    && lies_inside(wish.area, *at, half, &inside)
            };
            let mut options =
                wish.places.iter().flat_map(|at| breaks.iter().map(move |broken| (broken, *at)));
            if let Some((broken, at)) = options.find(fits) {
                let lines = broken.lines.iter().map(|words| words.join(" ")).collect();
                let half = broken.half(size);
                placed.push(Placed { area: wish.area, lines, at, size, half });
                break;
            }
            size -= 1.0;
        }
    }
    placed
}

/// A name broken into lines, whatever the size.
struct Broken<'a> {
    lines: Vec<Vec<&'a str>>,
    /// Width of the widest line in ems.
    widest: f32,
}

impl Broken<'_> {
    /// Half the width and height at a font size.
    fn half(&self, size: f32) -> (f32, f32) {
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let lines = self.lines.len() as f32;
        (self.widest * size / 2.0, lines * size * LINE_HEIGHT / 2.0)
    }
}

/// The name in a number of lines, as even as its words allow; `None` if it has too few words.
fn break_up(name: &str, lines: usize) -> Option<Broken<'_>> {
    let ems = |text: &str| width(text, 1.0, Weight::Bold);
    let space = ems(" ");
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let share = ems(name) / lines as f32;
    let mut broken: Vec<Vec<&str>> = vec![Vec::new()];
    let (mut filled, mut in_line, mut widest) = (0.0, 0.0, 0.0f32);
    for word in name.split(' ') {
        let long = ems(word);
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let due = share * broken.len() as f32;
        if broken.len() < lines && in_line > 0.0 && filled + long / 2.0 > due {
            broken.push(Vec::new());
            in_line = 0.0;
        }
        if let Some(line) = broken.last_mut() {
            line.push(word);
        }
        in_line += if in_line > 0.0 { space + long } else { long };
        filled += long + space;
        widest = widest.max(in_line);
    }
    (broken.len() == lines).then_some(Broken { lines: broken, widest })
}

/// Whether a block around a point lies in an area. The corners are asked first: they are the
/// first to stick out.
fn lies_inside(
    area: usize,
    at: PagePoint,
    (w, h): (f32, f32),
    inside: &impl Fn(usize, PagePoint) -> bool,
) -> bool {
    [1.0, 0.0, 0.5].iter().all(|x| {
        [1.0, 0.0].iter().all(|y| {
            [(*x, *y), (-x, *y), (*x, -y), (-x, -y)]
                .iter()
                .all(|(x, y)| inside(area, PagePoint::new(at.x + x * w, at.y + y * h * 0.9)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(area: usize, name: &str, x: f32, priority: f64) -> Wish<'_> {
        Wish { area, name, places: vec![PagePoint::new(x, 50.0)], priority }
    }

    #[test]
    fn a_long_name_wraps_into_a_narrow_area() {
        let narrow = |_, p: PagePoint| (p.x - 50.0).abs() < 45.0 && (p.y - 50.0).abs() < 40.0;
        let placed =
            place(vec![wish(0, "Hampshire and Isle of Wight", 50.0, 1.0)], 13.0, 9.0, narrow);
        assert_eq!(placed.len(), 1);
        assert!(placed[0].lines.len() > 1, "{placed:?}");
        assert_eq!(placed[0].lines.join(" "), "Hampshire and Isle of Wight");
    }

    #[test]
    fn of_two_names_in_one_place_the_larger_area_wins() {
        let placed = place(
            vec![wish(0, "Small", 50.0, 1.0), wish(1, "Large", 55.0, 9.0)],
            13.0,
            9.0,
            |_, _| true,
        );
        assert_eq!(placed.iter().map(|p| p.area).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        assert!(place(vec![wish(0, "Sussex", 50.0, 1.0)], 13.0, 9.0, |_, _| false).is_empty());
    }
}
