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
    /// Where the middle of the name should be, on the page.
    pub at: PagePoint,
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
    fn overlaps(&self, other: &Self) -> bool {
        const GAP: f32 = 3.0;
        (self.at.x - other.at.x).abs() < self.half.0 + other.half.0 + GAP
            && (self.at.y - other.at.y).abs() < self.half.1 + other.half.1 + GAP
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
        let mut size = largest;
        while size >= smallest {
            let options = (1..=4).filter_map(|lines| set(wish, lines, size));
            let mut free = options.filter(|option| !placed.iter().any(|other| option.overlaps(other)));
            if let Some(option) = free.find(|option| lies_inside(option, &inside)) {
                placed.push(option);
                break;
            }
            size -= 1.0;
        }
    }
    placed
}

/// The name in a number of lines, as even as its words allow; `None` if it has fewer words.
fn set(wish: &Wish<'_>, lines: usize, size: f32) -> Option<Placed> {
    let words: Vec<&str> = wish.name.split(' ').collect();
    if words.len() < lines {
        return None;
    }
    let measure = |text: &str| width(text, size, Weight::Bold);
    let total = measure(wish.name);
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let count = lines as f32;
    let mut set = vec![String::new()];
    for word in words {
        let filled: f32 = set.iter().map(|line| measure(line)).sum();
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let due = total * set.len() as f32 / count;
        let line = set.last_mut()?;
        let is_full = !line.is_empty() && filled + measure(word) / 2.0 > due;
        match (is_full, set.len() < lines) {
            (true, true) => set.push(word.to_owned()),
            _ => {
                let line = set.last_mut()?;
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
        }
    }
    if set.len() != lines {
        return None;
    }
    let half_width = set.iter().map(|line| measure(line)).fold(0.0, f32::max) / 2.0;
    let half = (half_width, count * size * LINE_HEIGHT / 2.0);
    Some(Placed { area: wish.area, lines: set, at: wish.at, size, half })
}

fn lies_inside(placed: &Placed, inside: &impl Fn(usize, PagePoint) -> bool) -> bool {
    let (w, h) = placed.half;
    let steps = [-1.0, -0.5, 0.0, 0.5, 1.0];
    steps.iter().all(|x| {
        [-1.0, 0.0, 1.0].iter().all(|y| {
            inside(placed.area, PagePoint::new(placed.at.x + x * w, placed.at.y + y * h * 0.9))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(area: usize, name: &str, x: f32, priority: f64) -> Wish<'_> {
        Wish { area, name, at: PagePoint::new(x, 50.0), priority }
    }

    #[test]
    fn a_long_name_wraps_into_a_narrow_area() {
        let narrow = |_, p: PagePoint| (p.x - 50.0).abs() < 45.0 && (p.y - 50.0).abs() < 40.0;
        let placed = place(vec![wish(0, "Hampshire and Isle of Wight", 50.0, 1.0)], 13.0, 9.0, narrow);
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
