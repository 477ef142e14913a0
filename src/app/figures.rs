//! Figures on the map in the window: a table that was opened, and how it is shown.

use std::path::Path;
use std::sync::Arc;

use super::files::{Stamp, Watched};
use super::state::State;
use crate::figures::classes::{Bin, Classes, Method};
use crate::figures::{ColumnKind, Figures};
use crate::model::LayerId;
use crate::recipe::{FigureChoice, Shown};
use crate::style::theme::Theme;

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
    pub(super) layer: LayerId,
    /// The choice without what is chosen after reading.
    pub(super) choice: FigureChoice,
}

/// A table that has been read for a layer.
#[derive(Debug)]
pub struct ReadFigures {
    /// What it was read for.
    pub(super) of: FigureKey,
    /// Its columns, with a value for each area.
    pub figures: Arc<Figures>,
}

/// Why a table is read again that has been read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It was asked for.
    Asked,
    /// It changed on disk.
    Changed,
}

/// A table that is being read.
#[derive(Debug)]
pub(super) struct FigureReading {
    /// Which reading it is.
    pub generation: u64,
    /// What it is read for.
    pub of: FigureKey,
    /// Why it is read again.
    pub again: Option<Again>,
}

/// A break between classes that is dragged.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakDrag {
    /// What was chosen when the drag began.
    pub(super) before: FigureChoice,
    /// All breaks, this one where it was last among the values.
    pub breaks: Vec<f64>,
    /// Its number among them.
    pub at: usize,
    /// Where it was.
    pub origin: f64,
    /// Whether it is held outside of the histogram, and goes when it is let go.
    pub is_out: bool,
}

/// What is typed as own breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedBreaks {
    /// The text.
    pub text: String,
    /// Why it was not taken, in a sentence.
    pub error: Option<String>,
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
    /// How the numbers on the map are spread; empty of categories.
    pub bins: Vec<Bin>,
    /// Whether the list of areas is sorted by the figure.
    pub is_sorted: bool,
    /// A break that is dragged.
    pub drag: Option<BreakDrag>,
    /// Own breaks that are typed and not yet taken.
    pub typed: Option<TypedBreaks>,
    /// The table as it was when it was read last.
    pub stamp: Stamp,
    /// How classes were made before a person moved a break.
    pub(super) automatic: Option<String>,
    /// The break that was moved last with a key: more of it is the same step to take back.
    pub(super) keyed: Option<usize>,
    pub(super) shown_of: Option<(FigureKey, FigureChoice)>,
    pub(super) reading: Option<FigureReading>,
    /// Whether what has been read is to be read again, and why.
    pub(super) again: Option<Again>,
    /// What could not be read, and why.
    pub(super) refused: Option<(FigureKey, String)>,
    /// The table of which the notices have been told.
    pub(super) told: Option<FigureChoice>,
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

impl FigureKey {
    /// What reading a choice for a layer depends on.
    pub(super) fn new(layer: LayerId, choice: &FigureChoice) -> Self {
        let choice = FigureChoice {
            file: choice.file.clone(),
            sheet: choice.sheet.clone(),
            id_column: choice.id_column.clone(),
            ..FigureChoice::default()
        };
        Self { layer, choice }
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

    /// The classes of the numbers on the map.
    #[must_use]
    pub fn classes(&self) -> Option<&Classes> {
        let shown = self.on_map().filter(|shown| shown.column.kind == ColumnKind::Number)?;
        shown.view.classes.as_ref()
    }

    /// How classes are made.
    #[must_use]
    pub fn method(&self) -> Method {
        let chosen = self.choice.as_ref().and_then(|choice| choice.method().ok());
        chosen.unwrap_or(Method::Quantile(Method::USUAL))
    }

    /// Breaks to begin with where the map has none.
    #[must_use]
    pub fn some_breaks(&self) -> Vec<f64> {
        let numbers = self.on_map().map(|shown| shown.column.numbers()).unwrap_or_default();
        Classes::new(&Method::Quantile(self.usual_classes()), &numbers).breaks
    }

    /// How many classes there were before a person moved a break.
    #[must_use]
    pub fn usual_classes(&self) -> usize {
        let automatic = self.automatic.as_deref().and_then(|text| text.parse::<Method>().ok());
        automatic.and_then(|method| method.classes()).unwrap_or(Method::USUAL)
    }

    /// The breaks that a person would change: those that were given, even beyond the values, or
    /// those that were made. While one is dragged it is among them wherever it is held.
    #[must_use]
    pub fn breaks(&self) -> Vec<f64> {
        match (&self.drag, self.method()) {
            (Some(drag), _) => drag.breaks.clone(),
            (None, Method::Breaks(own)) => own,
            (None, _) => self.classes().map(|classes| classes.breaks.clone()).unwrap_or_default(),
        }
    }
}

impl State {
    /// The files that are watched: those that are open, and the table once it has been on
    /// the map.
    pub(super) fn watched(&self) -> Vec<Watched> {
        let layers = self.files.iter().map(|file| Watched {
            layer: Some(file.id),
            path: file.path.clone(),
            stamp: file.stamp.clone(),
        });
        let stamp = &self.figures.stamp;
        let table = self.figures.choice.as_ref().filter(|_| self.figures.told.is_some());
        let table = table.map(|choice| Watched {
            layer: None,
            path: choice.file.clone(),
            stamp: stamp.clone(),
        });
        layers.chain(table).collect()
    }

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
}
