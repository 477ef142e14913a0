//! Figures: a table is read for the layer on show, read again, and coloured as it is chosen.

use std::sync::Arc;

use crate::app::action::FigureAction;
use crate::app::effect::Effect;
use crate::app::figures::{Again, FigureKey, FigureReading, OpenFigures, ReadFigures};
use crate::app::files::{Stamp, name_of};
use crate::app::notice::Notice;
use crate::app::state::State;
use crate::diag::{Diagnostic, Severity};
use crate::figures::Figures;
use crate::figures::classes::{Classes, Method};
use crate::model::LayerId;
use crate::read::Choices;
use crate::recipe::FigureChoice;
use crate::style::theme::Style;

/// Bars of the histogram: about as many as there is room for and the eye can tell apart.
const BARS: usize = 24;

impl State {
    pub(super) fn update_figures(&mut self, action: FigureAction) {
        match action {
            FigureAction::Choose(choice) => self.choose_figures(*choice),
            FigureAction::ToggleSort => self.figures.is_sorted = !self.figures.is_sorted,
            FigureAction::Break(action) => self.update_breaks(action),
            FigureAction::Close => self.close_figures(),
        }
    }

    pub(super) fn close_figures(&mut self) {
        self.figures = OpenFigures::default();
        self.making.forget_figures();
    }

    fn choose_figures(&mut self, mut choice: FigureChoice) {
        let figures = &mut self.figures;
        (figures.typed, figures.drag, figures.keyed) = (None, None, None);
        let Some(before) = figures.choice.take() else { return };
        let is_own = |choice: &FigureChoice| matches!(choice.method(), Ok(Method::Breaks(_)));
        if !is_own(&before) {
            figures.automatic.clone_from(&before.classes);
        }
        // Own breaks are of the numbers for which they were made, and of others like them.
        let is_kept = before.classes == choice.classes;
        if is_own(&choice) && is_kept && !figures.are_alike(&before, &choice) {
            choice.classes.clone_from(&figures.automatic);
        }
        if before != choice {
            self.making.remember_figures(before);
        }
        self.figures.choice = Some(choice);
    }

    /// Shows the figures as they were shown before.
    pub(super) fn put_back_figures(&mut self, choice: FigureChoice) {
        let figures = &mut self.figures;
        (figures.typed, figures.drag, figures.keyed) = (None, None, None);
        figures.choice = Some(choice);
    }

    /// The table is read again with the same choices.
    pub(super) fn reread_figures(&mut self, why: Again) {
        if self.figures.choice.is_some() {
            // A table that could not be read may be better now.
            self.figures.refused = None;
            self.figures.again.get_or_insert(why);
        }
    }

    /// A layer is another one from now on: what was read for its areas is of no use.
    pub(super) fn forget_figures_of(&mut self, layer: LayerId) {
        let figures = &mut self.figures;
        if figures.read.as_ref().is_some_and(|read| read.of.layer == layer) {
            (figures.read, figures.shown, figures.shown_of) = (None, None, None);
        }
        if let Some(reading) = figures.reading.take_if(|reading| reading.of.layer == layer) {
            figures.again = figures.again.or(reading.again);
        }
        figures.refused = figures.refused.take().filter(|(of, _)| of.layer != layer);
    }

    /// Reads the table for the layer on show and colours the map, where that has changed.
    pub(super) fn refresh_figures(&mut self, effects: &mut Vec<Effect>) {
        let Some(choice) = self.figures.choice.clone() else {
            self.figures.shown = None;
            return;
        };
        let key = FigureKey::new(self.layer_id, &choice);
        let figures = &mut self.figures;
        let is_read = figures.read.as_ref().is_some_and(|read| read.of == key);
        if !is_read {
            let refused = figures.refused.as_ref().filter(|(refused, _)| *refused == key);
            figures.shown = refused.map(|(_, why)| Err(why.clone()));
            figures.shown_of = None;
        }
        let is_refused = figures.shown.is_some() && !is_read;
        let is_wanted = if is_read { figures.again.is_some() } else { !is_refused };
        if is_wanted && figures.reading.is_none() && !self.is_layer_awaited() {
            self.read_figures(key.clone(), choice.clone(), effects);
        }
        if is_read {
            self.show_figures(key, choice);
        }
    }

    /// Whether the layer on show is about to be read again; its table follows then.
    fn is_layer_awaited(&self) -> bool {
        let reading = self.reading.as_ref().map(|reading| &reading.order);
        self.queue.iter().chain(reading).any(|order| order.replaces == Some(self.layer_id))
    }

    fn read_figures(&mut self, of: FigureKey, choice: FigureChoice, effects: &mut Vec<Effect>) {
        self.next_generation += 1;
        let generation = self.next_generation;
        effects.push(Effect::ReadFigures {
            generation,
            choice: Box::new(choice),
            layer: self.layer.clone(),
            register: self.atlas.register.clone(),
        });
        let again = self.figures.again.take();
        self.figures.reading = Some(FigureReading { generation, of, again });
    }

    fn show_figures(&mut self, key: FigureKey, choice: FigureChoice) {
        let of = (key, choice);
        let Some(read) = self.figures.read.as_ref() else { return };
        if self.figures.shown_of.as_ref() == Some(&of) {
            return;
        }
        let register = &self.atlas.register;
        let shown = of.1.show(&read.figures, &self.layer, register, Style::Light);
        let numbers = shown.as_ref().ok().filter(|shown| shown.view.classes.is_some());
        let numbers = numbers.map(|shown| shown.column.numbers()).unwrap_or_default();
        self.figures.bins = Classes::histogram(&numbers, BARS);
        self.figures.shown = Some(shown.map_err(|error| error.to_string()));
        self.figures.shown_of = Some(of);
    }

    /// A reading has ended; `stamp` is the table as it was just before it.
    pub(super) fn finish_figures(
        &mut self,
        generation: u64,
        stamp: Stamp,
        result: Result<(Arc<Figures>, Vec<Diagnostic>), String>,
        effects: &mut Vec<Effect>,
    ) {
        let reading = self.figures.reading.take_if(|reading| reading.generation == generation);
        let Some(FigureReading { of, again, .. }) = reading else { return };
        let Some(choice) = self.figures.choice.clone() else { return };
        // Until it changes once more, there is nothing new to read.
        self.figures.stamp = stamp;
        let has_old = self.figures.read.as_ref().is_some_and(|read| read.of == of);
        let is_wanted = of == FigureKey::new(self.layer_id, &choice);
        match result {
            Ok((figures, details)) => {
                if has_old && is_wanted {
                    let register = &self.atlas.register;
                    let shown = choice.show(&figures, &self.layer, register, Style::Light);
                    if let Err(error) = shown {
                        return self.keep_figures(&choice, &error.to_string());
                    }
                }
                self.tell_figures(&of.choice, again, &figures, details, effects);
                self.figures.told = Some(of.choice.clone());
                self.figures.read = Some(ReadFigures { of, figures });
                self.figures.shown_of = None;
            }
            Err(error) if self.figures.told.is_none() => {
                // A table that never was on the map is forgotten.
                self.figures.choice = None;
                let title = format!("{} was not opened. {error}", name_of(&choice.file));
                self.tell(Notice::new(Severity::Error, title));
            }
            Err(error) if has_old => self.keep_figures(&choice, &error),
            Err(error) => self.figures.refused = Some((of, error)),
        }
    }

    /// What was read before stays on the map, and why is told.
    fn keep_figures(&mut self, choice: &FigureChoice, error: &str) {
        let name = name_of(&choice.file);
        let end = if error.ends_with(['.', '!', '?']) { "" } else { "." };
        let title = format!(
            "{name} could not be read again; the map shows the figures read before. {error}{end}"
        );
        self.tell_of_table(Notice::new(Severity::Error, title));
    }

    fn tell_figures(
        &mut self,
        choice: &FigureChoice,
        again: Option<Again>,
        figures: &Figures,
        details: Vec<Diagnostic>,
        effects: &mut Vec<Effect>,
    ) {
        let is_news = self.figures.told.as_ref() != Some(choice);
        let name = name_of(&choice.file);
        let of = format!("{} of {} areas", figures.areas, self.layer.layer.areas.len());
        let title = match again {
            Some(Again::Changed) => format!("{name} changed and was read again: {of}."),
            Some(Again::Asked) => format!("{name} was read again: {of}."),
            None if is_news => {
                let columns = match figures.columns.len() {
                    1 => "1 column".to_owned(),
                    many => format!("{many} columns"),
                };
                format!("{name} is on the map: {of}, {columns}.")
            }
            // The same table for another layer.
            None => return,
        };
        if is_news {
            self.settings.remember_file(&choice.file, Choices::default());
            effects.push(Effect::SaveSettings);
        }
        let severity = details.iter().map(|d| d.severity).max().unwrap_or(Severity::Info);
        self.tell_of_table(Notice { details, ..Notice::new(severity, title) });
    }

    /// Tells of the table in place of what was told of it before.
    fn tell_of_table(&mut self, notice: Notice) {
        self.notices.retain(|notice| !notice.is_of_figures);
        self.tell(Notice { is_of_figures: true, ..notice });
    }
}

impl OpenFigures {
    /// Whether the breaks of one choice make sense for the numbers of another: they are counted
    /// in the same, and some breaks are among them.
    fn are_alike(&self, before: &FigureChoice, after: &FigureChoice) -> bool {
        if before.sheet != after.sheet
            || before.id_column != after.id_column
            || before.per_100_000 != after.per_100_000
        {
            return false;
        }
        if before.column == after.column {
            return true;
        }
        let column = |choice: &FigureChoice| {
            let figures = &self.read.as_ref()?.figures;
            let named = choice
                .column
                .as_deref()
                .map_or(Some(figures.first_column), |name| figures.column(name))?;
            figures.columns.get(named)
        };
        let (Some(one), Some(other), Ok(method)) = (column(before), column(after), after.method())
        else {
            return false;
        };
        one.unit == other.unit && Classes::new(&method, &other.numbers()).len() > 1
    }
}
