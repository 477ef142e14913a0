//! What the header of a column tells: its unit, whether it is a label, whether its figures can be
//! added up.

use rustc_hash::FxHashSet;

use super::identity::Identities;
use super::value::Cell;
use super::{ColumnKind, England, Unit};

/// The unit that a header tells.
pub(super) fn unit_of(header: &str) -> Option<Unit> {
    let header = header.to_lowercase();
    if let Some((_, rest)) = header.split_once("per ") {
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        let after = rest[digits.len()..].trim_start();
        let times = if after.starts_with('k') || after.starts_with("thousand") { 1000 } else { 1 };
        let number = digits.replace(',', "").parse::<u32>().ok();
        let many = number.and_then(|n| n.checked_mul(times)).filter(|n| *n >= 100);
        if let Some(many) = many.or_else(|| rest.starts_with("million").then_some(1_000_000)) {
            return Some(Unit::Per(many));
        }
    }
    let percents = ["%", "per cent", "percent"];
    if percents.iter().any(|word| header.contains(word)) {
        return Some(Unit::Percent);
    }
    // Thousands and millions of pounds are not pounds.
    let is_scaled = ["£m", "£k", "£0", "£'0", "£b", "million", "thousand", "bn"];
    let is_pounds = header.contains('£') && !is_scaled.iter().any(|word| header.contains(word));
    is_pounds.then_some(Unit::Pounds)
}

/// Words of headers whose figures cannot be added up.
const NO_SUMS: [&str; 24] = [
    "rate",
    "ratio",
    "mean",
    "average",
    "median",
    "per ",
    "index",
    "score",
    "share",
    "proportion",
    "day",
    "week",
    "hour",
    "minute",
    "age",
    "rank",
    "expectancy",
    "density",
    "decile",
    "quintile",
    "limit",
    "percentile",
    "prevalence",
    "coverage",
];

/// England's figure as the sum of all areas: only of whole numbers or pounds, of all areas of a
/// known set, and where the header speaks of no average.
pub(super) fn sum(
    header: &str,
    unit: Option<&Unit>,
    values: &[Cell],
    identities: &Identities<'_>,
) -> England {
    let words = header.to_lowercase();
    let numbers: Option<Vec<f64>> = values.iter().map(Cell::number).collect();
    let Some(numbers) = numbers else { return England::NotRecorded };
    let is_count = match unit {
        None => numbers.iter().all(|value| value.fract() == 0.0 && *value >= 0.0),
        Some(Unit::Pounds) => true,
        Some(_) => false,
    };
    let about = &identities.joined.layer.about;
    let is_all = about.kind.zip(about.edition).is_some_and(|(kind, edition)| {
        let areas = identities.register.areas_of(kind, edition).count();
        areas == values.len() && identities.joined.bodies.iter().all(Option::is_some)
    });
    if is_count && is_all && !NO_SUMS.iter().any(|word| words.contains(word)) {
        England::Sum(numbers.iter().sum())
    } else {
        England::NotRecorded
    }
}

/// Whole headers, and beginnings and ends of words in them, that tell labels.
const LABELS: [&str; 21] = [
    "code",
    "cd",
    "id",
    "fid",
    "objectid",
    "globalid",
    "year",
    "date",
    "month",
    "quarter",
    "period",
    "rank",
    "name",
    "nm",
    "lat",
    "long",
    "latitude",
    "longitude",
    "bng_e",
    "bng_n",
    "no",
];

/// Whether a column tells what a row is about, not what was measured: codes, names, years,
/// numbers of rows.
pub(super) fn is_label(
    header: &str,
    kind: ColumnKind,
    values: &[Cell],
    identities: &Identities<'_>,
) -> bool {
    let header = header.to_lowercase();
    let mut words = header.split(|c: char| !c.is_alphanumeric() && c != '_');
    let ends_so = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_code = ["cd", "nm", "_code", "_id"].iter().any(|end| ends_so.ends_with(end));
    let is_named_so = words.any(|word| LABELS.contains(&word)) || is_code;
    let numbers: Vec<f64> = values.iter().filter_map(Cell::number).collect();
    match kind {
        ColumnKind::Number => {
            // "Rate per year" has a year in its header, and decimals.
            let are_whole = numbers.iter().all(|value| value.fract() == 0.0);
            let are_years = numbers.iter().all(|value| (1900.0..2100.0).contains(value));
            let are_same = numbers.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits());
            let mut sorted = numbers.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let is_numbering = numbers.len() > 9
                && (sorted[0] == 0.0 || sorted[0].to_bits() == 1.0_f64.to_bits())
                && sorted.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-9);
            are_whole && ((is_named_so && unit_of(&header).is_none()) || is_numbering)
                || are_whole && are_years && are_same
        }
        ColumnKind::Category => {
            let words: FxHashSet<&str> = values
                .iter()
                .filter_map(
                    |cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None },
                )
                .collect();
            let known = words.iter().filter(|word| identities.find(word).is_some()).count();
            is_named_so || known * 2 > words.len()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_units() {
        for (header, unit) in [
            ("Rate per 100,000", Some(Unit::Per(100_000))),
            ("DSR per 100k population", Some(Unit::Per(100_000))),
            ("GPs per 1,000 patients", Some(Unit::Per(1_000))),
            ("Cases per million", Some(Unit::Per(1_000_000))),
            ("Visits per day", None),
            ("Visits per 2 weeks", None),
            ("Uptake (%)", Some(Unit::Percent)),
            ("Per cent seen", Some(Unit::Percent)),
            ("Spend (£)", Some(Unit::Pounds)),
            ("Spend (£m)", None),
            ("Spend (£000s)", None),
            ("Patients", None),
        ] {
            assert_eq!(unit_of(header), unit, "{header}");
        }
    }
}
