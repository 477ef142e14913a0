//! The data inside the program: boundaries and fact tables of `geodata/`.
//!
//! The boundaries are TopoJSON on whole metres of the National Grid and pass through
//! [`super::read_layer`] like any other file.

use super::{Choices, Progress, ReadError, Source, read_layer};
use crate::diag::{Refusal, refuse};
use crate::model::{BodyKind, Edition, Layer};

macro_rules! geodata {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/", $path))
    };
}

/// The manifest of the bundled boundaries: one row for each object of each file.
pub const MANIFEST: &str = geodata!("manifest.csv");

/// The text of a fact table, by its name without `.csv`; empty for a name that is none.
#[must_use]
pub fn table(name: &'static str) -> &'static str {
    match name {
        "areas" => geodata!("facts/areas.csv"),
        "boards" => geodata!("facts/boards.csv"),
        "ccgs" => geodata!("facts/ccgs.csv"),
        "changes" => geodata!("facts/changes.csv"),
        "clusters" => geodata!("facts/clusters.csv"),
        "codes" => geodata!("facts/codes.csv"),
        "collaboratives" => geodata!("facts/collaboratives.csv"),
        "councils" => geodata!("facts/councils.csv"),
        "designations" => geodata!("facts/designations.csv"),
        "districts" => geodata!("facts/districts.csv"),
        "events" => geodata!("facts/events.csv"),
        "names" => geodata!("facts/names.csv"),
        "partnerships" => geodata!("facts/partnerships.csv"),
        "place_counts" => geodata!("facts/place_counts.csv"),
        "places" => geodata!("facts/places.csv"),
        "populations" => geodata!("facts/populations.csv"),
        "regions" => geodata!("facts/regions.csv"),
        "shares" => geodata!("facts/shares.csv"),
        "sources" => geodata!("facts/sources.csv"),
        "stps" => geodata!("facts/stps.csv"),
        "sub_icb_locations" => geodata!("facts/sub_icb_locations.csv"),
        "successions" => geodata!("facts/successions.csv"),
        "system_counts" => geodata!("facts/system_counts.csv"),
        "systems" => geodata!("facts/systems.csv"),
        _ => "",
    }
}

/// All areas that the program can show: kinds of bodies in editions.
pub const LAYERS: [(BodyKind, Edition); 16] = [
    (BodyKind::Ccg, Edition::April2013),
    (BodyKind::Ccg, Edition::April2015),
    (BodyKind::Ccg, Edition::April2017),
    (BodyKind::Ccg, Edition::April2018),
    (BodyKind::Ccg, Edition::April2019),
    (BodyKind::Ccg, Edition::April2020),
    (BodyKind::Ccg, Edition::April2021),
    (BodyKind::Stp, Edition::April2021),
    (BodyKind::Icb, Edition::July2022),
    (BodyKind::Icb, Edition::April2023),
    (BodyKind::Icb, Edition::April2026),
    (BodyKind::SubIcb, Edition::April2023),
    (BodyKind::Council, Edition::December2023),
    (BodyKind::Region, Edition::July2022),
    (BodyKind::Region, Edition::April2023),
    (BodyKind::Region, Edition::April2026),
];

/// The areas from which others are united, where there are no boundaries of their date: the
/// groups of 2015 to 2019 from those of 2013, the STPs of 2021 from the groups of 2021.
#[must_use]
pub const fn united_from(kind: BodyKind, edition: Edition) -> Option<(BodyKind, Edition)> {
    match (kind, edition) {
        (
            BodyKind::Ccg,
            Edition::April2015 | Edition::April2017 | Edition::April2018 | Edition::April2019,
        ) => Some((BodyKind::Ccg, Edition::April2013)),
        (BodyKind::Stp, Edition::April2021) => Some((BodyKind::Ccg, Edition::April2021)),
        _ => None,
    }
}

/// The text of the boundary file that holds areas of this kind and edition, and the name of
/// the object in it.
#[must_use]
pub fn boundaries(kind: BodyKind, edition: Edition) -> Option<(&'static str, &'static str)> {
    use BodyKind::{Ccg, Council, Icb, Region, SubIcb};
    let boards = match edition {
        Edition::July2022 => Some(geodata!("boundaries/icb-2022-07.topojson")),
        Edition::April2023 => Some(geodata!("boundaries/icb-2023-04.topojson")),
        Edition::April2026 => Some(geodata!("boundaries/icb-2026-04.topojson")),
        _ => None,
    };
    match (kind, edition) {
        (Icb, _) => boards.map(|text| (text, "icb")),
        (Region, _) => boards.map(|text| (text, "region")),
        (Ccg, Edition::April2013) => Some((geodata!("boundaries/ccg-2013-04.topojson"), "ccg")),
        (Ccg, Edition::April2020) => Some((geodata!("boundaries/ccg-2020-04.topojson"), "ccg")),
        (Ccg, Edition::April2021) => {
            Some((geodata!("boundaries/ccg-2020-04.topojson"), "ccg-2021"))
        }
        (SubIcb, Edition::April2023) => {
            Some((geodata!("boundaries/sicbl-2023-04.topojson"), "sicbl"))
        }
        (Council, Edition::December2023) => {
            Some((geodata!("boundaries/council-2023-12.topojson"), "council"))
        }
        _ => None,
    }
}

/// The bundled areas of a kind in an edition.
///
/// # Errors
/// If there are none or the data are faulty.
pub fn layer(kind: BodyKind, edition: Edition) -> Result<Layer, Refusal> {
    let (text, object) = boundaries(kind, edition).ok_or_else(|| {
        let message = format!("There are no bundled areas of {} in {edition}.", kind.label());
        refuse("not-bundled", message, "Choose another date.")
    })?;
    read(text, edition.title(), object)
}

/// The land of Wales, Scotland and Northern Ireland.
///
/// # Errors
/// If the data are faulty, which a test rules out.
pub fn backdrop() -> Result<Layer, Refusal> {
    read(geodata!("boundaries/backdrop.topojson"), "Backdrop", "backdrop")
}

fn read(text: &str, title: &str, object: &str) -> Result<Layer, Refusal> {
    let source = Source::new(title, text.as_bytes());
    read_layer(source, &Choices::part(object), &Progress::default())
        .map(|read| read.value.0)
        .map_err(ReadError::into_refusal)
}
