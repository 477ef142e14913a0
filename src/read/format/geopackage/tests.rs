use rusqlite::Connection;

use super::super::wkb::tests::{corners, head, square};
use super::*;

/// A geometry as a GeoPackage has it, with an envelope.
fn blob(geometry: &[u8]) -> Vec<u8> {
    let mut bytes = b"GP\0\x03\x34\x6c\0\0".to_vec();
    bytes.extend([0; 32]);
    bytes.extend(geometry);
    bytes
}

/// The bytes of a database in which some commands were carried out.
fn written(commands: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("PRAGMA page_size = 512").unwrap();
    connection.execute_batch(commands).unwrap();
    connection.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
}

const TABLES: &str = "
    CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
    CREATE TABLE gpkg_geometry_columns (
        table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_spatial_ref_sys (
        srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER,
        definition TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES (-1, 'NONE', -1, 'undefined'),
        (27700, 'EPSG', 27700, 'PROJCS[]'), (100001, 'Mine', 1, 'PROJCS[\"My grid\"]');
";

/// Commands that make a layer of a name with rows of (name, geometry in hexadecimal).
fn layer(table: &str, kind: &str, system: i32, rows: &[(&str, Vec<u8>)]) -> String {
    let name = quoted(table);
    let hex = |bytes: &[u8]| {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.concat()
    };
    let row = |(value, blob): &(&str, Vec<u8>)| {
        format!("INSERT INTO {name} (geom, name, share) VALUES (x'{}', '{value}', 1.5);", hex(blob))
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, share REAL);
        INSERT INTO gpkg_contents VALUES ('{table}', 'features');
        INSERT INTO gpkg_geometry_columns VALUES ('{table}', 'geom', '{kind}', {system});
        {}",
        rows.concat()
    )
}

fn a_square(x: f64) -> Vec<u8> {
    blob(&square(Order::Little, 3, 2, x))
}

fn read(bytes: &[u8], choices: &Choices) -> (Result<RawLayer, ReadError>, Vec<&'static str>) {
    let mut reporter = Reporter::default();
    let result = decode(bytes, choices, &Progress::default(), &mut reporter);
    (result, reporter.finish().iter().map(|d| d.code).collect())
}

fn code(result: Result<RawLayer, ReadError>) -> &'static str {
    match result {
        Err(ReadError::Refused(refusal)) => refusal.reason.code,
        other => panic!("{other:?} is no refusal"),
    }
}

#[test]
fn a_layer_comes_with_its_columns_and_its_system() {
    let rows = [
        ("Kent", a_square(0.0)),
        ("none", b"GP\0\x11\0\0\0\0".to_vec()),
        ("point", blob(&head(Order::Little, 4, 0))),
        ("high", blob(&square(Order::Big, 1003, 3, 5.0))),
        ("broken", blob(&square(Order::Big, 3, 2, 5.0)[..40])),
    ];
    let bytes = written(&(TABLES.to_owned() + &layer("The \"boards", "GEOMETRY", 27700, &rows)));
    let (result, told) = read(&bytes, &Choices::default());
    let layer = result.unwrap();
    assert_eq!(layer.declared_crs.as_deref(), Some("EPSG:27700"));
    assert!(layer.parts.is_empty());
    let found: Vec<(usize, Value)> =
        layer.features.iter().map(|f| (f.number, f.properties.clone().into())).collect();
    let row = |fid, name| serde_json::json!({"fid": fid, "name": name, "share": 1.5});
    assert_eq!(found, [(1, row(1, "Kent")), (4, row(4, "high"))]);
    let RawShape::Polygons(polygons) = &layer.features[1].shape else { panic!("no polygon") };
    assert_eq!(*polygons, [[corners(5.0).to_vec()]]);
    let expected = ["geometry-missing", "geometry-kind", "feature-unreadable", "positions-mixed"];
    assert_eq!(told, expected);
}

#[test]
fn layers_are_to_choose_from_with_their_features() {
    let rows = |count: usize| vec![("x", a_square(0.0)); count];
    let bytes = written(
        &[
            TABLES.to_owned(),
            layer("lines", "LINESTRING", 0, &rows(9)),
            layer("wards", "POLYGON", -1, &rows(2)),
            layer("boards", "MULTIPOLYGON", 100_001, &rows(3)),
        ]
        .concat(),
    );
    let asks = Choices { asks: true, ..Choices::default() };
    let Err(ReadError::Choose(parts)) = read(&bytes, &asks).0 else { panic!("no choice") };
    let part = |name: &str, areas| Part { name: name.to_owned(), areas: Some(areas) };
    assert_eq!(parts, [part("wards", 2), part("boards", 3)]);
    let (layer, told) = read(&bytes, &Choices::default());
    let layer = layer.unwrap();
    assert_eq!((layer.features.len(), told), (3, vec!["part-chosen"]));
    assert_eq!(layer.declared_crs.as_deref(), Some("PROJCS[\"My grid\"]"));
    let layer = read(&bytes, &Choices::part("wards")).0.unwrap();
    assert_eq!((layer.features.len(), layer.declared_crs, layer.parts.len()), (2, None, 2));
    assert_eq!(code(read(&bytes, &Choices::part("none")).0), "part-missing");
}

#[test]
fn other_databases_are_refused_by_name() {
    for (commands, word) in [
        ("CREATE TABLE notes (text)", "an SQLite database"),
        ("CREATE TABLE geometry_columns (x)", "SpatiaLite"),
        ("CREATE TABLE tiles (x)", "MBTiles"),
        ("CREATE VIEW gpkg_contents AS SELECT 1 table_name, 2 data_type", "an SQLite database"),
    ] {
        let Err(ReadError::Refused(refusal)) = read(&written(commands), &Choices::default()).0
        else {
            panic!("{commands} is not refused")
        };
        assert_eq!(refusal.reason.code, "other-format");
        assert!(refusal.reason.message.contains(word), "{refusal}");
    }
    let empty = read(&written(TABLES), &Choices::default()).0;
    assert_eq!(code(empty), "no-areas");
}

#[test]
fn what_runs_code_of_its_author_is_not_read() {
    let rows = [("x", a_square(0.0))];
    let evil = "
        CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
            SELECT i AS fid, zeroblob(100000000) AS geom, 'x' AS name FROM n;
        INSERT INTO gpkg_contents VALUES ('evil', 'features');
        INSERT INTO gpkg_geometry_columns VALUES ('evil', 'geom', 'POLYGON', 0);
        ALTER TABLE boards ADD COLUMN slow AS (zeroblob(900000000));
    ";
    let commands = [TABLES, &layer("boards", "POLYGON", 0, &rows), evil].concat();
    let (result, told) = read(&written(&commands), &Choices::default());
    let layer = result.unwrap();
    assert_eq!((layer.features.len(), layer.parts.len()), (1, 0));
    assert!(!layer.features[0].properties.contains_key("slow"));
    assert_eq!(told, ["layer-unreadable"]);
}

#[test]
fn a_question_without_end_is_given_up_and_can_be_cancelled() {
    let (bytes, progress) = (written(TABLES), Progress::default());
    let database = Database::open(&bytes, &progress, &mut Reporter::default()).unwrap();
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
        SELECT max(i) FROM n";
    let answer = || database.each(endless, [], |_| Ok(()));
    let Err(ReadError::Refused(refusal)) = answer() else { panic!("it has an end") };
    assert_eq!(refusal.reason.code, "limit-exceeded");
    progress.cancel();
    assert!(matches!(answer(), Err(ReadError::Cancelled)));
}

#[test]
fn a_database_with_a_log_opens_without_it() {
    let mut bytes =
        written(&(TABLES.to_owned() + &layer("a", "POLYGON", 0, &[("x", a_square(0.0))])));
    bytes[18..20].fill(2);
    let (result, told) = read(&bytes, &Choices::default());
    assert_eq!((result.unwrap().features.len(), told), (1, vec!["database-log"]));
}

#[test]
fn a_cut_database_is_refused_and_a_hostile_one_does_no_harm() {
    let whole = written(&(TABLES.to_owned() + &layer("a", "POLYGON", 0, &[("x", a_square(0.0))])));
    assert_eq!(read(&whole, &Choices::default()).0.unwrap().features.len(), 1);
    for end in 16..whole.len() {
        assert_eq!(code(read(&whole[..end], &Choices::default()).0), "database-broken", "{end}");
    }
    for at in 16..whole.len() {
        for byte in [0, 0xff] {
            let mut hostile = whole.clone();
            hostile[at] = byte;
            drop(read(&hostile, &Choices::default()));
        }
    }
}
