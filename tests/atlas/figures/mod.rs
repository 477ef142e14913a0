//! Tables of figures as people have them, made here, and what is made of each.

#![expect(clippy::panic, reason = "a test may end where its set-up fails")]

mod attached;
mod workbooks;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ics_atlas::diag::{Diagnostic, Place, Refusal, Severity};
use ics_atlas::figures::{Cell, ColumnKind, England, FigureChoices, Figures, Unit};
use ics_atlas::model::{BodyKind, Edition, JoinedLayer};
use ics_atlas::read::{Progress, ReadError, Source};
use proptest::prelude::*;

use super::shared::ATLAS;

static DOCUMENTED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| documented(false));

fn layer(kind: BodyKind, edition: Edition) -> Arc<JoinedLayer> {
    ATLAS.layer(kind, edition).expect("the embedded boundaries are sound")
}

/// The 42 boards of 2022.
fn boards() -> Arc<JoinedLayer> {
    layer(BodyKind::Icb, Edition::July2022)
}

struct Read {
    figures: Figures,
    told: Vec<Diagnostic>,
    joined: Arc<JoinedLayer>,
}

impl Read {
    fn codes(&self) -> BTreeSet<&'static str> {
        self.told.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// Codes of what needs attention.
    fn warnings(&self) -> Vec<&'static str> {
        let loud = self.told.iter().filter(|d| d.severity > Severity::Info);
        let codes: BTreeSet<&str> = loud.map(|diagnostic| diagnostic.code).collect();
        codes.into_iter().collect()
    }

    fn all(&self, code: &str) -> Vec<String> {
        self.told.iter().filter(|d| d.code == code).map(ToString::to_string).collect()
    }

    fn one(&self, code: &str) -> String {
        let mut found = self.all(code);
        assert_eq!(found.len(), 1, "{code}: {:?}", self.told);
        found.remove(0)
    }

    fn value(&self, column: &str, name: &str) -> &Cell {
        let column = self.figures.column(column).expect("the column is there");
        let area = self.joined.names.iter().position(|n| n == name).expect("the area is there");
        &self.figures.columns[column].values[area]
    }
}

fn try_read(
    name: &str,
    bytes: &[u8],
    joined: &JoinedLayer,
    choices: &FigureChoices,
) -> Result<(Figures, Vec<Diagnostic>), ReadError> {
    let source = Source::new(name, bytes);
    let progress = Progress::default();
    Figures::read(&source, joined, &ATLAS.register, choices, &progress)
        .map(|read| (read.value, read.diagnostics))
}

fn read_bytes(name: &str, bytes: &[u8], joined: Arc<JoinedLayer>) -> Read {
    match try_read(name, bytes, &joined, &FigureChoices::default()) {
        Ok((figures, told)) => {
            assert!(figures.columns.iter().all(|c| c.values.len() == joined.names.len()));
            for diagnostic in &told {
                let severity = match DOCUMENTED.get(diagnostic.code).map(String::as_str) {
                    Some("warning") => Severity::Warning,
                    Some("info") => Severity::Info,
                    other => panic!("{}: {other:?}", diagnostic.code),
                };
                assert!(diagnostic.severity <= severity, "{diagnostic}");
                assert!(diagnostic.message.ends_with(['.', '?']), "{diagnostic}");
            }
            Read { figures, told, joined }
        }
        Err(error) => panic!("{}", error.into_refusal()),
    }
}

fn read(text: &str) -> Read {
    read_bytes("figures.csv", text.as_bytes(), boards())
}

fn refusal_of(bytes: &[u8]) -> Refusal {
    match try_read("figures.csv", bytes, &boards(), &FigureChoices::default()) {
        Ok((figures, told)) => panic!("{figures:?} {told:?}"),
        Err(error) => error.into_refusal(),
    }
}

/// A table with a row for each area, and a value by its position.
fn whole(header: &str, joined: &JoinedLayer, value: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for (at, area) in joined.layer.areas.iter().enumerate() {
        writeln!(text, "{},\"{}\",{}", area.code, area.name, value(at)).expect("memory has room");
    }
    text
}

#[test]
fn a_plain_table_opens_without_a_warning() {
    let joined = boards();
    let read =
        read(&whole("ICB22CD,ICB22NM,Patients", &joined, |at| format!("\"{},000\"", at + 1)));
    assert_eq!(read.warnings(), Vec::<&str>::new());
    assert_eq!((read.figures.id_column.as_str(), read.figures.areas), ("ICB22CD", 42));
    let column = &read.figures.columns[read.figures.first_column];
    assert_eq!((column.name.as_str(), column.kind), ("Patients", ColumnKind::Number));
    assert_eq!(column.values[41], Cell::Number(42_000.0));
    assert_eq!(column.england, England::Sum(903_000.0));
    assert_eq!(column.ranks()[41], Some(1));
}

#[test]
fn names_are_matched_with_and_without_trimmings() {
    let read = read(
        "board,n\nDevon,1\nNHS Kent and Medway ICB,2\n\
        NHS SOUTH YORKSHIRE INTEGRATED CARE BOARD,3\nSomerset ICS,4\n\
        \"Bath & North East Somerset, Swindon and Wiltshire\",5\nFrimley Health and Care,6\n",
    );
    assert_eq!(read.figures.areas, 6, "{:?}", read.told);
    assert_eq!(read.value("n", "Frimley"), &Cell::Number(6.0));
    assert_eq!(read.value("n", "Somerset"), &Cell::Number(4.0));
    let without = read.one("areas-without-row");
    assert!(without.contains("36 of 42 areas") && without.contains("and 24 others"), "{without}");
}

#[test]
fn ods_codes_are_as_good() {
    let read = read("org,n\nqkk,1\nQWE,2\nQ99,3\n");
    assert_eq!(read.value("n", "South East London"), &Cell::Number(1.0));
    assert_eq!(read.figures.unmatched.len(), 1);
    assert_eq!(
        (read.figures.unmatched[0].row, read.figures.unmatched[0].text.as_str()),
        (4, "Q99")
    );
}

#[test]
fn rows_that_match_nothing_are_listed_with_the_nearest_name() {
    let read = read("name,n\nDevon,1\nSouth East Londn,2\nAtlantis,3\nKent and Medway,4\n");
    let told = read.all("row-unmatched");
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("row 3") && told[0].contains("nearest name is South East London"));
    assert!(told[1].contains("row 4") && !told[1].contains("nearest"), "{}", told[1]);
    assert_eq!(read.figures.unmatched[1].why, "");
}

#[test]
fn rows_that_differ_give_no_value_and_rows_that_agree_do() {
    let read = read("code,n,m\nQKK,1,5\nQKK,2,5\nQWE,3,6\nQMF,7,8\nQMF,7,8\n");
    let told = read.all("area-repeated").join("\n");
    assert!(told.contains("South East London has rows 2, 3, which differ"), "{told}");
    assert!(told.contains("North East London has rows 5, 6, which agree"), "{told}");
    assert_eq!(read.value("n", "South East London"), &Cell::Missing);
    assert_eq!(read.value("m", "South East London"), &Cell::Number(5.0));
    assert_eq!(read.value("n", "North East London"), &Cell::Number(7.0));
}

#[test]
fn codes_of_another_edition_match_the_same_body_and_are_told() {
    // Sussex and Surrey Heartlands got new codes when four small areas moved.
    let read = read("ICB23CD,n\nE54000064,1\nE54000063,2\nE54000030,3\n");
    assert_eq!(read.value("n", "Sussex"), &Cell::Number(1.0));
    assert!(read.one("figures-edition").contains("Codes of April 2023, not of July 2022: 2"));
    assert_eq!(read.all("area-changed").len(), 2, "{:?}", read.told);
    assert!(read.all("area-changed")[0].contains("Chichester"));
}

#[test]
fn mixed_editions_are_told() {
    let read = read("code,n\nE54000064,1\nE54000052,2\n");
    assert_eq!(read.figures.areas, 2);
    let mixed = read.one("editions-mixed");
    assert!(mixed.contains("April 2023"), "{mixed}");
}

#[test]
fn merged_and_split_bodies_never_match() {
    let new = layer(BodyKind::Icb, Edition::April2026);
    let text = "code,n\nE54000034,1\nE54000028,2\nE54000030,3\nE54000042,4\n";
    let read = read_bytes("old.csv", text.as_bytes(), new);
    let told = read.all("row-elsewhere");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Frimley") && told[0].contains("was shared out to"), "{}", told[0]);
    assert!(told[1].contains("North Central London") && told[1].contains("1 April 2026"));
    assert_eq!(read.value("n", "South East London"), &Cell::Number(3.0));
    // Hampshire goes on, but took in a part of Frimley.
    assert_eq!(read.value("n", "Hampshire and Isle of Wight"), &Cell::Number(4.0));
    assert!(read.one("area-changed").contains("Frimley"));
    let back = read_bytes("new.csv", b"code,n\nE54000068,1\nE54000030,2\n", boards());
    assert!(back.one("row-elsewhere").contains("made of"), "{:?}", back.told);
}

#[test]
fn bodies_that_became_others_with_the_same_land_match_and_are_told() {
    // The group of Kent became the board of Kent whole and alone; that of Derbyshire did not.
    let read = read("name,n\nNHS Kent and Medway CCG,1\nNHS Derby and Derbyshire CCG,2\nDevon,3\n");
    assert_eq!(read.value("n", "Kent and Medway"), &Cell::Number(1.0));
    assert!(read.one("area-renamed").contains("same land as Kent and Medway"));
    assert_eq!(read.value("n", "Derby and Derbyshire"), &Cell::Missing);
    let told = read.one("row-elsewhere");
    assert!(told.contains("clinical commissioning group that went to"), "{told}");
}

#[test]
fn groups_match_the_locations_that_kept_their_codes() {
    let locations = layer(BodyKind::SubIcb, Edition::April2023);
    let text = "code,n\nE38000007,1\nE38000182,2\n01Y,3\n";
    let read = read_bytes("groups.csv", text.as_bytes(), locations);
    assert_eq!(read.figures.areas, 2);
    let told = read.one("row-elsewhere");
    assert!(told.contains("Tameside and Glossop"), "{told}");
}

#[test]
fn totals_are_kept_apart() {
    let text = "code,name,n,share\nE92000001,England,1000,10%\nE40000003,London,400,11%\n\
        E54000030,South East London,7,12%\n,Total,1000,10%\nE54000031,South West London,8,13%\n";
    let read = read(text);
    assert_eq!(read.figures.areas, 2);
    let [n, share] = &read.figures.columns[..] else { panic!("{:?}", read.figures.columns) };
    assert_eq!(n.england, England::Recorded(1000.0));
    assert_eq!(share.england, England::Recorded(10.0));
    assert_eq!(share.unit, Some(Unit::Percent));
    assert!(read.one("rows-of-totals").contains("England: 2; for regions: 1"));
    assert_eq!(read.figures.unmatched, []);
    assert_eq!(read.figures.columns[read.figures.first_column].name, "share");
}

#[test]
fn england_is_never_guessed() {
    let joined = boards();
    for (header, value, sum) in [
        ("Patients", "10", Some(420.0)),
        ("Average age", "40", None),
        ("Life expectancy", "80.5", None),
        ("Uptake", "80%", None),
        ("Spend", "£1.50", Some(63.0)),
        ("Rate per 100,000", "7", None),
    ] {
        let read = read(&whole(&format!("code,name,\"{header}\""), &joined, |_| value.to_owned()));
        let england = read.figures.columns[0].england;
        assert_eq!(england.value(), sum, "{header}");
        assert!(!matches!(england, England::Recorded(_)), "{header}");
    }
    let apart = read("code,n\nQKK,1\nEngland,5\nTotal,6\n");
    assert_eq!(apart.figures.columns[0].england, England::NotRecorded);
    assert!(apart.one("area-repeated").contains("England has rows 3, 4"));
}

#[test]
fn text_in_a_column_of_numbers_is_told_and_no_value() {
    let joined = boards();
    let read = read(&whole("code,name,n", &joined, |at| match at {
        3 => "about 5".to_owned(),
        4 => "*".to_owned(),
        5 => String::new(),
        at => at.to_string(),
    }));
    let told = read.told.iter().find(|d| d.code == "figure-text").expect("it is told");
    assert!(told.message.contains("about 5"));
    assert_eq!(
        told.place,
        Place::Cell { table: "figures.csv".to_owned(), row: 5, column: "n".to_owned() }
    );
    let values = &read.figures.columns[0].values;
    assert_eq!(values[3], Cell::Text("about 5".to_owned()));
    assert_eq!(values[4], Cell::Suppressed("*".to_owned()));
    assert_eq!(values[5], Cell::Missing);
    assert_eq!(read.figures.columns[0].numbers().len(), 39);
    assert_eq!(read.figures.columns[0].england, England::NotRecorded);
}

#[test]
fn categories_labels_and_names_are_told_from_figures() {
    let joined = boards();
    let header = "code,name,Year,Region,Rating,Grade,Comment,Rank,n";
    let read = read(&whole(header, &joined, |at| {
        let region = ["London", "Midlands"][at % 2];
        let rating = ["Good", "Outstanding", "Poor"][at % 3];
        let grade = ["A", "B", "C"][at % 3];
        format!("2024,{region},{rating},{grade},words about {at},{},{}", at + 1, at * 7)
    }));
    let about: Vec<(&str, ColumnKind, bool)> =
        read.figures.columns.iter().map(|c| (c.name.as_str(), c.kind, c.is_label)).collect();
    assert_eq!(
        about,
        [
            ("Year", ColumnKind::Number, true),
            ("Region", ColumnKind::Category, true),
            ("Rating", ColumnKind::Category, false),
            ("Grade", ColumnKind::Category, false),
            ("Rank", ColumnKind::Number, true),
            ("n", ColumnKind::Number, false),
        ]
    );
    assert_eq!(read.figures.columns[3].categories().len(), 3);
    assert_eq!(read.figures.columns[read.figures.first_column].name, "n");
}

#[test]
fn texts_in_any_common_encoding_open() {
    let text = "name,Größe\nDevon,1\nSomerset,2\n";
    let utf_16 = |bytes: fn(u16) -> [u8; 2], mark: u16| {
        std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (what, bytes, told) in [
        ("UTF-8", text.as_bytes().to_vec(), None),
        ("UTF-8 with a mark", marked, None),
        ("UTF-16 LE", utf_16(u16::to_le_bytes, 0xfeff), Some("encoding-utf-16")),
        ("UTF-16 BE", utf_16(u16::to_be_bytes, 0xfeff), Some("encoding-utf-16")),
        ("Latin-1", latin_1, Some("encoding-assumed")),
    ] {
        let read = read_bytes("figures.csv", &bytes, boards());
        assert_eq!(read.figures.columns[0].name, "Größe", "{what}");
        assert_eq!(read.value("Größe", "Somerset"), &Cell::Number(2.0), "{what}");
        assert!(told.is_none_or(|told| read.codes().contains(told)), "{what}");
    }
}

#[test]
fn semicolons_and_decimal_commas_open() {
    let read = read("code;name;share;big\nQKK;a;12,5;1.234\nQWE;b;9;5.678\nQMF;c;0,75;9.012\n");
    assert_eq!(read.value("share", "South East London"), &Cell::Number(12.5));
    assert!(read.all("decimal-comma")[0].contains("column share"), "{:?}", read.told);
    // The points are of thousands there.
    assert_eq!(read.value("big", "South West London"), &Cell::Number(5678.0));
    let thousands = self::read("code,n\nQKK,\"1,234\"\nQWE,\"5,678\"\n");
    assert_eq!(thousands.value("n", "South East London"), &Cell::Number(1234.0));
    // One such number among others is no number.
    let mixed = self::read("code;n\nQKK;1.5\nQWE;2.5\nQMF;3,5\nQRV;4.5\nQMJ;5.5\nQOP;6.5\n");
    assert_eq!(mixed.value("n", "North East London"), &Cell::Text("3,5".to_owned()));
}

#[test]
fn titles_above_and_notes_below_are_passed() {
    let text = "Waiting times by board\nPublished 9 May 2024\n\nCode,Board,Patients\nQKK,a,10\n\
        QWE,b,20\n\nSource: monthly return\nNotes,,\n";
    let read = read(text);
    assert!(read.one("title-lines").contains("row 4"));
    assert_eq!(read.value("Patients", "South West London"), &Cell::Number(20.0));
    assert!(read.one("rows-of-notes").contains('1'), "{:?}", read.told);
    assert_eq!(read.all("row-unmatched").len(), 1, "{:?}", read.told);
}

#[test]
fn percentages_that_look_like_fractions_are_told() {
    let read = read("code,Share (%)\nQKK,0.12\nQWE,0.13\nQMF,0.9\n");
    assert!(read.one("percent-fractions").contains("Share (%)"), "{:?}", read.told);
    assert_eq!(self::read("code,Share (%)\nQKK,0.12\nQWE,13\n").all("percent-fractions").len(), 0);
}

#[test]
fn units_that_are_mixed_are_told() {
    let read = read("code,share\nQKK,12%\nQWE,13%\nQMF,0.14\n");
    assert_eq!(read.figures.columns[0].unit, Some(Unit::Percent));
    assert!(read.one("unit-mixed").contains("Of 3 numbers in column share 2 have a percent sign"));
}

#[test]
fn a_hundred_thousand_rows_open_quickly() {
    let joined = boards();
    let mut text = String::from("practice,code,name,n,text\n");
    for row in 0..100_000 {
        let (code, name) = match joined.layer.areas.get(row % 5_000) {
            Some(area) if row < 5_000 => (area.code.clone(), area.name.clone()),
            _ => (format!("P{row:05}"), format!("Practice of number {row}")),
        };
        writeln!(text, "P{row},{code},\"{name}\",{},some words", row * 3).expect("memory has room");
    }
    let started = std::time::Instant::now();
    let read = read_bytes("practices.csv", text.as_bytes(), joined);
    let taken = started.elapsed();
    assert_eq!(read.figures.areas, 42);
    assert_eq!(read.figures.unmatched.len(), 100_000 - 42);
    // Twenty are listed, the rest is counted.
    assert_eq!(read.all("row-unmatched").len(), 21);
    assert!(taken.as_secs() < 20, "{taken:?}");
    println!("100,000 rows: {taken:?}");
}

#[test]
fn a_row_for_each_area_and_month_is_told_to_be_too_much() {
    let joined = boards();
    let mut text = String::from("month,code,n\n");
    for row in 0..100_000 {
        let code = &joined.layer.areas[row % 42].code;
        writeln!(text, "{},{code},{row}", row / 42).expect("memory has room");
    }
    let started = std::time::Instant::now();
    let read = read_bytes("months.csv", text.as_bytes(), joined);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(read.figures.columns.iter().map(|c| c.numbers().len()).sum::<usize>(), 0);
    assert!(read.all("area-repeated")[0].contains("Keep one row for each area"));
}

#[test]
fn other_kinds_of_areas_have_figures_too() {
    let regions = layer(BodyKind::Region, Edition::July2022);
    let text = "Region,n\nLondon,1\nNORTH EAST AND YORKSHIRE,2\nY60,3\nEngland,9\n";
    let read = read_bytes("regions.csv", text.as_bytes(), regions);
    assert_eq!((read.figures.areas, read.figures.columns[0].england), (3, England::Recorded(9.0)));
    let councils = layer(BodyKind::Council, Edition::December2023);
    let text = "Council,n\nHartlepool,1\nKent,2\nDevon,3\nNHS Devon ICB,4\n";
    let read = read_bytes("councils.csv", text.as_bytes(), councils);
    assert_eq!(read.value("n", "Devon"), &Cell::Number(3.0));
    assert!(read.one("row-elsewhere").contains("integrated care board"), "{:?}", read.told);
    let groups = layer(BodyKind::Ccg, Edition::April2021);
    let text = "CCG,n\nNHS Bury CCG,1\nKernow,2\nNHS Devon ICB,3\n";
    let read = read_bytes("groups.csv", text.as_bytes(), groups);
    assert_eq!(read.value("n", "Bury"), &Cell::Number(1.0));
    // Devon's board has the land of Devon's group.
    assert_eq!(read.value("n", "Devon"), &Cell::Number(3.0));
    assert!(read.one("area-renamed").contains("NHS Devon"));
}

#[test]
fn a_table_about_something_else_is_refused_with_the_nearest_thing() {
    let nothing = refusal_of(b"city,n\nParis,1\nRome,2\n");
    assert_eq!(nothing.reason.code, "rows-unmatched");
    assert!(nothing.reason.message.contains("42 integrated care boards of July 2022"));
    let near = refusal_of(b"board,n\nSouth East Lodnon,1\n");
    assert!(near.reason.hint.contains("nearest name is South East London"), "{near}");
    let councils = refusal_of(b"code,n\nE06000001,1\nE06000002,2\n");
    assert!(councils.reason.hint.contains("upper-tier councils"), "{}", councils.reason.hint);
    assert!(
        councils.reason.hint.contains("column code has")
            || councils.reason.hint.contains("Column code has")
    );
    assert_eq!(refusal_of(b"code\nQKK\nQWE\n").reason.code, "no-figures");
}

#[test]
fn a_column_can_be_chosen() {
    let text = "from,to,n\nQKK,QWE,1\nQMF,QRV,2\n";
    let choices = |column: &str| FigureChoices {
        id_column: Some(column.to_owned()),
        ..FigureChoices::default()
    };
    let (figures, _) =
        try_read("a.csv", text.as_bytes(), &boards(), &choices("TO")).expect("it opens");
    assert_eq!((figures.id_column.as_str(), figures.headers.len()), ("to", 3));
    let missing = try_read("a.csv", text.as_bytes(), &boards(), &choices("form"));
    let refusal = missing.expect_err("there is none").into_refusal();
    assert_eq!(refusal.reason.code, "figures-column-missing");
    assert!(refusal.reason.message.contains("nearest is \"from\""), "{refusal}");
}

#[test]
fn rates_are_by_the_population_of_the_register() {
    let joined = boards();
    let read = read(&whole("code,name,cases", &joined, |_| "1000".to_owned()));
    let rate = read.figures.columns[0].per_100_000(&joined, &ATLAS.register).expect("a count");
    assert_eq!(rate.value.unit, Some(Unit::Per(100_000)));
    let numbers = rate.value.numbers();
    assert_eq!(numbers.len(), 42);
    assert!(numbers.iter().all(|rate| (25.0..250.0).contains(rate)), "{numbers:?}");
    // 42,000 of some 57 million people.
    let england = rate.value.england.value().expect("all areas have people");
    assert!((70.0..77.0).contains(&england), "{england}");
    let told = &rate.diagnostics[0];
    assert_eq!(told.code, "rate-population");
    assert!(told.message.contains("mid-2022") && told.message.contains("April 2023"), "{told}");
    let again = rate.value.per_100_000(&joined, &ATLAS.register).expect_err("it is a rate");
    assert_eq!(again.reason.code, "rate-of-rate");
    let new = layer(BodyKind::Icb, Edition::April2026);
    let of_new =
        read_bytes("a.csv", whole("code,name,n", &new, |_| "9".to_owned()).as_bytes(), new.clone());
    let rate = of_new.figures.columns[0].per_100_000(&new, &ATLAS.register).expect("a count");
    assert!(rate.diagnostics[0].hint.contains("worked out"), "{:?}", rate.diagnostics);
    let councils = layer(BodyKind::Council, Edition::December2023);
    let of_councils = read_bytes("a.csv", b"code,n\nE06000001,1\nE06000002,2\n", councils.clone());
    let none = of_councils.figures.columns[0].per_100_000(&councils, &ATLAS.register);
    assert_eq!(none.expect_err("no population").reason.code, "rate-without-population");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_is_too_odd(
        lines in proptest::collection::vec("[ -~£;,\t\"\r\u{a0}é]{0,40}", 0..12),
        rows in proptest::collection::vec((0_usize..45, "[0-9.,%*£ ()-]{0,8}"), 0..12),
    ) {
        let joined = boards();
        let mut text = lines.join("\n");
        for (area, value) in rows {
            let code = joined.layer.areas.get(area).map_or("E54999999", |area| &area.code);
            text += &["\n", code, ",", &value].concat();
        }
        for bytes in [text.as_bytes(), &text.as_bytes()[..text.len() / 2]] {
            if let Ok((figures, _)) = try_read("a.csv", bytes, &joined, &FigureChoices::default()) {
                prop_assert!(figures.areas > 0 && !figures.columns.is_empty());
                for column in &figures.columns {
                    prop_assert_eq!(column.values.len(), joined.names.len());
                    prop_assert!(column.numbers().iter().all(|value| value.is_finite()));
                }
            }
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The codes of the page, with their severities: those of figures, or all.
fn documented(of_figures_alone: bool) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("docs/diagnostics.md")).expect("it is there");
    let (_, figures) = text.split_once("\n# What figures tell\n").expect("there is a chapter");
    let text = if of_figures_alone { figures } else { &text };
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let cells = |row: &str| {
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 4 && cells[2].ends_with('.') && cells[3].ends_with('.'), "{row}");
        (cells[0].trim_end_matches('`').to_owned(), cells[1].to_owned())
    };
    rows.map(cells).collect()
}

#[test]
fn each_code_in_the_sources_is_documented() {
    let documented = documented(false);
    let mut folders = vec![root().join("src/figures")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let is_word = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let is_code = |text: &&str| text.contains('-') && text.split('-').all(is_word);
    let mut found = BTreeSet::new();
    for path in files.iter().filter(|path| !path.ends_with("tests.rs")) {
        // Names of elements and of methods have hyphens as well.
        if path.ends_with("ods.rs") || path.ends_with("method.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("a source is text");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for text in line.split('"').skip(1).step_by(2).filter(is_code) {
                assert!(documented.contains_key(text), "{text} in {}", path.display());
                found.insert(text.to_owned());
            }
        }
    }
    let of_figures: BTreeSet<String> =
        self::documented(true).into_keys().filter(|code| code != "encoding-assumed").collect();
    assert_eq!(of_figures.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new());
}
