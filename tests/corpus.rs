//! Odd boundary files and what the reader has to say of each: `tests/corpus/expected.csv` is
//! the table of verdicts, one row a file.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use ics_atlas::diag::Severity;
use ics_atlas::model::Atlas;
use ics_atlas::read::{Choices, FileReport, Verdict, check};
use serde::Deserialize;

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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn table() -> Vec<Expected> {
    let path = folder().join("expected.csv");
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    reader.deserialize().collect::<Result<_, _>>().expect("the table is sound")
}

fn atlas() -> Atlas {
    Atlas::embedded().expect("the embedded tables are sound")
}

/// What the reader says of a file, or why it said nothing.
fn checked(path: &Path, atlas: &Atlas) -> Result<FileReport, String> {
    let (sender, receiver) = mpsc::channel();
    let (path, atlas) = (path.to_owned(), atlas.clone());
    std::thread::spawn(move || {
        let report = check(&path, &Choices::default(), &atlas);
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
    let atlas = atlas();
    let mut wrong = Vec::new();
    for Expected { file, verdict, codes, areas, what } in table() {
        let report = match checked(&folder().join(&file), &atlas) {
            Ok(report) => report,
            Err(why) => {
                wrong.push(format!("{file} ({what}): {why}"));
                continue;
            }
        };
        let told: BTreeSet<&str> = report
            .diagnostics
            .iter()
            .filter(|d| d.severity >= Severity::Warning)
            .map(|d| d.code)
            .collect();
        let got = (name(report.verdict), told, report.areas);
        let expected = (verdict.as_str(), codes.split_whitespace().collect(), areas);
        let faults = faults(&report);
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
