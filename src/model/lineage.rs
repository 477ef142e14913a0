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
            let all = register.before(*id).count();
            let shown = edges.iter().filter(|edge| register.successions[**edge].to == *id).count();
            (*id, all - shown)
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
