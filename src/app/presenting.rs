//! The map alone on the screen: how it is shown there, and where a card about the selection
//! stands.

use super::state::State;
use crate::geo::space::{PagePoint, PageRect, PageSize};

/// Points along the width and the height of a card that are held against the map.
const SAMPLES: u8 = 14;

/// What is kept while the map is presented.
#[derive(Debug)]
pub struct Presenting {
    /// The room that the map had before, in pixels.
    pub room: PageSize,
    /// A line that stands at the foot of the map for a moment.
    pub note: String,
    /// How many such lines there have been: a new one begins its moment.
    pub notes: u64,
}

impl Presenting {
    /// Presenting begins, with a line that tells how it ends.
    #[must_use]
    pub fn new(room: PageSize, note: String) -> Self {
        Self { room, note, notes: 1 }
    }

    /// Shows a line for a moment.
    pub fn say(&mut self, note: String) {
        self.note = note;
        self.notes += 1;
    }
}

impl State {
    /// Whether the map is alone on the screen.
    #[must_use]
    pub fn is_presenting(&self) -> bool {
        self.presenting.is_some()
    }

    /// Whether keys step through bookmarks rather than through areas and time.
    #[must_use]
    pub fn is_stepping(&self) -> bool {
        self.is_presenting() && !self.usable_bookmarks().is_empty()
    }

    /// The upper left corner for a card of a size, `edge` pixels from the edges of the map: in
    /// the corner where it covers the least of the selection, and nothing of what is taken.
    #[must_use]
    pub fn place_for_card(&self, card: PageSize, edge: f32, taken: &[PageRect]) -> PagePoint {
        let (right, bottom) = (self.size.width - edge, self.size.height - edge);
        let corner = |is_right: bool, is_top: bool| {
            let x = if is_right { right - card.width } else { edge };
            let y = if is_top { edge } else { bottom - card.height };
            let mut rect = PageRect { x, y, width: card.width, height: card.height };
            for other in taken {
                if !other.overlaps(rect.grown(edge / 2.0)) {
                    continue;
                }
                rect.y = if is_top {
                    rect.y.max(other.bottom() + edge)
                } else {
                    rect.y.min(other.y - edge - card.height)
                };
            }
            rect
        };
        let corners = [corner(true, true), corner(true, false), corner(false, false)];
        let corners = corners.into_iter().chain([corner(false, true)]);
        let fits = |rect: &PageRect| rect.y >= 0.0 && rect.bottom() <= self.size.height;
        let covered = |rect: &PageRect| (!fits(rect), self.selection_under(rect.grown(edge / 2.0)));
        let best = corners.min_by_key(covered);
        best.map_or(PagePoint::new(edge, edge), |rect| PagePoint::new(rect.x, rect.y))
    }

    /// How many of some points in a box lie on what is selected or lit.
    fn selection_under(&self, rect: PageRect) -> usize {
        let lit = self.lit_areas();
        let step = |n: u8| f32::from(n) / f32::from(SAMPLES - 1);
        let places = (0..SAMPLES).flat_map(|i| (0..SAMPLES).map(move |j| (step(i), step(j))));
        let is_on_selection = |(a, b): &(f32, f32)| {
            let p = PagePoint::new(rect.x + a * rect.width, rect.y + b * rect.height);
            let place = self.camera.grid_from_page(p);
            let area = self.layer.layer.area_at(place);
            area.is_some_and(|area| self.selection.contains(&area))
                || lit.iter().any(|lit| lit.layer.layer.area_at(place) == Some(lit.area))
        };
        places.filter(is_on_selection).count()
    }
}
