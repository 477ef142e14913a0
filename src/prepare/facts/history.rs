//! Who followed whom, what changed without a succession, and how many people live there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::Diagnostic;
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![successions(folder)?, populations(folder)?, changes(folder)?, clusters(folder)?])
}

fn successions(folder: &Path) -> Result<Output, Diagnostic> {
    let columns = ["from_kind", "from", "to_kind", "to", "date", "part", "source"];
    let mut table = Writer::new("facts/successions.csv", &columns)?;
    for row in source(folder, "ccg_edges")?.rows() {
        let (from, to) = (row.required("from_ods")?, row.required("to_ods")?);
        let date = row.required("effective")?;
        let to_kind =
            if row.required("kind")?.ends_with("ICB established") { "icb" } else { "ccg" };
        table.row(&["ccg", from, to_kind, to, date, "", "ccg-successions"])?;
    }
    for row in source(folder, "stp")?.rows() {
        let (from, to) = (row.required("ods_code")?, row.required("successor_ods")?);
        // Three northern footprints became one in 2018; all others were followed by a board.
        let (to_kind, date) =
            if from == to { ("icb", "2022-07-01") } else { ("stp", "2018-06-07") };
        table.row(&["stp", from, to_kind, to, date, "", "stps"])?;
    }
    let parts = parts_of_2026(folder)?;
    for row in source(folder, "icb_changes")?.rows() {
        if !row.required("kind")?.starts_with("succession") {
            continue;
        }
        let (from, to) = (row.required("from_ods")?, row.required("to_ods")?);
        let part = parts.get(&(from.to_owned(), to.to_owned())).map_or("", String::as_str);
        let date = row.required("date")?;
        table.row(&["icb", from, "icb", to, date, part, "boards-2026-successions"])?;
    }
    super::councils::successions(&mut table)?;
    table.finish()
}

/// Predecessors of 2026 are listed as `QHG;QM7(Hertfordshire part)`: the part by from and to.
fn parts_of_2026(folder: &Path) -> Result<BTreeMap<(String, String), String>, Diagnostic> {
    let mut parts = BTreeMap::new();
    for row in source(folder, "icb_2026")?.rows() {
        let to = row.required("ods_code")?;
        for item in row.required("predecessors")?.split(';') {
            if let Some((from, part)) = item.trim_end_matches(')').split_once('(') {
                let part = part.trim_end_matches(" part").to_owned();
                parts.insert((from.to_owned(), to.to_owned()), part);
            }
        }
    }
    Ok(parts)
}

fn populations(folder: &Path) -> Result<Output, Diagnostic> {
    let columns = ["kind", "body", "boundaries", "year", "value", "method", "source"];
    let mut table = Writer::new("facts/populations.csv", &columns)?;
    for row in source(folder, "icb_population")?.rows() {
        let ods = row.required("ods_code")?;
        // Four small areas went from the one to the other between July 2022 and April 2023.
        let method =
            if ["QXU", "QNX"].contains(&ods) { "on the boundaries of April 2023" } else { "" };
        for (year, column) in [("2021", "population_mid2021"), ("2022", "population_mid2022")] {
            let value = row.required(column)?;
            table.row(&["icb", ods, "2023-04", year, value, method, "population"])?;
        }
    }
    for row in source(folder, "icb_2026")?.rows() {
        let (ods, value) = (row.required("ods_code")?, row.required("population_mid2022_est")?);
        let (method, key) = match row.required("population_method")? {
            "mid-2022" => ("", "population"),
            how if how.contains("Frimley") => (
                "estimate: Frimley shared out 58.9 % to Thames Valley, 22.9 % to Hampshire and \
                 Isle of Wight, 18.2 % to Surrey and Sussex (unofficial shares)",
                "population-2026",
            ),
            _ => ("sum of the sub-ICB locations", "population-2026"),
        };
        table.row(&["icb", ods, "2026-04", "2022", value, method, key])?;
    }
    for row in source(folder, "sicbl")?.rows() {
        let (ods, value) = (row.required("ods_code")?, row.required("population_mid2022")?);
        table.row(&["sicbl", ods, "2023-04", "2022", value, "", "population"])?;
    }
    table.finish()
}

/// Changes of boards that went on, in words of our own: the day, the kind, from, to, the
/// sentence. Each must stand in the source too.
const CHANGES: [(&str, &str, &str, &str, &str); 9] = [
    (
        "2022-07-01",
        "moved",
        "QOP",
        "QJ2",
        "Glossop (21 small areas of High Peak) went from Greater Manchester to Derby and \
         Derbyshire.",
    ),
    (
        "2022-07-01",
        "moved",
        "QF7",
        "QT1",
        "Bassetlaw (70 small areas) went from South Yorkshire to Nottingham and Nottinghamshire.",
    ),
    (
        "2022-07-01",
        "moved",
        "QUA",
        "QHL",
        "West Birmingham (92 small areas) went from Black Country to Birmingham and Solihull.",
    ),
    (
        "2022-07-01",
        "moved",
        "QUE",
        "QPM",
        "9 small areas of North Northamptonshire went from Cambridgeshire and Peterborough to \
         Northamptonshire.",
    ),
    (
        "2022-07-01",
        "renamed",
        "QOQ",
        "QOQ",
        "Humber, Coast and Vale became Humber and North Yorkshire.",
    ),
    ("2022-07-01", "renamed", "QWO", "QWO", "West Yorkshire and Harrogate became West Yorkshire."),
    (
        "2022-07-01",
        "renamed",
        "QHM",
        "QHM",
        "Cumbria and North East became North East and North Cumbria.",
    ),
    (
        "2023-04-01",
        "moved",
        "QXU",
        "QNX",
        "4 small areas of Chichester went from Surrey Heartlands to Sussex; both got new ONS codes.",
    ),
    (
        "2026-04-01",
        "recoded",
        "QRL",
        "QRL",
        "Hampshire and Isle of Wight took in the Hampshire part of Frimley; it kept its name and \
         ODS code and got a new ONS code.",
    ),
];

fn changes(folder: &Path) -> Result<Output, Diagnostic> {
    let columns = ["date", "kind", "from", "to", "groups", "text", "source"];
    let mut table = Writer::new("facts/changes.csv", &columns)?;
    let listed = source(folder, "icb_changes")?;
    let mut found = BTreeSet::new();
    for row in listed.rows() {
        let kind = row.required("kind")?;
        if !["area moved", "renamed", "recoded"].iter().any(|begin| kind.starts_with(begin)) {
            continue;
        }
        let (date, from, to) =
            (row.required("date")?, row.required("from_ods")?, row.required("to_ods")?);
        let ours = CHANGES.iter().find(|c| (c.0, c.2, c.3) == (date, from, to));
        let (_, kind, _, _, text) =
            ours.ok_or_else(|| row.fault("what", "There is no sentence for this change."))?;
        found.insert((date, from, to));
        // The groups of 2021, and of 2013 where another name tells of the place.
        let groups = match (date, from, to) {
            ("2022-07-01", "QOP", "QJ2") => "01Y",
            ("2022-07-01", "QF7", "QT1") => "02Q",
            ("2022-07-01", "QUA", "QHL") => "D2P2L 05L",
            _ => "",
        };
        table.row(&[date, kind, from, to, groups, text, "board-changes"])?;
    }
    if let Some(lost) = CHANGES.iter().find(|c| !found.contains(&(c.0, c.2, c.3))) {
        let what = format!("The source has no change of {} from {} to {}.", lost.0, lost.2, lost.3);
        return Err(crate::diag::refuse("change-missing", what, "Correct icb_changes.csv."));
    }
    table.finish()
}

/// Boards that share their leadership. The one of London that has merged since is a succession;
/// it stays listed with its dates.
fn clusters(folder: &Path) -> Result<Output, Diagnostic> {
    let mut table = Writer::new("facts/clusters.csv", &["boards", "date", "note", "source"])?;
    for row in source(folder, "icb_changes")?.rows() {
        if row.required("kind")? != "cluster" {
            continue;
        }
        let (boards, what) = (row.required("from_ods")?, row.required("what")?);
        let page = row.required("source")?;
        let (note, page) = if what.contains("merged 2026-04-01") {
            ("the two boards agreed to merge in July 2025 and did so on 1 April 2026", page)
        } else if page.contains("single source") {
            (
                "from one unofficial source of April 2026; not among the clusters of September \
                 2025, so it may be wrong",
                "a list said to be of NHS England, 17 April 2026",
            )
        } else if what.contains("shared chair") {
            ("with a shared chair", page)
        } else {
            ("", page)
        };
        table.row(&[&boards.replace('+', " "), row.required("date")?, note, page])?;
    }
    table.finish()
}
