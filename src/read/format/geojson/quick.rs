//! The quick way through sound GeoJSON: coordinates go straight from the text into flat arrays.
//!
//! It takes what is written by the rules and gives up on everything else, without a word: then
//! the thorough reader next door tells what is wrong and where. So both agree on all that this
//! one takes. Large files are nearly all coordinates: it decides how long they take to open.

mod braces;
mod numbers;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::super::super::raw::{Dimensions, RawPolygon};
pub use braces::Braces;
use numbers::number;

/// A collection of features, each as text.
pub struct Outer<'a> {
    /// Its members but the features, each a name and a value.
    pub members: Vec<(&'a str, &'a str)>,
    /// The texts of its features, each an object.
    pub features: Vec<&'a str>,
}

/// A feature with polygons.
pub struct Feature {
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its identifier.
    pub id: Option<Value>,
    /// Its polygons.
    pub polygons: Vec<RawPolygon>,
    /// How many numbers its positions have.
    pub dimensions: Dimensions,
}

/// Splits a collection into its features, which are only looked at as far as their brackets;
/// `None` if it is anything else, or not in order.
pub fn outer(text: &str) -> Option<Outer<'_>> {
    let mut scanner = Scanner { text, at: 0 };
    let mut outer = Outer { members: Vec::new(), features: Vec::new() };
    let mut has_features = false;
    scanner.members(|scanner, name| {
        if name == "features" && !has_features {
            has_features = true;
            return scanner.items(|scanner| {
                outer.features.push(scanner.object()?);
                Some(())
            });
        }
        if name == "features" || outer.members.iter().any(|(other, _)| *other == name) {
            return None;
        }
        outer.members.push((name, scanner.value()?));
        Some(())
    })?;
    scanner.end().filter(|()| has_features)?;
    Some(outer)
}

/// Where the first feature of a collection begins, by the beginning of its text.
pub fn features_begin(text: &str) -> Option<usize> {
    let mut begin = None;
    Scanner { text, at: 0 }.members(|scanner, name| {
        if name == "features" {
            scanner.take(b'[')?;
            begin = Some(scanner.at);
            return None; // so as to go no further
        }
        scanner.value().map(drop)
    });
    begin
}

/// Reads a feature with a polygon or several; `None` if it is anything else, or not in order.
pub fn feature(text: &str) -> Option<Feature> {
    let mut scanner = Scanner { text, at: 0 };
    let mut dimensions = Dimensions::default();
    let (mut is_feature, mut properties, mut id, mut polygons) = (false, None, None, None);
    let mut seen: Vec<&str> = Vec::new();
    scanner.members(|scanner, name| {
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        match name {
            "type" => is_feature = scanner.value()? == "\"Feature\"",
            "properties" => properties = serde_json::from_str(scanner.value()?).ok()?,
            "id" => id = Some(serde_json::from_str(scanner.value()?).ok()?),
            "geometry" => polygons = Some(geometry(scanner, &mut dimensions)?),
            // A member of another name may be anything; a box has rules of its own.
            "bbox" => return None,
            _ => {
                scanner.value()?;
            }
        }
        Some(())
    })?;
    scanner.end()?;
    let is_known = matches!(id, None | Some(Value::String(_) | Value::Number(_)));
    let polygons = polygons.filter(|_| is_feature && is_known)?;
    Some(Feature { properties: properties.unwrap_or_default(), id, polygons, dimensions })
}

fn geometry(scanner: &mut Scanner<'_>, dimensions: &mut Dimensions) -> Option<Vec<RawPolygon>> {
    let mut kind = None;
    let mut found = None;
    scanner.members(|scanner, name| {
        match name {
            "type" if kind.is_none() => kind = Some(scanner.value()?),
            "coordinates" if found.is_none() => {
                // The brackets tell how deep it goes; they have to agree with the type.
                let is_single = scanner.depth() == 3;
                let polygons = if is_single {
                    vec![polygon(scanner, dimensions)?]
                } else {
                    let mut polygons = Vec::new();
                    scanner.items(|scanner| {
                        polygons.push(polygon(scanner, dimensions)?);
                        Some(())
                    })?;
                    polygons
                };
                found = Some((is_single, polygons));
            }
            _ => return None,
        }
        Some(())
    })?;
    match (kind?, found?) {
        ("\"Polygon\"", (true, polygons)) | ("\"MultiPolygon\"", (false, polygons)) => {
            Some(polygons)
        }
        _ => None,
    }
}

fn polygon(scanner: &mut Scanner<'_>, dimensions: &mut Dimensions) -> Option<RawPolygon> {
    let mut rings = RawPolygon::new();
    scanner.items(|scanner| {
        let mut ring = Vec::new();
        scanner.items(|scanner| {
            ring.push(position(scanner, dimensions)?);
            Some(())
        })?;
        // Rings differ a thousandfold in length: what was reserved ahead is given back.
        ring.shrink_to_fit();
        rings.push(ring);
        Some(())
    })?;
    Some(rings)
}

#[inline]
fn position(scanner: &mut Scanner<'_>, dimensions: &mut Dimensions) -> Option<[f64; 2]> {
    if let Some(place) = scanner.pair() {
        dimensions.count(2);
        return Some(place);
    }
    let mut place = [0.0; 2];
    let mut count = 0;
    scanner.items(|scanner| {
        let value = scanner.number()?;
        if let Some(axis) = place.get_mut(count) {
            *axis = value;
        }
        count += 1;
        Some(())
    })?;
    if count < 2 {
        return None;
    }
    dimensions.count(count);
    Some(place)
}

/// Walks through JSON text.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Goes past a sign and the blanks around it.
    #[inline]
    fn take(&mut self, sign: u8) -> Option<()> {
        self.blanks();
        if self.peek()? != sign {
            return None;
        }
        self.at += 1;
        self.blanks();
        Some(())
    }

    /// Goes past the comma before another item, if there is one, or past the closing bracket.
    #[inline]
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        self.blanks();
        let next = self.peek()?;
        self.at += 1;
        if next == b',' {
            self.blanks();
            return Some(true);
        }
        (next == close).then_some(false)
    }

    /// Goes through an object, name by name; what is handed in goes past the value. Names with
    /// escapes are none of those that are asked for, and are given up on.
    fn members(&mut self, mut each: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        if self.peek()? == b'}' {
            return self.take(b'}');
        }
        loop {
            let name = self.string()?;
            if name.contains('\\') {
                return None;
            }
            self.take(b':')?;
            each(self, name.get(1..name.len() - 1)?)?;
            if !self.goes_on(b'}')? {
                return Some(());
            }
        }
    }

    /// Goes through a list; what is handed in goes past each item.
    #[inline]
    fn items(&mut self, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            each(self)?;
            if !self.goes_on(b']')? {
                return Some(());
            }
        }
    }

    #[inline]
    fn number(&mut self) -> Option<f64> {
        let (value, length) = number(&self.text.as_bytes()[self.at..])?;
        self.at += length;
        Some(value)
    }

    /// A list of two numbers without a blank, as nearly all files have it; the scanner stays where
    /// it is if there is anything else.
    #[inline]
    fn pair(&mut self) -> Option<[f64; 2]> {
        let text = self.text.as_bytes().get(self.at..)?;
        let after = |text: &'a [u8], sign: u8| text.split_first().filter(|(b, _)| **b == sign);
        let (_, text_x) = after(text, b'[')?;
        let (x, length) = number(text_x)?;
        let (_, text_y) = after(&text_x[length..], b',')?;
        let (y, length) = number(text_y)?;
        let (_, rest) = after(&text_y[length..], b']')?;
        self.at += text.len() - rest.len();
        Some([x, y])
    }

    /// How many brackets open here.
    fn depth(&self) -> usize {
        let rest = self.text.as_bytes()[self.at..].iter();
        rest.filter(|byte| !byte.is_ascii_whitespace()).take_while(|byte| **byte == b'[').count()
    }

    /// A string with its quotes, its escapes as they are.
    fn string(&mut self) -> Option<&'a str> {
        if self.peek()? != b'"' {
            return None;
        }
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        loop {
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                break;
            }
            at += 2;
        }
        self.at = at + 1;
        self.text.get(start..self.at)
    }

    /// The text of an object, judged by its braces alone.
    fn object(&mut self) -> Option<&'a str> {
        if self.peek()? != b'{' {
            return None;
        }
        let start = self.at;
        self.at = Braces::at(start).end(self.text.as_bytes())?;
        self.text.get(start..self.at)
    }

    /// The text of any sound value.
    fn value(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let value = rest.get(..values.byte_offset())?;
        self.at += value.len();
        Some(value.trim())
    }

    /// Whether nothing follows.
    fn end(&mut self) -> Option<()> {
        self.blanks();
        (self.at == self.text.len()).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"{"type":"Feature","id":7,"properties":{"a":"}\"{"},
        "geometry":{"type":"Polygon","coordinates":[[[-1.5,52],[ 1e0 , 5.2E1 ],[0,51,9]]]}}"#;

    #[test]
    fn a_sound_feature_is_taken() {
        let taken = feature(SOUND).unwrap();
        assert_eq!(taken.polygons, [[[[-1.5, 52.0], [1.0, 52.0], [0.0, 51.0]]]]);
        assert_eq!(taken.properties["a"], "}\"{");
        assert_eq!(taken.id, Some(Value::from(7)));
    }

    #[test]
    fn a_collection_is_split_at_its_features() {
        let text =
            format!(" {{\"type\" : \"FeatureCollection\",\"features\":[{SOUND} ,\n{SOUND}]}}\n");
        let outer = outer(&text).unwrap();
        assert_eq!(outer.features, [SOUND, SOUND]);
        assert_eq!(outer.members, [("type", "\"FeatureCollection\"")]);
    }

    #[test]
    fn whatever_is_out_of_order_is_left_to_the_thorough_reader() {
        for (from, to) in [
            ("-1.5", "\"-1.5\""),
            ("-1.5", "-01.5"),
            ("-1.5", "+1.5"),
            ("-1.5", "1."),
            ("-1.5", "NaN"),
            ("-1.5", "1e999"),
            ("-1.5,52", "-1.5"),
            ("-1.5,52", "-1.5,52,"),
            ("\"Polygon\"", "\"MultiPolygon\""),
            ("\"Polygon\"", "\"Point\""),
            ("[[[", "[["),
            ("]]]}}", "]]]}"),
            ("]]]}}", "]]]}} x"),
            ("\"Feature\"", "\"feature\""),
            ("\"id\":7", "\"id\":[7]"),
            ("\"id\":7", "\"bbox\":7"),
            ("\"id\":7", "\"type\":\"Feature\""),
            ("{\"a\"", "{a"),
        ] {
            let text = SOUND.replacen(from, to, 1);
            assert_ne!(text, SOUND, "{from}");
            assert!(feature(&text).is_none(), "{from} became {to}");
        }
        for cut in 0..SOUND.len() {
            assert!(feature(&SOUND[..cut]).is_none(), "cut at {cut}");
            assert!(outer(&SOUND[..cut]).is_none(), "cut at {cut}");
        }
    }
}
