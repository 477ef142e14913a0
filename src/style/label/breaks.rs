//! Names broken into lines.

use crate::style::font::{LINE_HEIGHT, Weight, width};

/// Most lines that a name is broken into.
const MOST_LINES: usize = 4;

/// A name broken into lines, whatever the size.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub lines: Vec<String>,
    /// Width of the widest line in ems.
    widest: f32,
}

impl Broken {
    /// Every way to break a name into one to four even lines, the fewest lines first. A line
    /// break in the text stays one.
    pub fn ways(name: &str, weight: Weight) -> Vec<Self> {
        let fixed: Vec<&str> = name.split('\n').collect();
        if fixed.len() > 1 {
            return vec![Self::of(fixed.into_iter().map(str::to_owned).collect(), weight)];
        }
        (1..=MOST_LINES).filter_map(|lines| break_up(name, lines, weight)).collect()
    }

    fn of(lines: Vec<String>, weight: Weight) -> Self {
        let widest = lines.iter().map(|line| width(line, 1.0, weight)).fold(0.0, f32::max);
        Self { lines, widest }
    }

    /// Half the width and height at a font size.
    pub fn half(&self, size: f32) -> (f32, f32) {
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let lines = self.lines.len() as f32;
        (self.widest * size / 2.0, lines * size * LINE_HEIGHT / 2.0)
    }
}

/// The name in a number of lines, as even as its words allow; `None` if it has too few words.
fn break_up(name: &str, lines: usize, weight: Weight) -> Option<Broken> {
    let ems = |text: &str| width(text, 1.0, weight);
    let space = ems(" ");
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let share = ems(name) / lines as f32;
    let mut broken: Vec<Vec<&str>> = vec![Vec::new()];
    let (mut filled, mut in_line) = (0.0, 0.0);
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
    }
    let is_possible = broken.len() == lines;
    is_possible.then(|| Broken::of(broken.iter().map(|words| words.join(" ")).collect(), weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_lost_and_more_lines_are_never_wider() {
        let name = "Bath and North East Somerset, Swindon and Wiltshire";
        let ways = Broken::ways(name, Weight::Bold);
        assert_eq!(ways.len(), MOST_LINES);
        for pair in ways.windows(2) {
            assert!(pair[1].widest <= pair[0].widest);
        }
        for way in &ways {
            assert_eq!(way.lines.join(" "), name);
        }
    }

    #[test]
    fn a_line_break_in_the_text_stays() {
        let ways = Broken::ways("South East London\n12.5%", Weight::Bold);
        assert_eq!(ways.len(), 1);
        assert_eq!(ways[0].lines, ["South East London", "12.5%"]);
    }

    #[test]
    fn a_single_word_is_not_broken() {
        assert_eq!(Broken::ways("Sussex", Weight::Bold).len(), 1);
    }
}
