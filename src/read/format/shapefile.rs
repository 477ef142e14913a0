//! Shapefiles: Esri's technical description of July 1998, with the table of attributes.
//!
//! The file is decoded here and not by a library. Those at hand end at the first record that is
//! broken, refuse files for bytes that nobody needs, and pass over deleted rows of the table, so
//! that all later shapes get the attributes of others.

mod charset;
mod nesting;
mod table;

use serde_json::Map;

use super::super::raw::{Dimensions, RawFeature, RawLayer, RawPoint, RawPolygon, RawShape};
use super::super::source::Source;
use super::super::{Progress, ReadError, limits};
use super::bytes::{Bytes, Order};
use super::geometry::{Fault, left_out, unreadable};
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use nesting::nest;
use table::{Row, Table};

/// Characters of a .prj or .cpg file that are looked at.
const SIDE_TEXT: usize = 10_000;

/// Decodes a shapefile with the files beside it.
pub fn decode(
    source: &Source<'_>,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let mut records = Records::new(&source.bytes)?;
    let mut table = open_table(source, reporter);
    let mut layer = RawLayer { declared_crs: side_text(source, "prj"), ..RawLayer::default() };
    let mut counts = Counts::default();
    while let Some(mut record) = records.next().transpose()? {
        progress.go_on()?;
        let number = records.number;
        let properties = match table.as_mut().map(Iterator::next) {
            Some(Some(Row::Values(values))) => values,
            Some(Some(Row::Deleted)) => {
                counts.deleted += 1;
                continue;
            }
            Some(None) => {
                counts.without_row += 1;
                Map::new()
            }
            None => Map::new(),
        };
        match polygons(&mut record, &mut counts) {
            Ok(polygons) => {
                let shape = RawShape::Polygons(polygons);
                layer.features.push(RawFeature { number, properties, shape });
            }
            Err(fault) => {
                reporter.report(left_out(fault, Place::Feature { number, name: None }));
            }
        }
        if counts.rings > limits::RINGS {
            return Err(limits::exceeded("rings", counts.rings, limits::RINGS).into());
        }
    }
    if let Some(table) = table {
        table.tell(reporter);
        counts.rows_left = table.len();
    }
    counts.tell(reporter);
    Ok(layer)
}

fn side_text(source: &Source<'_>, ending: &str) -> Option<String> {
    let bytes = source.companions.get(ending)?;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(SIDE_TEXT)]);
    let text = text.trim_start_matches('\u{feff}').trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The table beside the shapes; that there is none to be used is told.
fn open_table<'a>(source: &'a Source<'_>, reporter: &mut Reporter) -> Option<Table<'a>> {
    let label = side_text(source, "cpg");
    let message = match source.companions.get("dbf") {
        None => "The shapefile comes without its table (.dbf).".to_owned(),
        Some(bytes) => match Table::open(bytes, label.as_deref(), reporter) {
            Ok(table) if table.len().saturating_mul(table.width()) <= limits::VALUES => {
                return Some(table);
            }
            Ok(_) => {
                format!("The table of the shapefile has more than {} values.", limits::VALUES)
            }
            Err(what) => format!("The table of the shapefile cannot be read: {what}."),
        },
    };
    reporter.report(
        Diagnostic::new(Severity::Warning, "table-missing", message)
            .hint("The areas are numbered. Keep the .dbf file beside the .shp file."),
    );
    None
}

/// The records of a file, one after the other.
struct Records<'a> {
    bytes: Bytes<'a>,
    /// The number of the last record, from one: its place in the file, whatever it says itself.
    number: usize,
}

impl<'a> Records<'a> {
    /// Begins after the head of 100 bytes.
    fn new(bytes: &'a [u8]) -> Result<Self, Diagnostic> {
        let length_of = |bytes: &'a [u8]| Bytes::new(bytes.get(24..100)?).u32(Order::Big);
        let length = length_of(bytes).ok_or_else(|| breaks_off("in its head"))? as usize * 2;
        if length > bytes.len() {
            return Err(breaks_off("before its end"));
        }
        // A length shorter than the head was never filled in.
        let end = if length < 100 { bytes.len() } else { length };
        Ok(Self { bytes: Bytes::new(&bytes[100..end]), number: 0 })
    }

    fn next(&mut self) -> Option<Result<Bytes<'a>, ReadError>> {
        if self.bytes.len() < 8 {
            return None; // what is left is padding
        }
        self.number += 1;
        if self.number > limits::FEATURES {
            return Some(Err(limits::exceeded("features", self.number, limits::FEATURES).into()));
        }
        let _own_number = self.bytes.u32(Order::Big)?;
        let length = self.bytes.u32(Order::Big)? as usize * 2;
        let record = self.bytes.take(length).map(Bytes::new);
        let broken = || breaks_off(&format!("in record {}", self.number)).into();
        Some(record.ok_or_else(broken))
    }
}

fn breaks_off(place: &str) -> Diagnostic {
    let message = format!("The shapefile breaks off {place}.");
    refuse("file-cut", message, "Download it again.")
}

/// What is counted over the records of a file.
#[derive(Default)]
struct Counts {
    dimensions: Dimensions,
    rings: usize,
    turned: usize,
    deleted: usize,
    without_row: usize,
    rows_left: usize,
}

impl Counts {
    fn tell(self, reporter: &mut Reporter) {
        self.dimensions.tell(reporter);
        let Self { turned, deleted, without_row, rows_left, .. } = self;
        let mut tell = |severity, code, message, hint| {
            reporter.report(Diagnostic::new(severity, code, message).hint(hint));
        };
        if turned > 0 {
            let message = format!("Rings that run in the wrong direction: {turned}.");
            let hint = "Which ring is a hole is told by where it lies.";
            tell(Severity::Info, "ring-direction", message, hint);
        }
        if deleted > 0 {
            let message = format!("Features that are marked as deleted in the table: {deleted}.");
            tell(Severity::Info, "feature-deleted", message, "They are left out.");
        }
        if without_row > 0 {
            let message = format!("Rows that are missing in the table: {without_row}.");
            tell(Severity::Warning, "table-mismatch", message, "The last areas are numbered.");
        }
        if rows_left > 0 {
            let message = format!("Rows of the table without a shape: {rows_left}.");
            let hint = "Areas may be missing. Download the file again.";
            tell(Severity::Warning, "table-mismatch", message, hint);
        }
    }
}

/// The polygons of a record.
fn polygons(record: &mut Bytes<'_>, counts: &mut Counts) -> Result<Vec<RawPolygon>, Fault> {
    let numbers = match record.u32(Order::Little) {
        Some(5) => 2,
        Some(15 | 25) => 3,
        Some(0) => {
            return Err(("geometry-missing", "The feature has no geometry.".to_owned()));
        }
        Some(kind) => {
            let kind = match kind {
                1 | 11 | 21 => "Point",
                3 | 13 | 23 => "LineString",
                8 | 18 | 28 => "MultiPoint",
                31 => "MultiPatch",
                _ => "shape of an unknown kind",
            };
            return Err(("geometry-kind", format!("The feature is a {kind}, not a polygon.")));
        }
        None => return Err(unreadable("The record is empty.")),
    };
    let rings = rings(record).ok_or_else(|| unreadable("The rings do not fit into the record."))?;
    counts.rings += rings.len();
    for _ in rings.iter().flatten() {
        counts.dimensions.count(numbers);
    }
    let nested = nest(rings);
    let nested = nested.ok_or_else(|| unreadable("Too many rings lie beside long edges."))?;
    counts.turned += nested.turned;
    Ok(nested.polygons)
}

/// The rings of a polygon. Heights and measures come after the points and are not read.
fn rings(record: &mut Bytes<'_>) -> Option<Vec<Vec<RawPoint>>> {
    let _box = record.take(32)?;
    let count = Some(record.u32(Order::Little)? as usize).filter(|n| *n <= limits::RINGS)?;
    let positions = record.u32(Order::Little)? as usize;
    let mut starts = Bytes::new(record.take(count.checked_mul(4)?)?);
    let points = record.points(positions, 16, Order::Little)?;
    let mut starts: Vec<usize> =
        std::iter::from_fn(|| starts.u32(Order::Little)).map(|start| start as usize).collect();
    starts.push(positions);
    if starts[0] != 0 {
        return None;
    }
    starts.windows(2).map(|ends| Some(points.get(ends[0]..ends[1])?.to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    /// A file of records, each with its kind and rings.
    fn written(records: &[(u32, Vec<Vec<RawPoint>>)]) -> Vec<u8> {
        let mut body = Vec::new();
        for (number, (kind, rings)) in (1_u32..).zip(records) {
            let mut content = kind.to_le_bytes().to_vec();
            if *kind != 0 {
                content.extend([0; 32]);
                let len = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
                content.extend(len(rings.len()));
                content.extend(len(rings.iter().map(Vec::len).sum()));
                let mut start = 0;
                for ring in rings {
                    content.extend(len(start));
                    start += ring.len();
                }
                content.extend(rings.iter().flatten().flatten().flat_map(|n| n.to_le_bytes()));
            }
            body.extend(number.to_be_bytes());
            body.extend(u32::try_from(content.len() / 2).unwrap().to_be_bytes());
            body.extend(content);
        }
        let mut bytes = vec![0, 0, 0x27, 0x0a];
        bytes.extend([0; 20]);
        bytes.extend(u32::try_from(50 + body.len() / 2).unwrap().to_be_bytes());
        bytes.extend(1000_u32.to_le_bytes());
        bytes.extend(5_u32.to_le_bytes());
        bytes.extend([0; 64]);
        bytes.extend(body);
        bytes
    }

    fn square(x: f64) -> Vec<RawPoint> {
        vec![[x, 0.0], [x, 1.0], [x + 1.0, 1.0], [x + 1.0, 0.0], [x, 0.0]]
    }

    fn source(bytes: Vec<u8>, companions: &[(&str, Vec<u8>)]) -> Source<'static> {
        let own =
            |(ending, bytes): &(&str, Vec<u8>)| ((*ending).to_owned(), Cow::Owned(bytes.clone()));
        let companions = companions.iter().map(own).collect();
        Source { name: "a.shp".to_owned(), bytes: Cow::Owned(bytes), companions }
    }

    type Read = (Result<RawLayer, &'static str>, Vec<&'static str>);

    fn read(source: &Source<'_>) -> Read {
        let mut reporter = Reporter::default();
        let layer = match decode(source, &Progress::default(), &mut reporter) {
            Ok(layer) => Ok(layer),
            Err(ReadError::Refused(refusal)) => Err(refusal.reason.code),
            Err(other) => panic!("{other:?}"),
        };
        (layer, reporter.finish().iter().map(|d| d.code).collect())
    }

    fn names(rows: &[&[u8]]) -> Vec<u8> {
        table::tests::written(0x57, &[("NAME", b'C', 4)], rows)
    }

    #[test]
    fn shapes_keep_in_step_with_their_rows() {
        let records: Vec<(u32, Vec<Vec<RawPoint>>)> = [5, 5, 0, 3, 25]
            .into_iter()
            .zip(0_u8..)
            .map(|(kind, i)| (kind, vec![square(f64::from(i) * 9.0)]))
            .collect();
        let table = names(&[b" Kent", b"*Gone", b" Null", b" Line", b" Bath"]);
        let wkt = b"PROJCS[\"British_National_Grid\"]\n".to_vec();
        let (layer, told) = read(&source(written(&records), &[("dbf", table), ("prj", wkt)]));
        let layer = layer.unwrap();
        let found: Vec<(usize, &str)> = layer
            .features
            .iter()
            .map(|f| (f.number, f.properties["NAME"].as_str().unwrap()))
            .collect();
        assert_eq!(found, [(1, "Kent"), (5, "Bath")]);
        assert_eq!(layer.declared_crs.as_deref(), Some("PROJCS[\"British_National_Grid\"]"));
        assert_eq!(
            told,
            ["geometry-missing", "geometry-kind", "positions-mixed", "feature-deleted"]
        );
        let RawShape::Polygons(polygons) = &layer.features[1].shape else { panic!("no polygon") };
        assert_eq!(*polygons, [[square(36.0)]]);
    }

    #[test]
    fn a_missing_or_differing_table_is_told() {
        let shapes = written(&[(5, vec![square(0.0)]), (5, vec![square(9.0)])]);
        let (layer, told) = read(&source(shapes.clone(), &[]));
        assert_eq!((layer.unwrap().features.len(), told), (2, vec!["table-missing"]));
        for rows in [&[&b" Kent"[..]][..], &[&b" Kent"[..]; 3]] {
            let (layer, told) = read(&source(shapes.clone(), &[("dbf", names(rows))]));
            assert_eq!((layer.unwrap().features.len(), told), (2, vec!["table-mismatch"]));
        }
        let cut = names(&[b" Kent", b" Bath"])[..40].to_vec();
        assert_eq!(read(&source(shapes, &[("dbf", cut)])).1, ["table-missing"]);
    }

    #[test]
    fn a_cut_file_is_refused_and_a_hostile_one_does_no_harm() {
        let hole = vec![[0.2, 0.2], [0.8, 0.2], [0.5, 0.8], [0.2, 0.2]];
        let whole = written(&[(5, vec![square(0.0), hole]), (0, vec![]), (15, vec![square(9.0)])]);
        assert_eq!(read(&source(whole.clone(), &[])).0.unwrap().features.len(), 2);
        for end in 0..whole.len() {
            let cut = source(whole[..end].to_vec(), &[]);
            assert_eq!(read(&cut).0.unwrap_err(), "file-cut", "{end}");
        }
        for at in 24..whole.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut hostile = whole.clone();
                hostile[at] = byte;
                drop(read(&source(hostile, &[])));
            }
        }
    }
}
