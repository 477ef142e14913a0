//! OGC GeoPackage 1.4: an SQLite database with layers of features.
//!
//! The database is opened in memory and only read. Of what it holds, only plain tables are asked
//! for: a view or a generated column could run what its author likes.

mod database;
#[cfg(test)]
mod tests;

use rusqlite::types::ValueRef;
use serde_json::{Map, Number, Value};

use super::super::choices::{Choices, Part, choose};
use super::super::file::check_size;
use super::super::raw::{Dimensions, RawFeature, RawLayer, RawPolygon, RawShape};
use super::super::{Progress, ReadError, limits};
use super::bytes::{Bytes, Order};
use super::geometry::{Fault, Found, left_out, unreadable};
use super::wkb;
use crate::diag::{Diagnostic, Place, Reporter, Severity, refuse};
use database::{Database, quoted, text};

/// Decodes the chosen layer, or the only one that may have polygons.
pub fn decode(
    bytes: &[u8],
    choices: &Choices,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<RawLayer, ReadError> {
    let database = Database::open(bytes, progress, reporter)?;
    let mut layers = layers(&database, reporter)?;
    // Layers of points and lines are only offered where there is nothing else.
    if layers.iter().any(Layer::may_be_areas) {
        layers.retain(Layer::may_be_areas);
    }
    let mut parts = Vec::with_capacity(layers.len());
    for layer in &layers {
        let areas = if layers.len() > 1 { Some(database.count(&layer.table)?) } else { None };
        parts.push(Part { name: layer.table.clone(), areas });
    }
    let chosen = &layers[choose(&parts, "layer", choices, reporter)?];
    if parts.len() == 1 {
        parts.clear();
    }
    let features = features(&database, chosen, reporter)?;
    let declared_crs = system(&database, chosen.system)?;
    Ok(RawLayer { features, declared_crs, parts, ..RawLayer::default() })
}

/// A layer of features.
struct Layer {
    /// The table of its features, and its name.
    table: String,
    /// The column of the geometries.
    geometry: String,
    /// The kind of its geometries in capitals, such as `MULTIPOLYGON`.
    kind: String,
    /// The number of its reference system in the database.
    system: i64,
}

impl Layer {
    fn may_be_areas(&self) -> bool {
        !["POINT", "LINESTRING", "MULTIPOINT", "MULTILINESTRING"].contains(&self.kind.as_str())
    }
}

/// The layers whose tables are plain; of others it is told why they are not read.
fn layers(database: &Database<'_>, reporter: &mut Reporter) -> Result<Vec<Layer>, ReadError> {
    for (table, needed) in [
        ("gpkg_contents", &["table_name", "data_type"][..]),
        ("gpkg_geometry_columns", &["table_name", "column_name", "geometry_type_name", "srs_id"]),
    ] {
        let columns = database.columns(table)?.unwrap_or_default();
        let has = |name: &&str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
        if !needed.iter().all(has) {
            let message = format!("The file is {}, not a GeoPackage.", database.kind()?);
            let hint = "Save it as GeoPackage or GeoJSON first.";
            return Err(refuse("other-format", message, hint).into());
        }
    }
    let question = format!(
        "SELECT g.table_name, g.column_name, g.geometry_type_name, g.srs_id \
         FROM gpkg_contents c JOIN gpkg_geometry_columns g \
         ON g.table_name = c.table_name COLLATE NOCASE \
         WHERE c.data_type = 'features' LIMIT {}",
        limits::PARTS + 1
    );
    let mut found = Vec::new();
    database.each(&question, [], |row| {
        found.push(Layer {
            table: text(row, 0),
            geometry: text(row, 1),
            kind: text(row, 2).to_uppercase(),
            system: row.get_ref(3).ok().and_then(|value| value.as_i64().ok()).unwrap_or(0),
        });
        Ok(())
    })?;
    let mut layers = Vec::with_capacity(found.len());
    for layer in found {
        let columns = database.columns(&layer.table)?.unwrap_or_default();
        if columns.iter().any(|column| column.eq_ignore_ascii_case(&layer.geometry)) {
            layers.push(layer);
            continue;
        }
        let message = format!("The layer \"{}\" is no plain table with geometries.", layer.table);
        reporter.report(
            Diagnostic::new(Severity::Warning, "layer-unreadable", message)
                .hint("It is left out. Save it as a layer of its own first."),
        );
    }
    Ok(layers)
}

/// The reference system of a number, as `EPSG:27700` or as well-known text.
fn system(database: &Database<'_>, number: i64) -> Result<Option<String>, ReadError> {
    let needed = ["srs_id", "organization", "organization_coordsys_id", "definition"];
    let columns = database.columns("gpkg_spatial_ref_sys")?.unwrap_or_default();
    let has = |name: &&str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    if number <= 0 || !needed.iter().all(has) {
        return Ok(None); // 0 and -1 stand for systems that are not known
    }
    let mut system = None;
    let question = "SELECT organization, organization_coordsys_id, definition \
        FROM gpkg_spatial_ref_sys WHERE srs_id = ?1 LIMIT 1";
    database.each(question, [number], |row| {
        let organisation = text(row, 0).to_uppercase();
        let number = row.get_ref(1).ok().and_then(|value| value.as_i64().ok());
        let definition = text(row, 2);
        system = match number {
            Some(number) if organisation == "EPSG" => Some(format!("EPSG:{number}")),
            _ => Some(definition).filter(|text| text.contains('[')),
        };
        Ok(())
    })?;
    Ok(system)
}

fn features(
    database: &Database<'_>,
    layer: &Layer,
    reporter: &mut Reporter,
) -> Result<Vec<RawFeature>, ReadError> {
    let mut columns = database.columns(&layer.table)?.unwrap_or_default();
    columns.retain(|column| !column.eq_ignore_ascii_case(&layer.geometry));
    let asked: Vec<String> =
        [&layer.geometry].into_iter().chain(&columns).map(|column| quoted(column)).collect();
    let question = format!(
        "SELECT {} FROM {} LIMIT {}",
        asked.join(", "),
        quoted(&layer.table),
        limits::FEATURES + 1
    );
    let mut collector = Collector::default();
    database.each(&question, [], |row| {
        collector.number += 1;
        let mut properties = Map::new();
        for (at, column) in columns.iter().enumerate() {
            let value = row.get_ref(at + 1).unwrap_or(ValueRef::Null);
            collector.bytes += value.as_bytes().map_or(0, <[u8]>::len) as u64;
            properties.insert(column.clone(), json(value));
        }
        collector.values += columns.len();
        collector.add(row.get_ref(0).unwrap_or(ValueRef::Null), properties, reporter)
    })?;
    collector.dimensions.tell(reporter);
    Ok(collector.features)
}

/// Collects features within the limits. Their bytes are counted, as those of a damaged database
/// may be many times in the rows.
#[derive(Default)]
struct Collector {
    features: Vec<RawFeature>,
    number: usize,
    dimensions: Dimensions,
    rings: usize,
    values: usize,
    bytes: u64,
}

impl Collector {
    fn add(
        &mut self,
        geometry: ValueRef<'_>,
        properties: Map<String, Value>,
        reporter: &mut Reporter,
    ) -> Result<(), ReadError> {
        let number = self.number;
        self.bytes += geometry.as_bytes().map_or(0, <[u8]>::len) as u64;
        check_size(self.bytes)?;
        match self.polygons(geometry, reporter) {
            Ok(polygons) => {
                self.rings += polygons.len() + polygons.iter().map(Vec::len).sum::<usize>();
                let shape = RawShape::Polygons(polygons);
                self.features.push(RawFeature { number, properties, shape });
            }
            Err(fault) => {
                reporter.report(left_out(fault, Place::Feature { number, name: None }));
            }
        }
        for (what, count, limit) in [
            ("features", number, limits::FEATURES),
            ("rings and polygons", self.rings, 2 * limits::RINGS),
            ("values", self.values, limits::VALUES),
        ] {
            if count > limit {
                return Err(limits::exceeded(what, count, limit).into());
            }
        }
        Ok(())
    }

    fn polygons(
        &mut self,
        geometry: ValueRef<'_>,
        reporter: &mut Reporter,
    ) -> Result<Vec<RawPolygon>, Fault> {
        let missing = || ("geometry-missing", "The feature has no geometry.".to_owned());
        let blob = match geometry {
            ValueRef::Blob(blob) => blob,
            ValueRef::Null => return Err(missing()),
            _ => return Err(unreadable("The geometry is no binary value.")),
        };
        let geometry = well_known_binary(blob)?.ok_or_else(missing)?;
        let mut found = Found::default();
        wkb::collect(geometry, &mut found)?;
        self.dimensions.add(found.dimensions);
        found.into_polygons(self.number, |told| reporter.report(told))
    }
}

/// The geometry after the head of a GeoPackage blob (clause 2.1.3 of the standard); `None` if it
/// is empty.
fn well_known_binary(blob: &[u8]) -> Result<Option<Bytes<'_>>, Fault> {
    const EMPTY: u8 = 0b0001_0000;
    const EXTENDED: u8 = 0b0010_0000;
    let short = || unreadable("The geometry breaks off in its head.");
    let mut bytes = Bytes::new(blob);
    if bytes.take(2) != Some(b"GP") {
        return Err(unreadable("The geometry does not begin like one of a GeoPackage."));
    }
    let _version = bytes.u8().ok_or_else(short)?;
    let flags = bytes.u8().ok_or_else(short)?;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(unreadable("The envelope of the geometry is of an unknown kind.")),
    };
    if flags & EXTENDED != 0 {
        return Err(unreadable("The geometry is of a kind that only one program knows."));
    }
    let _system = bytes.u32(Order::Little).ok_or_else(short)?;
    bytes.take(envelope).ok_or_else(short)?;
    Ok((flags & EMPTY == 0).then_some(bytes))
}

/// The value of a cell; pictures and other binary values are left out.
fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(whole) => whole.into(),
        ValueRef::Real(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        ValueRef::Text(text) => Value::String(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}
