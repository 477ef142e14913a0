//! What is known of one body or area, ready to be shown: the side panel, `show`, and what is
//! copied all use it.

mod gather;
mod words;

use serde::Serialize;

pub use words::thousands;

use super::lineage::Edge;
use super::{BodyId, BodyKind, Citation, Date};

/// A body with its codes and dates.
#[derive(Debug, Clone, Serialize)]
pub struct BodyFacts {
    /// Official name.
    pub name: String,
    /// Code in the NHS Organisation Data Service.
    pub ods_code: Option<String>,
    /// ONS code of the area in the edition shown, or the latest one.
    pub ons_code: Option<String>,
    /// Earlier ONS codes and those of other editions, with the day from which they were used.
    pub other_codes: Vec<(String, Option<Date>)>,
    /// Earlier and other names, with what they are.
    pub other_names: Vec<(String, String)>,
    /// First day.
    pub established: Option<Date>,
    /// Last day.
    pub abolished: Option<Date>,
    /// Website.
    pub website: Option<String>,
    /// Where this comes from.
    pub source: Citation,
}

/// A body that belongs to another: a place, a provider collaborative, a system.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// What it is.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// What sort of place or collaborative it is.
    pub form: Option<String>,
    /// First day.
    pub opened: Option<Date>,
    /// How sure the name is, where that is recorded.
    pub confidence: Option<String>,
    /// What else is known.
    pub note: Option<String>,
    /// Where this comes from.
    pub source: Citation,
    /// The body.
    #[serde(skip)]
    pub id: BodyId,
}

/// The partnership of a board.
#[derive(Debug, Clone, Serialize)]
pub struct PartnershipFacts {
    /// The name it uses for itself.
    pub name: String,
    /// The page that names it.
    pub source: String,
    /// When that page said so.
    pub as_of: Option<String>,
    /// How sure the name is.
    pub confidence: String,
    /// What else is known.
    pub note: Option<String>,
}

/// An NHS region.
#[derive(Debug, Clone, Serialize)]
pub struct RegionFacts {
    /// Its name.
    pub name: String,
    /// Its ONS code in the edition shown.
    pub code: Option<String>,
    /// Its ODS code.
    pub ods_code: Option<String>,
    /// Where this comes from.
    pub source: Citation,
    /// The body.
    #[serde(skip)]
    pub id: BodyId,
}

/// How a council and a board lie to each other.
#[derive(Debug, Clone, Serialize)]
pub struct ShareFacts {
    /// Name of the council, or of the board.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// `whole` or `part`.
    pub extent: &'static str,
    /// The part of the council that lies in the board's area, in small areas (LSOAs), at most 1.
    pub share: f64,
    /// Where this comes from.
    pub source: Citation,
    /// The council or the board.
    #[serde(skip)]
    pub id: BodyId,
}

/// How an area became an integrated care system.
#[derive(Debug, Clone, Serialize)]
pub struct DesignationFacts {
    /// The wave, from 1 to 6.
    pub wave: u8,
    /// Whether it was counted as a devolved system.
    pub devolved: bool,
    /// When it was announced, in words.
    pub announced: String,
    /// From when it was one, in words.
    pub effective: String,
    /// What it was called before.
    pub earlier_name: Option<String>,
    /// What else is known.
    pub note: Option<String>,
    /// The pages that say so.
    pub source: Citation,
}

/// How many places a system says that it has.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceCountFacts {
    /// The number.
    pub count: u8,
    /// What they are.
    pub what: String,
    /// The page that says so.
    pub source: Citation,
}

/// Boards that share their leadership and stay separate bodies.
#[derive(Debug, Clone, Serialize)]
pub struct ClusterFacts {
    /// When it was announced.
    pub date: Date,
    /// The other boards.
    pub with: Vec<String>,
    /// What else is known.
    pub note: Option<String>,
    /// The pages that say so.
    pub source: Citation,
    /// The other boards.
    #[serde(skip)]
    pub ids: Vec<BodyId>,
}

/// A change of area, name or code without a succession.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeFacts {
    /// The day.
    pub date: Date,
    /// `moved`, `renamed` or `recoded`.
    pub kind: &'static str,
    /// What happened.
    pub text: String,
    /// Where this comes from.
    pub source: Citation,
}

/// Residents of an area.
#[derive(Debug, Clone, Serialize)]
pub struct PopulationFacts {
    /// Number of people.
    pub value: u64,
    /// Year of the mid-year estimate.
    pub year: u16,
    /// How it was made, where it is not the published figure.
    pub method: Option<String>,
    /// Where it comes from.
    pub source: Citation,
}

/// A body before or after.
#[derive(Debug, Clone, Serialize)]
pub struct Relative {
    /// What it is: `CCG`, `STP` or `ICB`.
    pub kind: &'static str,
    /// Its official name.
    pub name: String,
    /// Its ODS code.
    pub code: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; none while it exists.
    pub to: Option<Date>,
    /// The day of the succession that leads to it.
    pub date: Option<Date>,
    /// Which part went over, where it was not the whole body.
    pub part: Option<String>,
    /// Whether a body between was split, so that it may be another part that came from here.
    pub over_a_split: bool,
    /// How many steps of succession lie between: one for a direct one.
    pub steps: usize,
    /// The body.
    #[serde(skip)]
    pub id: BodyId,
}

/// A body whose land is in an area that the register does not know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverlapFacts {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// The edition of its boundaries, in words.
    pub edition: Option<&'static str>,
    /// The share of its own land that is in the area, from 0 to 1.
    pub share_of_body: f64,
    /// The share of the area that is its land, from 0 to 1.
    pub share_of_area: f64,
    /// The body.
    #[serde(skip)]
    pub id: BodyId,
}

/// A fact's source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// The facts that come from it.
    pub what: &'static str,
    /// The source.
    #[serde(flatten)]
    pub citation: Citation,
}

/// What is known of one body or area. Lists are empty where nothing is recorded.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    /// Name for headings.
    pub title: String,
    /// What the body is.
    pub kind: Option<&'static str>,
    /// The edition of the boundaries that codes, councils and figures belong to, in words.
    pub edition: Option<&'static str>,
    /// The body.
    pub body: Option<BodyFacts>,
    /// The same, where the body is a board.
    pub board: Option<BodyFacts>,
    /// The integrated care system of the board, by the name that it uses.
    pub system: Option<Part>,
    /// The partnership of the board.
    pub partnership: Option<PartnershipFacts>,
    /// NHS region; of a CCG that of the board that took its place.
    pub region: Option<RegionFacts>,
    /// What the body is part of: a board, a county, an STP.
    pub part_of: Vec<Part>,
    /// Upper-tier councils of a board.
    pub councils: Vec<ShareFacts>,
    /// Boards of a council, a district or a region.
    pub boards: Vec<ShareFacts>,
    /// Districts of a council or a board.
    pub districts: Vec<ShareFacts>,
    /// Sub-ICB locations of a board.
    pub locations: Vec<Part>,
    /// Places of a board's system.
    pub places: Vec<Part>,
    /// How many places the system says that it has.
    pub place_count: Option<PlaceCountFacts>,
    /// Provider collaboratives of a board's system.
    pub collaboratives: Vec<Part>,
    /// How the area became an integrated care system.
    pub designation: Option<DesignationFacts>,
    /// Boards with shared leadership.
    pub clusters: Vec<ClusterFacts>,
    /// Changes of area, name and code.
    pub changes: Vec<ChangeFacts>,
    /// Residents.
    pub population: Option<PopulationFacts>,
    /// Of an area that the register does not know: the bodies whose land is in it.
    pub made_up_of: Vec<OverlapFacts>,
    /// Area on the National Grid in square kilometres, from the boundaries shown.
    pub area_km2: Option<f64>,
    /// Bodies before it, the latest first, back to 2013.
    pub predecessors: Vec<Relative>,
    /// Bodies after it, the earliest first.
    pub successors: Vec<Relative>,
    /// All successions that lead to it and away from it.
    pub lineage: Vec<Edge>,
    /// Where all this comes from.
    pub sources: Vec<SourceLine>,
    /// The body.
    #[serde(skip)]
    pub id: Option<BodyId>,
    /// What the body is.
    #[serde(skip)]
    pub body_kind: Option<BodyKind>,
}
