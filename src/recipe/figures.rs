//! The figures of a picture: which file and column, in which classes and colours.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::RecipeError;
use crate::diag::Diagnostic;
use crate::figures::classes::Method;
use crate::figures::{ColumnKind, FigureChoices, FigureColumn, Figures};
use crate::model::{JoinedLayer, Register};
use crate::read::{Progress, source};
use crate::scene::FigureView;
use crate::style::palette::Palette;
use crate::style::theme::Style;

/// Which figures are on the map, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FigureChoice {
    /// A CSV file or a workbook.
    pub file: PathBuf,
    /// The sheet, where there are several.
    pub sheet: Option<String>,
    /// The column that names the areas.
    pub id_column: Option<String>,
    /// The column that is shown.
    pub column: Option<String>,
    /// How classes are made, such as `quantile:5`.
    pub classes: Option<String>,
    /// The palette, such as `blues`.
    pub palette: Option<String>,
    /// Whether counts are shown for each 100,000 residents.
    pub per_100_000: bool,
}

/// A figure, ready for the map.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Colours and legend.
    pub view: Arc<FigureView>,
    /// The column that is shown, with its unit and England's figure.
    pub column: FigureColumn,
    /// Which population a rate is for, and its source.
    pub note: Option<String>,
    /// What was noticed.
    pub remarks: Vec<Diagnostic>,
}

impl FigureChoice {
    /// Reads the file.
    ///
    /// # Errors
    /// If it has no figures of the layer's areas.
    pub fn read(
        &self,
        layer: &JoinedLayer,
        register: &Register,
    ) -> Result<(Arc<Figures>, Vec<Diagnostic>), RecipeError> {
        let progress = Progress::default();
        let refused = |error: crate::read::ReadError| {
            RecipeError::Other(error.into_refusal().reason.to_string())
        };
        let file = source::load(&self.file, &progress).map_err(refused)?;
        let choices = FigureChoices {
            sheet: self.sheet.clone(),
            id_column: self.id_column.clone(),
            asks: false,
        };
        let read = Figures::read(&file, layer, register, &choices, &progress).map_err(refused)?;
        Ok((Arc::new(read.value), read.diagnostics))
    }

    /// The figure of the chosen column.
    ///
    /// # Errors
    /// In a sentence with the nearest valid choice: a column, a way to make classes or a palette
    /// that there is not; or a column of which no rate can be made.
    pub fn show(
        &self,
        figures: &Figures,
        layer: &JoinedLayer,
        register: &Register,
        style: Style,
    ) -> Result<Shown, RecipeError> {
        let column = &figures.columns[self.column(figures)?];
        let mut remarks = Vec::new();
        let column = if self.per_100_000 {
            let rate = column.per_100_000(layer, register);
            let rate = rate.map_err(|refusal| RecipeError::Other(refusal.reason.to_string()))?;
            remarks.extend(rate.diagnostics);
            rate.value
        } else {
            column.clone()
        };
        let (view, told) =
            FigureView::new(&column, &self.method()?, &self.palette(&column, style)?);
        remarks.extend(told);
        let is_note = |remark: &&Diagnostic| remark.code == "rate-population";
        let note = remarks.iter().find(is_note).map(|remark| remark.message.clone());
        Ok(Shown { view: Arc::new(view), column, note, remarks })
    }

    /// Which column is shown.
    fn column(&self, figures: &Figures) -> Result<usize, RecipeError> {
        let Some(name) = &self.column else { return Ok(figures.first_column) };
        figures.column(name).ok_or_else(|| {
            let wanted = name.to_lowercase();
            let nearest = figures
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .min_by_key(|other| strsim::osa_distance(&other.to_lowercase(), &wanted));
            let nearest = nearest.unwrap_or_default();
            RecipeError::Other(format!(
                "{} has no column \"{name}\" with figures; the nearest is \"{nearest}\"",
                figures.title
            ))
        })
    }

    /// How classes are made.
    ///
    /// # Errors
    /// In a sentence, if that is no way to make classes.
    pub fn method(&self) -> Result<Method, RecipeError> {
        let method =
            self.classes.as_deref().map_or(Ok(Method::Quantile(Method::USUAL)), str::parse);
        method.map_err(|error| RecipeError::Other(error.to_string()))
    }

    fn palette(&self, column: &FigureColumn, style: Style) -> Result<Palette, RecipeError> {
        let usual = match (column.kind, style) {
            (ColumnKind::Category, _) => "light",
            (ColumnKind::Number, Style::Print) => "greys",
            (ColumnKind::Number, _) => "blues",
        };
        let palette = Palette::by_name(self.palette.as_deref().unwrap_or(usual));
        palette.map_err(|error| RecipeError::Other(error.to_string()))
    }
}
