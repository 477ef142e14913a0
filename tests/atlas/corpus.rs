//! Odd boundary files and what the reader has to say of each: `tests/corpus/expected.csv` is
//! the table of verdicts, one row a file. What is large is made here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use ics_atlas::diag::Severity;
use ics_atlas::read::{
    Choices, FileReport, Progress, ReadError, Source, Verdict, check, load, open, survey,
};
use serde::Deserialize;

use super::shared::ATLAS;

/// No file may take longer: a generous limit, since a hang is what it is there to find.
const PATIENCE: Duration = Duration::from_mins(1);

/// The files that stand beside a shapefile have no row of their own.
const COMPANIONS: [&str; 4] = ["dbf", "shx", "prj", "cpg"];

/// A row of the table.
#[derive(Debug, Deserialize)]
struct Expected {
    file: String,
    verdict: String,
    /// Codes of the warnings and errors, each once.
    codes: String,
    /// Number of areas that open.
    areas: usize,
    /// The oddity in a few words.
    what: String,
}

/// The rows with what the reader says of their files, or why it says nothing.
static REPORTS: LazyLock<Vec<(Expected, Result<FileReport, String>)>> = LazyLock::new(|| {
    let report = |row: Expected| {
        let report = checked(&folder().join(&row.file), &Choices::default());
        (row, report)
    };
    table().into_iter().map(report).collect()
});

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("tests/corpus")
}

fn table() -> Vec<Expected> {
    let path = folder().join("expected.csv");
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    reader.deserialize().collect::<Result<_, _>>().expect("the table is sound")
}

fn checked(path: &Path, choices: &Choices) -> Result<FileReport, String> {
    let (sender, receiver) = mpsc::channel();
    let (path, choices) = (path.to_owned(), choices.clone());
    std::thread::spawn(move || {
        let progress = Progress::default();
        let input = load(&path, &progress);
        let surveyed = input.and_then(|input| survey(input, &choices, &progress));
        let report = check(surveyed, &ATLAS);
        // Nobody listens any more after the limit.
        let _ = sender.send(report);
    });
    receiver.recv_timeout(PATIENCE).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => "it hangs".to_owned(),
        mpsc::RecvTimeoutError::Disconnected => "it panics".to_owned(),
    })
}

const fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Open => "open",
        Verdict::Warn => "warn",
        Verdict::Empty => "empty",
        Verdict::Refuse => "refuse",
    }
}

/// The codes of warnings and errors.
fn told(report: &FileReport) -> BTreeSet<&'static str> {
    let loud = report.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
    loud.map(|diagnostic| diagnostic.code).collect()
}

/// What is wrong with a report in itself, whatever the file.
fn faults(report: &FileReport) -> Vec<String> {
    let mut faults = Vec::new();
    for diagnostic in report.diagnostics.iter().filter(|d| d.severity >= Severity::Warning) {
        if !diagnostic.message.ends_with(['.', '?']) {
            faults.push(format!("no whole sentence: {diagnostic}"));
        }
        if diagnostic.severity == Severity::Error && diagnostic.hint.is_empty() {
            faults.push(format!("no remedy: {diagnostic}"));
        }
    }
    let errors = report.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let is_refused = matches!(report.verdict, Verdict::Empty | Verdict::Refuse);
    if errors != usize::from(is_refused) {
        faults.push(format!("{errors} errors for the verdict {}", name(report.verdict)));
    }
    faults
}

#[test]
fn each_file_gets_the_verdict_of_the_table() {
    let mut wrong = Vec::new();
    for (Expected { file, verdict, codes, areas, what }, report) in &*REPORTS {
        let report = match report {
            Ok(report) => report,
            Err(why) => {
                wrong.push(format!("{file} ({what}): {why}"));
                continue;
            }
        };
        let got = (name(report.verdict), told(report), report.areas);
        let expected = (verdict.as_str(), codes.split_whitespace().collect(), *areas);
        let faults = faults(report);
        if got != expected || !faults.is_empty() {
            let said: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
            wrong.push(format!(
                "{file} ({what})\n  expected {expected:?}\n  got      {got:?}\n  {}\n  {}",
                faults.join("\n  "),
                said.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_file_has_a_row_and_each_row_a_file() {
    let rows: Vec<String> = table().into_iter().map(|row| row.file).collect();
    assert!(rows.is_sorted(), "the table is in alphabetical order");
    let distinct: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(distinct.len(), rows.len(), "a file has two rows");
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let entries = std::fs::read_dir(folder()).expect("the folder is there");
    let files: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| !is_companion(path))
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .filter(|file| file != "expected.csv" && !file.starts_with('.'))
        .collect();
    assert_eq!(files.symmetric_difference(&distinct).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn is_companion(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    COMPANIONS.contains(&ending.to_lowercase().as_str())
        && ["shp", "SHP"].iter().any(|main| path.with_extension(main).is_file())
}

/// A file that is too large to be kept, and what is made of it.
struct Large {
    file: &'static str,
    bytes: Vec<u8>,
    told: &'static [&'static str],
}

fn large_files() -> Vec<Large> {
    let collection = |features: &str| {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}").into_bytes()
    };
    let feature = "{\"type\":\"Feature\",\"properties\":null,\"geometry\":null},";
    let many = format!("{}{}", feature.repeat(300_000), feature.trim_end_matches(','));
    let rings = |geometry: &str| {
        collection(&format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"a\"}},\"geometry\":{geometry}}}"
        ))
    };
    let empty_rings = format!("{}[]", "[],".repeat(2_000_001));
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory can be written to");
        encoder.finish().expect("memory can be written to")
    };
    let zip = |bytes: &[u8]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer
            .start_file("a.geojson", zip::write::SimpleFileOptions::default())
            .and_then(|()| Ok(writer.write_all(bytes)?))
            .expect("memory can be written to");
        writer.finish().expect("memory can be written to").into_inner()
    };
    let blanks = vec![b' '; 40 << 20];
    let file = |file, bytes, told| Large { file, bytes, told };
    vec![
        file("many-features.geojson", collection(&many), &["limit-exceeded"]),
        file(
            "many-rings.geojson",
            rings(&format!("{{\"type\":\"Polygon\",\"coordinates\":[{empty_rings}]}}")),
            &["limit-exceeded"],
        ),
        file(
            "deep-coordinates.geojson",
            rings(&format!(
                "{{\"type\":\"Polygon\",\"coordinates\":{}{}}}",
                "[".repeat(100_000),
                "]".repeat(100_000)
            )),
            &["feature-unreadable", "no-areas"],
        ),
        file("deep.json", "[".repeat(1_000_000).into_bytes(), &["other-format"]),
        file("deep-object.json", "{\"a\":".repeat(1_000_000).into_bytes(), &["json-syntax"]),
        file("bomb.geojson.gz", gzip(&blanks), &["unpack-ratio"]),
        file("bomb.zip", zip(&blanks), &["unpack-ratio"]),
        file("long-line.csv", b"code,".repeat(4_000_000), &["other-format"]),
        file("long-call.js", b"a".repeat(20_000_000), &["other-format"]),
        file("blanks.geojson", b" ".repeat(50_000_000), &["empty-file"]),
    ]
}

#[test]
fn large_and_hostile_files_come_to_an_end() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for Large { file, bytes, told: expected } in large_files() {
        let path = folder.path().join(file);
        std::fs::write(&path, bytes).expect("the disk has room");
        match checked(&path, &Choices::default()) {
            Ok(report) => {
                assert_eq!(told(&report), expected.iter().copied().collect(), "{file}");
                assert_eq!(faults(&report), Vec::<String>::new(), "{file}");
            }
            Err(why) => assert_eq!(why, "", "{file}"),
        }
        std::fs::remove_file(&path).expect("the file is ours");
    }
}

/// Codes that come up only where somebody chooses, cancels, or has no file.
fn told_without_a_file() -> BTreeSet<&'static str> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let vast = folder.path().join("vast.geojson");
    let file = std::fs::File::create(&vast).expect("the disk has room");
    file.set_len(700 << 20).expect("a file may have holes");
    let whole = self::folder().join("crlf.geojson");
    let part = self::folder().join("topojson-two-objects.topojson");
    let column = Choices { name_field: Some("gone".to_owned()), ..Choices::default() };
    let mut codes = BTreeSet::new();
    for (path, choices, code) in [
        (folder.path(), Choices::default(), "not-a-file"),
        (&folder.path().join("gone"), Choices::default(), "unreadable"),
        (&vast, Choices::default(), "too-large"),
        (&whole, column, "column-missing"),
        (&part, Choices::part("gone"), "part-missing"),
    ] {
        let report = checked(path, &choices).expect("it comes to an end");
        assert_eq!(told(&report), BTreeSet::from([code]), "{}", path.display());
        assert_eq!(faults(&report), Vec::<String>::new(), "{}", path.display());
        codes.insert(code);
    }
    let progress = Progress::default();
    progress.cancel();
    let cancelled = open(Source::new("a", b"{}"), &Choices::default(), &ATLAS, &progress);
    codes.insert(cancelled.map_err(ReadError::into_refusal).expect_err("cancelled").reason.code);
    codes
}

/// The codes of `docs/diagnostics.md` with their severities: those of boundary files, and those
/// of figures, which have a test of their own.
fn documented() -> [BTreeMap<String, String>; 2] {
    let text = std::fs::read_to_string(root().join("docs/diagnostics.md")).expect("it is there");
    let chapters = text.split_once("\n# What figures tell\n").expect("there are two chapters");
    [chapters.0, chapters.1].map(codes_of)
}

fn codes_of(text: &str) -> BTreeMap<String, String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut codes = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{row}");
        let (code, severity, meaning, remedy) = (cells[0], cells[1], cells[2], cells[3]);
        assert!(meaning.ends_with('.') && remedy.ends_with('.'), "{row}");
        let code = code.trim_end_matches('`').to_owned();
        assert_eq!(codes.insert(code, severity.to_owned()), None, "{row} is there twice");
    }
    codes
}

#[test]
fn each_code_is_documented_and_each_documented_code_comes_up() {
    let [documented, _] = documented();
    let mut seen = told_without_a_file();
    seen.extend(large_files().iter().flat_map(|large| large.told));
    for diagnostic in REPORTS.iter().flat_map(|(_, r)| r.iter().flat_map(|r| &r.diagnostics)) {
        let severity = match documented.get(diagnostic.code).map(String::as_str) {
            Some("error") => Severity::Error,
            Some("warning") => Severity::Warning,
            Some("info") => Severity::Info,
            other => panic!("{}: {other:?}", diagnostic.code),
        };
        assert!(diagnostic.severity <= severity, "{} is no {severity:?}", diagnostic.code);
        seen.insert(diagnostic.code);
    }
    let missing: Vec<&String> =
        documented.keys().filter(|code| !seen.contains(code.as_str())).collect();
    // A file that changes is made beside the code that reads it; a projection that cannot be set
    // up, and bundled areas that are not there, no file can bring about.
    assert_eq!(missing, ["crs", "file-changed", "not-bundled"]);
}

/// Texts with a hyphen in the sources of the reader that are no codes: names of encodings.
const NO_CODES: [&str; 3] = ["euc-kr", "utf-8", "windows-1252"];

#[test]
fn each_code_in_the_sources_is_documented() {
    let chapters = documented().into_iter();
    let mut documented: BTreeSet<String> = chapters.flat_map(BTreeMap::into_keys).collect();
    documented.extend(NO_CODES.map(str::to_owned));
    let mut folders = vec![root().join("src/read")];
    let mut files = vec![root().join("src/model/join.rs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let is_code = |text: &&str| {
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        text.contains('-') && text.split('-').all(is_word)
    };
    // What is bundled is told from by the names of its files.
    let is_meant = |path: &&PathBuf| !path.ends_with("tests.rs") && !path.ends_with("bundled.rs");
    for path in files.iter().filter(is_meant) {
        let text = std::fs::read_to_string(path).expect("a source is text");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let code = code.split("#[cfg(test)]\npub mod tests").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for text in line.split('"').skip(1).step_by(2).filter(is_code) {
                assert!(documented.contains(text), "{text} in {}", path.display());
            }
        }
    }
}
