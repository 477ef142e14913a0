//! Own breaks by hand: moved, added and removed, without ever being out of order.
//!
//! A place in a drawing is a share of the way from the smallest value (0) to the largest (1).

use super::{Bin, Classes, Method};

/// What breaks can be moved along: from the smallest value to the largest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rail {
    least: f64,
    most: f64,
    /// Breaks are put at multiples of this power of ten.
    power: i32,
}

/// A part of a bar that lies in one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Where it begins, as a share of the rail.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The class of its values, from zero.
    pub class: usize,
}

impl Rail {
    /// The rail of some values; `None` if no two of them differ, so that nothing can be parted.
    #[must_use]
    pub fn new(classes: &Classes) -> Option<Self> {
        let (least, most) = classes.range?;
        let width = most - least;
        if width <= 0.0 || !width.is_finite() {
            return None;
        }
        // Three digits of the width: finer than a mouse can point, coarse enough to read.
        #[expect(clippy::cast_possible_truncation, reason = "at most 308")]
        let power = width.log10().floor() as i32 - 2;
        let power = if classes.are_whole { power.max(0) } else { power };
        Some(Self { least, most, power })
    }

    /// Where a value is on the rail; outside of 0 to 1 if it is beyond the values.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        (value - self.least) / (self.most - self.least)
    }

    /// The value at a share of the rail, not yet rounded.
    #[must_use]
    pub fn value(&self, share: f64) -> f64 {
        self.least + share * (self.most - self.least)
    }

    /// The smallest step by which a break is moved.
    #[must_use]
    pub fn step(&self) -> f64 {
        self.multiple(1.0)
    }

    /// A value rounded as breaks are.
    #[must_use]
    pub fn rounded(&self, value: f64) -> f64 {
        self.multiple((value / self.step()).round())
    }

    /// The breaks that part values, with their numbers in the list.
    pub fn handles(&self, breaks: &[f64]) -> impl Iterator<Item = (usize, f64)> {
        let (least, most) = (self.least, self.most);
        let all = breaks.iter().copied().enumerate();
        all.filter(move |(_, lower)| *lower > least && *lower <= most)
    }

    /// Where a break comes to rest that is moved towards a value: rounded, between its neighbours
    /// and among the values. It stays where no such place is left.
    #[must_use]
    pub fn moved(&self, breaks: &[f64], at: usize, to: f64) -> f64 {
        let Some(now) = breaks.get(at).copied() else { return to };
        let above = at.checked_sub(1).map_or(self.least, |below| breaks[below].max(self.least));
        let next = breaks.get(at + 1).copied().filter(|next| *next <= self.most);
        self.free(to, above, next).unwrap_or(now)
    }

    /// Where a break comes to rest that is moved by so many steps.
    #[must_use]
    pub fn stepped(&self, breaks: &[f64], at: usize, steps: i32) -> f64 {
        let Some(now) = breaks.get(at).copied() else { return 0.0 };
        let to = self.moved(breaks, at, now + f64::from(steps) * self.step());
        // A break between two multiples must not be rounded back against the key.
        if (to - now) * f64::from(steps) > 0.0 { to } else { now }
    }

    /// The breaks with one more at a value; `None` where there is no room, or no colour left.
    #[must_use]
    pub fn added(&self, breaks: &[f64], value: f64) -> Option<Vec<f64>> {
        if self.handles(breaks).count() + 2 > *Method::CLASSES.end() {
            return None;
        }
        let at = breaks.partition_point(|other| *other <= value);
        let above = at.checked_sub(1).map_or(self.least, |below| breaks[below].max(self.least));
        let next = breaks.get(at).copied().filter(|next| *next <= self.most);
        let mut more = breaks.to_vec();
        more.insert(at, self.free(value, above, next)?);
        Some(more)
    }

    /// The breaks without one; `None` if it is the last that parts values.
    #[must_use]
    pub fn removed(&self, breaks: &[f64], at: usize) -> Option<Vec<f64>> {
        let mut fewer = breaks.to_vec();
        if at >= fewer.len() {
            return None;
        }
        fewer.remove(at);
        (self.handles(&fewer).count() > 0).then_some(fewer)
    }

    /// The parts of a bar by classes, so that no part has the colour of another class.
    #[must_use]
    pub fn pieces(&self, bin: &Bin, breaks: &[f64]) -> Vec<Piece> {
        let class = |value: f64| breaks.partition_point(|lower| *lower <= value);
        let inside = breaks.iter().copied().filter(|lower| *lower > bin.from && *lower < bin.to);
        let mut edges = vec![bin.from];
        edges.extend(inside);
        edges.push(bin.to);
        let piece = |pair: &[f64]| Piece {
            from: self.share(pair[0]),
            to: self.share(pair[1]),
            class: class(pair[0]),
        };
        edges.windows(2).map(piece).collect()
    }

    /// The multiple nearest to a value that is more than one value and less than the next break,
    /// or not more than the largest value.
    fn free(&self, value: f64, above: f64, next: Option<f64>) -> Option<f64> {
        let unit = self.step();
        let is_free =
            |value: &f64| *value > above && next.map_or(*value <= self.most, |next| *value < next);
        let first = (above / unit).floor();
        let last = (next.unwrap_or(self.most) / unit).ceil();
        if first > last {
            return None;
        }
        let wanted = (value / unit).round().clamp(first, last);
        // Beside a neighbour the next multiple is the nearest that is free.
        let near = [0.0, 1.0, -1.0, 2.0, -2.0].map(|more| self.multiple(wanted + more));
        near.into_iter().find(is_free)
    }

    /// So many times the step, as it is written: no tail of binary fractions.
    fn multiple(&self, n: f64) -> f64 {
        let unit = 10.0_f64.powi(self.power.abs());
        (if self.power < 0 { n / unit } else { n * unit }) + 0.0
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "rounded breaks are what is written")]
mod tests {
    use super::*;

    fn classes(values: &[f64]) -> Classes {
        Classes::new(&Method::Quantile(4), values)
    }

    fn rail(values: &[f64]) -> Rail {
        Rail::new(&classes(values)).unwrap()
    }

    #[test]
    fn a_break_is_rounded_to_three_digits_of_the_range() {
        let shares = rail(&[39.5, 45.25, 52.0]);
        assert_eq!(shares.moved(&[45.0], 0, 41.234), 41.2);
        assert_eq!(shares.step(), 0.1);
        let people = rail(&[120_000.0, 450_000.0, 3_100_000.0]);
        assert_eq!(people.moved(&[450_000.0], 0, 1_234_567.0), 1_230_000.0);
        let few = rail(&[0.0, 3.0, 9.0]);
        assert_eq!(few.moved(&[3.0], 0, 4.4), 4.0, "whole numbers stay whole");
        let tiny = rail(&[0.001, 0.0025]);
        assert_eq!(tiny.moved(&[0.002], 0, 0.001_734_9), 0.001_73, "and without a binary tail");
        assert!(Rail::new(&classes(&[5.0, 5.0])).is_none(), "nothing can be parted");
        assert!(Rail::new(&classes(&[])).is_none());
    }

    #[test]
    fn a_break_stops_at_its_neighbours_and_at_the_ends() {
        let rail = rail(&[0.0, 3.0, 50.0, 80.0, 100.0]);
        let breaks = [20.0, 40.0, 60.0];
        assert_eq!(rail.moved(&breaks, 1, 5.0), 21.0);
        assert_eq!(rail.moved(&breaks, 1, 500.0), 59.0);
        assert_eq!(rail.moved(&breaks, 0, -70.0), 1.0, "the smallest value keeps a class");
        assert_eq!(rail.moved(&breaks, 2, 700.0), 100.0, "and so does the largest");
        assert_eq!(rail.moved(&[20.0, 21.0, 22.0], 1, 90.0), 21.0, "no room: it stays");
        // Breaks beyond the values are no neighbours within them.
        assert_eq!(rail.moved(&[-5.0, 20.0, 400.0], 1, 300.0), 100.0);
    }

    #[test]
    fn keys_move_a_break_by_whole_steps_and_never_back() {
        let rail = rail(&[0.0, 0.5, 99.0]);
        assert_eq!(rail.stepped(&[20.04], 0, 1), 20.1);
        assert_eq!(rail.stepped(&[20.0], 0, -10), 19.0);
        assert_eq!(rail.stepped(&[20.0, 20.1], 0, 1), 20.0, "the neighbour is next");
        assert_eq!(rail.stepped(&[20.0], 7, 1), 0.0, "there is no such break");
    }

    #[test]
    fn breaks_are_added_between_two_and_nine_classes() {
        let rail = rail(&[0.0, 7.0, 50.0, 80.0, 100.0]);
        let added = rail.added(&[20.0, 60.0], 40.4).unwrap();
        assert_eq!(added, [20.0, 40.0, 60.0]);
        assert_eq!(rail.added(&[20.0, 60.0], 20.2).unwrap(), [20.0, 21.0, 60.0]);
        assert_eq!(rail.added(&[20.0, 21.0], 20.4), None, "no number fits between");
        let mut breaks = vec![50.0];
        for at in 1..=7 {
            breaks = rail.added(&breaks, f64::from(at) * 6.0).unwrap();
        }
        assert_eq!(breaks.len(), 8);
        assert_eq!(rail.added(&breaks, 90.0), None, "nine classes are the most");
        assert_eq!(rail.removed(&[20.0, 60.0], 0).unwrap(), [60.0]);
        assert_eq!(rail.removed(&[60.0], 0), None, "two classes are the least");
        assert_eq!(rail.removed(&[60.0, 400.0], 0), None, "one beyond the values parts nothing");
        assert_eq!(rail.removed(&[20.0, 60.0], 2), None);
    }

    #[test]
    fn a_bar_that_spans_a_break_is_split() {
        let rail = rail(&[0.0, 50.0, 100.0]);
        let bin = Bin { from: 40.0, to: 60.0, count: 3 };
        let piece = |from, to, class| Piece { from, to, class };
        let split = rail.pieces(&bin, &[10.0, 45.0, 90.0]);
        assert_eq!(split, [piece(0.4, 0.45, 1), piece(0.45, 0.6, 2)]);
        assert_eq!(rail.pieces(&bin, &[40.0, 60.0]), [piece(0.4, 0.6, 1)]);
        assert_eq!(rail.pieces(&bin, &[]), [piece(0.4, 0.6, 0)]);
    }
}
