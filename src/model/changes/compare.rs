//! From shared land to what became of whom.

use rayon::prelude::*;

use super::{BoundarySet, ChangedArea, Changes, Merger, MovedLand, Part, Split, Successor};
use crate::geo::overlay::{Overlay, Shared};
use crate::geo::space::overlap;
use crate::model::JoinedLayer;
use crate::model::names::match_key;

/// Shared land is substantial, and makes the new area a successor of the old one, if it is at
/// least this part of one of the two. Below it land only moved. The boards of 2026 that were put
/// together from parts got 16 % and more of the old boards; the corrections of borders in 2022
/// and 2023 were of at most 12 % of an area.
const SUBSTANTIAL: f64 = 0.15;

impl Changes {
    /// Compares two sets by the shapes of their areas; codes and names only tell what an area is
    /// called. The result depends on nothing else. `go_on` is asked now and then, from several
    /// threads.
    ///
    /// A code that stands for quite another place in the new set is gone and new.
    ///
    /// # Errors
    /// Those of `go_on`.
    pub fn between<E: Send>(
        a: &JoinedLayer,
        b: &JoinedLayer,
        go_on: impl Fn() -> Result<(), E> + Sync,
    ) -> Result<Self, E> {
        let overlay = Overlay::new(&a.layer.topology, &b.layer.topology, &go_on)?;
        let (substantial, rest): (Vec<Shared>, Vec<Shared>) = overlay
            .shared()
            .into_iter()
            .partition(|shared| shared.of_a.max(shared.of_b) >= SUBSTANTIAL);
        let comparison = Comparison::new(a, b, &substantial, &rest);
        let moved = rest.par_iter().map(|shared| {
            go_on()?;
            Ok(comparison.moved(&overlay, shared))
        });
        let mut moved: Vec<MovedLand> =
            moved.collect::<Result<Vec<_>, E>>()?.into_iter().flatten().collect();
        moved.sort_by(|x, y| y.km2.total_cmp(&x.km2));
        Ok(Self {
            a: BoundarySet::of(a),
            b: BoundarySet::of(b),
            tolerance_m: overlay.thickness_m().round(),
            moved,
            ..comparison.told()
        })
    }
}

/// Two sets with the land that they share.
struct Comparison<'a> {
    a: &'a JoinedLayer,
    b: &'a JoinedLayer,
    /// Of each old area the substantial shares, the largest first.
    later: Vec<Vec<Shared>>,
    /// Of each new area the substantial shares, the largest first.
    earlier: Vec<Vec<Shared>>,
    /// Of each old area the new area that is the same one.
    same: Vec<Option<usize>>,
    /// Of each old area the new area that goes on from it under another code.
    recoded: Vec<Option<usize>>,
}

impl<'a> Comparison<'a> {
    fn new(
        a: &'a JoinedLayer,
        b: &'a JoinedLayer,
        substantial: &[Shared],
        rest: &[Shared],
    ) -> Self {
        let mut later = vec![Vec::new(); a.layer.areas.len()];
        let mut earlier = vec![Vec::new(); b.layer.areas.len()];
        for shared in substantial {
            later[shared.a].push(*shared);
            earlier[shared.b].push(*shared);
        }
        for list in later.iter_mut().chain(&mut earlier) {
            list.sort_by(|x: &Shared, y| y.area_m2.total_cmp(&x.area_m2));
        }
        let none = vec![None; later.len()];
        let mut comparison = Self { a, b, later, earlier, same: none.clone(), recoded: none };
        comparison.match_areas();
        comparison.match_specks(rest);
        comparison
    }

    fn match_areas(&mut self) {
        for old in 0..self.later.len() {
            let named = self.later[old].iter().find(|shared| self.is_called_same(old, shared.b));
            let only = self.only_successor(old);
            if let Some(shared) = named {
                self.same[old] = Some(shared.b);
            } else if let Some(new) = only {
                let have_codes = !code(self.a, old).is_empty() && !code(self.b, new).is_empty();
                let list = if have_codes { &mut self.recoded } else { &mut self.same };
                list[old] = Some(new);
            }
        }
    }

    /// Areas so small that no row met any land of theirs are told by code and place.
    fn match_specks(&mut self, rest: &[Shared]) {
        let has_land = |old: usize| rest.iter().any(|shared| shared.a == old);
        for old in 0..self.later.len() {
            if !self.later[old].is_empty() || has_land(old) {
                continue;
            }
            let bounds = self.a.layer.areas[old].bounds;
            self.same[old] = (0..self.earlier.len()).find(|new| {
                self.earlier[*new].is_empty()
                    && self.is_called_same(old, *new)
                    && overlap(bounds, self.b.layer.areas[*new].bounds)
            });
        }
    }

    /// By code, or by name if one of the two has no code.
    fn is_called_same(&self, old: usize, new: usize) -> bool {
        match (code(self.a, old), code(self.b, new)) {
            ("", _) | (_, "") => match_key(&self.a.names[old]) == match_key(&self.b.names[new]),
            (old, new) => old.eq_ignore_ascii_case(new),
        }
    }

    /// The new area that alone goes on from an old one, and from no other.
    fn only_successor(&self, old: usize) -> Option<usize> {
        let [only] = self.later[old].as_slice() else { return None };
        (self.earlier[only.b].len() == 1).then_some(only.b)
    }

    /// Everything but the sets, the tolerance and the land that moved.
    fn told(&self) -> Changes {
        let pairs = |list: &[Option<usize>]| -> Vec<(usize, usize)> {
            let pairs = list.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?)));
            pairs.collect()
        };
        let (same, recoded) = (pairs(&self.same), pairs(&self.recoded));
        let is_kept = |(old, new): &&(usize, usize)| {
            self.later[*old].len() < 2 && self.earlier[*new].len() < 2
        };
        let successor = |(old, new): &(usize, usize)| Successor {
            from: area(self.a, *old),
            to: area(self.b, *new),
        };
        let known_old = |old: usize| self.same[old].is_some() || self.recoded[old].is_some();
        let known_new = |new: usize| same.iter().chain(&recoded).any(|pair| pair.1 == new);
        Changes {
            kept: same.iter().filter(is_kept).count(),
            renamed: same
                .iter()
                .filter(|pair| self.is_renamed(pair.0, pair.1))
                .map(successor)
                .collect(),
            recoded: recoded.iter().map(successor).collect(),
            merged: (0..self.earlier.len())
                .filter(|new| self.earlier[*new].len() > 1)
                .map(|new| Merger {
                    to: area(self.b, new),
                    from: self.earlier[new].iter().map(|s| part(area(self.a, s.a), s)).collect(),
                })
                .collect(),
            split: (0..self.later.len())
                .filter(|old| self.later[*old].len() > 1)
                .map(|old| Split {
                    from: area(self.a, old),
                    to: self.later[old].iter().map(|s| part(area(self.b, s.b), s)).collect(),
                })
                .collect(),
            new: (0..self.earlier.len())
                .filter(|new| !known_new(*new))
                .map(|new| area(self.b, new))
                .collect(),
            gone: (0..self.later.len())
                .filter(|old| !known_old(*old))
                .map(|old| area(self.a, old))
                .collect(),
            a: BoundarySet::of(self.a),
            b: BoundarySet::of(self.b),
            tolerance_m: 0.0,
            moved: Vec::new(),
        }
    }

    /// Whether both have a name, and not the same one. Trimmings and case make no difference.
    fn is_renamed(&self, old: usize, new: usize) -> bool {
        let has_name =
            |set: &JoinedLayer, area: usize| set.names[area] != set.layer.areas[area].code;
        has_name(self.a, old)
            && has_name(self.b, new)
            && match_key(&self.a.names[old]) != match_key(&self.b.names[new])
    }

    fn moved(&self, overlay: &Overlay<'_>, shared: &Shared) -> Option<MovedLand> {
        let (polygons, area_m2) = overlay.moved(shared.a, shared.b);
        let part = area_m2 / shared.area_m2;
        (!polygons.is_empty()).then(|| MovedLand {
            from: area(self.a, shared.a),
            to: area(self.b, shared.b),
            km2: km2(area_m2),
            share: share(shared.of_a * part),
            share_of_new: share(shared.of_b * part),
            polygons,
        })
    }
}

fn code(set: &JoinedLayer, area: usize) -> &str {
    set.layer.areas[area].code.trim()
}

fn area(set: &JoinedLayer, index: usize) -> ChangedArea {
    let area = &set.layer.areas[index];
    // A file without a name column repeats the code; the register may know the name.
    let name = if area.name == area.code { &set.names[index] } else { &area.name };
    ChangedArea { index, code: area.code.clone(), name: name.clone() }
}

fn part(area: ChangedArea, shared: &Shared) -> Part {
    Part {
        area,
        km2: km2(shared.area_m2),
        share_of_old: share(shared.of_a),
        share_of_new: share(shared.of_b),
    }
}

/// Square kilometres to two decimals: the rows of an overlay tell no more.
fn km2(area_m2: f64) -> f64 {
    (area_m2 / 1e4).round() / 100.0
}

/// A share to four decimals.
fn share(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
