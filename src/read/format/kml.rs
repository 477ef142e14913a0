//! OGC KML 2.3: placemarks with polygons, read as one layer whatever folders they are in.

mod placemark;

use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::raw::{Dimensions, RawFeature, RawLayer, RawShape};
use super::super::{Progress, ReadError, encoding, limits};
use super::geometry::left_out;
use crate::diag::{Diagnostic, Place, Reporter, refuse};
use placemark::{Element, Placemark};

/// Decodes a KML text. What it declares of its own encoding does not matter any more.
pub fn decode(
    text: &str,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let mut xml = Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    let mut collector = Collector::new(text, reporter);
    loop {
        let start = offset(xml.buffer_position());
        let event = xml.read_event();
        let event = event.map_err(|error| fault(&error, text, offset(xml.error_position())))?;
        match event {
            Event::Start(element) => {
                progress.go_on()?;
                collector.start(&element, start)?;
            }
            Event::End(_) => collector.end()?,
            Event::Text(said) => collector.say(&said.decode().unwrap_or_default()),
            Event::CData(said) => collector.say(&said.decode().unwrap_or_default()),
            Event::GeneralRef(reference) => collector.say(&resolved(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    if !collector.path.is_empty() {
        return Err(breaks_off(text).into());
    }
    collector.finish()
}

fn breaks_off(text: &str) -> Diagnostic {
    refuse("xml-syntax", "The file breaks off in the middle.", "Download it again.")
        .at(encoding::place_of_end(text.as_bytes()))
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// What a reference stands for: a character by its number, or one of the five that XML knows.
/// Entities that the file defines itself stay as they are: they can grow without end.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    resolve_xml_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

fn fault(error: &quick_xml::Error, text: &str, offset: usize) -> Diagnostic {
    if matches!(error, quick_xml::Error::Syntax(what) if *what != SyntaxError::InvalidBangMarkup) {
        return breaks_off(text); // a tag, a comment or a quote that never ends
    }
    let what: String = error.to_string().chars().take(200).collect();
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let message = format!("The XML cannot be read: {what}.");
    refuse("xml-syntax", message, "Ask the publisher for a corrected file.")
        .at(encoding::place_of_end(before))
}

/// Collects the placemarks of a file.
struct Collector<'a> {
    lines: Lines<'a>,
    /// The elements that are open, from the outermost.
    path: Vec<Element>,
    placemark: Option<Placemark>,
    features: Vec<RawFeature>,
    number: usize,
    rings: usize,
    values: usize,
    has_links: bool,
    dimensions: Dimensions,
    reporter: &'a mut Reporter,
}

impl<'a> Collector<'a> {
    fn new(text: &'a str, reporter: &'a mut Reporter) -> Self {
        Self {
            lines: Lines { text: text.as_bytes(), seen: 0, line: 1, begins: 0 },
            path: Vec::new(),
            placemark: None,
            features: Vec::new(),
            number: 0,
            rings: 0,
            values: 0,
            has_links: false,
            dimensions: Dimensions::default(),
            reporter,
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, offset: usize) -> Result<(), ReadError> {
        if self.path.len() >= limits::NESTING {
            let message = format!("The elements are nested more than {} deep.", limits::NESTING);
            let hint = "Ask the publisher for a corrected file.";
            let place = self.lines.place(offset);
            return Err(refuse("limit-exceeded", message, hint).at(place).into());
        }
        let element = Element::of(start.local_name().as_ref());
        self.path.push(element);
        self.has_links |= element == Element::NetworkLink;
        if let Some(placemark) = &mut self.placemark {
            placemark.start(element, start, &self.path);
        } else if element == Element::Placemark {
            self.number += 1;
            if self.number > limits::FEATURES {
                return Err(limits::exceeded("features", self.number, limits::FEATURES).into());
            }
            let place = match self.lines.place(offset) {
                Place::Line { line, column } => Place::Record { number: self.number, line, column },
                other => other,
            };
            self.placemark = Some(Placemark::new(place, self.path.len()));
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), ReadError> {
        let depth = self.path.len();
        let Some(element) = self.path.pop() else { return Ok(()) };
        let Some(mut placemark) = self.placemark.take() else { return Ok(()) };
        if depth > placemark.depth {
            placemark.end(element, &self.path);
            self.placemark = Some(placemark);
            return Ok(());
        }
        let number = self.number;
        self.dimensions.add(placemark.found.dimensions);
        self.rings += placemark.rings;
        self.values += placemark.properties.len();
        for (what, count, limit) in [
            ("rings and polygons", self.rings, 2 * limits::RINGS),
            ("values", self.values, limits::VALUES),
        ] {
            if count > limit {
                return Err(limits::exceeded(what, count, limit).into());
            }
        }
        let (place, properties) =
            (placemark.place.clone(), std::mem::take(&mut placemark.properties));
        match placemark.finish(number, |told| self.reporter.report(told)) {
            Ok(polygons) => {
                let shape = RawShape::Polygons(polygons);
                self.features.push(RawFeature { number, properties, shape });
            }
            Err(fault) => self.reporter.report(left_out(fault, place)),
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        if let Some(placemark) = &mut self.placemark {
            placemark.say(text, self.path.last());
        }
    }

    fn finish(self) -> Result<RawLayer, ReadError> {
        if self.features.is_empty() && self.has_links {
            let message = "The KML file only points to another file.";
            let hint = "Open it where it came from, and save the areas themselves as KML.";
            return Err(refuse("kml-link", message, hint).into());
        }
        self.dimensions.tell(self.reporter);
        // Longitude and latitude in WGS 84, by clause 6.2 of the standard.
        let declared_crs = Some("EPSG:4326".to_owned());
        Ok(RawLayer { features: self.features, declared_crs, ..RawLayer::default() })
    }
}

/// Lines and columns of offsets that only grow: each byte is looked at once.
struct Lines<'a> {
    text: &'a [u8],
    seen: usize,
    line: usize,
    /// Where the line begins.
    begins: usize,
}

impl Lines<'_> {
    fn place(&mut self, offset: usize) -> Place {
        for at in self.seen..offset.min(self.text.len()) {
            if self.text[at] == b'\n' {
                self.line += 1;
                self.begins = at + 1;
            }
        }
        self.seen = self.seen.max(offset);
        Place::Line { line: self.line, column: offset.saturating_sub(self.begins) + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "0,0 1,0 1,1 0,1 0,0";

    fn polygon(outer: &str, inner: &str) -> String {
        format!(
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>{outer}</coordinates></LinearRing>\
             </outerBoundaryIs>{inner}</Polygon>"
        )
    }

    fn document(content: &str) -> String {
        format!("<?xml version=\"1.0\"?>\n<kml><Document>{content}</Document>\n</kml>")
    }

    fn read(text: &str) -> (Result<RawLayer, Diagnostic>, Vec<Diagnostic>) {
        let mut reporter = Reporter::default();
        let result = match decode(text, &Progress::default(), &mut reporter) {
            Ok(layer) => Ok(layer),
            Err(ReadError::Refused(refusal)) => Err(refusal.reason),
            Err(other) => panic!("{other:?}"),
        };
        (result, reporter.finish())
    }

    fn codes(told: &[Diagnostic]) -> Vec<&'static str> {
        told.iter().map(|d| d.code).collect()
    }

    fn rings(layer: &RawLayer, feature: usize) -> Vec<Vec<usize>> {
        let RawShape::Polygons(polygons) = &layer.features[feature].shape else { panic!() };
        polygons.iter().map(|rings| rings.iter().map(Vec::len).collect()).collect()
    }

    #[test]
    fn placemarks_come_with_names_and_data() {
        let hole = "<innerBoundaryIs><LinearRing><coordinates>.2,.2,5 .8,.2,5 .5,.8,5 .2,.2,5\
                    </coordinates></LinearRing></innerBoundaryIs>";
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n\
             <k:kml xmlns:k=\"http://www.opengis.net/kml/2.2\"><k:Document><k:name>Not this</k:name>\
             <k:Folder><k:Placemark id=\"1\"><k:name>Kent &amp; M<![CDATA[edway]]> &#233;</k:name>\
             <k:Style><k:name>nor this</k:name></k:Style>\
             <k:ExtendedData><k:Data name=\"CODE\"><k:displayName>no</k:displayName>\
             <k:value>E54000032</k:value></k:Data><k:SchemaData><k:SimpleData name=\"a&lt;b\">7\
             </k:SimpleData></k:SchemaData></k:ExtendedData>\
             <k:MultiGeometry><k:MultiGeometry>{}</k:MultiGeometry>{}</k:MultiGeometry>\
             </k:Placemark></k:Folder></k:Document></k:kml>",
            polygon(SQUARE, hole),
            polygon("\n 5, 5 ,1\t6,5,1 6,6,1 5,5,1\n", ""),
        );
        let prefixed = text.replace("<Pol", "<k:Pol").replace("</Pol", "</k:Pol");
        let (result, told) = read(&prefixed);
        let layer = result.unwrap();
        assert_eq!(layer.declared_crs.as_deref(), Some("EPSG:4326"));
        let properties = serde_json::Value::Object(layer.features[0].properties.clone());
        let expected =
            serde_json::json!({"name": "Kent & Medway é", "CODE": "E54000032", "a<b": "7"});
        assert_eq!(properties, expected);
        assert_eq!(rings(&layer, 0), [vec![5, 4], vec![4]]);
        assert_eq!(codes(&told), ["positions-mixed"]);
    }

    #[test]
    fn what_is_no_polygon_is_told_with_its_place() {
        let content = [
            "\n<Placemark><Point><coordinates>0,0</coordinates></Point></Placemark>",
            "\n  <Placemark><name>nothing</name></Placemark>",
            &format!("<Placemark>{}</Placemark>", polygon("0,0 1 1,1", "")),
            &format!("<Placemark>{}</Placemark>", polygon("0,0 1,x 1,1", "")),
            "<Placemark><Polygon/></Placemark>",
            &format!(
                "<Placemark><MultiGeometry>{}<LineString><coordinates>0,0 1,1</coordinates>\
                 </LineString></MultiGeometry></Placemark>",
                polygon(SQUARE, "")
            ),
        ];
        let (result, told) = read(&document(&content.concat()));
        let layer = result.unwrap();
        assert_eq!((layer.features.len(), layer.features[0].number), (1, 6));
        let expected = [
            "geometry-kind",
            "geometry-missing",
            "position-short",
            "feature-unreadable",
            "geometry-missing",
            "geometry-kind",
        ];
        assert_eq!(codes(&told), expected);
        assert_eq!(told[0].place, Place::Record { number: 1, line: 3, column: 1 });
        assert_eq!(told[1].place, Place::Record { number: 2, line: 4, column: 3 });
    }

    #[test]
    fn a_link_to_another_file_is_refused_as_one() {
        let link = "<NetworkLink><Link><href>https://example.org/a.kmz</href></Link></NetworkLink>";
        let (result, _) = read(&document(link));
        assert_eq!(result.unwrap_err().code, "kml-link");
        let area = format!("<Placemark>{}</Placemark>", polygon(SQUARE, ""));
        assert!(read(&document(&(link.to_owned() + &area))).0.is_ok());
        assert!(read(&document("")).0.unwrap().features.is_empty());
    }

    #[test]
    fn broken_xml_is_refused_with_its_place() {
        let (result, _) = read("<kml>\n <Document></Folder></kml>");
        let refusal = result.unwrap_err();
        assert_eq!(
            (refusal.code, refusal.place),
            ("xml-syntax", Place::Line { line: 2, column: 12 })
        );
        let deep = "<a>".repeat(limits::NESTING + 1);
        assert_eq!(read(&deep).0.unwrap_err().code, "limit-exceeded");
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let text = format!(
            "<!DOCTYPE kml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n\
             <kml><Placemark><name>&b;</name>{}</Placemark></kml>",
            polygon(SQUARE, "")
        );
        let layer = read(&text).0.unwrap();
        assert_eq!(layer.features[0].properties["name"], "&b;");
    }

    #[test]
    fn a_cut_text_is_refused_and_a_hostile_one_does_no_harm() {
        let area = format!("<Placemark><name>a</name>{}</Placemark>", polygon(SQUARE, ""));
        let whole = document(&area);
        assert_eq!(read(&whole).0.unwrap().features.len(), 1);
        for end in 23..whole.len() {
            assert_eq!(read(&whole[..end]).0.unwrap_err().code, "xml-syntax", "{end}");
        }
        for at in 0..whole.len() {
            for text in ["<", ">", "/", "&", "\"", "]", "\0", "ô"] {
                let hostile = format!("{}{text}{}", &whole[..at], &whole[at + 1..]);
                drop(read(&hostile));
            }
        }
    }
}
