//! GeoPackage: a database with any bytes after the name of its format.
#![no_main]

use ics_atlas_fuzz::{beginning_with, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| read(&beginning_with(b"SQLite format 3\0", data)));
