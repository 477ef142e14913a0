//! Tables of figures, matched to the boards of 2022.
#![no_main]

use std::sync::{Arc, LazyLock};

use ics_atlas::figures::{FigureChoices, Figures, classes::Classes, classes::Method};
use ics_atlas::model::{Atlas, BodyKind, Edition, JoinedLayer};
use ics_atlas::read::{Progress, Source};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::embedded().expect("sound tables"));
static BOARDS: LazyLock<Arc<JoinedLayer>> = LazyLock::new(|| {
    ATLAS.layer(BodyKind::Icb, Edition::July2022).expect("sound boundaries")
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // A panic in the decoder of old workbooks is caught, but not under the fuzzer.
    if data.starts_with(&[0xd0, 0xcf]) {
        return;
    }
    let table = [b"code,n\nQKK,1\n".as_slice(), data].concat();
    for bytes in [data, &table] {
        let source = Source::new("fuzz", bytes);
        let choices = FigureChoices::default();
        let read = Figures::read(&source, &BOARDS, &ATLAS.register, &choices, &Progress::default());
        for column in read.iter().flat_map(|read| &read.value.columns) {
            let _ = Classes::new(&Method::Jenks(5), &column.numbers()).labels(column.unit.as_ref());
        }
    }
});
