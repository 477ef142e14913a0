//! Loading facts about boards and the country.

use super::{Loaded, unique};
use crate::model::BodyKind;
use crate::model::Register;
use crate::model::fact::{Change, Cluster, Designation, Event, PlaceCount, Share, SystemCount};
use crate::model::table::Row;

impl Register {
    pub(super) fn add_share(&mut self, row: Row<'_>) -> Loaded {
        let kind: BodyKind = row.parse_required("kind")?;
        let share = Share {
            council: self.reference(row, "council", kind)?,
            board: self.reference(row, "board", BodyKind::Icb)?,
            edition: row.parse_required("edition")?,
            share: row.parse_required("share")?,
            source: self.source(row)?,
        };
        if !(share.share > 0.0 && share.share <= 1.0) {
            return Err(row.fault("share", "A share lies above 0 and is at most 1."));
        }
        let twin = |other: &Share| {
            (other.council, other.board, other.edition)
                == (share.council, share.board, share.edition)
        };
        let is_new = !self.shares.iter().any(twin);
        self.shares.push(share);
        unique(row, "council", is_new)
    }

    pub(super) fn add_designation(&mut self, row: Row<'_>) -> Loaded {
        let board = self.reference(row, "board", BodyKind::Icb)?;
        let owned = |column| row.text(column).map(|text| text.map(str::to_owned));
        let designation = Designation {
            wave: row.parse_required("wave")?,
            is_devolved: row.required("devolved")? == "yes",
            announced: row.required("announced")?.to_owned(),
            effective: row.required("effective")?.to_owned(),
            earlier_name: owned("earlier_name")?,
            note: owned("note")?,
            source: row.required("source")?.to_owned(),
        };
        if !(1..=6).contains(&designation.wave) {
            return Err(row.fault("wave", "There were six waves, from 1 to 6."));
        }
        unique(row, "board", self.designations.insert(board, designation).is_none())
    }

    pub(super) fn add_place_count(&mut self, row: Row<'_>) -> Loaded {
        let board = self.reference(row, "board", BodyKind::Icb)?;
        let count = PlaceCount {
            count: row.parse_required("count")?,
            what: row.required("what")?.to_owned(),
            source: row.required("source")?.to_owned(),
        };
        unique(row, "board", self.place_counts.insert(board, count).is_none())
    }

    /// A row is one cluster; its boards stand in one cell, with blanks between.
    pub(super) fn add_cluster(&mut self, row: Row<'_>) -> Loaded {
        let codes = row.required("boards")?.split(' ');
        let board = |code: &str| {
            let known = self.by_key(BodyKind::Icb, code);
            known.ok_or_else(|| row.fault("boards", &format!("\"{code}\" is not a known board.")))
        };
        let boards = codes.map(board).collect::<Result<Vec<_>, _>>()?;
        if boards.len() < 2 {
            return Err(row.fault("boards", "A cluster has two boards or more."));
        }
        let cluster = Cluster {
            boards,
            date: row.parse_required("date")?,
            note: row.text("note")?.map(str::to_owned),
            source: row.required("source")?.to_owned(),
        };
        self.clusters.push(cluster);
        Ok(())
    }

    pub(super) fn add_change(&mut self, row: Row<'_>) -> Loaded {
        let codes = row.text("groups")?.unwrap_or_default().split_whitespace();
        let group = |code: &str| {
            let known = self.by_key(BodyKind::Ccg, code);
            known.ok_or_else(|| row.fault("groups", &format!("\"{code}\" is not a known group.")))
        };
        let change = Change {
            groups: codes.map(group).collect::<Result<Vec<_>, _>>()?,
            date: row.parse_required("date")?,
            kind: row.parse_required("kind")?,
            from: self.reference(row, "from", BodyKind::Icb)?,
            to: self.reference(row, "to", BodyKind::Icb)?,
            text: row.required("text")?.to_owned(),
            source: self.source(row)?,
        };
        self.changes.push(change);
        Ok(())
    }

    pub(super) fn add_event(&mut self, row: Row<'_>) -> Loaded {
        let event = Event {
            date: row.parse_required("date")?,
            text: row.required("event")?.to_owned(),
            kind: row.required("kind")?.to_owned(),
            source: row.required("source")?.to_owned(),
            as_of: row.text("as_of")?.map(str::to_owned),
        };
        if self.events.last().is_some_and(|last| last.date > event.date) {
            return Err(row.fault("date", "Events stand in the order of time."));
        }
        self.events.push(event);
        Ok(())
    }

    pub(super) fn add_system_count(&mut self, row: Row<'_>) -> Loaded {
        let count = SystemCount {
            date: row.parse_required("date")?,
            count: row.parse_required("count")?,
            note: row.required("note")?.to_owned(),
            source: row.required("source")?.to_owned(),
        };
        if self.system_counts.last().is_some_and(|last| last.date > count.date) {
            return Err(row.fault("date", "Counts stand in the order of time."));
        }
        self.system_counts.push(count);
        Ok(())
    }
}
