//! How much is read, with the reason for each number.
//!
//! The largest sets that ONS publishes for one kind of area (full resolution, whole of the UK)
//! have some 300 MB of GeoJSON, 10 million positions and 44,000 features. The limits leave room
//! above that and keep a hostile file from filling the memory.

use crate::diag::{Diagnostic, refuse};

/// Bytes of a file, packed or unpacked: twice the largest published set.
pub const FILE_BYTES: u64 = 600 * 1024 * 1024;

/// How many times larger an archive may become when unpacked. GeoJSON packs to a tenth, the
/// emptiest published shapefile to a fiftieth; a thousand and more is a trap.
pub const UNPACK_RATIO: u64 = 300;

/// Unpacked bytes below which the ratio does not matter: a small file of blanks is harmless.
pub const UNPACK_FREE: u64 = 16 * 1024 * 1024;

/// Entries of a zip archive: a download has a dozen, a folder zipped by mistake thousands.
pub const ZIP_ENTRIES: usize = 10_000;

/// Features of a layer: all 188,880 output areas of England and Wales, with room.
pub const FEATURES: usize = 250_000;

/// Rings over all features: the coast of the UK at full resolution has some 100,000 islands.
pub const RINGS: usize = 2_000_000;

/// Positions over all rings: three times the largest published set.
pub const VERTICES: usize = 30_000_000;

/// Values of a table over all its rows: those of the largest published sets, with room. Each
/// takes some hundred bytes of memory, however few it has in the file.
pub const VALUES: usize = 10_000_000;

/// Characters of a name or code that are kept: the longest official name has about 90.
pub const LABEL_CHARS: usize = 200;

/// Levels of a geometry collection, and of elements in KML: real files have three.
pub const NESTING: usize = 64;

/// Parts (objects, layers, files of an archive) that are offered to choose from.
pub const PARTS: usize = 500;

/// A refusal because something is more than a limit.
#[must_use]
pub fn exceeded(what: &str, count: usize, limit: usize) -> Diagnostic {
    refuse(
        "limit-exceeded",
        format!("The file has {count} {what}; the limit is {limit}."),
        "Choose a generalised version of the boundaries, or a part of them.",
    )
}
