//! What there is to tell of the rows of a table: which areas they are about, and why some are
//! about none.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::identity::{How, Identities, Target, land_change};
use super::matching::Matched;
use super::table::Table;
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use crate::model::names::within_a_sentence;
use crate::model::{BodyId, Edition};

/// A row that belongs to no area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Where it stands in the file, from one.
    pub row: usize,
    /// What it names.
    pub text: String,
    /// What that is instead, or what comes near, in a sentence; empty if nothing does.
    pub why: String,
}

/// Names that are listed before the rest is counted.
const LISTED: usize = 12;

/// Tells of areas whose rows have other codes than the layer, and of areas without a row.
pub(super) fn areas(
    table: &Table,
    matched: &Matched,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) {
    editions(table, matched, identities, reporter);
    let names = &identities.joined.names;
    let text = |row: usize| table.columns[matched.id_column].cell(row);
    for (area, rows) in matched.rows.iter().enumerate() {
        let Some((row, How::Renamed(other))) = rows.first().copied() else { continue };
        let body = identities.register.body(other);
        let message = format!(
            "\"{}\" is {}, {} {}; the map has the same land as {}.",
            text(row),
            body.name,
            article(body.kind.noun()),
            body.kind.noun(),
            names[area]
        );
        let diagnostic = Diagnostic::new(Severity::Info, "area-renamed", message);
        reporter.report(
            diagnostic.hint("They are taken to be the same.").at(place(table, matched, row)),
        );
    }
    attached(table, matched, identities, reporter);
    let without: Vec<&str> = (0..names.len())
        .filter(|area| matched.rows[*area].is_empty())
        .map(|area| names[area].as_str())
        .collect();
    if !without.is_empty() {
        let message = format!(
            "The table has no row for {} of {}: {}.",
            without.len(),
            identities.joined.layer.count_in_words(),
            listed(&without)
        );
        let diagnostic = Diagnostic::new(Severity::Warning, "areas-without-row", message);
        reporter.report(diagnostic.hint("They have no value."));
    }
    let totals = matched.england.len() + matched.regions.len();
    if totals > 0 {
        let message = format!(
            "Rows for England: {}; for regions: {}.",
            matched.england.len(),
            matched.regions.len()
        );
        let diagnostic = Diagnostic::new(Severity::Info, "rows-of-totals", message);
        reporter.report(diagnostic.hint("They are kept apart from the areas."));
    }
}

/// Tells of names that were recognised by a code beside them.
fn attached(
    table: &Table,
    matched: &Matched,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) {
    let text = |row: usize| table.columns[matched.id_column].cell(row);
    let first = |rows: &Vec<(usize, How)>| rows.first().map(|(row, _)| *row);
    let firsts: Vec<usize> = matched.rows.iter().filter_map(first).collect();
    let with: Vec<usize> =
        firsts.into_iter().filter(|row| identities.has_attached_code(text(*row))).collect();
    let Some(first) = with.iter().min().copied() else { return };
    let message =
        format!("Names with a code beside them: {}, such as \"{}\".", with.len(), text(first));
    let diagnostic = Diagnostic::new(Severity::Info, "names-with-codes", message);
    reporter.report(diagnostic.hint("The code tells the area.").at(place(table, matched, first)));
}

/// Tells which editions the codes are of, where they are not of that of the layer.
fn editions(
    table: &Table,
    matched: &Matched,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) {
    let own = identities.joined.edition();
    let mut common: Option<Vec<Edition>> = None;
    let mut others: BTreeMap<Edition, Vec<usize>> = BTreeMap::new();
    // A table may have thousands of rows for each code.
    let mut seen = FxHashSet::default();
    for (area, rows) in matched.rows.iter().enumerate() {
        for (row, how) in rows {
            let text = table.columns[matched.id_column].cell(*row);
            if matches!(how, How::Renamed(_) | How::Name) || !seen.insert(text) {
                continue;
            }
            let Some(code) = identities.ons_code_in(text) else { continue };
            let editions = identities.editions_of(&code);
            if editions.is_empty() {
                continue;
            }
            if *how == How::OtherCode {
                others.entry(editions[editions.len() - 1]).or_default().push(area);
            }
            let shared = |e: &Edition| editions.contains(e);
            common = Some(match common {
                Some(before) => before.into_iter().filter(shared).collect(),
                None => editions.clone(),
            });
        }
    }
    let (Some(own), Some(common)) = (own, common) else { return };
    if others.is_empty() {
        return;
    }
    let is_mixed = common.is_empty();
    let names = &identities.joined.names;
    for (edition, areas) in others {
        let shown: Vec<&str> = areas.iter().map(|area| names[*area].as_str()).collect();
        let message = format!(
            "Codes of {}, not of {}: {} of the same bodies ({}).",
            edition.title(),
            own.title(),
            areas.len(),
            listed(&shown)
        );
        let hint = "They are taken for the areas that these bodies have on this map.";
        let code = if is_mixed { "editions-mixed" } else { "figures-edition" };
        let severity = if is_mixed { Severity::Warning } else { Severity::Info };
        reporter.report(Diagnostic::new(severity, code, message).hint(hint));
        for area in areas {
            let body = identities.joined.bodies[area];
            let change = body.and_then(|id| land_change(identities.register, id, edition, own));
            if let Some(change) = change {
                let message = format!("The land of {} has changed: {change}", names[area]);
                let diagnostic = Diagnostic::new(Severity::Warning, "area-changed", message);
                reporter.report(diagnostic.hint("Its figure is of the land that it had."));
            }
        }
    }
}

/// Lists the rows that belong to no area, and tells of them.
pub(super) fn unmatched(
    table: &Table,
    matched: &Matched,
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) -> Vec<Unmatched> {
    let text = |row: usize| table.columns[matched.id_column].cell(row).to_owned();
    let mut unmatched = Vec::new();
    let mut add = |row: usize, why: String, code, message: String, hint: &str| {
        let diagnostic = Diagnostic::new(Severity::Warning, code, message).hint(hint);
        reporter.report(diagnostic.at(place(table, matched, row)));
        unmatched.push(Unmatched { row: table.numbers[row], text: text(row), why });
    };
    for (row, body) in &matched.elsewhere {
        let why = what_became_of(*body, identities);
        let message = format!("\"{}\" has no area of its own on this map: {why}", text(*row));
        add(*row, why, "row-elsewhere", message, "The row is left out.");
    }
    for row in &matched.several {
        let why = "Several areas have this name or code.".to_owned();
        let message = format!("Several areas are called \"{}\".", text(*row));
        add(*row, why, "row-ambiguous", message, "The row is left out; name them by their codes.");
    }
    for row in &matched.contradictory {
        let (of_codes, name) = identities.contradiction(&text(*row)).unwrap_or_default();
        let codes = if of_codes.len() > 1 { "The codes mean" } else { "The code means" };
        let and = if name.is_empty() { String::new() } else { format!(", the name {name}") };
        let why = format!("{codes} {}{and}.", of_codes.join(" and "));
        let message = format!("\"{}\" contradicts itself. {why}", text(*row));
        add(*row, why, "row-contradictory", message, "The row is left out; correct one of them.");
    }
    // To look for the nearest name takes time; a table of practices has thousands of rows.
    let mut nearest = FxHashMap::<String, String>::default();
    for row in &matched.unknown {
        let text = text(*row);
        let room = nearest.len() < 10 * LISTED;
        let why = match nearest.get(&text) {
            Some(why) => why.clone(),
            None if room => {
                let near = identities.nearest(&text);
                let why =
                    near.map(|name| format!("The nearest name is {name}.")).unwrap_or_default();
                nearest.insert(text.clone(), why.clone());
                why
            }
            None => String::new(),
        };
        let message = format!("No area is called \"{text}\".");
        let hint = if why.is_empty() {
            "The row is left out.".to_owned()
        } else {
            format!("The row is left out. {why}")
        };
        add(*row, why, "row-unmatched", message, &hint);
    }
    unmatched.sort_by_key(|unmatched| unmatched.row);
    if !matched.notes.is_empty() {
        let message = format!("Rows that name no area: {}.", matched.notes.len());
        let diagnostic = Diagnostic::new(Severity::Info, "rows-of-notes", message);
        let first = matched.notes[0];
        reporter.report(diagnostic.hint("They are left out.").at(place(table, matched, first)));
    }
    unmatched
}

/// Tells of areas with several rows.
pub(super) fn duplicates(
    table: &Table,
    matched: &Matched,
    apart: &[usize],
    identities: &Identities<'_>,
    reporter: &mut Reporter,
) {
    let several: Vec<usize> =
        (0..matched.rows.len()).filter(|area| matched.rows[*area].len() > 1).collect();
    // A row for each area and year is no fault, but only one of them can be shown.
    let is_long = several.len() > 2 && several.len() * 2 > matched.areas();
    for area in several {
        let rows: Vec<String> = matched.rows[area]
            .iter()
            .take(LISTED)
            .map(|(row, _)| table.numbers[*row].to_string())
            .collect();
        let more = if matched.rows[area].len() > rows.len() { " and others" } else { "" };
        let start = format!("{} has rows {}{more}", identities.joined.names[area], rows.join(", "));
        let (message, hint) = match (apart.contains(&area), is_long) {
            (false, _) => (format!("{start}, which agree."), ""),
            (true, true) => (
                format!("{start}, which differ: it has no value where they do."),
                "Keep one row for each area, such as those of one year.",
            ),
            (true, false) => (
                format!("{start}, which differ: it has no value where they do."),
                "Delete the rows that are wrong.",
            ),
        };
        let diagnostic = Diagnostic::new(Severity::Warning, "area-repeated", message);
        reporter.report(diagnostic.hint(hint).at(place(table, matched, matched.rows[area][0].0)));
    }
}

/// Tells of rows for all of England that differ.
pub(super) fn duplicate_totals(table: &Table, matched: &Matched, reporter: &mut Reporter) {
    let rows: Vec<String> =
        matched.england.iter().take(LISTED).map(|row| table.numbers[*row].to_string()).collect();
    let message = format!(
        "England has rows {}, which differ: it has no figure where they do.",
        rows.join(", ")
    );
    let diagnostic = Diagnostic::new(Severity::Warning, "area-repeated", message);
    reporter.report(diagnostic.hint("Delete the rows that are wrong."));
}

/// The refusal of a table without a row for any area, with the nearest thing that it has.
pub(super) fn nothing_matches(
    table: &Table,
    id_column: Option<usize>,
    identities: &Identities<'_>,
) -> Diagnostic {
    let about = &identities.joined.layer.about;
    let what = about.kind.map_or("areas", |kind| kind.plural());
    let date = about.edition.map(|e| format!(" of {}", e.title())).unwrap_or_default();
    let what = within_a_sentence(what);
    let count = identities.joined.layer.areas.len();
    let message =
        format!("No row of {} is about one of the {count} {what}{date} on the map.", table.title());
    let columns: Vec<usize> =
        id_column.map_or_else(|| (0..table.columns.len()).collect(), |c| vec![c]);
    refuse("rows-unmatched", message, near_miss(table, &columns, identities))
}

/// What a table comes nearest to: bodies of another kind or date, or a name that is mistyped.
fn near_miss(table: &Table, columns: &[usize], identities: &Identities<'_>) -> String {
    const ROWS: usize = 200;
    let register = identities.register;
    let mut near: Option<(usize, usize, BodyId)> = None;
    for column in columns {
        let cells = table.columns[*column].cells().take(ROWS);
        let mut kinds: FxHashMap<&str, (usize, BodyId)> = FxHashMap::default();
        for cell in cells {
            if let Some((Target::Elsewhere(id), _)) = identities.find(cell) {
                kinds.entry(register.body(id).kind.id()).or_insert((0, id)).0 += 1;
            }
        }
        if let Some((count, id)) = kinds.into_values().max_by_key(|(count, _)| *count)
            && near.is_none_or(|(most, ..)| count > most)
        {
            near = Some((count, *column, id));
        }
    }
    if let Some((_, column, id)) = near {
        let body = register.body(id);
        let editions = register.editions_of(id);
        let date = editions.last().map(|e| format!(" of {}", e.title())).unwrap_or_default();
        return format!(
            "Column {} has {}{date}, such as {}: open that map.",
            table.columns[column].name,
            within_a_sentence(body.kind.plural()),
            body.name
        );
    }
    for column in columns {
        let cells =
            (0..table.rows()).take(ROWS / 10).map(|row| (row, table.columns[*column].cell(row)));
        for (row, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
            if let Some(name) = identities.nearest(cell) {
                let number = table.numbers[row];
                return format!(
                    "Row {number} has \"{cell}\" in column {}; the nearest name is {name}.",
                    table.columns[*column].name
                );
            }
        }
    }
    "Its columns have neither codes of the ONS or the NHS nor names of areas: choose the column \
     that names them, or another table."
        .to_owned()
}

/// What a body without an area here is, and what became of it.
fn what_became_of(id: BodyId, identities: &Identities<'_>) -> String {
    let register = identities.register;
    let body = register.body(id);
    let names = |ids: &[BodyId]| {
        let names: Vec<&str> = ids.iter().map(|id| register.body(*id).name.as_str()).collect();
        listed(&names)
    };
    let noun = body.kind.noun();
    let start = format!("{} is {} {noun}", body.name, article(noun));
    let day = identities.joined.edition().map(Edition::day);
    let after: Vec<_> = register.after(id).collect();
    let is_past = day.is_none_or(|day| !body.exists_on(day) && body.opened.is_none_or(|o| o < day));
    if let Some(first) = after.first().filter(|_| is_past) {
        let heirs: Vec<BodyId> = after.iter().map(|succession| succession.to).collect();
        let verb =
            if after.len() > 1 || first.part.is_some() { "was shared out to" } else { "went to" };
        return format!("{start} that {verb} {} on {}.", names(&heirs), first.date.in_words());
    }
    let before: Vec<_> = register.before(id).collect();
    if let Some(first) = before.first().filter(|_| day.is_some_and(|day| !body.exists_on(day))) {
        let parents: Vec<BodyId> = before.iter().map(|succession| succession.from).collect();
        return format!("{start} made of {} on {}.", names(&parents), first.date.in_words());
    }
    format!("{start}.")
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Names with semicolons, since many have commas; of many the first.
fn listed(names: &[&str]) -> String {
    match names.split_at_checked(LISTED) {
        Some((first, rest)) if !rest.is_empty() => {
            format!("{} and {} others", first.join("; "), rest.len())
        }
        _ => match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join("; "))
            }
            _ => names.concat(),
        },
    }
}

fn place(table: &Table, matched: &Matched, row: usize) -> Place {
    table.place(row, &table.columns[matched.id_column].name)
}
