//! Identifiers that occur once in a document.

use std::collections::HashSet;

/// The identifiers that were given out.
#[derive(Debug, Default)]
pub struct Ids(HashSet<String>);

impl Ids {
    /// An identifier for a thing of this name. Where the name is taken, it follows that of the map
    /// it is on, as in `london-E54000030`; a number helps where that is taken too.
    pub fn claim(&mut self, name: &str, map: &str) -> String {
        let plain = id_of(name);
        if self.0.insert(plain.clone()) {
            return plain;
        }
        let prefix = id_of(&map.to_lowercase());
        let longer = if map.is_empty() { plain } else { format!("{prefix}-{plain}") };
        let numbered = (2..).map(|number: u32| format!("{longer}-{number}"));
        let mut tries = (!map.is_empty()).then(|| longer.clone()).into_iter().chain(numbered);
        tries.find(|id| self.0.insert(id.clone())).unwrap_or(longer)
    }
}

/// A name as every program takes it for an identifier: ASCII letters, digits, `-`, `_` and `.`, a
/// letter or `_` first.
fn id_of(name: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut id: String = name.chars().map(|c| if is_allowed(c) { c } else { '-' }).collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        id.insert(0, '_');
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_given_out_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim("E54000030", "July 2022"), "E54000030");
        assert_eq!(ids.claim("E54000030", "London"), "london-E54000030");
        assert_eq!(ids.claim("E54000030", "London"), "london-E54000030-2");
        assert_eq!(ids.claim("labels", ""), "labels");
        assert_eq!(ids.claim("labels", ""), "labels-2");
        assert_eq!(ids.claim("labels", ""), "labels-3");
    }

    #[test]
    fn odd_names_become_identifiers() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim("Northern Ireland", ""), "Northern-Ireland");
        assert_eq!(ids.claim("00K", ""), "_00K");
        assert_eq!(ids.claim("Ynys Môn", ""), "Ynys-M-n");
        assert_eq!(ids.claim("a<b>&\"c\"", ""), "a-b---c-");
        assert_eq!(ids.claim("", ""), "_");
    }
}
