//! What all tests share.

use std::sync::LazyLock;

use ics_atlas::model::Atlas;

/// The embedded atlas. What one test has decoded, the others need not decode again.
pub static ATLAS: LazyLock<Atlas> =
    LazyLock::new(|| Atlas::embedded().expect("the embedded tables are sound"));
