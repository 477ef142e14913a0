//! Two layers compared: which, what was found, and what of it is on the map.

use std::sync::Arc;

use crate::model::{Changes, Edition, JoinedLayer, LayerId};
use crate::read::{Cancelled, Progress};
use crate::scene::ChangeView;

/// A comparison that is being made or on show.
#[derive(Debug)]
pub struct Comparison {
    /// The earlier layer.
    pub before: LayerId,
    /// The later layer, which is on the map.
    pub after: LayerId,
    /// Which comparison it is; a stale result is thrown away.
    pub generation: u64,
    /// Takes the wish to stop.
    pub progress: Progress,
    /// What was found.
    pub found: Option<Arc<Compared>>,
    /// Where the earlier map ends and the later one begins, as a share of the map's width, while
    /// they are side by side.
    pub swipe: Option<f32>,
}

/// What a comparison found.
#[derive(Debug)]
pub struct Compared {
    /// All changes.
    pub changes: Changes,
    /// What of them is drawn.
    pub view: Arc<ChangeView>,
}

impl Compared {
    /// Compares two layers by the shapes of their areas.
    ///
    /// # Errors
    /// If it is cancelled.
    pub fn new(
        before: &Arc<JoinedLayer>,
        after: &JoinedLayer,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (changes, view) = ChangeView::between(before, after, progress)?;
        Ok(Self { changes, view: Arc::new(view) })
    }
}

/// The pair to begin with: what is on show and the edition of the same kind before it, or after it
/// if there is none before.
#[must_use]
pub fn usual_pair(shown: LayerId, edition: Edition) -> (LayerId, LayerId) {
    let same_kind = |other: &Edition| other.kind() == edition.kind() && *other != edition;
    let before = Edition::MAPS.into_iter().rev().filter(|e| *e < edition).find(same_kind);
    let after = Edition::MAPS.into_iter().filter(|e| *e > edition).find(same_kind);
    match (shown, before, after) {
        // A file is held against the map of its own date.
        (LayerId::Opened(_), ..) => (LayerId::Bundled(edition), shown),
        (_, Some(before), _) => (LayerId::Bundled(before), shown),
        (_, None, Some(after)) => (shown, LayerId::Bundled(after)),
        (_, None, None) => (shown, shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Grid;
    use crate::model::Atlas;
    use crate::style::theme::Fate;

    fn compared(before: Edition, after: Edition) -> Compared {
        let atlas = Atlas::embedded().unwrap();
        let (before, after) = (atlas.edition(before).unwrap(), atlas.edition(after).unwrap());
        Compared::new(&before, &after, &Progress::default()).unwrap()
    }

    #[test]
    fn mergers_of_2026_are_told_from_boards_that_stayed() {
        let compared = compared(Edition::April2023, Edition::April2026);
        let count = |fate| compared.view.fates.iter().filter(|f| **f == fate).count();
        assert_eq!((count(Fate::Kept), count(Fate::Merged)), (29, 7));
        assert!(!compared.view.old_lines.is_empty(), "borders inside the new boards are no more");
    }

    #[test]
    fn a_redrawn_coast_and_border_leave_no_old_lines() {
        let compared = compared(Edition::July2022, Edition::April2023);
        let moved: f64 = compared.changes.moved.iter().map(|land| land.km2).sum();
        assert!(moved > 1.0);
        // Around the land that moved and nowhere else.
        let near_chichester = |p: &Grid| p.x > 475_000.0 && p.x < 515_000.0 && p.y < 140_000.0;
        assert!(compared.view.old_lines.iter().flatten().all(near_chichester));
    }

    #[test]
    fn what_is_on_show_is_compared_with_what_was_before() {
        let bundled = LayerId::Bundled;
        let pair = |edition| usual_pair(bundled(edition), edition);
        assert_eq!(
            pair(Edition::April2026),
            (bundled(Edition::April2023), bundled(Edition::April2026))
        );
        assert_eq!(
            pair(Edition::July2022),
            (bundled(Edition::July2022), bundled(Edition::April2023))
        );
        let file = LayerId::Opened(0);
        assert_eq!(usual_pair(file, Edition::April2026), (bundled(Edition::April2026), file));
    }
}
