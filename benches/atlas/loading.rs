//! What the program does before its first frame.

use std::hint::black_box;

use criterion::Criterion;
use ics_atlas::app::settings::Settings;
use ics_atlas::geo::topology::Topology;
use ics_atlas::model::{Atlas, BodyKind, Edition, Register};
use ics_atlas::read::bundled;

pub fn loading(c: &mut Criterion) {
    c.bench_function("load the register", |b| {
        b.iter(|| Register::load(|name| bundled::table(black_box(name))));
    });
    for edition in Edition::MAPS {
        c.bench_function(&format!("load the register and decode {edition}"), |b| {
            b.iter(|| Atlas::embedded().map(|atlas| atlas.edition(black_box(edition))));
        });
    }
    let Ok(layer) = bundled::layer(BodyKind::Icb, Edition::July2022) else { return };
    let areas: Vec<_> = (0..layer.areas.len()).map(|a| layer.topology.polygons(a)).collect();
    c.bench_function("find the shared borders of 2022-07", |b| {
        b.iter(|| Topology::build(black_box(&areas)));
    });
    c.bench_function("load all that the first frame needs", |b| {
        b.iter(|| ics_atlas::app::load(Settings::default()));
    });
}
