//! Classes in words, for the legend.

use super::{Classes, Method};
use crate::figures::Unit;

impl Classes {
    /// The range of each class in words, such as `1,200 to 1,499` of whole numbers and `10.0 to
    /// under 12.5` of others, with their unit. Read one after the other they leave no gap and
    /// overlap nowhere.
    #[must_use]
    pub fn labels(&self, unit: Option<&Unit>) -> Vec<String> {
        let Some((least, most)) = self.range else { return Vec::new() };
        let last = self.len() - 1;
        // Breaks that a person gave may reach beyond the values; the outer classes end there.
        let own: &[f64] = if let Method::Breaks(own) = &self.method { own } else { &[] };
        let is_open = !own.is_empty() || self.method == Method::StandardDeviation;
        let lower = |class: usize| match class.checked_sub(1) {
            Some(below) => Some(self.breaks[below]),
            None => own.iter().copied().rfind(|own| *own <= least),
        };
        let upper = |class: usize| {
            let beyond = || own.iter().copied().find(|own| *own > most);
            self.breaks.get(class).copied().or_else(beyond)
        };
        let are_whole =
            self.are_whole && self.breaks.iter().chain(own).all(|lower| lower.fract() == 0.0);
        let label = |class: usize| match (lower(class), upper(class)) {
            (None, Some(upper)) if is_open => format!("under {}", self.number(upper, unit)),
            (Some(lower), None) if is_open => format!("{} or more", self.number(lower, unit)),
            (lower, upper) if are_whole => {
                let (from, to) = (lower.unwrap_or(least), upper.map_or(most, |upper| upper - 1.0));
                self.span(from, to, " to ", unit)
            }
            (None, None) => self.span(least, most, " to ", unit),
            (lower, upper) => {
                let word = if upper.is_some() { " to under " } else { " to " };
                let from = lower.unwrap_or_else(|| self.rounded_out(least, f64::floor));
                let to = upper.unwrap_or_else(|| self.rounded_out(most, f64::ceil));
                self.span(from, to, word, unit)
            }
        };
        let suffix = unit.map(Unit::suffix).unwrap_or_default();
        (0..=last).map(|class| label(class) + &suffix).collect()
    }

    fn span(&self, from: f64, to: f64, word: &str, unit: Option<&Unit>) -> String {
        if from >= to {
            return self.number(from, unit);
        }
        format!("{}{word}{}", self.number(from, unit), self.number(to, unit))
    }

    /// An outer end with the decimals of the breaks, rounded away from the values.
    fn rounded_out(&self, value: f64, round: fn(f64) -> f64) -> f64 {
        let unit = 10.0_f64.powi(i32::try_from(self.decimals).unwrap_or(0));
        // Fifteen digits are sure; the rest would round 0.3 up to 0.4.
        let scaled = value * unit;
        let nearest = scaled.round();
        let is_exact = (scaled - nearest).abs() <= nearest.abs() * 1e-14;
        (if is_exact { nearest } else { round(scaled) }) / unit
    }

    fn number(&self, value: f64, unit: Option<&Unit>) -> String {
        let decimals =
            if self.breaks.is_empty() && !self.are_whole { None } else { Some(self.decimals) };
        let text = number_in_words(value, decimals);
        match unit {
            Some(Unit::Percent) => format!("{text}%"),
            Some(Unit::Pounds) => match text.strip_prefix(MINUS) {
                Some(rest) => format!("{MINUS}£{rest}"),
                None => format!("£{text}"),
            },
            _ => text,
        }
    }
}

const MINUS: char = '\u{2212}';

/// A number with a comma at the thousands, a real minus, and so many decimals, or as many as it
/// has: `−1,234.5`.
#[must_use]
pub fn number_in_words(value: f64, decimals: Option<usize>) -> String {
    let digits = match decimals {
        Some(decimals) => format!("{:.decimals$}", value.abs()),
        None => value.abs().to_string(),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    let is_zero = digits.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !is_zero {
        text.push(MINUS);
    }
    text.push_str(&whole_numbers(whole));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Digits with a comma at the thousands.
fn whole_numbers(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
