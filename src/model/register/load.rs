//! Loading the register from its tables, every reference checked.

use super::Register;
use crate::diag::Diagnostic;
use crate::model::body::{Alias, DatedCode, Population, Source, Succession};
use crate::model::names::short_name;
use crate::model::table::{Row, Table};
use crate::model::{Body, BodyId, BodyKind};

mod facts;

type Loaded = Result<(), Diagnostic>;

impl Register {
    /// Loads the register. `text_of` gives the text of a table by its file name without `.csv`.
    ///
    /// # Errors
    /// The first fault: a missing column, a malformed cell, a key that occurs twice, or a
    /// reference to nothing, with its table, row and column.
    pub fn load<T: AsRef<str>>(text_of: impl Fn(&'static str) -> T) -> Result<Self, Diagnostic> {
        let mut register = Self::default();
        let mut read = |name, each: fn(&mut Self, Row<'_>) -> Loaded| -> Loaded {
            let table = Table::parse(name, text_of(name).as_ref())?;
            table.rows().try_for_each(|row| each(&mut register, row))
        };
        read("sources", Self::add_source)?;
        for kind in [
            // In this order, so that what a body is part of is there before it.
            BodyKind::Region,
            BodyKind::Icb,
            BodyKind::System,
            BodyKind::Partnership,
            BodyKind::Council,
            BodyKind::District,
            BodyKind::Place,
            BodyKind::Collaborative,
            BodyKind::SubIcb,
            BodyKind::Stp,
            BodyKind::Ccg,
        ] {
            let table = Table::parse(table_of(kind), text_of(table_of(kind)).as_ref())?;
            table.rows().try_for_each(|row| register.add_body(kind, row))?;
        }
        let mut read = |name, each: fn(&mut Self, Row<'_>) -> Loaded| -> Loaded {
            let table = Table::parse(name, text_of(name).as_ref())?;
            table.rows().try_for_each(|row| each(&mut register, row))
        };
        read("codes", Self::add_code)?;
        read("names", Self::add_name)?;
        read("areas", Self::add_area)?;
        read("populations", Self::add_population)?;
        read("successions", Self::add_succession)?;
        read("shares", Self::add_share)?;
        read("designations", Self::add_designation)?;
        read("place_counts", Self::add_place_count)?;
        read("clusters", Self::add_cluster)?;
        read("changes", Self::add_change)?;
        read("events", Self::add_event)?;
        read("system_counts", Self::add_system_count)?;
        Ok(register)
    }

    fn add_source(&mut self, row: Row<'_>) -> Loaded {
        let source = Source {
            title: row.required("title")?.to_owned(),
            publisher: row.required("publisher")?.to_owned(),
            as_of: row.required("as_of")?.to_owned(),
        };
        let earlier = self.sources.insert(row.required("key")?.to_owned(), source);
        unique(row, "key", earlier.is_none())
    }

    /// Bodies share their columns; a table leaves out those that its kind does not have.
    fn add_body(&mut self, kind: BodyKind, row: Row<'_>) -> Loaded {
        let columns = Columns::of(kind);
        let name = row.required("name")?;
        let text = |column: &'static str| -> Result<Option<String>, Diagnostic> {
            if !columns.has(column) {
                return Ok(None);
            }
            Ok(row.text(column)?.map(str::to_owned))
        };
        let date = |column| if columns.has(column) { row.parse(column) } else { Ok(None) };
        let parent = match columns.parent {
            // Groups before 2021 were in an STP too, but that is not recorded.
            Some((column, _)) if kind == BodyKind::Ccg && row.text(column)?.is_none() => None,
            Some((column, kind)) => Some(self.reference(row, column, kind)?),
            None => None,
        };
        let region = columns.has("region").then(|| self.reference(row, "region", BodyKind::Region));
        let ods_code = if columns.has("ods_code") { row.parse("ods_code")? } else { None };
        let body = Body {
            kind,
            ons_codes: Vec::new(),
            short_name: text("short_name")?.unwrap_or_else(|| short_name(name)),
            name: name.to_owned(),
            aliases: Vec::new(),
            opened: date("opened")?,
            closed: date("closed")?,
            region: region.transpose()?,
            website: text("website")?,
            form: text("form")?,
            confidence: text("confidence")?,
            note: text("note")?,
            as_of: text("as_of")?,
            source: if columns.has_pages() {
                row.required("source")?.to_owned()
            } else {
                self.source(row)?
            },
            parent,
            ods_code,
        };
        // Bodies without a code of their own are told apart by the body that they are part of.
        let (key_column, key) = match columns.key {
            Key::Column(column) => (column, row.required(column)?.to_ascii_uppercase()),
            Key::Parent(column) => (column, row.required(column)?.to_owned()),
            Key::ParentAndName(column) => ("name", format!("{} {name}", row.required(column)?)),
        };
        #[expect(clippy::cast_possible_truncation, reason = "some thousands of bodies")]
        let id = BodyId(self.bodies.len() as u32);
        self.bodies.push(body);
        unique(row, key_column, self.by_key.insert((kind, key), id).is_none())
    }

    fn add_code(&mut self, row: Row<'_>) -> Loaded {
        let id = self.reference(row, "body", row.parse_required("kind")?)?;
        let dated = DatedCode { code: row.parse_required("ons_code")?, since: row.parse("since")? };
        let codes = &mut self.bodies[id.0 as usize].ons_codes;
        let is_new = codes.iter().all(|other| other.code != dated.code);
        codes.push(dated);
        unique(row, "ons_code", is_new)
    }

    fn add_name(&mut self, row: Row<'_>) -> Loaded {
        let id = self.reference(row, "body", row.parse_required("kind")?)?;
        let (name, what) = (row.required("name")?.to_owned(), row.required("what")?.to_owned());
        let aliases = &mut self.bodies[id.0 as usize].aliases;
        let is_new = aliases.iter().all(|other| other.name != name);
        aliases.push(Alias { name, what });
        unique(row, "name", is_new)
    }

    fn add_area(&mut self, row: Row<'_>) -> Loaded {
        let kind: BodyKind = row.parse_required("kind")?;
        let body = self.reference(row, "body", kind)?;
        let edition = row.parse_required("edition")?;
        let code: crate::model::OnsCode = row.parse_required("ons_code")?;
        let codes = &self.bodies[body.0 as usize].ons_codes;
        if codes.iter().all(|dated| dated.code != code) {
            return Err(row.fault("ons_code", "The table codes does not give it to this body."));
        }
        let is_first = self.codes_of.entry(body).or_default().insert(edition, code.clone());
        let earlier = self.by_area.insert((kind, edition, code), body);
        unique(row, "ons_code", earlier.is_none() && is_first.is_none())
    }

    fn add_population(&mut self, row: Row<'_>) -> Loaded {
        let body = self.reference(row, "body", row.parse_required("kind")?)?;
        let population = Population {
            boundaries: row.parse_required("boundaries")?,
            value: row.parse_required("value")?,
            year: row.parse_required("year")?,
            method: row.text("method")?.map(str::to_owned),
            source: self.source(row)?,
        };
        let counted = self.populations.entry(body).or_default();
        let is_new = counted.iter().all(|other| {
            (other.boundaries, other.year) != (population.boundaries, population.year)
        });
        counted.push(population);
        unique(row, "body", is_new)
    }

    fn add_succession(&mut self, row: Row<'_>) -> Loaded {
        let succession = Succession {
            from: self.reference(row, "from", row.parse_required("from_kind")?)?,
            to: self.reference(row, "to", row.parse_required("to_kind")?)?,
            date: row.parse_required("date")?,
            part: row.text("part")?.map(str::to_owned),
            source: self.source(row)?,
        };
        let (from, to) = (self.body(succession.from), self.body(succession.to));
        if from.closed.is_some_and(|closed| closed >= succession.date) {
            return Err(row.fault("date", "The body that was goes on after this day."));
        }
        if to.opened.is_some_and(|opened| opened > succession.date) {
            return Err(row.fault("date", "The body that came begins after this day."));
        }
        self.successions.push(succession);
        Ok(())
    }

    fn reference(&self, row: Row<'_>, column: &str, kind: BodyKind) -> Result<BodyId, Diagnostic> {
        let key = row.required(column)?;
        self.by_key(kind, key).ok_or_else(|| {
            row.fault(column, &format!("\"{key}\" is not the code of a known {}.", kind.noun()))
        })
    }

    fn source(&self, row: Row<'_>) -> Result<String, Diagnostic> {
        let key = row.required("source")?;
        if self.sources.contains_key(key) {
            return Ok(key.to_owned());
        }
        Err(row.fault("source", &format!("\"{key}\" is not a key of the table sources.")))
    }
}

fn unique(row: Row<'_>, column: &str, is_new: bool) -> Loaded {
    if is_new { Ok(()) } else { Err(row.fault(column, "The same key occurs twice.")) }
}

/// The table of a kind of body.
const fn table_of(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::System => "systems",
        BodyKind::Icb => "boards",
        BodyKind::Partnership => "partnerships",
        BodyKind::Region => "regions",
        BodyKind::Council => "councils",
        BodyKind::District => "districts",
        BodyKind::Place => "places",
        BodyKind::Collaborative => "collaboratives",
        BodyKind::SubIcb => "sub_icb_locations",
        BodyKind::Ccg => "ccgs",
        BodyKind::Stp => "stps",
    }
}

/// What tells the bodies of a table apart.
enum Key {
    /// A code of their own.
    Column(&'static str),
    /// The body they are part of: there is one of them for each.
    Parent(&'static str),
    /// The body they are part of, and their name.
    ParentAndName(&'static str),
}

/// The columns of a table of bodies, besides `name` and `source`.
struct Columns {
    key: Key,
    parent: Option<(&'static str, BodyKind)>,
    others: &'static [&'static str],
}

impl Columns {
    const fn of(kind: BodyKind) -> Self {
        let board = Some(("board", BodyKind::Icb));
        let (key, parent, others): (_, _, &[_]) = match kind {
            BodyKind::Region => (Key::Column("ods_code"), None, &["ods_code"]),
            BodyKind::Icb => (
                Key::Column("ods_code"),
                None,
                &["ods_code", "short_name", "region", "opened", "closed", "website"],
            ),
            BodyKind::System => (Key::Parent("board"), board, &[]),
            BodyKind::Partnership => {
                (Key::Parent("board"), board, &["as_of", "confidence", "note"])
            }
            BodyKind::Council => (Key::Column("ons_code"), None, &["opened", "closed"]),
            BodyKind::District => {
                let county = Some(("council", BodyKind::Council));
                (Key::Column("ons_code"), county, &["closed"])
            }
            BodyKind::Place => {
                let others = &["ods_code", "form", "opened", "note", "as_of"];
                (Key::ParentAndName("board"), board, others)
            }
            BodyKind::Collaborative => {
                (Key::ParentAndName("board"), board, &["form", "note", "as_of"])
            }
            BodyKind::SubIcb => (Key::Column("ods_code"), board, &["ods_code", "opened", "closed"]),
            BodyKind::Ccg => {
                let stp = Some(("stp", BodyKind::Stp));
                (Key::Column("ods_code"), stp, &["ods_code", "opened", "closed"])
            }
            BodyKind::Stp => (Key::Column("ods_code"), None, &["ods_code", "opened", "closed"]),
        };
        Self { key, parent, others }
    }

    fn has(&self, column: &str) -> bool {
        self.others.contains(&column)
    }

    /// Whether each row names a page of its own rather than a key of the sources.
    fn has_pages(&self) -> bool {
        self.has("as_of")
    }
}
