//! Going through the dated states of the map.

use crate::app::action::TimeAction;
use crate::app::effect::Effect;
use crate::app::state::State;
use crate::model::{Edition, LayerId};

impl State {
    pub(super) fn update_time(&mut self, action: TimeAction, effects: &mut Vec<Effect>) {
        match action {
            TimeAction::Go(edition) => self.go_to_time(Some(edition), effects),
            TimeAction::DragTo(edition) => {
                if !std::mem::replace(&mut self.is_time_dragged, true) {
                    self.remember();
                }
                self.is_playing = false;
                self.show_layer(LayerId::Bundled(edition), None, effects);
            }
            TimeAction::DragEnd => self.is_time_dragged = false,
            TimeAction::Earlier => self.go_to_time(self.neighbour(-1), effects),
            TimeAction::Later => self.go_to_time(self.neighbour(1), effects),
            TimeAction::TogglePlay => {
                self.is_playing = !self.is_playing;
                if self.is_playing {
                    self.remember();
                }
                // From the last state there is only the beginning to play from.
                if self.is_playing && self.neighbour(1).is_none() {
                    self.show_layer(LayerId::Bundled(Edition::MAPS[0]), None, effects);
                }
            }
            TimeAction::Tick => {
                if self.is_playing && self.awaited.is_none() {
                    let next = self.neighbour(1);
                    self.is_playing = next.is_some();
                    if let Some(edition) = next {
                        self.show_layer(LayerId::Bundled(edition), None, effects);
                    }
                }
            }
        }
    }

    /// A person's own choice of a time ends the playing.
    fn go_to_time(&mut self, edition: Option<Edition>, effects: &mut Vec<Effect>) {
        self.is_playing = false;
        if let Some(edition) = edition {
            self.remember();
            self.show_layer(LayerId::Bundled(edition), None, effects);
        }
    }

    /// The state so many steps later; from an opened file, the one of its date.
    fn neighbour(&self, steps: isize) -> Option<Edition> {
        let here = Edition::MAPS.iter().position(|edition| *edition == self.moment())?;
        let there = here.checked_add_signed(steps)?;
        Edition::MAPS.get(there).copied()
    }
}
