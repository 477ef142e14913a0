//! One decoder for each format, all behind [`decode`]: bytes become a [`RawLayer`], with numbers
//! and names as the file writes them.

mod geojson;
pub mod json;
mod lenient;
mod repair;
pub mod sequence;
mod topojson;
mod unpack;

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
            let inner = unpack::gzip(source, progress)?;
            decode_unpacked(&inner, choices, progress, reporter)
        }
        Content::Zip => {
            let (inner, choices) = unpack::zip(source, choices, progress, reporter)?;
            decode_unpacked(&inner, &choices, progress, reporter)
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
        Format::Shapefile | Format::GeoPackage | Format::Kml => {
            let message = format!("The file is {}, which cannot be read yet.", format.name());
            return Err(refuse("other-format", message, "Save it as GeoJSON first.").into());
        }
    };
    Ok((format, raw))
}
