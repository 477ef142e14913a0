//! Figures on the map.

pub mod classes;
pub mod table;
pub mod value;

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
            Self::Per(n) => format!(" per {}", classes::number_in_words(f64::from(*n), Some(0))),
        }
    }
}
