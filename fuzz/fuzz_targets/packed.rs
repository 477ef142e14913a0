//! Zip and gzip: the first byte chooses.
#![no_main]

use ics_atlas_fuzz::{beginning_with, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let start: &[u8] = if first % 2 == 0 { b"PK\x03\x04" } else { &[0x1f, 0x8b] };
    read(&beginning_with(start, rest));
});
