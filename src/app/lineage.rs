//! Following bodies through time.

use crate::model::{BodyId, Edition, JoinedLayer, Register};

/// Where a body can be seen: its own area in a bundled map, or if it has none, the areas of
/// the bodies it was made of.
pub fn homes(register: &Register, body: BodyId) -> Vec<(Edition, BodyId)> {
    let kind = register.body(body).kind;
    let own = register.editions_of(body).into_iter().rev();
    let mut own = own.filter(|edition| Edition::MAPS.contains(edition) && edition.kind() == kind);
    if let Some(edition) = own.next() {
        return vec![(edition, body)];
    }
    register.before(body).flat_map(|succession| homes(register, succession.from)).collect()
}

/// The bodies one step later or earlier.
type Step = fn(&Register, BodyId) -> Vec<BodyId>;

/// The areas of a layer that belong to a body or to those that followed or preceded it.
pub fn follow(register: &Register, body: BodyId, layer: &JoinedLayer) -> Vec<usize> {
    if let Some(area) = layer.area_of(body) {
        return vec![area];
    }
    let after: Step = |register, id| register.after(id).map(|s| s.to).collect();
    let before: Step = |register, id| register.before(id).map(|s| s.from).collect();
    for step in [after, before] {
        let mut front = vec![body];
        while !front.is_empty() {
            front = front.into_iter().flat_map(|id| step(register, id)).collect();
            front.sort();
            front.dedup();
            let areas: Vec<usize> = front.iter().filter_map(|id| layer.area_of(*id)).collect();
            if !areas.is_empty() {
                return areas;
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Atlas, BodyKind};

    #[test]
    fn a_board_that_was_split_is_followed_to_all_its_successors() {
        let atlas = Atlas::embedded().unwrap();
        let frimley = atlas.register.by_key(BodyKind::Icb, "QNQ").unwrap();
        let later = atlas.edition(Edition::April2026).unwrap();
        let mut names: Vec<_> = follow(&atlas.register, frimley, &later)
            .iter()
            .map(|a| later.names[*a].clone())
            .collect();
        names.sort();
        assert_eq!(names, ["Hampshire and Isle of Wight", "Surrey and Sussex", "Thames Valley"]);
    }

    #[test]
    fn a_group_without_a_map_of_its_own_is_shown_by_its_parts() {
        let atlas = Atlas::embedded().unwrap();
        // NHS Berkshire East was made in 2018 and merged in 2021: no bundled map shows it.
        let merged = atlas.register.by_key(BodyKind::Ccg, "15D").unwrap();
        let homes = homes(&atlas.register, merged);
        assert_eq!(homes.len(), 3);
        assert!(homes.iter().all(|(edition, _)| *edition == Edition::April2013));
    }
}
