//! Names without their official trimmings.

/// A name as people say it: `NHS South East London Integrated Care Board` is `South East
/// London`, `NHS Bexley CCG` is `Bexley`.
#[must_use]
pub fn short_name(official: &str) -> String {
    let mut name = official.trim();
    if let Some((_, rest)) = name.split_at_checked(4).filter(|cut| is_same(cut.0, "NHS ")) {
        name = rest;
    }
    for ending in [
        " Integrated Care Board",
        " Integrated Care System",
        " Clinical Commissioning Group",
        " Commissioning Region",
        " ICB",
        " CCG",
        " STP",
    ] {
        let start = name.len().saturating_sub(ending.len());
        if let Some((rest, _)) = name.split_at_checked(start).filter(|cut| is_same(cut.1, ending)) {
            name = rest;
        }
    }
    name.to_owned()
}

fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// A name as it is compared: lower case, `&` spelt out, punctuation and trimmings dropped.
#[must_use]
pub fn match_key(name: &str) -> String {
    let spelt_out = short_name(name).replace('&', " and ").to_lowercase();
    let plain: String =
        spelt_out.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().filter(|word| *word != "the").collect::<Vec<_>>().join(" ")
}

/// A name of a kind of thing with a small first letter, unless it begins with initials.
#[must_use]
pub fn within_a_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimmings_go() {
        assert_eq!(short_name("NHS Devon Integrated Care Board"), "Devon");
        assert_eq!(short_name("NHS Bexley CCG"), "Bexley");
        assert_eq!(short_name("Kent and Medway"), "Kent and Medway");
        assert_eq!(short_name("nhs devon INTEGRATED CARE BOARD"), "devon");
        assert_eq!(short_name("Ynys Môn"), "Ynys Môn");
    }

    #[test]
    fn initials_stay_capital_within_a_sentence() {
        assert_eq!(within_a_sentence("Integrated care boards"), "integrated care boards");
        assert_eq!(within_a_sentence("NHS England regions"), "NHS England regions");
        assert_eq!(within_a_sentence(""), "");
    }

    #[test]
    fn ampersands_and_case_do_not_matter() {
        assert_eq!(match_key("NHS Barking & Dagenham"), match_key("barking and dagenham CCG"));
        assert_ne!(match_key("South East London"), match_key("South West London"));
    }
}
