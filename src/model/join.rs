//! Which body each area of a layer belongs to: by code and edition, or else by name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{match_key, within_a_sentence};
use super::{Area, BodyId, BodyKind, Edition, Layer, OdsCode, OnsCode, Register};
use crate::diag::{Diagnostic, Place, Reporter, Severity};

/// What joining found out.
pub(super) struct Joined {
    pub kind: Option<BodyKind>,
    pub edition: Option<Edition>,
    /// The body of each area, where the register knows it.
    pub bodies: Vec<Option<BodyId>>,
    /// What there is to tell.
    pub remarks: Vec<Diagnostic>,
}

/// Joins a layer to the register.
pub(super) fn join(layer: &Layer, register: &Register) -> Joined {
    let mut join = Join { layer, register, reporter: Reporter::default() };
    let has_codes = layer.areas.iter().any(|area| area.code.parse::<OnsCode>().is_ok());
    let kind = match layer.about.kind {
        Some(kind) if layer.areas.iter().any(|area| !area.code.is_empty()) => kind,
        None if has_codes => {
            // Codes of a kind that has no bodies here, such as countries.
            let bodies = vec![None; layer.areas.len()];
            let edition = layer.about.edition;
            return Joined { kind: None, edition, bodies, remarks: Vec::new() };
        }
        _ => return join.by_names_alone(),
    };
    let edition = join.edition(kind);
    let mut bodies: Vec<Option<BodyId>> =
        layer.areas.iter().map(|area| join.by_code(kind, edition, &area.code)).collect();
    join.by_name(kind, edition, &mut bodies);
    if bodies.iter().any(Option::is_some) {
        join.tell_unknown(kind, edition, &bodies);
    }
    Joined { kind: Some(kind), edition, bodies, remarks: join.reporter.finish() }
}

struct Join<'a> {
    layer: &'a Layer,
    register: &'a Register,
    reporter: Reporter,
}

impl Join<'_> {
    fn tell(&mut self, severity: Severity, code: &'static str, message: String, hint: &str) {
        self.reporter.report(Diagnostic::new(severity, code, message).hint(hint));
    }

    /// The edition that the headers name, if the codes agree, or the one whose codes these are.
    fn edition(&mut self, kind: BodyKind) -> Option<Edition> {
        let declared = self.layer.about.edition;
        if kind == BodyKind::Region {
            return declared; // regions keep their codes for years: they tell no date
        }
        let codes: Vec<OnsCode> =
            self.layer.areas.iter().filter_map(|area| area.code.parse().ok()).collect();
        let known = |edition: Edition| {
            let is_known = |code: &&OnsCode| self.register.by_area(kind, edition, code).is_some();
            codes.iter().filter(is_known).count()
        };
        let has_all = |edition: &Edition| !codes.is_empty() && known(*edition) == codes.len();
        if declared.as_ref().is_some_and(has_all) {
            return declared;
        }
        let all: Vec<Edition> = self
            .register
            .area_sets()
            .into_iter()
            .filter(|(k, edition)| *k == kind && has_all(edition))
            .map(|(_, edition)| edition)
            .collect();
        let is_whole = |e: &&Edition| self.register.areas_of(kind, **e).count() == codes.len();
        let whole = all.iter().find(is_whole).copied();
        let found = match (all.as_slice(), whole) {
            (_, Some(edition)) => Some(edition),
            ([one], None) => Some(*one),
            _ => None, // several have these codes, or none
        };
        if let (Some(declared), None, [_, _, ..]) = (declared, found, all.as_slice()) {
            let titles: Vec<&str> = all.iter().map(|edition| edition.title()).collect();
            let message = format!(
                "The headers say {}, but the codes are those of {}.",
                declared.title(),
                titles.join(" or "),
            );
            let hint = "The date of the boundaries is not known.";
            self.tell(Severity::Warning, "edition-contradicted", message, hint);
            return None;
        }
        match (declared, found) {
            (None, Some(edition)) => {
                let message = format!("The codes are those of {}.", edition.title());
                self.tell(Severity::Info, "edition-by-codes", message, "");
                found
            }
            (Some(declared), Some(real)) => {
                let message = format!(
                    "The headers say {}, but the codes are those of {}.",
                    declared.title(),
                    real.title()
                );
                self.tell(Severity::Warning, "edition-contradicted", message, "The codes decide.");
                found
            }
            _ => declared,
        }
    }

    fn by_code(&self, kind: BodyKind, edition: Option<Edition>, code: &str) -> Option<BodyId> {
        if let Ok(ons) = code.parse::<OnsCode>() {
            return match edition {
                Some(edition) => self.register.by_area(kind, edition, &ons),
                None => self.register.by_area_in_any_edition(kind, &ons),
            };
        }
        let ods: OdsCode = code.parse().ok()?;
        let id = self.register.by_key(kind, ods.as_str())?;
        let is_there = |edition| self.register.ons_code(id, edition).is_some();
        edition.is_none_or(is_there).then_some(id)
    }

    /// Joins by name those areas that have no code, or one that no body ever had. A code of
    /// another edition is another body, whatever its name.
    fn by_name(&mut self, kind: BodyKind, edition: Option<Edition>, bodies: &mut [Option<BodyId>]) {
        let names = self.names(kind, edition);
        let mut taken: FxHashSet<BodyId> = bodies.iter().flatten().copied().collect();
        for (area, body) in self.layer.areas.iter().zip(bodies) {
            if body.is_some() || self.edition_of(kind, &area.code).is_some() {
                continue;
            }
            let Some(Some(id)) = names.get(&match_key(&area.name)).copied() else { continue };
            if !taken.insert(id) {
                continue;
            }
            *body = Some(id);
            let message = if area.code.is_empty() {
                format!("The area has no code; its name is that of {}.", self.name(id))
            } else {
                format!(
                    "No body has the code \"{}\"; the name is that of {}.",
                    area.code,
                    self.name(id)
                )
            };
            self.reporter.report(
                Diagnostic::new(Severity::Warning, "joined-by-name", message)
                    .hint("They are taken to be the same.")
                    .at(place(area))
                    .on_map(Some(area.bounds)),
            );
        }
    }

    fn name(&self, id: BodyId) -> &str {
        &self.register.body(id).name
    }

    /// The bodies of an edition, or of a kind, by their names; `None` for a name of several.
    fn names(&self, kind: BodyKind, edition: Option<Edition>) -> FxHashMap<String, Option<BodyId>> {
        let mut names: FxHashMap<String, Option<BodyId>> = FxHashMap::default();
        let ids: Vec<BodyId> = match edition {
            Some(edition) => self.register.areas_of(kind, edition).map(|(_, id)| id).collect(),
            None => self.register.of_kind(kind).collect(),
        };
        for id in ids {
            let body = self.register.body(id);
            let keys: FxHashSet<String> =
                [&body.name, &body.short_name].into_iter().map(|name| match_key(name)).collect();
            for key in keys {
                names
                    .entry(key)
                    .and_modify(|found| *found = found.filter(|other| *other == id))
                    .or_insert(Some(id));
            }
        }
        names
    }

    /// Joins a layer without codes: to the bodies of the kind and edition that have most of its
    /// names.
    fn by_names_alone(mut self) -> Joined {
        let areas = &self.layer.areas;
        let keys: Vec<String> = areas.iter().map(|area| match_key(&area.name)).collect();
        // How many names are known, and how many of them in full: councils and groups share many
        // of their short names.
        let mut best: Vec<(BodyKind, Edition, (usize, usize))> = Vec::new();
        for (kind, edition) in self.register.area_sets() {
            let is_wanted = self.layer.about.kind.is_none_or(|wanted| wanted == kind)
                && self.layer.about.edition.is_none_or(|wanted| wanted == edition);
            if !is_wanted {
                continue;
            }
            let names = self.names(kind, Some(edition));
            let found = areas.iter().zip(&keys).filter_map(|(area, key)| {
                let id = names.get(key).copied().flatten()?;
                Some(self.name(id).eq_ignore_ascii_case(area.name.trim()))
            });
            let found: Vec<bool> = found.collect();
            let known = (found.len(), found.iter().filter(|is_full| **is_full).count());
            match best.first().map(|(.., most)| known.cmp(most)) {
                _ if found.len() * 10 < areas.len() * 9 || found.is_empty() => {}
                None | Some(std::cmp::Ordering::Equal) => best.push((kind, edition, known)),
                Some(std::cmp::Ordering::Greater) => best = vec![(kind, edition, known)],
                Some(std::cmp::Ordering::Less) => {}
            }
        }
        let none = vec![None; areas.len()];
        let (kind, edition) = (self.layer.about.kind, self.layer.about.edition);
        let Some((kind_found, ..)) = best.first().copied() else {
            return Joined { kind, edition, bodies: none, remarks: Vec::new() };
        };
        best.retain(|fit| fit.0 == kind_found);
        // A whole set fits better than a part of one; the same names in several editions leave
        // the edition open.
        let whole = |(kind, edition, (known, _)): &&(BodyKind, Edition, (usize, usize))| {
            self.register.areas_of(*kind, *edition).count() == *known
        };
        let wholes: Vec<_> = best.iter().filter(whole).collect();
        let fitting: Vec<_> = if wholes.is_empty() { best.iter().collect() } else { wholes };
        let (kind, edition) = match fitting.as_slice() {
            [(kind, edition, _)] => (*kind, Some(*edition)),
            [(kind, ..), ..] => (*kind, None),
            [] => (kind_found, None),
        };
        let latest = fitting.iter().filter(|fit| fit.0 == kind).map(|fit| fit.1).max();
        let names = self.names(kind, edition.or(latest));
        let bodies: Vec<Option<BodyId>> =
            keys.iter().map(|key| names.get(key).copied().flatten()).collect();
        let titles: Vec<&str> = fitting.iter().map(|(_, edition, _)| edition.title()).collect();
        let message = format!(
            "The areas have no codes of bodies: {} of {} are joined by name to the {} of {}.",
            bodies.iter().flatten().count(),
            areas.len(),
            within_a_sentence(kind.plural()),
            titles.join(" or "),
        );
        let hint = if edition.is_none() { "The date of the boundaries is not known." } else { "" };
        self.tell(Severity::Warning, "joined-by-name", message, hint);
        self.tell_unknown(kind, edition, &bodies);
        Joined { kind: Some(kind), edition, bodies, remarks: self.reporter.finish() }
    }

    /// The last edition in which a body of this kind had this code.
    fn edition_of(&self, kind: BodyKind, code: &str) -> Option<Edition> {
        let code: OnsCode = code.parse().ok()?;
        let id = self.register.by_area_in_any_edition(kind, &code)?;
        let has_it = |e: &Edition| self.register.ons_code(id, *e) == Some(&code);
        self.register.editions_of(id).into_iter().rev().find(has_it)
    }

    /// A warning for each English area without a body, and a note on those outside England,
    /// which the register never knows.
    fn tell_unknown(
        &mut self,
        kind: BodyKind,
        edition: Option<Edition>,
        bodies: &[Option<BodyId>],
    ) {
        let areas = self.layer.areas.iter().zip(bodies);
        let unknown = areas.filter(|(_, body)| body.is_none()).map(|(area, _)| area);
        let (english, others): (Vec<&Area>, Vec<&Area>) =
            unknown.partition(|area| is_english(area));
        for area in english {
            let message = match (self.edition_of(kind, &area.code), edition) {
                (Some(other), Some(edition)) => format!(
                    "The code \"{}\" is none of {} but of {}.",
                    area.code,
                    edition.title(),
                    other.title()
                ),
                _ if area.code.is_empty() => {
                    format!("The register has no body called \"{}\" here.", area.name)
                }
                _ => format!("The register has no body with the code \"{}\" here.", area.code),
            };
            self.reporter.report(
                Diagnostic::new(Severity::Warning, "body-unknown", message)
                    .hint("Only its name and area are shown.")
                    .at(place(area))
                    .on_map(Some(area.bounds)),
            );
        }
        if !others.is_empty() {
            let message = format!("Areas outside England: {}.", others.len());
            let hint = "Only their names and areas are shown.";
            self.tell(Severity::Info, "outside-england", message, hint);
        }
    }
}

/// Whether an area may lie in England: the letter of its code tells the country.
pub(super) fn is_english(area: &Area) -> bool {
    !area.code.starts_with(['W', 'S', 'N', 'w', 's', 'n'])
}

fn place(area: &Area) -> Place {
    Place::Feature { number: area.number, name: Some(area.name.clone()) }
}
