//! Which column of a table names the areas, and which area each row is about.

use super::identity::{How, Identities, Sort, Target};
use super::table::Table;
use super::value::{Cell, wording};
use crate::diag::Diagnostic;
use crate::model::BodyId;
use crate::read::{Progress, ReadError};

/// Cells of a column that are looked at to find out what it is: the first ones, and as many over
/// the rest of the table.
const SAMPLE: usize = 2_000;

/// The rows of a table by what they are about.
#[derive(Debug)]
pub(super) struct Matched {
    /// The column that names the areas.
    pub id_column: usize,
    /// The rows of each area of the layer, with how each was recognised.
    pub rows: Vec<Vec<(usize, How)>>,
    /// Rows about all of England.
    pub england: Vec<usize>,
    /// Rows about regions.
    pub regions: Vec<usize>,
    /// Rows about bodies without an area here.
    pub elsewhere: Vec<(usize, BodyId)>,
    /// Rows whose name several areas have.
    pub several: Vec<usize>,
    /// Rows with a code and a name that mean different things.
    pub contradictory: Vec<usize>,
    /// Rows that match nothing.
    pub unknown: Vec<usize>,
    /// Rows that name nothing at all, such as notes below the table.
    pub notes: Vec<usize>,
}

impl Matched {
    /// How many areas have a row.
    pub fn areas(&self) -> usize {
        self.rows.iter().filter(|rows| !rows.is_empty()).count()
    }
}

/// What the cells of a column are.
struct Fit {
    /// Different areas that they name.
    areas: usize,
    sort: Sort,
}

/// The column that names the areas, if any does: that with the most areas. Codes of bodies come
/// before names as long as they name at least half as many: a code tells its edition, a name may
/// be that of another body.
pub(super) fn id_column(table: &Table, identities: &Identities<'_>) -> Option<(usize, usize)> {
    let fits = |step: usize| -> Vec<Fit> {
        (0..table.columns.len()).map(|column| fit(table, column, identities, step)).collect()
    };
    let mut fits_of_columns = fits(table.rows().div_ceil(SAMPLE).max(1));
    if table.rows() > SAMPLE && fits_of_columns.iter().all(|fit| fit.areas == 0) {
        fits_of_columns = fits(1); // a few areas among very many rows
    }
    let best = |is_meant: &dyn Fn(&Fit) -> bool| {
        let meant =
            fits_of_columns.iter().enumerate().filter(|(_, fit)| fit.areas > 0 && is_meant(fit));
        // The first of those that fit equally well; ONS codes before those of ODS.
        meant.rev().max_by_key(|(_, fit)| (fit.areas, fit.sort))
    };
    let coded = best(&|fit| fit.sort != Sort::Name);
    let named = best(&|fit| fit.sort == Sort::Name);
    let (column, fit) = match (coded, named) {
        (Some(coded), Some(named)) if coded.1.areas * 2 < named.1.areas => named,
        (coded, named) => coded.or(named)?,
    };
    Some((column, fit.areas))
}

/// Looks at some cells of a column, or at all.
fn fit(table: &Table, column: usize, identities: &Identities<'_>, step: usize) -> Fit {
    let mut areas = rustc_hash::FxHashSet::default();
    let mut sorts = [0_usize; 3];
    let first = (0..table.rows().min(SAMPLE)).chain((SAMPLE..table.rows()).step_by(step));
    for row in first {
        let found = identities.find(table.columns[column].cell(row));
        if let Some((Target::Area(area, _), sort)) = found {
            areas.insert(area);
            sorts[sort as usize] += 1;
        }
    }
    let sort =
        [Sort::Name, Sort::Ods, Sort::Ons].into_iter().max_by_key(|sort| sorts[*sort as usize]);
    Fit { areas: areas.len(), sort: sort.unwrap_or(Sort::Name) }
}

/// Sorts the rows of a table by the areas that a column names.
///
/// # Errors
/// If it is cancelled.
pub(super) fn rows(
    table: &Table,
    id_column: usize,
    identities: &Identities<'_>,
    progress: &Progress,
) -> Result<Matched, ReadError> {
    let mut matched = Matched {
        id_column,
        rows: vec![Vec::new(); identities.joined.layer.areas.len()],
        england: Vec::new(),
        regions: Vec::new(),
        elsewhere: Vec::new(),
        several: Vec::new(),
        contradictory: Vec::new(),
        unknown: Vec::new(),
        notes: Vec::new(),
    };
    for row in 0..table.rows() {
        if row.is_multiple_of(4096) {
            progress.go_on()?;
        }
        let text = table.columns[id_column].cell(row);
        match identities.find(text).map(|(target, _)| target) {
            Some(Target::Area(area, how)) => matched.rows[area].push((row, how)),
            Some(Target::England) => matched.england.push(row),
            Some(Target::Region) => matched.regions.push(row),
            Some(Target::Elsewhere(body)) => matched.elsewhere.push((row, body)),
            Some(Target::Several) => matched.several.push(row),
            Some(Target::Contradictory) => matched.contradictory.push(row),
            None if !matches!(wording(text), Cell::Text(_)) => {
                match total(table, row, id_column, identities) {
                    Some(Target::England) => matched.england.push(row),
                    Some(Target::Region) => matched.regions.push(row),
                    _ => matched.notes.push(row),
                }
            }
            None if is_note(table, row, text) => matched.notes.push(row),
            None => matched.unknown.push(row),
        }
    }
    Ok(matched)
}

/// What a row is the total of that names no area: the region or country in another column.
fn total(
    table: &Table,
    row: usize,
    id_column: usize,
    identities: &Identities<'_>,
) -> Option<Target> {
    const FIRST: usize = 8;
    let others = table.columns.iter().enumerate().filter(|(at, _)| *at != id_column).take(FIRST);
    let found = others.filter_map(|(_, column)| identities.find(column.cell(row)));
    let targets: Vec<Target> = found.map(|(target, _)| target).collect();
    [Target::Region, Target::England].into_iter().find(|total| targets.contains(total))
}

/// Whether a row has nothing but a few words.
fn is_note(table: &Table, row: usize, text: &str) -> bool {
    table.columns.len() > 1
        && text.contains(char::is_whitespace)
        && table.columns.iter().filter(|column| !column.cell(row).is_empty()).count() == 1
}

/// The column that a person has chosen.
///
/// # Errors
/// If there is none of that name: the error names the nearest one.
pub(super) fn chosen_column(table: &Table, name: &str) -> Result<usize, Diagnostic> {
    table.column(name).ok_or_else(|| {
        let names = table.columns.iter().map(|column| column.name.as_str());
        let distance =
            |other: &&str| strsim::osa_distance(&other.to_lowercase(), &name.to_lowercase());
        let near = names.clone().min_by_key(distance).unwrap_or_default();
        let shown: Vec<&str> = names.take(12).collect();
        crate::diag::refuse(
            "figures-column-missing",
            format!("The table has no column \"{name}\"; the nearest is \"{near}\"."),
            format!("It has: {}.", shown.join(", ")),
        )
    })
}
