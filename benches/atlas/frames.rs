//! What a frame costs, and asking which area is under the pointer.

use std::hint::black_box;

use criterion::Criterion;
use ics_atlas::geo::space::{Grid, PageSize};
use ics_atlas::model::{Atlas, BodyKind, Edition};
use ics_atlas::read::bundled;
use ics_atlas::scene::{Camera, Detail, Furniture, View, build, england};

pub fn frames(c: &mut Criterion) {
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

pub fn hits(c: &mut Criterion) {
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
