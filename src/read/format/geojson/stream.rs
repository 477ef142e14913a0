//! A collection that is read while it comes from the disk: features are handed to a core as soon as
//! their last braces are there, those of a piece together, and their text is let go of. The text as a whole, which for a large
//! file is most of the memory that reading it takes, is never held.
//!
//! Like the quick reader it gives up on all that is not by the rules, without a word.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::super::super::ReadError;
use super::outer::{FeatureText, Outer};
use super::quick::{self, Braces, Feature};

/// Bytes of text that may wait for a core; with more the one that reads lends a hand.
const WAITING: usize = 8 * 1024 * 1024;

/// Bytes of what comes after the features; with more it is no file that is worth the haste.
const AFTER: usize = 1024 * 1024;

/// Appends what comes next of a text, and says how many bytes; none at its end.
pub trait Fill: FnMut(&mut Vec<u8>) -> Result<usize, ReadError> + Send {}
impl<F: FnMut(&mut Vec<u8>) -> Result<usize, ReadError> + Send> Fill for F {}

/// Reads a collection piece by piece; `None` where it is anything else, or not by the rules.
///
/// # Errors
/// If a piece cannot be had.
pub fn collection(mut fill: impl Fill) -> Result<Option<Outer<'static>>, ReadError> {
    let mut text = Vec::new();
    fill(&mut text)?;
    let body = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let whole = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let Some(begin) = whole.get(body..).and_then(quick::features_begin) else { return Ok(None) };
    let before = text[body..body + begin].to_vec();

    let (into_spare, spare) = channel();
    let (into_read, read) = channel();
    let readers = Readers::new(into_read, into_spare);
    let (at, whole, count) = (body + begin, Vec::new(), 0);
    let pieces = Pieces { fill, text, at, whole, count, readers: &readers, spare };
    let Some(after) = rayon::scope(|scope| pieces.hand_out(scope))? else {
        return Ok(None);
    };
    if readers.gave_up.load(Ordering::Relaxed) {
        return Ok(None);
    }
    drop(readers); // nobody reads on
    let mut read: Vec<(usize, Vec<Feature>)> = read.into_iter().collect();
    read.sort_unstable_by_key(|(first, _)| *first);
    let features = read.into_iter().flat_map(|(_, features)| features);
    let features = features.map(FeatureText::Read).collect();
    // What is left of the text is a collection without features.
    let Ok(frame) = String::from_utf8([before, after].concat()) else { return Ok(None) };
    let outer = quick::outer(&frame).filter(|outer| outer.features.is_empty());
    let outer = outer.and_then(|outer| Outer::of_members(&outer.members, features));
    Ok(outer.filter(|outer| outer.kind.as_ref().is_some_and(|kind| kind == "FeatureCollection")))
}

/// The text as it comes.
struct Pieces<'s, F> {
    fill: F,
    text: Vec<u8>,
    at: usize,
    /// Where in the text the features are that are whole and not handed out yet.
    whole: Vec<Range<usize>>,
    /// How many features were handed out.
    count: usize,
    readers: &'s Readers,
    /// Memory of texts that were read. To use it again spares the system giving out new memory,
    /// which costs as much as reading the text.
    spare: Receiver<Vec<u8>>,
}

impl<'s, F: Fill> Pieces<'s, F> {
    /// Hands the features out, and gives the text from the bracket behind the last one on.
    fn hand_out(mut self, scope: &rayon::Scope<'s>) -> Result<Option<Vec<u8>>, ReadError> {
        loop {
            if self.next_sign(scope)? != Some(b'{') || self.readers.gave_up.load(Ordering::Relaxed)
            {
                return Ok(None);
            }
            let mut braces = Braces::at(self.at);
            let end = loop {
                if let Some(end) = braces.end(&self.text) {
                    break end;
                }
                if self.at > 0 {
                    self.let_go(scope);
                    braces = Braces::at(0);
                }
                if (self.fill)(&mut self.text)? == 0 {
                    return Ok(None);
                }
            };
            self.whole.push(self.at..end);
            self.at = end;
            match self.next_sign(scope)? {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.let_go(scope);
                    return self.rest();
                }
                _ => return Ok(None),
            }
        }
    }

    /// The next sign that is not blank.
    fn next_sign(&mut self, scope: &rayon::Scope<'s>) -> Result<Option<u8>, ReadError> {
        loop {
            let rest = &self.text[self.at..];
            let is_blank = |sign: &u8| matches!(sign, b' ' | b'\n' | b'\r' | b'\t');
            if let Some(blanks) = rest.iter().position(|sign| !is_blank(sign)) {
                self.at += blanks;
                return Ok(Some(self.text[self.at]));
            }
            self.at = self.text.len();
            self.let_go(scope);
            if (self.fill)(&mut self.text)? == 0 {
                return Ok(None);
            }
        }
    }

    /// Has the features read that are whole, and keeps the text from here on.
    fn let_go(&mut self, scope: &rayon::Scope<'s>) {
        let mut rest = self.spare.try_recv().unwrap_or_default();
        rest.extend_from_slice(&self.text[self.at..]);
        self.text.truncate(self.at);
        self.at = 0;
        let text = std::mem::replace(&mut self.text, rest);
        let features = std::mem::take(&mut self.whole);
        let first = self.count;
        self.count += features.len();
        self.readers.take(Batch { first, text, features }, scope);
    }

    fn rest(mut self) -> Result<Option<Vec<u8>>, ReadError> {
        while (self.fill)(&mut self.text)? > 0 {
            if self.text.len() > AFTER {
                return Ok(None);
            }
        }
        Ok(Some(self.text))
    }
}

/// Features that follow each other: the number of the first, and where they are in a text.
struct Batch {
    first: usize,
    text: Vec<u8>,
    features: Vec<Range<usize>>,
}

/// What the cores that read features share.
struct Readers {
    waiting: AtomicUsize,
    gave_up: AtomicBool,
    /// Features with the number of the first of them.
    read: Sender<(usize, Vec<Feature>)>,
    spare: Sender<Vec<u8>>,
}

impl Readers {
    fn new(read: Sender<(usize, Vec<Feature>)>, spare: Sender<Vec<u8>>) -> Self {
        Self { waiting: AtomicUsize::new(0), gave_up: AtomicBool::new(false), read, spare }
    }

    /// Has features read: by another core, or at once where much is waiting already.
    fn take<'s>(&'s self, batch: Batch, scope: &rayon::Scope<'s>) {
        let length = batch.text.len();
        let waiting = self.waiting.load(Ordering::Relaxed);
        if waiting > 0 && waiting + length > WAITING {
            return self.read(batch);
        }
        self.waiting.fetch_add(length, Ordering::Relaxed);
        scope.spawn(move |_| {
            self.waiting.fetch_sub(length, Ordering::Relaxed);
            self.read(batch);
        });
    }

    fn read(&self, Batch { first, mut text, features }: Batch) {
        let read = |place| std::str::from_utf8(&text[place]).ok().and_then(quick::feature);
        // The receivers are there as long as somebody waits for anything.
        match features.into_iter().map(read).collect() {
            Some(features) => _ = self.read.send((first, features)),
            None => self.gave_up.store(true, Ordering::Relaxed),
        }
        text.clear();
        let _ = self.spare.send(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::refuse;

    const FEATURE: &str = r#"{"type":"Feature","properties":{"name":"Môn } {"},
        "geometry":{"type":"Polygon","coordinates":[[[-4.5,53],[-4,53],[-4,53.5],[-4.5,53]]]}}"#;

    fn in_pieces(text: &[u8], piece: usize) -> Option<Outer<'static>> {
        let mut pieces = text.chunks(piece);
        let fill = |bytes: &mut Vec<u8>| {
            let next = pieces.next().unwrap_or_default();
            bytes.extend_from_slice(next);
            Ok(next.len())
        };
        collection(fill).unwrap()
    }

    fn collection_text() -> (String, usize) {
        let begin = "\u{feff} {\"type\": \"FeatureCollection\", \"features\" : [ ";
        let crs = r#"{"type":"name","properties":{"name":"EPSG:4326"}}"#;
        let text = format!("{begin}{FEATURE} ,\n{FEATURE},{FEATURE} ], \"crs\": {crs} }}\n\n");
        (text, begin.len())
    }

    #[test]
    fn a_collection_is_the_same_in_pieces_of_any_size() {
        let (text, begin) = collection_text();
        for piece in begin..=text.len() {
            let outer = in_pieces(text.as_bytes(), piece).expect("it is by the rules");
            let features = outer.split.unwrap_or_default();
            assert_eq!(features.len(), 3, "pieces of {piece}");
            for feature in features {
                let FeatureText::Read(feature) = feature else { panic!("it was not read") };
                assert_eq!(feature.properties["name"], "Môn } {");
                assert_eq!(feature.polygons[0][0].len(), 4);
            }
            assert_eq!(outer.crs.unwrap()["properties"]["name"], "EPSG:4326");
        }
    }

    #[test]
    fn features_keep_their_order_whoever_reads_them() {
        let feature = |number| FEATURE.replacen("Môn", &format!("{number:>60000}"), 1);
        let features: Vec<String> = (0..300).map(feature).collect();
        let features = features.join(",");
        let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}");
        let features = in_pieces(text.as_bytes(), 100_000).and_then(|outer| outer.split).unwrap();
        for (number, feature) in features.iter().enumerate() {
            let FeatureText::Read(feature) = feature else { panic!("it was not read") };
            let name = feature.properties["name"].as_str().unwrap().trim_start();
            assert_eq!(name, format!("{number} }} {{"));
        }
        assert_eq!(features.len(), 300);
    }

    #[test]
    fn whatever_is_out_of_order_is_given_up_on() {
        let (text, begin) = collection_text();
        for (from, to) in [
            ("FeatureCollection", "Topology"),
            ("\"features\"", "\"areas\""),
            ("-4.5", "NaN"),
            ("} ,\n{", "} \n{"),
            ("} ,\n{", "} ,,{"),
            ("} ]", "}, ]"),
            ("} ]", "} }"),
            ("\"crs\"", "\"features\": [], \"crs\""),
            ("\"crs\"", "\"type\": 1, \"crs\""),
            ("\n\n", "{}"),
            ("\n\n", "\0"),
        ] {
            let odd = text.replacen(from, to, 1);
            assert_ne!(odd, text, "{from}");
            assert!(in_pieces(odd.as_bytes(), 100).is_none(), "{from} became {to}");
        }
        for cut in 0..text.trim_end().len() {
            assert!(in_pieces(&text.as_bytes()[..cut], begin).is_none(), "cut at {cut}");
        }
        let mut no_text = text.into_bytes();
        let at = begin + FEATURE.find("ô").unwrap();
        no_text[at] = b'o';
        assert!(in_pieces(&no_text, 100).is_none());
        assert!(in_pieces(b"{\"type\":\"FeatureCollection\",\"features\":[]}", 100).is_none());
    }

    #[test]
    fn a_fault_in_the_middle_is_told() {
        let (text, _) = collection_text();
        let mut pieces = text.as_bytes().chunks(100).take(3);
        let fill = |bytes: &mut Vec<u8>| match pieces.next() {
            Some(piece) => {
                bytes.extend_from_slice(piece);
                Ok(piece.len())
            }
            None => Err(refuse("unreadable", "It is gone.", "Look for it.").into()),
        };
        assert!(matches!(collection(fill), Err(ReadError::Refused(refusal))
            if refusal.reason.code == "unreadable"));
    }
}
