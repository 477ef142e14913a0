//! Dates as they are recorded: a year, a month, or a day.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date no more precise than what is known. Ordered by time, a year before its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Date {
    /// The first day of a month.
    #[must_use]
    pub const fn first_of(year: u16, month: u8) -> Self {
        Self { year, month: Some(month), day: Some(1) }
    }

    /// Whether it is a day, not just a month or a year.
    #[must_use]
    pub const fn is_day(self) -> bool {
        self.day.is_some()
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The date in words: `1 July 2022`, `July 2022` or `2022`.
    #[must_use]
    pub fn in_words(self) -> String {
        let month = self.month.map(|month| MONTHS[usize::from(month) - 1]);
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

/// The number of days of a month.
const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date (2022, 2022-07 or 2022-07-01)")]
pub struct DateError(String);

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|part| part.len() == 4);
        let year = year.and_then(|part| part.parse().ok()).ok_or_else(error)?;
        let mut two_digits = |most: u8| -> Result<Option<u8>, DateError> {
            let Some(part) = parts.next() else { return Ok(None) };
            let number = part.parse().ok().filter(|n| part.len() == 2 && (1..=most).contains(n));
            number.map(Some).ok_or_else(error)
        };
        let (month, day) = (two_digits(12)?, two_digits(31)?);
        if day > month.map(|month| days_in(year, month)) {
            return Err(error());
        }
        if parts.next().is_some() {
            return Err(error());
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_its_source() {
        for (text, words) in
            [("2016", "2016"), ("2018-06", "June 2018"), ("2022-07-01", "1 July 2022")]
        {
            let date: Date = text.parse().unwrap();
            assert_eq!((date.to_string().as_str(), date.in_words().as_str()), (text, words));
        }
        for bad in [
            "",
            "22",
            "2022-13",
            "2022-7",
            "2022-07-32",
            "2023-02-29",
            "2026-04-31",
            "2022-07-01-1",
            "July 2022",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
