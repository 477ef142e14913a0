//! Zip archives: the one boundary file in them, or the one that is chosen. KMZ is one of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::super::choices::{Choices, Part, choose};
use super::super::source::{COMPANIONS, Source};
use super::super::{Progress, ReadError, limits};
use super::unpack::unpack;
use crate::diag::{Diagnostic, Reporter, Severity, refuse};

/// The endings of boundary files. Those of plain JSON come last: it may be about anything.
const BOUNDARIES: [&str; 8] =
    ["shp", "gpkg", "kml", "geojson", "topojson", "geojsonl", "ndjson", "json"];

/// What is taken from an archive.
pub struct Unpacked {
    /// The boundary file, named like the archive.
    pub source: Source<'static>,
    /// The choices that are left for it.
    pub choices: Choices,
    /// The boundary files of the archive, if they are several.
    pub parts: Vec<Part>,
}

/// A file in an archive.
struct Entry {
    index: usize,
    /// Its path with `/` between folders.
    path: String,
    /// Its size as the archive tells it.
    bytes: u64,
    packed_bytes: usize,
    method: CompressionMethod,
    is_encrypted: bool,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Takes the boundary file out of an archive.
pub fn unzip(
    source: &Source<'_>,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Unpacked, ReadError> {
    let bytes: &[u8] = &source.bytes;
    check_directory(bytes)?;
    progress.go_on()?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let entries = entries(&archive, bytes.len())?;
    let mut candidates: Vec<(usize, &Entry)> =
        entries.iter().filter_map(|entry| Some((entry.rank()?, entry))).collect();
    candidates.sort_by_key(|(rank, _)| *rank);
    if candidates.is_empty() {
        return Err(without_boundaries(&entries).into());
    }
    let part =
        |(_, entry): &(usize, &Entry)| Part { name: entry.name(), areas: entry.areas(&entries) };
    let mut parts: Vec<Part> = candidates.iter().map(part).collect();
    let mut choices = choices.clone();
    let chosen = if parts.len() == 1 {
        parts.clear();
        0
    } else {
        let chosen = choose(&parts, "boundary file", &choices, reporter)?;
        // The choice was of a file. Asking once more, for a layer of it, could not be told apart.
        choices = Choices { part: None, asks: false, ..choices };
        chosen
    };
    let main = candidates[chosen].1;
    if main.leads_out() {
        let message = format!("The path {} leads out of the archive.", main.path);
        let diagnostic = Diagnostic::new(Severity::Warning, "path-unsafe", message);
        reporter.report(diagnostic.hint("Only the file name is used."));
    }
    let mut companions = BTreeMap::new();
    if main.has_ending("shp") {
        for ending in COMPANIONS {
            if let Some(entry) = main.beside(&entries, ending) {
                let bytes = entry.unpack(&mut archive, progress)?;
                companions.insert(ending.to_owned(), Cow::Owned(bytes));
            }
        }
    }
    let bytes = Cow::Owned(main.unpack(&mut archive, progress)?);
    let source = Source { name: source.name.clone(), bytes, companions };
    Ok(Unpacked { source, choices, parts })
}

/// Refuses an archive of too many entries before its directory is read into memory. Each entry
/// has a signature there; the number that the archive itself tells may be wrong.
fn check_directory(bytes: &[u8]) -> Result<(), Diagnostic> {
    let is_entry = |window: &&[u8]| **window == *b"PK\x01\x02";
    let entries = bytes.windows(4).filter(is_entry).take(limits::ZIP_ENTRIES + 1).count();
    if entries <= limits::ZIP_ENTRIES {
        return Ok(());
    }
    let message = format!("The archive has more than {} entries.", limits::ZIP_ENTRIES);
    Err(refuse("limit-exceeded", message, "Pack the boundary file alone."))
}

fn entries(archive: &Archive<'_>, whole: usize) -> Result<Vec<Entry>, Diagnostic> {
    let entry = |index| {
        let file = archive.by_index_data(index).map_err(|error| fault(&error))?;
        let path = match file.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(file.name_raw()).into_owned(),
        };
        Ok(file.is_file().then(|| Entry {
            index,
            path: path.replace('\\', "/"),
            bytes: file.size(),
            packed_bytes: usize::try_from(file.compressed_size()).map_or(whole, |b| b.min(whole)),
            method: file.compression(),
            is_encrypted: file.encrypted(),
        }))
    };
    (0..archive.len()).filter_map(|index| entry(index).transpose()).collect()
}

impl Entry {
    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The path, or the file name where the path leads out of the archive.
    fn name(&self) -> String {
        if self.leads_out() { self.file_name() } else { &self.path }.to_owned()
    }

    fn leads_out(&self) -> bool {
        self.path.starts_with('/') || self.path.split('/').any(|part| part == "..")
    }

    fn has_ending(&self, ending: &str) -> bool {
        let found = self.file_name().rsplit_once('.').map(|(_, ending)| ending);
        found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
    }

    /// The place of its ending among those of boundary files; `None` if it is none, or is what
    /// macOS adds to an archive.
    fn rank(&self) -> Option<usize> {
        let is_hidden = self.path.split('/').any(|part| part == "__MACOSX")
            || self.file_name().starts_with('.');
        BOUNDARIES.iter().position(|ending| !is_hidden && self.has_ending(ending))
    }

    /// The file of the same path with another ending.
    fn beside<'a>(&self, entries: &'a [Self], ending: &str) -> Option<&'a Self> {
        let stem = |entry: &Self| entry.path.rsplit_once('.').map(|(stem, _)| stem.to_lowercase());
        let own = stem(self)?;
        entries.iter().find(|entry| entry.has_ending(ending) && stem(entry).as_ref() == Some(&own))
    }

    /// The number of records of a shapefile, going by the size of its index: a header of 100
    /// bytes, and eight for each record.
    fn areas(&self, entries: &[Self]) -> Option<usize> {
        let index = self.beside(entries, "shx").filter(|_| self.has_ending("shp"))?;
        usize::try_from(index.bytes.checked_sub(100)? / 8).ok()
    }

    fn unpack(&self, archive: &mut Archive<'_>, progress: &Progress) -> Result<Vec<u8>, ReadError> {
        if self.is_encrypted {
            let message = format!("{} is locked with a password.", self.file_name());
            return Err(refuse("archive-locked", message, "Unpack it first.").into());
        }
        if ![CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&self.method) {
            return Err(of_another_method().into());
        }
        let file = archive.by_index(self.index).map_err(|error| fault(&error))?;
        let mut bytes = Vec::new();
        unpack(file, self.packed_bytes, &mut bytes, progress)?;
        Ok(bytes)
    }
}

/// The refusal of an archive that has no boundary file.
fn without_boundaries(entries: &[Entry]) -> Diagnostic {
    let has = |end: &str| entries.iter().any(|entry| entry.path.to_lowercase().ends_with(end));
    if has("[content_types].xml") {
        let message = "The file is an Office document, not a boundary file.";
        return refuse("other-format", message, "Choose the boundaries that it is about.");
    }
    if has(".gdbtable") {
        let message = "The archive holds an Esri file geodatabase, which is not read.";
        return refuse("other-format", message, "Download a shapefile, GeoPackage or GeoJSON.");
    }
    let is_archive =
        |entry: &&Entry| ["zip", "kmz", "gz", "7z", "rar"].iter().any(|end| entry.has_ending(end));
    if let Some(inner) = entries.iter().find(is_archive) {
        let message = format!("The archive holds another archive: {}.", inner.name());
        return refuse("other-format", message, "Unpack it first, and open the one inside.");
    }
    let shown: Vec<String> = entries.iter().take(6).map(Entry::name).collect();
    let more = if entries.len() > shown.len() { " and others" } else { "" };
    let message = if shown.is_empty() {
        "The archive has no files.".to_owned()
    } else {
        format!("The archive has no boundary file. It has: {}{more}.", shown.join(", "))
    };
    refuse("no-areas", message, "Choose an archive with a shapefile, GeoPackage, GeoJSON or KML.")
}

fn of_another_method() -> Diagnostic {
    let message = "The archive is packed in a way that is not read.";
    refuse("archive-method", message, "Unpack it first, or ask for a plain zip archive.")
}

fn fault(error: &ZipError) -> Diagnostic {
    match error {
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            of_another_method()
        }
        _ => {
            let message = "The archive is damaged or breaks off.";
            refuse("archive-broken", message, "Download it again.")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed_by(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (path, bytes) in files {
            writer.start_file(*path, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        packed_by(CompressionMethod::Deflated, files)
    }

    fn unpacked(bytes: &[u8], choices: &Choices) -> (Result<Unpacked, ReadError>, Vec<String>) {
        let mut reporter = Reporter::default();
        let source = Source::new("boundaries.zip", bytes);
        let result = unzip(&source, choices, &Progress::default(), &mut reporter);
        (result, reporter.finish().iter().map(|d| d.code.to_owned()).collect())
    }

    fn refusal(bytes: &[u8]) -> Diagnostic {
        match unpacked(bytes, &Choices::default()).0 {
            Err(ReadError::Refused(refusal)) => refusal.reason,
            Err(other) => panic!("{other:?}"),
            Ok(unpacked) => panic!("{:?} is no refusal", unpacked.source),
        }
    }

    #[test]
    fn a_shapefile_in_a_folder_brings_its_companions() {
        let archive = packed(&[
            ("__MACOSX/data/._ICB.shp", b"x"),
            ("data/", b""),
            ("data/ICB.SHP", b"shp"),
            ("data/icb.dbf", b"dbf"),
            ("data/Icb.prj", b"prj"),
            ("icb.cpg", b"of another folder"),
            ("data/other.dbf", b"other"),
            ("readme.txt", b"read me"),
        ]);
        let (result, told) = unpacked(&archive, &Choices::part("inner layer"));
        let Unpacked { source, choices, parts } = result.unwrap();
        assert_eq!((source.name.as_str(), &*source.bytes), ("boundaries.zip", &b"shp"[..]));
        assert_eq!(source.companions.keys().collect::<Vec<_>>(), ["dbf", "prj"]);
        assert_eq!(*source.companions["dbf"], *b"dbf");
        assert_eq!(choices, Choices::part("inner layer"), "it is for the file inside");
        assert!(parts.is_empty() && told.is_empty());
    }

    #[test]
    fn several_files_are_to_choose_from() {
        let archive = packed(&[
            ("metadata.json", b"{}"),
            ("a/boards.shp", b"shp"),
            ("a/boards.shx", &[0; 100 + 8 * 42]),
            ("b/boards.geojson", b"{\"type\":\"FeatureCollection\"}"),
        ]);
        let asks = Choices { asks: true, ..Choices::default() };
        let Err(ReadError::Choose(parts)) = unpacked(&archive, &asks).0 else {
            panic!("no choice")
        };
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["a/boards.shp", "b/boards.geojson", "metadata.json"]);
        assert_eq!(parts[0].areas, Some(42));
        let (result, told) = unpacked(&archive, &Choices::part("b/boards.geojson"));
        let Unpacked { source, choices, parts } = result.unwrap();
        assert!(source.bytes.starts_with(b"{"));
        assert_eq!((choices.part, parts.len(), told.len()), (None, 3, 0));
        let (result, told) = unpacked(&archive, &Choices::default());
        assert_eq!(*result.unwrap().source.bytes, *b"shp");
        assert_eq!(told, ["part-chosen"]);
    }

    #[test]
    fn an_archive_without_boundaries_is_refused_with_what_is_in_it() {
        let inside = refusal(&packed(&[("readme.txt", b"x"), ("codes.csv", b"y")]));
        assert!(inside.message.contains("readme.txt, codes.csv"), "{inside}");
        let nested = refusal(&packed(&[("readme.txt", b"x"), ("inner.ZIP", b"y")]));
        assert!(nested.message.contains("another archive: inner.ZIP"), "{nested}");
        let office = refusal(&packed(&[("[Content_Types].xml", b"x"), ("xl/book.xml", b"y")]));
        assert!(office.message.contains("Office"), "{office}");
        let esri = refusal(&packed(&[("icb.gdb/a00000001.gdbtable", b"x")]));
        assert!(esri.message.contains("geodatabase"), "{esri}");
    }

    #[test]
    fn a_path_that_leads_out_is_told() {
        let (result, told) =
            unpacked(&packed(&[("../../etc/areas.kml", b"<kml/>")]), &Choices::default());
        assert_eq!(*result.unwrap().source.bytes, *b"<kml/>");
        assert_eq!(told, ["path-unsafe"]);
    }

    #[test]
    fn bombs_locks_and_unknown_methods_are_refused() {
        let bomb = packed(&[("a.geojson", &vec![b' '; 40 << 20])]);
        assert_eq!(refusal(&bomb).code, "unpack-ratio");
        let files: Vec<String> = (0..=limits::ZIP_ENTRIES).map(|i| format!("{i}.txt")).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|name| (name.as_str(), &[][..])).collect();
        assert_eq!(refusal(&packed(&files)).code, "limit-exceeded");

        let stored = packed_by(CompressionMethod::Stored, &[("a.kml", b"<kml/>")]);
        let with = |offset: usize, value: u8| {
            let mut bytes = stored.clone();
            let central = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
            bytes[6 + offset] = value;
            bytes[central + 8 + offset] = value;
            refusal(&bytes).code
        };
        assert_eq!(with(0, 1), "archive-locked");
        assert_eq!(with(2, 14), "archive-method");
    }

    #[test]
    fn a_cut_archive_is_refused_and_a_damaged_one_does_no_harm() {
        let whole = packed(&[("a.shp", b"shp shp shp"), ("a.dbf", b"dbf")]);
        for end in 0..whole.len() {
            assert_eq!(refusal(&whole[..end]).code, "archive-broken", "{end}");
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                if let (Ok(unpacked), _) = unpacked(&damaged, &Choices::default()) {
                    assert_eq!(*unpacked.source.bytes, *b"shp shp shp");
                }
            }
        }
    }
}
