//! Which area of a layer a code or name means, and if none, what else it is.

use rustc_hash::FxHashMap;

use super::attached::{Attached, take_apart};
use crate::model::body::Succession;
use crate::model::fact::{Change, ChangeKind};
use crate::model::names::match_key;
use crate::model::{BodyId, BodyKind, Edition, JoinedLayer, OdsCode, OnsCode, Register};

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// An area of the layer.
    Area(usize, How),
    /// All of England.
    England,
    /// A region, where the layer is of other areas.
    Region,
    /// A body without an area of its own here.
    Elsewhere(BodyId),
    /// Several areas of the layer have this name or code.
    Several,
    /// A code and a name in one text mean different things.
    Contradictory,
}

/// How an area was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// By its code in the layer, or its ODS code.
    Code,
    /// By a code that the same body has in another edition.
    OtherCode,
    /// By its name, or that of its system.
    Name,
    /// By a code or name of the body that it was before or became later, with the same land.
    Renamed(BodyId),
}

/// What sort of identifier a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Name,
    Ods,
    Ons,
}

/// The codes and names of areas and bodies.
pub(super) struct Identities<'a> {
    pub joined: &'a JoinedLayer,
    pub register: &'a Register,
    codes: FxHashMap<String, Target>,
    names: FxHashMap<String, Target>,
    /// Names that tell the kind of body, where it is another than that of the layer.
    names_of_kind: FxHashMap<(BodyKind, String), Target>,
}

/// Kinds of bodies that rows can be about, those first that a shared name or code means.
const KINDS: [BodyKind; 7] = [
    BodyKind::Icb,
    BodyKind::Region,
    BodyKind::Council,
    BodyKind::District,
    BodyKind::SubIcb,
    BodyKind::Ccg,
    BodyKind::Stp,
];

const ENGLAND: [&str; 9] = [
    "england",
    "total",
    "grand total",
    "england total",
    "total england",
    "all england",
    "national",
    "all",
    "all areas",
];

impl<'a> Identities<'a> {
    pub fn new(joined: &'a JoinedLayer, register: &'a Register) -> Self {
        let mut identities = Self {
            joined,
            register,
            codes: FxHashMap::default(),
            names: FxHashMap::default(),
            names_of_kind: FxHashMap::default(),
        };
        identities.add_areas();
        identities.add_bodies_of_areas();
        for code in ["E92000001", "ENG"] {
            identities.codes.entry(code.to_owned()).or_insert(Target::England);
        }
        for name in ENGLAND {
            identities.names.entry(name.to_owned()).or_insert(Target::England);
        }
        identities.add_others();
        identities
    }

    /// What a text means, and what sort of identifier it is.
    pub fn find(&self, text: &str) -> Option<(Target, Sort)> {
        if let Ok(code) = text.parse::<OnsCode>() {
            return Some((*self.codes.get(code.as_str())?, Sort::Ons));
        }
        if let Some(target) = text.parse::<OdsCode>().ok().and_then(|c| self.codes.get(c.as_str()))
        {
            return Some((*target, Sort::Ods));
        }
        // Files may have codes of their own.
        let of_code = || self.codes.get(&text.to_uppercase()).copied();
        let target = self.named(text).or_else(of_code).or_else(|| self.attached(text));
        target.map(|target| (target, Sort::Name))
    }

    /// The code of the ONS that a text is or has in it.
    pub fn ons_code_in(&self, text: &str) -> Option<OnsCode> {
        text.parse().ok().or_else(|| {
            let attached = self.take_apart(text)?;
            attached.codes.iter().find_map(|code| code.parse().ok())
        })
    }

    /// Whether a text is a name with a code beside it, by which it was recognised.
    pub fn has_attached_code(&self, text: &str) -> bool {
        let is_whole = text.parse::<OnsCode>().is_ok()
            || self.codes.contains_key(&text.trim().to_uppercase())
            || self.named(text).is_some();
        !is_whole && self.take_apart(text).is_some()
    }

    /// What the codes and what the name of a text mean that contradict each other, in words.
    pub fn contradiction(&self, text: &str) -> Option<(Vec<String>, String)> {
        let attached = self.take_apart(text)?;
        let targets = attached.codes.iter().filter_map(|code| self.codes.get(code));
        let of_codes = targets.map(|target| self.in_words(*target)).collect();
        let name = self.named(&attached.name).map(|target| self.in_words(target));
        Some((of_codes, name.unwrap_or_default()))
    }

    fn in_words(&self, target: Target) -> String {
        match target {
            Target::Area(area, _) => self.joined.names[area].clone(),
            Target::Elsewhere(body) => self.register.body(body).name.clone(),
            Target::England => "England".to_owned(),
            Target::Region => "a region".to_owned(),
            Target::Several | Target::Contradictory => "several areas".to_owned(),
        }
    }

    fn named(&self, text: &str) -> Option<Target> {
        let named = match kind_in(text).filter(|kind| self.is_other(*kind)) {
            Some(kind) => self.names_of_kind.get(&(kind, key(text))),
            None => self.names.get(&key(text)),
        };
        named.copied()
    }

    fn take_apart(&self, text: &str) -> Option<Attached> {
        take_apart(text, |code| self.codes.contains_key(code))
    }

    /// What a name with codes in it means: the codes tell, unless the name means another thing.
    fn attached(&self, text: &str) -> Option<Target> {
        let attached = self.take_apart(text)?;
        let mut targets = attached.codes.iter().filter_map(|code| self.codes.get(code).copied());
        let first = targets.next()?;
        if targets.any(|other| !is_same(first, other)) {
            return Some(Target::Contradictory);
        }
        let agrees = match self.named(&attached.name) {
            None | Some(Target::Several) => true,
            Some(Target::Region) => {
                first == Target::Region || self.lies_in_region(first, &attached.name)
            }
            Some(named) => is_same(first, named) || self.lies_in(first, named),
        };
        Some(if agrees { first } else { Target::Contradictory })
    }

    /// Whether what a code means lies in what a name means: a sub-ICB location in its board.
    fn lies_in(&self, inner: Target, outer: Target) -> bool {
        let (Some(mut at), Some(outer)) = (self.body_of(inner), self.body_of(outer)) else {
            return false;
        };
        // No body lies in another by more steps.
        for _ in 0..4 {
            let Some(parent) = self.register.body(at).parent else { return false };
            if parent == outer {
                return true;
            }
            at = parent;
        }
        false
    }

    fn lies_in_region(&self, target: Target, name: &str) -> bool {
        let region = self.body_of(target).and_then(|body| self.register.region_of(body));
        region.is_some_and(|id| names_of(self.register, id).any(|other| key(other) == key(name)))
    }

    fn body_of(&self, target: Target) -> Option<BodyId> {
        match target {
            Target::Area(area, _) => self.joined.bodies[area],
            Target::Elsewhere(body) => Some(body),
            _ => None,
        }
    }

    /// The name of the area that comes nearest to a text, if any does.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        const ALIKE: f64 = 0.7;
        let wanted = key(text);
        let code = text.to_uppercase();
        let likeness = |area: usize| {
            let by_name =
                strsim::normalized_damerau_levenshtein(&key(&self.joined.names[area]), &wanted);
            let by_code =
                strsim::normalized_damerau_levenshtein(&self.joined.layer.areas[area].code, &code);
            by_name.max(if by_code >= 0.75 { by_code } else { 0.0 })
        };
        let areas = (0..self.joined.names.len()).map(|area| (likeness(area), area));
        let (best, area) = areas.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best >= ALIKE).then(|| self.joined.names[area].as_str())
    }

    /// The editions in which an area of this kind has this code.
    pub fn editions_of(&self, code: &OnsCode) -> Vec<Edition> {
        let Some(kind) = self.joined.layer.about.kind else { return Vec::new() };
        let sets = self.register.area_sets();
        let of_kind = sets.into_iter().filter(|(k, _)| *k == kind).map(|(_, edition)| edition);
        of_kind.filter(|e| self.register.by_area(kind, *e, code).is_some()).collect()
    }

    fn is_other(&self, kind: BodyKind) -> bool {
        self.joined.layer.about.kind.is_some_and(|own| own != kind)
    }

    fn add_areas(&mut self) {
        for (area, labels) in self.joined.layer.areas.iter().enumerate() {
            if !labels.code.is_empty() {
                add_own(&mut self.codes, labels.code.to_uppercase(), area, How::Code);
            }
            for name in [&labels.name, &self.joined.names[area]] {
                add_own(&mut self.names, key(name), area, How::Name);
            }
        }
    }

    /// The other codes and names of the bodies that have areas, and of those that had or will
    /// have the same land.
    fn add_bodies_of_areas(&mut self) {
        let register = self.register;
        let systems: FxHashMap<BodyId, BodyId> = register
            .of_kind(BodyKind::System)
            .filter_map(|system| Some((register.body(system).parent?, system)))
            .collect();
        let bodies = self.joined.bodies.iter().enumerate();
        let bodies: Vec<(usize, BodyId)> = bodies.filter_map(|(i, id)| Some((i, (*id)?))).collect();
        for (area, id) in &bodies {
            let (ods, ons) = codes_of(register, *id);
            if let Some(code) = ods {
                self.codes.entry(code).or_insert(Target::Area(*area, How::Code));
            }
            for code in ons {
                self.codes.entry(code).or_insert(Target::Area(*area, How::OtherCode));
            }
            let system = systems.get(id).copied();
            for name in std::iter::once(*id).chain(system).flat_map(|id| names_of(register, id)) {
                self.names.entry(key(name)).or_insert(Target::Area(*area, How::Name));
            }
        }
        for (area, id) in &bodies {
            for other in same_land(register, *id) {
                let target = Target::Area(*area, How::Renamed(other));
                let (ods, ons) = codes_of(register, other);
                for code in ods.into_iter().chain(ons) {
                    self.codes.entry(code).or_insert(target);
                }
                self.add_names(other, target);
            }
        }
    }

    /// Bodies without an area here.
    fn add_others(&mut self) {
        let register = self.register;
        let own = self.joined.layer.about.kind;
        let mut kinds = KINDS.to_vec();
        kinds.sort_by_key(|kind| Some(*kind) != own);
        for kind in kinds {
            for id in register.of_kind(kind) {
                let is_region = kind == BodyKind::Region && own != Some(BodyKind::Region);
                let target = if is_region { Target::Region } else { Target::Elsewhere(id) };
                let (ods, ons) = codes_of(register, id);
                for code in ods.into_iter().chain(ons) {
                    self.codes.entry(code).or_insert(target);
                }
                self.add_names(id, target);
            }
        }
    }

    fn add_names(&mut self, id: BodyId, target: Target) {
        let kind = self.register.body(id).kind;
        for name in names_of(self.register, id) {
            self.names.entry(key(name)).or_insert(target);
            self.names_of_kind.entry((kind, key(name))).or_insert(target);
        }
    }
}

/// Whether two texts mean the same, however it was recognised.
fn is_same(one: Target, other: Target) -> bool {
    match (one, other) {
        (Target::Area(one, _), Target::Area(other, _)) => one == other,
        (one, other) => one == other,
    }
}

/// Enters a code or name of an area; one of several areas means none of them.
fn add_own(entries: &mut FxHashMap<String, Target>, key: String, area: usize, how: How) {
    let own = Target::Area(area, how);
    let entry = entries.entry(key).or_insert(own);
    if *entry != own {
        *entry = Target::Several;
    }
}

/// A name as it is compared here.
pub(super) fn key(name: &str) -> String {
    let key = match_key(name);
    key.strip_suffix(" ics").map(str::to_owned).unwrap_or(key)
}

/// The kind of body that the end of a name tells.
fn kind_in(name: &str) -> Option<BodyKind> {
    let name = name.trim().to_lowercase();
    let endings = [
        (BodyKind::Icb, [" icb", " integrated care board"]),
        (BodyKind::Icb, [" ics", " integrated care system"]),
        (BodyKind::Ccg, [" ccg", " clinical commissioning group"]),
        (BodyKind::Stp, [" stp", " sustainability and transformation partnership"]),
    ];
    let told = |(_, endings): &(BodyKind, [&str; 2])| endings.iter().any(|e| name.ends_with(e));
    endings.into_iter().find(told).map(|(kind, _)| kind)
}

/// The ODS code of a body, and its ONS codes in any edition.
fn codes_of(register: &Register, id: BodyId) -> (Option<String>, Vec<String>) {
    let body = register.body(id);
    let dated = body.ons_codes.iter().map(|dated| &dated.code);
    let editions = register.editions_of(id);
    let mapped = editions.iter().filter_map(|edition| register.ons_code(id, *edition));
    let ons = dated.chain(mapped).map(ToString::to_string).collect();
    (body.ods_code.as_ref().map(ToString::to_string), ons)
}

fn names_of(register: &Register, id: BodyId) -> impl Iterator<Item = &str> {
    let body = register.body(id);
    let aliases = body.aliases.iter().map(|alias| alias.name.as_str());
    [body.name.as_str(), body.short_name.as_str()].into_iter().chain(aliases)
}

/// The bodies that had or will have exactly the land of another: it took the place of one, or one
/// takes its place, whole, alone, and without land moving.
fn same_land(register: &Register, id: BodyId) -> Vec<BodyId> {
    let mut found = vec![id];
    let mut at = 0;
    while let Some(body) = found.get(at).copied() {
        at += 1;
        let after = register.after(body).filter(|s| is_simple(register, s)).map(|s| s.to);
        let before = register.before(body).filter(|s| is_simple(register, s)).map(|s| s.from);
        let group = register.group_of(body).filter(|group| kept_code(register, *group, body));
        let location = register.body(body).ods_code.as_ref().and_then(|ods| {
            let location = register.by_key(BodyKind::SubIcb, ods.as_str())?;
            let is_same = register.group_of(location) == Some(body);
            (is_same && kept_code(register, body, location)).then_some(location)
        });
        let next: Vec<BodyId> = after.chain(before).chain(group).chain(location).collect();
        for other in next {
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found.remove(0);
    found
}

/// Whether a sub-ICB location has the ONS code that its group had: it changes with the land.
fn kept_code(register: &Register, group: BodyId, location: BodyId) -> bool {
    let before = register.ons_code(group, Edition::April2021);
    before.is_some() && before == register.ons_code(location, Edition::July2022)
}

fn is_simple(register: &Register, succession: &Succession) -> bool {
    let (from, to) = (succession.from, succession.to);
    let kind = register.body(from).kind;
    let alone = register.before(to).filter(|s| register.body(s.from).kind == kind).count() == 1;
    let is_whole = register.after(from).count() == 1
        && register.before(to).all(|s| s.part.is_none())
        && succession.part.is_none();
    let moved = |change: &Change| {
        change.kind == ChangeKind::Moved
            && change.date == succession.date
            && [change.from, change.to].iter().any(|id| [from, to].contains(id))
    };
    alone && is_whole && !register.changes.iter().any(moved)
}

/// What happened to the land of a body between two editions, if anything is recorded.
pub(super) fn land_change(register: &Register, id: BodyId, a: Edition, b: Edition) -> Option<&str> {
    let (first, last) = (a.min(b).day(), a.max(b).day());
    let took_in = |change: &Change| {
        register.before(id).any(|s| s.date == change.date && s.from != id && s.part.is_some())
    };
    let is_meant = |change: &&Change| {
        (change.from == id || change.to == id)
            && change.date > first
            && change.date <= last
            && (change.kind == ChangeKind::Moved || took_in(change))
    };
    register.changes.iter().find(is_meant).map(|change| change.text.as_str())
}
