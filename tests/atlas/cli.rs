//! The command line, run as a program.

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
    for (edition, count) in [
        ("2013-04", 211),
        ("2015-04", 209),
        ("2018-04", 195),
        ("2020-04", 135),
        ("2021-04", 106),
        ("2022-07", 42),
        ("2023-04", 42),
        ("2026-04", 36),
    ] {
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
fn show_tells_all_of_a_system() {
    let devon = json(&["show", "One Devon", "--json"]);
    assert_eq!(devon["board"]["ods_code"], "QJK");
    assert_eq!(devon["system"]["name"], "One Devon");
    assert_eq!(devon["councils"].as_array().map(Vec::len), Some(3));
    assert_eq!(devon["councils"][0]["extent"], "whole");
    assert_eq!(devon["places"].as_array().map(Vec::len), Some(5));
    assert_eq!(devon["collaboratives"][0]["form"], "acute");
    assert_eq!(devon["designation"]["wave"], 6);
    assert_eq!(devon["designation"]["effective"], "1 April 2021");
    assert_eq!(
        devon["clusters"][0]["with"][0].as_str().map(|n| n.contains("Cornwall")),
        Some(true)
    );
    for line in devon["sources"].as_array().expect("an array") {
        assert!(line["what"].is_string() && line["text"].is_string(), "{line}");
    }
    let hampshire = json(&["show", "QNQ", "--json"]);
    let part = hampshire["councils"].as_array().expect("an array").iter();
    let share = part.filter(|c| c["name"] == "Hampshire").map(|c| c["share"].as_f64()).next();
    assert_eq!(share, Some(Some(0.1214)));
}

#[test]
fn show_answers_for_bodies_of_every_kind() {
    let ccg = json(&["show", "M1J4Y", "--json"]);
    let from: Vec<&str> = ccg["lineage"]
        .as_array()
        .expect("an array")
        .iter()
        .filter(|edge| edge["to"] == "M1J4Y" && edge["date"] == "2021-04-01")
        .filter_map(|edge| edge["from"].as_str())
        .collect();
    assert_eq!(from, ["04F", "06F", "06P"]);
    let before = ccg["predecessors"].as_array().expect("an array").iter();
    let came: Vec<_> = before.filter(|body| body["date"] == "2021-04-01").collect();
    assert_eq!(came.len(), 3, "{came:?}");
    assert_eq!(json(&["show", "E10000016", "--json"])["title"], "Kent");
    assert_eq!(json(&["show", "Y58", "--json"])["boards"].as_array().map(Vec::len), Some(7));
    let later = json(&["show", "E54000067", "--json"]);
    assert_eq!(later["board"]["ons_code"], "E54000067", "a code asks for its own edition");
    assert_eq!(later["edition"], "April 2026");
    let cumbria = json(&["show", "E10000006", "--json"]);
    for district in cumbria["districts"].as_array().expect("an array") {
        assert_eq!(district["extent"], "whole", "{district}");
    }
    let glossop = json(&["show", "01Y", "--json"]);
    assert!(glossop["changes"][0]["text"].as_str().is_some_and(|text| text.contains("Glossop")));
    let essex = json(&["show", "NHS West Essex CCG", "--json"]);
    let after = essex["successors"].as_array().expect("an array").iter();
    let unsure = after.filter(|body| body["over_a_split"] == true).count();
    assert_eq!(unsure, 2, "it is not recorded which part it went with");
    let district = json(&["show", "High Peak", "--json"]);
    assert_eq!(district["boards"][0]["code"], "QJ2");
    assert_eq!(json(&["show", "E54000045", "--json"])["kind"], "STP", "a code of 2018");
    assert_eq!(json(&["show", "NHS Cumbria CCG", "--json"])["title"], "North Cumbria");
}

#[test]
fn list_by_kind_and_day() {
    for (kind, day, count) in [
        ("ccg", Some("2013-04-01"), 211),
        ("ccg", Some("2020-06-01"), 135),
        ("ccg", Some("2022-06-30"), 106),
        ("ccg", Some("2022-07-01"), 0),
        ("ccg", None, 248),
        ("icb", Some("2022-07-01"), 42),
        ("icb", Some("2026-04-01"), 36),
        ("icp", Some("2022-07-01"), 42),
        ("ics", Some("2026-04-01"), 36),
        ("stp", Some("2017-04-01"), 44),
        ("stp", Some("2018-06-07"), 42),
        ("region", None, 7),
        ("council", Some("2022-07-01"), 152),
        ("sicbl", None, 106),
    ] {
        let mut arguments = vec!["list", "--kind", kind, "--json"];
        arguments.extend(day.into_iter().flat_map(|day| ["--on", day]));
        assert_eq!(json(&arguments).as_array().map(Vec::len), Some(count), "{kind} {day:?}");
    }
    let partnerships = json(&["list", "--kind", "icp", "--on", "2022-07-01", "--json"]);
    let rows = partnerships.as_array().expect("an array");
    let unnamed = rows.iter().filter(|row| row["name"].is_null()).count();
    assert_eq!(unnamed, 6, "not recorded, so not guessed");
}

#[test]
fn lineage_runs_both_ways() {
    let lineage = json(&["lineage", "06F", "--json"]);
    let edges = lineage["edges"].as_array().expect("an array");
    let ways: Vec<(&str, &str, &str)> = edges
        .iter()
        .map(|edge| {
            let text = |key: &str| edge[key].as_str().unwrap_or_default();
            (text("date"), text("from"), text("to"))
        })
        .collect();
    assert_eq!(
        ways,
        [
            ("2021-04-01", "06F", "M1J4Y"),
            ("2022-07-01", "M1J4Y", "QHG"),
            ("2026-04-01", "QHG", "S1Y5D")
        ]
    );
    let board = json(&["lineage", "QHG", "--json"]);
    assert_eq!(board["kind"], "ICB", "of an STP and a board with one code, the board");
    let froms: Vec<&Value> =
        board["edges"].as_array().expect("an array").iter().map(|edge| &edge["from"]).collect();
    for code in ["06F", "06P", "04F", "M1J4Y", "QHG"] {
        assert!(froms.contains(&&Value::from(code)), "{code}");
    }
}

#[test]
fn find_ranks_and_tells_what_became_of_the_abolished() {
    let found = json(&["find", "06F", "--json"]);
    assert_eq!(found[0]["code"], "06F");
    assert_eq!(found[0]["became"][0], "NHS Central East Integrated Care Board");
    let first = |text: &str| json(&["find", text, "--json"])[0]["name"].clone();
    assert_eq!(first("devon"), "NHS Devon Integrated Care Board");
    assert_eq!(first("birmigham"), "Birmingham");
    assert_eq!(first("TQ 37 76"), "NHS South East London Integrated Care Board");
    assert_eq!(first("gm"), "NHS Greater Manchester Integrated Care Board");
    assert_eq!(first("blmk"), "NHS Bedfordshire, Luton and Milton Keynes Integrated Care Board");
    assert_eq!(
        json(&["find", "london", "--limit", "3", "--json"]).as_array().map(Vec::len),
        Some(3)
    );
}

#[test]
fn events_are_dated_and_sourced() {
    let events = json(&["events", "--json"]);
    let rows = events.as_array().expect("an array");
    assert_eq!(rows.len(), 38);
    for row in rows {
        assert!(row["date"].is_string() && row["event"].is_string(), "{row}");
        assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row}");
    }
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
fn changes_between_editions_and_files_are_told() {
    let changes = json(&["changes", "2022-07", "2023-04", "--json"]);
    assert_eq!(changes["kept"], 40);
    for key in ["renamed", "merged", "split", "new", "gone"] {
        assert_eq!(changes[key], Value::Array(Vec::new()), "{key}");
    }
    assert_eq!(changes["recoded"].as_array().map(Vec::len), Some(2));
    assert_eq!(changes["recoded"][0]["from"]["code"], "E54000052");
    assert_eq!(changes["recoded"][0]["to"]["code"], "E54000063");
    let moved = &changes["moved"][0];
    assert_eq!(moved["from"]["name"], "NHS Surrey Heartlands Integrated Care Board");
    assert_eq!(moved["to"]["code"], "E54000064");
    assert!(moved["km2"].as_f64() > Some(60.0) && moved["share"].as_f64() < Some(0.05));
    assert!(changes["tolerance_m"].as_f64() > Some(0.0));
    assert_eq!(changes["a"]["edition"], "2022-07");

    let later = json(&["changes", "2023-04", "2026-04", "--json"]);
    assert_eq!(later["merged"][0]["to"]["code"], "E54000065");
    assert_eq!(later["merged"][0]["from"][0]["share_of_old"], 1.0);
    assert_eq!(later["split"][0]["to"].as_array().map(Vec::len), Some(2));

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/boundaries/sicbl-2023-04.topojson");
    let output = run(&["changes", file, file, "--markdown"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("# Changes from sicbl-2023-04.topojson"), "{text}");
    assert!(text.contains("106 areas kept their code and their land. Nothing changed."), "{text}");
    let output = run(&["changes", "2022-07", "2023-04", "--csv"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("\nkind,old code,old name,new code,new name,km2,"), "{text}");
    fails(&["changes", "2022-07", "2022-13"], 1, "neither a file nor an edition");
    fails(&["changes", "2022-07"], 2, "NEW");
    fails(&["changes", "2022-07", "2023-04", "--csv", "--json"], 2, "cannot be used with");
}

#[test]
fn wrong_usage_and_unknown_names_have_their_exit_codes() {
    fails(&["list", "--edition", "1066-10"], 2, "2022-07");
    fails(&["show"], 2, "NAME");
    fails(&["show", "Atlantis"], 1, "Atlantis");
    fails(&["show", "West and North London", "--edition", "2022-07"], 1, "2026-04");
    fails(&["show", "Yorkshire"], 1, "West Yorkshire");
    fails(&["list", "--kind", "trust"], 2, "icb");
    fails(&["list", "--kind", "ccg", "--on", "June 2020"], 2, "not a date");
    fails(&["list", "--kind", "council", "--on", "2015-04-01"], 1, "2022-07-01");
    fails(&["list", "--kind", "ccg", "--on", "2020-04"], 2, "has no day");
    fails(&["list", "--kind", "icb", "--on", "2026-02-30"], 2, "not a date");
    fails(&["lineage", "Birmingam and Solihul ICB"], 1, "did you mean");
    fails(&["find", "zzzz"], 1, "zzzz");
    fails(&["export", "map.gif"], 1, ".png");
    fails(&["export", "map.png", "--size", "9x9"], 2, "240");
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
fn export_writes_the_format_that_the_name_ends_in() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, start) in [
        ("a.png", &b"\x89PNG\r\n"[..]),
        ("a.SVG", b"<svg "),
        ("a.pdf", b"%PDF-"),
        ("a.pptx", b"PK\x03\x04"),
    ] {
        let out = folder.path().join(name);
        let output = run(&["export", &out.to_string_lossy()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(std::fs::read(&out).expect("a picture").starts_with(start), "{name}");
    }
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

#[test]
fn a_recipe_makes_the_picture_that_its_options_make() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let options = ["--system", "QKS", "--with", "councils", "--style", "nhs-blue", "--page", "a4"];
    let output = run(&[&["export", &path("options.svg")], &options[..]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let recipe = "style = \"nhs-blue\"\n[show.system]\nname = \"QKS\"\nwith = \"councils\"\n\
                  [page]\npaper = \"a4\"\n";
    std::fs::write(path("kent.toml"), recipe).expect("a file");
    let output = run(&["export", &path("recipe.svg"), "--recipe", &path("kent.toml")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name| std::fs::read_to_string(path(name)).expect("a drawing");
    assert_eq!(read("options.svg"), read("recipe.svg"));
    assert!(read("recipe.svg").contains("Kent and Medway"));
}

#[test]
fn every_region_gets_a_picture_and_a_slide() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let output =
        run(&["export", "--batch", "region", "--out-dir", &path("regions"), "--size", "640x480"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("7 of 7"), "{told}");
    let mut names: Vec<String> = std::fs::read_dir(path("regions"))
        .expect("the folder is made")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    assert_eq!(names.len(), 7);
    assert_eq!(names[0], "Y56-london.png");
    let output = run(&["export", "--batch", "region", "--deck", &path("regions.pptx")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let deck = std::fs::File::open(path("regions.pptx")).expect("a file");
    let deck = zip::ZipArchive::new(deck).expect("a package");
    let names = deck.file_names().filter_map(Result::ok);
    assert_eq!(names.filter(|name| name.starts_with("ppt/slides/slide")).count(), 7);
}

#[test]
fn figures_colour_the_picture_and_what_is_odd_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let table = "Name,Patients\nNHS Devon Integrated Care Board,\"1,234\"\nKent and Medway,20\n\
                 Kent & Medway ICB,30\nDorst,5\n";
    std::fs::write(path("patients.csv"), table).expect("a file");
    let (out, data) = (path("map.svg"), path("patients.csv"));
    let output = run(&["export", &out, "--data", &data, "--classes", "breaks:100"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("Dorset"), "the nearest name is told: {told}");
    assert!(told.contains("Kent"), "two rows for one area are told: {told}");
    let drawing = std::fs::read_to_string(&out).expect("a drawing");
    assert!(drawing.contains("No figure (41)"), "neither value of two is taken");
    assert!(drawing.contains("Figures: patients.csv"));
    std::fs::remove_file(&out).expect("it is there");
    fails(&["export", &out, "--data", &data, "--column", "Patient"], 1, "Patients");
    fails(&["export", &out, "--data", &data, "--palette", "blus"], 1, "blues");
    fails(&["export", &out, "--data", &data, "--classes", "jenk:4"], 1, "jenks");
    fails(&["export", &out, "--column", "Patients"], 1, "--data");
    fails(&["export", &out, "--data", &path("none.csv")], 1, "none.csv");
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn what_cannot_be_exported_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let out = path("map.png");
    fails(&["export", &out, "--style", "ligth"], 2, "light");
    fails(&["export", &out, "--page", "a44"], 2, "a4");
    fails(&["export", &out, "--system", "Devn"], 1, "Devon");
    fails(&["export", &out, "--region", "Wales"], 1, "Midlands");
    fails(&["export", &out, "--beside", "2021-40"], 1, "2021-04");
    fails(&["export", &out, "--logo", &path("no.png")], 1, "no.png");
    fails(&["export", &out, "--extent", "1,2,3"], 2, "extent");
    fails(&["export", &out, "--inset", "North"], 2, "=");
    fails(&["export"], 2, "OUT");
    fails(&["export", &out, "--with", "councils"], 1, "--system");
    fails(&["export", &out, "--batch", "icb", "--deck", &path("d.pptx")], 2, "--batch");
    std::fs::write(path("bad.toml"), "style = \"neon\"\n").expect("a file");
    fails(&["export", &out, "--recipe", &path("bad.toml")], 1, "line 1");
    std::fs::write(path("text.png"), "no picture").expect("a file");
    fails(&["export", &out, "--logo", &path("text.png")], 1, "no PNG, JPEG or SVG");
    assert!(!folder.path().join("map.png").exists());
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

#[test]
fn a_part_of_a_file_can_be_named() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/gpkg-two-layers.gpkg");
    let told = |arguments: &[&str]| {
        let report = json(arguments);
        let codes = report["diagnostics"].as_array().expect("a list").clone();
        (report["areas"].clone(), codes.iter().any(|d| d["code"] == "part-chosen"))
    };
    assert_eq!(told(&["check", file, "--json"]), (Value::from(2), true), "the largest, told");
    assert_eq!(told(&["check", file, "--part", "one", "--json"]), (Value::from(1), false));
    assert_eq!(json(&["list", "--file", file, "--part", "one", "--json"])[1], Value::Null);
    fails(&["check", file, "--part", "wards"], 1, "has no layer \"wards\"");
    fails(&["list", "--part", "one"], 2, "--file");
}

#[test]
fn simplify_writes_the_same_areas_with_fewer_points() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let corpus = |name: &str| format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/boundaries/icb-2026-04.topojson");
    let out = path("few.geojson");
    let vertices = |report: &Value| report["vertices"].as_u64().expect("a number");
    let full = vertices(&json(&["check", bundled, "--part", "icb", "--json"]));
    for amount in [["--keep", "20%"], ["--tolerance", "500m"], ["--tolerance", "2km"]] {
        let arguments = [&["simplify", bundled, &out, "--part", "icb"][..], &amount].concat();
        let output = run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("36 areas"), "{told}");
        let report = json(&["check", &out, "--json"]);
        assert_eq!(report["verdict"], "open", "{report}");
        assert_eq!(
            (&report["areas"], &report["crs"]),
            (&Value::from(36), &Value::from("EPSG:27700"))
        );
        assert_eq!(report["edition"], "2026-04");
        assert!(vertices(&report) * 10 < full * 9, "{} of {full}", vertices(&report));
    }
    let read = |path: &str| -> Value {
        serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
    };
    let odd = corpus("bbox-3d.geojson");
    assert!(run(&["simplify", &odd, &out, "--keep", "100%"]).status.success());
    let (before, after) = (read(&odd), read(&out));
    assert_eq!(after["features"][0]["properties"], before["features"][0]["properties"]);
    assert!(after.get("crs").is_none(), "degrees are what RFC 7946 wants");

    let before = std::fs::read(&out).expect("a file");
    fails(&["simplify", &out, &out, "--keep", "5%"], 1, "another name");
    assert!(std::fs::read(&out).expect("a file") == before);
    fails(&["simplify", bundled, &path("few.shp"), "--keep", "5%"], 1, ".geojson");
    assert!(!folder.path().join("few.shp").exists());

    std::fs::remove_file(&out).expect("it is there");
    fails(&["simplify", bundled, &out], 2, "--keep");
    fails(&["simplify", bundled, &out, "--keep", "5"], 2, "such as 5%");
    fails(&["simplify", bundled, &out, "--keep", "120%"], 2, "such as 5%");
    fails(&["simplify", bundled, &out, "--tolerance", "50"], 2, "such as 50m");
    fails(&["simplify", bundled, &out, "--tolerance", "-1m"], 2, "'-1'");
    fails(&["simplify", &corpus("alone.cpg"), &out, "--keep", "5%"], 1, "another kind");
    assert!(!folder.path().join("few.geojson").exists());
}
