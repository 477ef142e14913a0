//! Which row each box is in: two trees that meet in the body that the drawing is about.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Columns;
use super::plate::Plate;
use crate::model::{BodyId, BodyKind, Lineage, Register};

/// Space between boxes, and what is added around a branch of several and before the first
/// partnership.
const GAP: f32 = 10.0;
const BRANCH_GAP: f32 = 10.0;
const KIND_GAP: f32 = 8.0;

/// A smaller step between two boxes is evened out.
const STEP: f32 = 12.0;

/// The middle of each box, from zero at the top of the highest one.
pub fn place(
    register: &Register,
    lineage: &Lineage,
    columns: &Columns,
    plates: &BTreeMap<BodyId, Plate>,
    scale: f32,
) -> BTreeMap<BodyId, f32> {
    let subject = lineage.subject;
    let mut claimed = BTreeSet::from([subject]);
    let mut tree = |is_back: bool| {
        let mut tree = Tree {
            register,
            lineage,
            columns,
            plates,
            scale,
            is_back,
            claimed: &mut claimed,
            order: Vec::new(),
            middles: BTreeMap::new(),
        };
        tree.branch(subject, 0.0);
        tree.middles
    };
    let mut middles = tree(true);
    let after = tree(false);
    let shift = middles[&subject] - after[&subject];
    middles.extend(after.into_iter().map(|(id, y)| (id, y + shift)));
    let top = middles.iter().map(|(id, y)| y - plates[id].height / 2.0).fold(f32::MAX, f32::min);
    for y in middles.values_mut() {
        *y -= top;
    }
    middles
}

struct Tree<'a> {
    register: &'a Register,
    lineage: &'a Lineage,
    columns: &'a Columns,
    plates: &'a BTreeMap<BodyId, Plate>,
    scale: f32,
    is_back: bool,
    claimed: &'a mut BTreeSet<BodyId>,
    order: Vec<BodyId>,
    middles: BTreeMap<BodyId, f32>,
}

impl Tree<'_> {
    /// Places a body and its branch below `top`; returns where they end. A body stands in the
    /// middle of those that it came from or that came of it.
    fn branch(&mut self, id: BodyId, top: f32) -> f32 {
        let first = self.order.len();
        let half = self.plates[&id].height / 2.0;
        let children = self.children(id);
        // A body in the same column needs a row beside, not around, this one.
        let is_beside = |other: &BodyId| self.columns.column(*other) == self.columns.column(id);
        let (beside, around): (Vec<BodyId>, Vec<BodyId>) =
            children.into_iter().partition(is_beside);
        let mut bottom = self.stack(&around, top);
        let middle_of = |id: Option<&BodyId>| id.map(|id| self.middles[id]);
        let mut middle = match (middle_of(around.first()), middle_of(around.last())) {
            (Some(first), Some(last)) => f32::midpoint(first, last),
            _ => top + half,
        };
        // A small step in a line looks like a slip.
        let near = around.iter().map(|id| self.middles[id]);
        if let Some(near) = near.into_iter().find(|y| (y - middle).abs() < STEP * self.scale) {
            middle = near;
        }
        // A box taller than its branch pushes the branch down.
        let push = (top - (middle - half)).max(0.0);
        for id in &self.order[first..] {
            if let Some(y) = self.middles.get_mut(id) {
                *y += push;
            }
        }
        middle += push;
        bottom = (bottom + push).max(middle + half);
        self.middles.insert(id, middle);
        self.order.push(id);
        if !beside.is_empty() {
            bottom = self.stack(&beside, bottom + (GAP + BRANCH_GAP) * self.scale);
        }
        bottom
    }

    /// Places branches below one another; returns where they end.
    fn stack(&mut self, ids: &[BodyId], top: f32) -> f32 {
        let mut bottom = top;
        let mut before: Option<(BodyKind, bool)> = None;
        for id in ids {
            let start = self.order.len();
            let kind = self.register.body(*id).kind;
            let has_branch = self.has_children(*id);
            if let Some((earlier_kind, had_branch)) = before {
                let mut gap = GAP;
                if has_branch || had_branch {
                    gap += BRANCH_GAP;
                }
                if kind != earlier_kind {
                    gap += KIND_GAP;
                }
                bottom += gap * self.scale;
            }
            bottom = self.branch(*id, bottom);
            before = Some((kind, self.order.len() > start + 1));
        }
        bottom
    }

    /// The next bodies of a branch that have no place yet: partnerships last, by name.
    fn children(&mut self, id: BodyId) -> Vec<BodyId> {
        let mut children = self.neighbours(id);
        children.retain(|id| self.claimed.insert(*id));
        let key = |id: &BodyId| {
            let body = self.register.body(*id);
            (body.kind == BodyKind::Stp, body.short_name.as_str(), *id)
        };
        children.sort_by(|a, b| key(a).cmp(&key(b)));
        children
    }

    fn has_children(&self, id: BodyId) -> bool {
        self.neighbours(id).iter().any(|id| !self.claimed.contains(id))
    }

    fn neighbours(&self, id: BodyId) -> Vec<BodyId> {
        let steps = self.lineage.edges.iter().map(|edge| &self.register.successions[*edge]);
        let ends = steps.map(|s| if self.is_back { (s.to, s.from) } else { (s.from, s.to) });
        ends.filter(|(here, _)| *here == id).map(|(_, next)| next).collect()
    }
}
