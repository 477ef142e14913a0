//! Lines of other areas over the map: councils, sub-ICB locations, groups of 2021.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::LineLayer;
use crate::model::follow::follow;
use crate::model::{BodyId, BodyKind, Edition, JoinedLayer, Register};
use crate::style::theme::Paint;

/// Which lines can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// Borders of NHS regions.
    Regions,
    /// Upper-tier councils of December 2023.
    Councils,
    /// Sub-ICB locations of April 2023.
    Locations,
    /// Clinical commissioning groups of April 2021.
    Groups,
}

impl Lines {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Regions, Self::Councils, Self::Locations, Self::Groups];

    /// What they are called in menu and legend.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Regions => "NHS region borders",
            Self::Councils => "Councils, December 2023",
            Self::Locations => "Sub-ICB locations, April 2023",
            Self::Groups => "CCGs, April 2021",
        }
    }

    /// Its name in settings, recipes and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Regions => "regions",
            Self::Councils => "councils",
            Self::Locations => "locations",
            Self::Groups => "groups",
        }
    }

    const fn layer_id(self) -> &'static str {
        match self {
            Self::Regions => "lines-regions",
            Self::Councils => "lines-councils",
            Self::Locations => "lines-sub-icb-locations",
            Self::Groups => "lines-ccgs",
        }
    }

    /// The areas whose lines they are; the borders of regions are part of every map.
    #[must_use]
    pub const fn areas(self) -> Option<(BodyKind, Edition)> {
        match self {
            Self::Regions => None,
            Self::Councils => Some((BodyKind::Council, Edition::December2023)),
            Self::Locations => Some((BodyKind::SubIcb, Edition::April2023)),
            Self::Groups => Some((BodyKind::Ccg, Edition::April2021)),
        }
    }

    const fn paint(self) -> (Paint, f32) {
        match self {
            Self::Councils => (Paint::CouncilLine, 1.2),
            Self::Groups => (Paint::GroupLine, 1.0),
            _ => (Paint::LocationLine, 1.0),
        }
    }
}

/// The lines of `areas` on a map: those inside of its areas, so that no border of a system is
/// drawn twice from two sources. With a selection, only the lines of bodies that belong to it.
/// On a map of groups, councils are known to lie in the groups of their boards, no closer.
#[must_use]
pub fn on_map(
    lines: Lines,
    areas: &Arc<JoinedLayer>,
    map: &JoinedLayer,
    selection: Option<&[usize]>,
    register: &Register,
) -> LineLayer {
    let owners = owners_of(areas, map, register);
    let belongs = |area: usize| {
        selection.is_none_or(|chosen| owners[area].iter().any(|owner| chosen.contains(owner)))
    };
    let mut arcs = Vec::new();
    for (index, arc) in (0u32..).zip(&areas.layer.topology.arcs) {
        let [Some(a), Some(b)] = arc.sides.map(|side| side.map(|area| area as usize)) else {
            continue; // a coast, which the map has already
        };
        // Where both sides lie wholly in different systems, the line is the systems' border.
        let is_border = owners[a].iter().all(|owner| !owners[b].contains(owner));
        if !is_border && (belongs(a) || belongs(b)) {
            arcs.push(index);
        }
    }
    let (paint, width) = lines.paint();
    LineLayer {
        id: lines.layer_id(),
        title: lines.label(),
        layer: areas.clone(),
        arcs,
        paint,
        width,
    }
}

/// For each of `areas`, those of a map in which it lies.
#[must_use]
pub fn owners_of(areas: &JoinedLayer, map: &JoinedLayer, register: &Register) -> Vec<Vec<usize>> {
    let of = |body: &Option<BodyId>| body.map_or_else(Vec::new, |id| owners(register, id, map));
    areas.bodies.iter().map(of).collect()
}

/// The areas of a map in which a body lies.
fn owners(register: &Register, id: BodyId, map: &JoinedLayer) -> Vec<usize> {
    let body = register.body(id);
    match body.kind {
        BodyKind::Council => {
            let edition = match map.edition() {
                Some(edition) if edition >= Edition::April2026 => Edition::April2026,
                _ => Edition::April2023,
            };
            let shares = register.shares.iter();
            let mine = shares.filter(|share| share.council == id && share.edition == edition);
            mine.flat_map(|share| follow(register, share.board, map, None)).collect()
        }
        BodyKind::SubIcb => {
            // On a map of groups, a location lies in the group whose code it kept.
            let group =
                register.group_of(id).filter(|_| map.layer.about.kind == Some(BodyKind::Ccg));
            let board = group.or(body.parent).into_iter();
            board.flat_map(|board| follow(register, board, map, None)).collect()
        }
        _ => follow(register, id, map, None),
    }
}
