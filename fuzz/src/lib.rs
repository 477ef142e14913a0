//! What the fuzz targets have in common. A target passes if nothing panics and memory stays
//! within what cargo-fuzz allows; what is read or refused does not matter.

use ics_atlas::read::{Choices, Progress, Source, read_layer};

/// Reads bytes as a file of their own.
pub fn read(data: &[u8]) {
    read_source(Source::new("fuzz", data));
}

/// Reads a file with those that belong to it.
pub fn read_source(source: Source<'_>) {
    let _ = read_layer(source, &Choices::default(), &Progress::default());
}

/// Data that begin as a format does, so that the time is not spent on finding that out.
pub fn beginning_with(start: &[u8], data: &[u8]) -> Vec<u8> {
    if data.starts_with(start) { data.to_vec() } else { [start, data].concat() }
}
