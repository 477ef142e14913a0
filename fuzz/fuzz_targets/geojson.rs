//! GeoJSON in all its forms, and what looks like it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ics_atlas_fuzz::read(data));
