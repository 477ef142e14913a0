//! Finding bodies and areas by what a person calls them.

use super::search::{Entry, Hit, Rank, SearchIndex};
use super::{BodyId, BodyKind, JoinedLayer, Register};
use crate::model::names::match_key;

/// Why a text does not name one body or area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Nothing matches.
    #[error("nothing is called \"{text}\" here{hint}")]
    None {
        /// What was looked for.
        text: String,
        /// Where it can be found, or what comes near.
        hint: String,
    },
    /// Several match a part of a name.
    #[error("\"{text}\" could be {options}")]
    Several {
        /// What was looked for.
        text: String,
        /// The names that match.
        options: String,
    },
}

/// All bodies of a register, ready to be searched by name and code.
#[must_use]
pub fn index(register: &Register) -> SearchIndex<BodyId> {
    let entry = |(id, body): (BodyId, &super::Body)| {
        let aliases = body.aliases.iter().map(|alias| alias.name.clone());
        let mut names: Vec<String> = [body.name.clone(), body.short_name.clone()].into();
        names.extend(aliases);
        names.dedup();
        let initials = (body.kind == BodyKind::Icb).then(|| initials(&body.short_name)).flatten();
        names.extend(initials);
        let ods = body.ods_code.as_ref().map(ToString::to_string);
        let ons = body.ons_codes.iter().map(|dated| dated.code.to_string());
        let codes = ods.into_iter().chain(ons).collect();
        Entry { key: id, names, codes, weight: weight(body) }
    };
    SearchIndex::new((0u32..).map(BodyId).zip(&register.bodies).map(entry).collect())
}

/// The initials by which people call a board, such as BNSSG or GM; none of a single word.
fn initials(name: &str) -> Option<String> {
    let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    (initials.len() > 1).then_some(initials)
}

/// Of bodies with the same name or code, boards come first, then the rest by kind, and living
/// ones before abolished ones of their kind.
fn weight(body: &super::Body) -> u8 {
    let kind = match body.kind {
        BodyKind::Icb => 11,
        BodyKind::System => 10,
        BodyKind::Region => 9,
        BodyKind::Council => 8,
        BodyKind::District => 7,
        BodyKind::Partnership => 6,
        BodyKind::SubIcb => 5,
        BodyKind::Ccg => 4,
        BodyKind::Stp => 3,
        BodyKind::Place => 2,
        BodyKind::Collaborative => 1,
    };
    2 * kind + u8::from(body.closed.is_none())
}

/// The body that a text names: by a code, by a whole name, or by a part of a name that no other
/// has. Of several with the same code or name, the board, or else the living one.
///
/// # Errors
/// If none or several match; the message says what to try instead.
pub fn find_body(register: &Register, text: &str) -> Result<BodyId, FindError> {
    let hits = register.search(text, 7);
    let names: Vec<&str> = hits.iter().map(|hit| register.body(*hit.key).name.as_str()).collect();
    match hits.as_slice() {
        [] => Err(FindError::None { text: text.to_owned(), hint: String::new() }),
        [first, ..] if matches!(first.rank, Rank::Code | Rank::Name) => Ok(*first.key),
        [only] if only.rank < Rank::Similar => Ok(*only.key),
        [first, ..] if first.rank == Rank::Similar => {
            let hint = format!("; did you mean {}?", names[0]);
            Err(FindError::None { text: text.to_owned(), hint })
        }
        _ => {
            let options = names.iter().take(6).copied().collect::<Vec<_>>().join("; ");
            Err(FindError::Several { text: text.to_owned(), options })
        }
    }
}

/// The area of a layer that a text names: by its code here, by any code of its body, by its
/// whole name, or by a part of the name that no other has.
///
/// # Errors
/// If none or several match; the message says what to try instead.
pub fn find_area(
    register: &Register,
    joined: &JoinedLayer,
    text: &str,
) -> Result<usize, FindError> {
    let wanted = match_key(text);
    let code = text.trim();
    let areas = &joined.layer.areas;
    let by_code = areas.iter().position(|area| area.code.eq_ignore_ascii_case(code));
    if let Some(area) = by_code {
        return Ok(area);
    }
    let matching = |test: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..areas.len()).filter(|area| test(*area)).collect()
    };
    let exact = matching(&|area| {
        match_key(&areas[area].name) == wanted || match_key(&joined.names[area]) == wanted
    });
    let by_body =
        matching(&|area| joined.bodies[area].is_some_and(|id| register.body(id).has_code(text)));
    let partial =
        matching(&|area| !wanted.is_empty() && match_key(&areas[area].name).contains(&wanted));
    let found = [exact, by_body, partial].into_iter().find(|list| !list.is_empty());
    match found.as_deref() {
        Some([area]) => Ok(*area),
        Some(several) => {
            let names: Vec<&str> =
                several.iter().take(6).map(|a| joined.names[*a].as_str()).collect();
            let more = if several.len() > names.len() { ", …" } else { "" };
            let options = format!("{}{more}", names.join(", "));
            Err(FindError::Several { text: text.to_owned(), options })
        }
        None => Err(FindError::None { text: text.to_owned(), hint: elsewhere(register, text) }),
    }
}

/// The editions in which bodies of that name have an area.
fn elsewhere(register: &Register, text: &str) -> String {
    let hits: Vec<Hit<'_, BodyId>> = register.search(text, 3);
    let hint = |hit: &Hit<'_, BodyId>| {
        let editions = register.editions_of(*hit.key);
        let ids: Vec<&str> = editions.iter().map(|edition| edition.id()).collect();
        let name = &register.body(*hit.key).name;
        (!ids.is_empty()).then(|| format!("; {name} is in edition {}", ids.join(", ")))
    };
    hits.iter().filter_map(hint).collect()
}
