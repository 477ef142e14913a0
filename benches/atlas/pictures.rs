//! Names, pages, formats, and whole programs that write them.

use std::hint::black_box;
use std::process::Command;

use criterion::Criterion;
use ics_atlas::geo::anchor::Anchor;
use ics_atlas::geo::space::{PagePoint, PageRect, PageSize};
use ics_atlas::model::{Atlas, Edition, JoinedLayer};
use ics_atlas::recipe::Recipe;
use ics_atlas::render::{Format, encode};
use ics_atlas::scene::{Camera, england, picture};
use ics_atlas::style::label::{Ground, Name, Outside, Rules, Wish, place};
use ics_atlas::style::theme::Theme;

/// A slide in each format, from a scene that is there.
pub fn formats(c: &mut Criterion) {
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

pub fn programs(c: &mut Criterion) {
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

/// Names of all areas on a page of 1920 by 1080: 42 systems, and the 211 groups of 2013.
pub fn labels(c: &mut Criterion) {
    let Ok(atlas) = Atlas::embedded() else { return };
    for edition in [Edition::July2022, Edition::April2013] {
        let Ok(layer) = atlas.edition(edition) else { continue };
        let camera = Camera::fit(england(), PageSize::new(1920.0, 1080.0), 20.0);
        let wishes = wishes(&layer, &camera);
        let level = layer.layer.levels.at(camera.metres_per_pixel);
        let ground = |p: PagePoint| match level.area_at(camera.grid_from_page(p)) {
            Some(area) => Ground::Area(area),
            None => Ground::Open,
        };
        let frame = PageRect { x: 0.0, y: 0.0, width: 1920.0, height: 1080.0 };
        let inside = Rules {
            frame,
            keep_out: &[],
            sizes: (14.0, 8.0),
            put: 10.5,
            outside: None,
            numbers: None,
        };
        let outside = Outside { size: 10.5, reach: 80.0, over_others: 20.0 };
        let all = Rules { outside: Some(outside), numbers: Some(9.5), ..inside.clone() };
        let count = wishes.len();
        for (what, rules) in [("in the window", inside), ("on a picture", all)] {
            c.bench_function(&format!("place {count} names {what}"), |b| {
                b.iter(|| place(black_box(wishes.clone()), &rules, &ground));
            });
        }
    }
}

fn wishes(layer: &JoinedLayer, camera: &Camera) -> Vec<Wish> {
    let wish = |(area, anchors): (usize, &Vec<Anchor>)| Wish {
        area,
        name: Name::new(&layer.names[area]),
        places: anchors.iter().map(|anchor| camera.page_from_grid(anchor.at)).collect(),
        extent: camera.extent_of(layer.layer.areas[area].bounds),
        priority: layer.layer.areas[area].area_m2,
        pinned: None,
        is_important: false,
    };
    layer.anchors().iter().enumerate().map(wish).collect()
}
