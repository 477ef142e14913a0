//! The command line, run as a program.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ics-atlas"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn fails(arguments: &[&str], code: i32, word: &str) {
    let output = run(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
    assert!(error.contains(word), "{arguments:?}: {error}");
}

#[test]
fn list_has_every_area_of_every_edition() {
    for (edition, count) in
        [("2013-04", 211), ("2021-04", 106), ("2022-07", 42), ("2023-04", 42), ("2026-04", 36)]
    {
        let list = json(&["list", "--edition", edition, "--json"]);
        let rows = list.as_array().expect("an array");
        assert_eq!(rows.len(), count, "{edition}");
        for row in rows {
            assert!(row["code"].as_str().is_some_and(|code| code.len() == 9), "{row}");
            assert!(row["region"].is_string() && row["area_km2"].as_f64() > Some(0.0), "{row}");
        }
    }
    assert_eq!(json(&["list", "--json"]).as_array().map(Vec::len), Some(42));
}

#[test]
fn show_answers_by_name_and_by_every_code() {
    for name in
        ["South East London", "NHS South East London Integrated Care Board", "QKK", "e54000030"]
    {
        let shown = json(&["show", name, "--json"]);
        assert_eq!(shown["board"]["ods_code"], "QKK", "{name}");
        assert_eq!(shown["board"]["ons_code"], "E54000030");
        assert_eq!(shown["board"]["established"], "2022-07-01");
        assert_eq!(shown["partnership"]["name"], "South East London Integrated Care Partnership");
        assert_eq!(shown["region"]["name"], "London");
        assert_eq!(shown["region"]["code"], "E40000003");
        assert_eq!(shown["population"]["value"], 1_795_871);
        assert_eq!(shown["population"]["year"], 2022);
        let before = shown["predecessors"].as_array().expect("an array");
        let named = |name: &str| before.iter().find(|p| p["name"] == name).expect(name);
        assert_eq!(named("NHS South East London CCG")["from"], "2020-04-01");
        assert_eq!(named("NHS Bexley CCG")["to"], "2020-03-31");
        assert_eq!(named("Our Healthier South East London")["kind"], "STP");
        assert_eq!(shown["successors"], Value::Array(Vec::new()));
    }
}

#[test]
fn show_tells_what_came_after() {
    let frimley = json(&["show", "Frimley", "--json"]);
    let after: Vec<&str> = frimley["successors"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|s| s["code"].as_str())
        .collect();
    assert_eq!(after.len(), 3);
    for code in ["S0E4D", "S9B9J", "QRL"] {
        assert!(after.contains(&code), "{after:?}");
    }
    let later = json(&["show", "Surrey and Sussex", "--edition", "2026-04", "--json"]);
    assert_eq!(later["board"]["established"], "2026-04-01");
    assert_eq!(later["partnership"], Value::Null, "not recorded, so not guessed");
    let kinds: Vec<&Value> =
        later["predecessors"].as_array().expect("an array").iter().map(|p| &p["kind"]).collect();
    assert!(kinds.contains(&&Value::from("ICB")) && kinds.contains(&&Value::from("CCG")));
}

#[test]
fn at_takes_both_notations() {
    let code = |place: &str| json(&["at", place, "--json"])["code"].clone();
    assert_eq!(code("51.4779,-0.0015"), "E54000030", "Greenwich");
    assert_eq!(code("TQ 37 76"), "E54000030");
    assert_eq!(code("49.9146,-6.3156"), "E54000036", "Hugh Town, Isles of Scilly");
    let early = json(&["at", "51.4779,-0.0015", "--edition", "2013-04", "--json"]);
    assert_eq!(early["name"], "NHS Greenwich");
    fails(&["at", "51.48,-3.18"], 1, "no area");
    fails(&["at", "Greenwich"], 1, "grid reference");
}

#[test]
fn wrong_usage_and_unknown_names_have_their_exit_codes() {
    fails(&["list", "--edition", "1066-10"], 2, "2022-07");
    fails(&["show"], 2, "NAME");
    fails(&["show", "Atlantis"], 1, "Atlantis");
    fails(&["show", "West and North London"], 1, "2026-04");
    fails(&["show", "Yorkshire"], 1, "West Yorkshire");
    fails(&["export", "map.gif"], 1, ".png");
    fails(&["export", "map.png", "--size", "9x9"], 2, "64");
    fails(&["check", "no such file.geojson"], 1, "does not exist");
}

#[test]
fn check_reports_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let square = "[[[-1.0,52.0],[-0.9,52.0],[-0.9,52.1],[-1.0,52.0]]]";
    let good = write(
        "good.geojson",
        &format!(
            "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\
             \"EPSG:4326\"}}}},\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"ICB26CD\":\
             \"E54000071\",\"ICB26NM\":\"Somewhere\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":{square}}}}}]}}"
        ),
    );
    let report = json(&["check", &good, "--json"]);
    for (key, value) in [
        ("verdict", Value::from("open")),
        ("format", "GeoJSON".into()),
        ("crs", "EPSG:4326".into()),
        ("edition", "2026-04".into()),
        ("areas", 1.into()),
        ("vertices", 4.into()),
        ("code_field", "ICB26CD".into()),
        ("name_field", "ICB26NM".into()),
    ] {
        assert_eq!(report[key], value, "{key}");
    }
    let empty = write("empty.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    assert_eq!(json(&["check", &empty, "--json"])["verdict"], "empty");
    let page = write("page.geojson", "<html>");
    let output = run(&["check", &page, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let refused: Value = serde_json::from_slice(&output.stdout).expect("JSON all the same");
    assert_eq!(refused["verdict"], "refuse");
    let last = &refused["diagnostics"][0];
    for key in ["severity", "code", "place", "message", "hint"] {
        assert!(last[key].is_string(), "{key} in {last}");
    }
}

fn size_of_png(path: &Path) -> (u32, u32) {
    let bytes = std::fs::read(path).expect("a picture");
    let image = image::load_from_memory(&bytes).expect("a PNG");
    (image.width(), image.height())
}

#[test]
fn export_makes_the_same_picture_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["a.png", "b.png"] {
        let out = path(name).to_string_lossy().into_owned();
        let output = run(&[
            "export",
            &out,
            "--edition",
            "2026-04",
            "--select",
            "Devon",
            "--size",
            "640x480",
        ]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(size_of_png(&path(name)), (640, 480));
    }
    let bytes = |name| std::fs::read(path(name)).expect("a picture");
    assert_eq!(bytes("a.png"), bytes("b.png"));
    fails(&["export", &path("no/map.png").to_string_lossy()], 1, "cannot be written");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_program_says_so() {
    let output = Command::new(env!("CARGO_BIN_EXE_ics-atlas"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("display") && error.contains("export"), "{error}");
    assert!(!error.contains("panicked"), "{error}");
}
