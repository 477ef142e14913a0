//! A file on disk: what it must be before it is read, and whether it stays the same meanwhile.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::limits;
use crate::diag::{Diagnostic, refuse};

/// A regular file of a size that can be read.
#[derive(Debug)]
pub struct Regular<'a> {
    path: &'a Path,
    metadata: Metadata,
}

impl<'a> Regular<'a> {
    /// The file of a path.
    ///
    /// # Errors
    /// If there is none, or if it is larger than [`limits::FILE_BYTES`].
    pub fn at(path: &'a Path) -> Result<Self, Diagnostic> {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if !metadata.is_file() {
            return Err(refuse(
                "not-a-file",
                format!("{} is not a file.", path.display()),
                "Choose a boundary file.",
            ));
        }
        check_size(metadata.len())?;
        Ok(Self { path, metadata })
    }

    /// Its bytes when it was looked at.
    pub fn len(&self) -> u64 {
        self.metadata.len()
    }

    /// Opens it.
    ///
    /// # Errors
    /// If it cannot be opened, or if another file has taken its place.
    pub fn open(&self) -> Result<File, Diagnostic> {
        let file = File::open(self.path).map_err(|error| self.fault(&error))?;
        match file.metadata() {
            Ok(now) if self.is_same(&now) => Ok(file),
            _ => Err(self.changed()),
        }
    }

    /// Appends at most so many bytes to those that are there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn append(
        &self,
        file: &mut impl Read,
        most: u64,
        bytes: &mut Vec<u8>,
    ) -> Result<usize, Diagnostic> {
        file.by_ref().take(most).read_to_end(bytes).map_err(|error| self.fault(&error))
    }

    /// To be asked when all has been read.
    ///
    /// # Errors
    /// If it is not the file that it was.
    pub fn check_unchanged(&self) -> Result<(), Diagnostic> {
        match std::fs::metadata(self.path) {
            Ok(now) if self.is_same(&now) => Ok(()),
            _ => Err(self.changed()),
        }
    }

    /// What an error while reading means.
    pub fn fault(&self, error: &std::io::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::UnexpectedEof => self.changed(),
            _ => unreadable(self.path, error),
        }
    }

    /// The file is not what it was.
    pub fn changed(&self) -> Diagnostic {
        let message = format!("{} changed while it was read.", self.path.display());
        refuse("file-changed", message, "Wait until it is complete, then open it again.")
    }

    fn is_same(&self, now: &Metadata) -> bool {
        now.len() == self.len() && now.modified().ok() == self.metadata.modified().ok()
    }
}

/// Checks a number of bytes against the limit of a file.
///
/// # Errors
/// If there are more.
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

    fn code_at(path: &Path) -> &'static str {
        Regular::at(path).expect_err("it is a file").code
    }

    #[test]
    fn missing_files_and_folders_are_refused() {
        let folder = std::env::temp_dir();
        assert_eq!(code_at(&folder), "not-a-file");
        assert_eq!(code_at(&folder.join("there is no such file.geojson")), "unreadable");
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_not_opened() {
        for path in ["/dev/zero", "/dev/stdin", "/dev"] {
            assert_eq!(code_at(Path::new(path)), "not-a-file", "{path}");
        }
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.geojson");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(code_at(&pipe), "not-a-file");
        }
    }

    /// Gives some bytes and then an error.
    struct Failing(usize);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(ErrorKind::ConnectionReset.into());
            }
            let count = buffer.len().min(self.0);
            self.0 -= count;
            Ok(count)
        }
    }

    #[test]
    fn a_fault_in_the_middle_and_a_file_that_changes_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, "12345").unwrap();
        let file = Regular::at(&path).unwrap();
        let mut bytes = Vec::new();
        let fault = file.append(&mut Failing(5000), 9000, &mut bytes).unwrap_err();
        assert_eq!((fault.code, bytes.len()), ("unreadable", 5000));
        file.check_unchanged().unwrap();
        std::fs::write(&path, "123456").unwrap();
        assert_eq!(file.open().unwrap_err().code, "file-changed");
        assert_eq!(file.check_unchanged().unwrap_err().code, "file-changed");
    }
}
