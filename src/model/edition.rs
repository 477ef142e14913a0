//! Dated states of the map.

use std::fmt;
use std::str::FromStr;

use super::{BodyKind, Date};

/// A dated set of boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edition {
    /// The first 211 clinical commissioning groups.
    April2013,
    /// 209 groups.
    April2015,
    /// 207 groups.
    April2017,
    /// 195 groups.
    April2018,
    /// 191 groups.
    April2019,
    /// The 135 groups before the last mergers.
    April2020,
    /// The last 106 clinical commissioning groups.
    April2021,
    /// The first 42 integrated care boards.
    July2022,
    /// The 42 boards after Surrey Heartlands and Sussex exchanged four small areas.
    April2023,
    /// Upper-tier councils only.
    December2023,
    /// The 36 boards after the mergers of 2026.
    April2026,
}

impl Edition {
    /// The editions that a person can choose, in time.
    pub const MAPS: [Self; 10] = [
        Self::April2013,
        Self::April2015,
        Self::April2017,
        Self::April2018,
        Self::April2019,
        Self::April2020,
        Self::April2021,
        Self::July2022,
        Self::April2023,
        Self::April2026,
    ];

    /// Identifier in tables and on the command line, such as `2022-07`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::April2013 => "2013-04",
            Self::April2015 => "2015-04",
            Self::April2017 => "2017-04",
            Self::April2018 => "2018-04",
            Self::April2019 => "2019-04",
            Self::April2020 => "2020-04",
            Self::April2021 => "2021-04",
            Self::July2022 => "2022-07",
            Self::April2023 => "2023-04",
            Self::December2023 => "2023-12",
            Self::April2026 => "2026-04",
        }
    }

    /// The year, for the slider of time.
    #[must_use]
    pub fn year(self) -> &'static str {
        &self.id()[..4]
    }

    /// The edition in words, such as `July 2022`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::April2013 => "April 2013",
            Self::April2015 => "April 2015",
            Self::April2017 => "April 2017",
            Self::April2018 => "April 2018",
            Self::April2019 => "April 2019",
            Self::April2020 => "April 2020",
            Self::April2021 => "April 2021",
            Self::July2022 => "July 2022",
            Self::April2023 => "April 2023",
            Self::December2023 => "December 2023",
            Self::April2026 => "April 2026",
        }
    }

    /// The bodies whose areas the edition shows.
    #[must_use]
    pub const fn kind(self) -> BodyKind {
        match self {
            Self::July2022 | Self::April2023 | Self::April2026 => BodyKind::Icb,
            Self::December2023 => BodyKind::Council,
            _ => BodyKind::Ccg,
        }
    }

    /// The day of the edition.
    #[must_use]
    pub const fn day(self) -> Date {
        let (year, month) = match self {
            Self::April2013 => (2013, 4),
            Self::April2015 => (2015, 4),
            Self::April2017 => (2017, 4),
            Self::April2018 => (2018, 4),
            Self::April2019 => (2019, 4),
            Self::April2020 => (2020, 4),
            Self::April2021 => (2021, 4),
            Self::July2022 => (2022, 7),
            Self::April2023 => (2023, 4),
            Self::December2023 => (2023, 12),
            Self::April2026 => (2026, 4),
        };
        Date::first_of(year, month)
    }

    /// The edition in force in the year of an ONS column such as `ICB24CD`.
    #[must_use]
    pub const fn for_year(kind: BodyKind, two_digits: u8) -> Option<Self> {
        match (kind, two_digits) {
            (BodyKind::Ccg, 13 | 14) => Some(Self::April2013),
            (BodyKind::Ccg, 15 | 16) => Some(Self::April2015),
            (BodyKind::Ccg, 17) => Some(Self::April2017),
            (BodyKind::Ccg, 18) => Some(Self::April2018),
            (BodyKind::Ccg, 19) => Some(Self::April2019),
            (BodyKind::Ccg, 20) => Some(Self::April2020),
            (BodyKind::Stp, 21) | (BodyKind::Ccg, 21 | 22) => Some(Self::April2021),
            (BodyKind::Icb | BodyKind::SubIcb | BodyKind::Region, 22) => Some(Self::July2022),
            // Boards did not change until 2026; regions got new codes in 2024.
            (BodyKind::Icb | BodyKind::SubIcb, 23..=25) | (BodyKind::Region, 23) => {
                Some(Self::April2023)
            }
            (BodyKind::Icb | BodyKind::Region, 26) => Some(Self::April2026),
            (BodyKind::Council, 23 | 24) => Some(Self::December2023),
            _ => None,
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Edition {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let all = Self::MAPS.into_iter().chain([Self::December2023]);
        all.into_iter().find(|edition| edition.id() == text).ok_or_else(|| {
            let known: Vec<_> = Self::MAPS.iter().map(|edition| edition.id()).collect();
            format!("\"{text}\" is not an edition; there are {}", known.join(", "))
        })
    }
}
