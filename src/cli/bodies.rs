//! `find`, `lineage`, `events`, and lists and profiles of bodies.

use serde::Serialize;

use super::{Failure, Outcome, atlas, json};
use crate::geo::grid_ref::parse_place;
use crate::geo::projection::Projector;
use crate::model::fact::Event;
use crate::model::find::find_body;
use crate::model::lineage::{Edge, Lineage};
use crate::model::profile::Profile;
use crate::model::search::Rank;
use crate::model::{Atlas, BodyId, BodyKind, Date, Edition, Register};
use crate::read::bundled;

/// A body in a list.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    name: Option<&'a str>,
    code: Option<&'a str>,
    ods_code: Option<&'a str>,
    ons_codes: Vec<&'a str>,
    opened: Option<Date>,
    closed: Option<Date>,
    part_of: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(register: &'a Register, id: BodyId) -> Self {
        let body = register.body(id);
        Self {
            kind: body.kind.label(),
            name: Some(&body.name),
            code: body.code(),
            ods_code: body.ods_code.as_ref().map(crate::model::OdsCode::as_str),
            ons_codes: body.ons_codes.iter().map(|dated| dated.code.as_str()).collect(),
            opened: body.opened,
            closed: body.closed,
            part_of: body.parent.map(|parent| register.body(parent).name.as_str()),
        }
    }

    fn line(&self) -> String {
        let code = self.code.unwrap_or("-");
        let name = self.name.unwrap_or("name not recorded");
        let dates = match (self.opened, self.closed) {
            (Some(from), Some(to)) => format!(" ({from} to {to})"),
            (Some(from), None) => format!(" (since {from})"),
            (None, Some(to)) => format!(" (until {to})"),
            (None, None) => String::new(),
        };
        let part_of = self.part_of.map(|name| format!(", {name}")).unwrap_or_default();
        format!("{code:9}  {name}{dates}{part_of}")
    }
}

/// The first day of the boards, for which councils and what belongs to a system are recorded.
const BOARDS_SINCE: &str = "2022-07-01";

/// Bodies of a kind, on a day or of all times.
pub fn list(kind: BodyKind, on: Option<Date>, as_json: bool) -> Outcome {
    let atlas = atlas()?;
    let register = &atlas.register;
    if let Some(day) = on {
        check_day(kind, day)?;
    }
    let exists = |id: &BodyId| on.is_none_or(|day| register.body(*id).exists_on(day));
    let mut rows: Vec<Row<'_>> = match kind {
        // Every board has one; of some the name is not recorded.
        BodyKind::System | BodyKind::Partnership => {
            let boards = register.of_kind(BodyKind::Icb).filter(exists);
            boards.map(|board| of_board(register, board, kind)).collect()
        }
        // They exist with their board; the days on which they were registered are others.
        BodyKind::Place | BodyKind::Collaborative => {
            let lives = |id: &BodyId| register.body(*id).parent.is_none_or(|board| exists(&board));
            register.of_kind(kind).filter(lives).map(|id| Row::of(register, id)).collect()
        }
        _ => register.of_kind(kind).filter(exists).map(|id| Row::of(register, id)).collect(),
    };
    rows.sort_by(|a, b| (a.name, a.code).cmp(&(b.name, b.code)));
    if as_json {
        return json(&rows);
    }
    Ok(rows.iter().map(Row::line).collect::<Vec<_>>().join("\n"))
}

/// The system or partnership of a board, whether its name is recorded or not.
fn of_board(register: &Register, board: BodyId, kind: BodyKind) -> Row<'_> {
    let body = register.body(board);
    let found = register.parts(board, kind).next();
    Row {
        kind: kind.label(),
        name: found.map(|id| register.body(id).name.as_str()),
        code: None,
        ods_code: None,
        ons_codes: Vec::new(),
        opened: None,
        closed: body.closed,
        part_of: Some(&body.name),
    }
}

fn check_day(kind: BodyKind, day: Date) -> Result<(), Failure> {
    let first: Date = match kind {
        BodyKind::Council
        | BodyKind::District
        | BodyKind::System
        | BodyKind::Partnership
        | BodyKind::Place
        | BodyKind::Collaborative => BOARDS_SINCE.parse(),
        BodyKind::Region => "2019-04-01".parse(),
        _ => return Ok(()),
    }
    .map_err(|error: crate::model::date::DateError| Failure::new(error.to_string()))?;
    if day < first {
        let what = kind.plural();
        return Err(Failure::new(format!("{what} are recorded from {first} on, not for {day}")));
    }
    Ok(())
}

/// A body that a search found.
#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    matched: &'a str,
    rank: &'static str,
    became: Vec<&'a str>,
    #[serde(skip)]
    joined_by: &'static str,
}

/// Bodies by a text, the best first; an abolished one with what became of it.
pub fn find(text: &str, limit: usize, as_json: bool) -> Outcome {
    let atlas = atlas()?;
    let register = &atlas.register;
    let hits = register.search(text, limit);
    let found = hits.iter().map(|hit| Found {
        row: Row::of(register, *hit.key),
        matched: hit.matched,
        rank: match hit.rank {
            Rank::Code | Rank::CodeStart => "code",
            Rank::Name => "name",
            Rank::Similar => "similar",
            _ => "part of the name",
        },
        became: register
            .heirs(*hit.key)
            .iter()
            .map(|id| register.body(*id).name.as_str())
            .collect(),
        joined_by: register.heirs_joined_by(*hit.key),
    });
    let mut found: Vec<Found<'_>> = found.collect();
    if let Some(id) = body_at(&atlas, text)? {
        let row = Row::of(register, id);
        found.insert(
            0,
            Found { row, matched: text, rank: "place", became: Vec::new(), joined_by: "" },
        );
    }
    if found.is_empty() {
        return Err(Failure::new(format!("nothing is called \"{text}\"")));
    }
    if as_json {
        return json(&found);
    }
    let line = |found: &Found<'_>| {
        let became = match found.became.as_slice() {
            [] => String::new(),
            names => format!("; became {}", names.join(found.joined_by)),
        };
        format!("{:22}  {}{became}", found.row.kind, found.row.line())
    };
    Ok(found.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The body of July 2022 at a place, if the text is a grid reference or latitude and longitude.
fn body_at(atlas: &Atlas, text: &str) -> Result<Option<BodyId>, Failure> {
    let projector = Projector::new().map_err(|error| Failure::new(error.to_string()))?;
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let Ok(place) = parse_place(text, &projector) else { return Ok(None) };
    let layer = atlas.edition(Edition::July2022);
    let layer = layer.map_err(|refusal| Failure::new(refusal.reason.to_string()))?;
    Ok(layer.layer.area_at(place).and_then(|area| layer.bodies[area]))
}

/// All that is known of a body.
pub fn show(text: &str, as_json: bool) -> Outcome {
    let atlas = atlas()?;
    let register = &atlas.register;
    let id = find_body(register, text).map_err(|error| Failure::new(error.to_string()))?;
    let id = register.told_with(id);
    let kind = register.body(id).kind;
    let mut editions = register.editions_of(id);
    editions.retain(|edition| bundled::LAYERS.contains(&(kind, *edition)));
    // A code that only some editions have asks for them; the map of July 2022 is the usual one of
    // a board, the latest of everything else.
    let asked = |edition: &Edition| {
        register.ons_code(id, *edition).is_some_and(|ons| ons.as_str().eq_ignore_ascii_case(text))
    };
    if editions.iter().any(asked) {
        editions.retain(asked);
    }
    let usual = editions.iter().find(|edition| **edition == Edition::July2022);
    let usual = usual.filter(|_| kind == BodyKind::Icb);
    let home = usual.or(editions.last()).copied();
    let layer = home.and_then(|edition| atlas.layer(kind, edition).ok());
    let area = layer.as_ref().and_then(|layer| layer.area_of(id));
    let profile = match (&layer, area) {
        (Some(layer), Some(area)) => Profile::of(register, layer, area),
        _ => Profile::of_body(register, id, None),
    };
    if as_json { json(&profile) } else { Ok(profile.in_words()) }
}

#[derive(Serialize)]
struct LineageOf<'a> {
    name: &'a str,
    kind: &'static str,
    code: Option<&'a str>,
    edges: Vec<Edge>,
}

/// The successions that lead to a body and away from it.
pub fn lineage(text: &str, as_json: bool) -> Outcome {
    let atlas = atlas()?;
    let register = &atlas.register;
    let id = find_body(register, text).map_err(|error| Failure::new(error.to_string()))?;
    let lineage = Lineage::of(register, register.told_with(id));
    let body = register.body(lineage.subject);
    let edges = lineage.in_words(register);
    if as_json {
        let (kind, code) = (body.kind.label(), body.code());
        return json(&LineageOf { name: &body.name, kind, code, edges });
    }
    if edges.is_empty() {
        return Ok(format!("{}: no successions recorded", body.name));
    }
    let line = |edge: &Edge| {
        let part = edge.part.as_ref().map(|part| format!(" ({part})")).unwrap_or_default();
        format!(
            "{}  {} {} {}{part} -> {} {} {}",
            edge.date,
            edge.from_kind,
            edge.from,
            edge.from_name,
            edge.to_kind,
            edge.to,
            edge.to_name
        )
    };
    Ok(edges.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[derive(Serialize)]
struct EventRow<'a> {
    date: Date,
    event: &'a str,
    kind: &'a str,
    source: &'a str,
    as_of: Option<&'a str>,
}

/// National events, the first one first.
pub fn events(as_json: bool) -> Outcome {
    let atlas = atlas()?;
    let events = &atlas.register.events;
    if as_json {
        let rows: Vec<EventRow<'_>> = events.iter().map(EventRow::of).collect();
        return json(&rows);
    }
    let line = |e: &Event| format!("{:10}  {} ({})", e.date, e.text, e.source);
    Ok(events.iter().map(line).collect::<Vec<_>>().join("\n"))
}

impl<'a> EventRow<'a> {
    fn of(event: &'a Event) -> Self {
        Self {
            date: event.date,
            event: &event.text,
            kind: &event.kind,
            source: &event.source,
            as_of: event.as_of.as_deref(),
        }
    }
}
