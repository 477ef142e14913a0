//! What a file is, by its content; never by its name.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::format::{Format, json, sequence};
use crate::diag::{Diagnostic, refuse};

/// What the bytes of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A format that is not text.
    Binary(Format),
    /// One packed file.
    Gzip,
    /// Several packed files.
    Zip,
    /// Perhaps text: see [`format_of`].
    Text,
}

/// What to do with a file of an unknown kind.
pub const WANTED: &str = "Choose a GeoJSON, TopoJSON, GeoPackage or KML file, or a shapefile.";
/// How 7-Zip, RAR, bzip2 and xz begin.
const ARCHIVES: [&[u8]; 4] = [b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"];

/// How PNG, JPEG, GIF, WebP and TIFF begin.
const PICTURES: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*"];

const AS_GEOJSON: &str = "Ask the server for GeoJSON instead (f=geojson in the address).";

/// What the bytes are.
///
/// # Errors
/// If the file is empty, or plainly something else: the refusal names it.
pub fn content_of(bytes: &[u8]) -> Result<Content, Diagnostic> {
    let is = |magic: &[u8]| bytes.starts_with(magic);
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let body = marks.iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(bytes);
    if body.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(refuse("empty-file", "The file is empty.", "Download it again."));
    }
    let content = match bytes {
        [b'P', b'K', 3, 4, ..] => Content::Zip,
        [0x1f, 0x8b, ..] => Content::Gzip,
        [0, 0, 0x27, 0x0a, ..] if !is_shape_index(bytes) => Content::Binary(Format::Shapefile),
        _ if is(b"SQLite format 3\0") => Content::Binary(Format::GeoPackage),
        _ => Content::Text,
    };
    if content != Content::Text {
        return Ok(content);
    }
    let (code, what, remedy) = if is(b"PK\x05\x06") {
        ("empty-file", "an empty zip archive", "Download it again.")
    } else if is(b"%PDF") {
        ("other-format", "a PDF document", WANTED)
    } else if PICTURES.iter().any(|magic| is(magic)) {
        ("other-format", "a picture", "Choose the boundaries that it was made from.")
    } else if ARCHIVES.iter().any(|magic| is(magic)) || bytes.get(257..262) == Some(b"ustar") {
        ("other-format", "an archive of a kind that is not read", "Unpack it first.")
    } else if is(b"\xd0\xcf\x11\xe0") {
        ("other-format", "an old Office document", WANTED)
    } else if is(b"{\\rtf") {
        ("other-format", "a rich text document", WANTED)
    } else if is(b"fgb\x03") {
        ("other-format", "FlatGeobuf", "Save it as GeoPackage or GeoJSON first.")
    } else if is(b"PAR1") {
        ("other-format", "Parquet", "Save it as GeoPackage or GeoJSON first.")
    } else if is_shape_index(bytes) {
        ("shapefile-part", "the index of a shapefile", "Choose the .shp file of the same name.")
    } else if matches!(bytes, [3 | 0x83 | 0x8b | 0x30, 70..=130, 1..=12, 1..=31, ..]) {
        ("shapefile-part", "a dBASE table", "Choose the .shp file of the same name.")
    } else {
        return Ok(Content::Text);
    };
    Err(refuse(code, format!("The file is {what}, not a boundary file."), remedy))
}

/// Whether a file that begins like a shapefile is its index: after the same head of 100 bytes it
/// has the offset and length of each record in words of two bytes, the first one at 50.
fn is_shape_index(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(bytes)))
    };
    let is_next = |length| number(108).is_none_or(|next| next == 54 + length);
    bytes.starts_with(&[0, 0, 0x27, 0x0a])
        && bytes.len() % 8 == 4
        && number(100) == Some(50)
        && number(104).is_some_and(is_next)
}

/// The format of a text.
///
/// # Errors
/// If it is not a boundary file: the refusal names what it is and says what to do instead.
pub fn format_of(text: &str) -> Result<Format, Diagnostic> {
    let start = text.trim_start();
    if start.starts_with('<') {
        return xml(start);
    }
    if sequence::records(start).is_some() {
        return Ok(Format::GeoJsonSequence);
    }
    if start.starts_with("//") || start.starts_with("/*") {
        let message = "The file begins with a comment, which JSON does not know.";
        return Err(refuse("json-syntax", message, "Delete the comment."));
    }
    if !start.starts_with('{') {
        return Err(not_json(start));
    }
    // Most files say their type at once; only for others is the whole text gone through.
    let kind = match first_type(start) {
        Some(kind) => Some(kind.to_owned()),
        None => Head::of(text)?.kind()?,
    };
    match kind.as_deref() {
        Some("Topology") => Ok(Format::TopoJson),
        Some(
            "FeatureCollection" | "Feature" | "Polygon" | "MultiPolygon" | "GeometryCollection"
            | "Point" | "MultiPoint" | "LineString" | "MultiLineString",
        )
        | None => Ok(Format::GeoJson),
        Some(other) => {
            // A collection whose type is misspelt is plain enough: the decoder tells it.
            if Head::of(text)?.is_collection() {
                return Ok(Format::GeoJson);
            }
            let other: String = other.chars().take(40).collect();
            let message =
                format!("The file is JSON of the type \"{other}\", which is not a boundary file.");
            Err(refuse("other-format", message, WANTED))
        }
    }
}

/// The members of a JSON object that tell what it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    error: Option<Value>,
    exceptions: Option<Value>,
    #[serde(borrow)]
    features: Option<&'a RawValue>,
    geometry: Option<IgnoredAny>,
    coordinates: Option<IgnoredAny>,
    geometry_type: Option<IgnoredAny>,
    rings: Option<IgnoredAny>,
    field_aliases: Option<IgnoredAny>,
    layers: Option<IgnoredAny>,
}

impl<'a> Head<'a> {
    fn of(text: &'a str) -> Result<Self, Diagnostic> {
        serde_json::from_str(text).map_err(|error| json::fault(&error, text))
    }

    fn is_esri(&self) -> bool {
        let has_attributes =
            self.features.is_some_and(|features| features.get().contains("\"attributes\""));
        let has_members = self.geometry_type.is_some() || self.rings.is_some();
        has_members || self.field_aliases.is_some() || has_attributes
    }

    /// Whether there is a list of features, as GeoJSON has it.
    fn is_collection(&self) -> bool {
        self.features.is_some_and(|features| features.get().starts_with('[')) && !self.is_esri()
    }

    /// The type; `None` if it is left out but the rest is plainly GeoJSON.
    fn kind(self) -> Result<Option<String>, Diagnostic> {
        if let Some(Value::String(kind)) = self.kind {
            return Ok(Some(kind));
        }
        let first = self.exceptions.as_ref().and_then(|list| list.get(0));
        if let Some(error) = self.error.as_ref().or(first) {
            let message = error.get("message").or_else(|| error.get("text")).unwrap_or(error);
            let said = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
            let said: String = said.trim_end_matches('.').chars().take(200).collect();
            let message = format!("The file is an error from a server, not a map: \"{said}\".");
            let hint = "Download it again, after signing in if the server asks for that.";
            return Err(refuse("server-error", message, hint));
        }
        if self.is_esri() {
            let message = "The file is Esri JSON, not GeoJSON.";
            return Err(refuse("esri-json", message, AS_GEOJSON));
        }
        if self.layers.is_some() {
            let message = "The file is the description of a map service; it has no boundaries.";
            return Err(refuse("other-format", message, AS_GEOJSON));
        }
        if self.features.is_some() || self.geometry.is_some() && self.coordinates.is_none() {
            return Ok(None);
        }
        let message = "The file is JSON, but not GeoJSON: it has no \"type\".";
        Err(refuse("other-format", message, WANTED))
    }
}

/// The type of an object whose first member is `type`.
fn first_type(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('{')?.trim_start().strip_prefix("\"type\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split_once('"').map(|(kind, _)| kind)
}

/// What begins with `<`.
fn xml(start: &str) -> Result<Format, Diagnostic> {
    let head: String = start.chars().take(2000).collect::<String>().to_lowercase();
    let has = |element: &str| head.contains(element);
    if has("<kml") || has(":kml") {
        return Ok(Format::Kml);
    }
    let (what, remedy) = if has("<!doctype html") || has("<html") || has("<head") || has("<body") {
        (
            "a web page: perhaps a sign-in or error page was saved",
            "Download the file again after signing in.",
        )
    } else if has("exceptionreport") {
        ("an error from a map server", "Download it again.")
    } else if has("<gml") || has("opengis.net/gml") || has("featurecollection") {
        ("GML", "Save it as GeoPackage or GeoJSON first.")
    } else if has("<svg") {
        ("a drawing (SVG)", "Choose the boundaries that it was made from.")
    } else if has("<gpx") {
        ("a GPS track (GPX)", WANTED)
    } else {
        ("XML", WANTED)
    };
    Err(refuse("other-format", format!("The file is {what}, not a boundary file."), remedy))
}

/// What is text but neither JSON nor XML.
fn not_json(start: &str) -> Diagnostic {
    let other = |what: &str, remedy: &str| {
        let message = format!("The file is {what}, not a boundary file.");
        refuse("other-format", message, remedy)
    };
    if start.starts_with("version https://git-lfs") {
        return other(
            "a Git LFS pointer to the real file",
            "Run git lfs pull, or download the file from its page.",
        );
    }
    let first = start.lines().next().unwrap_or_default();
    let head: String = first.chars().take(2000).collect();
    let is_script = ["var ", "let ", "const ", "export ", "module.", "window.", "define("]
        .iter()
        .any(|word| head.starts_with(word));
    let is_call = head.find(['(', '=']).is_some_and(|end| {
        let (name, rest) = (start[..end].trim(), start[end + 1..].trim_start());
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.$".contains(c));
        is_name && rest.starts_with(['{', '['])
    });
    if is_script || is_call {
        return other(
            "a JavaScript program with the data inside",
            "Delete what stands before the first { and after the last }, and save it as .geojson.",
        );
    }
    if start.starts_with("[InternetShortcut]") {
        return other("a shortcut to a web page", "Open the page and download the file from it.");
    }
    if start.starts_with('[') {
        return other(
            "a JSON list",
            "Ask for a feature collection: an object with \"type\" and \"features\".",
        );
    }
    let word: String = head.chars().take_while(char::is_ascii_alphabetic).collect();
    let word = word.to_ascii_uppercase();
    if ["POLYGON", "MULTIPOLYGON", "SRID"].contains(&word.as_str()) {
        return other("well-known text", "Save it as GeoJSON first.");
    }
    if head.starts_with("PROJCS[") || head.starts_with("GEOGCS[") || head.starts_with("PROJCRS[") {
        let message = "The file describes a reference system: it belongs to a shapefile.";
        return refuse("shapefile-part", message, "Choose the .shp file of the same name.");
    }
    if head.contains([',', ';', '\t']) && !head.contains('{') {
        return other(
            "a table (CSV) without boundaries",
            "Choose the boundary file that its codes belong to.",
        );
    }
    if head.chars().any(|c| c.is_control() && c != '\t') {
        return other("of a kind that is not known", WANTED);
    }
    other("a text of another kind", WANTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_boundary_file_is_refused_by_name() {
        for (bytes, word) in [
            (&b"\x89PNG\r\n"[..], "picture"),
            (b"  \n", "empty"),
            (b"\x03\x7a\x01\x02rest", "dBASE"),
            (b"%PDF-1.7", "PDF"),
        ] {
            let refusal = content_of(bytes).unwrap_err();
            assert!(refusal.message.contains(word), "{refusal}");
        }
        for (text, word) in [
            ("<!DOCTYPE html><html>", "web page"),
            ("<?xml version=\"1.0\"?><thing/>", "XML"),
            ("<wfs:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\">", "GML"),
            ("ICB22CD,ICB22NM\nE54000030,South East London", "CSV"),
            ("version https://git-lfs.github.com/spec/v1\noid sha256:1", "Git LFS"),
            ("var boards = {\"type\": \"FeatureCollection\"}", "JavaScript"),
            ("callback({\"type\": \"FeatureCollection\"});", "JavaScript"),
            ("[{\"type\": \"Feature\"}]", "list"),
            ("{\"a\": []}", "no \"type\""),
            ("{\"type\": \"Sphere\"}", "Sphere"),
            ("{\"error\": {\"code\": 499, \"message\": \"Token Required\"}}", "Token Required"),
            ("{\"geometryType\": \"esriGeometryPolygon\", \"features\": []}", "Esri JSON"),
            ("{\"features\": [{\"attributes\": {}, \"geometry\": {\"rings\": []}}]}", "Esri JSON"),
        ] {
            let refusal = format_of(text).unwrap_err();
            assert!(refusal.message.contains(word), "{refusal}");
            assert!(!refusal.hint.is_empty(), "{refusal}");
        }
    }

    #[test]
    fn the_type_may_come_late_or_be_left_out() {
        assert_eq!(format_of("{\"arcs\": [], \"type\": \"Topology\"}"), Ok(Format::TopoJson));
        assert_eq!(format_of("\n{ \"type\" : \"FeatureCollection\" }"), Ok(Format::GeoJson));
        assert_eq!(format_of("{\"features\": []}"), Ok(Format::GeoJson));
        assert_eq!(format_of("<?xml version=\"1.0\"?>\n<kml/>"), Ok(Format::Kml));
        let lines = "{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}\n";
        assert_eq!(format_of(lines), Ok(Format::GeoJsonSequence));
    }
}
