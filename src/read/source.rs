//! Fetching the bytes of a file, and of those that belong to it, within limits.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Progress, ReadError, Stage, limits};
use crate::diag::{Diagnostic, refuse};

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
/// If the path is not a readable regular file of at most [`limits::FILE_BYTES`], if it changes
/// while it is read, or if the read is cancelled.
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
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { name, bytes: Cow::Owned(bytes), companions })
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
    let fault = |error: &std::io::Error| unreadable(path, error);
    let metadata = std::fs::metadata(path).map_err(|error| fault(&error))?;
    if !metadata.is_file() {
        return Err(refuse(
            "not-a-file",
            format!("{} is not a file.", path.display()),
            "Choose a boundary file.",
        )
        .into());
    }
    check_size(metadata.len())?;
    if metadata.len() > SHARE {
        return in_shares(&metadata, path, progress);
    }
    let file = File::open(path).map_err(|error| fault(&error))?;
    read_all(file, metadata.len(), path, progress)
}

/// Larger files are read in shares of so many bytes, several at a time.
const SHARE: u64 = 4 * 1024 * 1024;

/// Reads a large file, share by share.
fn in_shares(expected: &Metadata, path: &Path, progress: &Progress) -> Result<Vec<u8>, ReadError> {
    let is_same = |now: &Metadata| {
        now.len() == expected.len() && now.modified().ok() == expected.modified().ok()
    };
    let read = |(number, share): (usize, &mut [u8])| -> Result<(), ReadError> {
        progress.go_on()?;
        let fault = |error: &std::io::Error| match error.kind() {
            ErrorKind::UnexpectedEof => changed(path),
            _ => unreadable(path, error),
        };
        let mut file = File::open(path).map_err(|error| fault(&error))?;
        // Another file may have taken its place.
        if !file.metadata().is_ok_and(|now| is_same(&now)) {
            return Err(changed(path).into());
        }
        let place = SeekFrom::Start(number as u64 * SHARE);
        file.seek(place).map_err(|error| fault(&error))?;
        Ok(file.read_exact(share).map_err(|error| fault(&error))?)
    };
    let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut bytes = vec![0; size(expected.len())];
    bytes.par_chunks_mut(size(SHARE)).enumerate().try_for_each(read)?;
    match std::fs::metadata(path) {
        Ok(now) if is_same(&now) => Ok(bytes),
        _ => Err(changed(path).into()),
    }
}

/// Reads a file that is known to have so many bytes.
fn read_all(
    mut file: impl Read,
    expected: u64,
    path: &Path,
    progress: &Progress,
) -> Result<Vec<u8>, ReadError> {
    const CHUNK: u64 = 8 * 1024 * 1024;
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    loop {
        progress.go_on()?;
        let got = file.by_ref().take(CHUNK).read_to_end(&mut bytes);
        if got.map_err(|error| unreadable(path, &error))? == 0 {
            break;
        }
        check_size(bytes.len() as u64)?;
    }
    if bytes.len() as u64 != expected {
        return Err(changed(path).into());
    }
    Ok(bytes)
}

/// Checks a number of bytes against the limit of a file.
pub fn check_size(bytes: u64) -> Result<(), Diagnostic> {
    if bytes <= limits::FILE_BYTES {
        return Ok(());
    }
    let mb = |bytes: u64| bytes / (1024 * 1024);
    Err(refuse(
        "too-large",
        format!("The file has {} MB; the limit is {} MB.", mb(bytes), mb(limits::FILE_BYTES)),
        "Choose a generalised version of the boundaries.",
    ))
}

fn changed(path: &Path) -> Diagnostic {
    let message = format!("{} changed while it was read.", path.display());
    refuse("file-changed", message, "Wait until it is complete, then open it again.")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let (what, hint) = match error.kind() {
        ErrorKind::NotFound => ("does not exist", "Check the path."),
        ErrorKind::PermissionDenied => ("may not be read", "Ask for access to it."),
        _ => {
            let message = format!("{} cannot be read: {error}.", path.display());
            return refuse("unreadable", message, "Copy it to your own disk and try again.");
        }
    };
    refuse("unreadable", format!("{} {what}.", path.display()), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(path: &Path) -> &'static str {
        match load(path, &Progress::default()) {
            Err(ReadError::Refused(refusal)) => refusal.reason.code,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    #[test]
    fn missing_files_and_folders_are_refused() {
        let folder = std::env::temp_dir();
        assert_eq!(code_of(&folder), "not-a-file");
        assert_eq!(code_of(&folder.join("there is no such file.geojson")), "unreadable");
    }

    /// Gives some bytes and then an error.
    struct Failing(usize);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::ErrorKind::ConnectionReset.into());
            }
            let count = buffer.len().min(self.0);
            self.0 -= count;
            Ok(count)
        }
    }

    #[test]
    fn a_fault_in_the_middle_and_a_file_that_grows_or_shrinks_are_refused() {
        let code = |result: Result<Vec<u8>, ReadError>| match result {
            Err(ReadError::Refused(refusal)) => refusal.reason.code,
            other => panic!("expected a refusal, got {other:?}"),
        };
        let (path, progress) = (Path::new("net/a.geojson"), Progress::default());
        assert_eq!(code(read_all(Failing(5000), 9000, path, &progress)), "unreadable");
        for expected in [2, 9] {
            let read = read_all(&b"12345"[..], expected, path, &progress);
            assert_eq!(code(read), "file-changed", "{expected} bytes expected");
        }
    }

    #[test]
    fn a_large_file_is_read_in_shares() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let text: Vec<u8> = (0..2 * SHARE + 77).map(|i| (i % 251) as u8).collect();
        std::fs::write(&path, &text).unwrap();
        assert!(load(&path, &Progress::default()).unwrap().bytes == text);
        let before = std::fs::metadata(&path).unwrap();
        std::fs::write(&path, &text[1..]).unwrap();
        let shorter = in_shares(&before, &path, &Progress::default());
        assert!(matches!(shorter, Err(ReadError::Refused(refusal))
            if refusal.reason.code == "file-changed"));
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_not_opened() {
        for path in ["/dev/zero", "/dev/stdin", "/dev"] {
            assert_eq!(code_of(Path::new(path)), "not-a-file", "{path}");
        }
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.geojson");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(code_of(&pipe), "not-a-file");
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
