//! A boundary file on its way from the disk to the reader.

use std::path::Path;

use super::file::Regular;
use super::format::geojson::{self, Collection};
use super::source::{self, SHARE, Source};
use super::{Progress, ReadError, Stage};

/// What reading begins with.
pub enum Input<'a> {
    /// A file in memory.
    File(Source<'a>),
    /// A large GeoJSON file that was read while it was loaded.
    Collection(String, Box<Collection<'static>>),
}

impl<'a> From<Source<'a>> for Input<'a> {
    fn from(source: Source<'a>) -> Self {
        Self::File(source)
    }
}

/// Loads a boundary file, and of a shapefile those beside it.
///
/// # Errors
/// As [`source::load`].
pub fn load(path: &Path, progress: &Progress) -> Result<Input<'static>, ReadError> {
    progress.enter(Stage::Loading)?;
    match collection(path, progress)? {
        Some(collection) => Ok(Input::Collection(source::name_of(path), Box::new(collection))),
        None => source::load(path, progress).map(Input::File),
    }
}

/// A large GeoJSON file by the rules.
fn collection(path: &Path, progress: &Progress) -> Result<Option<Collection<'static>>, ReadError> {
    const PIECE: u64 = 256 * 1024;
    let Ok(file) = Regular::at(path) else { return Ok(None) }; // to be told by the other way
    if file.len() <= SHARE {
        return Ok(None);
    }
    let mut open = file.open()?;
    let mut total = 0;
    let collection = geojson::collection(|bytes: &mut Vec<u8>| {
        progress.go_on()?;
        let got = file.append(&mut open, PIECE, bytes)?;
        total += got as u64;
        Ok(got)
    })?;
    if collection.is_some() {
        file.check_unchanged()?;
        if total != file.len() {
            return Err(file.changed().into());
        }
    }
    Ok(collection)
}
