//! What an area that the register does not know is made of: the areas of known bodies in it.

use super::{BodyId, Edition, JoinedLayer, Register};
use crate::geo::overlay::Overlay;

/// Land that an area shares with the area of a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// The body.
    pub body: BodyId,
    /// Its share of the body's area, from 0 to 1.
    pub of_body: f64,
    /// Its share of the area itself, from 0 to 1.
    pub of_area: f64,
}

/// What the unknown areas of a layer are made of.
#[derive(Debug, Clone, Default)]
pub struct Overlaps {
    /// The edition of the bodies.
    pub edition: Option<Edition>,
    /// For each area of the layer the bodies whose land is in it, the largest share of the area
    /// first; empty where the register knows the area.
    pub of_areas: Vec<Vec<Overlap>>,
}

/// Shares below this are left out: they are matters of how finely a border was drawn.
const LEAST: f64 = 0.005;

impl Overlaps {
    /// Lays the areas at some positions of a layer over the areas of bodies.
    ///
    /// # Errors
    /// Those of `go_on`.
    pub fn new<E: Send>(
        joined: &JoinedLayer,
        unknown: &[usize],
        base: &JoinedLayer,
        go_on: impl Fn() -> Result<(), E> + Sync,
    ) -> Result<Self, E> {
        let mut positions = vec![None; joined.layer.areas.len()];
        for (position, area) in unknown.iter().enumerate() {
            positions[*area] = Some(position);
        }
        let topology = joined.layer.topology.united(unknown.len(), |area| positions[area]);
        let overlay = Overlay::new(&topology, &base.layer.topology, go_on)?;
        let mut of_areas = vec![Vec::new(); joined.layer.areas.len()];
        for shared in overlay.shared() {
            let Some(body) = base.bodies[shared.b] else { continue };
            let overlap = Overlap { body, of_body: shared.of_b, of_area: shared.of_a };
            if overlap.of_body.max(overlap.of_area) >= LEAST {
                of_areas[unknown[shared.a]].push(overlap);
            }
        }
        for overlaps in &mut of_areas {
            overlaps.sort_by(|a: &Overlap, b| b.of_area.total_cmp(&a.of_area));
        }
        Ok(Self { edition: base.edition(), of_areas })
    }

    /// What an area is made of, in words: `100 % of Mid and South Essex, 39 % of …`; `None` if
    /// nothing is known.
    #[must_use]
    pub fn in_words(&self, area: usize, register: &Register) -> Option<String> {
        let overlaps = self.of_areas.get(area).filter(|overlaps| !overlaps.is_empty())?;
        let words = overlaps.iter().map(|overlap| {
            let name = &register.body(overlap.body).short_name;
            format!("{} of {name}", percent(overlap.of_body))
        });
        Some(words.collect::<Vec<_>>().join(", "))
    }
}

/// A share in per cent; a small one with a decimal. What is nearly all of it is called all.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 10.0 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}
