//! What a file is, by its content; never by its name.

use std::borrow::Cow;

use crate::diag::{Diagnostic, Place, Severity, refuse};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 7946, and the older form with a `crs` member.
    GeoJson,
    /// TopoJSON 1.0.
    TopoJson,
}

impl Format {
    /// The format's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::TopoJson => "TopoJSON",
        }
    }
}

const WANTED: &str = "Choose a GeoJSON file (.geojson or .json).";

/// The text of a file without a byte order mark; what is plainly something else is refused by
/// its name.
pub fn text_of(bytes: &[u8]) -> Result<&str, Diagnostic> {
    let is = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse("empty-file", "The file is empty.", "Download it again."));
    }
    let other = if is(b"PK\x03\x04") {
        Some("a zip archive, perhaps a zipped shapefile")
    } else if is(b"\x1f\x8b") {
        Some("a gzip archive")
    } else if is(b"SQLite format 3") {
        Some("a GeoPackage or another SQLite database")
    } else if is(b"%PDF") {
        Some("a PDF document")
    } else if is(b"\x89PNG") || is(b"\xff\xd8\xff") || is(b"GIF8") {
        Some("a picture")
    } else if is(&[0, 0, 0x27, 0x0a]) {
        Some("a shapefile")
    } else {
        None
    };
    if let Some(what) = other {
        return Err(refuse("other-format", format!("The file is {what}, not GeoJSON."), WANTED));
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(body).map_err(|error| {
        let before = &body[..error.valid_up_to()];
        let line = before.split(|b| *b == b'\n').count();
        let column = before.iter().rev().take_while(|b| **b != b'\n').count() + 1;
        refuse("encoding", "The file is not UTF-8 text.", "Save it again as UTF-8.")
            .at(Place::Line { line, column })
    })
}

/// The format of a text.
pub fn format_of(text: &str) -> Result<Format, Diagnostic> {
    let start = text.trim_start();
    let head =
        start.get(..200.min(start.len())).map_or(Cow::Borrowed(""), |s| s.to_lowercase().into());
    let no = |code, what: &str, hint: &str| Err(refuse(code, what, hint));
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return no(
            "other-format",
            "The file is a web page, not GeoJSON: perhaps a sign-in page was saved.",
            "Download the file again after signing in.",
        );
    }
    if head.starts_with("<?xml") || head.starts_with("<kml") {
        return no("other-format", "The file is XML, not GeoJSON.", WANTED);
    }
    if !head.starts_with('{') {
        return no("other-format", "The file is not GeoJSON: it does not begin with {.", WANTED);
    }
    // Most files say their type at once; only for others is the whole text gone through.
    let kind = match first_type(start) {
        Some(kind) => Some(kind.to_owned()),
        None => super::json::type_member(start)?,
    };
    match kind.as_deref() {
        Some("Topology") => Ok(Format::TopoJson),
        Some(
            "FeatureCollection" | "Feature" | "Polygon" | "MultiPolygon" | "GeometryCollection"
            | "Point" | "MultiPoint" | "LineString" | "MultiLineString",
        ) => Ok(Format::GeoJson),
        Some(other) => Err(Diagnostic::new(
            Severity::Error,
            "other-format",
            format!("The file is JSON of the type \"{other}\", which is not a boundary file."),
        )
        .hint(WANTED)),
        None => no(
            "other-format",
            "The file is JSON, but not GeoJSON: it has no \"type\".",
            "If it comes from an ArcGIS server, ask the server for GeoJSON (f=geojson).",
        ),
    }
}

/// The type of an object whose first member is `type`.
fn first_type(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('{')?.trim_start().strip_prefix("\"type\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_boundary_file_is_refused_by_name() {
        for (bytes, word) in [
            (&b"PK\x03\x04rest"[..], "zip"),
            (b"SQLite format 3\0", "GeoPackage"),
            (b"\x89PNG\r\n", "picture"),
            (b"  \n", "empty"),
            (b"{\"a\": \xff}", "UTF-8"),
        ] {
            let refusal = text_of(bytes).unwrap_err();
            assert!(refusal.message.contains(word), "{refusal}");
        }
        for (text, word) in [
            ("<!DOCTYPE html><html>", "web page"),
            ("<?xml version=\"1.0\"?><kml/>", "XML"),
            ("ICB22CD,ICB22NM", "not GeoJSON"),
            ("{\"features\": []}", "no \"type\""),
            ("{\"type\": \"Sphere\"}", "Sphere"),
        ] {
            let refusal = format_of(text).unwrap_err();
            assert!(refusal.message.contains(word), "{refusal}");
        }
    }

    #[test]
    fn the_type_may_come_late() {
        assert_eq!(format_of("{\"arcs\": [], \"type\": \"Topology\"}"), Ok(Format::TopoJson));
        assert_eq!(format_of("\n{ \"type\" : \"FeatureCollection\" }"), Ok(Format::GeoJson));
    }
}
