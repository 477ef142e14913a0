//! Who followed whom, and how many people live there.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![successions(folder)?, populations(folder)?])
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
        let (ods, value) = (row.required("ods_code")?, row.required("population_mid2022")?);
        // Four small areas went from the one to the other between July 2022 and April 2023.
        let method =
            if ["QXU", "QNX"].contains(&ods) { "on the boundaries of April 2023" } else { "" };
        table.row(&["icb", ods, "2023-04", "2022", value, method, "population"])?;
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
