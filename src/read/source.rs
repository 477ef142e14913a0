//! Fetching the bytes of a file, and of those that belong to it, within limits.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::file::Regular;
use super::{Progress, ReadError, Stage};

/// A file in memory.
#[derive(Debug, Clone, Default)]
pub struct Source<'a> {
    /// Its name without folders: the title of its layer.
    pub name: String,
    /// Its bytes.
    pub bytes: Cow<'a, [u8]>,
    /// The files beside a shapefile, by their endings in lower case: `dbf`, `prj`, `cpg`.
    pub companions: BTreeMap<String, Cow<'a, [u8]>>,
}

impl<'a> Source<'a> {
    /// A file without companions.
    #[must_use]
    pub fn new(name: &str, bytes: &'a [u8]) -> Self {
        Self { name: name.to_owned(), bytes: Cow::Borrowed(bytes), companions: BTreeMap::new() }
    }

    /// Its name, which is all that is left: the memory is given back. That takes some milliseconds
    /// for a large file, so another core does it.
    pub(super) fn into_name(self) -> String {
        let Self { name, bytes, .. } = self;
        if bytes.len() as u64 > SHARE
            && let Cow::Owned(bytes) = bytes
        {
            rayon::spawn(move || drop(bytes));
        }
        name
    }
}

/// The endings of the files that a shapefile is made of, besides `shp`; its index is not needed.
pub const COMPANIONS: [&str; 3] = ["dbf", "prj", "cpg"];

/// Reads a file, and of a shapefile those beside it.
///
/// # Errors
/// If the path is not a readable regular file of at most
/// [`FILE_BYTES`](super::limits::FILE_BYTES), if it changes while it is read, or if the read is
/// cancelled.
pub fn load(path: &Path, progress: &Progress) -> Result<Source<'static>, ReadError> {
    progress.enter(Stage::Loading)?;
    let is_part = |ending: &str| COMPANIONS.contains(&ending) || ending == "shx";
    // One of the files of a shapefile stands for all of it.
    let main = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let main = main.filter(|ending| is_part(ending)).and_then(|_| beside(path, "shp"));
    let path = main.as_deref().unwrap_or(path);
    let bytes = whole(path, progress)?;
    let mut companions = BTreeMap::new();
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp")) {
        for ending in COMPANIONS {
            if let Some(path) = beside(path, ending) {
                companions.insert(ending.to_owned(), Cow::Owned(whole(&path, progress)?));
            }
        }
    }
    Ok(Source { name: name_of(path), bytes: Cow::Owned(bytes), companions })
}

/// The name of a file without folders.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The paths of a file and of those that belong to it, as far as they are there.
#[must_use]
pub fn paths(path: &Path) -> Vec<PathBuf> {
    let others = COMPANIONS.into_iter().chain(["shp"]).filter_map(|ending| beside(path, ending));
    let is_shapefile = ["shp", "dbf", "shx", "prj", "cpg"]
        .iter()
        .any(|ending| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending)));
    let mut paths = vec![path.to_owned()];
    paths.extend(others.filter(|other| is_shapefile && other != path));
    paths
}

/// The file of the same name with another ending, in either case.
fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    let spellings = [ending.to_owned(), ending.to_ascii_uppercase()];
    spellings.into_iter().map(|ending| path.with_extension(ending)).find(|path| path.is_file())
}

fn whole(path: &Path, progress: &Progress) -> Result<Vec<u8>, ReadError> {
    let file = Regular::at(path)?;
    if file.len() > SHARE { in_shares(&file, progress) } else { at_once(&file, progress) }
}

/// Files above this size are worth the work of both cores.
pub(super) const SHARE: u64 = 4 * 1024 * 1024;

/// Reads a large file in shares, several at a time.
fn in_shares(file: &Regular<'_>, progress: &Progress) -> Result<Vec<u8>, ReadError> {
    let read = |(number, share): (usize, &mut [u8])| -> Result<(), ReadError> {
        progress.go_on()?;
        let mut open = file.open()?;
        let place = SeekFrom::Start(number as u64 * SHARE);
        open.seek(place).map_err(|error| file.fault(&error))?;
        Ok(open.read_exact(share).map_err(|error| file.fault(&error))?)
    };
    let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut bytes = vec![0; size(file.len())];
    bytes.par_chunks_mut(size(SHARE)).enumerate().try_for_each(read)?;
    file.check_unchanged()?;
    Ok(bytes)
}

fn at_once(file: &Regular<'_>, progress: &Progress) -> Result<Vec<u8>, ReadError> {
    progress.go_on()?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.len()).unwrap_or(0));
    // One byte more tells that it grows.
    let got = file.append(&mut file.open()?, file.len() + 1, &mut bytes)?;
    if got as u64 != file.len() {
        return Err(file.changed().into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_is_read_in_shares() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let text: Vec<u8> = (0..2 * SHARE + 77).map(|i| (i % 251) as u8).collect();
        std::fs::write(&path, &text).unwrap();
        assert!(load(&path, &Progress::default()).unwrap().bytes == text);
        let before = Regular::at(&path).unwrap();
        std::fs::write(&path, &text[1..]).unwrap();
        for read in [in_shares, at_once] {
            let shorter = read(&before, &Progress::default());
            assert!(matches!(shorter, Err(ReadError::Refused(refusal))
                if refusal.reason.code == "file-changed"));
        }
    }

    #[test]
    fn any_file_of_a_shapefile_brings_the_others() {
        let folder = tempfile::tempdir().unwrap();
        for ending in ["shp", "DBF", "prj", "txt"] {
            std::fs::write(folder.path().join(format!("a.{ending}")), ending).unwrap();
        }
        for ending in ["shp", "DBF"] {
            let path = folder.path().join(format!("a.{ending}"));
            let source = load(&path, &Progress::default()).unwrap();
            assert_eq!(source.name, "a.shp");
            assert_eq!(&*source.bytes, b"shp");
            assert_eq!(source.companions.keys().collect::<Vec<_>>(), ["dbf", "prj"]);
            assert_eq!(paths(&path).len(), 3);
        }
    }

    #[test]
    fn a_cancelled_read_stops() {
        let progress = Progress::default();
        progress.cancel();
        assert!(matches!(load(Path::new("x"), &progress), Err(ReadError::Cancelled)));
    }
}
