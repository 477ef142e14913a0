//! Writing files whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written; nothing is left behind.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {source}. {}", path.display(), remedy(source))]
pub struct SaveError {
    path: PathBuf,
    source: io::Error,
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "Make room on the disk, or choose another folder."
        }
        ErrorKind::NotFound => "Choose a folder that is there.",
        _ => "Choose a folder that you may write to.",
    }
}

/// The path itself if no file is there, or else the first free one with a number after its name.
#[must_use]
pub fn free_name(path: &Path) -> PathBuf {
    let (stem, ending) = (path.file_stem().unwrap_or_default(), path.extension());
    let numbered = (2..1000).map(|number: u16| {
        let mut name = stem.to_owned();
        name.push(format!(" {number}"));
        if let Some(ending) = ending {
            name.push(".");
            name.push(ending);
        }
        path.with_file_name(name)
    });
    let mut names = std::iter::once(path.to_owned()).chain(numbered);
    names.find(|name| !name.exists()).unwrap_or_else(|| path.to_owned())
}

/// Writes `bytes` to a temporary file beside `path` and renames it, so that an earlier file is
/// replaced only by a complete one.
///
/// # Errors
/// If the folder cannot be written to or the disk is full.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    by(path, |file| file.write_all(bytes))
}

/// The same with whatever writes to the temporary file.
fn by(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), SaveError> {
    let fault = |source| SaveError { path: path.to_owned(), source };
    let name = path.file_name().ok_or_else(|| fault(ErrorKind::InvalidInput.into()))?;
    let temporary =
        path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = File::create(&temporary).and_then(|mut file| {
        write(&mut file)?;
        // A disk may say only now that it is full.
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&temporary, path)).map_err(|source| {
        // The error that matters is the first one.
        let _ = fs::remove_file(&temporary);
        fault(source)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        whole(&path, b"first").unwrap();
        whole(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_disk_that_fills_up_in_the_middle_leaves_the_earlier_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        whole(&path, b"first").unwrap();
        let error = by(&path, |file| {
            file.write_all(b"sec")?;
            Err(ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert!(error.to_string().ends_with("Make room on the disk, or choose another folder."));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half-written file");
    }

    #[test]
    fn a_path_that_cannot_be_replaced_is_told_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        fs::create_dir_all(path.join("in the way")).unwrap();
        whole(&path, b"x").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_free_name_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Devon 2022-07.png");
        assert_eq!(free_name(&path), path);
        whole(&path, b"x").unwrap();
        let second = folder.path().join("Devon 2022-07 2.png");
        assert_eq!(free_name(&path), second);
        whole(&second, b"x").unwrap();
        assert_eq!(free_name(&path), folder.path().join("Devon 2022-07 3.png"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let error = whole(&folder.path().join("no/map.png"), b"x").unwrap_err();
        assert!(error.to_string().contains("map.png cannot be written"), "{error}");
    }
}
