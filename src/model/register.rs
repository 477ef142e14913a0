//! The register: bodies, their codes in each edition, and who followed whom.

use std::collections::{BTreeMap, HashMap};

use super::body::{Partnership, Population, Source, Succession};
use super::names::match_key;
use super::{Body, BodyId, BodyKind, Edition, OnsCode};

mod load;

/// All facts about bodies, without any shape. Immutable once loaded.
#[derive(Debug, Default)]
pub struct Register {
    /// The bodies; a [`BodyId`] is a position in here.
    pub bodies: Vec<Body>,
    /// Who followed whom.
    pub successions: Vec<Succession>,
    /// The sources by key.
    pub sources: BTreeMap<String, Source>,
    by_key: HashMap<(BodyKind, String), BodyId>,
    by_area: HashMap<(BodyKind, Edition, OnsCode), BodyId>,
    partnerships: HashMap<BodyId, Partnership>,
    populations: HashMap<BodyId, Vec<Population>>,
}

impl Register {
    /// The body at a position.
    #[must_use]
    pub fn body(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }

    /// All bodies of a kind, in the order of their table.
    pub fn of_kind(&self, kind: BodyKind) -> impl Iterator<Item = BodyId> {
        let ids = (0u32..).map(BodyId).zip(&self.bodies);
        ids.filter(move |(_, body)| body.kind == kind).map(|(id, _)| id)
    }

    /// The body with this ODS code (for councils: ONS code).
    #[must_use]
    pub fn by_key(&self, kind: BodyKind, key: &str) -> Option<BodyId> {
        self.by_key.get(&(kind, key.to_ascii_uppercase())).copied()
    }

    /// The body whose area has this ONS code in this edition. Codes alone say too little: the
    /// same board has had several, and one code can be used for another kind of body.
    #[must_use]
    pub fn by_area(&self, kind: BodyKind, edition: Edition, code: &OnsCode) -> Option<BodyId> {
        self.by_area.get(&(kind, edition, code.clone())).copied()
    }

    /// The body of a kind that had this ONS code in any edition.
    #[must_use]
    pub fn by_area_in_any_edition(&self, kind: BodyKind, code: &OnsCode) -> Option<BodyId> {
        let found = self.by_area.iter().filter(|((k, _, c), _)| *k == kind && c == code);
        found.max_by_key(|((_, edition, _), _)| *edition).map(|(_, id)| *id)
    }

    /// Whether a body has had this ONS code in any edition.
    #[must_use]
    pub fn has_code(&self, id: BodyId, code: &OnsCode) -> bool {
        self.by_area.iter().any(|((_, _, c), body)| *body == id && c == code)
    }

    /// The ONS code of a body in an edition.
    #[must_use]
    pub fn ons_code(&self, id: BodyId, edition: Edition) -> Option<&OnsCode> {
        let mut areas = self.by_area.iter();
        areas.find(|((_, e, _), body)| *e == edition && **body == id).map(|((_, _, code), _)| code)
    }

    /// The editions in which a body has an area, in time.
    #[must_use]
    pub fn editions_of(&self, id: BodyId) -> Vec<Edition> {
        let areas = self.by_area.iter().filter(|(_, body)| **body == id);
        let mut editions: Vec<_> = areas.map(|((_, edition, _), _)| *edition).collect();
        editions.sort();
        editions
    }

    /// The bodies with areas in an edition, with their codes.
    pub fn areas_of(
        &self,
        kind: BodyKind,
        edition: Edition,
    ) -> impl Iterator<Item = (&OnsCode, BodyId)> {
        let areas = self.by_area.iter().filter(move |((k, e, _), _)| *k == kind && *e == edition);
        areas.map(|((_, _, code), id)| (code, *id))
    }

    /// The partnership of a board, if its name is recorded.
    #[must_use]
    pub fn partnership(&self, id: BodyId) -> Option<&Partnership> {
        self.partnerships.get(&id)
    }

    /// The population of a body's area, if it is recorded: on the boundaries of the edition, or
    /// of the first one after it. Without an edition, on the latest boundaries.
    #[must_use]
    pub fn population(&self, id: BodyId, edition: Option<Edition>) -> Option<&Population> {
        let counted = self.populations.get(&id)?.iter();
        match edition {
            Some(edition) => {
                counted.filter(|p| p.boundaries >= edition).min_by_key(|p| p.boundaries)
            }
            None => counted.max_by_key(|p| p.boundaries),
        }
    }

    /// Who came directly before a body.
    pub fn before(&self, id: BodyId) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |succession| succession.to == id)
    }

    /// Who came directly after a body.
    pub fn after(&self, id: BodyId) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |succession| succession.from == id)
    }

    /// The NHS region of a body; of a CCG or STP that of the board that took its place.
    #[must_use]
    pub fn region_of(&self, id: BodyId) -> Option<BodyId> {
        let body = self.body(id);
        if body.kind == BodyKind::Region {
            return Some(id);
        }
        body.region
            .or_else(|| body.parent.and_then(|parent| self.region_of(parent)))
            .or_else(|| self.after(id).find_map(|succession| self.region_of(succession.to)))
    }

    /// Bodies that are called `text`, or have it as a code, in any edition: by code, by whole
    /// name, and if there is none, by a part of the name.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<BodyId> {
        let wanted = match_key(text);
        let code = text.trim().to_ascii_uppercase();
        let all = || (0u32..).map(BodyId).zip(&self.bodies);
        let by_ons = text.parse::<OnsCode>().ok();
        let has_ons = |id| by_ons.as_ref().is_some_and(|code| self.has_code(id, code));
        let exact = all().filter(|(id, body)| {
            body.ods_code.as_ref().is_some_and(|ods| ods.as_str() == code)
                || match_key(&body.name) == wanted
                || match_key(&body.short_name) == wanted
                || has_ons(*id)
        });
        let exact: Vec<_> = exact.map(|(id, _)| id).collect();
        if !exact.is_empty() || wanted.is_empty() {
            return exact;
        }
        all()
            .filter(|(_, body)| match_key(&body.name).contains(&wanted))
            .map(|(id, _)| id)
            .collect()
    }
}
