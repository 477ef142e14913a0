//! The whole path: read, joined to the register, inspected, drawn.
#![no_main]

use std::sync::{Arc, LazyLock};

use ics_atlas::geo::space::PageSize;
use ics_atlas::model::Atlas;
use ics_atlas::read::{Choices, Progress, Source, open};
use ics_atlas::scene::{View, build, print};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::embedded().expect("sound tables"));

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let source = Source::new("fuzz", data);
    let opened = open(source, &Choices::default(), &ATLAS, &Progress::default());
    if let Ok(opened) = opened {
        let layer = Arc::new(opened.joined);
        let size = PageSize::new(800.0, 600.0);
        let view = View::picture(size, layer, None, ATLAS.register.clone(), vec![0]);
        print(&build(&view));
    }
});
