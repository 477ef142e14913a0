//! Drawing a scene: one match over the same items each.

pub mod png;
pub mod save;
pub mod svg;
