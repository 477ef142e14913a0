//! The register holds together: every reference resolves, and the published counts hold.

use std::collections::{BTreeMap, BTreeSet};

use ics_atlas::model::search::Rank;
use ics_atlas::model::{BodyId, BodyKind, Date, Edition, Register};
use ics_atlas::read::bundled;

use super::shared::ATLAS;

fn register() -> std::sync::Arc<Register> {
    ATLAS.register.clone()
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
    assert_eq!(count(BodyKind::Council), 156, "152 of 2022, and four that came in 2023");
    assert_eq!(count(BodyKind::District), 181);
    assert_eq!(count(BodyKind::System), 42);
    assert_eq!(count(BodyKind::Partnership), 36);
    assert_eq!(count(BodyKind::Collaborative), 13);
    let councils_on = |day: &str| {
        let day: Date = day.parse().expect("a date");
        register.on(BodyKind::Council, day).count()
    };
    assert_eq!((councils_on("2022-07-01"), councils_on("2023-04-01")), (152, 153));
    let stps_on = |day: &str| register.on(BodyKind::Stp, day.parse().expect("a date")).count();
    assert_eq!((stps_on("2017-04-01"), stps_on("2018-06-07")), (44, 42));
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
    assert_eq!(count(BodyKind::Council, BodyKind::Council), 4);
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
    for (edition, areas) in [
        (Edition::April2013, 211),
        (Edition::April2015, 209),
        (Edition::April2017, 207),
        (Edition::April2018, 195),
        (Edition::April2019, 191),
        (Edition::April2020, 135),
        (Edition::April2021, 106),
        (Edition::July2022, 42),
        (Edition::April2023, 42),
        (Edition::April2026, 36),
    ] {
        let joined = ATLAS.edition(edition).expect("a bundled edition");
        assert_eq!(joined.layer.areas.len(), areas, "{edition}");
        assert_eq!(joined.edition(), Some(edition));
        let bodies: BTreeSet<BodyId> = joined.bodies.iter().flatten().copied().collect();
        assert_eq!(bodies.len(), areas, "{edition}: each area has a body of its own");
        assert!(joined.regions.iter().all(Option::is_some), "{edition}: an area has no region");
        let recorded = ATLAS.register.areas_of(edition.kind(), edition).count();
        assert_eq!(recorded, areas, "{edition}: the table of codes has others");
    }
    for (kind, edition, areas) in [
        (BodyKind::Ccg, Edition::April2021, 106),
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
            let body = ATLAS.register.by_area(kind, edition, &code);
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

#[test]
fn ten_councils_lie_in_several_boards_and_no_share_is_lost() {
    let register = register();
    for edition in [Edition::July2022, Edition::April2023, Edition::April2026] {
        let mut parts: BTreeMap<BodyId, Vec<f64>> = BTreeMap::new();
        for share in register.shares.iter().filter(|share| share.edition == edition) {
            if register.body(share.council).kind == BodyKind::Council {
                parts.entry(share.council).or_default().push(share.share);
            }
        }
        let councils = if edition == Edition::July2022 { 152 } else { 153 };
        assert_eq!(parts.len(), councils, "{edition}");
        let split = parts.values().filter(|shares| shares.len() > 1).count();
        // The mergers of 2026 brought Essex, Hampshire, Hertfordshire, Suffolk and Surrey together.
        let expected = if edition == Edition::April2026 { 5 } else { 10 };
        assert_eq!(split, expected, "{edition}");
        for (council, shares) in &parts {
            let sum: f64 = shares.iter().sum();
            let name = &register.body(*council).name;
            assert!((sum - 1.0).abs() < 0.0002, "{edition}: {name} adds up to {sum}");
        }
    }
}

#[test]
fn waves_counts_clusters_changes_and_events_are_those_on_record() {
    let register = register();
    let mut waves = [0; 6];
    for board in register.of_kind(BodyKind::Icb) {
        if let Some(designation) = register.designation(board) {
            waves[usize::from(designation.wave) - 1] += 1;
        }
    }
    assert_eq!(waves, [8, 3, 3, 4, 11, 13]);
    let with_places: BTreeSet<_> =
        register.of_kind(BodyKind::Place).filter_map(|place| register.body(place).parent).collect();
    assert_eq!(with_places.len(), 22, "systems whose places are recorded");
    let with_collaboratives: BTreeSet<_> = register
        .of_kind(BodyKind::Collaborative)
        .filter_map(|one| register.body(one).parent)
        .collect();
    assert_eq!(with_collaboratives.len(), 7);
    assert_eq!(register.clusters.len(), 10);
    assert_eq!(register.changes.len(), 9);
    assert_eq!(register.events.len(), 38);
    // A cluster is no merger: its boards went on as bodies of their own after it was announced.
    for cluster in &register.clusters {
        for board in &cluster.boards {
            assert!(register.body(*board).exists_on(cluster.date), "{:?}", cluster.date);
        }
    }
}

#[test]
fn every_body_is_found_by_each_of_its_names_and_codes() {
    let register = register();
    let mut asked = 0;
    for (position, body) in (0u32..).zip(&register.bodies) {
        let id = BodyId(position);
        let ods = body.ods_code.iter().map(ToString::to_string);
        let ons = body.ons_codes.iter().map(|dated| dated.code.to_string());
        let names = [body.name.clone(), body.short_name.clone()].into_iter();
        let aliases = body.aliases.iter().map(|alias| alias.name.clone());
        for text in ods.chain(ons).chain(names).chain(aliases) {
            asked += 1;
            let hits = register.search(&text, 60);
            let hit = hits.iter().find(|hit| *hit.key == id);
            let rank = hit.map(|hit| hit.rank);
            assert!(
                matches!(rank, Some(Rank::Code | Rank::Name)),
                "{} is not found by \"{text}\": {rank:?}",
                body.name
            );
        }
    }
    assert!(asked > 2500, "{asked}");
}

#[test]
fn what_is_abolished_tells_what_became_of_it() {
    let register = register();
    for (kind, code, heirs) in [
        (BodyKind::Ccg, "06F", vec!["S1Y5D"]),
        (BodyKind::Icb, "QNQ", vec!["QRL", "S0E4D", "S9B9J"]),
        (BodyKind::Stp, "QT8", vec!["QHM"]),
        (BodyKind::Council, "E10000006", vec!["E06000063", "E06000064"]),
        (BodyKind::Icb, "QOP", vec![]),
    ] {
        let id = register.by_key(kind, code).expect(code);
        let found = register.heirs(id);
        let mut found: Vec<_> = found.iter().filter_map(|id| register.body(*id).code()).collect();
        found.sort_unstable();
        assert_eq!(found, heirs, "{code}");
    }
}

/// One cell of one table is changed; loading must name the table, the row and the column.
#[test]
fn an_edited_table_is_refused_with_its_place() {
    for (table, row, column, wrong) in [
        ("boards", 3, "region", "Y99"),
        ("boards", 4, "opened", "soon"),
        ("sub_icb_locations", 5, "board", "QZZ"),
        ("places", 2, "board", ""),
        ("ccgs", 200, "stp", "QZZ"),
        ("codes", 9, "body", "QZZ"),
        ("codes", 9, "ons_code", "E5400"),
        ("areas", 50, "body", "QZZ"),
        ("areas", 50, "ons_code", "E38999999"),
        ("successions", 7, "to", "QZZ"),
        ("successions", 7, "date", "2013-05-01"),
        ("shares", 12, "council", "E06999999"),
        ("shares", 12, "share", "1.5"),
        ("populations", 8, "value", "many"),
        ("designations", 6, "wave", "7"),
        ("clusters", 2, "boards", "QHL"),
        ("changes", 2, "kind", "vanished"),
        ("events", 6, "date", "1948-07-05"),
        ("system_counts", 3, "count", ""),
        ("partnerships", 4, "name", ""),
        ("systems", 4, "board", "QE1"),
    ] {
        let edited = edited(table, row, column, wrong);
        let fault = Register::load(|name| {
            if name == table { edited.clone() } else { bundled::table(name).to_owned() }
        })
        .expect_err(&format!("{table}, row {row}, {column} = \"{wrong}\""));
        let place = fault.place.to_string();
        assert!(place.starts_with(&format!("table {table}, row ")), "{place}: {fault}");
        assert!(place.ends_with(&format!("column {column}")), "{place}: {fault}");
        if column != "board" || wrong != "QE1" {
            assert!(place.contains(&format!("row {row},")), "{place}: {fault}");
        }
        assert!(!fault.message.is_empty());
    }
}

fn edited(table: &'static str, row: usize, column: &str, text: &str) -> String {
    let mut reader = csv::Reader::from_reader(bundled::table(table).as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let at = headers.iter().position(|header| header == column).expect("the column");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).expect("a header");
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.expect("a row");
        let cells = record.iter().enumerate();
        let cells = cells.map(|(i, cell)| if number == row && i == at { text } else { cell });
        writer.write_record(cells).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("a table")).expect("text")
}
