//! Facts about bodies besides what they are and who followed whom.

use std::str::FromStr;

use super::{BodyId, Date, Edition};

/// How an area became an integrated care system, before boards were statutory.
#[derive(Debug, Clone)]
pub struct Designation {
    /// The wave of announcements, from 1 to 6.
    pub wave: u8,
    /// Whether it was counted with the wave as a devolved system.
    pub is_devolved: bool,
    /// When it was announced, in words.
    pub announced: String,
    /// From when it was one, in words.
    pub effective: String,
    /// What it was called before, as far as recorded.
    pub earlier_name: Option<String>,
    /// What else is known.
    pub note: Option<String>,
    /// The pages that say so.
    pub source: String,
}

/// How much of a council lies in a board's area.
#[derive(Debug, Clone)]
pub struct Share {
    /// The council or district.
    pub council: BodyId,
    /// The board.
    pub board: BodyId,
    /// The edition whose boards are meant.
    pub edition: Edition,
    /// The part of the council, above 0 and at most 1: so much of its lower layer super output
    /// areas, small areas of about 1,500 people.
    pub share: f64,
    /// Where it comes from: a key of [`super::Register::sources`].
    pub source: String,
}

impl Share {
    /// Whether all of the council lies in the board's area.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.share >= 1.0
    }
}

/// How many places a system says that it has.
#[derive(Debug, Clone)]
pub struct PlaceCount {
    /// The number.
    pub count: u8,
    /// What they are, in words.
    pub what: String,
    /// The page that says so.
    pub source: String,
}

/// Boards that share their leadership and stay separate bodies.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// The boards.
    pub boards: Vec<BodyId>,
    /// When it was announced.
    pub date: Date,
    /// What else is known.
    pub note: Option<String>,
    /// The pages that say so.
    pub source: String,
}

/// What a change without a succession was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Land went from one system to another.
    Moved,
    /// The name changed.
    Renamed,
    /// The ONS code changed.
    Recoded,
}

impl ChangeKind {
    /// Identifier in tables and JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Recoded => "recoded",
        }
    }
}

impl FromStr for ChangeKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Moved, Self::Renamed, Self::Recoded];
        let found = all.into_iter().find(|kind| kind.id() == text);
        found.ok_or_else(|| format!("\"{text}\" is not a change: moved, renamed or recoded"))
    }
}

/// A change of area, name or code of a board that went on.
#[derive(Debug, Clone)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// What it was.
    pub kind: ChangeKind,
    /// The board that gave land, or that was changed.
    pub from: BodyId,
    /// The board that got land, or the same board.
    pub to: BodyId,
    /// The clinical commissioning groups whose area it was.
    pub groups: Vec<BodyId>,
    /// What happened, in a sentence.
    pub text: String,
    /// Where it comes from: a key of [`super::Register::sources`].
    pub source: String,
}

/// A dated national event.
#[derive(Debug, Clone)]
pub struct Event {
    /// The day, month or year.
    pub date: Date,
    /// What happened, in a sentence.
    pub text: String,
    /// `law`, `plan`, `bodies` or `boundaries`.
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// The date of that source, as far as recorded.
    pub as_of: Option<String>,
}

/// How many integrated care systems there were.
#[derive(Debug, Clone)]
pub struct SystemCount {
    /// From when the count holds.
    pub date: Date,
    /// The number.
    pub count: u16,
    /// How it comes about.
    pub note: String,
    /// The pages that say so.
    pub source: String,
}
