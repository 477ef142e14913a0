//! The register: bodies, their codes in each edition, and who followed whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::body::{Population, Source, Succession};
use super::fact::{Change, Cluster, Designation, Event, PlaceCount, Share, SystemCount};
use super::search::{Hit, SearchIndex};
use super::{Body, BodyId, BodyKind, Date, Edition, OnsCode};

mod load;

/// All facts about bodies, without any shape. Immutable once loaded.
#[derive(Debug, Default)]
pub struct Register {
    /// The bodies; a [`BodyId`] is a position in here.
    pub bodies: Vec<Body>,
    /// Who followed whom.
    pub successions: Vec<Succession>,
    /// How councils and districts lie in boards.
    pub shares: Vec<Share>,
    /// Changes of area, name and code without a succession, in time.
    pub changes: Vec<Change>,
    /// Boards with shared leadership.
    pub clusters: Vec<Cluster>,
    /// National events, in time.
    pub events: Vec<Event>,
    /// How many integrated care systems there were, in time.
    pub system_counts: Vec<SystemCount>,
    /// The sources by key.
    pub sources: BTreeMap<String, Source>,
    by_key: HashMap<(BodyKind, String), BodyId>,
    by_area: HashMap<(BodyKind, Edition, OnsCode), BodyId>,
    codes_of: HashMap<BodyId, BTreeMap<Edition, OnsCode>>,
    designations: HashMap<BodyId, Designation>,
    place_counts: HashMap<BodyId, PlaceCount>,
    populations: HashMap<BodyId, Vec<Population>>,
    index: OnceLock<SearchIndex<BodyId>>,
}

/// Where a fact comes from, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// Publisher and title, or the page.
    pub text: String,
    /// The state of affairs that the source tells of.
    pub as_of: Option<String>,
}

impl Citation {
    /// The address of the source, if it is a page.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        let is_page = self.text.starts_with("http") && !self.text.contains(' ');
        is_page.then_some(self.text.as_str())
    }
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.as_of {
            Some(as_of) => write!(f, "{}, as of {as_of}", self.text),
            None => write!(f, "{} (date not recorded)", self.text),
        }
    }
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

    /// The body with this key: its ODS code, the ONS code of a council or district, the board of a
    /// system or partnership, board and name of a place or collaborative.
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

    /// The ONS code of a body in an edition.
    #[must_use]
    pub fn ons_code(&self, id: BodyId, edition: Edition) -> Option<&OnsCode> {
        self.codes_of.get(&id)?.get(&edition)
    }

    /// The editions in which a body has an area, in time.
    #[must_use]
    pub fn editions_of(&self, id: BodyId) -> Vec<Edition> {
        self.codes_of.get(&id).map(|codes| codes.keys().copied().collect()).unwrap_or_default()
    }

    /// The kinds of bodies and the editions in which they have areas.
    #[must_use]
    pub fn area_sets(&self) -> BTreeSet<(BodyKind, Edition)> {
        self.by_area.keys().map(|(kind, edition, _)| (*kind, *edition)).collect()
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

    /// Bodies by name and code, the best match first: also abolished ones, old names and old
    /// codes. The index is made when first asked for.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit<'_, BodyId>> {
        self.index.get_or_init(|| super::find::index(self)).find(text, limit)
    }

    /// The bodies of a kind that are part of another, in the order of their table.
    pub fn parts(&self, of: BodyId, kind: BodyKind) -> impl Iterator<Item = BodyId> {
        self.of_kind(kind).filter(move |id| self.body(*id).parent == Some(of))
    }

    /// The partnership of a board, if its name is recorded.
    #[must_use]
    pub fn partnership(&self, board: BodyId) -> Option<BodyId> {
        self.parts(board, BodyKind::Partnership).next()
    }

    /// How a board's area became an integrated care system.
    #[must_use]
    pub fn designation(&self, board: BodyId) -> Option<&Designation> {
        self.designations.get(&board)
    }

    /// How many places a board's system says that it has.
    #[must_use]
    pub fn place_count(&self, board: BodyId) -> Option<&PlaceCount> {
        self.place_counts.get(&board)
    }

    /// The bodies of a kind on a day, as far as their dates are recorded.
    pub fn on(&self, kind: BodyKind, day: Date) -> impl Iterator<Item = BodyId> {
        self.of_kind(kind).filter(move |id| self.body(*id).exists_on(day))
    }

    /// The number of integrated care systems on a day, where one is recorded.
    #[must_use]
    pub fn systems_on(&self, day: Date) -> Option<&SystemCount> {
        self.system_counts.iter().rev().find(|count| count.date <= day)
    }

    /// The source behind a key, or the page that the key names itself.
    #[must_use]
    pub fn citation(&self, key: &str, as_of: Option<&str>) -> Citation {
        match self.sources.get(key) {
            Some(source) => Citation {
                text: format!("{}: {}", source.publisher, source.title),
                as_of: Some(source.as_of.clone()),
            },
            None => Citation { text: key.to_owned(), as_of: as_of.map(str::to_owned) },
        }
    }

    /// The population of a body's area, if it is recorded: on the boundaries of the edition, or
    /// of the first one after it. Without an edition, on the latest boundaries.
    #[must_use]
    pub fn population(&self, id: BodyId, edition: Option<Edition>) -> Option<&Population> {
        let counted = self.populations.get(&id)?.iter();
        match edition {
            Some(edition) => {
                let later = counted.filter(|p| p.boundaries >= edition);
                later.min_by_key(|p| (p.boundaries, std::cmp::Reverse(p.year)))
            }
            None => counted.max_by_key(|p| (p.boundaries, p.year)),
        }
    }

    /// Who came directly before a body.
    pub fn before(&self, id: BodyId) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |succession| succession.to == id)
    }

    /// The group that a sub-ICB location was until June 2022: it kept its code.
    #[must_use]
    pub fn group_of(&self, location: BodyId) -> Option<BodyId> {
        let body = self.body(location);
        let ods = body.ods_code.as_ref().filter(|_| body.kind == BodyKind::SubIcb)?;
        self.by_key(BodyKind::Ccg, ods.as_str())
    }

    /// Who came directly after a body.
    pub fn after(&self, id: BodyId) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |succession| succession.from == id)
    }

    /// The body of a kind that another had become by a day: itself, if it went on.
    #[must_use]
    pub fn became(&self, id: BodyId, kind: BodyKind, day: Date) -> Option<BodyId> {
        let body = self.body(id);
        if body.kind == kind && body.exists_on(day) {
            return Some(id);
        }
        let later = self.after(id).filter(|succession| succession.date <= day);
        later.map(|succession| succession.to).find_map(|to| self.became(to, kind, day))
    }

    /// What a body has become in the end: nothing for one that goes on.
    #[must_use]
    pub fn heirs(&self, id: BodyId) -> Vec<BodyId> {
        let mut heirs = Vec::new();
        let mut pending: Vec<BodyId> = self.after(id).map(|succession| succession.to).collect();
        while let Some(next) = pending.pop() {
            let later: Vec<BodyId> = self.after(next).map(|succession| succession.to).collect();
            if later.is_empty() && !heirs.contains(&next) {
                heirs.push(next);
            }
            pending.extend(later);
        }
        heirs.sort();
        heirs
    }

    /// How the heirs of a body are told: `A and B` where the body itself was shared out, `A or B`
    /// where a later board was and it is not recorded which part this body's area went with.
    #[must_use]
    pub fn heirs_joined_by(&self, id: BodyId) -> &'static str {
        let is_split = |id: BodyId| self.after(id).any(|succession| succession.part.is_some());
        let mut later: Vec<BodyId> = self.after(id).map(|succession| succession.to).collect();
        while let Some(next) = later.pop() {
            if is_split(next) {
                return " or ";
            }
            later.extend(self.after(next).map(|succession| succession.to));
        }
        " and "
    }

    /// The body whose profile tells of another: a system and a partnership are told with their
    /// board.
    #[must_use]
    pub fn told_with(&self, id: BodyId) -> BodyId {
        let body = self.body(id);
        match (body.kind, body.parent) {
            (BodyKind::System | BodyKind::Partnership, Some(board)) => board,
            _ => id,
        }
    }

    /// The NHS region of a body; of a CCG or STP that of the board that took its place, of a
    /// council that of all its boards.
    #[must_use]
    pub fn region_of(&self, id: BodyId) -> Option<BodyId> {
        let body = self.body(id);
        if body.kind == BodyKind::Region {
            return Some(id);
        }
        let later = || self.after(id).find_map(|succession| self.region_of(succession.to));
        let of_parent = || body.parent.and_then(|parent| self.region_of(parent));
        match body.kind {
            BodyKind::Ccg | BodyKind::Stp => later(),
            BodyKind::Council | BodyKind::District => self.region_of_shares(id),
            _ => body.region.or_else(of_parent).or_else(later),
        }
    }

    /// The region of all boards that a council or district has a share in; none if they differ.
    fn region_of_shares(&self, id: BodyId) -> Option<BodyId> {
        let mut regions = self
            .shares
            .iter()
            .filter(|share| share.council == id)
            .map(|share| self.body(share.board).region);
        let first = regions.next()??;
        regions.all(|region| region == Some(first)).then_some(first)
    }
}
