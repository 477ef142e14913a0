//! Finding an area by what a person calls it.

use super::names::match_key;
use super::{JoinedLayer, Register};

/// Why a text does not name one area of a layer.
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
    /// Several areas match a part of a name.
    #[error("\"{text}\" could be {options}")]
    Several {
        /// What was looked for.
        text: String,
        /// The names that match.
        options: String,
    },
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
    let bodies = register.find(text);
    let exact = matching(&|area| {
        match_key(&areas[area].name) == wanted || match_key(&joined.names[area]) == wanted
    });
    let by_body = matching(&|area| {
        joined.bodies[area].is_some_and(|id| bodies.contains(&id) && is_exact(register, id, text))
    });
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
        None => Err(FindError::None { text: text.to_owned(), hint: elsewhere(register, &bodies) }),
    }
}

fn is_exact(register: &Register, id: super::BodyId, text: &str) -> bool {
    let body = register.body(id);
    body.ods_code.as_ref().is_some_and(|ods| ods.as_str().eq_ignore_ascii_case(text.trim()))
        || text.parse().is_ok_and(|code| register.has_code(id, &code))
}

/// The editions in which bodies of that name have an area.
fn elsewhere(register: &Register, bodies: &[super::BodyId]) -> String {
    let mut hints: Vec<String> = Vec::new();
    for id in bodies.iter().take(3) {
        let editions: Vec<&str> = register.editions_of(*id).iter().map(|e| e.id()).collect();
        if !editions.is_empty() {
            hints.push(format!(
                "{} is in edition {}",
                register.body(*id).name,
                editions.join(", ")
            ));
        }
    }
    if hints.is_empty() { String::new() } else { format!("; {}", hints.join("; ")) }
}
