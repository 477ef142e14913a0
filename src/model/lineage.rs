//! Who a body descends from and who came after it, as a graph.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{BodyId, Date, Register};

/// A body with all before and all after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// The body it is about.
    pub subject: BodyId,
    /// The subject, its ancestors and its descendants, in the order of the register.
    pub bodies: Vec<BodyId>,
    /// Positions in [`Register::successions`]: the ways from the ancestors over the subject to
    /// the descendants.
    pub edges: Vec<usize>,
    /// Descendants with the number of their direct predecessors that are left out.
    pub others: Vec<(BodyId, usize)>,
}

/// A succession in words and codes, as the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// First day of the new state.
    pub date: Date,
    /// What the body that was is.
    pub from_kind: &'static str,
    /// Its code.
    pub from: String,
    /// Its name.
    pub from_name: String,
    /// What the body that came is.
    pub to_kind: &'static str,
    /// Its code.
    pub to: String,
    /// Its name.
    pub to_name: String,
    /// Which part went over, where it was not the whole body.
    pub part: Option<String>,
    /// Where this comes from.
    pub source: String,
}

impl Lineage {
    /// The lineage of a body. That of a sub-ICB location is the lineage of its group.
    #[must_use]
    pub fn of(register: &Register, id: BodyId) -> Self {
        let subject = register.group_of(id).unwrap_or(id);
        let mut edges = BTreeSet::new();
        let mut bodies = BTreeSet::from([subject]);
        for is_later in [false, true] {
            let mut pending = vec![subject];
            let mut seen = BTreeSet::from([subject]);
            while let Some(here) = pending.pop() {
                for (position, succession) in register.successions.iter().enumerate() {
                    let (near, far) = if is_later {
                        (succession.from, succession.to)
                    } else {
                        (succession.to, succession.from)
                    };
                    if near == here {
                        edges.insert(position);
                        bodies.insert(far);
                        if seen.insert(far) {
                            pending.push(far);
                        }
                    }
                }
            }
        }
        let left_out = |id: &BodyId| {
            let others: BTreeSet<BodyId> = register.before(*id).map(|s| s.from).collect();
            (*id, others.difference(&bodies).count())
        };
        let others = bodies.iter().map(left_out).filter(|(_, count)| *count > 0).collect();
        Self {
            subject,
            bodies: bodies.into_iter().collect(),
            edges: edges.into_iter().collect(),
            others,
        }
    }

    /// The edges in words and codes, in time.
    #[must_use]
    pub fn in_words(&self, register: &Register) -> Vec<Edge> {
        let mut edges: Vec<Edge> =
            self.edges.iter().map(|edge| Edge::of(register, *edge)).collect();
        edges.sort_by(|a, b| (a.date, &a.to, &a.from).cmp(&(b.date, &b.to, &b.from)));
        edges
    }
}

impl Edge {
    fn of(register: &Register, position: usize) -> Self {
        let succession = &register.successions[position];
        let (from, to) = (register.body(succession.from), register.body(succession.to));
        let code = |body: &super::Body| body.code().unwrap_or_default().to_owned();
        Self {
            date: succession.date,
            from_kind: from.kind.label(),
            from: code(from),
            from_name: from.name.clone(),
            to_kind: to.kind.label(),
            to: code(to),
            to_name: to.name.clone(),
            part: succession.part.clone(),
            source: register.citation(&succession.source, None).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Atlas, BodyKind};

    fn codes(register: &Register, bodies: &[BodyId]) -> Vec<String> {
        let code = |id: &BodyId| register.body(*id).code().unwrap().to_owned();
        bodies.iter().map(code).collect()
    }

    #[test]
    fn the_lineage_of_a_group_leads_to_the_board_of_today() {
        let register = Atlas::embedded().unwrap().register;
        let id = register.by_key(BodyKind::Ccg, "06F").unwrap();
        let lineage = Lineage::of(&register, id);
        let mut found = codes(&register, &lineage.bodies);
        found.sort();
        assert_eq!(found, ["06F", "M1J4Y", "QHG", "S1Y5D"]);
        assert_eq!(lineage.edges.len(), 3);
        // Two more groups, the partnership, and two more boards.
        let counts: Vec<usize> = lineage.others.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts.iter().sum::<usize>(), 5, "{counts:?}");
        // A sub-ICB location has the lineage of its group.
        let location = register.by_key(BodyKind::SubIcb, "M1J4Y").unwrap();
        let lineage = Lineage::of(&register, location);
        assert_eq!(register.body(lineage.subject).kind, BodyKind::Ccg);
        assert_eq!(codes(&register, &lineage.bodies).len(), 6);
    }

    #[test]
    fn a_split_board_has_all_its_successors_and_no_siblings() {
        let register = Atlas::embedded().unwrap().register;
        let id = register.by_key(BodyKind::Icb, "QNQ").unwrap();
        let lineage = Lineage::of(&register, id);
        let found = codes(&register, &lineage.bodies);
        for code in ["S0E4D", "S9B9J", "QRL"] {
            assert!(found.iter().any(|other| other == code), "{code} in {found:?}");
        }
        let sussex = register.by_key(BodyKind::Icb, "QNX").unwrap();
        assert!(!lineage.bodies.contains(&sussex));
    }

    #[test]
    fn every_step_of_a_lineage_lies_between_its_bodies() {
        let register = Atlas::embedded().unwrap().register;
        for id in (0u32..).map(BodyId).take(register.bodies.len()) {
            let lineage = Lineage::of(&register, id);
            assert!(lineage.bodies.contains(&lineage.subject));
            for edge in &lineage.edges {
                let succession = &register.successions[*edge];
                assert!(lineage.bodies.contains(&succession.from));
                assert!(lineage.bodies.contains(&succession.to));
            }
        }
    }
}
