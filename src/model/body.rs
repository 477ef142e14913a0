//! Bodies of the health system and how they followed one another.

use std::str::FromStr;

use super::{Date, Edition, OdsCode};

/// Position of a body in [`super::Register::bodies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKind {
    /// Integrated care board, statutory since 1 July 2022.
    Icb,
    /// Clinical commissioning group, April 2013 to June 2022.
    Ccg,
    /// Sustainability and transformation partnership, 2016 to June 2022; not statutory.
    Stp,
    /// Sub-integrated-care-board location: where the CCGs of 2021 were, for statistics.
    SubIcb,
    /// NHS England region.
    Region,
    /// County or unitary authority with responsibility for social care.
    Council,
}

impl BodyKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Icb, Self::Ccg, Self::Stp, Self::SubIcb, Self::Region, Self::Council];

    /// Identifier in tables and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Icb => "icb",
            Self::Ccg => "ccg",
            Self::Stp => "stp",
            Self::SubIcb => "sicbl",
            Self::Region => "region",
            Self::Council => "council",
        }
    }

    /// Short label in JSON and captions.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Icb => "ICB",
            Self::Ccg => "CCG",
            Self::Stp => "STP",
            Self::SubIcb => "Sub-ICB location",
            Self::Region => "NHS region",
            Self::Council => "Council",
        }
    }

    /// What one area of this kind is called in running text.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Icb => "integrated care board",
            Self::Ccg => "clinical commissioning group",
            Self::Stp => "sustainability and transformation partnership",
            Self::SubIcb => "sub-ICB location",
            Self::Region => "NHS region",
            Self::Council => "upper-tier council",
        }
    }
}

impl FromStr for BodyKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.id() == text)
            .ok_or_else(|| format!("\"{text}\" is not a kind of body"))
    }
}

/// A body with its facts. What is `None` is not recorded.
#[derive(Debug, Clone)]
pub struct Body {
    /// What it is.
    pub kind: BodyKind,
    /// Its code in the NHS Organisation Data Service; councils have none.
    pub ods_code: Option<OdsCode>,
    /// Official name.
    pub name: String,
    /// Name for maps and lists, without `NHS` and `Integrated Care Board`.
    pub short_name: String,
    /// First day.
    pub opened: Option<Date>,
    /// Last day.
    pub closed: Option<Date>,
    /// NHS region it belongs to.
    pub region: Option<BodyId>,
    /// The board it is part of, for sub-ICB locations.
    pub parent: Option<BodyId>,
    /// Address of its website.
    pub website: Option<String>,
    /// Where these facts come from: a key of [`super::Register::sources`].
    pub source: String,
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

/// The integrated care partnership of a board: a joint committee, not a statutory body.
#[derive(Debug, Clone)]
pub struct Partnership {
    /// The name it uses for itself.
    pub name: String,
    /// The page that names it.
    pub source: String,
    /// When that page said so, as far as recorded.
    pub as_of: Option<String>,
    /// How sure the name is: `high`, `medium` or `low`.
    pub confidence: String,
    /// What else is known.
    pub note: Option<String>,
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

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}, as of {}", self.publisher, self.title, self.as_of)
    }
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
