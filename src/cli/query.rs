//! `check`, `list`, `show` and `at`.

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use super::args::Source;
use super::{Failure, Outcome, atlas, atlas_with, json, surveyed};
use crate::geo::grid_ref::parse_place;
use crate::geo::projection::Projector;
use crate::model::find::find_area;
use crate::model::profile::Profile;
use crate::model::{JoinedLayer, Register};
use crate::read::{self, Verdict};

/// An area in a list.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    region: Option<&'a str>,
    area_km2: f64,
}

impl<'a> Row<'a> {
    fn of(register: &'a Register, joined: &'a JoinedLayer, area: usize) -> Self {
        let shape = &joined.layer.areas[area];
        Self {
            code: &shape.code,
            name: &shape.name,
            region: joined.regions[area].map(|id| register.body(id).name.as_str()),
            area_km2: (shape.area_m2 / 1e4).round() / 100.0,
        }
    }

    fn line(&self) -> String {
        let region = self.region.unwrap_or("region not recorded");
        format!("{:9}  {:>10.2} km²  {} ({region})", self.code, self.area_km2, self.name)
    }
}

pub fn check(file: &Path, part: Option<String>, as_json: bool) -> Outcome {
    let choices = read::Choices { part, ..read::Choices::default() };
    let (surveyed, atlas) = rayon::join(|| surveyed(file, &choices), atlas);
    let report = read::check(surveyed, &atlas?);
    let text = if as_json { json(&report)? } else { summary(&report) };
    match report.verdict {
        Verdict::Refuse => {
            let reason = report.diagnostics.last().map(ToString::to_string).unwrap_or_default();
            Err(Failure { text: Some(text), message: reason })
        }
        _ => Ok(text),
    }
}

fn summary(report: &read::FileReport) -> String {
    let mut out = match report.verdict {
        Verdict::Open => "It opens.".to_owned(),
        Verdict::Warn => "It opens, with warnings.".to_owned(),
        Verdict::Empty => "It has no areas.".to_owned(),
        Verdict::Refuse => "It cannot be used.".to_owned(),
    };
    if let (Some(format), Some(crs)) = (report.format, report.crs) {
        let edition = report.edition.unwrap_or("not recognised");
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "\n{format}, {crs}, edition {edition}, {} areas, {} vertices",
            report.areas, report.vertices
        );
    }
    for diagnostic in &report.diagnostics {
        let _ = write!(out, "\n- {diagnostic}");
    }
    out
}

pub fn list(source: &Source, as_json: bool) -> Outcome {
    let (atlas, joined) = atlas_with(source)?;
    let mut rows: Vec<Row<'_>> =
        (0..joined.layer.areas.len()).map(|area| Row::of(&atlas.register, &joined, area)).collect();
    rows.sort_by(|a, b| a.name.cmp(b.name));
    if as_json {
        return json(&rows);
    }
    Ok(rows.iter().map(Row::line).collect::<Vec<_>>().join("\n"))
}

pub fn at(place: &str, source: &Source, as_json: bool) -> Outcome {
    let (atlas, joined) = atlas_with(source)?;
    let projector = Projector::new().map_err(|error| Failure::new(error.to_string()))?;
    let point = parse_place(place, &projector).map_err(|error| Failure::new(error.to_string()))?;
    let Some(area) = joined.layer.area_at(point) else {
        return Err(Failure::new(format!("there is no area at {place}")));
    };
    let row = Row::of(&atlas.register, &joined, area);
    if as_json { json(&row) } else { Ok(row.line()) }
}

pub fn show(name: &str, source: &Source, as_json: bool) -> Outcome {
    let (atlas, joined) = atlas_with(source)?;
    let area = find_area(&atlas.register, &joined, name)
        .map_err(|error| Failure::new(error.to_string()))?;
    let profile = Profile::of(&atlas.register, &joined, area);
    if as_json { json(&profile) } else { Ok(profile.in_words()) }
}
