//! What there was on the day of an edition: counts of bodies, and the events that led to it.

use super::fact::Event;
use super::{BodyKind, Edition, Register};

/// The state of affairs on the day of an edition.
#[derive(Debug, Clone)]
pub struct Moment<'a> {
    /// How many bodies there were: `106 CCGs · 42 STPs, of which 42 are ICSs`.
    pub counts: String,
    /// The events since the edition before, up to the day.
    pub events: Vec<&'a Event>,
}

impl<'a> Moment<'a> {
    /// The moment of an edition.
    #[must_use]
    pub fn of(register: &'a Register, edition: Edition) -> Self {
        let day = edition.day();
        let before = Edition::MAPS.into_iter().rev().find(|other| *other < edition);
        let since = before.map(Edition::day);
        let events = register.events.iter();
        let events = events
            .filter(|event| event.date <= day && since.is_none_or(|since| event.date > since));
        Self { counts: counts(register, edition), events: events.collect() }
    }
}

fn counts(register: &Register, edition: Edition) -> String {
    let day = edition.day();
    let count = |kind| register.on(kind, day).count();
    if edition.kind() == BodyKind::Icb {
        let boards = count(BodyKind::Icb);
        return format!("{boards} ICBs, one for each of {boards} ICSs");
    }
    let mut text = format!("{} CCGs", count(BodyKind::Ccg));
    let stps = count(BodyKind::Stp);
    if stps > 0 {
        text = format!("{text} · {stps} STPs");
    }
    match register.systems_on(day) {
        Some(systems) if systems.count == 0 => format!("{text} · {}", systems.note),
        Some(systems) if usize::from(systems.count) == stps => {
            format!("{text}, of which {stps} are ICSs")
        }
        Some(systems) => format!("{text} · {} ICSs", systems.count),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Atlas;

    #[test]
    fn counts_are_those_of_the_day() {
        let register = Atlas::embedded().unwrap().register;
        for (edition, counts) in [
            (Edition::April2013, "211 CCGs"),
            (Edition::April2017, "207 CCGs · 44 STPs"),
            (
                Edition::April2018,
                "195 CCGs · 44 STPs · 8 shadow accountable care systems and 2 devolved systems",
            ),
            (Edition::April2019, "191 CCGs · 42 STPs · 14 ICSs"),
            (Edition::April2020, "135 CCGs · 42 STPs · 14 ICSs"),
            (Edition::April2021, "106 CCGs · 42 STPs, of which 42 are ICSs"),
            (Edition::July2022, "42 ICBs, one for each of 42 ICSs"),
            (Edition::April2026, "36 ICBs, one for each of 36 ICSs"),
        ] {
            assert_eq!(Moment::of(&register, edition).counts, counts, "{edition}");
        }
    }

    #[test]
    fn every_event_up_to_2026_belongs_to_one_edition() {
        let register = Atlas::embedded().unwrap().register;
        let of_editions = Edition::MAPS.iter().map(|e| Moment::of(&register, *e).events.len());
        let last = Edition::April2026.day();
        let past = register.events.iter().filter(|event| event.date <= last).count();
        assert_eq!(of_editions.sum::<usize>(), past);
        assert_eq!(past + 1, register.events.len(), "only the mergers of 2027 lie ahead");
    }
}
