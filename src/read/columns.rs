//! Which column holds the codes, which the names, and what areas they are.
//!
//! ONS calls its columns after the kind of area and the year: `ICB22CD`, `icb23nm`,
//! `SICBL23CDH`. Others are found by common headers and then by their content.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::choices::Choices;
use super::raw::RawFeature;
use crate::diag::{Diagnostic, Reporter, Severity};
use crate::model::names::within_a_sentence;
use crate::model::{BodyKind, Edition, OdsCode, OnsCode};

/// What the columns of a file mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// All headers.
    pub all: Vec<String>,
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

/// Finds out what the columns mean. A column that a person has chosen is taken as it is.
pub fn recognise(features: &[RawFeature], choices: &Choices, reporter: &mut Reporter) -> Columns {
    let all = headers(features);
    let mut chosen = |wanted: &Option<String>| {
        let wanted = wanted.as_ref()?;
        let found = all.iter().find(|header| *header == wanted);
        if found.is_none() {
            let message = format!("The file has no column \"{wanted}\", which was chosen before.");
            reporter.report(
                Diagnostic::new(Severity::Warning, "column-missing", message)
                    .hint("The columns are found out from their content instead."),
            );
        }
        found
    };
    let code = chosen(&choices.code_field).or_else(|| code_column(features, &all));
    let name = chosen(&choices.name_field).or_else(|| name_column(features, &all, code));
    let mut columns =
        Columns { code_field: code.cloned(), name_field: name.cloned(), ..Columns::default() };
    let by_header = [code, name].into_iter().flatten().filter_map(|header| ons_header(header));
    let header = by_header.into_iter().find(|ons| ons.kind.is_some());
    let by_codes = code.and_then(|code| kind_by_codes(features, code));
    columns.kind = header.as_ref().and_then(|ons| ons.kind);
    columns.edition = header.as_ref().and_then(|ons| Edition::for_year(ons.kind?, ons.year));
    match (columns.kind, by_codes) {
        // Locations kept the codes of the groups that they had been.
        (Some(BodyKind::SubIcb), Some(BodyKind::Ccg)) | (Some(BodyKind::Stp), _) => {}
        (Some(kind), Some(real)) if kind != real => {
            let message = format!(
                "The column {} speaks of {}, but its codes are those of {}.",
                code.map_or("of the codes", String::as_str),
                within_a_sentence(kind.plural()),
                within_a_sentence(real.plural()),
            );
            reporter.report(
                Diagnostic::new(Severity::Warning, "kind-contradicted", message)
                    .hint("The codes decide."),
            );
            (columns.kind, columns.edition) = (Some(real), None);
        }
        (None, real) => columns.kind = real,
        _ => {}
    }
    if let Some(code) = code {
        tell_repeated(features, code, reporter);
    }
    if code.is_none() && name.is_none() {
        reporter.report(
            Diagnostic::new(
                Severity::Warning,
                "columns-missing",
                "No column with codes or names was found.",
            )
            .hint("The areas are numbered instead. Choose the columns if there are any."),
        );
    }
    Columns { all, ..columns }
}

/// Headers of codes that are not made by ONS for an edition, without case and punctuation.
const CODE_HEADERS: [&str; 9] = [
    "areacd",
    "code",
    "onscode",
    "gsscode",
    "areacode",
    "geographycode",
    "icbcode",
    "ccgcode",
    "regioncode",
];

/// Headers of names, likewise.
const NAME_HEADERS: [&str; 8] =
    ["areanm", "name", "areaname", "icbname", "ccgname", "title", "label", "geographyname"];

/// The column of the codes: by an ONS header, by another header whose values are codes, by
/// content, and at last by a header alone.
fn code_column<'a>(features: &[RawFeature], all: &'a [String]) -> Option<&'a String> {
    let of_ons = |ending| move |h: &&String| ons_header(h).is_some_and(|ons| ons.ending == ending);
    let mut by_ons = all.iter().filter(of_ons("CD"));
    // A file of small areas names the larger ones too; its own codes occur once each.
    by_ons
        .clone()
        .find(|header| is_distinct(features, header))
        .or_else(|| by_ons.next())
        .or_else(|| named(all, &CODE_HEADERS).find(|h| share(features, h, is_code) >= 0.5))
        .or_else(|| all.iter().find(|h| share(features, h, is_ons_code) >= 0.9))
        .or_else(|| all.iter().find(of_ons("CDH")))
        .or_else(|| all.iter().find(|h| share(features, h, is_board_code) >= 0.9))
        .or_else(|| named(all, &CODE_HEADERS).next())
}

/// The column of the names: beside that of the codes, by header, by content.
fn name_column<'a>(
    features: &[RawFeature],
    all: &'a [String],
    code: Option<&String>,
) -> Option<&'a String> {
    let beside = code.and_then(|code| {
        let ons = ons_header(code)?;
        let stem = code.get(..code.len() - ons.ending.len())?;
        all.iter().find(|h| {
            h.len() == stem.len() + 2
                && h.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem))
                && ons_header(h).is_some_and(|ons| ons.ending == "NM")
        })
    });
    beside
        .or_else(|| all.iter().find(|h| ons_header(h).is_some_and(|ons| ons.ending == "NM")))
        .or_else(|| named(all, &NAME_HEADERS).next())
        .or_else(|| all.iter().find(|h| h.to_lowercase().contains("name")))
        .or_else(|| {
            let mut others = all.iter().filter(|h| Some(*h) != code);
            others.find(|h| share(features, h, is_words) >= 0.9)
        })
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

/// Those headers that are among the wanted ones, in the order of the wanted ones.
fn named<'a>(all: &'a [String], wanted: &[&str]) -> impl Iterator<Item = &'a String> {
    let plain = |header: &str| {
        header.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let mut found: Vec<(usize, &String)> = all
        .iter()
        .filter_map(|h| Some((wanted.iter().position(|name| plain(h) == *name)?, h)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, header)| header)
}

/// Whether each feature has a value of its own in a column.
fn is_distinct(features: &[RawFeature], header: &String) -> bool {
    let mut seen = FxHashSet::default();
    features.iter().all(|feature| text(feature, Some(header)).is_some_and(|t| seen.insert(t)))
}

/// Tells of codes that several features have: perhaps the parts of one area.
fn tell_repeated(features: &[RawFeature], header: &String, reporter: &mut Reporter) {
    let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for feature in features {
        let code = text(feature, Some(header)).unwrap_or_default();
        if is_ons_code(&code) {
            numbers.entry(code.to_ascii_uppercase()).or_default().push(feature.number);
        }
    }
    for (code, numbers) in numbers.iter().filter(|(_, numbers)| numbers.len() > 1) {
        let message = format!(
            "{} features have the code {code}: the first are {} and {}.",
            numbers.len(),
            numbers[0],
            numbers[1]
        );
        reporter.report(
            Diagnostic::new(Severity::Warning, "code-repeated", message)
                .hint("Each is shown as an area of its own."),
        );
    }
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

/// An ODS code of a board or an STP: Q and two characters.
fn is_board_code(text: &str) -> bool {
    text.len() == 3 && text.starts_with('Q') && text.parse::<OdsCode>().is_ok()
}

fn is_code(text: &str) -> bool {
    is_ons_code(text)
        || text
            .parse::<OdsCode>()
            .is_ok_and(|_| text.chars().any(|c| c.is_ascii_digit() || c == 'Q'))
}

fn is_words(text: &str) -> bool {
    text.len() > 2 && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > text.chars().count()
}

/// ONS numbers its kinds of areas: 54 for boards, 38 for CCGs and their successors, 40 for
/// NHS regions, 06, 08, 09 and 10 for councils.
fn kind_by_codes(features: &[RawFeature], code_field: &String) -> Option<BodyKind> {
    let kind_of = |code: &str| match code.get(..3)?.to_ascii_uppercase().as_str() {
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
    let first = kinds.iter().flatten().next().copied();
    let Some(first) = first else {
        // ODS codes that begin with Q are those of boards and, before them, of STPs.
        return (share(features, code_field, is_board_code) >= 0.9).then_some(BodyKind::Icb);
    };
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
        let c = recognise(&features(rows), &Choices::default(), &mut Reporter::default());
        (c.code_field, c.name_field, c.kind, c.edition)
    }

    #[test]
    fn ons_headers_of_every_edition_in_either_case() {
        for (code, name, value, kind, edition) in [
            ("ICB22CD", "ICB22NM", "E54000030", BodyKind::Icb, Edition::July2022),
            ("icb23cd", "icb23nm", "E54000030", BodyKind::Icb, Edition::April2023),
            ("ICB26CD", "ICB26NM", "E54000070", BodyKind::Icb, Edition::April2026),
            ("SICBL23CD", "SICBL23NM", "E38000006", BodyKind::SubIcb, Edition::April2023),
            ("ccg21cd", "ccg21nm", "E38000006", BodyKind::Ccg, Edition::April2021),
            ("CTYUA23CD", "CTYUA23NM", "E10000014", BodyKind::Council, Edition::December2023),
        ] {
            let got = found(&[&[("FID", "1"), (code, value), (name, "Somewhere")]]);
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
    fn the_codes_of_the_features_are_those_that_occur_once() {
        let got = found(&[
            &[("ICB23CD", "E54000030"), ("SICBL23CD", "E38000006"), ("SICBL23NM", "Here")],
            &[("ICB23CD", "E54000030"), ("SICBL23CD", "E38000007"), ("SICBL23NM", "There")],
        ]);
        assert_eq!((got.0.as_deref(), got.2), (Some("SICBL23CD"), Some(BodyKind::SubIcb)));
    }

    #[test]
    fn a_chosen_column_is_taken_and_a_lost_one_is_told() {
        let rows = features(&[&[("code", "E54000030"), ("name", "A"), ("alias", "B")]]);
        let mut reporter = Reporter::default();
        let choices = Choices { name_field: Some("alias".to_owned()), ..Choices::default() };
        let columns = recognise(&rows, &choices, &mut reporter);
        assert_eq!(columns.name_field.as_deref(), Some("alias"));
        let choices = Choices { name_field: Some("gone".to_owned()), ..Choices::default() };
        let columns = recognise(&rows, &choices, &mut reporter);
        assert_eq!(columns.name_field.as_deref(), Some("name"));
        assert_eq!(reporter.finish()[0].code, "column-missing");
    }

    #[test]
    fn codes_of_another_kind_than_the_header_decide() {
        let rows = features(&[&[("ICB22CD", "E38000006"), ("ICB22NM", "A")]]);
        let mut reporter = Reporter::default();
        let columns = recognise(&rows, &Choices::default(), &mut reporter);
        assert_eq!((columns.kind, columns.edition), (Some(BodyKind::Ccg), None));
        assert_eq!(reporter.finish()[0].code, "kind-contradicted");
    }

    #[test]
    fn codes_in_lower_case_tell_their_kind() {
        let got = found(&[&[("zz", "e54000030"), ("name", "A")]]);
        assert_eq!((got.0.as_deref(), got.2), (Some("zz"), Some(BodyKind::Icb)));
    }

    #[test]
    fn codes_that_occur_twice_are_told() {
        let rows = features(&[&[("a", "E54000030")], &[("a", "E54000031")], &[("a", "E54000030")]]);
        let mut reporter = Reporter::default();
        recognise(&rows, &Choices::default(), &mut reporter);
        let told = reporter.finish();
        assert_eq!(told[0].code, "code-repeated");
        assert!(told[0].message.contains("E54000030: the first are 1 and 3"), "{}", told[0]);
    }

    #[test]
    fn no_columns_is_told() {
        let mut reporter = Reporter::default();
        let columns = recognise(
            &features(&[&[("FID", "1")], &[("FID", "2")]]),
            &Choices::default(),
            &mut reporter,
        );
        assert_eq!((columns.code_field, columns.name_field), (None, None));
        assert_eq!(reporter.finish()[0].code, "columns-missing");
    }
}
