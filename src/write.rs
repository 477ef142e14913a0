//! Boundaries as a file.

pub mod geojson;
