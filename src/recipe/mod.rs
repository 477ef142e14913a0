//! A recipe: everything that a person chose for a picture, to be kept in a file and used again.
//!
//! The export dialog edits a recipe, the command line fills one from its options, and
//! [`Recipe::cook`] makes a [`Picture`] of it. Tomorrow's picture is the same recipe with new data.

mod cook;
mod figures;
mod page;
mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use cook::{Cooked, Pantry, RecipeError};
pub use figures::{FigureChoice, Shown};
pub use page::{Paper, SIDES};

use crate::geo::space::Grid;
use crate::model::JoinedLayer;
use crate::scene::lines::Lines;
use crate::scene::picture::Picture;
use crate::style::theme::{Background, Style};

/// Everything that was chosen for a picture. What is not said is as usual.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// Which map.
    pub map: MapChoice,
    /// What of it is shown.
    pub show: Show,
    /// Figures by which the areas are coloured.
    pub figures: Option<FigureChoice>,
    /// The page.
    pub page: Page,
    /// Colours.
    pub style: Style,
    /// Names on the map.
    pub labels: Labels,
    /// What stands beside it.
    pub furniture: Pieces,
}

/// Which map a picture is of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MapChoice {
    /// A bundled edition, such as `2022-07`.
    pub edition: Option<String>,
    /// A boundary file, instead of an edition.
    pub file: Option<PathBuf>,
    /// The part of the file to read, where it has several.
    pub part: Option<String>,
    /// Another edition or file: what changed since then is shown.
    pub since: Option<String>,
    /// Areas that stand out, by name or code.
    pub select: Vec<String>,
    /// Lines of other areas.
    pub lines: Vec<Lines>,
}

/// What of the map is shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Show {
    /// All of it.
    #[default]
    England,
    /// A part of the grid: west, south, east and north edge in grid metres.
    Extent([f64; 4]),
    /// One system by itself, its neighbours pale.
    System {
        /// Its name or code.
        name: String,
        /// The areas within it.
        #[serde(default)]
        with: Option<Lines>,
    },
    /// The systems of one region, the others pale.
    Region {
        /// Its name or code.
        name: String,
    },
    /// Another edition or file beside the map.
    BesideEarlier {
        /// The other one, which stands on the left.
        earlier: String,
    },
    /// All bundled editions from 2013 on.
    History,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Page {
    /// Its shape.
    pub paper: Paper,
    /// Pixels of a PNG for each pixel of the page, from 1 to 4.
    pub scale: u8,
    /// Space around everything but the map, in pixels.
    pub margin: u16,
    /// What it stands on.
    pub background: Background,
}

impl Default for Page {
    fn default() -> Self {
        Self { paper: Paper::default(), scale: 1, margin: 32, background: Background::default() }
    }
}

/// What is written on the map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Labels {
    /// Which text.
    pub text: LabelText,
    /// Where a person has put a text: the code of its area, and easting and northing of its middle
    /// in metres.
    pub moved: BTreeMap<String, [f64; 2]>,
}

impl Labels {
    /// Where a person has put the names of the areas of a layer, in grid metres.
    #[must_use]
    pub fn moved_on(&self, layer: &JoinedLayer) -> BTreeMap<usize, Grid> {
        let moved = self.moved.iter().filter_map(|(code, [x, y])| {
            let areas = &layer.layer.areas;
            let area = areas.iter().position(|area| area.code == *code || area.name == *code)?;
            Some((area, Grid { x: *x, y: *y }))
        });
        moved.collect()
    }
}

/// What is written on an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelText {
    /// `South East London`.
    #[default]
    Short,
    /// The name that the system uses in public: `Our Healthier South East London`.
    Public,
    /// `NHS South East London Integrated Care Board`.
    Full,
    /// The ODS code, or else the ONS code.
    Code,
    /// The short name and the figure.
    Value,
    /// Nothing.
    None,
}

impl LabelText {
    /// All, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Short, Self::Public, Self::Full, Self::Code, Self::Value, Self::None];

    /// Its name in recipes and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Public => "public",
            Self::Full => "full",
            Self::Code => "code",
            Self::Value => "value",
            Self::None => "none",
        }
    }

    /// Its name in the menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Short => "Short names",
            Self::Public => "Public names",
            Self::Full => "Full names",
            Self::Code => "Codes",
            Self::Value => "Names and figures",
            Self::None => "None",
        }
    }
}

/// A text that can be made by itself, left out, or written by a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub enum Words {
    /// Made from what is shown.
    #[default]
    Made,
    /// Left out.
    None,
    /// Written by a person.
    Own(String),
}

/// [`Words`] in a file: `true`, `false` or a text.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Switch(bool),
    Text(String),
}

impl From<Written> for Words {
    fn from(written: Written) -> Self {
        match written {
            Written::Switch(true) => Self::Made,
            Written::Switch(false) => Self::None,
            Written::Text(text) if text.trim().is_empty() => Self::None,
            Written::Text(text) => Self::Own(text),
        }
    }
}

impl From<Words> for Written {
    fn from(words: Words) -> Self {
        match words {
            Words::Made => Self::Switch(true),
            Words::None => Self::Switch(false),
            Words::Own(text) => Self::Text(text),
        }
    }
}

impl Words {
    /// The text, `made` if it makes itself.
    fn or(&self, made: impl FnOnce() -> Option<String>) -> Option<String> {
        match self {
            Self::Made => made(),
            Self::None => None,
            Self::Own(text) => Some(text.clone()),
        }
    }
}

/// What stands beside the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each piece can be there or not, by itself")]
pub struct Pieces {
    /// Title.
    pub title: Words,
    /// Line under the title.
    pub subtitle: Words,
    /// Colours and lines explained.
    pub legend: bool,
    /// Scale bar.
    pub scale_bar: bool,
    /// London at a larger scale, where the whole of England is shown.
    pub london: bool,
    /// Other parts at a larger scale.
    pub insets: Vec<InsetChoice>,
    /// Numbers and a key for areas without room for their name.
    pub key: bool,
    /// Source and licence.
    pub source: bool,
    /// Date of the boundaries.
    pub date: bool,
    /// A picture file: PNG, JPEG or SVG.
    pub logo: Option<PathBuf>,
}

impl Default for Pieces {
    fn default() -> Self {
        Self {
            title: Words::Made,
            subtitle: Words::Made,
            legend: true,
            scale_bar: true,
            london: true,
            insets: Vec::new(),
            key: true,
            source: true,
            date: true,
            logo: None,
        }
    }
}

/// A piece that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Title.
    Title,
    /// Line under the title.
    Subtitle,
    /// Colours and lines explained.
    Legend,
    /// Scale bar.
    ScaleBar,
    /// London at a larger scale.
    London,
    /// Numbers and their key.
    Key,
    /// Source and licence.
    Source,
    /// Date of the boundaries.
    Date,
}

impl Piece {
    /// All, from the top of the page.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Subtitle,
        Self::Legend,
        Self::ScaleBar,
        Self::London,
        Self::Key,
        Self::Source,
        Self::Date,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Legend => "legend",
            Self::ScaleBar => "scale-bar",
            Self::London => "london",
            Self::Key => "key",
            Self::Source => "source",
            Self::Date => "date",
        }
    }
}

impl Pieces {
    /// Leaves a piece out.
    pub fn leave_out(&mut self, piece: Piece) {
        match piece {
            Piece::Title => self.title = Words::None,
            Piece::Subtitle => self.subtitle = Words::None,
            Piece::Legend => self.legend = false,
            Piece::ScaleBar => self.scale_bar = false,
            Piece::London => self.london = false,
            Piece::Key => self.key = false,
            Piece::Source => self.source = false,
            Piece::Date => self.date = false,
        }
    }
}

/// A part of the map at a larger scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InsetChoice {
    /// What it is called.
    pub title: String,
    /// West, south, east and north edge in grid metres.
    pub extent: [f64; 4],
}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// In a sentence, with the line, if the text is no recipe.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
            let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            format!("{place}{}", error.message())
        })
    }

    /// The recipe as a file.
    ///
    /// # Errors
    /// If a path in it is not Unicode.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests;
