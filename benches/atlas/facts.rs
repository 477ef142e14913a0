//! Finding, gathering and comparing.

use std::convert::Infallible;
use std::hint::black_box;

use criterion::Criterion;
use ics_atlas::geo::overlay::Overlay;
use ics_atlas::model::profile::Profile;
use ics_atlas::model::{Atlas, BodyKind, Changes, Edition};

/// What is typed into the find box, from a code to typing errors, and what a click gathers.
pub fn facts(c: &mut Criterion) {
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
pub fn changes(c: &mut Criterion) {
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
