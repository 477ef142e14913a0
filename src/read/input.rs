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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Choices, read_layer};

    /// A row of squares, the first as it is given, with borders of so many points that the file is
    /// a large one.
    fn text_of(first: &str) -> String {
        let feature = |number: i32| {
            let west = -3.0 + 0.1 * f64::from(number);
            let south = (0..=40_000).map(|i| [west + 0.1 * f64::from(i) / 40_000.0, 52.0]);
            let mut ring: Vec<[f64; 2]> = south.collect();
            ring.extend([[west + 0.1, 52.1], [west, 52.1], [west, 52.0]]);
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"Square {number}\"}},\
                 \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{ring:?}]}}}}"
            )
        };
        let features: Vec<String> = (1..=6).map(feature).collect();
        let features = features.join(",\n");
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{first}{features}]}}")
    }

    #[test]
    fn a_large_file_is_the_same_read_as_it_comes_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("squares.geojson");
        let progress = Progress::default();
        // The second begins with a feature that is not by the rules.
        for (first, is_by_the_rules) in [("", true), ("{\"type\":\"Feature\"},", false)] {
            std::fs::write(&path, text_of(first)).unwrap();
            assert!(std::fs::metadata(&path).unwrap().len() > SHARE);
            let input = load(&path, &progress).unwrap();
            assert_eq!(matches!(input, Input::Collection(..)), is_by_the_rules);
            let whole = source::load(&path, &progress).unwrap();
            let read = |input| read_layer(input, &Choices::default(), &progress).unwrap();
            let (as_it_comes, whole) = (read(input), read(Input::File(whole)));
            assert_eq!(as_it_comes.diagnostics, whole.diagnostics);
            let (layer, findings) = as_it_comes.value;
            assert_eq!(findings.vertices, 6 * 40_004);
            assert_eq!(layer.about.title, "squares.geojson");
            for (area, other) in layer.areas.iter().zip(&whole.value.0.areas) {
                let (own, other) = ((&area.name, area.area_m2), (&other.name, other.area_m2));
                assert_eq!(own, other);
            }
            assert_eq!(layer.areas.len(), 6);
        }
    }

    #[test]
    fn a_cancelled_load_stops_in_the_middle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("squares.geojson");
        std::fs::write(&path, text_of("")).unwrap();
        let progress = Progress::default();
        progress.cancel();
        assert!(matches!(collection(&path, &progress), Err(ReadError::Cancelled)));
    }
}
