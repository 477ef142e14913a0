//! A layer together with what the register says of its areas.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::layer::{About, Label};
use super::overlap::Overlaps;
use super::{Area, BodyId, BodyKind, Edition, Layer, OnsCode, Register, join};
use crate::diag::{Diagnostic, Place};
use crate::geo::anchor::{Anchor, BLOCK, WIDE, anchor};
use crate::parallel::once;
use crate::read::bundled;

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
    /// The arcs around each area, in ascending order.
    pub outlines: Vec<Vec<u32>>,
    /// What the areas that the register does not know are made of.
    pub overlaps: Overlaps,
    remarks: Vec<Diagnostic>,
    anchors: OnceLock<Vec<Vec<Anchor>>>,
}

impl JoinedLayer {
    /// Joins a layer to the register by code and edition, or else by name. Where the edition is
    /// not known, a code is looked up in all of them.
    #[must_use]
    pub fn new(mut layer: Layer, register: &Register) -> Self {
        let join::Joined { kind, edition, bodies, remarks } = join::join(&layer, register);
        (layer.about.kind, layer.about.edition) = (kind, edition);
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
        Self { remarks, ..Self::assemble(layer, bodies, names, register) }
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
        let labels = (1..).zip(&wanted).map(|(number, (code, id))| {
            let name = register.body(*id).name.clone();
            Label { number, code: code.to_string(), name }
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
            overlaps: Overlaps::default(),
            remarks: Vec::new(),
            anchors: OnceLock::new(),
        }
    }

    /// Works out what the English areas that the register does not know are made of. `base` gives
    /// the areas of known bodies of a kind and edition to hold them against.
    ///
    /// # Errors
    /// Those of `go_on`.
    pub fn describe<E: Send>(
        &mut self,
        register: &Register,
        base: impl FnOnce(BodyKind, Edition) -> Option<Arc<JoinedLayer>>,
        go_on: impl Fn() -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let areas = self.layer.areas.iter().zip(&self.bodies).enumerate();
        let is_unknown = |(_, (area, body)): &(usize, (&Area, &Option<BodyId>))| {
            body.is_none() && join::is_english(area)
        };
        let unknown: Vec<usize> = areas.filter(is_unknown).map(|(i, _)| i).collect();
        if unknown.is_empty() || unknown.len() > MOST_DESCRIBED {
            return Ok(());
        }
        let (kind, edition) = described_by(self.layer.about.kind, self.edition());
        let Some(base) = base(kind, edition) else { return Ok(()) };
        self.overlaps = Overlaps::new(self, &unknown, &base, go_on)?;
        for area in unknown {
            let Some(words) = self.overlaps.in_words(area, register) else { continue };
            let number = self.layer.areas[area].number;
            let is_meant = |remark: &&mut Diagnostic| {
                remark.code == "body-unknown"
                    && matches!(&remark.place, Place::Feature { number: n, .. } if *n == number)
            };
            for remark in self.remarks.iter_mut().filter(is_meant) {
                remark.hint = format!("By its land it is {words} ({}).", edition.title());
            }
        }
        Ok(())
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

    /// What joining had to tell: how the edition was recognised, which areas were joined by
    /// name, and which the register does not know.
    #[must_use]
    pub fn remarks(&self) -> &[Diagnostic] {
        &self.remarks
    }

    /// Where the names of the areas belong: for a wide name, then for a block. Worked out when
    /// first asked for, at a level of detail of a kilometre: names need no finer outlines.
    pub fn anchors(&self) -> &[Vec<Anchor>] {
        once::<Vec<_>>(&self.anchors, || {
            let level = self.layer.levels.at(1024.0);
            let find = |area: usize| {
                let polygons = level.polygons(area);
                [WIDE, BLOCK].into_iter().filter_map(|aspect| anchor(&polygons, aspect)).collect()
            };
            (0..self.layer.areas.len()).into_par_iter().map(find).collect()
        })
    }
}

/// Unknown areas that are described: more would be small areas, which lie in one body each.
const MOST_DESCRIBED: usize = 2_000;

/// The bodies to describe unknown areas by: those of the same kind and date, if the program has
/// their boundaries, or else the latest of that kind, or the boards of today.
fn described_by(kind: Option<BodyKind>, edition: Option<Edition>) -> (BodyKind, Edition) {
    let of_kind = || bundled::LAYERS.into_iter().filter(|(k, _)| Some(*k) == kind);
    let same = of_kind().find(|(_, e)| Some(*e) == edition);
    same.or_else(|| of_kind().max_by_key(|(_, e)| *e))
        .unwrap_or((BodyKind::Icb, Edition::April2026))
}
