//! The whole path: read, joined to the register, inspected, drawn.
#![no_main]

use std::sync::{Arc, LazyLock};

use ics_atlas::geo::space::PageSize;
use ics_atlas::model::Register;
use ics_atlas::read::{Choices, Progress, Source, bundled, open};
use ics_atlas::scene::{View, build, print};

static REGISTER: LazyLock<Arc<Register>> =
    LazyLock::new(|| Arc::new(Register::load(bundled::table).expect("sound tables")));

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let source = Source::new("fuzz", data);
    let opened = open(&source, &Choices::default(), &REGISTER, &Progress::default());
    if let Ok(opened) = opened {
        let layer = Arc::new(opened.joined);
        let size = PageSize::new(800.0, 600.0);
        let view = View::picture(size, layer, None, REGISTER.clone(), vec![0]);
        print(&build(&view));
    }
});
