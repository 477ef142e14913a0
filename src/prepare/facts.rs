//! From the source tables to the tables of `geodata/facts/`: one subject a table, one join
//! table of codes by edition, and a source for every row.

mod bodies;
mod codes;
mod councils;
mod events;
mod history;
mod systems;

use std::path::Path;

use super::Output;
use super::table::Writer;
use crate::diag::Diagnostic;

/// Key, publisher, title, state of affairs.
const SOURCES: [[&str; 4]; 18] = [
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
    [
        "councils-2023",
        "ONS and gov.uk",
        "Local government reorganisation of 1 April 2023 in Cumbria, North Yorkshire and Somerset",
        "April 2023",
    ],
    [
        "districts",
        "ONS",
        "Local authority districts in the lookup of areas to integrated care boards",
        "July 2022",
    ],
    [
        "shares-2022",
        "ONS",
        "Lower layer super output areas by council and integrated care board, lookup",
        "July 2022",
    ],
    [
        "shares-2023",
        "ONS",
        "Lower layer super output areas by council and integrated care board, lookup",
        "April 2023",
    ],
    [
        "shares-2026",
        "ICS Atlas from ONS",
        "Small areas by council and board, April 2023, carried to the boards of April 2026 along their successions",
        "April 2026",
    ],
    [
        "systems",
        "gov.uk and ONS",
        "Integrated care systems by the names that they use, with the boards of April 2023",
        "April 2023",
    ],
    [
        "board-changes",
        "ONS and NHS England",
        "Lookups of small areas to CCGs, STPs and boards compared; names of 2021 and 2022; Variation Order 2023",
        "April 2026",
    ],
    ["population", "ONS", "Mid-2022 population estimates for health geographies", "19 March 2024"],
    [
        "population-2026",
        "ICS Atlas from ONS",
        "Mid-2022 population estimates added up for the boards of April 2026",
        "April 2026",
    ],
];

/// Converts every table but that of the shares, which needs the boundaries too.
pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    let mut outputs = vec![sources()?];
    outputs.extend(bodies::convert(folder)?);
    outputs.extend(systems::convert(folder)?);
    outputs.extend(councils::convert(folder)?);
    outputs.extend(codes::convert(folder)?);
    outputs.extend(history::convert(folder)?);
    outputs.extend(events::convert(folder)?);
    Ok(outputs)
}

/// How councils and districts lie in boards: the published shares, and those carried to 2026.
pub fn shares(folder: &Path, carried: &[super::shares::Carried]) -> Result<Output, Diagnostic> {
    let columns = ["kind", "council", "board", "edition", "share", "source"];
    let mut table = Writer::new("facts/shares.csv", &columns)?;
    councils::shares(folder, &mut table)?;
    for share in carried {
        let part = format!("{}", share.share);
        table.row(&["council", &share.council, &share.board, "2026-04", &part, "shares-2026"])?;
    }
    table.finish()
}

fn sources() -> Result<Output, Diagnostic> {
    let mut table =
        Writer::new("facts/sources.csv", &["key", "publisher", "title", "as_of", "licence"])?;
    for [key, publisher, title, as_of] in SOURCES {
        table.row(&[key, publisher, title, as_of, "Open Government Licence v3.0"])?;
    }
    table.finish()
}
