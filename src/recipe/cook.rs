//! A picture made of a recipe.

use std::path::Path;
use std::sync::Arc;

use super::words;
use super::{LabelText, Picture, Recipe, Show, Shown};
use crate::diag::Diagnostic;
use crate::figures::Figures;
use crate::geo::space::{Grid, GridRect, union};
use crate::model::find::{FindError, find_area, find_body};
use crate::model::{Atlas, BodyId, BodyKind, Edition, JoinedLayer};
use crate::read::Progress;
use crate::scene::lines::{self, Lines};
use crate::scene::picture::{Inset, Names, PictureMap};
use crate::scene::{ChangeView, Image, View, england, headline};
use crate::style::theme::{Background, Style, Theme};

/// Why a recipe cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// A name in it is not known.
    #[error(transparent)]
    Find(#[from] FindError),
    /// A layer cannot be had, or something else is wrong with it: in a sentence.
    #[error("{0}")]
    Other(String),
}

/// Where a recipe finds its layers.
pub trait Pantry {
    /// The layer that the picture is of.
    ///
    /// # Errors
    /// If it cannot be read.
    fn main(&self, recipe: &Recipe) -> Result<Arc<JoinedLayer>, RecipeError>;

    /// Another layer: an edition or a file.
    ///
    /// # Errors
    /// If there is no such layer.
    fn other(&self, name: &str) -> Result<Arc<JoinedLayer>, RecipeError>;

    /// What changed between another layer and the main one, if it is known already.
    fn changes(&self, _since: &str) -> Option<Arc<ChangeView>> {
        None
    }

    /// The figures that a recipe names, if they are read already.
    fn figures(&self) -> Option<Arc<Figures>> {
        None
    }

    /// Everything that is known.
    fn atlas(&self) -> &Atlas;
}

/// The bundled editions alone.
impl Pantry for Atlas {
    fn main(&self, recipe: &Recipe) -> Result<Arc<JoinedLayer>, RecipeError> {
        self.other(recipe.map.edition.as_deref().unwrap_or(Edition::July2022.id()))
    }

    fn other(&self, name: &str) -> Result<Arc<JoinedLayer>, RecipeError> {
        let edition: Edition = name.parse().map_err(RecipeError::Other)?;
        self.edition(edition).map_err(|refusal| RecipeError::Other(refusal.to_string()))
    }

    fn atlas(&self) -> &Atlas {
        self
    }
}

/// A picture, and the colours that it is drawn in.
#[derive(Debug, Clone)]
pub struct Cooked {
    /// What is drawn.
    pub picture: Picture,
    /// In which colours.
    pub theme: Theme,
    /// The layer that it is of.
    pub layer: Arc<JoinedLayer>,
    /// The title and the line under it, as they would make themselves.
    pub made: [Option<String>; 2],
    /// What was noticed about the figures.
    pub remarks: Vec<Diagnostic>,
}

/// Largest size of a logo file, in bytes: one at print quality has less than a tenth of it.
const LARGEST_LOGO: u64 = 8 << 20;

impl Recipe {
    /// Makes the picture.
    ///
    /// # Errors
    /// In a sentence: a name, a layer or a logo that is not there.
    pub fn cook(&self, pantry: &(impl Pantry + Sync)) -> Result<Cooked, RecipeError> {
        let atlas = pantry.atlas();
        let refused = |error: crate::diag::Refusal| RecipeError::Other(error.to_string());
        let (layer, backdrop) =
            rayon::join(|| pantry.main(self), || atlas.backdrop().map_err(refused));
        let (layer, backdrop) = (layer?, backdrop?);
        let (shown, remarks) = self.shown(&layer, pantry)?;
        let cook = Cook { recipe: self, atlas, layer: layer.clone(), backdrop, shown };
        let mut picture = cook.bare();
        match &self.show {
            Show::England => cook.england(&mut picture, pantry)?,
            Show::Extent(extent) => {
                cook.england(&mut picture, pantry)?;
                picture.insets.retain(|inset| {
                    self.furniture.insets.iter().any(|own| own.title == inset.title)
                });
                for map in &mut picture.maps {
                    map.fit = rect(*extent)?;
                }
            }
            Show::System { name, with } => cook.system(&mut picture, name, *with)?,
            Show::Region { name } => cook.region(&mut picture, name)?,
            Show::BesideEarlier { earlier } => {
                let earlier = pantry.other(earlier)?;
                cook.beside(&mut picture, &[earlier, layer.clone()]);
            }
            Show::History => {
                let editions = Edition::MAPS.iter().map(|edition| atlas.edition(*edition));
                let layers = editions.collect::<Result<Vec<_>, _>>().map_err(refused)?;
                cook.history(&mut picture, &layers);
            }
        }
        for own in &self.furniture.insets {
            picture.insets.push(Inset { title: own.title.clone(), bounds: rect(own.extent)? });
        }
        if let Some(path) = &self.furniture.logo {
            picture.logo = Some(logo(path)?);
        }
        let made = [picture.title.take(), picture.subtitle.take()];
        picture.title = self.furniture.title.or(|| made[0].clone());
        picture.subtitle = self.furniture.subtitle.or(|| made[1].clone());
        let colors = cook.shown.map(|shown| shown.view.colors.clone()).unwrap_or_default();
        let theme = Theme::of(self.style).on(self.page.background).with_classes(colors);
        Ok(Cooked { picture, theme, layer, made, remarks })
    }

    /// The figure on the map, if there is one.
    fn shown(
        &self,
        layer: &JoinedLayer,
        pantry: &impl Pantry,
    ) -> Result<(Option<Shown>, Vec<Diagnostic>), RecipeError> {
        let Some(choice) = &self.figures else { return Ok((None, Vec::new())) };
        let register = &pantry.atlas().register;
        let (figures, mut remarks) = match pantry.figures() {
            Some(figures) => (figures, Vec::new()),
            None => choice.read(layer, register)?,
        };
        let mut shown = choice.show(&figures, layer, register, self.style)?;
        remarks.append(&mut shown.remarks);
        Ok((Some(shown), remarks))
    }
}

struct Cook<'a> {
    recipe: &'a Recipe,
    atlas: &'a Atlas,
    layer: Arc<JoinedLayer>,
    backdrop: Arc<crate::model::Layer>,
    shown: Option<Shown>,
}

impl Cook<'_> {
    /// The page without maps.
    fn bare(&self) -> Picture {
        let pieces = &self.recipe.furniture;
        let page = &self.recipe.page;
        Picture {
            size: page.paper.size(),
            margin: f32::from(page.margin),
            is_transparent: page.background == Background::Transparent,
            title: None,
            subtitle: None,
            credit: self.credit(&[&self.layer]),
            has_legend: pieces.legend,
            has_scale_bar: pieces.scale_bar,
            has_key: pieces.key,
            logo: None,
            insets: Vec::new(),
            maps: Vec::new(),
        }
    }

    /// Source, licence and dates of what is shown.
    fn credit(&self, layers: &[&JoinedLayer]) -> Option<String> {
        let credit = words::credit(self.recipe, layers);
        let note = self.shown.as_ref().and_then(|shown| shown.note.as_ref());
        match (note.filter(|_| self.recipe.furniture.source), credit) {
            (Some(note), Some(credit)) => Some(format!("{note} {credit}")),
            (note, credit) => credit.or_else(|| note.cloned()),
        }
    }

    fn map(&self, layer: &Arc<JoinedLayer>) -> PictureMap {
        let register = self.atlas.register.clone();
        let size = self.recipe.page.paper.size();
        let mut view = View::new(size, layer.clone(), Some(self.backdrop.clone()), register);
        view.hatched = self.recipe.style == Style::Print;
        view.region_lines =
            self.recipe.map.lines.contains(&Lines::Regions) || self.recipe.map.lines.is_empty();
        let fit = layer.layer.bounds().unwrap_or_else(england);
        let mut texts = words::labels(layer, &self.atlas.register, self.recipe.labels.text);
        // Figures are of the areas of the main layer.
        let shown = self.shown.as_ref().filter(|_| Arc::ptr_eq(layer, &self.layer));
        if let Some(shown) = shown {
            view.figures = Some(shown.view.clone());
            if self.recipe.labels.text == LabelText::Value {
                for (text, value) in texts.iter_mut().zip(&shown.view.values) {
                    *text = format!("{text}\n{}", value.as_deref().unwrap_or("no figure"));
                }
            }
        }
        let names = Names { of: None, texts, moved: self.recipe.labels.moved_on(layer) };
        PictureMap { view, fit, caption: None, names }
    }

    /// One of several maps. The land around England stays away: it would end at the edge of its
    /// part of the page, and the captions stand there.
    fn captioned(&self, layer: &Arc<JoinedLayer>, caption: [String; 2]) -> PictureMap {
        let mut map = PictureMap { caption: Some(caption), ..self.map(layer) };
        map.view.backdrop = None;
        map
    }

    /// The areas that stand out, by name or code.
    fn selection(&self) -> Result<Vec<usize>, RecipeError> {
        let find = |name: &String| find_area(&self.atlas.register, &self.layer, name);
        Ok(self.recipe.map.select.iter().map(find).collect::<Result<_, _>>()?)
    }

    fn england(
        &self,
        picture: &mut Picture,
        pantry: &(impl Pantry + Sync),
    ) -> Result<(), RecipeError> {
        let mut map = self.map(&self.layer);
        let selection = self.selection()?;
        let (title, subtitle) = words::chosen(&self.layer, &selection);
        (picture.title, picture.subtitle) = (Some(title), subtitle);
        if let Some(shown) = self.shown.as_ref().filter(|_| selection.is_empty()) {
            picture.title = Some(shown.column.name.clone());
            picture.subtitle = Some(headline(&self.layer));
        }
        if let Some(since) = &self.recipe.map.since {
            let changes = if let Some(changes) = pantry.changes(since) {
                changes
            } else {
                let before = pantry.other(since)?;
                let found = ChangeView::between(&before, &self.layer, &Progress::default());
                Arc::new(found.map_err(|error| RecipeError::Other(error.to_string()))?.1)
            };
            picture.title = Some(changes.headline(&self.layer));
            picture.subtitle = Some(headline(&self.layer));
            picture.credit = self.credit(&[&changes.before, &self.layer]);
            map.view.changes = Some(changes);
        }
        let chosen = (!selection.is_empty()).then_some(selection.as_slice());
        map.view.lines = self.lines(&self.recipe.map.lines, chosen)?;
        map.view.selection = selection;
        picture.insets.extend(self.london());
        picture.maps.push(map);
        Ok(())
    }

    fn lines(
        &self,
        wanted: &[Lines],
        chosen: Option<&[usize]>,
    ) -> Result<Vec<crate::scene::LineLayer>, RecipeError> {
        let mut found = Vec::new();
        for (lines, (kind, edition)) in
            wanted.iter().filter_map(|lines| Some((*lines, lines.areas()?)))
        {
            let areas = self.atlas.layer(kind, edition);
            let areas = areas.map_err(|error| RecipeError::Other(error.to_string()))?;
            let register = &self.atlas.register;
            found.push(lines::on_map(lines, &areas, &self.layer, chosen, register));
        }
        found.retain(|lines| !lines.arcs.is_empty());
        Ok(found)
    }

    /// London, if it is wanted and has more than one area here.
    fn london(&self) -> Option<Inset> {
        let register = &self.atlas.register;
        let london = register.by_key(BodyKind::Region, "Y56")?;
        let areas = self.layer.layer.areas.iter().zip(&self.layer.regions);
        let mut own = areas.filter(|(_, region)| **region == Some(london)).map(|(a, _)| a.bounds);
        let first = own.next()?;
        let rest: Vec<GridRect> = own.collect();
        let is_wanted = self.recipe.furniture.london && !rest.is_empty();
        let bounds = rest.into_iter().fold(first, union);
        is_wanted.then(|| Inset { title: "London".to_owned(), bounds: grown(bounds, 0.06) })
    }

    fn system(
        &self,
        picture: &mut Picture,
        name: &str,
        with: Option<Lines>,
    ) -> Result<(), RecipeError> {
        let register = &self.atlas.register;
        let area = find_area(register, &self.layer, name)?;
        let mut map = self.map(&self.layer);
        map.view.subject = vec![area];
        map.fit = grown(self.layer.layer.areas[area].bounds, 0.04);
        let own = map.names.texts[area].clone();
        map.names.texts = vec![String::new(); map.names.texts.len()];
        let title = self.layer.bodies[area]
            .map_or_else(|| self.layer.names[area].clone(), |id| register.body(id).name.clone());
        let region = self.layer.regions[area].map(|id| register.body(id).name.as_str());
        let within = with.and_then(|lines| Some((lines, lines.areas()?)));
        let mut subtitle: Vec<String> = region.map(str::to_owned).into_iter().collect();
        if let Some((lines, (kind, edition))) = within {
            let refused = |error: crate::diag::Refusal| RecipeError::Other(error.to_string());
            let inner = self.atlas.layer(kind, edition).map_err(refused)?;
            map.view.lines = self.lines(&[lines], Some(&[area]))?;
            subtitle.push(lines.label().to_owned());
            let owners = lines::owners_of(&inner, &self.layer, register);
            let mut texts = words::labels(&inner, register, self.inner_text());
            for (text, owners) in texts.iter_mut().zip(&owners) {
                if !owners.contains(&area) {
                    text.clear();
                }
            }
            let moved = self.recipe.labels.moved_on(&inner);
            map.names = Names { of: Some(inner), texts, moved };
        } else {
            map.names.texts[area] = own;
            subtitle.extend(self.layer.edition().map(|edition| edition.title().to_owned()));
        }
        picture.title = Some(title);
        picture.subtitle = Some(subtitle.join(" · ")).filter(|text| !text.is_empty());
        picture.maps.push(map);
        Ok(())
    }

    /// Areas within a system have no names of their own in public.
    fn inner_text(&self) -> LabelText {
        match self.recipe.labels.text {
            LabelText::Public | LabelText::Value => LabelText::Short,
            other => other,
        }
    }

    fn region(&self, picture: &mut Picture, name: &str) -> Result<(), RecipeError> {
        let register = &self.atlas.register;
        let region = find_region(self.atlas, name)?;
        let own = |area: &usize| self.layer.regions[*area] == Some(region);
        let subject: Vec<usize> = (0..self.layer.layer.areas.len()).filter(own).collect();
        let bounds = subject.iter().map(|area| self.layer.layer.areas[*area].bounds);
        let Some(bounds) = bounds.reduce(union) else {
            let name = &register.body(region).name;
            return Err(RecipeError::Other(format!("the map has no area in the region {name}")));
        };
        let mut map = self.map(&self.layer);
        map.fit = grown(bounds, 0.04);
        for (area, text) in map.names.texts.iter_mut().enumerate() {
            if !subject.contains(&area) {
                text.clear();
            }
        }
        let about = &self.layer.layer.about;
        let what = about.kind.map_or("areas", BodyKind::plural);
        let what = crate::model::names::within_a_sentence(what);
        let date = about.edition.map(|edition| format!(", {}", edition.title()));
        let subtitle = format!("{} {what}{}", subject.len(), date.unwrap_or_default());
        let title = format!("{} region", register.body(region).name);
        map.view.subject = subject;
        (picture.title, picture.subtitle) = (Some(title), Some(subtitle));
        picture.has_legend &= self.shown.is_some(); // one colour needs no legend
        picture.maps.push(map);
        Ok(())
    }

    fn beside(&self, picture: &mut Picture, layers: &[Arc<JoinedLayer>; 2]) {
        let captions = layers.each_ref().map(|layer| words::caption(layer));
        let title = format!("{} and {}", captions[0][0], captions[1][0]);
        picture.title = Some(title);
        picture.subtitle = Some("Before and after".to_owned());
        picture.credit = self.credit(&layers.each_ref().map(|l| &**l));
        for (layer, caption) in layers.iter().zip(captions) {
            picture.maps.push(self.captioned(layer, caption));
        }
    }

    /// Small maps: no names, no scale bar, as nothing could be read.
    fn history(&self, picture: &mut Picture, layers: &[Arc<JoinedLayer>]) {
        let all: Vec<&JoinedLayer> = layers.iter().map(|layer| &**layer).collect();
        picture.title = Some(words::history(&all));
        picture.credit = self.credit(&all);
        (picture.has_scale_bar, picture.has_key) = (false, false);
        for layer in layers {
            let mut map = self.captioned(layer, words::caption(layer));
            map.names.texts.clear();
            picture.maps.push(map);
        }
    }
}

/// A region by its name or code.
fn find_region(atlas: &Atlas, name: &str) -> Result<BodyId, RecipeError> {
    let register = &atlas.register;
    let regions: Vec<BodyId> = register.of_kind(BodyKind::Region).collect();
    let is_it = |id: &&BodyId| {
        let body = register.body(**id);
        body.has_code(name)
            || body.short_name.eq_ignore_ascii_case(name.trim())
            || body.name.eq_ignore_ascii_case(name.trim())
    };
    if let Some(found) = regions.iter().find(is_it) {
        return Ok(*found);
    }
    if let Ok(found) = find_body(register, name)
        && regions.contains(&found)
    {
        return Ok(found);
    }
    let known: Vec<&str> =
        regions.iter().map(|id| register.body(*id).short_name.as_str()).collect();
    Err(RecipeError::Other(format!("\"{name}\" is no NHS region; there are {}", known.join(", "))))
}

/// A box that is larger by a share of its longer side on each side.
fn grown(bounds: GridRect, share: f64) -> GridRect {
    let by = share * bounds.width().max(bounds.height());
    let corner = |p: Grid, by: f64| Grid { x: p.x + by, y: p.y + by };
    GridRect::new(corner(bounds.min(), -by), corner(bounds.max(), by))
}

fn rect([west, south, east, north]: [f64; 4]) -> Result<GridRect, RecipeError> {
    let is_sound = [west, south, east, north].iter().all(|edge| edge.is_finite());
    if !is_sound || east - west < 100.0 || north - south < 100.0 {
        let message = "an extent is west, south, east and north in grid metres, at least 100 apart";
        return Err(RecipeError::Other(message.to_owned()));
    }
    Ok(GridRect::new(Grid { x: west, y: south }, Grid { x: east, y: north }))
}

/// Reads a logo.
fn logo(path: &Path) -> Result<Image, RecipeError> {
    let fault = |what: &str| RecipeError::Other(format!("the logo {} {what}", path.display()));
    let size = std::fs::metadata(path).map(|about| about.len());
    if size.as_ref().is_ok_and(|size| *size > LARGEST_LOGO) {
        return Err(fault("has more than 8 MB; save it smaller"));
    }
    let bytes = std::fs::read(path).map_err(|error| fault(&format!("cannot be read: {error}")))?;
    crate::render::logo::read(&bytes).ok_or_else(|| fault("is no PNG, JPEG or SVG picture"))
}
