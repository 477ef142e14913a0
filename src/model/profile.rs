//! What is known of one area, ready to be shown: the side panel and `show` both use it.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;

use super::{BodyId, BodyKind, Date, Edition, JoinedLayer, Register};

/// A board, or whichever body the area belongs to.
#[derive(Debug, Clone, Serialize)]
pub struct BodyFacts {
    /// Official name.
    pub name: String,
    /// Code in the NHS Organisation Data Service.
    pub ods_code: Option<String>,
    /// ONS code of the area in the edition shown.
    pub ons_code: Option<String>,
    /// First day.
    pub established: Option<Date>,
    /// Last day.
    pub abolished: Option<Date>,
    /// Website.
    pub website: Option<String>,
    /// Where this comes from.
    pub source: String,
}

/// The partnership of a board.
#[derive(Debug, Clone, Serialize)]
pub struct PartnershipFacts {
    /// The name it uses for itself.
    pub name: String,
    /// The page that names it.
    pub source: String,
    /// When that page said so.
    pub as_of: Option<String>,
    /// How sure the name is.
    pub confidence: String,
    /// What else is known.
    pub note: Option<String>,
}

/// An NHS region.
#[derive(Debug, Clone, Serialize)]
pub struct RegionFacts {
    /// Its name.
    pub name: String,
    /// Its ONS code in the edition shown.
    pub code: Option<String>,
    /// Its ODS code.
    pub ods_code: Option<String>,
}

/// Residents of an area.
#[derive(Debug, Clone, Serialize)]
pub struct PopulationFacts {
    /// Number of people.
    pub value: u64,
    /// Year of the mid-year estimate.
    pub year: u16,
    /// How it was made, where it is not the published figure.
    pub method: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// A body before or after.
#[derive(Debug, Clone, Serialize)]
pub struct Relative {
    /// What it is: `CCG`, `STP` or `ICB`.
    pub kind: &'static str,
    /// Its official name.
    pub name: String,
    /// Its ODS code.
    pub code: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; none while it exists.
    pub to: Option<Date>,
    /// Which part went over, where it was not the whole body.
    pub part: Option<String>,
    /// How many steps of succession lie between: one for a direct one.
    pub steps: usize,
    /// The body.
    #[serde(skip)]
    pub id: BodyId,
}

/// What is known of one area.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    /// Name for headings.
    pub title: String,
    /// What the body is.
    pub kind: Option<&'static str>,
    /// The body of the area.
    pub body: Option<BodyFacts>,
    /// The same, where the body is a board.
    pub board: Option<BodyFacts>,
    /// The partnership of the board.
    pub partnership: Option<PartnershipFacts>,
    /// NHS region; of a CCG that of the board that took its place.
    pub region: Option<RegionFacts>,
    /// Residents.
    pub population: Option<PopulationFacts>,
    /// Area on the National Grid in square kilometres, from the boundaries shown.
    pub area_km2: f64,
    /// Bodies before it, the latest first, back to 2013.
    pub predecessors: Vec<Relative>,
    /// Bodies after it, the earliest first.
    pub successors: Vec<Relative>,
}

impl Profile {
    /// What is known of an area of a layer.
    #[must_use]
    pub fn of(register: &Register, joined: &JoinedLayer, area: usize) -> Self {
        let shape = &joined.layer.areas[area];
        let id = joined.bodies[area];
        let kind = id.map(|id| register.body(id).kind);
        let body = id.map(|id| {
            let mut facts = body_facts(register, id);
            facts.ons_code = Some(shape.code.clone());
            facts
        });
        let region = joined.regions[area].map(|id| region_facts(register, id, joined.edition()));
        Self {
            title: joined.names[area].clone(),
            kind: kind.map(BodyKind::label),
            board: body.clone().filter(|_| kind == Some(BodyKind::Icb)),
            body,
            partnership: id.and_then(|id| register.partnership(id)).map(|found| PartnershipFacts {
                name: found.name.clone(),
                source: found.source.clone(),
                as_of: found.as_of.clone(),
                confidence: found.confidence.clone(),
                note: found.note.clone(),
            }),
            region,
            population: id.and_then(|id| register.population(id, joined.edition())).map(|found| {
                PopulationFacts {
                    value: found.value,
                    year: found.year,
                    method: found.method.clone(),
                    source: source_title(register, &found.source),
                }
            }),
            area_km2: (shape.area_m2 / 1e4).round() / 100.0,
            predecessors: id
                .map(|id| relatives(register, id, Direction::Before))
                .unwrap_or_default(),
            successors: id.map(|id| relatives(register, id, Direction::After)).unwrap_or_default(),
        }
    }
}

impl Profile {
    /// The profile as lines of text.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut out = self.title.clone();
        let mut line = |label: &str, value: Option<String>| {
            let value = value.unwrap_or_else(|| "not recorded".to_owned());
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{label}: {value}");
        };
        if let Some(body) = &self.body {
            line(self.kind.unwrap_or("Body"), Some(body.name.clone()));
            line("ODS code", body.ods_code.clone());
            line("ONS code", body.ons_code.clone());
            line("Established", body.established.map(Date::in_words));
            if let Some(day) = body.abolished {
                line("Last day", Some(day.in_words()));
            }
        }
        if let Some(board) = &self.board {
            line("Website", board.website.clone());
            line("Partnership", self.partnership.as_ref().map(|p| p.name.clone()));
        }
        line("NHS region", self.region.as_ref().map(|region| region.name.clone()));
        let people = |p: &PopulationFacts| format!("{} (mid-{})", thousands(p.value), p.year);
        line("Population", self.population.as_ref().map(people));
        line("Area", Some(format!("{:.2} km²", self.area_km2)));
        for relative in &self.predecessors {
            line("Before", Some(relative.in_words()));
        }
        for relative in &self.successors {
            line("After", Some(relative.in_words()));
        }
        out
    }
}

impl Relative {
    /// Name, code, part and dates in a line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let code = self.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let part = self.part.as_ref().map(|part| format!(", {part} part")).unwrap_or_default();
        let dates = match (self.from, self.to) {
            (Some(from), Some(to)) => format!(", {} to {}", from.in_words(), to.in_words()),
            (Some(from), None) => format!(", since {}", from.in_words()),
            _ => String::new(),
        };
        format!("{} {}{code}{part}{dates}", self.kind, self.name)
    }
}

/// A number with a comma at the thousands: `1,795,871`.
#[must_use]
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn body_facts(register: &Register, id: BodyId) -> BodyFacts {
    let body = register.body(id);
    BodyFacts {
        name: body.name.clone(),
        ods_code: body.ods_code.as_ref().map(ToString::to_string),
        ons_code: None,
        established: body.opened,
        abolished: body.closed,
        website: body.website.clone(),
        source: source_title(register, &body.source),
    }
}

fn region_facts(register: &Register, id: BodyId, edition: Option<Edition>) -> RegionFacts {
    let body = register.body(id);
    // Regions have codes from 2022 on; for earlier maps the first of them.
    let edition = edition.map_or(Edition::July2022, |edition| edition.max(Edition::July2022));
    RegionFacts {
        name: body.name.clone(),
        code: register.ons_code(id, edition).map(ToString::to_string),
        ods_code: body.ods_code.as_ref().map(ToString::to_string),
    }
}

fn source_title(register: &Register, key: &str) -> String {
    register.sources.get(key).map_or_else(|| key.to_owned(), ToString::to_string)
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Before,
    After,
}

/// All bodies before or after one, nearest in time first. The same body may be reached over
/// several ways (a board split in two that partly meet again); it is listed once.
fn relatives(register: &Register, start: BodyId, direction: Direction) -> Vec<Relative> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([start]);
    let mut pending = vec![(start, 0usize)];
    while let Some((id, steps)) = pending.pop() {
        let edges: Vec<_> = match direction {
            Direction::Before => register.before(id).map(|s| (s.from, s)).collect(),
            Direction::After => register.after(id).map(|s| (s.to, s)).collect(),
        };
        for (other, succession) in edges {
            if !seen.insert(other) {
                continue;
            }
            let body = register.body(other);
            found.push(Relative {
                kind: body.kind.label(),
                name: body.name.clone(),
                code: body.ods_code.as_ref().map(ToString::to_string),
                from: body.opened,
                to: body.closed,
                part: succession.part.clone(),
                steps: steps + 1,
                id: other,
            });
            pending.push((other, steps + 1));
        }
    }
    let by_name = |a: &Relative, b: &Relative| (a.kind, &a.name).cmp(&(b.kind, &b.name));
    match direction {
        Direction::Before => found.sort_by(|a, b| b.to.cmp(&a.to).then(by_name(a, b))),
        Direction::After => found.sort_by(|a, b| a.from.cmp(&b.from).then(by_name(a, b))),
    }
    found
}
