//! Work off the window's thread. A job knows only how to report; a panic in it becomes a
//! notice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::action::{Action, JobAction, LayerAction, PictureAction, ReadFile, Work};
use super::comparison::Compared;
use super::drawing::{Drawing, Output};
use super::files::Stamp;
use super::notice::Notice;
use super::picker::{Picked, Picker};
use crate::diag::Severity;
use crate::model::{Atlas, BodyKind, Edition, JoinedLayer, Layer, LayerId};
use crate::read::{Choices, OpenedFile, Progress, ReadError, open, source};
use crate::render::{png, save};
use crate::style::theme::Theme;

/// Starts jobs and hands their reports to the window.
pub struct Jobs {
    reports: Sender<Action>,
    wake: Arc<dyn Fn() + Send + Sync>,
    picker: Arc<dyn Picker>,
}

/// How long to wait between two looks at the opened files.
const WATCH: Duration = Duration::from_millis(600);

impl Jobs {
    pub fn new(
        reports: Sender<Action>,
        wake: Arc<dyn Fn() + Send + Sync>,
        picker: Arc<dyn Picker>,
    ) -> Self {
        Self { reports, wake, picker }
    }

    fn spawn(&self, what: Work, work: impl FnOnce() -> Action + Send + 'static) {
        let (reports, wake) = (self.reports.clone(), self.wake.clone());
        std::thread::spawn(move || {
            let report = catch_unwind(AssertUnwindSafe(work))
                .unwrap_or_else(|_| JobAction::Failed(what).into());
            // The window may be gone by now; then nobody waits for the report.
            let _ = reports.send(report);
            wake();
        });
    }

    pub fn decode(
        &self,
        atlas: Arc<Atlas>,
        (kind, edition): (BodyKind, Edition),
        metres_per_pixel: f64,
    ) {
        self.spawn(Work::Decode, move || match atlas.layer(kind, edition) {
            Ok(layer) => {
                make_ready(&layer, metres_per_pixel);
                JobAction::Decoded(kind, edition).into()
            }
            Err(refusal) => JobAction::Told(Notice::refused(edition.title(), refusal)).into(),
        });
    }

    pub fn refine(&self, layers: Vec<Arc<JoinedLayer>>, backdrop: Option<Arc<Layer>>, scale: f64) {
        self.spawn(Work::Refine, move || {
            let others = layers.iter().map(|joined| &joined.layer).chain(backdrop.as_deref());
            others.for_each(|layer| make_level(layer, scale));
            JobAction::Refined.into()
        });
    }

    pub fn read(
        &self,
        generation: u64,
        (path, choices): (PathBuf, Choices),
        progress: Progress,
        atlas: Arc<Atlas>,
    ) {
        self.spawn(Work::Read(generation), move || {
            let result = read_file(&path, &choices, &progress, &atlas);
            JobAction::Read { generation, result: result.map(Box::new) }.into()
        });
    }

    /// Watches files until one has changed and stays as it is for a moment, or until `stop`.
    pub fn watch(&self, files: Vec<(LayerId, PathBuf, Stamp)>, stop: Arc<AtomicBool>) {
        let (reports, wake) = (self.reports.clone(), self.wake.clone());
        std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                std::thread::sleep(WATCH);
                let now = |path: &Path| Stamp::of(path);
                let changed: Vec<_> = files
                    .iter()
                    .map(|(id, path, then)| (*id, path, then, now(path)))
                    .filter(|(.., then, now)| *then != now && !now.is_gone())
                    .collect();
                if changed.is_empty() {
                    continue;
                }
                std::thread::sleep(WATCH);
                if changed.iter().all(|(_, path, _, before)| now(path) == *before) {
                    let ids = changed.iter().map(|(id, ..)| *id).collect();
                    let _ = reports.send(JobAction::Changed(ids).into());
                    wake();
                    return;
                }
            }
        });
    }

    pub fn pick_file(&self, folder: Option<PathBuf>) {
        let picker = self.picker.clone();
        self.pick(LayerAction::Picked(None).into(), move || match picker.file(folder.as_deref()) {
            Picked::File(path) => Ok(LayerAction::Picked(Some(path)).into()),
            Picked::Nothing => Ok(LayerAction::Picked(None).into()),
            Picked::NoDialog => Err("drop a file on the map, or pass its path on the command line"),
        });
    }

    pub fn pick_target(&self, folder: Option<PathBuf>, name: String) {
        let picker = self.picker.clone();
        self.pick(PictureAction::Picked(None).into(), move || {
            match picker.target(folder.as_deref(), &name) {
                Picked::File(path) => Ok(PictureAction::Picked(Some(path)).into()),
                Picked::Nothing => Ok(PictureAction::Picked(None).into()),
                Picked::NoDialog => Err("copy the picture instead, or use ics-atlas export"),
            }
        });
    }

    /// Asks with a dialog. Without one, the question counts as unanswered and the way round it
    /// is told.
    fn pick(
        &self,
        unanswered: Action,
        ask: impl FnOnce() -> Result<Action, &'static str> + Send + 'static,
    ) {
        let reports = self.reports.clone();
        self.spawn(Work::Ask, move || match ask() {
            Ok(action) => action,
            Err(instead) => {
                let _ = reports.send(unanswered);
                let title = format!("This desktop shows no file dialog: {instead}.");
                JobAction::Told(Notice::new(Severity::Warning, title)).into()
            }
        });
    }

    pub fn compare(
        &self,
        generation: u64,
        (before, after): (LayerId, LayerId),
        atlas: Arc<Atlas>,
        progress: Progress,
    ) {
        self.spawn(Work::Compare(generation), move || {
            let layers = atlas.get(before).and_then(|a| Ok((a, atlas.get(after)?)));
            let found = match layers {
                Ok((Some(before), Some(after))) => {
                    make_ready(&before, 500.0);
                    make_ready(&after, 500.0);
                    Compared::new(&before, &after, &progress).ok().map(Arc::new)
                }
                _ => None,
            };
            JobAction::Compared { generation, found }.into()
        });
    }

    pub fn save(&self, output: Output, path: PathBuf) {
        self.spawn(Work::Draw, move || {
            let bytes = match output {
                Output::Picture(drawing) => png::png(&drawing.scene(), &Theme::LIGHT, 1.0)
                    .map_err(|error| error.to_string()),
                Output::Table(text) => Ok(text.into_bytes()),
            };
            let saved = bytes
                .and_then(|bytes| save::whole(&path, &bytes).map_err(|error| error.to_string()));
            JobAction::Saved(saved.map(|()| path)).into()
        });
    }

    pub fn draw(&self, drawing: Drawing) {
        self.spawn(Work::Draw, move || {
            let picture = png::picture(&drawing.scene(), &Theme::LIGHT, 1.0);
            JobAction::Drawn(picture.map(Arc::new).map_err(|error| error.to_string())).into()
        });
    }
}

fn read_file(
    path: &Path,
    choices: &Choices,
    progress: &Progress,
    atlas: &Atlas,
) -> Result<ReadFile, ReadError> {
    let stamp = Stamp::of(path);
    let source = source::load(path, progress)?;
    let OpenedFile { joined, findings, diagnostics } = open(&source, choices, atlas, progress)?;
    drop(source);
    make_ready(&joined, 500.0);
    progress.go_on()?;
    Ok(ReadFile { layer: Arc::new(joined), findings, diagnostics, stamp })
}

/// Makes what the window needs of a layer before it can show it without a pause.
pub fn make_ready(joined: &JoinedLayer, metres_per_pixel: f64) {
    make_level(&joined.layer, metres_per_pixel);
    joined.anchors();
    // The first question builds the index.
    let _ = joined.layer.area_at(crate::scene::england().center());
}

/// Makes the level of detail for a scale: its index, for the names, and then its triangles, with
/// which it counts as ready.
pub fn make_level(layer: &Layer, metres_per_pixel: f64) {
    let level = layer.levels.at(&layer.topology, metres_per_pixel);
    let _ = level.area_at(crate::scene::england().center());
    level.meshes();
}
