//! What the atlas costs.

mod facts;
mod frames;
mod loading;
mod pictures;
#[path = "../sizes/mod.rs"]
mod sizes;
mod steps;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    benches,
    steps::steps,
    loading::loading,
    frames::hits,
    frames::frames,
    facts::facts,
    facts::changes,
    pictures::labels,
    pictures::formats,
    pictures::programs
);
criterion_main!(benches);
