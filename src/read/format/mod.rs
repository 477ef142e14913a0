//! One decoder for each format, all behind [`decode`]: bytes become a [`RawLayer`], with numbers
//! and names as the file writes them.

mod bytes;
pub(super) mod geojson;
mod geometry;
mod geopackage;
pub mod json;
mod kml;
mod lenient;
mod repair;
pub mod sequence;
mod shapefile;
mod topojson;
mod unpack;
mod wkb;
mod zip;

use super::choices::Choices;
use super::raw::RawLayer;
use super::source::Source;
use super::{Progress, ReadError, encoding, sniff};
use crate::diag::{Reporter, refuse};
use sniff::Content;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 7946, and the older form with a `crs` member.
    GeoJson,
    /// GeoJSON texts one after the other: newline-delimited, or RFC 8142.
    GeoJsonSequence,
    /// TopoJSON 1.0.
    TopoJson,
    /// Esri's shapefile, with its table and projection beside it or in a zip archive.
    Shapefile,
    /// OGC GeoPackage, an SQLite database.
    GeoPackage,
    /// OGC KML 2.2.
    Kml,
}

impl Format {
    /// The format's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSequence => "GeoJSON sequence",
            Self::TopoJson => "TopoJSON",
            Self::Shapefile => "Shapefile",
            Self::GeoPackage => "GeoPackage",
            Self::Kml => "KML",
        }
    }
}

/// Decodes a file, unpacking it first if it is packed.
///
/// # Errors
/// If the file is refused or reading it is cancelled; [`ReadError::Choose`] if it has several
/// parts and somebody is there to choose.
pub fn decode(
    source: &Source<'_>,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<(Format, RawLayer), ReadError> {
    match sniff::content_of(&source.bytes)? {
        Content::Gzip => {
            let inner = unpack::gzip(source, progress, reporter)?;
            decode_unpacked(&inner, choices, progress, reporter)
        }
        Content::Zip => {
            let inner = zip::unzip(source, choices, progress, reporter)?;
            let (format, mut raw) =
                decode_unpacked(&inner.source, &inner.choices, progress, reporter)?;
            if !inner.parts.is_empty() {
                raw.parts = inner.parts;
            }
            Ok((format, raw))
        }
        Content::Binary(_) | Content::Text => decode_unpacked(source, choices, progress, reporter),
    }
}

/// Decodes a file that is not packed. What is no strict JSON but plain is mended first.
fn decode_unpacked(
    source: &Source<'_>,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<(Format, RawLayer), ReadError> {
    let strict = decode_strictly(source, choices, progress, reporter);
    let is_odd = matches!(&strict, Err(ReadError::Refused(refusal))
        if refusal.reason.code == "json-syntax");
    if !is_odd {
        return strict;
    }
    let text = encoding::text_of(&source.bytes, &mut Reporter::default())?;
    let Some((mended, told)) = lenient::mended(&text) else { return strict };
    let mended = Source::new(&source.name, mended.as_bytes());
    match decode_strictly(&mended, choices, progress, reporter) {
        // A text that is still no JSON has its first fault told.
        Err(ReadError::Refused(_)) => strict,
        lenient => {
            reporter.report(told);
            lenient
        }
    }
}

/// Decodes a file that is as its format wants it; an archive inside an archive is refused.
fn decode_strictly(
    source: &Source<'_>,
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<(Format, RawLayer), ReadError> {
    let text;
    let format = match sniff::content_of(&source.bytes)? {
        Content::Gzip | Content::Zip => {
            let message = "The archive holds another archive.";
            return Err(refuse("other-format", message, "Unpack it first.").into());
        }
        Content::Binary(format) => {
            text = std::borrow::Cow::Borrowed("");
            format
        }
        Content::Text => {
            text = encoding::text_of(&source.bytes, reporter)?;
            sniff::format_of(&text)?
        }
    };
    let raw = match format {
        Format::GeoJson => geojson::decode(&text, progress, reporter)?,
        Format::GeoJsonSequence => sequence::decode(&text, progress, reporter)?,
        Format::TopoJson => topojson::decode(&text, choices, progress, reporter)?,
        Format::Shapefile => shapefile::decode(source, progress, reporter)?,
        Format::GeoPackage => geopackage::decode(&source.bytes, choices, progress, reporter)?,
        Format::Kml => kml::decode(&text, progress, reporter)?,
    };
    Ok((format, raw))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use ::zip::ZipWriter;
    use ::zip::write::SimpleFileOptions;

    use super::*;

    const AREA: &str = "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}";

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in files {
            writer.start_file(*path, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn decoded(bytes: &[u8], choices: &Choices) -> Result<(Format, RawLayer), ReadError> {
        let source = Source::new("areas", bytes);
        decode(&source, choices, &Progress::default(), &mut Reporter::default())
    }

    #[test]
    fn packed_files_are_read_like_others() {
        let kml = "<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1\
            </coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>";
        let kmz = zipped(&[("doc.kml", kml.as_bytes()), ("files/icon.png", b"x")]);
        let (format, layer) = decoded(&kmz, &Choices::default()).unwrap();
        assert_eq!((format, layer.features.len(), layer.parts.len()), (Format::Kml, 1, 0));

        let two = zipped(&[("a.kml", kml.as_bytes()), ("b/areas.geojson", AREA.as_bytes())]);
        let (format, layer) = decoded(&two, &Choices::part("b/areas.geojson")).unwrap();
        assert_eq!((format, layer.features.len(), layer.parts.len()), (Format::GeoJson, 1, 2));
    }

    #[test]
    fn the_choice_of_a_part_reaches_the_only_file_of_an_archive() {
        let object = "{\"type\":\"Polygon\",\"arcs\":[[0]]}";
        let topology = format!(
            "{{\"type\":\"Topology\",\"arcs\":[[[0,0],[1,0],[1,1],[0,0]]],\
             \"objects\":{{\"wards\":{object},\"boards\":{object}}}}}"
        );
        let archive = zipped(&[("a.topojson", topology.as_bytes())]);
        let asks = Choices { asks: true, ..Choices::default() };
        assert!(
            matches!(decoded(&archive, &asks), Err(ReadError::Choose(parts)) if parts.len() == 2)
        );
        assert_eq!(decoded(&archive, &Choices::part("wards")).unwrap().1.parts.len(), 2);
    }

    #[test]
    fn an_archive_in_an_archive_is_refused() {
        let inner = zipped(&[("a.geojson", AREA.as_bytes())]);
        let outer = zipped(&[("a.kml", &inner)]);
        let Err(ReadError::Refused(refusal)) = decoded(&outer, &Choices::default()) else {
            panic!("it is read")
        };
        assert_eq!(refusal.reason.code, "other-format");
    }
}
