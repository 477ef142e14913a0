//! Gathering what is known of a body.

use std::collections::HashSet;

use super::{
    BodyFacts, ChangeFacts, ClusterFacts, DesignationFacts, OverlapFacts, Part, PartnershipFacts,
    PlaceCountFacts, PopulationFacts, Profile, RegionFacts, Relative, ShareFacts, SourceLine,
};
use crate::model::fact::Share;
use crate::model::lineage::Lineage;
use crate::model::overlap::Overlap;
use crate::model::{BodyId, BodyKind, Edition, JoinedLayer, Register};

impl Profile {
    /// What is known of an area of a layer.
    #[must_use]
    pub fn of(register: &Register, joined: &JoinedLayer, area: usize) -> Self {
        let shape = &joined.layer.areas[area];
        let mut profile = match joined.bodies[area] {
            Some(id) => Self::of_body(register, id, joined.edition()),
            None => Self {
                made_up_of: made_up_of(register, joined, area),
                ..Self::empty(joined.names[area].clone())
            },
        };
        profile.title.clone_from(&joined.names[area]);
        for facts in profile.body.iter_mut().chain(profile.board.as_mut()) {
            facts.ons_code = Some(shape.code.clone());
            facts.other_codes.retain(|(code, _)| *code != shape.code);
        }
        profile.measured(joined, area)
    }

    /// The same with the size of an area of the body.
    #[must_use]
    pub fn measured(mut self, joined: &JoinedLayer, area: usize) -> Self {
        self.area_km2 = Some((joined.layer.areas[area].area_m2 / 1e4).round() / 100.0);
        self
    }

    /// What is known of a body, for an edition of the boundaries or else its latest one. A
    /// system and a partnership are told with their board.
    #[must_use]
    pub fn of_body(register: &Register, id: BodyId, edition: Option<Edition>) -> Self {
        let id = register.told_with(id);
        let body = register.body(id);
        let edition = edition.or_else(|| register.editions_of(id).last().copied());
        let parts = |kind| -> Vec<Part> {
            register.parts(id, kind).map(|part| Part::of(register, part)).collect()
        };
        let facts = body_facts(register, id, edition);
        let is_board = body.kind == BodyKind::Icb;
        let mut profile = Self {
            title: body.short_name.clone(),
            kind: Some(body.kind.label()),
            edition: edition.map(Edition::title),
            board: is_board.then(|| facts.clone()),
            body: Some(facts),
            system: parts(BodyKind::System).pop(),
            partnership: register.partnership(id).map(|p| partnership_facts(register, p)),
            region: register.region_of(id).map(|region| region_facts(register, region, edition)),
            part_of: body.parent.iter().map(|parent| Part::of(register, *parent)).collect(),
            councils: councils(register, id, edition, BodyKind::Council),
            boards: boards(register, id, edition),
            districts: districts(register, id, edition),
            locations: parts(BodyKind::SubIcb),
            places: parts(BodyKind::Place),
            place_count: register.place_count(id).map(|count| PlaceCountFacts {
                count: count.count,
                what: count.what.clone(),
                source: register.citation(&count.source, None),
            }),
            collaboratives: parts(BodyKind::Collaborative),
            designation: designation(register, id),
            clusters: clusters(register, id),
            changes: changes(register, id),
            made_up_of: Vec::new(),
            population: register.population(id, edition).map(|found| PopulationFacts {
                value: found.value,
                year: found.year,
                method: found.method.clone(),
                source: register.citation(&found.source, None),
            }),
            area_km2: None,
            predecessors: relatives(register, id, Direction::Before),
            successors: relatives(register, id, Direction::After),
            lineage: Lineage::of(register, id).in_words(register),
            sources: Vec::new(),
            id: Some(id),
            body_kind: Some(body.kind),
        };
        profile.sources = sources(register, &profile);
        profile
    }

    /// Nothing but a name: an area that the register does not know.
    fn empty(title: String) -> Self {
        Self {
            title,
            kind: None,
            edition: None,
            body: None,
            board: None,
            system: None,
            partnership: None,
            region: None,
            part_of: Vec::new(),
            councils: Vec::new(),
            boards: Vec::new(),
            districts: Vec::new(),
            locations: Vec::new(),
            places: Vec::new(),
            place_count: None,
            collaboratives: Vec::new(),
            designation: None,
            clusters: Vec::new(),
            changes: Vec::new(),
            population: None,
            made_up_of: Vec::new(),
            area_km2: None,
            predecessors: Vec::new(),
            successors: Vec::new(),
            lineage: Vec::new(),
            sources: Vec::new(),
            id: None,
            body_kind: None,
        }
    }
}

fn made_up_of(register: &Register, joined: &JoinedLayer, area: usize) -> Vec<OverlapFacts> {
    let overlaps = joined.overlaps.of_areas.get(area).into_iter().flatten();
    let facts = |overlap: &Overlap| {
        let body = register.body(overlap.body);
        OverlapFacts {
            name: body.short_name.clone(),
            code: body.code().map(str::to_owned),
            edition: joined.overlaps.edition.map(Edition::title),
            share_of_body: overlap.of_body,
            share_of_area: overlap.of_area,
            id: overlap.body,
        }
    };
    overlaps.map(facts).collect()
}

impl Part {
    fn of(register: &Register, id: BodyId) -> Self {
        let body = register.body(id);
        Self {
            kind: body.kind.label(),
            name: body.name.clone(),
            code: body.code().map(str::to_owned),
            form: body.form.clone(),
            opened: body.opened,
            confidence: body.confidence.clone(),
            note: body.note.clone(),
            source: register.citation(&body.source, body.as_of.as_deref()),
            id,
        }
    }
}

fn body_facts(register: &Register, id: BodyId, edition: Option<Edition>) -> BodyFacts {
    let body = register.body(id);
    let here = edition.and_then(|edition| register.ons_code(id, edition));
    let latest = || body.ons_codes.last().map(|dated| &dated.code);
    let code = here.or_else(latest);
    let others = body.ons_codes.iter().filter(|dated| Some(&dated.code) != code);
    BodyFacts {
        name: body.name.clone(),
        ods_code: body.ods_code.as_ref().map(ToString::to_string),
        ons_code: code.map(ToString::to_string),
        other_codes: others.map(|dated| (dated.code.to_string(), dated.since)).collect(),
        other_names: body
            .aliases
            .iter()
            .filter(|alias| alias.name != body.name)
            .map(|alias| (alias.name.clone(), alias.what.clone()))
            .collect(),
        established: body.opened,
        abolished: body.closed,
        website: body.website.clone(),
        source: register.citation(&body.source, body.as_of.as_deref()),
    }
}

fn partnership_facts(register: &Register, id: BodyId) -> PartnershipFacts {
    let body = register.body(id);
    PartnershipFacts {
        name: body.name.clone(),
        source: body.source.clone(),
        as_of: body.as_of.clone(),
        confidence: body.confidence.clone().unwrap_or_default(),
        note: body.note.clone(),
    }
}

fn region_facts(register: &Register, id: BodyId, edition: Option<Edition>) -> RegionFacts {
    let body = register.body(id);
    // Regions have codes from 2021 on; for earlier maps the first of them.
    let edition = edition.map_or(Edition::July2022, |edition| edition.max(Edition::April2021));
    let code = register.ons_code(id, edition).or_else(|| {
        register.editions_of(id).last().and_then(|edition| register.ons_code(id, *edition))
    });
    RegionFacts {
        name: body.name.clone(),
        code: code.map(ToString::to_string),
        ods_code: body.ods_code.as_ref().map(ToString::to_string),
        source: register.citation(&body.source, None),
        id,
    }
}

/// The edition of shares that belongs to an edition of boundaries: the latest that is not after
/// it; the first one for earlier maps.
fn share_edition(edition: Option<Edition>) -> Edition {
    match edition {
        Some(edition) if edition >= Edition::April2026 => Edition::April2026,
        Some(edition) if edition >= Edition::April2023 => Edition::April2023,
        Some(_) => Edition::July2022,
        None => Edition::April2026,
    }
}

fn share_facts(register: &Register, share: &Share, shown: BodyId) -> ShareFacts {
    let body = register.body(shown);
    ShareFacts {
        name: body.name.clone(),
        code: body.code().map(str::to_owned),
        extent: if share.is_whole() { "whole" } else { "part" },
        share: share.share,
        source: register.citation(&share.source, None),
        id: shown,
    }
}

/// A body that lies wholly in another: a district in its county, a board in its region.
fn whole(register: &Register, id: BodyId) -> ShareFacts {
    let body = register.body(id);
    ShareFacts {
        name: body.name.clone(),
        code: body.code().map(str::to_owned),
        extent: "whole",
        share: 1.0,
        source: register.citation(&body.source, None),
        id,
    }
}

fn sorted(mut facts: Vec<ShareFacts>) -> Vec<ShareFacts> {
    facts.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    facts
}

fn councils(
    register: &Register,
    board: BodyId,
    edition: Option<Edition>,
    kind: BodyKind,
) -> Vec<ShareFacts> {
    let edition = share_edition(edition);
    let here = register.shares.iter().filter(|share| {
        share.board == board
            && share.edition == edition
            && register.body(share.council).kind == kind
    });
    sorted(here.map(|share| share_facts(register, share, share.council)).collect())
}

/// Districts of a board as of July 2022, or those of a county.
fn districts(register: &Register, id: BodyId, edition: Option<Edition>) -> Vec<ShareFacts> {
    match register.body(id).kind {
        // There is no lookup of districts for later boundaries.
        BodyKind::Icb if edition == Some(Edition::July2022) => {
            councils(register, id, edition, BodyKind::District)
        }
        BodyKind::Council => {
            let parts = register.parts(id, BodyKind::District);
            sorted(parts.map(|district| whole(register, district)).collect())
        }
        _ => Vec::new(),
    }
}

/// The boards of a council or district, latest boundaries that it has a share in; the boards
/// of a region as of April 2026.
fn boards(register: &Register, id: BodyId, edition: Option<Edition>) -> Vec<ShareFacts> {
    let mine = |edition: Edition| -> Vec<ShareFacts> {
        let here = register.shares.iter().filter(|s| s.council == id && s.edition == edition);
        sorted(here.map(|share| share_facts(register, share, share.board)).collect())
    };
    match register.body(id).kind {
        BodyKind::Council | BodyKind::District => {
            // December 2023 is the edition of the councils' own boundaries: the latest boards.
            let wanted = edition.filter(|e| *e != Edition::December2023);
            let editions = [share_edition(wanted), Edition::April2026, Edition::April2023];
            let all = editions.into_iter().chain([Edition::July2022]).map(mine);
            all.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
        }
        BodyKind::Region => {
            let day = edition.map_or(Edition::April2026, |e| e.max(Edition::July2022)).day();
            let here =
                register.on(BodyKind::Icb, day).filter(|b| register.body(*b).region == Some(id));
            sorted(here.map(|board| whole(register, board)).collect())
        }
        _ => Vec::new(),
    }
}

fn designation(register: &Register, id: BodyId) -> Option<DesignationFacts> {
    register.designation(id).map(|found| DesignationFacts {
        wave: found.wave,
        devolved: found.is_devolved,
        announced: found.announced.clone(),
        effective: found.effective.clone(),
        earlier_name: found.earlier_name.clone(),
        note: found.note.clone(),
        source: register.citation(&found.source, None),
    })
}

fn clusters(register: &Register, id: BodyId) -> Vec<ClusterFacts> {
    let mine = register.clusters.iter().filter(|cluster| cluster.boards.contains(&id));
    let facts = mine.map(|cluster| {
        let ids: Vec<BodyId> = cluster.boards.iter().copied().filter(|b| *b != id).collect();
        ClusterFacts {
            date: cluster.date,
            with: ids.iter().map(|other| register.body(*other).name.clone()).collect(),
            note: cluster.note.clone(),
            source: register.citation(&cluster.source, None),
            ids,
        }
    });
    facts.collect()
}

fn changes(register: &Register, id: BodyId) -> Vec<ChangeFacts> {
    let group = register.group_of(id).unwrap_or(id);
    let mine = register
        .changes
        .iter()
        .filter(|change| change.from == id || change.to == id || change.groups.contains(&group));
    let facts = mine.map(|change| ChangeFacts {
        date: change.date,
        kind: change.kind.id(),
        text: change.text.clone(),
        source: register.citation(&change.source, None),
    });
    facts.collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Before,
    After,
}

/// All bodies before or after one, nearest in time first. The same body may be reached over
/// several ways (a board split in two that partly meet again); it is listed once. A sub-ICB
/// location comes from the group whose code it kept.
fn relatives(register: &Register, start: BodyId, direction: Direction) -> Vec<Relative> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([start]);
    // Body, steps, and whether one on the way was split.
    let mut pending = vec![(start, 0usize, false)];
    if direction == Direction::Before
        && let Some(group) = register.group_of(start)
    {
        seen.insert(group);
        let date = register.body(start).opened;
        found.push(Relative { date, ..Relative::of(register, group, 1) });
        pending = vec![(group, 1, false)];
    }
    while let Some((id, steps, over_a_split)) = pending.pop() {
        let edges: Vec<_> = match direction {
            Direction::Before => register.before(id).map(|s| (s.from, s)).collect(),
            Direction::After => register.after(id).map(|s| (s.to, s)).collect(),
        };
        for (other, succession) in edges {
            if !seen.insert(other) {
                continue;
            }
            let (date, part) = (Some(succession.date), succession.part.clone());
            // A body before a split may have gone with another part than the one named.
            let over_a_split =
                over_a_split || (direction == Direction::After && steps > 0 && part.is_some());
            pending.push((other, steps + 1, over_a_split || part.is_some()));
            let relative = Relative::of(register, other, steps + 1);
            found.push(Relative { date, part, over_a_split, ..relative });
        }
    }
    let by_name = |a: &Relative, b: &Relative| (a.kind, &a.name).cmp(&(b.kind, &b.name));
    match direction {
        Direction::Before => found.sort_by(|a, b| b.to.cmp(&a.to).then(by_name(a, b))),
        Direction::After => found.sort_by(|a, b| a.from.cmp(&b.from).then(by_name(a, b))),
    }
    found
}

impl Relative {
    fn of(register: &Register, id: BodyId, steps: usize) -> Self {
        let body = register.body(id);
        Self {
            kind: body.kind.label(),
            name: body.name.clone(),
            code: body.code().map(str::to_owned),
            from: body.opened,
            to: body.closed,
            date: None,
            part: None,
            over_a_split: false,
            steps,
            id,
        }
    }
}

/// One line for each source, with what comes from it.
fn sources(register: &Register, profile: &Profile) -> Vec<SourceLine> {
    let mut lines: Vec<SourceLine> = Vec::new();
    let mut add = |what, citation: crate::model::Citation| {
        let line = SourceLine { what, citation };
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    if let Some(body) = &profile.body {
        add("Body and codes", body.source.clone());
    }
    if let Some(system) = &profile.system {
        add("System", system.source.clone());
    }
    if let Some(found) = &profile.partnership {
        add("Partnership", register.citation(&found.source, found.as_of.as_deref()));
    }
    if let Some(region) = &profile.region {
        add("Region", region.source.clone());
    }
    for (what, shares) in [
        ("Councils", &profile.councils),
        ("Boards", &profile.boards),
        ("Districts", &profile.districts),
    ] {
        for share in shares {
            add(what, share.source.clone());
        }
    }
    for (what, parts) in [
        ("Part of", &profile.part_of),
        ("Sub-ICB locations", &profile.locations),
        ("Places", &profile.places),
        ("Provider collaboratives", &profile.collaboratives),
    ] {
        for part in parts {
            add(what, part.source.clone());
        }
    }
    if let Some(count) = &profile.place_count {
        add("Places", count.source.clone());
    }
    if let Some(designation) = &profile.designation {
        add("Became an ICS", designation.source.clone());
    }
    profile.clusters.iter().for_each(|cluster| add("Clusters", cluster.source.clone()));
    profile.changes.iter().for_each(|change| add("Changes", change.source.clone()));
    let id = profile.id;
    if let Some(population) = &profile.population {
        add("Population", population.source.clone());
    }
    let edges = id.map(|id| Lineage::of(register, id).edges).unwrap_or_default();
    for edge in edges {
        add("Before and after", register.citation(&register.successions[edge].source, None));
    }
    lines
}
