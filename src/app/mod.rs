//! The window: state, actions that change it, and panels that show it.
//!
//! [`state::State`] holds no egui type. Panels read it and push [`action::Action`]s; only
//! [`State::update`](state::State::update) writes. What has to happen outside of the state, such
//! as reading a file, is an [`effect::Effect`] that the shell carries out.

pub mod action;
pub mod bookmarks;
pub mod command;
pub mod comparison;
pub mod drawing;
pub mod effect;
pub mod figures;
pub mod files;
mod ground;
mod history;
mod job;
mod look;
mod map_paint;
pub mod notice;
mod panels;
pub mod picker;
pub mod picture;
pub mod presenting;
pub mod settings;
pub mod shell;
mod start;
pub mod state;
mod update;

pub use start::{load, load_into, run};
