//! Loading the register from its tables, every reference checked.

use super::Register;
use crate::diag::Diagnostic;
use crate::model::body::{Partnership, Population, Source, Succession};
use crate::model::names::short_name;
use crate::model::table::{Row, Table};
use crate::model::{Body, BodyId, BodyKind};

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
        read("regions", |register, row| register.add_body(BodyKind::Region, row))?;
        read("boards", |register, row| register.add_body(BodyKind::Icb, row))?;
        read("sub_icb_locations", |register, row| register.add_body(BodyKind::SubIcb, row))?;
        read("ccgs", |register, row| register.add_body(BodyKind::Ccg, row))?;
        read("stps", |register, row| register.add_body(BodyKind::Stp, row))?;
        read("councils", |register, row| register.add_body(BodyKind::Council, row))?;
        read("areas", Self::add_area)?;
        read("partnerships", Self::add_partnership)?;
        read("populations", Self::add_population)?;
        read("successions", Self::add_succession)?;
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
        let is_council = kind == BodyKind::Council;
        let key_column = if is_council { "ons_code" } else { "ods_code" };
        let key = row.required(key_column)?.to_owned();
        let only =
            |kinds: &[BodyKind], column: &'static str| kinds.contains(&kind).then_some(column);
        let date = |column: Option<&str>| column.map_or(Ok(None), |column| row.parse(column));
        let dated =
            only(&[BodyKind::Icb, BodyKind::Ccg, BodyKind::Stp, BodyKind::SubIcb], "opened");
        let name = row.required("name")?;
        let short = match only(&[BodyKind::Icb], "short_name") {
            Some(column) => row.required(column)?.to_owned(),
            None => short_name(name),
        };
        let text = |column: Option<&str>| column.map_or(Ok(None), |column| row.text(column));
        let reference = |kind, column: Option<&str>| {
            column.map(|column| self.reference(row, column, kind)).transpose()
        };
        let body = Body {
            kind,
            ods_code: if is_council { None } else { Some(row.parse_required("ods_code")?) },
            name: name.to_owned(),
            short_name: short,
            opened: date(dated)?,
            closed: date(dated.map(|_| "closed"))?,
            region: reference(BodyKind::Region, only(&[BodyKind::Icb], "region"))?,
            parent: reference(BodyKind::Icb, only(&[BodyKind::SubIcb], "board"))?,
            website: text(only(&[BodyKind::Icb], "website"))?.map(str::to_owned),
            source: self.source(row)?,
        };
        #[expect(clippy::cast_possible_truncation, reason = "some hundreds of bodies")]
        let id = BodyId(self.bodies.len() as u32);
        self.bodies.push(body);
        unique(row, key_column, self.by_key.insert((kind, key), id).is_none())
    }

    fn add_area(&mut self, row: Row<'_>) -> Loaded {
        let kind: BodyKind = row.parse_required("kind")?;
        let body = self.reference(row, "body", kind)?;
        let key = (kind, row.parse_required("edition")?, row.parse_required("ons_code")?);
        unique(row, "ons_code", self.by_area.insert(key, body).is_none())
    }

    fn add_partnership(&mut self, row: Row<'_>) -> Loaded {
        let board = self.reference(row, "board", BodyKind::Icb)?;
        let owned = |column| row.text(column).map(|text| text.map(str::to_owned));
        let partnership = Partnership {
            name: row.required("name")?.to_owned(),
            source: row.required("source")?.to_owned(),
            as_of: owned("as_of")?,
            confidence: row.required("confidence")?.to_owned(),
            note: owned("note")?,
        };
        unique(row, "board", self.partnerships.insert(board, partnership).is_none())
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
        let is_new = counted.iter().all(|other| other.boundaries != population.boundaries);
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
        self.successions.push(succession);
        Ok(())
    }

    fn reference(&self, row: Row<'_>, column: &str, kind: BodyKind) -> Result<BodyId, Diagnostic> {
        let key = row.required(column)?;
        self.by_key.get(&(kind, key.to_owned())).copied().ok_or_else(|| {
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
