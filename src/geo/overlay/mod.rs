//! Two sets of areas laid over each other: which land an area of one shares with those of the
//! other, and what of it is more than a sliver.
//!
//! Level rows are laid across both sets (`rows`), close enough that the area between them is
//! known to about a ten thousandth of an area's size. What is too thin to hold a disc is a sliver
//! (`open`); how large the disc must be follows from how far the borders of the two sets lie
//! apart (`tolerance`). What is left can be traced as polygons (`trace`), and land that seems
//! to have moved is only believed if both borders have points that say so (`evidence`).
//!
//! Nothing is intersected but a border with a row, so nothing can fail on rings that touch or
//! cross themselves, or on borders that run along each other.

mod evidence;
mod open;
mod rows;
#[cfg(test)]
mod tests;
mod tolerance;
mod trace;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::measure::polygons_area;
use super::space::Rings;
use super::topology::Topology;
use evidence::Side;
use open::Disc;
use rows::{Outlines, Pair, Rows, Run};
use tolerance::Borders;
use trace::RowRun;

/// This many rows lie across the radius of the disc that must fit.
const ROWS_PER_RADIUS: f64 = 4.0;

/// At most about this many points where a border meets a row: a bound for the time and memory
/// that an odd file can cost.
const MOST_CROSSINGS: f64 = 2e7;

/// At most this many rows, for the same reason.
const MOST_ROWS: f64 = 1e5;

/// Rows that are worked on together.
const BAND: usize = 512;

/// The land that an area of one set shares with an area of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// The area of the first set.
    pub a: usize,
    /// The area of the second set.
    pub b: usize,
    /// Its area in square metres, without slivers.
    pub area_m2: f64,
    /// Which part it is of the area of the first set, from 0 to 1.
    pub of_a: f64,
    /// Which part it is of the area of the second set, from 0 to 1.
    pub of_b: f64,
}

/// The land of a pair of areas.
#[derive(Debug, Clone, Default)]
struct Piece {
    whole_m2: f64,
    thick_m2: f64,
    /// The thick land.
    runs: Vec<RowRun>,
}

/// Two sets of areas laid over each other.
#[derive(Debug)]
pub struct Overlay<'a> {
    sets: [&'a Topology; 2],
    borders: [Borders; 2],
    radius_m: f64,
    rows: Rows,
    pieces: BTreeMap<Pair, Piece>,
}

impl<'a> Overlay<'a> {
    /// Lays two sets over each other, both in grid metres. `go_on` is asked now and then, from
    /// several threads.
    ///
    /// # Errors
    /// Those of `go_on`.
    pub fn new<E: Send>(
        a: &'a Topology,
        b: &'a Topology,
        go_on: impl Fn() -> Result<(), E> + Sync,
    ) -> Result<Self, E> {
        go_on()?;
        let sets = [a, b];
        let (of_a, of_b) = rayon::join(|| Borders::of(a), || Borders::of(b));
        let borders = [of_a, of_b];
        go_on()?;
        let radius_m = tolerance::radius_m(sets, borders.each_ref());
        let rows = rows_across(sets, radius_m);
        let disc = Disc::new(radius_m, rows.step);
        let outlines = sets.map(Outlines::of);
        let bands = (0..rows.count).step_by(BAND).map(|row| row..(row + BAND).min(rows.count));
        let bands: Vec<BTreeMap<Pair, Piece>> = bands
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|band| go_on().map(|()| pieces_of(&rows, outlines.each_ref(), &disc, band)))
            .collect::<Result<_, E>>()?;
        let mut pieces: BTreeMap<Pair, Piece> = BTreeMap::new();
        for (pair, part) in bands.into_iter().flatten() {
            let piece = pieces.entry(pair).or_default();
            piece.whole_m2 += part.whole_m2;
            piece.thick_m2 += part.thick_m2;
            piece.runs.extend(part.runs);
        }
        let mut overlay = Self { sets, borders, radius_m, rows, pieces };
        overlay.keep_thin_areas();
        Ok(overlay)
    }

    /// Land that is everywhere thinner than this is a sliver, in metres.
    #[must_use]
    pub fn thickness_m(&self) -> f64 {
        2.0 * self.radius_m
    }

    /// All land that the sets share, without slivers, in the order of the areas.
    ///
    /// The parts are those of an area's own land without slivers: land that the other set leaves
    /// out counts, a coast drawn more finely does not.
    #[must_use]
    pub fn shared(&self) -> Vec<Shared> {
        let totals = [0, 1].map(|side: usize| {
            let mut totals = vec![0.0; self.sets[side].shapes.len()];
            for (pair, piece) in &self.pieces {
                if let Some(total) = pair[side].and_then(|area| totals.get_mut(area as usize)) {
                    *total += piece.thick_m2;
                }
            }
            totals
        });
        let thick = self.pieces.iter().filter(|(_, piece)| piece.thick_m2 > 0.0);
        let shared = thick.filter_map(|(pair, piece)| {
            let (a, b) = (pair[0]? as usize, pair[1]? as usize);
            let area_m2 = piece.thick_m2;
            Some(Shared {
                a,
                b,
                area_m2,
                of_a: area_m2 / totals[0][a],
                of_b: area_m2 / totals[1][b],
            })
        });
        shared.collect()
    }

    /// What an area of the first set consists of, the largest part first: `of_b` says which part
    /// of the other area lies in it.
    #[must_use]
    pub fn shares_of(&self, area: usize) -> Vec<Shared> {
        let mut shares = self.shared();
        shares.retain(|shared| shared.a == area);
        shares.sort_by(|x, y| y.area_m2.total_cmp(&x.area_m2));
        shares
    }

    /// The polygons, in grid metres, of the land that went from an area of the first set to an
    /// area of the second that goes on from another one, and its area in square metres. Where
    /// the borders differ because one was drawn with fewer points, none.
    #[must_use]
    pub fn moved(&self, a: usize, b: usize) -> (Vec<Rings>, f64) {
        let pair = [u32::try_from(a).ok(), u32::try_from(b).ok()];
        let (Some(piece), [Some(a), Some(b)]) = (self.pieces.get(&pair), pair) else {
            return (Vec::new(), 0.0);
        };
        let mut polygons = trace::trace(&self.rows, &piece.runs);
        polygons.retain(|polygon| {
            let sides = [
                Side { set: self.sets[0], area: a, others: &self.borders[1] },
                Side { set: self.sets[1], area: b, others: &self.borders[0] },
            ];
            evidence::is_moved(polygon, &sides, self.radius_m / 2.0)
        });
        let area_m2 = polygons_area(&polygons);
        (polygons, area_m2)
    }

    /// An area without any thick land, such as a group of small islands, keeps all its land.
    fn keep_thin_areas(&mut self) {
        for side in 0..2 {
            let mut is_thick = vec![false; self.sets[side].shapes.len()];
            let thick = self.pieces.iter().filter(|(_, piece)| piece.thick_m2 > 0.0);
            for area in thick.filter_map(|(pair, _)| pair[side]) {
                if let Some(is_thick) = is_thick.get_mut(area as usize) {
                    *is_thick = true;
                }
            }
            for (pair, piece) in &mut self.pieces {
                let thin = pair[side].and_then(|area| is_thick.get(area as usize)) == Some(&false);
                if thin {
                    piece.thick_m2 = piece.whole_m2;
                }
            }
        }
    }
}

/// Rows across both sets, close enough for a disc of this radius in metres.
fn rows_across(sets: [&Topology; 2], radius_m: f64) -> Rows {
    let arcs = || sets.into_iter().flat_map(|set| &set.arcs);
    let south = arcs().map(|arc| arc.bounds.min().y).fold(f64::INFINITY, f64::min);
    let north = arcs().map(|arc| arc.bounds.max().y).fold(f64::NEG_INFINITY, f64::max);
    let rise = |pair: &[super::space::Grid]| (pair[1].y - pair[0].y).abs();
    let rises: f64 = arcs().flat_map(|arc| arc.points.windows(2)).map(rise).sum();
    let height = north - south;
    let step = (radius_m / ROWS_PER_RADIUS).max(rises / MOST_CROSSINGS).max(height / MOST_ROWS);
    let count = (height / step).ceil();
    if !(count.is_finite() && count > 0.0) {
        return Rows { south: 0.0, step: 1.0, count: 0 };
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1e5")]
    Rows { south, step, count: count as usize }
}

/// The land of a band of rows by pairs of areas.
fn pieces_of(
    rows: &Rows,
    sets: [&Outlines<'_>; 2],
    disc: &Disc,
    band: Range<usize>,
) -> BTreeMap<Pair, Piece> {
    let reach = disc.reach();
    let around = band.start.saturating_sub(reach)..(band.end + reach).min(rows.count);
    // Beyond the first and the last row there is no land.
    let mut land = vec![Vec::new(); reach - (band.start - around.start)];
    land.extend(rows.runs(sets, around));
    land.resize(band.len() + 2 * reach, Vec::new());
    let thick = disc.open(&land);
    let mut pieces: BTreeMap<Pair, Piece> = BTreeMap::new();
    let area = |run: &Run| (run.east - run.west) * rows.step;
    for (row, (whole, thick)) in band.zip(land[reach..].iter().zip(&thick)) {
        for run in whole {
            pieces.entry(run.pair).or_default().whole_m2 += area(run);
        }
        for run in thick {
            let piece = pieces.entry(run.pair).or_default();
            piece.thick_m2 += area(run);
            piece.runs.push((row, run.west, run.east));
        }
    }
    pieces
}
