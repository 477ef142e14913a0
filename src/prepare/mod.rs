//! Making `geodata/` from published boundary files and fact tables.
//!
//! `ics-atlas prepare SOURCE [OUT]` reads the files that `docs/geodata.md` lists, builds shared
//! borders, generalises, rounds to whole metres, and writes TopoJSON, tables and a manifest.
//! The same sources give the same bytes.

mod backdrop;
mod boundaries;
mod facts;
mod shares;
mod table;
mod topojson;

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, refuse};
use crate::model::Register;

/// A file to write: its path below `geodata/` and its text.
pub(crate) struct Output {
    path: String,
    text: String,
}

/// Writes `geodata/` into `out` from the sources in `source`; returns a line for each file.
///
/// # Errors
/// If a source is missing or faulty, or a file cannot be written. Nothing is written before
/// everything has been worked out.
pub fn prepare(source: &Path, out: &Path) -> Result<Vec<String>, Diagnostic> {
    let mut tables = facts::convert(&source.join("facts"))?;
    let register = load(&tables)?;
    let mut outputs = boundaries::convert(&source.join("boundaries"), &register)?;
    let carried = shares::carry(source, &register)?;
    tables.push(facts::shares(&source.join("facts"), &carried)?);
    // Loaded once more with everything: what is written is what the program will accept.
    load(&tables)?;
    outputs.extend(tables);
    let mut lines = Vec::with_capacity(outputs.len());
    for Output { path, text } in &outputs {
        let target = out.join(path);
        let changed = fs::read(&target).map_or(true, |old| old != text.as_bytes());
        if changed {
            write(&target, text)?;
        }
        let state = if changed { "written" } else { "unchanged" };
        lines.push(format!("{path}: {} bytes, {state}", text.len()));
    }
    Ok(lines)
}

fn load(tables: &[Output]) -> Result<Register, Diagnostic> {
    Register::load(|name| {
        let path = format!("facts/{name}.csv");
        tables.iter().find(|output| output.path == path).map_or("", |output| &output.text)
    })
}

fn write(target: &PathBuf, text: &str) -> Result<(), Diagnostic> {
    let parent = target.parent().map_or(Ok(()), fs::create_dir_all);
    parent.and_then(|()| fs::write(target, text)).map_err(|error| {
        refuse("unwritable", format!("{} cannot be written: {error}.", target.display()), "")
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| {
        refuse("unreadable", format!("{} cannot be read: {error}.", path.display()), "")
    })
}
