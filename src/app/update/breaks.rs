//! Breaks between classes: dragged, moved with keys, added, removed and typed.

use crate::app::action::BreakAction;
use crate::app::figures::{BreakDrag, TypedBreaks};
use crate::app::state::State;
use crate::figures::classes::Method;
use crate::figures::classes::hand::Rail;
use crate::figures::classes::typed::read_breaks;

impl State {
    pub(super) fn update_breaks(&mut self, action: BreakAction) {
        let keyed = self.figures.keyed.take();
        match action {
            BreakAction::Grab(at) => self.grab_break(at),
            BreakAction::DragTo(value) => self.drag_break(Some(value)),
            BreakAction::DragOut => self.drag_break(None),
            BreakAction::DragEnd => self.let_break_go(),
            BreakAction::Step(at, steps) => self.step_break(at, steps, keyed),
            BreakAction::Add(value) => {
                let breaks = self.figures.breaks();
                if let Some(more) = self.rail().and_then(|rail| rail.added(&breaks, value)) {
                    self.take_breaks(more);
                }
            }
            BreakAction::Remove(at) => {
                let breaks = self.figures.breaks();
                if let Some(fewer) = self.rail().and_then(|rail| rail.removed(&breaks, at)) {
                    self.take_breaks(fewer);
                }
            }
            BreakAction::Type(text) => {
                self.figures.typed = Some(TypedBreaks { text, error: None });
            }
            BreakAction::TakeTyped => self.take_typed(),
        }
    }

    fn rail(&self) -> Option<Rail> {
        self.figures.classes().and_then(Rail::new)
    }

    fn grab_break(&mut self, at: usize) {
        let breaks = self.figures.breaks();
        let (Some(before), Some(origin)) = (self.figures.choice.clone(), breaks.get(at).copied())
        else {
            return;
        };
        self.figures.drag = Some(BreakDrag { before, breaks, at, origin, is_out: false });
    }

    /// The dragged break is held at a value, or outside of the histogram.
    fn drag_break(&mut self, value: Option<f64>) {
        let Some(rail) = self.rail() else { return };
        let Some(mut drag) = self.figures.drag.take() else { return };
        let without = rail.removed(&drag.breaks, drag.at);
        // The last break cannot go: it stays where it was held before.
        drag.is_out = value.is_none() && without.is_some();
        if let Some(value) = value {
            drag.breaks[drag.at] = rail.moved(&drag.breaks, drag.at, value);
        }
        let wanted = without.filter(|_| drag.is_out).unwrap_or_else(|| drag.breaks.clone());
        if wanted != self.breaks_on_map() {
            self.put_breaks(wanted);
        }
        self.figures.drag = Some(drag);
    }

    /// All of a drag is one step to take back.
    fn let_break_go(&mut self) {
        let Some(drag) = self.figures.drag.take() else { return };
        if self.figures.choice.as_ref().is_some_and(|choice| *choice != drag.before) {
            self.making.remember_figures(drag.before);
        }
    }

    fn step_break(&mut self, at: usize, steps: i32, keyed: Option<usize>) {
        let mut breaks = self.figures.breaks();
        let Some(rail) = self.rail().filter(|_| at < breaks.len()) else { return };
        let to = rail.stepped(&breaks, at, steps);
        if to.to_bits() == breaks[at].to_bits() {
            self.figures.keyed = keyed.filter(|before| *before == at);
            return;
        }
        breaks[at] = to;
        if keyed == Some(at) {
            self.put_breaks(breaks);
        } else {
            self.take_breaks(breaks);
        }
        self.figures.keyed = Some(at);
    }

    fn take_typed(&mut self) {
        let Some(typed) = self.figures.typed.take() else { return };
        let Some(classes) = self.figures.classes() else { return };
        match read_breaks(&typed.text, classes) {
            Ok(breaks) if breaks == self.breaks_on_map() => {}
            Ok(breaks) => self.take_breaks(breaks),
            // What was typed stays, to be corrected, and the last good breaks stay on the map.
            Err(error) => {
                self.figures.typed = Some(TypedBreaks { error: Some(error), ..typed });
            }
        }
    }

    /// The breaks of the map as it is, with those beyond the values.
    fn breaks_on_map(&self) -> Vec<f64> {
        match self.figures.method() {
            Method::Breaks(own) => own,
            _ => self.figures.classes().map(|classes| classes.breaks.clone()).unwrap_or_default(),
        }
    }

    /// Own breaks as a step that can be taken back.
    fn take_breaks(&mut self, breaks: Vec<f64>) {
        if let Some(before) = self.figures.choice.clone() {
            self.making.remember_figures(before);
        }
        self.put_breaks(breaks);
    }

    fn put_breaks(&mut self, breaks: Vec<f64>) {
        let is_own = matches!(self.figures.method(), Method::Breaks(_));
        let figures = &mut self.figures;
        let Some(choice) = figures.choice.as_mut() else { return };
        if !is_own {
            figures.automatic.clone_from(&choice.classes);
        }
        figures.typed = None;
        choice.classes = Some(Method::Breaks(breaks).to_string());
    }
}
