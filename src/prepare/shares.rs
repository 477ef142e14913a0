//! How the councils lie in the boards of April 2026, for which there is no published lookup: the
//! shares of April 2023, carried over along the successions of the boards.

use std::collections::BTreeMap;
use std::path::Path;

use geo::{Area, BooleanOps, MultiPolygon};

use super::backdrop::multi_polygon;
use super::boundaries::load;
use super::table::source;
use crate::diag::{Diagnostic, refuse};
use crate::model::{BodyId, BodyKind, Edition, Layer, Register};

/// A council's land in a split board must lie in one of its successors, but for what
/// generalising has left along the borders.
const NEARLY_ALL: f64 = 0.97;

/// A part of a council in a board, by their codes.
pub struct Carried {
    pub council: String,
    pub board: String,
    pub share: f64,
}

/// The shares of councils in the boards of April 2026, in small areas.
pub fn carry(folder: &Path, register: &Register) -> Result<Vec<Carried>, Diagnostic> {
    let boundaries = folder.join("boundaries");
    let councils = load(&boundaries.join("ctyua-2023-12-bsc.geojson"))?;
    let boards = load(&boundaries.join("icb-2026-04-bsc.geojson"))?;
    let mut shares: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in source(&folder.join("facts"), "utla_icb_2023")?.rows() {
        let (council, ods) = (row.required("utla23_code")?, row.required("icb_ods")?);
        let before = register
            .by_key(BodyKind::Icb, ods)
            .ok_or_else(|| row.fault("icb_ods", "This board is not known."))?;
        let options = successors(register, before);
        let board = match options.as_slice() {
            [only] => *only,
            several => holder(register, &councils, &boards, council, several)?,
        };
        let board = register.body(board).code().unwrap_or_default().to_owned();
        let share: f64 = row.parse_required("share_of_utla")?;
        *shares.entry((council.to_owned(), board)).or_default() += share;
    }
    let carried = shares.into_iter().map(|((council, board), share)| {
        // Four digits, as the published lookup has them.
        Carried { council, board, share: ((share * 1e4).round() / 1e4).min(1.0) }
    });
    Ok(carried.collect())
}

/// The boards of April 2026 that a board went into.
fn successors(register: &Register, board: BodyId) -> Vec<BodyId> {
    if register.body(board).exists_on(Edition::April2026.day()) {
        return vec![board];
    }
    register.after(board).map(|succession| succession.to).collect()
}

/// Which of several boards holds a council's land.
fn holder(
    register: &Register,
    councils: &Layer,
    boards: &Layer,
    council: &str,
    options: &[BodyId],
) -> Result<BodyId, Diagnostic> {
    let land = shape(councils, council)?;
    let mut common = Vec::with_capacity(options.len());
    for option in options {
        let code = register.ons_code(*option, Edition::April2026);
        let board = shape(boards, code.map_or("", |code| code.as_str()))?;
        common.push((land.intersection(&board).unsigned_area(), *option));
    }
    let all: f64 = common.iter().map(|(area, _)| area).sum();
    let largest = common.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    largest.filter(|(area, _)| *area > NEARLY_ALL * all).map(|(_, board)| board).ok_or_else(|| {
        let message = format!("The land of {council} lies in several successors of its board.");
        refuse("council-split", message, "")
    })
}

fn shape(layer: &Layer, code: &str) -> Result<MultiPolygon, Diagnostic> {
    let area = layer.areas.iter().position(|area| area.code == code);
    let area = area.ok_or_else(|| {
        refuse("area-missing", format!("The boundaries have no area {code}."), "")
    })?;
    Ok(multi_polygon(&layer.topology.polygons(area)))
}
