//! Councils and districts, and how they lie in the areas of boards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::Diagnostic;
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

type Made = Result<Output, Diagnostic>;

/// Upper-tier councils that came on 1 April 2023 for those that went.
const REORGANISED: [(&str, &str); 4] = [
    ("E10000006", "E06000063"), // Cumbria, Cumberland
    ("E10000006", "E06000064"), // Cumbria, Westmorland and Furness
    ("E10000023", "E06000065"), // North Yorkshire, the county and the unitary authority
    ("E10000027", "E06000066"), // Somerset, the county and the unitary authority
];

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![councils(folder)?, districts(folder)?])
}

fn councils(folder: &Path) -> Made {
    let listed = |name, code, label| -> Result<BTreeMap<String, String>, Diagnostic> {
        let mut rows = BTreeMap::new();
        for row in source(folder, name)?.rows() {
            rows.insert(row.required(code)?.to_owned(), row.required(label)?.to_owned());
        }
        Ok(rows)
    };
    let before = listed("utla_icb", "utla22_code", "utla22_name")?;
    let after = listed("utla_icb_2023", "utla23_code", "utla23_name")?;
    let mut table =
        Writer::new("facts/councils.csv", &["ons_code", "name", "opened", "closed", "source"])?;
    let codes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for code in codes {
        let name = after.get(code).or_else(|| before.get(code)).map_or("", String::as_str);
        let opened = if before.contains_key(code) { "" } else { "2023-04-01" };
        let closed = if after.contains_key(code) { "" } else { "2023-03-31" };
        table.row(&[code, name, opened, closed, "councils"])?;
    }
    table.finish()
}

/// Districts of counties with two tiers; the other councils are districts of their own.
fn districts(folder: &Path) -> Made {
    let columns = ["ons_code", "name", "council", "closed", "source"];
    let mut table = Writer::new("facts/districts.csv", &columns)?;
    let lookup = source(folder, "lad_icb_2022")?;
    let mut seen = BTreeSet::new();
    for row in lookup.rows() {
        let (code, council) = (row.required("lad22_code")?, row.required("utla22_code")?);
        if code == council || !seen.insert(code) {
            continue;
        }
        // With its county, a district of Cumbria, North Yorkshire or Somerset went in 2023.
        let is_gone = REORGANISED.iter().any(|(county, _)| *county == council);
        let closed = if is_gone { "2023-03-31" } else { "" };
        table.row(&[code, row.required("lad22_name")?, council, closed, "districts"])?;
    }
    table.finish()
}

/// The successions of councils.
pub fn successions(table: &mut Writer) -> Result<(), Diagnostic> {
    for (from, to) in REORGANISED {
        // Cumbria (Structural Changes) Order 2022, SI 2022/331, article 4.
        let part = match to {
            "E06000063" => "Allerdale, Carlisle and Copeland",
            "E06000064" => "Barrow-in-Furness, Eden and South Lakeland",
            _ => "",
        };
        table.row(&["council", from, "council", to, "2023-04-01", part, "councils-2023"])?;
    }
    Ok(())
}

/// The shares that published lookups give, in small areas.
pub fn shares(folder: &Path, table: &mut Writer) -> Result<(), Diagnostic> {
    for (name, kind, code, share, edition, key) in [
        ("utla_icb", "council", "utla22_code", "share_of_utla", "2022-07", "shares-2022"),
        ("utla_icb_2023", "council", "utla23_code", "share_of_utla", "2023-04", "shares-2023"),
        ("lad_icb_2022", "district", "lad22_code", "share_of_lad", "2022-07", "shares-2022"),
    ] {
        for row in source(folder, name)?.rows() {
            let council = row.required(code)?;
            if kind == "district" && !council.starts_with("E07") {
                continue;
            }
            let share: f64 = row.parse_required(share)?;
            let board = row.required("icb_ods")?;
            table.row(&[kind, council, board, edition, &format!("{share}"), key])?;
        }
    }
    Ok(())
}
