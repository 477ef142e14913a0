//! Writes boundaries of any size: those of April 2023 with fractal detail along shared borders.
//!
//! `cargo run --release --example densify -- large large.geojson`, where the size is `small`,
//! `medium`, `large` or a number of vertices.

#[path = "../benches/sizes/mod.rs"]
mod sizes;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, path] = arguments.as_slice() else {
        eprintln!("Say how many vertices there should be, and the file to write.");
        return ExitCode::FAILURE;
    };
    let named = sizes::SIZES.into_iter().find(|(name, _)| name == size).map(|(_, count)| count);
    let Some(vertices) = named.or_else(|| size.parse().ok()) else {
        eprintln!("{size} is neither a size nor a number.");
        return ExitCode::FAILURE;
    };
    let layer = sizes::layer(vertices);
    match std::fs::write(path, sizes::geojson(&layer)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path} cannot be written: {error}.");
            ExitCode::FAILURE
        }
    }
}
