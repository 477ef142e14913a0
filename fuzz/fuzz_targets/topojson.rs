//! TopoJSON: the type comes first, the rest is free.
#![no_main]

use ics_atlas_fuzz::{beginning_with, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    read(&beginning_with(b"{\"type\":\"Topology\"", data));
});
