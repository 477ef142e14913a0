//! Bodies of the health system.

use std::str::FromStr;

use super::{Date, Edition, OdsCode, OnsCode};

/// Position of a body in [`super::Register::bodies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKind {
    /// Integrated care system, by the name that it uses in public: a partnership, no legal body.
    System,
    /// Integrated care board, statutory since 1 July 2022.
    Icb,
    /// Integrated care partnership: a joint committee of a board and its councils.
    Partnership,
    /// NHS England region.
    Region,
    /// County or unitary authority with responsibility for social care.
    Council,
    /// District of a county with two tiers of councils.
    District,
    /// Place within a system.
    Place,
    /// Provider collaborative.
    Collaborative,
    /// Sub-integrated-care-board location: where the CCGs of 2021 were, for statistics.
    SubIcb,
    /// Clinical commissioning group, April 2013 to June 2022.
    Ccg,
    /// Sustainability and transformation partnership, 2016 to June 2022; not statutory.
    Stp,
}

impl BodyKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::System,
        Self::Icb,
        Self::Partnership,
        Self::Region,
        Self::Council,
        Self::District,
        Self::Place,
        Self::Collaborative,
        Self::SubIcb,
        Self::Ccg,
        Self::Stp,
    ];

    /// Identifier in tables and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::System => "ics",
            Self::Icb => "icb",
            Self::Partnership => "icp",
            Self::Region => "region",
            Self::Council => "council",
            Self::District => "district",
            Self::Place => "place",
            Self::Collaborative => "collaborative",
            Self::SubIcb => "sicbl",
            Self::Ccg => "ccg",
            Self::Stp => "stp",
        }
    }

    /// Short label in JSON and captions.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "ICS",
            Self::Icb => "ICB",
            Self::Partnership => "ICP",
            Self::Region => "NHS region",
            Self::Council => "Council",
            Self::District => "District",
            Self::Place => "Place",
            Self::Collaborative => "Provider collaborative",
            Self::SubIcb => "Sub-ICB location",
            Self::Ccg => "CCG",
            Self::Stp => "STP",
        }
    }

    /// What one body of this kind is called in running text.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::System => "integrated care system",
            Self::Icb => "integrated care board",
            Self::Partnership => "integrated care partnership",
            Self::Region => "NHS England region",
            Self::Council => "upper-tier council",
            Self::District => "district council",
            Self::Place => "place",
            Self::Collaborative => "provider collaborative",
            Self::SubIcb => "sub-ICB location",
            Self::Ccg => "clinical commissioning group",
            Self::Stp => "sustainability and transformation partnership",
        }
    }

    /// Several of this kind, to begin a line with.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::System => "Integrated care systems",
            Self::Icb => "Integrated care boards",
            Self::Partnership => "Integrated care partnerships",
            Self::Region => "NHS England regions",
            Self::Council => "Upper-tier councils",
            Self::District => "District councils",
            Self::Place => "Places",
            Self::Collaborative => "Provider collaboratives",
            Self::SubIcb => "Sub-ICB locations",
            Self::Ccg => "Clinical commissioning groups",
            Self::Stp => "Sustainability and transformation partnerships",
        }
    }
}

impl FromStr for BodyKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.id() == text).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|kind| kind.id()).collect();
            format!("\"{text}\" is not a kind of body; there are {}", known.join(", "))
        })
    }
}

/// An ONS code that a body has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCode {
    /// The code.
    pub code: OnsCode,
    /// The day, month or year from which it was used, where that is recorded.
    pub since: Option<Date>,
}

/// Another name of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What it is, such as `earlier name` or `name of 2017`.
    pub what: String,
}

/// A body with its facts. What is `None` is not recorded.
#[derive(Debug, Clone)]
pub struct Body {
    /// What it is.
    pub kind: BodyKind,
    /// Its code in the NHS Organisation Data Service; councils have none.
    pub ods_code: Option<OdsCode>,
    /// Its ONS codes, the first one first; also those of times without a map.
    pub ons_codes: Vec<DatedCode>,
    /// Official name.
    pub name: String,
    /// Name for maps and lists, without `NHS` and `Integrated Care Board`.
    pub short_name: String,
    /// Earlier and other names.
    pub aliases: Vec<Alias>,
    /// First day.
    pub opened: Option<Date>,
    /// Last day.
    pub closed: Option<Date>,
    /// NHS region it belongs to.
    pub region: Option<BodyId>,
    /// The body it is part of: the board of a system, partnership, place, provider collaborative
    /// or sub-ICB location, the county of a district.
    pub parent: Option<BodyId>,
    /// Address of its website.
    pub website: Option<String>,
    /// What sort of place or collaborative it is.
    pub form: Option<String>,
    /// How sure the name of a partnership is: `high`, `medium` or `low`.
    pub confidence: Option<String>,
    /// What else is known.
    pub note: Option<String>,
    /// Where these facts come from: a key of [`super::Register::sources`], or a page.
    pub source: String,
    /// When that page said so, as far as recorded.
    pub as_of: Option<String>,
}

impl Body {
    /// Whether it existed on a day, as far as its dates are recorded.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.opened.is_none_or(|opened| opened <= day)
            && self.closed.is_none_or(|closed| day <= closed)
    }

    /// Its code: that of the Organisation Data Service, or else the latest of the ONS.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let ons = || self.ons_codes.last().map(|dated| dated.code.as_str());
        self.ods_code.as_ref().map(OdsCode::as_str).or_else(ons)
    }

    /// Whether it has or had a code, of either sort, in any case.
    #[must_use]
    pub fn has_code(&self, text: &str) -> bool {
        let text = text.trim();
        self.ods_code.as_ref().is_some_and(|ods| ods.as_str().eq_ignore_ascii_case(text))
            || self.ons_codes.iter().any(|ons| ons.code.as_str().eq_ignore_ascii_case(text))
    }
}

/// A body that took the place of another, wholly or in part.
#[derive(Debug, Clone)]
pub struct Succession {
    /// The body that was.
    pub from: BodyId,
    /// The body that came.
    pub to: BodyId,
    /// First day of the new state.
    pub date: Date,
    /// Which part went over, where it was not the whole body.
    pub part: Option<String>,
    /// Where this comes from: a key of [`super::Register::sources`].
    pub source: String,
}

/// Where facts come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The state of affairs it tells of.
    pub as_of: String,
}

/// People living in the area of a body.
#[derive(Debug, Clone)]
pub struct Population {
    /// The edition on whose boundaries they were counted.
    pub boundaries: Edition,
    /// Number of residents.
    pub value: u64,
    /// The year of the mid-year estimate.
    pub year: u16,
    /// How the figure was made, where it is not the published one.
    pub method: Option<String>,
    /// Where it comes from: a key of [`super::Register::sources`].
    pub source: String,
}
