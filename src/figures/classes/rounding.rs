//! Rounding breaks so that they can be read, without moving a value to another class.

/// Powers of ten that breaks are rounded to, the coarsest first.
const POWERS: std::ops::RangeInclusive<i32> = -12..=12;

/// Breaks rounded alike, as far as they may be, and the decimals that they then have.
///
/// A break may move within the gap between the values on both sides of it, and by `slack` at
/// most. `distinct` are the values, ascending. Breaks that part no values become one.
pub(super) fn round(
    breaks: &[f64],
    distinct: &[f64],
    slack: Option<f64>,
    are_whole: bool,
) -> (Vec<f64>, usize) {
    let gaps: Vec<Gap> = breaks.iter().map(|exact| Gap::around(*exact, distinct, slack)).collect();
    for power in POWERS.rev() {
        let rounded: Option<Vec<f64>> = gaps.iter().map(|gap| gap.rounded(power)).collect();
        if let Some(rounded) = rounded.filter(|r| r.is_sorted_by(|a, b| a < b)) {
            return (rounded, usize::try_from(-power).unwrap_or(0));
        }
        if power == 0 && are_whole {
            // Whole numbers need no decimals: the next whole number parts them as well.
            let mut whole: Vec<f64> = breaks.iter().map(|exact| exact.ceil()).collect();
            whole.dedup();
            return (whole, 0);
        }
    }
    (breaks.to_vec(), breaks.iter().map(|exact| decimals(*exact)).max().unwrap_or(0))
}

/// Decimals of a number as it is written.
pub(super) fn decimals(value: f64) -> usize {
    value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The places where a break parts the same values.
struct Gap {
    exact: f64,
    /// The largest value below; the break must be more.
    above: f64,
    /// The smallest value from the break on; it may be as much.
    up_to: f64,
    slack: Option<f64>,
}

impl Gap {
    fn around(exact: f64, distinct: &[f64], slack: Option<f64>) -> Self {
        let at = distinct.partition_point(|value| *value < exact);
        let above = at.checked_sub(1).map_or(f64::NEG_INFINITY, |below| distinct[below]);
        let up_to = distinct.get(at).copied().unwrap_or(f64::INFINITY);
        Self { exact, above, up_to, slack }
    }

    /// The multiple of a power of ten in the gap that is nearest to the exact break.
    fn rounded(&self, power: i32) -> Option<f64> {
        let unit = 10.0_f64.powi(power.abs());
        let multiple = |n: f64| if power < 0 { n / unit } else { n * unit };
        let n = if power < 0 { self.exact * unit } else { self.exact / unit };
        let fits = |value: &f64| {
            let is_near = self.slack.is_none_or(|slack| (value - self.exact).abs() <= slack);
            *value > self.above && *value <= self.up_to && is_near && value.is_finite()
        };
        let mut near = [n.round(), n.floor(), n.ceil()].map(multiple);
        near.sort_by(|a, b| (a - self.exact).abs().total_cmp(&(b - self.exact).abs()));
        near.into_iter().map(|value| value + 0.0).find(fits)
    }
}
