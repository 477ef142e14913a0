//! Work off the window's thread. A job knows only how to report; a panic in it becomes a
//! notice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::action::{
    Action, Copied, CopyAs, JobAction, LayerAction, PictureAction, ReadFile, Work,
};
use super::comparison::Compared;
use super::drawing::{Drawing, Order, Output};
use super::files::{Stamp, Watched};
use super::notice::Notice;
use super::picker::{Picked, Picker, Wanted};
use super::picture::Preview;
use crate::diag::Severity;
use crate::geo::space::GridRect;
use crate::model::{Atlas, BodyKind, Edition, JoinedLayer, Layer, LayerId, Register};
use crate::read::{self, Choices, OpenedFile, Progress, ReadError, open};
use crate::recipe::{Cooked, FigureChoice, Recipe};
use crate::render::{Format, encode, png, save, svg};

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

    /// Makes the levels of detail for a scale where `seen` can be seen.
    pub fn refine(
        &self,
        layers: Vec<Arc<JoinedLayer>>,
        backdrop: Option<Arc<Layer>>,
        (metres_per_pixel, seen): (f64, GridRect),
    ) {
        self.spawn(Work::Refine, move || {
            let others = layers.iter().map(|joined| &joined.layer).chain(backdrop.as_deref());
            others.for_each(|layer| layer.levels.prepare(metres_per_pixel, seen));
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
    pub fn watch(&self, files: Vec<Watched>, stop: Arc<AtomicBool>) {
        let (reports, wake) = (self.reports.clone(), self.wake.clone());
        std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                std::thread::sleep(WATCH);
                let now = |path: &Path| Stamp::of(path);
                let changed: Vec<_> = files
                    .iter()
                    .map(|file| (file, now(&file.path)))
                    .filter(|(file, now)| file.stamp != *now && !now.is_gone())
                    .collect();
                if changed.is_empty() {
                    continue;
                }
                std::thread::sleep(WATCH);
                if changed.iter().all(|(file, before)| now(&file.path) == *before) {
                    let layers: Vec<_> =
                        changed.iter().filter_map(|(file, _)| file.layer).collect();
                    if layers.len() < changed.len() {
                        let _ = reports.send(JobAction::FiguresChanged.into());
                    }
                    if !layers.is_empty() {
                        let _ = reports.send(JobAction::Changed(layers).into());
                    }
                    wake();
                    return;
                }
            }
        });
    }

    pub fn pick_file(&self, folder: Option<PathBuf>) {
        let instead = "drop a file on the map, or pass its path on the command line";
        let answer = |path| LayerAction::Picked(path).into();
        self.pick_one(Wanted::Boundaries, folder, instead, answer);
    }

    pub fn pick_logo(&self, folder: Option<PathBuf>) {
        let instead = "use ics-atlas export with --logo";
        let answer = |path| PictureAction::PickedLogo(path).into();
        self.pick_one(Wanted::Logo, folder, instead, answer);
    }

    pub fn pick_recipe(&self, folder: Option<PathBuf>) {
        let instead = "use ics-atlas export with --recipe";
        self.pick_one(Wanted::Recipe, folder, instead, |path| {
            let read = path.ok_or(None).and_then(|path| read_recipe(&path).map_err(Some));
            PictureAction::PickedRecipe(read.map(Box::new)).into()
        });
    }

    fn pick_one(
        &self,
        wanted: Wanted,
        folder: Option<PathBuf>,
        instead: &'static str,
        answer: impl Fn(Option<PathBuf>) -> Action + Send + 'static,
    ) {
        let picker = self.picker.clone();
        self.pick(answer(None), move || match picker.file(wanted, folder.as_deref()) {
            Picked::File(path) => Ok(answer(Some(path))),
            Picked::Nothing => Ok(answer(None)),
            Picked::NoDialog => Err(instead),
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

    pub fn save(&self, output: Output, path: PathBuf, may_replace: bool) {
        self.spawn(Work::Draw, move || {
            let path = if may_replace { path } else { save::free_name(&path) };
            let bytes = match output {
                Output::Picture(drawing) => encoded(&drawing, &path),
                Output::Table(text) => Ok(text.into_bytes()),
                Output::Recipe(recipe) => recipe.write().map(String::into_bytes),
            };
            let saved = bytes
                .and_then(|bytes| save::whole(&path, &bytes).map_err(|error| error.to_string()));
            JobAction::Saved(saved.map(|()| path)).into()
        });
    }

    pub fn read_figures(
        &self,
        generation: u64,
        choice: Box<FigureChoice>,
        layer: Arc<JoinedLayer>,
        register: Arc<Register>,
    ) {
        self.spawn(Work::Figures(generation), move || {
            let stamp = Stamp::of(&choice.file);
            let result = choice.read(&layer, &register).map_err(|error| error.to_string());
            JobAction::FiguresRead { generation, stamp, result }.into()
        });
    }

    pub fn preview(&self, generation: u64, order: Box<Order>, scale: f32) {
        self.spawn(Work::Preview, move || {
            let preview = preview(generation, &order, scale).map(Arc::new);
            JobAction::Previewed { generation, preview }.into()
        });
    }

    pub fn draw(&self, drawing: Drawing, way: CopyAs) {
        self.spawn(Work::Draw, move || {
            let copy = drawing.scene().and_then(|(scene, theme)| match way {
                CopyAs::Pixels => png::picture(&scene, &theme, drawing.scale())
                    .map(|picture| Copied::Pixels(Arc::new(picture)))
                    .map_err(|error| error.to_string()),
                CopyAs::Svg => Ok(Copied::Svg(svg::svg(&scene, &theme))),
            });
            JobAction::Drawn(copy).into()
        });
    }
}

fn preview(generation: u64, order: &Order, scale: f32) -> Result<Preview, String> {
    let (Cooked { made, theme, .. }, built) = order.build().map_err(|error| error.to_string())?;
    let picture = png::picture(&built.scene, &theme, scale).map_err(|error| error.to_string())?;
    Ok(Preview {
        generation,
        picture: Arc::new(picture),
        size: built.scene.size,
        grips: built.grips,
        frames: built.frames,
        nameless: built.nameless.len(),
        made,
    })
}

fn read_recipe(path: &Path) -> Result<Recipe, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    Recipe::parse(&text).map_err(|error| format!("{} is no recipe: {error}.", path.display()))
}

/// A picture in the format that the name of its file ends in.
fn encoded(drawing: &Drawing, path: &Path) -> Result<Vec<u8>, String> {
    let format = Format::from_path(path).map_err(|error| error.to_string())?;
    let (scene, theme) = drawing.scene()?;
    encode(&scene, &theme, format, drawing.scale()).map_err(|error| error.to_string())
}

fn read_file(
    path: &Path,
    choices: &Choices,
    progress: &Progress,
    atlas: &Atlas,
) -> Result<ReadFile, ReadError> {
    let began = std::time::Instant::now();
    let stamp = Stamp::of(path);
    let input = read::load(path, progress)?;
    let OpenedFile { joined, findings, diagnostics } = open(input, choices, atlas, progress)?;
    make_ready(&joined, 500.0);
    progress.go_on()?;
    log::debug!("{} is ready after {} ms", path.display(), began.elapsed().as_millis());
    Ok(ReadFile { layer: Arc::new(joined), findings, diagnostics, stamp })
}

/// Makes what the window needs of a layer before it can show it without a pause.
pub fn make_ready(joined: &JoinedLayer, metres_per_pixel: f64) {
    make_level(&joined.layer, metres_per_pixel);
    joined.anchors();
    // The first question builds the index.
    let _ = joined.layer.area_at(crate::scene::england().center());
}

/// Makes the level of detail for a scale at which all of a layer can be seen.
pub fn make_level(layer: &Layer, metres_per_pixel: f64) {
    if let Some(bounds) = layer.bounds() {
        layer.levels.prepare(metres_per_pixel, bounds);
    }
}
