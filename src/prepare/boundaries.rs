//! The bundled boundary files: which there are, and how each is made.

use std::collections::BTreeMap;
use std::path::Path;

use super::table::Writer;
use super::topojson::{self, Object};
use super::{Output, backdrop};
use crate::diag::{Diagnostic, refuse};
use crate::geo::generalise::{Generalised, generalise};
use crate::geo::measure::ring_area;
use crate::geo::space::{Grid, Ring, Rings};
use crate::geo::topology::{ShapeArcs, Topology};
use crate::model::{BodyId, BodyKind, Edition, Layer, Register};
use crate::read::{Choices, Progress, Source, read_layer};

/// How one bundled file is made.
struct Plan {
    /// Name of the file to write, without ending.
    name: &'static str,
    /// Name of the source file.
    source: &'static str,
    /// What the source is, in words.
    title: &'static str,
    /// Date of the boundaries.
    dated: &'static str,
    kind: BodyKind,
    edition: Edition,
    /// Beginning of the column headers.
    prefix: &'static str,
    /// How far a border may move, in metres.
    tolerance_m: f64,
    /// Islands below this are left out, in square metres.
    smallest_m2: f64,
}

const PLANS: [Plan; 7] = [
    Plan {
        name: "ccg-2013-04",
        source: "ccg-2013.topojson",
        title: "Clinical commissioning groups, April 2013, simplified and quantised to 22 m",
        dated: "2013-04",
        kind: BodyKind::Ccg,
        edition: Edition::April2013,
        prefix: "CCG13",
        tolerance_m: 1.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "ccg-2020-04",
        source: "ccg-2020-04-bgc.geojson",
        title: "Clinical commissioning groups, April 2020, generalised to 20 m, clipped to the coast",
        dated: "2020-04",
        kind: BodyKind::Ccg,
        edition: Edition::April2020,
        prefix: "CCG20",
        tolerance_m: 38.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "icb-2022-07",
        source: "icb-2022-07-bgc-27700.geojson",
        title: "Integrated care boards, July 2022, generalised to 20 m, clipped to the coast",
        dated: "2022-07",
        kind: BodyKind::Icb,
        edition: Edition::July2022,
        prefix: "ICB22",
        tolerance_m: 38.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "icb-2023-04",
        source: "icb-2023-04-bsc.geojson",
        title: "Integrated care boards, April 2023, generalised to 200 m, clipped to the coast",
        dated: "2023-04",
        kind: BodyKind::Icb,
        edition: Edition::April2023,
        prefix: "ICB23",
        tolerance_m: 10.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "icb-2026-04",
        source: "icb-2026-04-bsc.geojson",
        title: "Integrated care boards, April 2026, generalised to 200 m, clipped to the coast",
        dated: "2026-04",
        kind: BodyKind::Icb,
        edition: Edition::April2026,
        prefix: "ICB26",
        tolerance_m: 10.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "sicbl-2023-04",
        source: "sicbl-2023-04-bsc.geojson",
        title: "Sub-ICB locations, April 2023, generalised to 200 m, clipped to the coast",
        dated: "2023-04",
        kind: BodyKind::SubIcb,
        edition: Edition::April2023,
        prefix: "SICBL23",
        tolerance_m: 10.0,
        smallest_m2: 0.0,
    },
    Plan {
        name: "council-2023-12",
        source: "ctyua-2023-12-bsc.geojson",
        title: "Counties and unitary authorities of England, December 2023, generalised to \
            200 m, clipped to the coast",
        dated: "2023-12",
        kind: BodyKind::Council,
        edition: Edition::December2023,
        prefix: "CTYUA23",
        tolerance_m: 10.0,
        smallest_m2: 0.0,
    },
];

const BACKDROP_SOURCE: &str = "ctry-2022-12-buc-27700.geojson";
const BACKDROP_TITLE: &str = "Countries of the United Kingdom, December 2022, generalised to \
    500 m, clipped to the coast; without England but for a strip along the border";
const LICENCE: &str = "Open Government Licence v3.0; Office for National Statistics; contains OS \
    data © Crown copyright and database right 2026";

/// Areas on their way: code, name, polygons.
type Areas = Vec<(String, String, Vec<Rings>)>;

/// Makes every boundary file, and the manifest.
pub fn convert(folder: &Path, register: &Register) -> Result<Vec<Output>, Diagnostic> {
    let columns = [
        "file",
        "object",
        "kind",
        "edition",
        "areas",
        "vertices",
        "title",
        "licence",
        "source_date",
        "generalisation",
    ];
    let mut manifest = Writer::new("manifest.csv", &columns)?;
    let mut outputs = Vec::new();
    for plan in &PLANS {
        let layer = load(&folder.join(plan.source))?;
        let areas = named(&layer, plan, register)?;
        let polygons: Vec<_> = areas.iter().map(|area| rounded(&area.2)).collect();
        let (topology, result) = generalise(&polygons, plan.tolerance_m, plan.smallest_m2);
        let generalisation = describe(plan, result);
        let unions = unions(plan, &areas, &topology, register);
        let object = |name, prefix: &str, areas| Object {
            name,
            columns: [format!("{prefix}CD"), format!("{prefix}NM")],
            areas,
        };
        let named = areas.iter().zip(&topology.shapes);
        let named = named.map(|(a, s)| (a.0.clone(), a.1.clone(), s)).collect();
        let mut objects = vec![(plan.edition, object(plan.kind.id(), plan.prefix, named))];
        if let Some((united, shapes)) = &unions {
            let named = shapes.iter().map(|(c, n, shape)| (c.clone(), n.clone(), shape)).collect();
            objects.push((united.edition, object(united.name, &united.prefix, named)));
        }
        let path = format!("boundaries/{}.topojson", plan.name);
        for (edition, object) in &objects {
            let kind = object.name.split('-').next().unwrap_or_default();
            manifest.row(&[
                &path,
                object.name,
                kind,
                edition.id(),
                &object.areas.len().to_string(),
                &topology.point_count().to_string(),
                plan.title,
                LICENCE,
                plan.dated,
                &generalisation,
            ])?;
        }
        let objects: Vec<Object<'_>> = objects.into_iter().map(|(_, object)| object).collect();
        let text = topojson::write(&topology, &objects);
        outputs.push(Output { path, text });
    }
    outputs.push(backdrop_file(folder, &mut manifest)?);
    outputs.push(manifest.finish()?);
    Ok(outputs)
}

fn describe(plan: &Plan, result: Generalised) -> String {
    let islands = if plan.smallest_m2 > 0.0 {
        format!("; islands below {} hectares left out", plan.smallest_m2 / 1e4)
    } else {
        String::new()
    };
    format!(
        "borders moved by at most {} m and rounded to 1 m: {} of {} points kept, {} crossings{islands}",
        plan.tolerance_m, result.points_after, result.points_before, result.crossings_left
    )
}

pub(super) fn load(path: &Path) -> Result<Layer, Diagnostic> {
    let bytes = super::read(path)?;
    read_layer(Source::new("source", &bytes), &Choices::default(), &Progress::default())
        .map(|read| read.value.0)
        .map_err(|error| error.into_refusal().reason)
}

/// The areas that the register knows in this edition, with the register's names; English
/// councils only.
fn named(layer: &Layer, plan: &Plan, register: &Register) -> Result<Areas, Diagnostic> {
    let mut areas = Vec::new();
    for (i, area) in layer.areas.iter().enumerate() {
        if plan.kind == BodyKind::Council && !area.code.starts_with('E') {
            continue;
        }
        let id = body(register, plan.kind, plan.edition, &area.code)?;
        // The CCGs of 2013 are named as in their own edition: the register has their last names.
        let name = match plan.edition {
            Edition::April2013 => area.name.replace(" & ", " and "),
            _ => register.body(id).name.clone(),
        };
        areas.push((area.code.clone(), name, layer.topology.polygons(i)));
    }
    areas.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(areas)
}

/// Code, name and shape of areas.
type NamedShapes = Vec<(String, String, ShapeArcs)>;

/// A second object of a file: areas united from those of the first, so that the lines agree.
struct United {
    name: &'static str,
    prefix: String,
    kind: BodyKind,
    edition: Edition,
}

/// The unions of a file: NHS regions of the boards of the same edition, and the CCGs of 2021 of
/// those of 2020.
fn unions(
    plan: &Plan,
    areas: &Areas,
    topology: &Topology,
    register: &Register,
) -> Option<(United, NamedShapes)> {
    let year = &plan.prefix[plan.prefix.len() - 2..];
    let united = match (plan.kind, plan.edition) {
        (BodyKind::Icb, edition) => United {
            name: "region",
            prefix: format!("NHSER{year}"),
            kind: BodyKind::Region,
            edition,
        },
        (BodyKind::Ccg, Edition::April2020) => United {
            name: "ccg-2021",
            prefix: "CCG21".to_owned(),
            kind: BodyKind::Ccg,
            edition: Edition::April2021,
        },
        _ => return None,
    };
    let groups: BTreeMap<String, BodyId> = register
        .areas_of(united.kind, united.edition)
        .map(|(code, id)| (code.to_string(), id))
        .collect();
    let group_of = |area: usize| {
        let id = body(register, plan.kind, plan.edition, &areas[area].0).ok()?;
        let group = match united.kind {
            BodyKind::Region => register.region_of(id)?,
            kind => register.became(id, kind, united.edition.day())?,
        };
        groups.values().position(|other| *other == group)
    };
    let shapes = topology.dissolve(groups.len(), group_of);
    let named = groups.into_iter().zip(shapes);
    let named = named.map(|((code, id), shape)| (code, register.body(id).name.clone(), shape));
    Some((united, named.collect()))
}

fn backdrop_file(folder: &Path, manifest: &mut Writer) -> Result<Output, Diagnostic> {
    let layer = load(&folder.join(BACKDROP_SOURCE))?;
    let find = |code: &str| {
        let found = layer.areas.iter().position(|area| area.code == code);
        found.ok_or_else(|| refuse("area-missing", format!("{BACKDROP_SOURCE} has no {code}."), ""))
    };
    let england = find("E92000001")?;
    let countries = [find("W92000004")?, find("S92000003")?, find("N92000002")?];
    let polygons: Vec<Vec<Rings>> = backdrop::underlapped(&layer.topology, england, &countries)
        .iter()
        .map(|polygons| rounded(polygons))
        .collect();
    let (topology, result) = generalise(&polygons, 100.0, 100_000.0);
    let label = |i: usize| layer.areas[countries[i]].clone();
    let object = Object {
        name: "backdrop",
        columns: ["CTRY22CD".to_owned(), "CTRY22NM".to_owned()],
        areas: topology
            .shapes
            .iter()
            .enumerate()
            .map(|(i, shape)| (label(i).code, label(i).name, shape))
            .collect(),
    };
    let path = "boundaries/backdrop.topojson".to_owned();
    let generalisation = format!(
        "borders moved by at most 100 m and rounded to 1 m: {} of {} points kept; islands below \
         10 hectares left out",
        result.points_after, result.points_before
    );
    let (areas, vertices) = (object.areas.len().to_string(), topology.point_count().to_string());
    manifest.row(&[
        &path,
        "backdrop",
        "country",
        "2022-12",
        &areas,
        &vertices,
        BACKDROP_TITLE,
        LICENCE,
        "2022-12",
        &generalisation,
    ])?;
    let text = topojson::write(&topology, &[object]);
    Ok(Output { path, text })
}

fn body(
    register: &Register,
    kind: BodyKind,
    edition: Edition,
    code: &str,
) -> Result<BodyId, Diagnostic> {
    let known = code.parse().ok().and_then(|code| register.by_area(kind, edition, &code));
    known.ok_or_else(|| unknown(code, kind, edition))
}

fn unknown(code: &str, kind: BodyKind, edition: Edition) -> Diagnostic {
    let message = format!("The register has no {} with the code {code} in {edition}.", kind.noun());
    refuse("area-unknown", message, "Correct the table areas.csv.")
}

/// Polygons on whole metres, without points on top of each other, spikes, or rings that vanish.
fn rounded(polygons: &[Rings]) -> Vec<Rings> {
    let clean = |rings: &Rings| -> Rings {
        let mut kept = Vec::with_capacity(rings.len());
        for (i, ring) in rings.iter().enumerate() {
            let ring = rounded_ring(ring);
            let has_area = ring.len() > 2 && (ring_area(&ring) > 0.0) == (i == 0);
            match (has_area, i) {
                (true, _) => kept.push(ring),
                (false, 0) => return Vec::new(),
                (false, _) => {}
            }
        }
        kept
    };
    polygons.iter().map(clean).filter(|rings| !rings.is_empty()).collect()
}

fn rounded_ring(ring: &[Grid]) -> Ring {
    let mut out: Ring = Vec::with_capacity(ring.len());
    for p in ring {
        let p = Grid { x: p.x.round(), y: p.y.round() };
        if out.last() == Some(&p) {
            continue;
        }
        if out.len() > 1 && out[out.len() - 2] == p {
            out.pop(); // a spike: there and back again
        } else {
            out.push(p);
        }
    }
    while out.len() > 2 {
        let n = out.len();
        if out[0] == out[n - 1] {
            out.pop();
        } else if out[1] == out[n - 1] {
            out.remove(0);
        } else if out[0] == out[n - 2] {
            out.truncate(n - 2);
        } else {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_removes_doubles_and_spikes() {
        let points =
            [(0.2, 0.1), (0.4, 0.0), (5.0, 0.0), (5.0, 4.0), (9.0, 4.0), (5.0, 4.1), (0.0, 4.0)];
        let ring: Vec<Grid> = points.iter().map(|&(x, y)| Grid { x, y }).collect();
        let expected: Vec<Grid> =
            [(0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0)].map(|(x, y)| Grid { x, y }).to_vec();
        assert_eq!(rounded_ring(&ring), expected);
    }
}
