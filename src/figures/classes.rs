//! Classes of a figure: which values share a colour, and how that is told.
//!
//! All methods end in ascending breaks. A class holds the values from its lower break on to below
//! the next one, so that equal values are always in the same class and no value is in two.

pub mod hand;
mod jenks;
mod label;
mod method;
mod rounding;
pub mod typed;

use crate::diag::{Diagnostic, Severity};

pub use label::number_in_words;
pub use method::{Method, MethodError};

/// The classes of a set of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// How they were made.
    pub method: Method,
    /// The borders between classes, ascending: each is the lower border of the class above it.
    pub breaks: Vec<f64>,
    /// The smallest and the largest value; `None` if there are no values.
    pub range: Option<(f64, f64)>,
    /// How many values each class holds.
    pub counts: Vec<usize>,
    /// Decimals that tell all breaks apart; they have no more.
    pub decimals: usize,
    /// Whether all values are whole numbers.
    pub are_whole: bool,
    /// How many different values there are.
    pub distinct: usize,
}

/// A class of a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The smallest value that belongs to it.
    pub from: f64,
    /// Where it ends; only the last bin holds that value itself.
    pub to: f64,
    /// How many values it holds.
    pub count: usize,
}

impl Classes {
    /// Classes of values. Those that are not finite are left out.
    #[must_use]
    pub fn new(method: &Method, values: &[f64]) -> Self {
        let sorted = sorted(values);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let are_whole = sorted.iter().all(|value| value.fract() == 0.0);
        let exact = method.breaks(&sorted, &distinct);
        let (breaks, decimals) = match method {
            Method::Breaks(_) => {
                let decimals = exact.iter().map(|b| rounding::decimals(*b)).max().unwrap_or(0);
                (within(exact, &sorted), decimals)
            }
            Method::Quantile(_) | Method::Jenks(_) => {
                rounding::round(&exact, &distinct, None, are_whole)
            }
            Method::Equal(_) | Method::StandardDeviation => {
                let width = exact.windows(2).map(|pair| pair[1] - pair[0]).next();
                let slack = width.map_or(f64::INFINITY, |width| width / 50.0);
                rounding::round(&within(exact, &sorted), &distinct, Some(slack), are_whole)
            }
            Method::None => (Vec::new(), 0),
        };
        let mut classes = Self {
            method: method.clone(),
            counts: vec![0; breaks.len() + 1],
            breaks,
            range: sorted.first().copied().zip(sorted.last().copied()),
            decimals,
            are_whole,
            distinct: distinct.len(),
        };
        for value in &sorted {
            let class = classes.class_of(*value);
            classes.counts[class] += 1;
        }
        classes
    }

    /// The number of classes; one if they are not classed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are no values at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.range.is_none()
    }

    /// The class of a value, from zero.
    #[must_use]
    pub fn class_of(&self, value: f64) -> usize {
        self.breaks.partition_point(|lower| *lower <= value)
    }

    /// Where a value lies between the smallest (0) and the largest (1): for unclassed colours.
    /// One half if all values are the same.
    #[must_use]
    pub fn position(&self, value: f64) -> f64 {
        let (least, most) = self.range.unwrap_or_default();
        // Halves: the difference of the two may be more than a number can hold.
        let width = most / 2.0 - least / 2.0;
        if width > 0.0 { ((value / 2.0 - least / 2.0) / width).clamp(0.0, 1.0) } else { 0.5 }
    }

    /// A note, if there are fewer classes than were asked for.
    #[must_use]
    pub fn remark(&self) -> Option<Diagnostic> {
        let wanted = self.method.classes()?;
        if self.len() >= wanted || self.is_empty() {
            return None;
        }
        let message = format!(
            "There are {} classes instead of {wanted}: there are {} different values, and equal \
             ones share a class.",
            self.len(),
            self.distinct
        );
        Some(Diagnostic::new(Severity::Info, "classes-fewer", message))
    }

    /// How many values lie in each of so many bins of equal width, for a small drawing.
    #[must_use]
    pub fn histogram(values: &[f64], bins: usize) -> Vec<Bin> {
        let sorted = sorted(values);
        let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return Vec::new() };
        let bins = if least >= most { 1 } else { bins.max(1) };
        let edges: Vec<f64> = (0..=bins).map(|i| method::between(*least, *most, i, bins)).collect();
        let below = |edge: f64| sorted.partition_point(|value| *value < edge);
        let bin = |(at, edge): (usize, &[f64])| {
            let end = if at + 1 == bins { sorted.len() } else { below(edge[1]) };
            Bin { from: edge[0], to: edge[1], count: end - below(edge[0]).min(end) }
        };
        edges.windows(2).enumerate().map(bin).collect()
    }
}

/// The finite values, ascending.
fn sorted(values: &[f64]) -> Vec<f64> {
    // Zero has two signs that compare as equal but do not sort so.
    let finite = values.iter().copied().filter(|value| value.is_finite());
    let mut sorted: Vec<f64> = finite.map(|value| value + 0.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The breaks that have values on both sides, or classes that do: an outer class that holds
/// nothing is left out.
fn within(breaks: Vec<f64>, sorted: &[f64]) -> Vec<f64> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return breaks };
    breaks.into_iter().filter(|lower| lower > least && lower <= most).collect()
}

#[cfg(test)]
mod tests;
