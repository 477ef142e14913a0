//! The files that are open, waiting or being read, without any egui type.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::diag::Diagnostic;
use crate::model::LayerId;
use crate::read::{Choices, Findings, Part, Progress, source};

/// A file that is open as a layer.
#[derive(Debug, Clone)]
pub struct FileInfo {
    /// Its layer.
    pub id: LayerId,
    /// The file.
    pub path: PathBuf,
    /// What a person has chosen for it.
    pub choices: Choices,
    /// What reading found out.
    pub findings: Findings,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// The state of the file when it was read.
    pub stamp: Stamp,
}

/// Length and time of change of a file and of those that belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp(Vec<(u64, Option<SystemTime>)>);

impl Stamp {
    /// The state of a file now; empty if it is not there.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let state = |path: PathBuf| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((metadata.len(), metadata.modified().ok()))
        };
        Self(source::paths(path).into_iter().filter_map(state).collect())
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.is_empty()
    }
}

/// A file that is watched for changes on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its layer; `None`: it is the table of figures.
    pub layer: Option<LayerId>,
    /// The file.
    pub path: PathBuf,
    /// The state of the file when it was read.
    pub stamp: Stamp,
}

/// A file to read, and what for.
#[derive(Debug, Clone, PartialEq)]
pub struct FileOrder {
    /// The file.
    pub path: PathBuf,
    /// What a person has chosen for it.
    pub choices: Choices,
    /// The opened file that it takes the place of.
    pub replaces: Option<LayerId>,
    /// Whether it is read because it changed on disk, without anybody asking.
    pub is_reload: bool,
}

/// A file that is being read.
#[derive(Debug)]
pub struct Reading {
    /// Which reading it is.
    pub generation: u64,
    /// The file.
    pub order: FileOrder,
    /// How far it is.
    pub progress: Progress,
}

/// A file with several boundary sets, one of which a person is to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct PartChoice {
    /// The file.
    pub order: FileOrder,
    /// What there is.
    pub parts: Vec<Part>,
}

/// The name of a file without its folders.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files to open out of those that were dropped or named: of the parts of one shapefile only
/// the first.
#[must_use]
pub fn whole_files(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut whole: Vec<PathBuf> = Vec::new();
    for path in paths {
        let is_part = source::paths(&path).iter().skip(1).any(|other| whole.contains(other));
        if !is_part && !whole.contains(&path) {
            whole.push(path);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_shapefile_are_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a.shp", "a.dbf", "a.prj", "b.geojson"] {
            std::fs::write(path(name), name).unwrap();
        }
        let dropped = ["a.dbf", "b.geojson", "a.shp", "a.prj", "b.geojson"].map(path).to_vec();
        assert_eq!(whole_files(dropped), [path("a.dbf"), path("b.geojson")]);
    }

    #[test]
    fn a_stamp_tells_a_change_and_a_loss() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        assert!(Stamp::of(&path).is_gone());
        std::fs::write(&path, "1").unwrap();
        let first = Stamp::of(&path);
        assert_eq!(first, Stamp::of(&path));
        std::fs::write(&path, "22").unwrap();
        assert_ne!(first, Stamp::of(&path));
    }
}
