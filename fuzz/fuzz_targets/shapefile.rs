//! A shapefile with its table. The first two bytes tell how long the table is.
#![no_main]

use std::borrow::Cow;

use ics_atlas::read::Source;
use ics_atlas_fuzz::{beginning_with, read_source};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (length, rest) = data.split_at(data.len().min(2));
    let length = length.iter().fold(0, |sum, byte| sum * 256 + usize::from(*byte));
    let (table, shapes) = rest.split_at(length.min(rest.len()));
    let shapes = beginning_with(&[0, 0, 0x27, 0x0a], shapes);
    let mut source = Source::new("fuzz.shp", &shapes);
    source.companions.insert("dbf".to_owned(), Cow::Borrowed(table));
    read_source(source);
});
