//! `export`: pictures without a window.

mod batch;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::Source;
use super::args::export::{ExportOptions, FigureOptions, PageOptions, ShowOptions};
use super::changes::set;
use super::{Failure, Outcome, atlas, begun, layer};
use crate::diag::Severity;
use crate::model::find::find_body;
use crate::model::{Atlas, BodyKind, Edition, JoinedLayer};
use crate::read::{ReadError, Surveyed};
use crate::recipe::{Cooked, Pantry, Recipe, RecipeError, Show, Words};
use crate::render::{Format, encode, read_fonts, save};
use crate::scene::lineage::{self, LineageView};
use crate::scene::{Scene, picture};
use crate::style::theme::Theme;

pub fn export(options: &ExportOptions) -> Outcome {
    let format = options.out.as_deref().map(Format::from_path).transpose();
    let format = format.map_err(|error| Failure::new(error.to_string()))?;
    let recipe = recipe(options)?;
    read_fonts();
    let is_of_main = options.batch.batch.is_none() && options.show.lineage.is_none();
    let begun = || main_of(&recipe).ok().filter(|_| is_of_main).and_then(|main| begun(&main));
    let atlas = || {
        let atlas = atlas()?;
        if is_of_main {
            // It is on every map, and is ready before the file is.
            atlas.backdrop()?.topology.weights();
        }
        Ok::<_, Failure>(atlas)
    };
    let (atlas, main) = rayon::join(atlas, begun);
    let shelf = Shelf { atlas: atlas?, main: Mutex::new(main) };
    let with = options.show.with;
    if let Some(kind) = options.batch.batch {
        return batch::export(kind, with, &options.batch, &recipe, &shelf);
    }
    if with.is_some() && options.show.system.is_none() {
        return Err(Failure::new("--with needs --system or --batch: whose areas are meant?"));
    }
    let (Some(out), Some(format)) = (&options.out, format) else {
        return Err(Failure::new("give a file to write"));
    };
    let scale = f32::from(recipe.page.scale);
    if let Some(name) = &options.show.lineage {
        let register = &shelf.atlas.register;
        let id = find_body(register, name).map_err(|error| Failure::new(error.to_string()))?;
        let view = LineageView::picture(recipe.page.paper.size().width);
        let scene = lineage::build(register, id, &view).scene;
        return save_scene(&scene, &Theme::LIGHT, format, scale, out);
    }
    let Cooked { picture, theme, layer, remarks, .. } = recipe.cook(&shelf)?;
    for remark in remarks.iter().filter(|remark| remark.severity >= Severity::Warning) {
        eprintln!("ics-atlas: {remark}");
    }
    let built = picture::build(&picture);
    if !built.nameless.is_empty() {
        let names: Vec<&str> = built
            .nameless
            .iter()
            .filter(|(map, _)| *map == 0)
            .filter_map(|(_, area)| layer.names.get(*area).map(String::as_str))
            .collect();
        let (count, some) = (built.nameless.len(), names[..names.len().min(5)].join(", "));
        eprintln!("ics-atlas: no room for the names of {count} areas, such as {some}");
    }
    let saved = save_scene(&built.scene, &theme, format, scale, out);
    // The program ends: the system takes back all memory at once, faster than it is freed piece by
    // piece.
    std::mem::forget((shelf, built, picture));
    saved
}

impl From<RecipeError> for Failure {
    fn from(error: RecipeError) -> Self {
        Self::new(error.to_string())
    }
}

fn save_scene(scene: &Scene, theme: &Theme, format: Format, scale: f32, out: &Path) -> Outcome {
    let bytes =
        encode(scene, theme, format, scale).map_err(|error| Failure::new(error.to_string()))?;
    save::whole(out, &bytes).map_err(|error| Failure::new(error.to_string()))?;
    let scale = if format == Format::Png { scale } else { 1.0 };
    let (width, height) = (scene.size.width * scale, scene.size.height * scale);
    Ok(format!("{}: {width}x{height} pixels", out.display()))
}

/// The recipe of a file, if there is one, with what is said besides.
fn recipe(options: &ExportOptions) -> Result<Recipe, Failure> {
    let mut recipe = match &options.recipe {
        Some(path) => read_recipe(path)?,
        None => Recipe::default(),
    };
    let Source { edition, file, part } = &options.source;
    if let Some(edition) = edition {
        recipe.map.edition = Some(edition.id().to_owned());
        (recipe.map.file, recipe.map.part) = (None, None);
    }
    if let Some(file) = file {
        recipe.map.edition = None;
        (recipe.map.file, recipe.map.part) = (Some(file.clone()), part.clone());
    }
    add_show(&options.show, &mut recipe);
    add_figures(&options.figures, &mut recipe)?;
    add_page(&options.page, &mut recipe)?;
    Ok(recipe)
}

fn read_recipe(path: &Path) -> Result<Recipe, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", path.display())))?;
    let mut recipe = Recipe::parse(&text)
        .map_err(|error| Failure::new(format!("{} is no recipe: {error}", path.display())))?;
    // Files beside the recipe are found wherever it is used from.
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |file: &mut PathBuf| *file = folder.join(&*file);
    let figures = recipe.figures.as_mut().map(|figures| &mut figures.file);
    let files = recipe.map.file.iter_mut().chain(recipe.furniture.logo.iter_mut());
    files.chain(figures).for_each(beside);
    Ok(recipe)
}

fn add_show(options: &ShowOptions, recipe: &mut Recipe) {
    if !options.select.is_empty() {
        recipe.map.select.clone_from(&options.select);
    }
    if options.since.is_some() {
        recipe.map.since.clone_from(&options.since);
    }
    if !options.lines.is_empty() {
        recipe.map.lines.clone_from(&options.lines);
    }
    if let Some(name) = &options.system {
        recipe.show = Show::System { name: name.clone(), with: options.with };
    } else if let Some(name) = &options.region {
        recipe.show = Show::Region { name: name.clone() };
    } else if let Some(extent) = options.extent {
        recipe.show = Show::Extent(extent);
    } else if let Some(earlier) = &options.beside {
        recipe.show = Show::BesideEarlier { earlier: earlier.clone() };
    } else if options.history {
        recipe.show = Show::History;
    }
}

fn add_figures(options: &FigureOptions, recipe: &mut Recipe) -> Result<(), Failure> {
    let FigureOptions { data, column, id_column, sheet, classes, palette, per_100_000 } = options;
    let said = [column, id_column, sheet, classes, palette].iter().any(|option| option.is_some());
    if data.is_none() && recipe.figures.is_none() {
        if said || *per_100_000 {
            return Err(Failure::new("name the table of the figures with --data"));
        }
        return Ok(());
    }
    let figures = recipe.figures.get_or_insert_default();
    for (own, option) in [
        (&mut figures.column, column),
        (&mut figures.id_column, id_column),
        (&mut figures.sheet, sheet),
        (&mut figures.classes, classes),
        (&mut figures.palette, palette),
    ] {
        if option.is_some() {
            own.clone_from(option);
        }
    }
    if let Some(data) = data {
        figures.file.clone_from(data);
    }
    figures.per_100_000 |= per_100_000;
    Ok(())
}

fn add_page(options: &PageOptions, recipe: &mut Recipe) -> Result<(), Failure> {
    let page = &mut recipe.page;
    page.paper = options.page.or(options.size).unwrap_or(page.paper);
    page.scale = options.scale.unwrap_or(page.scale).clamp(1, 4);
    page.margin = options.margin.unwrap_or(page.margin);
    page.background = options.background.unwrap_or(page.background);
    recipe.style = options.style.unwrap_or(recipe.style);
    recipe.labels.text = options.labels.unwrap_or(recipe.labels.text);
    let pieces = &mut recipe.furniture;
    if let Some(title) = &options.title {
        pieces.title = Words::Own(title.clone());
    }
    if let Some(subtitle) = &options.subtitle {
        pieces.subtitle = Words::Own(subtitle.clone());
    }
    options.without.iter().for_each(|piece| pieces.leave_out(*piece));
    pieces.insets.extend(options.inset.iter().cloned());
    if let Some(logo) = &options.logo {
        if !logo.is_file() {
            return Err(Failure::new(format!("the logo {} is not there", logo.display())));
        }
        pieces.logo = Some(logo.clone());
    }
    Ok(())
}

/// Bundled editions and files from disk.
struct Shelf {
    atlas: Atlas,
    /// The file of the main layer, read while the register was.
    main: Mutex<Option<Result<Surveyed, ReadError>>>,
}

/// What the main layer of a recipe is read from.
fn main_of(recipe: &Recipe) -> Result<Source, RecipeError> {
    let map = &recipe.map;
    let edition = match map.edition.as_deref().map(str::parse).transpose() {
        Ok(edition) => edition.filter(|edition| Edition::MAPS.contains(edition)),
        Err(error) => return Err(RecipeError::Other(error)),
    };
    Ok(Source { edition, file: map.file.clone(), part: map.part.clone() })
}

impl Shelf {
    /// The layer whose areas get a picture each.
    fn layer_of(&self, kind: BodyKind, recipe: &Recipe) -> Result<Arc<JoinedLayer>, Failure> {
        if kind == BodyKind::SubIcb {
            let layer = self.atlas.layer(kind, Edition::April2023);
            return layer.map_err(|refusal| Failure::new(refusal.to_string()));
        }
        Ok(self.main(recipe)?)
    }
}

impl Pantry for Shelf {
    fn main(&self, recipe: &Recipe) -> Result<Arc<JoinedLayer>, RecipeError> {
        let source = main_of(recipe)?;
        let begun = self.main.lock().unwrap_or_else(PoisonError::into_inner).take();
        layer(&self.atlas, &source, begun).map_err(|failure| RecipeError::Other(failure.message))
    }

    fn other(&self, name: &str) -> Result<Arc<JoinedLayer>, RecipeError> {
        set(&self.atlas, name).map_err(|failure| RecipeError::Other(failure.message))
    }

    fn atlas(&self) -> &Atlas {
        &self.atlas
    }
}
