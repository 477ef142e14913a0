//! Own breaks as a person types them.

use super::{Classes, Method, number_in_words, rounding};

/// Breaks that a person types, such as `10, 20, 30`, for the values that are shown.
///
/// # Errors
/// In a sentence: what cannot be read, what is out of order, or that nothing would be parted.
pub fn read_breaks(text: &str, classes: &Classes) -> Result<Vec<f64>, String> {
    let breaks: Vec<f64> = parts(text).into_iter().map(number).collect::<Result<_, _>>()?;
    if breaks.is_empty() {
        return Err("Type the numbers between the classes, such as 10, 20, 30.".to_owned());
    }
    for pair in breaks.windows(2) {
        let (first, second) = (plain(pair[0]), plain(pair[1]));
        if pair[0] > pair[1] {
            return Err(format!("{second} comes after {first}; the smallest break comes first."));
        }
        if pair[0] >= pair[1] {
            return Err(format!("{first} is there twice; each break is there once."));
        }
    }
    let Some((least, most)) = classes.range else { return Ok(breaks) };
    let parting = breaks.iter().filter(|lower| **lower > least && **lower <= most).count();
    let limit = *Method::CLASSES.end();
    if parting + 1 > limit {
        return Err(format!("These make {} classes; there can be at most {limit}.", parting + 1));
    }
    if parting == 0 {
        let (least, most) = (plain(least), plain(most));
        return Err(format!("All values would be in one class; they go from {least} to {most}."));
    }
    // What the method itself does not take must not be lost later.
    if breaks.len() > Method::MOST_BREAKS {
        return Err(format!("There can be at most {} breaks.", Method::MOST_BREAKS));
    }
    Ok(breaks)
}

/// Which breaks lie beyond the values and part nothing, in a sentence.
#[must_use]
pub fn beyond(breaks: &[f64], classes: &Classes) -> Option<String> {
    let (least, most) = classes.range?;
    let idle = |lower: &&f64| **lower <= least || **lower > most;
    let idle: Vec<String> = breaks.iter().filter(idle).map(|lower| plain(*lower)).collect();
    let (list, verb) = match idle.as_slice() {
        [] => return None,
        [only] => (only.clone(), "lies"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "lie"),
    };
    let (least, most) = (plain(least), plain(most));
    Some(format!("{list} {verb} beyond the values, which go from {least} to {most}."))
}

/// Breaks as they are typed.
#[must_use]
pub fn in_words(breaks: &[f64]) -> String {
    breaks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn plain(value: f64) -> String {
    number_in_words(value, Some(rounding::decimals(value).min(6)))
}

/// The numbers of a list. Semicolons part them, else commas and blanks; a comma within digits is
/// one of thousands where another sign parts the numbers.
fn parts(text: &str) -> Vec<&str> {
    let text = text.trim().trim_end_matches([',', ';']);
    let list: Vec<&str> = if text.contains(';') {
        text.split(';').collect()
    } else if text.contains(char::is_whitespace) {
        let words = text.split_whitespace().map(|part| part.trim_matches(','));
        words.flat_map(|word| word.split(move |c| c == ',' && !has_thousands(word))).collect()
    } else {
        text.split(',').collect()
    };
    list.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn number(part: &str) -> Result<f64, String> {
    let signs: String = part
        .chars()
        .filter(|c| !"£%".contains(*c))
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    let digits = if has_thousands(&signs) { signs.replace(',', "") } else { signs };
    match digits.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value + 0.0),
        _ => Err(format!("\"{part}\" is not a number; type breaks such as 10, 20, 30.")),
    }
}

/// Whether a number has commas exactly where thousands have them: `1,200` and `12,000.5`.
fn has_thousands(number: &str) -> bool {
    let whole = number.trim_start_matches(['-', '−', '£']).trim_end_matches('%');
    let whole = whole.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(values: &[f64]) -> Classes {
        Classes::new(&Method::Quantile(4), values)
    }

    #[test]
    fn typed_breaks_are_read_as_people_write_them() {
        let values = classes(&[-8.0, 12.0, 25.0, 2_500.0]);
        for (text, breaks) in [
            ("10, 20, 30", vec![10.0, 20.0, 30.0]),
            ("10,20,30", vec![10.0, 20.0, 30.0]),
            ("10 , 20,30", vec![10.0, 20.0, 30.0]),
            (" 10; 20 ;30; ", vec![10.0, 20.0, 30.0]),
            ("10 20.5", vec![10.0, 20.5]),
            ("−5, £1,200", vec![-5.0, 1200.0]),
            ("5%,", vec![5.0]),
        ] {
            assert_eq!(read_breaks(text, &values).unwrap(), breaks, "{text}");
        }
        assert_eq!(in_words(&[-5.0, 0.25, 1200.0]), "-5, 0.25, 1200");
    }

    #[test]
    fn typed_breaks_that_mean_nothing_are_told_in_a_sentence() {
        let values = classes(&[12.0, 19.0, 25.0]);
        for (text, why) in [
            ("", "Type the numbers between the classes, such as 10, 20, 30."),
            ("15, ten", "\"ten\" is not a number; type breaks such as 10, 20, 30."),
            ("15, inf", "\"inf\" is not a number; type breaks such as 10, 20, 30."),
            ("20, 15", "15 comes after 20; the smallest break comes first."),
            ("15, 15", "15 is there twice; each break is there once."),
            ("100, 200", "All values would be in one class; they go from 12 to 25."),
            ("13 14 15 16 17 18 19 20 21", "These make 10 classes; there can be at most 9."),
        ] {
            assert_eq!(read_breaks(text, &values).unwrap_err(), why, "{text}");
        }
    }

    #[test]
    fn breaks_beyond_the_values_are_told_and_colour_nothing() {
        let own = Method::Breaks(vec![10.0, 20.0, 30.0]);
        let classes = Classes::new(&own, &[12.0, 19.0, 20.0, 25.0]);
        assert_eq!(classes.breaks, [20.0]);
        assert_eq!(classes.labels(None), ["10 to 19", "20 to 29"]);
        let told = "10 and 30 lie beyond the values, which go from 12 to 25.";
        assert_eq!(beyond(&[10.0, 20.0, 30.0], &classes).as_deref(), Some(told));
        assert_eq!(beyond(&[20.0], &classes), None);
    }
}
