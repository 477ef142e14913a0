//! What the atlas costs: starting, drawing a frame, asking where a place is, making a picture.

use std::convert::Infallible;
use std::hint::black_box;
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};
use ics_atlas::app::settings::Settings;
use ics_atlas::geo::overlay::Overlay;
use ics_atlas::geo::space::{Grid, PageSize};
use ics_atlas::geo::topology::Topology;
use ics_atlas::model::profile::Profile;
use ics_atlas::model::{Atlas, BodyKind, Changes, Edition, Register};
use ics_atlas::read::bundled;
use ics_atlas::recipe::Recipe;
use ics_atlas::render::{Format, encode};
use ics_atlas::scene::{Camera, Detail, Furniture, View, build, england, picture};
use ics_atlas::style::theme::Theme;

fn loading(c: &mut Criterion) {
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

fn frames(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    let Ok(layer) = atlas.edition(Edition::July2022) else { return };
    let backdrop = atlas.backdrop().ok();
    let size = PageSize::new(1400.0, 1000.0);
    let whole = Camera::fit(england(), size, 20.0);
    for scale in [800.0, 200.0, 50.0, 10.0, 2.0] {
        // The coast of Cornwall: islands, creeks, and more points than anywhere else.
        let centre = if scale > 500.0 { whole.centre } else { Grid { x: 182_000.0, y: 35_000.0 } };
        let view = View {
            camera: Camera { centre, metres_per_pixel: scale, ..whole },
            selection: vec![3],
            hovered: Some(5),
            furniture: Furniture::window(),
            detail: Detail::Exact,
            ..View::new(size, layer.clone(), backdrop.clone(), atlas.register.clone())
        };
        let _ = build(&view); // makes the level of detail
        c.bench_function(&format!("build a scene at {scale} m a pixel"), |b| {
            b.iter(|| build(black_box(&view)));
        });
    }
}

fn hits(c: &mut Criterion) {
    let Ok(layer) = bundled::layer(BodyKind::Icb, Edition::July2022) else { return };
    let mut n = 0u32;
    c.bench_function("which area is here", |b| {
        b.iter(|| {
            // A walk that comes by everywhere in England's box, sea and land.
            n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let share = |bits: u32| f64::from(bits & 0xffff) / 65_536.0;
            let bounds = england();
            let p = Grid {
                x: bounds.min().x + share(n) * bounds.width(),
                y: bounds.min().y + share(n >> 16) * bounds.height(),
            };
            black_box(layer.area_at(p))
        });
    });
}

/// What is typed into the find box, from a code to typing errors, and what a click gathers.
fn facts(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    let register = &atlas.register;
    let _ = register.search("QKK", 1); // makes the index
    for text in ["QKK", "devon", "south east lon", "e", "hertforshire", "birmigham and solihul"] {
        c.bench_function(&format!("find \"{text}\""), |b| {
            b.iter(|| register.search(black_box(text), 60).len());
        });
    }
    let Some(board) = register.by_key(BodyKind::Icb, "QHM") else { return };
    c.bench_function("gather what is known of a board", |b| {
        b.iter(|| Profile::of_body(register, black_box(board), Some(Edition::July2022)));
    });
}

/// What changed in April 2023: boundaries generalised to 20 m against some generalised to 200 m.
fn changes(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    let (Ok(old), Ok(new)) = (atlas.edition(Edition::July2022), atlas.edition(Edition::April2023))
    else {
        return;
    };
    let mut group = c.benchmark_group("changes");
    group.sample_size(20);
    group.bench_function("lay 2022-07 over 2023-04", |b| {
        let (old, new) = (&old.layer.topology, &new.layer.topology);
        b.iter(|| Overlay::new(black_box(old), new, || Ok::<(), Infallible>(())));
    });
    group.bench_function("tell what changed from 2022-07 to 2023-04", |b| {
        b.iter(|| Changes::between(black_box(&old), &new, || Ok::<(), Infallible>(())));
    });
}

/// A slide in each format, from a scene that is there.
fn formats(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    let Ok(cooked) = Recipe::default().cook(&atlas) else { return };
    c.bench_function("lay a picture out", |b| {
        b.iter(|| picture::build(black_box(&cooked.picture)));
    });
    let scene = picture::build(&cooked.picture).scene;
    let mut group = c.benchmark_group("encode 1920x1080");
    group.sample_size(20);
    for format in Format::ALL {
        group.bench_function(format.ending(), |b| {
            b.iter(|| encode(black_box(&scene), &Theme::LIGHT, format, 1.0));
        });
    }
}

fn programs(c: &mut Criterion) {
    let mut group = c.benchmark_group("whole program");
    group.sample_size(20);
    let mut run = |name: &str, arguments: &[&str]| {
        group.bench_function(name, |b| {
            b.iter(|| Command::new(env!("CARGO_BIN_EXE_ics-atlas")).args(arguments).output());
        });
    };
    for format in Format::ALL {
        let out = std::env::temp_dir().join("ics-atlas-bench").with_extension(format.ending());
        let name = format!("export 1920x1080 as {}", format.ending());
        run(&name, &["export", &out.to_string_lossy()]);
    }
    let deck = std::env::temp_dir().join("ics-atlas-bench-deck.pptx");
    run("export 42 slides", &["export", "--batch", "icb", "--deck", &deck.to_string_lossy()]);
    run("list", &["list"]);
    run("show", &["show", "QKK"]);
    run("find", &["find", "hertforshire"]);
    run("lineage", &["lineage", "06F"]);
    run("at", &["at", "TQ 37 76"]);
}

criterion_group!(benches, loading, hits, frames, facts, changes, formats, programs);
criterion_main!(benches);
