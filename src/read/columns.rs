//! Which column holds the codes, which the names, and what areas they are.
//!
//! ONS calls its columns after the kind of area and the year: `ICB22CD`, `icb23nm`,
//! `SICBL23CDH`. Others are found by common headers and then by their content.

use serde_json::Value;

use super::raw::RawFeature;
use crate::diag::{Diagnostic, Reporter, Severity};
use crate::model::{BodyKind, Edition, OnsCode};

/// What the columns of a file mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Header of the code column.
    pub code_field: Option<String>,
    /// Header of the name column.
    pub name_field: Option<String>,
    /// Kind of the areas.
    pub kind: Option<BodyKind>,
    /// Edition of the areas.
    pub edition: Option<Edition>,
}

/// An ONS header taken apart: `ICB22CD` is boards, 22, and `CD`.
struct OnsHeader<'a> {
    kind: Option<BodyKind>,
    year: u8,
    ending: &'a str,
}

/// Finds out what the columns mean.
pub fn recognise(features: &[RawFeature], reporter: &mut Reporter) -> Columns {
    let headers = headers(features);
    let code_field = headers
        .iter()
        .find(|h| ons_header(h).is_some_and(|ons| ons.ending == "CD"))
        .or_else(|| {
            named(&headers, &["areacd", "code", "ons_code", "onscode", "gss_code", "areacode"])
        })
        .or_else(|| headers.iter().find(|h| share(features, h, is_ons_code) >= 0.9))
        .or_else(|| headers.iter().find(|h| ons_header(h).is_some_and(|ons| ons.ending == "CDH")))
        .cloned();
    let name_field = headers
        .iter()
        .find(|h| ons_header(h).is_some_and(|ons| ons.ending == "NM"))
        .or_else(|| named(&headers, &["areanm", "name", "area_name", "areaname", "title", "label"]))
        .or_else(|| headers.iter().find(|h| h.to_lowercase().contains("name")))
        .or_else(|| {
            let mut others = headers.iter().filter(|h| Some(*h) != code_field.as_ref());
            others.find(|h| share(features, h, is_words) >= 0.9)
        })
        .cloned();
    let mut columns = Columns { code_field, name_field, kind: None, edition: None };
    let by_header = [&columns.code_field, &columns.name_field].into_iter().flatten();
    if let Some(ons) = by_header.filter_map(|h| ons_header(h)).find(|ons| ons.kind.is_some()) {
        columns.kind = ons.kind;
        columns.edition = ons.kind.and_then(|kind| Edition::for_year(kind, ons.year));
    } else if let Some(code) = &columns.code_field {
        columns.kind = kind_by_codes(features, code);
    }
    if columns.code_field.is_none() && columns.name_field.is_none() {
        reporter.report(
            Diagnostic::new(
                Severity::Warning,
                "columns-missing",
                "No column with codes or names was found.",
            )
            .hint("The areas are numbered instead."),
        );
    }
    columns
}

/// The text of a property, numbers included; `None` if it is absent or blank.
pub fn text(feature: &RawFeature, field: Option<&String>) -> Option<String> {
    match feature.properties.get(field?)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// All headers, in the order in which the features bring them up.
fn headers(features: &[RawFeature]) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for key in features.iter().take(50).flat_map(|feature| feature.properties.keys()) {
        if !headers.contains(key) {
            headers.push(key.clone());
        }
    }
    headers
}

fn ons_header(header: &str) -> Option<OnsHeader<'_>> {
    if !header.is_ascii() {
        return None;
    }
    let digits = header.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = header.split_at(digits);
    let year = rest.get(..2)?.parse().ok()?;
    let kind = match prefix.to_ascii_uppercase().as_str() {
        "ICB" => Some(BodyKind::Icb),
        "STP" => Some(BodyKind::Stp),
        "SICBL" | "LOC" => Some(BodyKind::SubIcb),
        "CCG" => Some(BodyKind::Ccg),
        "NHSER" => Some(BodyKind::Region),
        "CTYUA" | "UTLA" => Some(BodyKind::Council),
        "LAD" | "LTLA" | "CTRY" | "RGN" | "CAUTH" | "LSOA" | "MSOA" | "CTY" => None,
        _ => return None,
    };
    let ending = ["CD", "CDH", "NM"].into_iter().find(|e| rest[2..].eq_ignore_ascii_case(e))?;
    Some(OnsHeader { kind, year, ending })
}

fn named<'a>(headers: &'a [String], wanted: &[&str]) -> Option<&'a String> {
    wanted.iter().find_map(|name| headers.iter().find(|h| h.eq_ignore_ascii_case(name)))
}

/// The share of features whose value in a column passes `test`.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
fn share(features: &[RawFeature], header: &String, test: fn(&str) -> bool) -> f64 {
    let passing = features.iter().filter(|f| text(f, Some(header)).is_some_and(|t| test(&t)));
    passing.count() as f64 / features.len().max(1) as f64
}

fn is_ons_code(text: &str) -> bool {
    text.parse::<OnsCode>().is_ok()
}

fn is_words(text: &str) -> bool {
    text.len() > 2 && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > text.chars().count()
}

/// ONS numbers its kinds of areas: 54 for boards, 38 for CCGs and their successors, 40 for
/// NHS regions, 06, 08, 09 and 10 for councils.
fn kind_by_codes(features: &[RawFeature], code_field: &String) -> Option<BodyKind> {
    let kind_of = |code: &str| match code.get(..3)? {
        "E54" => Some(BodyKind::Icb),
        "E38" => Some(BodyKind::Ccg),
        "E40" => Some(BodyKind::Region),
        "E06" | "E08" | "E09" | "E10" => Some(BodyKind::Council),
        _ => None,
    };
    let kinds: Vec<_> = features
        .iter()
        .filter_map(|f| text(f, Some(code_field)))
        .map(|code| kind_of(&code))
        .collect();
    let first = kinds.iter().flatten().next().copied()?;
    (kinds.iter().filter(|kind| **kind == Some(first)).count() * 10 >= kinds.len() * 9)
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::raw::RawShape;
    use super::*;

    fn features(rows: &[&[(&str, &str)]]) -> Vec<RawFeature> {
        let feature = |(i, row): (usize, &&[(&str, &str)])| RawFeature {
            number: i + 1,
            properties: row.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect(),
            shape: RawShape::Polygons(Vec::new()),
        };
        rows.iter().enumerate().map(feature).collect()
    }

    fn found(
        rows: &[&[(&str, &str)]],
    ) -> (Option<String>, Option<String>, Option<BodyKind>, Option<Edition>) {
        let c = recognise(&features(rows), &mut Reporter::default());
        (c.code_field, c.name_field, c.kind, c.edition)
    }

    #[test]
    fn ons_headers_of_every_edition_in_either_case() {
        for (code, name, kind, edition) in [
            ("ICB22CD", "ICB22NM", BodyKind::Icb, Edition::July2022),
            ("icb23cd", "icb23nm", BodyKind::Icb, Edition::April2023),
            ("ICB26CD", "ICB26NM", BodyKind::Icb, Edition::April2026),
            ("SICBL23CD", "SICBL23NM", BodyKind::SubIcb, Edition::April2023),
            ("ccg21cd", "ccg21nm", BodyKind::Ccg, Edition::April2021),
            ("CTYUA23CD", "CTYUA23NM", BodyKind::Council, Edition::December2023),
        ] {
            let got = found(&[&[("FID", "1"), (code, "E54000030"), (name, "Somewhere")]]);
            assert_eq!(got, (Some(code.into()), Some(name.into()), Some(kind), Some(edition)));
        }
    }

    #[test]
    fn other_headers_are_found_by_content() {
        let got = found(&[
            &[("a", "x"), ("gebied", "E54000030"), ("was", "South East London")],
            &[("a", "y"), ("gebied", "E54000031"), ("was", "South West London")],
        ]);
        let expected = (Some("gebied".into()), Some("was".into()), Some(BodyKind::Icb), None);
        assert_eq!(got, expected);
    }

    #[test]
    fn no_columns_is_told() {
        let mut reporter = Reporter::default();
        let columns = recognise(&features(&[&[("FID", "1")], &[("FID", "2")]]), &mut reporter);
        assert_eq!(columns, Columns::default());
        assert_eq!(reporter.finish()[0].code, "columns-missing");
    }
}
