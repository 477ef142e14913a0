//! One column of figures, and what follows from its values.

use std::collections::BTreeMap;

use super::classes::number_in_words;
use super::value::Cell;

/// One column of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureColumn {
    /// Its header.
    pub name: String,
    /// What it is counted in, where the header or the cells tell it.
    pub unit: Option<Unit>,
    /// Whether it has numbers or categories.
    pub kind: ColumnKind,
    /// Whether it looks like codes, names or years, which are not shown unless somebody asks.
    pub is_label: bool,
    /// The value of each area, in the order of the layer. A text in a column of numbers is no
    /// value.
    pub values: Vec<Cell>,
    /// The figure of all England.
    pub england: England,
}

/// What a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers.
    Number,
    /// A few different texts.
    Category,
}

/// England's figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum England {
    /// As a row of the file tells it.
    Recorded(f64),
    /// The sum of all areas.
    Sum(f64),
    /// Neither: an average of areas would be a guess.
    NotRecorded,
}

/// What a figure is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Parts of a hundred.
    Percent,
    /// Pounds sterling.
    Pounds,
    /// So many for so many people, or other things.
    Per(u32),
}

impl Unit {
    /// What follows a range of numbers in this unit, with a blank before it; nothing where a sign
    /// beside each number tells it.
    #[must_use]
    pub fn suffix(&self) -> String {
        match self {
            Self::Percent | Self::Pounds => String::new(),
            Self::Per(n) => format!(" per {}", number_in_words(f64::from(*n), Some(0))),
        }
    }
}

impl England {
    /// The figure, if there is one.
    #[must_use]
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::Recorded(value) | Self::Sum(value) => Some(value),
            Self::NotRecorded => None,
        }
    }
}

impl FigureColumn {
    /// The numbers of all areas that have one, in the order of the layer.
    #[must_use]
    pub fn numbers(&self) -> Vec<f64> {
        self.values.iter().filter_map(Cell::number).collect()
    }

    /// The rank of each area that has a number, from one for the largest. Equal numbers share a
    /// rank, and the next one counts them all: 1, 2, 2, 4.
    #[must_use]
    pub fn ranks(&self) -> Vec<Option<usize>> {
        let mut sorted = self.numbers();
        sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        let larger = |value: f64| sorted.partition_point(|other| *other > value);
        self.values.iter().map(|cell| cell.number().map(|value| larger(value) + 1)).collect()
    }

    /// The categories with the number of areas that have them, the most frequent first.
    #[must_use]
    pub fn categories(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::<&str, usize>::new();
        for cell in &self.values {
            if let (Cell::Text(text), ColumnKind::Category) = (cell, self.kind) {
                *counts.entry(text).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn column(values: &[f64]) -> FigureColumn {
        FigureColumn {
            name: "n".to_owned(),
            unit: None,
            kind: ColumnKind::Number,
            is_label: false,
            values: values.iter().map(|value| Cell::Number(*value)).collect(),
            england: England::NotRecorded,
        }
    }

    #[test]
    fn equal_values_share_a_rank() {
        let mut column = column(&[3.0, 9.0, 9.0, 1.0]);
        column.values.push(Cell::Suppressed("*".to_owned()));
        assert_eq!(column.ranks(), [Some(3), Some(1), Some(1), Some(4), None]);
    }

    #[test]
    fn categories_are_counted() {
        let mut column = column(&[]);
        column.kind = ColumnKind::Category;
        column.values = ["high", "low", "low"].map(|word| Cell::Text(word.to_owned())).to_vec();
        assert_eq!(column.categories(), [("low", 2), ("high", 1)]);
    }
}
