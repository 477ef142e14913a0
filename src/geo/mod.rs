//! Geometry: coordinates, projection, shared-arc topology, levels of detail, hit tests.
//!
//! Unless said otherwise, coordinates are British National Grid metres (EPSG:27700), x being
//! the easting and y the northing.

pub mod anchor;
pub mod apart;
pub mod crossings;
pub mod generalise;
pub mod grid_ref;
pub mod level;
pub mod mask;
pub mod measure;
pub mod overlay;
pub mod probes;
pub mod projection;
pub mod simplify;
pub mod space;
pub mod strips;
pub mod sums;
pub mod topology;
