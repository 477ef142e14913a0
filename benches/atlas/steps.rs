//! Each step from a file to a map, at three sizes.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use ics_atlas::geo::level::Levels;
use ics_atlas::geo::simplify::{Amount, simplify};
use ics_atlas::geo::space::{Grid, Rings};
use ics_atlas::geo::strips::StripIndex;
use ics_atlas::geo::topology::Topology;
use ics_atlas::model::Atlas;
use ics_atlas::read::{Choices, Progress, Source, open, read_layer};
use ics_atlas::scene::england;

use crate::sizes::{Random, SIZES, geojson, layer};

pub fn steps(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    for (size, vertices) in SIZES {
        let mut group = c.benchmark_group(size);
        group.sample_size(10).throughput(Throughput::Elements(vertices as u64));
        let layer = layer(vertices);
        let text = geojson(&layer);
        let (choices, progress) = (Choices::default(), Progress::default());
        let source = Source::new("areas.geojson", text.as_bytes());
        group.bench_function("read", |b| {
            b.iter(|| read_layer(black_box(source.clone()), &choices, &progress));
        });
        group.bench_function("read, join and check", |b| {
            b.iter(|| open(black_box(source.clone()), &choices, &atlas, &progress));
        });
        let topology = &layer.topology;
        let areas: Vec<Vec<Rings>> = (0..layer.areas.len()).map(|a| topology.polygons(a)).collect();
        group.bench_function("find the shared borders", |b| {
            b.iter(|| Topology::build(black_box(&areas)));
        });
        let sided = topology.arcs.iter().map(|arc| (arc.points.as_slice(), arc.sides));
        let sided: Vec<_> = sided.collect();
        group.bench_function("index the areas", |b| {
            b.iter(|| StripIndex::build(black_box(&sided)));
        });
        let index = StripIndex::build(&sided);
        let (mut random, bounds) = (Random::new(1), england());
        group.throughput(Throughput::Elements(1));
        group.bench_function("which area is here", |b| {
            b.iter(|| {
                let half = (bounds.width() / 2.0, bounds.height() / 2.0);
                let (x, y) = (random.next() * half.0, random.next() * half.1);
                let p = Grid { x: bounds.center().x + x, y: bounds.center().y + y };
                black_box(index.area_at(p, |arc| sided[arc as usize].0))
            });
        });
        group.throughput(Throughput::Elements(vertices as u64));
        group.bench_function("weigh the points", |b| {
            b.iter(|| black_box(topology).effective_areas());
        });
        group.bench_function("simplify to 5 %", |b| {
            b.iter(|| simplify(black_box(topology), Amount::Share(0.05), |p| p));
        });
        topology.weights();
        for scale in [1024.0, 64.0] {
            group.bench_function(format!("make the level of detail for {scale} m a pixel"), |b| {
                b.iter(|| Levels::new(black_box(topology).clone()).prepare(scale, england()));
            });
        }
    }
}
