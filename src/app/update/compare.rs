//! Comparing two layers.

use std::sync::Arc;

use crate::app::action::CompareAction;
use crate::app::comparison::{Compared, Comparison, usual_pair};
use crate::app::drawing::Output;
use crate::app::effect::Effect;
use crate::app::state::{Asking, State};
use crate::geo::space::{GridRect, bounds_of, union};
use crate::model::LayerId;
use crate::read::Progress;

impl State {
    pub(super) fn update_comparison(&mut self, action: CompareAction, effects: &mut Vec<Effect>) {
        match action {
            CompareAction::Toggle if self.comparison.is_some() => self.end_comparison(),
            CompareAction::Toggle => {
                let (before, after) = usual_pair(self.layer_id, self.moment());
                self.compare(before, after, effects);
            }
            CompareAction::Choose(before, after) => self.compare(before, after, effects),
            CompareAction::ToggleSwipe => {
                if let Some(comparison) = &mut self.comparison {
                    comparison.swipe = if comparison.swipe.is_some() { None } else { Some(0.5) };
                }
            }
            CompareAction::SwipeTo(share) => {
                if let Some(Comparison { swipe: Some(at), .. }) = &mut self.comparison {
                    *at = share.clamp(0.0, 1.0);
                }
            }
            CompareAction::ShowMoved(index) => self.show_moved(index),
            CompareAction::SaveTable => {
                if let Some(found) = self.comparison.as_ref().and_then(|c| c.found.clone()) {
                    let changes = &found.changes;
                    let name = format!("Changes {} to {}.csv", changes.a.title, changes.b.title);
                    self.asking = Some(Asking::Target(Output::Table(changes.in_csv())));
                    effects.push(Effect::PickTarget(name.replace(['/', '\\', ':'], " ")));
                }
            }
        }
    }

    /// Compares anew if a layer of the comparison has been read again.
    pub(super) fn renew_comparison(&mut self, id: LayerId, effects: &mut Vec<Effect>) {
        let pair = self.comparison.as_ref().map(|comparison| (comparison.before, comparison.after));
        if let Some((before, after)) = pair.filter(|(a, b)| *a == id || *b == id) {
            self.compare(before, after, effects);
        }
    }

    fn compare(&mut self, before: LayerId, after: LayerId, effects: &mut Vec<Effect>) {
        let swipe = self.comparison.as_ref().and_then(|comparison| comparison.swipe);
        self.end_comparison();
        (self.is_playing, self.awaited) = (false, None);
        self.next_generation += 1;
        let (generation, progress) = (self.next_generation, Progress::default());
        effects.push(Effect::Compare { generation, before, after, progress: progress.clone() });
        self.comparison =
            Some(Comparison { before, after, generation, progress, found: None, swipe });
    }

    /// Ends the comparison: what is still being worked out is stopped.
    pub(super) fn end_comparison(&mut self) {
        if let Some(comparison) = self.comparison.take() {
            comparison.progress.cancel();
        }
    }

    /// The layers are compared, and thereby decoded.
    pub(super) fn finish_comparison(
        &mut self,
        generation: u64,
        found: Option<Arc<Compared>>,
        effects: &mut Vec<Effect>,
    ) {
        let is_meant = |comparison: &&mut Comparison| comparison.generation == generation;
        let Some(comparison) = self.comparison.as_mut().filter(is_meant) else { return };
        comparison.found = found;
        let after = comparison.after;
        if comparison.found.is_none() {
            self.comparison = None;
        } else if after != self.layer_id {
            self.remember();
            self.show_layer(after, None, effects);
        }
    }

    /// Shows a piece of land that moved.
    fn show_moved(&mut self, index: usize) {
        let found = self.comparison.as_ref().and_then(|comparison| comparison.found.as_ref());
        let land = found.and_then(|found| found.changes.moved.get(index));
        let boxes =
            land.into_iter().flat_map(|land| &land.polygons).filter_map(|p| bounds_of(&p[0]));
        if let Some(bounds) = boxes.reduce(union) {
            self.mark = None;
            let room = bounds.width().max(bounds.height()).max(3000.0);
            self.show_bounds(grown(bounds, room));
        }
    }
}

fn grown(bounds: GridRect, by: f64) -> GridRect {
    let shift =
        |p: crate::geo::space::Grid, by: f64| crate::geo::space::Grid { x: p.x + by, y: p.y + by };
    GridRect::new(shift(bounds.min(), -by), shift(bounds.max(), by))
}
