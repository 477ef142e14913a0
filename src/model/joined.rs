//! A layer together with what the register says of its areas.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::layer::About;
use super::{Area, BodyId, BodyKind, Edition, Layer, OnsCode, Register};
use crate::diag::{Diagnostic, Place, Severity};
use crate::geo::anchor::{Anchor, BLOCK, WIDE, anchor};

/// Arcs by the kind of border they are. Each arc is in exactly one list.
#[derive(Debug, Default)]
pub struct Borders {
    /// Coast and outer border: an area on one side only.
    pub outer: Vec<u32>,
    /// Between areas of different NHS regions.
    pub region: Vec<u32>,
    /// Between areas of the same region, or of none.
    pub inner: Vec<u32>,
}

/// A layer, and for each of its areas the body it belongs to.
#[derive(Debug)]
pub struct JoinedLayer {
    /// The areas and their shapes.
    pub layer: Layer,
    /// The body of each area, where the register knows it.
    pub bodies: Vec<Option<BodyId>>,
    /// The NHS region of each area, where it is known.
    pub regions: Vec<Option<BodyId>>,
    /// Name for map and lists of each area.
    pub names: Vec<String>,
    /// The arcs sorted by kind of border.
    pub borders: Borders,
    /// The arcs around each area.
    pub outlines: Vec<Vec<u32>>,
    is_edition_inferred: bool,
    anchors: OnceLock<Vec<Vec<Anchor>>>,
}

impl JoinedLayer {
    /// Joins a layer to the register by code and edition. Where the edition is not known, a
    /// code is looked up in all of them.
    #[must_use]
    pub fn new(mut layer: Layer, register: &Register) -> Self {
        let declared = layer.about.edition;
        layer.about.edition = declared.or_else(|| edition_by_codes(&layer, register));
        let is_edition_inferred = layer.about.edition != declared;
        let about = &layer.about;
        let bodies: Vec<Option<BodyId>> = layer
            .areas
            .iter()
            .map(|area| {
                let code: OnsCode = area.code.parse().ok()?;
                let kind = about.kind?;
                match about.edition {
                    Some(edition) => register.by_area(kind, edition, &code),
                    None => register.by_area_in_any_edition(kind, &code),
                }
            })
            .collect();
        let names: Vec<String> = layer
            .areas
            .iter()
            .zip(&bodies)
            .map(|(area, body)| match body {
                // A file without a name column repeats the code as the name.
                Some(id) if area.name == area.code => register.body(*id).short_name.clone(),
                _ => super::names::short_name(&area.name),
            })
            .collect();
        Self { is_edition_inferred, ..Self::assemble(layer, bodies, names, register) }
    }

    /// The areas of a later kind or edition, united from the areas here along the successions;
    /// STPs are united from their groups. The lines are those of this layer.
    #[must_use]
    pub fn united(&self, register: &Register, kind: BodyKind, edition: Edition) -> Self {
        let wanted: BTreeMap<&OnsCode, BodyId> = register.areas_of(kind, edition).collect();
        let wanted: Vec<(&OnsCode, BodyId)> = wanted.into_iter().collect();
        let became = |id: BodyId| match kind {
            BodyKind::Stp => register.body(id).parent,
            kind => register.became(id, kind, edition.day()),
        };
        let groups: Vec<Option<usize>> = self
            .bodies
            .iter()
            .map(|body| {
                let later = body.and_then(became)?;
                wanted.iter().position(|(_, id)| *id == later)
            })
            .collect();
        let topology = self.layer.topology.united(wanted.len(), |area| groups[area]);
        let labels = wanted.iter().map(|(code, id)| {
            let name = register.body(*id).name.clone();
            (code.to_string(), name)
        });
        let about = About {
            title: edition.title().to_owned(),
            kind: Some(kind),
            edition: Some(edition),
            credit: format!(
                "{}. Areas united from those of {}: later changes of their boundaries are not shown",
                self.layer.about.credit,
                self.edition().map_or("an earlier date", Edition::title)
            ),
            united_from: self.layer.about.edition,
        };
        let layer = Layer::from_topology(about, labels.collect(), topology);
        let bodies: Vec<Option<BodyId>> = wanted.iter().map(|(_, id)| Some(*id)).collect();
        let names = wanted.iter().map(|(_, id)| register.body(*id).short_name.clone()).collect();
        Self::assemble(layer, bodies, names, register)
    }

    fn assemble(
        layer: Layer,
        bodies: Vec<Option<BodyId>>,
        names: Vec<String>,
        register: &Register,
    ) -> Self {
        let regions: Vec<Option<BodyId>> =
            bodies.iter().map(|body| body.and_then(|id| register.region_of(id))).collect();
        let mut borders = Borders::default();
        let mut outlines = vec![Vec::new(); layer.areas.len()];
        for (index, arc) in (0u32..).zip(&layer.topology.arcs) {
            let list = match arc.sides {
                [Some(a), Some(b)] if regions[a as usize] == regions[b as usize] => {
                    &mut borders.inner
                }
                [Some(_), Some(_)] => &mut borders.region,
                _ => &mut borders.outer,
            };
            list.push(index);
            for area in arc.sides.iter().flatten() {
                outlines[*area as usize].push(index);
            }
        }
        Self {
            layer,
            bodies,
            regions,
            names,
            borders,
            outlines,
            is_edition_inferred: false,
            anchors: OnceLock::new(),
        }
    }

    /// The edition, where it is known.
    #[must_use]
    pub fn edition(&self) -> Option<Edition> {
        self.layer.about.edition
    }

    /// The area of a body, if it has one here.
    #[must_use]
    pub fn area_of(&self, body: BodyId) -> Option<usize> {
        self.bodies.iter().position(|candidate| *candidate == Some(body))
    }

    /// What joining has to tell: an edition recognised by its codes, a warning for each English
    /// area that the register does not know, if it knows others, and a note on those outside
    /// England, which it never knows.
    #[must_use]
    pub fn remarks(&self) -> Vec<Diagnostic> {
        if self.layer.about.kind.is_none() || self.bodies.iter().all(Option::is_none) {
            return Vec::new();
        }
        let mut diagnostics = Vec::new();
        if let Some(edition) = self.edition().filter(|_| self.is_edition_inferred) {
            let message = format!("The codes are exactly those of the edition {edition}.");
            diagnostics.push(Diagnostic::new(Severity::Info, "edition-by-codes", message));
        }
        let areas = (1..).zip(&self.layer.areas).zip(&self.bodies);
        let unknown = areas.filter(|(_, body)| body.is_none()).map(|(area, _)| area);
        let (english, others): (Vec<_>, Vec<_>) = unknown
            .partition(|(_, area)| area.code.is_empty() || area.code.starts_with(['E', 'e']));
        let warning = |(number, area): (usize, &Area)| {
            let message = format!("The register has no body with the code \"{}\" here.", area.code);
            Diagnostic::new(Severity::Warning, "body-unknown", message)
                .hint("Only its name and area are shown.")
                .at(Place::Feature { number, name: Some(area.name.clone()) })
        };
        diagnostics.extend(english.into_iter().map(warning));
        if !others.is_empty() {
            let message = format!("{} of the areas lie outside England.", others.len());
            let note = Diagnostic::new(Severity::Info, "outside-england", message);
            diagnostics.push(note.hint("Only their names and areas are shown."));
        }
        diagnostics
    }

    /// Where the names of the areas belong: for a wide name, then for a block. Worked out when
    /// first asked for, at a level of detail of a kilometre: names need no finer outlines.
    pub fn anchors(&self) -> &[Vec<Anchor>] {
        self.anchors.get_or_init(|| {
            let level = self.layer.levels.at(&self.layer.topology, 1024.0);
            let find = |area: usize| {
                let polygons = level.polygons(area);
                [WIDE, BLOCK].into_iter().filter_map(|aspect| anchor(&polygons, aspect)).collect()
            };
            (0..self.layer.areas.len()).into_par_iter().map(find).collect()
        })
    }
}

/// The edition whose codes are exactly those of the layer.
fn edition_by_codes(layer: &Layer, register: &Register) -> Option<Edition> {
    let kind = layer.about.kind?;
    let codes: Vec<OnsCode> =
        layer.areas.iter().filter_map(|area| area.code.parse().ok()).collect();
    let fits = |edition: &Edition| {
        let all_known = codes.iter().all(|code| register.by_area(kind, *edition, code).is_some());
        all_known && register.areas_of(kind, *edition).count() == codes.len()
    };
    Edition::MAPS.into_iter().find(|edition| edition.kind() == kind && fits(edition))
}
