//! Fetching the bytes of a file, within limits.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Progress, ReadError, Stage};
use crate::diag::{Diagnostic, refuse};

/// The largest file that is read: ten times the largest boundary set that ONS publishes.
pub const LARGEST_FILE: u64 = 600 * 1024 * 1024;

/// Reads a whole file.
///
/// # Errors
/// If the path is not a readable regular file of at most [`LARGEST_FILE`] bytes, or the read
/// is cancelled.
pub fn load(path: &Path, progress: &Progress) -> Result<Vec<u8>, ReadError> {
    progress.enter(Stage::Loading)?;
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
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| fault(&error))?;
    // One byte more than allowed, in case the file grows while it is read.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    check_size(bytes.len() as u64)?;
    Ok(bytes)
}

fn check_size(bytes: u64) -> Result<(), Diagnostic> {
    if bytes <= LARGEST_FILE {
        return Ok(());
    }
    let mb = |bytes: u64| bytes / (1024 * 1024);
    Err(refuse(
        "too-large",
        format!("The file has {} MB; the limit is {} MB.", mb(bytes), mb(LARGEST_FILE)),
        "Choose a generalised version of the boundaries.",
    ))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let (what, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => ("does not exist", "Check the path."),
        std::io::ErrorKind::PermissionDenied => ("may not be read", "Ask for access to it."),
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

    #[test]
    fn a_cancelled_read_stops() {
        let progress = Progress::default();
        progress.cancel();
        assert!(matches!(load(Path::new("x"), &progress), Err(ReadError::Cancelled)));
    }
}
