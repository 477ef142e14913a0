//! Names broken into lines.

use std::sync::Arc;

use crate::style::font::{LINE_HEIGHT, Weight, width};

/// Most lines that a name is broken into.
const MOST_LINES: usize = 4;

/// Names are bold.
const WEIGHT: Weight = Weight::Bold;

/// A name in every way in which it may be broken into lines.
#[derive(Debug, Clone)]
pub struct Name {
    /// The fewest lines first.
    pub(super) ways: Arc<[Broken]>,
}

impl Name {
    /// A name in one to four even lines. A line break in the text stays one, and is the only one.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let fixed: Vec<&str> = text.split('\n').collect();
        if fixed.len() > 1 {
            let lines = fixed.into_iter().map(str::to_owned).collect();
            return Self { ways: Arc::new([Broken::of(lines)]) };
        }
        let words = Words::of(text);
        Self { ways: (1..=MOST_LINES).filter_map(|lines| words.broken(lines)).collect() }
    }
}

/// A name broken into lines, whatever the size.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub lines: Vec<String>,
    /// Width of the widest line in ems.
    widest: f32,
}

impl Broken {
    fn of(lines: Vec<String>) -> Self {
        let widest = lines.iter().map(|line| ems(line)).fold(0.0, f32::max);
        Self { lines, widest }
    }

    /// Half the width and height at a font size.
    pub fn half(&self, size: f32) -> (f32, f32) {
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let lines = self.lines.len() as f32;
        (self.widest * size / 2.0, lines * size * LINE_HEIGHT / 2.0)
    }
}

/// Width in ems.
fn ems(text: &str) -> f32 {
    width(text, 1.0, WEIGHT)
}

/// The words of a name with their widths in ems.
struct Words<'a> {
    each: Vec<(&'a str, f32)>,
    space: f32,
    /// Width of the whole name.
    whole: f32,
}

impl<'a> Words<'a> {
    fn of(name: &'a str) -> Self {
        let each = name.split(' ').map(|word| (word, ems(word))).collect();
        Self { each, space: ems(" "), whole: ems(name) }
    }

    /// The name in a number of lines, as even as its words allow; `None` if it has too few words.
    fn broken(&self, lines: usize) -> Option<Broken> {
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let share = self.whole / lines as f32;
        let mut broken = vec![String::new()];
        let (mut filled, mut in_line) = (0.0, 0.0);
        for (word, long) in &self.each {
            #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
            let due = share * broken.len() as f32;
            let is_next = broken.len() < lines && in_line > 0.0 && filled + long / 2.0 > due;
            match broken.last_mut() {
                Some(line) if in_line > 0.0 && !is_next => {
                    line.push(' ');
                    line.push_str(word);
                    in_line += self.space + long;
                }
                Some(line) if !is_next => {
                    line.push_str(word);
                    in_line += long;
                }
                _ => {
                    broken.push((*word).to_owned());
                    in_line = *long;
                }
            }
            filled += long + self.space;
        }
        (broken.len() == lines).then(|| Broken::of(broken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_lost_and_more_lines_are_never_wider() {
        let name = "Bath and North East Somerset, Swindon and Wiltshire";
        let Name { ways } = Name::new(name);
        assert_eq!(ways.len(), MOST_LINES);
        for pair in ways.windows(2) {
            assert!(pair[1].widest <= pair[0].widest);
        }
        for way in ways.iter() {
            assert_eq!(way.lines.join(" "), name);
        }
    }

    #[test]
    fn a_line_break_in_the_text_stays() {
        let Name { ways } = Name::new("South East London\n12.5%");
        assert_eq!(ways.len(), 1);
        assert_eq!(ways[0].lines, ["South East London", "12.5%"]);
    }

    #[test]
    fn a_single_word_is_not_broken() {
        assert_eq!(Name::new("Sussex").ways.len(), 1);
    }
}
