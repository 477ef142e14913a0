//! A picture of each area: files in a folder, or slides of one presentation.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Shelf;
use crate::cli::args::export::BatchOptions;
use crate::cli::{Failure, Outcome};
use crate::diag::Severity;
use crate::figures::Figures;
use crate::model::{BodyKind, JoinedLayer};
use crate::recipe::{Cooked, FigureChoice, Pantry, Recipe, RecipeError, Show};
use crate::render::{Format, encode, pptx, save};
use crate::scene::lines::Lines;
use crate::scene::{Scene, picture};
use crate::style::theme::Theme;

/// One picture of many.
struct Order {
    /// Name of the file, without its ending.
    file: String,
    recipe: Recipe,
}

pub(super) fn export(
    kind: BodyKind,
    with: Option<Lines>,
    options: &BatchOptions,
    recipe: &Recipe,
    shelf: &Shelf,
) -> Outcome {
    let layer = shelf.layer_of(kind, recipe)?;
    let read = |choice: &FigureChoice| choice.read(&layer, &shelf.atlas().register);
    let (figures, remarks) = recipe.figures.as_ref().map(read).transpose()?.unzip();
    for remark in remarks.iter().flatten().filter(|r| r.severity >= Severity::Warning) {
        eprintln!("ics-atlas: {remark}");
    }
    let shelf = Kept { layer, figures, shelf };
    let orders = orders(kind, with, recipe, &shelf.layer, shelf.atlas())?;
    let done = AtomicUsize::new(0);
    let tell = |name: &str| {
        let number = done.fetch_add(1, Ordering::Relaxed) + 1;
        eprintln!("ics-atlas: {number} of {}: {name}", orders.len());
    };
    if let Some(deck) = &options.deck {
        if Format::from_path(deck) != Ok(Format::Pptx) {
            return Err(Failure::new(format!("{} does not end in .pptx", deck.display())));
        }
        let slides: Result<Vec<(Scene, Theme)>, RecipeError> = orders
            .par_iter()
            .map(|order| {
                let Cooked { picture, theme, .. } = order.recipe.cook(&shelf)?;
                tell(&order.file);
                Ok((picture::build(&picture).scene, theme))
            })
            .collect();
        // All slides are drawn in the same colours: their recipes differ in the area only.
        let (slides, themes): (Vec<Scene>, Vec<Theme>) = slides?.into_iter().unzip();
        let theme = themes.into_iter().next().unwrap_or(Theme::LIGHT);
        let slides: Vec<&Scene> = slides.iter().collect();
        let bytes = pptx::pptx(&slides, &theme).map_err(|error| Failure::new(error.to_string()))?;
        save::whole(deck, &bytes).map_err(|error| Failure::new(error.to_string()))?;
        return Ok(format!("{}: {} slides", deck.display(), slides.len()));
    }
    let Some(folder) = &options.out_dir else {
        return Err(Failure::new("give a folder with --out-dir, or a presentation with --deck"));
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("{} cannot be made: {error}", folder.display())))?;
    let format = Format::from_path(Path::new(&format!("x.{}", options.format)))
        .map_err(|error| Failure::new(error.to_string()))?;
    orders.par_iter().try_for_each(|order| {
        let Cooked { picture, theme, .. } = order.recipe.cook(&shelf)?;
        let scene = picture::build(&picture).scene;
        let bytes = encode(&scene, &theme, format, f32::from(order.recipe.page.scale))
            .map_err(|error| Failure::new(error.to_string()))?;
        let path = folder.join(format!("{}.{}", order.file, options.format));
        save::whole(&path, &bytes).map_err(|error| Failure::new(error.to_string()))?;
        tell(&order.file);
        Ok::<(), Failure>(())
    })?;
    Ok(format!("{}: {} pictures", folder.display(), orders.len()))
}

/// A recipe for each area of a layer, in the order of their names.
fn orders(
    kind: BodyKind,
    with: Option<Lines>,
    recipe: &Recipe,
    layer: &JoinedLayer,
    atlas: &crate::model::Atlas,
) -> Result<Vec<Order>, Failure> {
    let register = &atlas.register;
    let of = |code: &str, name: &str, show: Show| {
        let safe = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let words: String = name.chars().map(safe).collect();
        let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
        let file = format!("{code}-{}", words.join("-"));
        Order { file, recipe: Recipe { show, ..recipe.clone() } }
    };
    let mut orders: Vec<Order> = if kind == BodyKind::Region {
        let mut regions: Vec<_> = layer.regions.iter().flatten().copied().collect();
        regions.sort();
        regions.dedup();
        let order = |id| {
            let body = register.body(id);
            let code = body.code().unwrap_or_default();
            of(code, &body.short_name, Show::Region { name: code.to_owned() })
        };
        regions.into_iter().map(order).collect()
    } else {
        let with = with.or(match &recipe.show {
            Show::System { with, .. } => *with,
            _ => None,
        });
        let areas = layer.layer.areas.iter().zip(&layer.bodies).zip(&layer.names);
        areas
            .map(|((area, body), name)| {
                let ods = body.and_then(|id| register.body(id).ods_code.as_ref());
                let code = ods.map_or(area.code.as_str(), |ods| ods.as_str());
                // The code of the edition names the area without doubt.
                let own = if area.code.is_empty() { name } else { &area.code };
                of(code, name, Show::System { name: own.clone(), with })
            })
            .collect()
    };
    if orders.is_empty() {
        return Err(Failure::new("the map has no areas of this kind"));
    }
    orders.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(orders)
}

/// A shelf whose main layer is at hand already.
struct Kept<'a> {
    layer: Arc<JoinedLayer>,
    figures: Option<Arc<Figures>>,
    shelf: &'a Shelf,
}

impl Pantry for Kept<'_> {
    fn main(&self, _: &Recipe) -> Result<Arc<JoinedLayer>, RecipeError> {
        Ok(self.layer.clone())
    }

    fn other(&self, name: &str) -> Result<Arc<JoinedLayer>, RecipeError> {
        self.shelf.other(name)
    }

    fn figures(&self) -> Option<Arc<Figures>> {
        self.figures.clone()
    }

    fn atlas(&self) -> &crate::model::Atlas {
        self.shelf.atlas()
    }
}
