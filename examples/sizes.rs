//! Boundaries of any size, for measuring: those of April 2023 with fractal detail along shared
//! borders.
//!
//! - `cargo run --release --example sizes -- write large large.geojson` writes them to a file; the
//!   size is `small`, `medium`, `large` or a number of vertices.
//! - `cargo run --release --example sizes -- find` tells how long it takes to find the area at a
//!   place: the median and the 99th of a hundred.

#[path = "../benches/sizes/mod.rs"]
mod sizes;

use std::process::ExitCode;
use std::time::Instant;

use ics_atlas::geo::space::Grid;
use ics_atlas::scene::england;
use sizes::{Random, SIZES};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["write", size, path] => write(size, path),
        ["find"] => {
            find();
            Ok(())
        }
        _ => Err("Say write, a size and a file, or find.".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn write(size: &str, path: &str) -> Result<(), String> {
    let named = SIZES.into_iter().find(|(name, _)| *name == size).map(|(_, count)| count);
    let vertices = named.or_else(|| size.parse().ok());
    let vertices = vertices.ok_or_else(|| format!("{size} is neither a size nor a number."))?;
    std::fs::write(path, sizes::geojson(&sizes::layer(vertices)))
        .map_err(|error| format!("{path} cannot be written: {error}."))
}

fn find() {
    for (size, vertices) in SIZES {
        let layer = sizes::layer(vertices);
        let (bounds, centre) = (england(), england().center());
        let began = Instant::now();
        let _ = layer.area_at(centre);
        let index_ms = began.elapsed().as_secs_f64() * 1e3;
        let mut random = Random::new(1);
        let mut taken: Vec<u128> = (0..100_000)
            .map(|_| {
                let (x, y) = (random.next() * bounds.width(), random.next() * bounds.height());
                let p = Grid { x: centre.x + x / 2.0, y: centre.y + y / 2.0 };
                let began = Instant::now();
                std::hint::black_box(layer.area_at(p));
                began.elapsed().as_nanos()
            })
            .collect();
        taken.sort_unstable();
        let (median, slow) = (taken[taken.len() / 2], taken[taken.len() * 99 / 100]);
        println!("{size}: median {median} ns, 99th of a hundred {slow} ns, index {index_ms:.1} ms");
    }
}
