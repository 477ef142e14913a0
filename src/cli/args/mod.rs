//! What can be typed.

pub mod export;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::geo::simplify::Amount;
use crate::model::date::DateError;
use crate::model::{BodyKind, Date, Edition};

/// England's NHS integrated care systems on a map. Without a subcommand, opens the window.
#[derive(Debug, Parser)]
#[command(name = "ics-atlas", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Boundary files to open in the window
    pub files: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say whether a boundary file can be used, and what was found in it
    Check {
        /// The file
        file: PathBuf,
        /// The layer, object or inner file to read, where there are several [default: the largest]
        #[arg(long, value_name = "NAME")]
        part: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the areas of an edition or a file, or the bodies of a kind
    List {
        #[command(flatten)]
        source: Source,
        /// Kind of body instead of areas: ics, icb, icp, region, council, district, place,
        /// collaborative, sicbl, ccg or stp
        #[arg(long, conflicts_with_all = ["edition", "file"])]
        kind: Option<BodyKind>,
        /// Only the bodies that existed on a day, such as 2020-06-01 [default: of all times]
        #[arg(long, value_name = "DATE", requires = "kind", value_parser = day)]
        on: Option<Date>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Tell what is known of one body, or of one area of an edition or a file
    Show {
        /// Name, ODS code or ONS code, old or new
        name: String,
        #[command(flatten)]
        source: Source,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Find bodies by name or code, also with typing errors, old names and old codes
    Find {
        /// What to look for
        text: String,
        /// How many to list at most
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Tell who merged into whom, back to 2013 and on to 2026
    Lineage {
        /// Name, ODS code or ONS code, old or new
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the national events from 2012 on
    Events {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say which area holds a place
    At {
        /// Latitude and longitude (51.47,-0.02) or an OS grid reference (TQ 37 76)
        #[arg(allow_hyphen_values = true)]
        place: String,
        #[command(flatten)]
        source: Source,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Tell what changed between two boundary sets, by the shapes of their areas
    Changes(ChangesOptions),
    /// Write the same areas with fewer points: shared borders stay shared, no area is lost
    Simplify(SimplifyOptions),
    /// Make a picture without opening a window
    Export(Box<export::ExportOptions>),
    /// Make the bundled data from published files (for maintainers, see docs/geodata.md)
    Prepare {
        /// Folder with the folders boundaries and facts
        source: PathBuf,
        /// Folder to write
        #[arg(default_value = "geodata")]
        out: PathBuf,
    },
}

/// Which areas are meant.
#[derive(Debug, Args)]
pub struct Source {
    /// Bundled edition: 2013-04, 2015-04, 2017-04, 2018-04, 2019-04, 2020-04, 2021-04, 2022-07,
    /// 2023-04 or 2026-04 [default: 2022-07]
    #[arg(long, value_parser = map_edition, conflicts_with = "file")]
    pub edition: Option<Edition>,
    /// Boundary file to use instead of a bundled edition
    #[arg(long)]
    pub file: Option<PathBuf>,
    /// The layer, object or inner file to read, where there are several [default: the largest]
    #[arg(long, value_name = "NAME", requires = "file")]
    pub part: Option<String>,
}

impl Source {
    /// Whether neither an edition nor a file is named.
    pub fn is_usual(&self) -> bool {
        self.edition.is_none() && self.file.is_none()
    }
}

#[derive(Debug, Args)]
pub struct ChangesOptions {
    /// The old set: a bundled edition such as 2022-07, or a boundary file
    pub old: String,
    /// The new set: a bundled edition such as 2023-04, or a boundary file
    pub new: String,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["csv", "markdown"])]
    pub json: bool,
    /// Print CSV, one row a change; lines with # above it say what was compared
    #[arg(long, conflicts_with = "markdown")]
    pub csv: bool,
    /// Print Markdown
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Debug, Args)]
pub struct SimplifyOptions {
    /// Boundary file to read
    pub file: PathBuf,
    /// GeoJSON file to write: degrees with seven decimals, or National Grid metres with two if the
    /// file that is read has those
    pub out: PathBuf,
    /// Share of the points to keep, such as 5%
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "tolerance", required_unless_present = "tolerance")]
    pub keep: Option<f64>,
    /// Distance that borders may move at most, such as 50m or 0.2km
    #[arg(long, value_name = "DISTANCE", value_parser = distance)]
    pub tolerance: Option<f64>,
    /// The layer, object or inner file to read, where there are several [default: the largest]
    #[arg(long, value_name = "NAME")]
    pub part: Option<String>,
}

impl SimplifyOptions {
    /// How much is to stay.
    pub fn amount(&self) -> Amount {
        match (self.keep, self.tolerance) {
            (_, Some(metres)) => Amount::Tolerance(metres),
            (share, None) => Amount::Share(share.unwrap_or(1.0)),
        }
    }
}

/// A share from nothing to all, as a part of one.
fn share(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').and_then(|percent| percent.trim().parse::<f64>().ok());
    let share = number.map(|percent| percent / 100.0);
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "give a percentage from 0% to 100%, such as 5%".to_owned())
}

/// A distance in metres.
fn distance(text: &str) -> Result<f64, String> {
    let (number, unit) = match (text.strip_suffix("km"), text.strip_suffix('m')) {
        (Some(number), _) => (number, 1000.0),
        (None, Some(number)) => (number, 1.0),
        (None, None) => return Err("give a distance with its unit, such as 50m".to_owned()),
    };
    let metres = number.trim().parse::<f64>().ok().map(|number| number * unit);
    metres
        .filter(|metres| (0.0..=1e6).contains(metres))
        .ok_or_else(|| "give a distance such as 50m or 0.2km".to_owned())
}

/// An edition that has a map.
fn map_edition(text: &str) -> Result<Edition, String> {
    let edition: Edition = text.parse()?;
    if Edition::MAPS.contains(&edition) {
        return Ok(edition);
    }
    let known: Vec<_> = Edition::MAPS.iter().map(|edition| edition.id()).collect();
    Err(format!("{edition} has no map; there are {}", known.join(", ")))
}

/// A whole date: what existed in a month or a year depends on the day.
fn day(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|error: DateError| error.to_string())?;
    if date.is_day() { Ok(date) } else { Err(format!("\"{text}\" has no day; give 2022-07-01")) }
}
