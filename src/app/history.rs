//! What was looked at, to go back and forward through it.

use super::bookmarks::Place;
use super::state::State;
use crate::model::{BodyId, LayerId};

/// Most that is remembered.
const MOST: usize = 100;

/// What was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The layer.
    pub layer: LayerId,
    /// The selected areas.
    pub selection: Vec<usize>,
    /// A body without an area of its own there.
    pub focus: Option<BodyId>,
    /// The part of the map, where coming back means to see it again.
    pub place: Option<Place>,
}

impl Visit {
    /// The way back to here leads to its place only if the way there led to one.
    fn placed_like(self, there: &Self) -> Self {
        Self { place: self.place.filter(|_| there.place.is_some()), ..self }
    }
}

/// The visits before and after the present one.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Visit>,
    future: Vec<Visit>,
}

impl History {
    /// Whether there is something to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to go forward to.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        !self.future.is_empty()
    }

    /// Remembers what is left behind.
    pub fn push(&mut self, visit: Visit) {
        self.future.clear();
        if self.past.last() != Some(&visit) {
            self.past.push(visit);
        }
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// The visit before, the present one being kept to come back to.
    pub fn back(&mut self, present: Visit) -> Option<Visit> {
        let visit = self.past.pop()?;
        self.future.push(present.placed_like(&visit));
        Some(visit)
    }

    /// The visit after, the present one being kept to come back to.
    pub fn forward(&mut self, present: Visit) -> Option<Visit> {
        let visit = self.future.pop()?;
        self.past.push(present.placed_like(&visit));
        Some(visit)
    }

    /// Forgets the visits of a layer that is closed.
    pub fn forget(&mut self, layer: LayerId) {
        self.past.retain(|visit| visit.layer != layer);
        self.future.retain(|visit| visit.layer != layer);
    }
}

impl State {
    /// What is looked at now.
    #[must_use]
    pub fn visit(&self) -> Visit {
        Visit {
            layer: self.layer_id,
            selection: self.selection.clone(),
            focus: self.focus,
            place: Some(self.place()),
        }
    }

    /// Remembers what is looked at, before something else is.
    pub(super) fn remember(&mut self) {
        let visit = Visit { place: None, ..self.visit() };
        self.history.push(visit);
    }

    /// Remembers also where on the map it was, before the map goes elsewhere by itself.
    pub(super) fn remember_with_place(&mut self) {
        let visit = self.visit();
        self.history.push(visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Edition;

    fn visit(area: usize) -> Visit {
        let layer = LayerId::Bundled(Edition::July2022);
        Visit { layer, selection: vec![area], focus: None, place: None }
    }

    #[test]
    fn back_and_forward_meet_again_and_a_new_way_forgets_the_old_one() {
        let mut history = History::default();
        history.push(visit(1));
        history.push(visit(2));
        assert_eq!(history.back(visit(3)), Some(visit(2)));
        assert_eq!(history.back(visit(2)), Some(visit(1)));
        assert_eq!(history.back(visit(1)), None);
        assert_eq!(history.forward(visit(1)), Some(visit(2)));
        history.push(visit(2));
        assert!(!history.can_go_forward());
        assert!(history.can_go_back());
    }
}
