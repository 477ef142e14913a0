//! The register holds together: every reference resolves, and the published counts hold.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

use std::collections::BTreeSet;

use ics_atlas::model::{Atlas, BodyId, BodyKind, Date, Edition, Register};
use ics_atlas::read::bundled;

fn register() -> std::sync::Arc<Register> {
    Atlas::embedded().expect("the embedded tables are sound").register
}

/// CCGs that existed on a day: from the first to the last, both included.
fn ccgs_on(register: &Register, day: &str) -> usize {
    let day: Date = day.parse().expect("a date");
    let open = |id: &BodyId| {
        let body = register.body(*id);
        body.opened.is_some_and(|opened| opened <= day)
            && body.closed.is_some_and(|closed| day <= closed)
    };
    register.of_kind(BodyKind::Ccg).filter(open).count()
}

#[test]
fn the_published_counts_hold() {
    let register = register();
    for (day, count) in [
        ("2013-04-01", 211),
        ("2014-04-01", 211),
        ("2015-04-01", 209),
        ("2016-04-01", 209),
        ("2017-04-01", 207),
        ("2018-04-01", 195),
        ("2019-04-01", 191),
        ("2020-04-01", 135),
        ("2021-04-01", 106),
        ("2022-06-30", 106),
        ("2022-07-01", 0),
    ] {
        assert_eq!(ccgs_on(&register, day), count, "CCGs on {day}");
    }
    let count = |kind| register.of_kind(kind).count();
    assert_eq!(count(BodyKind::Ccg), 248);
    assert_eq!(count(BodyKind::Stp), 45);
    assert_eq!(count(BodyKind::SubIcb), 106);
    assert_eq!(count(BodyKind::Region), 7);
    assert_eq!(count(BodyKind::Council), 153);
    assert_eq!(count(BodyKind::Icb), 48, "42 boards of 2022 and six new ones of 2026");
}

#[test]
fn successions_are_those_on_record() {
    let register = register();
    let count = |from, to| {
        let kind = |id| register.body(id).kind;
        register.successions.iter().filter(|s| kind(s.from) == from && kind(s.to) == to).count()
    };
    assert_eq!(count(BodyKind::Ccg, BodyKind::Ccg), 142);
    assert_eq!(count(BodyKind::Ccg, BodyKind::Icb), 106);
    assert_eq!(count(BodyKind::Stp, BodyKind::Stp), 3);
    assert_eq!(count(BodyKind::Stp, BodyKind::Icb), 42);
    assert_eq!(count(BodyKind::Icb, BodyKind::Icb), 16);
    for succession in &register.successions {
        let (from, to) = (register.body(succession.from), register.body(succession.to));
        assert!(from.closed < Some(succession.date), "{} outlived its successor", from.name);
        assert!(to.opened <= Some(succession.date), "{} came late", to.name);
    }
}

#[test]
fn boards_of_each_region() {
    let register = register();
    let expected =
        [("Y61", 6), ("Y56", 5), ("Y60", 11), ("Y63", 4), ("Y62", 3), ("Y59", 6), ("Y58", 7)];
    for (code, boards) in expected {
        let region = register.by_key(BodyKind::Region, code);
        let in_2022 = register.areas_of(BodyKind::Icb, Edition::July2022);
        let here = in_2022.filter(|(_, id)| register.region_of(*id) == region).count();
        assert_eq!(here, boards, "{code}");
    }
}

#[test]
fn every_area_of_every_edition_finds_its_body() {
    let atlas = Atlas::embedded().expect("the embedded tables are sound");
    for (edition, areas) in [
        (Edition::April2013, 211),
        (Edition::April2021, 106),
        (Edition::July2022, 42),
        (Edition::April2023, 42),
        (Edition::April2026, 36),
    ] {
        let joined = atlas.edition(edition).expect("a bundled edition");
        assert_eq!(joined.layer.areas.len(), areas, "{edition}");
        assert_eq!(joined.edition(), Some(edition));
        let bodies: BTreeSet<BodyId> = joined.bodies.iter().flatten().copied().collect();
        assert_eq!(bodies.len(), areas, "{edition}: each area has a body of its own");
        assert!(joined.regions.iter().all(Option::is_some), "{edition}: an area has no region");
        let recorded = atlas.register.areas_of(edition.kind(), edition).count();
        assert_eq!(recorded, areas, "{edition}: the table of codes has others");
    }
    for (kind, edition, areas) in [
        (BodyKind::SubIcb, Edition::April2023, 106),
        (BodyKind::Council, Edition::December2023, 153),
        (BodyKind::Region, Edition::July2022, 7),
        (BodyKind::Region, Edition::April2023, 7),
        (BodyKind::Region, Edition::April2026, 7),
    ] {
        let layer = bundled::layer(kind, edition).expect("a bundled layer");
        assert_eq!(layer.areas.len(), areas, "{} {edition}", kind.label());
        for area in &layer.areas {
            let code = area.code.parse().expect("an ONS code");
            let body = atlas.register.by_area(kind, edition, &code);
            assert!(body.is_some(), "{} {edition} {}", kind.label(), area.code);
        }
    }
}

#[test]
fn every_sub_icb_location_followed_a_group_and_every_board_has_people() {
    let register = register();
    for id in register.of_kind(BodyKind::SubIcb) {
        let code = register.body(id).ods_code.as_ref().expect("a code");
        let before = register.by_key(BodyKind::Ccg, code.as_str()).expect("a CCG of the same code");
        let board = register.after(before).next().expect("a successor").to;
        assert_eq!(register.body(id).parent, Some(board), "{code}");
    }
    let total = |edition: Edition| -> u64 {
        let boards = register.areas_of(BodyKind::Icb, edition);
        boards
            .map(|(_, id)| register.population(id, Some(edition)).expect("a population").value)
            .sum()
    };
    for edition in [Edition::July2022, Edition::April2023, Edition::April2026] {
        assert_eq!(total(edition), 57_106_398, "{edition}");
    }
}

#[test]
fn partnerships_are_recorded_or_honestly_unknown() {
    let register = register();
    let boards: Vec<BodyId> =
        register.areas_of(BodyKind::Icb, Edition::July2022).map(|(_, id)| id).collect();
    let unknown: BTreeSet<&str> = boards
        .iter()
        .filter(|id| register.partnership(**id).is_none())
        .map(|id| register.body(*id).short_name.as_str())
        .collect();
    let expected = BTreeSet::from([
        "Birmingham and Solihull",
        "North Central London",
        "Norfolk and Waveney",
        "Staffordshire and Stoke-on-Trent",
        "Bath and North East Somerset, Swindon and Wiltshire",
        "Bristol, North Somerset and South Gloucestershire",
    ]);
    assert_eq!(unknown, expected);
}

#[test]
fn codes_changed_and_names_that_stayed() {
    let register = register();
    let code = |ods, edition| {
        let id = register.by_key(BodyKind::Icb, ods).expect("a board");
        register.ons_code(id, edition).map(ToString::to_string)
    };
    assert_eq!(code("QXU", Edition::July2022).as_deref(), Some("E54000052"));
    assert_eq!(code("QXU", Edition::April2023).as_deref(), Some("E54000063"));
    assert_eq!(code("QRL", Edition::April2023).as_deref(), Some("E54000042"));
    assert_eq!(code("QRL", Edition::April2026).as_deref(), Some("E54000067"));
    assert_eq!(code("QXU", Edition::April2026), None);
}
