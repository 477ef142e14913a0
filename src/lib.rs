//! ICS Atlas: England's NHS integrated care systems on a map.
//!
//! One pipeline: bytes become a [`model::Layer`], layers and facts become an
//! [`model::Atlas`], and one pure function turns an atlas and a view into a
//! [`scene::Scene`] that every renderer draws. `ARCHITECTURE.md` tells it by phases.

pub mod cli;
pub mod diag;
pub mod explain;
pub mod figures;
pub mod geo;
pub mod model;
mod parallel;
pub mod prepare;
pub mod read;
pub mod recipe;
pub mod render;
pub mod scene;
pub mod style;
pub mod write;

#[cfg(feature = "gui")]
pub mod app;
