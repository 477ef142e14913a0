//! The bodies of the NHS: regions, boards, sub-ICB locations, CCGs, STPs.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::model::names::short_name;
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

type Made = Result<Output, Diagnostic>;

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![
        regions(folder)?,
        boards(folder)?,
        sub_icb_locations(folder)?,
        ccgs(folder)?,
        stps(folder)?,
    ])
}

fn regions(folder: &Path) -> Made {
    let mut table = Writer::new("facts/regions.csv", &["ods_code", "name", "source"])?;
    for row in source(folder, "nhs_region")?.rows() {
        table.row(&[row.required("ods_code")?, row.required("name")?, "regions"])?;
    }
    table.finish()
}

fn boards(folder: &Path) -> Made {
    let columns =
        ["ods_code", "name", "short_name", "region", "opened", "closed", "website", "source"];
    let mut table = Writer::new("facts/boards.csv", &columns)?;
    let mut known = BTreeSet::new();
    let first = source(folder, "icb")?;
    for row in first.rows() {
        let ods = row.required("ods_code")?;
        known.insert(ods.to_owned());
        table.row(&[
            ods,
            row.required("official_name")?,
            row.required("short_name")?,
            row.required("region_ods_code")?,
            row.required("established")?,
            row.text("abolished")?.unwrap_or_default(),
            row.text("website")?.unwrap_or_default(),
            "boards",
        ])?;
    }
    for row in source(folder, "icb_2026")?.rows() {
        let (ods, name) = (row.required("ods_code")?, row.required("official_name")?);
        if known.contains(ods) {
            continue;
        }
        let region = row.required("region_ods_code")?;
        let short = short_name(name);
        table.row(&[ods, name, &short, region, "2026-04-01", "", "", "boards-2026"])?;
    }
    table.finish()
}

fn sub_icb_locations(folder: &Path) -> Made {
    let columns = ["ods_code", "name", "board", "opened", "closed", "source"];
    let mut table = Writer::new("facts/sub_icb_locations.csv", &columns)?;
    for row in source(folder, "sicbl")?.rows() {
        let (ods, name) = (row.required("ods_code")?, row.required("name_2022")?);
        let board = row.required("icb_ods_code")?;
        table.row(&[ods, name, board, "2022-07-01", "", "sub-icb-locations"])?;
    }
    table.finish()
}

/// The STP of a group of 2021: the one that became the group's board, with the same ODS code.
/// Bassetlaw was in South Yorkshire and Bassetlaw until it changed system on 1 July 2022.
fn stp_of<'a>(group: &str, board: &'a str) -> &'a str {
    if group == "02Q" { "QF7" } else { board }
}

fn ccgs(folder: &Path) -> Made {
    let columns = ["ods_code", "name", "opened", "closed", "stp", "source"];
    let mut table = Writer::new("facts/ccgs.csv", &columns)?;
    for row in source(folder, "ccg_history")?.rows() {
        let (ods, name) = (row.required("ods_code")?, row.required("name")?);
        let (opened, closed) = (row.required("opened")?, row.required("closed")?);
        let board = row.required("icb_2022_ods")?;
        let stp = if closed == "2022-06-30" { stp_of(ods, board) } else { "" };
        table.row(&[ods, name, opened, closed, stp, "ccgs"])?;
    }
    table.finish()
}

fn stps(folder: &Path) -> Made {
    let mut table =
        Writer::new("facts/stps.csv", &["ods_code", "name", "opened", "closed", "source"])?;
    for row in source(folder, "stp")?.rows() {
        // Footprints that ended in 2018 have only the name in the workbook of 2019.
        let earlier = row.required("name_2019_ods")?;
        let earlier = earlier.trim_end_matches(" (STP)").trim_end_matches(" STP");
        let name = row.text("name_2021_ons")?.unwrap_or(earlier);
        // Last days count in; the source gives these three the first day of their successor.
        let closed = match row.required("to")? {
            "2018-06-07" => "2018-06-06",
            day => day,
        };
        table.row(&[row.required("ods_code")?, name, row.required("from")?, closed, "stps"])?;
    }
    table.finish()
}
