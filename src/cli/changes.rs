//! `changes`: what is different between two boundary sets.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::{ChangesOptions, Source};
use super::{Failure, Outcome, atlas, json, layer};
use crate::model::{Atlas, Changes, Edition, JoinedLayer};
use crate::read::{Cancelled, Progress};

pub fn changes(options: &ChangesOptions) -> Outcome {
    let atlas = atlas()?;
    let (old, new) = (set(&atlas, &options.old)?, set(&atlas, &options.new)?);
    let progress = Progress::default();
    let changes = Changes::between(&old, &new, || progress.go_on())
        .map_err(|error: Cancelled| Failure::new(error.to_string()))?;
    if options.json {
        return json(&changes);
    }
    Ok(match (options.csv, options.markdown) {
        (true, _) => changes.in_csv().trim_end().to_owned(),
        (_, true) => changes.in_markdown().trim_end().to_owned(),
        _ => changes.in_words(),
    })
}

/// A bundled edition by its identifier, or else a file.
pub(super) fn set(atlas: &Atlas, text: &str) -> Result<Arc<JoinedLayer>, Failure> {
    let edition = text.parse::<Edition>().ok();
    let source = match edition.filter(|edition| Edition::MAPS.contains(edition)) {
        Some(edition) => Source { edition: Some(edition), file: None, part: None },
        None => Source { edition: None, file: Some(PathBuf::from(text)), part: None },
    };
    if source.file.as_ref().is_some_and(|file| !file.exists()) {
        let known: Vec<_> = Edition::MAPS.iter().map(|edition| edition.id()).collect();
        let known = known.join(", ");
        let message = format!("\"{text}\" is neither a file nor an edition; there are {known}");
        return Err(Failure::new(message));
    }
    layer(atlas, &source, None)
}
