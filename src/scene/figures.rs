//! A figure on the map: the colour of each area, and what is told of it.

use crate::diag::Diagnostic;
use crate::figures::classes::{Classes, Method, number_in_words};
use crate::figures::{Cell, ColumnKind, FigureColumn, Unit};
use crate::style::palette::Palette;
use crate::style::theme::{Fill, Rgba};

/// How a figure is shown on a map.
#[derive(Debug, Clone)]
pub struct FigureView {
    /// What it is: the heading of the legend.
    pub heading: String,
    /// The fill of each area of the layer.
    pub fills: Vec<Fill>,
    /// The value of each area in words; `None` where there is none.
    pub values: Vec<Option<String>>,
    /// The rows of the legend: what a fill means, and how many areas have it.
    pub rows: Vec<(String, Fill)>,
    /// The colours of the classes.
    pub colors: Vec<Rgba>,
    /// The classes of numbers.
    pub classes: Option<Classes>,
}

/// Steps of colour where each value has its own.
const SHADES: u8 = 255;

impl FigureView {
    /// The figure of a column: numbers in classes, texts as categories. The diagnostics tell what
    /// cannot be shown as it was asked for.
    #[must_use]
    pub fn new(
        column: &FigureColumn,
        method: &Method,
        palette: &Palette,
    ) -> (Self, Vec<Diagnostic>) {
        match column.kind {
            ColumnKind::Number => Self::of_numbers(column, method, palette),
            ColumnKind::Category => (Self::of_categories(column, palette), Vec::new()),
        }
    }

    /// The fill of a number, whether an area has it or not.
    #[must_use]
    pub fn fill_of(&self, value: f64) -> Fill {
        match &self.classes {
            Some(classes) if classes.method == Method::None => {
                Fill::Class(shade(classes.position(value)))
            }
            Some(classes) => Fill::Class(u8::try_from(classes.class_of(value)).unwrap_or(u8::MAX)),
            None => Fill::NoData,
        }
    }

    fn of_numbers(
        column: &FigureColumn,
        method: &Method,
        palette: &Palette,
    ) -> (Self, Vec<Diagnostic>) {
        let classes = Classes::new(method, &column.numbers());
        let is_unclassed = *method == Method::None;
        let fill = |cell: &Cell| match cell.number() {
            Some(value) if is_unclassed => Fill::Class(shade(classes.position(value))),
            Some(value) => Fill::Class(u8::try_from(classes.class_of(value)).unwrap_or(u8::MAX)),
            None => Fill::NoData,
        };
        let fills: Vec<Fill> = column.values.iter().map(fill).collect();
        let unit = column.unit.as_ref();
        let (mut rows, colors) = if is_unclassed {
            let colors = (0..=SHADES).map(|n| palette.at(f64::from(n) / f64::from(SHADES)));
            (shades(&classes, unit), colors.collect())
        } else {
            let labels = classes.labels(unit).into_iter().zip(&classes.counts);
            let rows = (0u8..)
                .zip(labels)
                .map(|(n, (label, count))| (format!("{label} ({count})"), Fill::Class(n)));
            (rows.collect(), palette.colors(classes.len()))
        };
        rows.extend(without(&fills));
        let values = column.values.iter().map(|cell| in_words(cell, column)).collect();
        let remarks = classes.remark().into_iter().collect();
        let heading = column.name.clone();
        (Self { heading, fills, values, rows, colors, classes: Some(classes) }, remarks)
    }

    fn of_categories(column: &FigureColumn, palette: &Palette) -> Self {
        let categories = column.categories();
        // Beyond what the palette has colours for, categories share the last row.
        let most = palette.most().unwrap_or(usize::MAX).min(usize::from(u8::MAX));
        let number = |text: &str| {
            let at = categories.iter().position(|(category, _)| *category == text);
            at.map(|at| u8::try_from(at.min(most)).unwrap_or(u8::MAX))
        };
        let fill = |cell: &Cell| match cell {
            Cell::Text(text) => number(text).map_or(Fill::NoData, Fill::Class),
            _ => Fill::NoData,
        };
        let fills: Vec<Fill> = column.values.iter().map(fill).collect();
        let own = (0u8..).zip(&categories).take(most);
        let mut rows: Vec<(String, Fill)> =
            own.map(|(n, (name, count))| (format!("{name} ({count})"), Fill::Class(n))).collect();
        let others: usize = categories.iter().skip(most).map(|(_, count)| count).sum();
        if others > 0 {
            let last = u8::try_from(most).unwrap_or(u8::MAX);
            rows.push((format!("Others ({others})"), Fill::Class(last)));
        }
        rows.extend(without(&fills));
        let values = column.values.iter().map(|cell| in_words(cell, column)).collect();
        let colors = palette.colors(categories.len().min(most.saturating_add(1)));
        let heading = column.name.clone();
        Self { heading, fills, values, rows, colors, classes: None }
    }
}

/// A number as it is written, with the sign of its unit.
#[must_use]
pub fn number_with_unit(value: f64, unit: Option<&Unit>) -> String {
    number(value, None, unit)
}

/// A position from 0 to 1 as one of the shades.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
fn shade(position: f64) -> u8 {
    (position.clamp(0.0, 1.0) * f64::from(SHADES)).round() as u8
}

/// Five values from the least to the most, with their shades.
fn shades(classes: &Classes, unit: Option<&Unit>) -> Vec<(String, Fill)> {
    let Some((least, most)) = classes.range else { return Vec::new() };
    let width = most - least;
    // As many decimals as tell the five apart.
    let is_wide = width >= 100.0 || (classes.are_whole && width >= 4.0);
    let decimals = usize::from(!is_wide);
    let row = |step: u8| {
        let share = f64::from(step) / 4.0;
        let value = number(least + share * width, Some(decimals), unit);
        (value, Fill::Class(shade(share)))
    };
    if width > 0.0 { (0..=4).map(row).collect() } else { vec![row(2)] }
}

/// The row of the areas without a value, if there are any.
fn without(fills: &[Fill]) -> Option<(String, Fill)> {
    let count = fills.iter().filter(|fill| **fill == Fill::NoData).count();
    (count > 0).then(|| (format!("No figure ({count})"), Fill::NoData))
}

/// A value of a column as people read it, with as many decimals as the others; `None` where there is
/// none.
#[must_use]
pub fn in_words(cell: &Cell, column: &FigureColumn) -> Option<String> {
    match cell {
        Cell::Number(value) => {
            Some(number(*value, Some(decimals_of(column)), column.unit.as_ref()))
        }
        Cell::Text(text) => Some(text.clone()),
        Cell::Suppressed(_) | Cell::Missing => None,
    }
}

/// Decimals that a column is read with: none of whole numbers, few of rates, whose long tails mean
/// nothing.
fn decimals_of(column: &FigureColumn) -> usize {
    let numbers = || column.values.iter().filter_map(Cell::number);
    let largest = numbers().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    match largest {
        _ if numbers().all(|value| value.fract() == 0.0) => 0,
        1000.0.. => 0,
        1.0.. => 1,
        0.01.. => 3,
        _ => 6,
    }
}

fn number(value: f64, decimals: Option<usize>, unit: Option<&Unit>) -> String {
    let text = number_in_words(value, decimals);
    match unit {
        Some(Unit::Percent) => format!("{text}%"),
        Some(Unit::Pounds) => format!("£{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::England;

    fn column(values: Vec<Cell>, kind: ColumnKind) -> FigureColumn {
        FigureColumn {
            name: "Uptake".to_owned(),
            unit: Some(Unit::Percent),
            kind,
            is_label: false,
            values,
            england: England::NotRecorded,
        }
    }

    #[test]
    fn every_area_has_the_fill_of_its_class_and_every_row_its_count() {
        let mut values: Vec<Cell> = [1.0, 2.0, 8.0, 9.0].map(Cell::Number).to_vec();
        values.extend([Cell::Suppressed("*".to_owned()), Cell::Missing]);
        let column = column(values, ColumnKind::Number);
        let palette = Palette::by_name("blues").unwrap();
        let (view, told) = FigureView::new(&column, &Method::Quantile(2), &palette);
        assert!(told.is_empty());
        let (low, high) = (Fill::Class(0), Fill::Class(1));
        assert_eq!(view.fills, [low, low, high, high, Fill::NoData, Fill::NoData]);
        let counts: Vec<&str> =
            view.rows.iter().map(|(label, _)| &label[label.len() - 3..]).collect();
        assert_eq!(counts, ["(2)", "(2)", "(2)"], "{:?}", view.rows);
        assert_eq!(view.rows[2].1, Fill::NoData);
        assert_eq!(view.values[3].as_deref(), Some("9%"));
        assert_eq!(view.values[4], None);
        assert_eq!(view.colors.len(), 2);
        let shares = FigureColumn { values: [44.0, 43.27].map(Cell::Number).to_vec(), ..column };
        let (view, _) = FigureView::new(&shares, &Method::Quantile(2), &palette);
        let words: Vec<&str> = view.values.iter().flatten().map(String::as_str).collect();
        assert_eq!(words, ["44.0%", "43.3%"], "as many decimals each");
    }

    #[test]
    fn without_classes_the_ends_of_the_palette_are_the_ends_of_the_values() {
        let column = column([0.0, 5.0, 10.0].map(Cell::Number).to_vec(), ColumnKind::Number);
        let palette = Palette::by_name("viridis").unwrap();
        let (view, _) = FigureView::new(&column, &Method::None, &palette);
        assert_eq!(view.fills, [Fill::Class(0), Fill::Class(128), Fill::Class(255)]);
        assert_eq!(view.colors.len(), 256);
        assert_eq!(view.rows.len(), 5);
    }

    #[test]
    fn categories_beyond_the_colours_share_a_row() {
        let words = (0..20).map(|n| Cell::Text(format!("kind {n}"))).collect();
        let column = column(words, ColumnKind::Category);
        let palette = Palette::by_name("okabe-ito").unwrap();
        let (view, _) = FigureView::new(&column, &Method::None, &palette);
        assert_eq!(view.rows.len(), 8, "seven colours and the others");
        assert_eq!(view.rows[7].0, "Others (13)");
        assert_eq!(view.fills[19], view.rows[7].1);
        assert_eq!(view.colors.len(), 8);
    }
}
