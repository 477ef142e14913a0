//! How things look: colours by meaning, the font, the placement of names.

pub mod font;
pub mod label;
pub mod palette;
pub mod theme;
