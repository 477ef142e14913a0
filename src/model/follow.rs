//! Following bodies through time, and to where they can be seen.

use std::collections::HashSet;

use super::{BodyId, BodyKind, Date, Edition, JoinedLayer, Register};
use crate::read::bundled;

/// Where a body can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// The kind of areas.
    pub kind: BodyKind,
    /// Their edition.
    pub edition: Edition,
    /// The body that has an area there.
    pub body: BodyId,
}

impl Home {
    /// Whether it is on one of the maps that a person can choose.
    #[must_use]
    pub fn is_on_map(self) -> bool {
        self.edition.kind() == self.kind && Edition::MAPS.contains(&self.edition)
    }
}

/// Where a body can be seen: its own area, or if it has none, the areas of the bodies that it
/// was made of, of the body that it is part of, or of the bodies that came after it.
#[must_use]
pub fn homes(register: &Register, body: BodyId) -> Vec<Home> {
    own_home(register, body).map_or_else(
        || {
            let before = register.before(body).map(|succession| succession.from);
            let found: Vec<Home> = before.flat_map(|id| homes(register, id)).collect();
            let parent = register.body(body).parent;
            let found = if found.is_empty() {
                parent.map(|parent| homes(register, parent)).unwrap_or_default()
            } else {
                found
            };
            if found.is_empty() {
                let after = register.after(body).map(|succession| succession.to);
                return after.filter_map(|id| own_home(register, id)).collect();
            }
            found
        },
        |home| vec![home],
    )
}

/// The latest of the areas that a body itself has.
fn own_home(register: &Register, body: BodyId) -> Option<Home> {
    let kind = register.body(body).kind;
    let mut own = register.editions_of(body).into_iter().rev();
    let edition = own.find(|edition| bundled::LAYERS.contains(&(kind, *edition)))?;
    Some(Home { kind, edition, body })
}

/// The areas of a layer that belong to a body or to those that followed or preceded it, seen
/// from a day: what came later is no ancestor, and what was before no descendant. Each branch
/// goes on until it has an area.
pub fn follow(
    register: &Register,
    body: BodyId,
    layer: &JoinedLayer,
    seen_from: Option<Date>,
) -> Vec<usize> {
    if let Some(area) = layer.area_of(body) {
        return vec![area];
    }
    let later = |id: BodyId| -> Vec<BodyId> {
        let after = register.after(id).filter(|s| seen_from.is_none_or(|day| s.date > day));
        after.map(|succession| succession.to).collect()
    };
    let earlier = |id: BodyId| -> Vec<BodyId> {
        let before = register.before(id).filter(|s| seen_from.is_none_or(|day| s.date <= day));
        before.map(|succession| succession.from).collect()
    };
    let areas = branches(body, layer, later);
    if areas.is_empty() { branches(body, layer, earlier) } else { areas }
}

fn branches(body: BodyId, layer: &JoinedLayer, step: impl Fn(BodyId) -> Vec<BodyId>) -> Vec<usize> {
    let mut areas = Vec::new();
    let mut pending = step(body);
    let mut seen: HashSet<BodyId> = HashSet::new();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        match layer.area_of(id) {
            Some(area) => areas.push(area),
            None => pending.extend(step(id)),
        }
    }
    areas.sort_unstable();
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Atlas;

    #[test]
    fn a_board_that_was_split_is_followed_to_all_its_successors() {
        let atlas = Atlas::embedded().unwrap();
        let frimley = atlas.register.by_key(BodyKind::Icb, "QNQ").unwrap();
        let later = atlas.edition(Edition::April2026).unwrap();
        let mut names: Vec<_> = follow(&atlas.register, frimley, &later, None)
            .iter()
            .map(|a| later.names[*a].clone())
            .collect();
        names.sort();
        assert_eq!(names, ["Hampshire and Isle of Wight", "Surrey and Sussex", "Thames Valley"]);
    }

    #[test]
    fn a_board_is_followed_back_to_all_its_groups() {
        let atlas = Atlas::embedded().unwrap();
        let first = atlas.edition(Edition::April2013).unwrap();
        let groups = |board: &str, from: Edition| {
            let id = atlas.register.by_key(BodyKind::Icb, board).unwrap();
            follow(&atlas.register, id, &first, Some(from.day())).len()
        };
        // Counted in the table of groups: those of 2013 whose chain ends in the board.
        for (board, count) in [("QRL", 7), ("QWO", 10), ("QNX", 7), ("QHM", 13), ("QKK", 6)] {
            assert_eq!(groups(board, Edition::July2022), count, "{board}");
        }
        let with_frimley = groups("QRL", Edition::April2026);
        assert!(with_frimley > groups("QRL", Edition::July2022), "it took in a part in 2026");
    }

    #[test]
    fn every_body_can_be_seen_somewhere() {
        let atlas = Atlas::embedded().unwrap();
        let register = &atlas.register;
        for id in (0u32..).map(BodyId).take(register.bodies.len()) {
            assert!(!homes(register, id).is_empty(), "{}", register.body(id).name);
        }
        // NHS Berkshire East was made in 2018 and merged in 2021: maps of its time show it.
        let merged = register.by_key(BodyKind::Ccg, "15D").unwrap();
        let home = Home { kind: BodyKind::Ccg, edition: Edition::April2020, body: merged };
        assert_eq!(homes(register, merged), [home]);
        assert!(home.is_on_map());
        let cumbria = register.by_key(BodyKind::Council, "E10000006").unwrap();
        let later: Vec<_> = homes(register, cumbria).iter().map(|home| home.body).collect();
        assert_eq!(later.len(), 2, "Cumberland, and Westmorland and Furness");
    }
}
