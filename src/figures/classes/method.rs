//! Methods of classification, and how they are written on the command line.

use std::fmt;
use std::str::FromStr;

use super::jenks;

/// A method of classification.
#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    /// So many classes with about as many values each.
    Quantile(usize),
    /// So many classes of the same width.
    Equal(usize),
    /// So many classes with the least sum of squares within them: natural breaks.
    Jenks(usize),
    /// Classes of one standard deviation, the middle one around the mean.
    StandardDeviation,
    /// Classes between given values, ascending.
    Breaks(Vec<f64>),
    /// No classes: each value has its own colour.
    None,
}

/// Why a text is not a method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not a way to make classes: {why}")]
pub struct MethodError {
    text: String,
    why: String,
}

/// The names of the methods, with other words for them.
const NAMES: [(&str, &[&str]); 6] = [
    ("quantile", &["quantiles", "quartile", "quintile"]),
    ("equal", &["interval", "equal-interval"]),
    ("jenks", &["natural", "natural-breaks", "fisher"]),
    ("sd", &["std", "stdev", "standard-deviation"]),
    ("breaks", &["own", "custom"]),
    ("none", &["unclassed", "continuous"]),
];

impl Method {
    /// The least and the most classes: one is no classification, and more than nine shades
    /// cannot be told apart on a map (Brewer and Pickle 2002 found five to seven best).
    pub const CLASSES: std::ops::RangeInclusive<usize> = 2..=9;

    /// Classes where no number is given.
    pub const USUAL: usize = 5;

    /// The most breaks that can be given: the outer ones may be the ends of the values, where no
    /// class lies beyond.
    pub const MOST_BREAKS: usize = *Self::CLASSES.end() + 1;

    /// The number of classes that are asked for; `None` where the values decide.
    #[must_use]
    pub const fn classes(&self) -> Option<usize> {
        match self {
            Self::Quantile(n) | Self::Equal(n) | Self::Jenks(n) => Some(*n),
            Self::StandardDeviation | Self::Breaks(_) | Self::None => None,
        }
    }

    /// The breaks between classes, ascending and each once, of sorted values.
    pub(super) fn breaks(&self, sorted: &[f64], distinct: &[f64]) -> Vec<f64> {
        let (Some(least), Some(most)) = (distinct.first(), distinct.last()) else {
            return Vec::new();
        };
        let mut breaks = match self {
            Self::Quantile(n) => quantiles(sorted, *n),
            Self::Equal(n) => (1..*n).map(|i| between(*least, *most, i, *n)).collect(),
            Self::Jenks(n) => jenks::breaks(sorted, distinct, *n),
            Self::StandardDeviation => deviations(sorted),
            Self::Breaks(breaks) => breaks.clone(),
            Self::None => Vec::new(),
        };
        breaks.dedup();
        breaks
    }
}

/// The point at part `i` of `n` of the way between two values, without overflow.
#[expect(clippy::cast_precision_loss, reason = "few parts")]
pub(super) fn between(least: f64, most: f64, i: usize, n: usize) -> f64 {
    let part = i as f64 / n as f64;
    if i == n { most } else { least * (1.0 - part) + most * part }
}

/// The first values of equally large classes. A run of equal values that a border would cut goes
/// to the side where most of it is.
fn quantiles(sorted: &[f64], n: usize) -> Vec<f64> {
    let border = |i: usize| {
        let at = (i * sorted.len()).div_ceil(n);
        let value = *sorted.get(at)?;
        let start = sorted.partition_point(|other| *other < value);
        let end = sorted.partition_point(|other| *other <= value);
        let is_nearer_end = end - at < at - start;
        if is_nearer_end || start == 0 { sorted.get(end).copied() } else { Some(value) }
    };
    let mut breaks: Vec<f64> = (1..n).filter_map(border).collect();
    breaks.dedup();
    breaks
}

/// Breaks at one half, one and a half, … standard deviations from the mean, as far as values go.
#[expect(clippy::cast_precision_loss, reason = "at most some millions of values")]
fn deviations(sorted: &[f64]) -> Vec<f64> {
    let count = sorted.len() as f64;
    let mean = sorted.iter().map(|value| value / count).sum::<f64>();
    let deviation = sorted.iter().map(|value| (value - mean).powi(2) / count).sum::<f64>().sqrt();
    if deviation == 0.0 || !deviation.is_finite() {
        return Vec::new();
    }
    [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].into_iter().map(|part| mean + part * deviation).collect()
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantile(n) => write!(f, "quantile:{n}"),
            Self::Equal(n) => write!(f, "equal:{n}"),
            Self::Jenks(n) => write!(f, "jenks:{n}"),
            Self::StandardDeviation => f.write_str("sd"),
            Self::Breaks(breaks) => {
                let breaks: Vec<String> = breaks.iter().map(ToString::to_string).collect();
                write!(f, "breaks:{}", breaks.join(","))
            }
            Self::None => f.write_str("none"),
        }
    }
}

impl FromStr for Method {
    type Err = MethodError;

    fn from_str(text: &str) -> Result<Self, MethodError> {
        let fail = |why: String| MethodError { text: text.to_owned(), why };
        let lower = text.trim().to_lowercase();
        let (name, rest) = match lower.split_once(':') {
            Some((name, rest)) => (name.trim(), Some(rest.trim())),
            // Numbers alone are breaks.
            None if lower.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                ("breaks", Some(lower.as_str()))
            }
            None => (lower.as_str(), None),
        };
        let known =
            NAMES.into_iter().find(|(known, others)| *known == name || others.contains(&name));
        let (known, _) = known.ok_or_else(|| fail(nearest(name)))?;
        let classes = || match rest.filter(|rest| !rest.is_empty()) {
            None => Ok(Self::USUAL),
            Some(rest) => match rest.parse::<usize>() {
                Ok(n) if Self::CLASSES.contains(&n) => Ok(n),
                Ok(n) => {
                    let (least, most) = (Self::CLASSES.start(), Self::CLASSES.end());
                    let near = if n > *most { most } else { least };
                    Err(fail(format!(
                        "there can be {least} to {most} classes; try \"{known}:{near}\""
                    )))
                }
                Err(_) => Err(fail(format!("try \"{known}:{}\"", Self::USUAL))),
            },
        };
        let alone = |method: Self| match rest {
            None | Some("") => Ok(method),
            Some(_) => Err(fail(format!("try \"{known}\""))),
        };
        match known {
            "quantile" => classes().map(Self::Quantile),
            "equal" => classes().map(Self::Equal),
            "jenks" => classes().map(Self::Jenks),
            "sd" => alone(Self::StandardDeviation),
            "none" => alone(Self::None),
            _ => own_breaks(rest.unwrap_or_default()).map(Self::Breaks).map_err(fail),
        }
    }
}

/// Breaks that a person gives: numbers with commas between them, ascending.
fn own_breaks(text: &str) -> Result<Vec<f64>, String> {
    let mut breaks = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.parse::<f64>() {
            Ok(value) if value.is_finite() => breaks.push(value + 0.0),
            _ => return Err(format!("\"{part}\" is no number; try \"breaks:10,20,30\"")),
        }
    }
    let most = Method::MOST_BREAKS;
    if breaks.is_empty() {
        return Err("it has no numbers; try \"breaks:10,20,30\"".to_owned());
    }
    if breaks.len() > most {
        return Err(format!("it has {} breaks; there can be {most}", breaks.len()));
    }
    if !breaks.is_sorted_by(|a, b| a < b) {
        let mut sorted = breaks;
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();
        return Err(format!("breaks ascend; try \"{}\"", Method::Breaks(sorted)));
    }
    Ok(breaks)
}

/// The method whose name comes nearest.
fn nearest(name: &str) -> String {
    let names = NAMES.iter().flat_map(|(name, others)| {
        std::iter::once((*name, *name)).chain(others.iter().map(move |other| (*name, *other)))
    });
    let near = names
        .map(|(method, spelling)| (strsim::osa_distance(spelling, name), method))
        .min_by_key(|(distance, _)| *distance);
    let usage = |name: &str| match name {
        "sd" | "none" => name.to_owned(),
        "breaks" => "breaks:10,20,30".to_owned(),
        name => format!("{name}:{}", Method::USUAL),
    };
    match near {
        Some((distance, near)) if distance <= 3.min(name.len() / 2) => {
            format!("did you mean \"{}\"?", usage(near))
        }
        _ => {
            let all: Vec<String> = NAMES.iter().map(|(name, _)| usage(name)).collect();
            format!("there are {}", all.join(", "))
        }
    }
}
