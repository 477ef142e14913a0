//! What belongs to a board: its system, partnership, places, provider collaboratives, and how
//! the area became a system.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

type Made = Result<Output, Diagnostic>;

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![
        systems(folder)?,
        partnerships(folder)?,
        places(folder)?,
        place_counts(folder)?,
        collaboratives(folder)?,
        designations(folder)?,
    ])
}

fn systems(folder: &Path) -> Made {
    let mut table = Writer::new("facts/systems.csv", &["board", "name", "source"])?;
    for row in source(folder, "ics_public_names_2023")?.rows() {
        table.row(&[row.required("ods_code")?, row.required("ics_name_govuk")?, "systems"])?;
    }
    table.finish()
}

fn partnerships(folder: &Path) -> Made {
    let columns = ["board", "name", "as_of", "confidence", "note", "source"];
    let mut table = Writer::new("facts/partnerships.csv", &columns)?;
    for row in source(folder, "icp")?.rows() {
        // A board without a row has a partnership whose name is not recorded.
        let Some(name) = row.text("icp_name")? else { continue };
        table.row(&[
            row.required("icb_ods")?,
            name,
            row.text("as_of")?.unwrap_or_default(),
            row.required("confidence")?,
            row.text("note")?.unwrap_or_default(),
            row.required("source_url")?,
        ])?;
    }
    table.finish()
}

/// Partnerships that the source lists beside the place that they are for.
const PLACE_PARTNERSHIPS: [(&str, &str, &str, &str); 3] = [
    ("QKK", "Lambeth Together (Lambeth)", "Lambeth", "Lambeth Together"),
    ("QKK", "Partnership Southwark (Southwark)", "Southwark", "Partnership Southwark"),
    (
        "QMF",
        "City and Hackney Health and Care Board (City of London and Hackney)",
        "City and Hackney",
        "City and Hackney Health and Care Board",
    ),
];

/// A place on its way.
#[derive(Default)]
struct Place {
    ods_code: String,
    opened: String,
    form: String,
    note: String,
    source: String,
    as_of: String,
}

/// Some places are listed twice, as entities of the Organisation Data Service and by the system
/// itself: they become one, with both sources told.
fn places(folder: &Path) -> Made {
    let mut places: BTreeMap<(String, String), Place> = BTreeMap::new();
    let mut order = Vec::new();
    for row in source(folder, "places")?.rows() {
        let (board, listed) = (row.required("icb_ods")?, row.required("place")?);
        let partnership = PLACE_PARTNERSHIPS.iter().find(|p| p.0 == board && p.1 == listed);
        let key = (board.to_owned(), partnership.map_or(listed, |p| p.2).to_owned());
        if !places.contains_key(&key) {
            order.push(key.clone());
        }
        let place = places.entry(key).or_default();
        let page = row.required("source")?;
        match row.text("ods_code")? {
            Some(code) => {
                let kind = row.required("kind")?;
                let opened = kind.rsplit_once("opened ").map(|(_, day)| day);
                opened
                    .ok_or_else(|| row.fault("kind", "The day of opening is missing."))?
                    .clone_into(&mut place.opened);
                code.clone_into(&mut place.ods_code);
                "reporting entity of the Organisation Data Service".clone_into(&mut place.form);
                "NHS ODS: sub-ICB reporting entities (eccg)".clone_into(&mut place.source);
                "late 2025".clone_into(&mut place.as_of);
            }
            None if place.source.is_empty() => {
                "place of the system".clone_into(&mut place.form);
                page.clone_into(&mut place.source);
            }
            None => {
                place.source = format!("{}; {page}", place.source);
                if let Some(p) = partnership {
                    place.note = format!("its partnership is {}", p.3);
                }
            }
        }
    }
    let columns = ["board", "name", "ods_code", "form", "opened", "note", "as_of", "source"];
    let mut table = Writer::new("facts/places.csv", &columns)?;
    for key in &order {
        let Place { ods_code, opened, form, note, source, as_of } = &places[key];
        table.row(&[&key.0, &key.1, ods_code, form, opened, note, as_of, source])?;
    }
    table.finish()
}

fn place_counts(folder: &Path) -> Made {
    let mut table = Writer::new("facts/place_counts.csv", &["board", "count", "what", "source"])?;
    for row in source(folder, "place_counts")?.rows() {
        let (board, count) = (row.required("icb_ods")?, row.required("places")?);
        table.row(&[board, count, row.required("what")?, row.required("source")?])?;
    }
    table.finish()
}

fn collaboratives(folder: &Path) -> Made {
    let columns = ["board", "name", "form", "note", "as_of", "source"];
    let mut table = Writer::new("facts/collaboratives.csv", &columns)?;
    for row in source(folder, "provider_collaboratives")?.rows() {
        let listed = row.required("collaborative")?;
        // One is described without its name.
        let (name, note) = if listed.contains("no proper name") {
            ("Provider collaborative at scale", "its proper name is not recorded")
        } else {
            (listed, "")
        };
        let (board, form) = (row.required("icb_ods")?, row.required("kind")?);
        table.row(&[board, name, form, note, "", row.required("source_url")?])?;
    }
    table.finish()
}

/// Dates of the source that name two days or two states, in words.
const DATES: [(&str, &str); 9] = [
    ("2017-06-15/19", "between 15 and 19 June 2017"),
    ("2018 (shadow ACS from 2017-06)", "2018; a shadow accountable care system from June 2017"),
    ("2015/2017", "2015 (devolution) and 2017"),
    ("2018-05-24 (shadow)", "24 May 2018, as a shadow system"),
    ("2020-04/05", "April or May 2020"),
    ("2020-12-07/08", "7 or 8 December 2020"),
    (
        "2020-12 (NHS England) or 2021-04-01 (Pulse)",
        "December 2020 (NHS England) or 1 April 2021 (Pulse)",
    ),
    ("2018-05-24", "24 May 2018"),
    ("2021-04-01", "1 April 2021"),
];

fn designations(folder: &Path) -> Made {
    let columns =
        ["board", "wave", "devolved", "announced", "effective", "earlier_name", "note", "source"];
    let mut table = Writer::new("facts/designations.csv", &columns)?;
    for row in source(folder, "ics_designation")?.rows() {
        let words = |column| -> Result<String, Diagnostic> {
            let text = row.required(column)?;
            if let Some((_, words)) = DATES.iter().find(|(date, _)| *date == text) {
                return Ok((*words).to_owned());
            }
            let date: crate::model::Date = row.parse_required(column)?;
            Ok(date.in_words())
        };
        let wave = row.required("wave")?;
        let number = wave.get(..1).unwrap_or_default();
        let devolved = if wave.contains("devolution") { "yes" } else { "no" };
        table.row(&[
            row.required("icb_ods")?,
            number,
            devolved,
            &words("announced")?,
            &words("effective")?,
            row.text("earlier_form_or_name")?.unwrap_or_default(),
            row.text("note")?.unwrap_or_default(),
            row.required("source")?,
        ])?;
    }
    table.finish()
}
