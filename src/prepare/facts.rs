//! From the source tables to the tables of `geodata/facts/`: one subject a table, one join
//! table of codes by edition, and a source for every row.

mod bodies;
mod codes;
mod history;

use std::path::Path;

use super::Output;
use super::table::Writer;
use crate::diag::Diagnostic;

/// Key, publisher, title, state of affairs.
const SOURCES: [[&str; 4]; 11] = [
    [
        "boards",
        "ONS and NHS ODS",
        "Names and codes of integrated care boards; websites from a public list that is not official",
        "December 2024",
    ],
    [
        "boards-2026",
        "ONS and NHS ODS",
        "Integrated care boards, April 2026, checked against the ONS boundaries of that month",
        "April 2026",
    ],
    [
        "boards-2026-successions",
        "NHS ODS",
        "Successions of integrated care boards on 1 April 2026, checked by overlaying the ONS boundaries of April 2023 and April 2026",
        "April 2026",
    ],
    ["regions", "ONS and NHS ODS", "NHS England regions and their codes", "January 2024"],
    [
        "sub-icb-locations",
        "ONS and NHS ODS",
        "Sub-ICB locations to integrated care boards in England, lookup",
        "April 2023",
    ],
    [
        "ccgs",
        "NHS ODS and ONS",
        "Clinical commissioning groups (eccg) and the ONS code history",
        "late 2025",
    ],
    [
        "ccg-successions",
        "NHS Digital and ONS",
        "Mapping of clinical commissioning groups 2017 to 2021 and ONS recodes 2013 to 2019",
        "June 2022",
    ],
    [
        "stps",
        "NHS ODS and ONS",
        "STP partner mapping workbook of 3 April 2019 and ONS names of 2021",
        "April 2021",
    ],
    [
        "councils",
        "ONS",
        "Counties and unitary authorities, December 2023, as used in the lookup of areas to integrated care boards",
        "December 2023",
    ],
    ["population", "ONS", "Mid-2022 population estimates for health geographies", "19 March 2024"],
    [
        "population-2026",
        "ICS Atlas from ONS",
        "Mid-2022 population estimates added up for the boards of April 2026",
        "April 2026",
    ],
];

/// Converts every table.
pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    let mut outputs = vec![sources()?];
    outputs.extend(bodies::convert(folder)?);
    outputs.push(codes::convert(folder)?);
    outputs.extend(history::convert(folder)?);
    Ok(outputs)
}

fn sources() -> Result<Output, Diagnostic> {
    let mut table =
        Writer::new("facts/sources.csv", &["key", "publisher", "title", "as_of", "licence"])?;
    for [key, publisher, title, as_of] in SOURCES {
        table.row(&[key, publisher, title, as_of, "Open Government Licence v3.0"])?;
    }
    table.finish()
}
