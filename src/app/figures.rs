//! Figures on the map in the window: a table that was opened, and how it is shown.

use std::path::Path;
use std::sync::Arc;

use super::effect::Effect;
use super::files::name_of;
use super::notice::Notice;
use super::state::State;
use crate::diag::{Diagnostic, Severity};
use crate::figures::Figures;
use crate::model::LayerId;
use crate::read::Choices;
use crate::recipe::{FigureChoice, Shown};
use crate::style::theme::{Style, Theme};

/// Endings of the names of tables; what is in one, its content tells.
const ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "xlsb"];

/// Whether a file is opened as a table of figures.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// What reading a table depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureKey {
    layer: LayerId,
    /// The choice without what is chosen after reading.
    choice: FigureChoice,
}

/// A table that has been read for a layer.
#[derive(Debug)]
pub struct ReadFigures {
    /// What it was read for.
    of: FigureKey,
    /// Its columns, with a value for each area.
    pub figures: Arc<Figures>,
}

/// The figures of the window.
#[derive(Debug, Default)]
pub struct OpenFigures {
    /// What is wanted; `None` without a table.
    pub choice: Option<FigureChoice>,
    /// The table, read for the layer on show.
    pub read: Option<ReadFigures>,
    /// What is on the map, or why nothing is.
    pub shown: Option<Result<Shown, String>>,
    /// Whether the list of areas is sorted by the figure.
    pub is_sorted: bool,
    shown_of: Option<(FigureKey, FigureChoice)>,
    /// What is being read, and which reading it is.
    reading: Option<(u64, FigureKey)>,
    /// What could not be read, and why.
    refused: Option<(FigureKey, String)>,
    /// The table of which the notices have been told.
    told: Option<FigureChoice>,
}

/// The figures of the area that the panel is about.
#[derive(Debug, PartialEq, Eq)]
pub struct AreaFigure {
    /// The name of the column.
    pub heading: String,
    /// The value, or why there is none.
    pub value: String,
    /// Its rank and the number of ranked areas.
    pub rank: Option<(usize, usize)>,
    /// England's figure in words.
    pub england: String,
}

/// A choice as far as the reading depends on it.
fn for_reading(choice: &FigureChoice) -> FigureChoice {
    FigureChoice {
        file: choice.file.clone(),
        sheet: choice.sheet.clone(),
        id_column: choice.id_column.clone(),
        ..FigureChoice::default()
    }
}

impl OpenFigures {
    /// A table to put on the map.
    pub(super) fn open(&mut self, path: &Path) {
        let choice = FigureChoice { file: path.to_owned(), ..FigureChoice::default() };
        *self = Self { choice: Some(choice), is_sorted: true, ..Self::default() };
    }

    /// What is on the map.
    #[must_use]
    pub fn on_map(&self) -> Option<&Shown> {
        self.shown.as_ref()?.as_ref().ok()
    }
}

impl State {
    /// The colours of the map.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let colors = self.figures.on_map().map(|shown| shown.view.colors.clone());
        Theme::LIGHT.with_classes(colors.unwrap_or_default())
    }

    /// The areas of the layer from the largest figure to the smallest, those without one last;
    /// `None` where they are not sorted by it.
    #[must_use]
    pub fn areas_by_figure(&self) -> Option<Vec<usize>> {
        let shown = self.figures.on_map().filter(|_| self.figures.is_sorted)?;
        let mut areas = self.areas_by_name();
        let value = |area: &usize| {
            let cell = shown.column.values.get(*area);
            cell.and_then(crate::figures::Cell::number).unwrap_or(f64::NEG_INFINITY)
        };
        areas.sort_by(|a, b| value(b).total_cmp(&value(a)));
        Some(areas)
    }

    /// What the figures say of an area.
    #[must_use]
    pub fn figure_of(&self, area: usize) -> Option<AreaFigure> {
        let shown = self.figures.on_map()?;
        let column = &shown.column;
        let value = shown.view.values.get(area)?.clone();
        let ranks = column.ranks();
        let rank = ranks.get(area).copied().flatten();
        let england = column.england.value().map(crate::figures::Cell::Number);
        let england = england.and_then(|cell| crate::scene::in_words(&cell, column));
        let held_back =
            matches!(column.values.get(area), Some(crate::figures::Cell::Suppressed(_)));
        let none = if held_back { "not told in the table" } else { "no figure" };
        Some(AreaFigure {
            heading: column.name.clone(),
            value: value.unwrap_or_else(|| none.to_owned()),
            rank: rank.map(|rank| (rank, ranks.iter().flatten().count())),
            england: england.unwrap_or_else(|| "not recorded".to_owned()),
        })
    }

    /// Reads the table for the layer on show and colours the map, where that has changed.
    pub(super) fn refresh_figures(&mut self, effects: &mut Vec<Effect>) {
        let Some(choice) = self.figures.choice.clone() else {
            self.figures.shown = None;
            return;
        };
        let key = FigureKey { layer: self.layer_id, choice: for_reading(&choice) };
        let read = self.figures.read.as_ref().filter(|read| read.of == key);
        let Some(read) = read else {
            let refused = self.figures.refused.as_ref().filter(|(refused, _)| *refused == key);
            let refused = refused.map(|(_, why)| Err(why.clone()));
            let is_refused = refused.is_some();
            (self.figures.shown, self.figures.shown_of) = (refused, None);
            if self.figures.reading.is_none() && !is_refused {
                self.next_generation += 1;
                let generation = self.next_generation;
                effects.push(Effect::ReadFigures {
                    generation,
                    choice: Box::new(choice),
                    layer: self.layer.clone(),
                    register: self.atlas.register.clone(),
                });
                self.figures.reading = Some((generation, key));
            }
            return;
        };
        let of = (key, choice);
        if self.figures.shown_of.as_ref() != Some(&of) {
            let register = &self.atlas.register;
            let shown = of.1.show(&read.figures, &self.layer, register, Style::Light);
            self.figures.shown = Some(shown.map_err(|error| error.to_string()));
            self.figures.shown_of = Some(of);
        }
    }

    pub(super) fn finish_figures(
        &mut self,
        generation: u64,
        result: Result<(Arc<Figures>, Vec<Diagnostic>), String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some((_, key)) = self.figures.reading.take_if(|(number, _)| *number == generation)
        else {
            return;
        };
        let Some(choice) = self.figures.choice.clone() else { return };
        let name = name_of(&choice.file);
        let is_news = self.figures.told.as_ref() != Some(&key.choice);
        match result {
            Ok((figures, details)) => {
                let columns = figures.columns.len();
                let title = format!(
                    "{name} is on the map: {} of {} areas, {columns} columns.",
                    figures.areas,
                    self.layer.layer.areas.len()
                );
                let severity = details.iter().map(|d| d.severity).max().unwrap_or(Severity::Info);
                if is_news {
                    self.settings.remember_file(&choice.file, Choices::default());
                    effects.push(Effect::SaveSettings);
                    self.tell(Notice { details, ..Notice::new(severity, title) });
                }
                self.figures.told = Some(key.choice.clone());
                self.figures.read = Some(ReadFigures { of: key, figures });
            }
            Err(error) if self.figures.told.is_none() => {
                // A table that never was on the map is forgotten.
                self.figures.choice = None;
                self.tell(Notice::new(Severity::Error, format!("{name} was not opened. {error}")));
            }
            Err(error) => self.figures.refused = Some((key, error)),
        }
    }
}
