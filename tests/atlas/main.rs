//! The whole of the atlas from outside. One program for all tests: each further one would hold
//! the whole window system again, and take as long to link.

#![expect(clippy::expect_used, reason = "a test may end where its set-up fails")]

#[cfg(feature = "gui")]
mod actions;
#[cfg(feature = "gui")]
mod bookmarks;
mod changes;
mod cli;
mod corpus;
mod figures;
#[cfg(feature = "gui")]
mod figures_in_state;
mod formats;
mod geodata;
mod palette;
mod pictures;
mod places;
mod properties;
mod reading;
mod register;
mod scene;
mod shared;
#[path = "../../benches/sizes/mod.rs"]
mod sizes;
#[cfg(feature = "gui")]
mod window;
