//! The join table: which body an ONS code means in which edition.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::Diagnostic;
use crate::model::{BodyKind, Edition};
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

/// Kind, edition, ONS code and body.
type Codes = BTreeSet<(&'static str, &'static str, String, String)>;

pub fn convert(folder: &Path) -> Result<Output, Diagnostic> {
    let mut codes = Codes::new();
    ccgs(folder, &mut codes)?;
    boards(folder, &mut codes)?;
    regions(folder, &mut codes)?;
    for row in source(folder, "utla_icb_2023")?.rows() {
        let code = row.required("utla23_code")?;
        add(&mut codes, BodyKind::Council, Edition::December2023, code, code);
    }
    for row in source(folder, "sicbl")?.rows() {
        let ods = row.required("ods_code")?;
        for (edition, column) in
            [(Edition::July2022, "ons_code_2022"), (Edition::April2023, "ons_code_2023")]
        {
            add(&mut codes, BodyKind::SubIcb, edition, row.required(column)?, ods);
        }
    }
    let mut table = Writer::new("facts/areas.csv", &["kind", "edition", "ons_code", "body"])?;
    for (kind, edition, code, body) in &codes {
        table.row(&[kind, edition, code, body])?;
    }
    table.finish()
}

fn add(codes: &mut Codes, kind: BodyKind, edition: Edition, code: &str, body: &str) {
    codes.insert((kind.id(), edition.id(), code.to_owned(), body.to_owned()));
}

/// The source lists the codes of a CCG from first to last without dates. Checked against the
/// boundary files: the first is that of 2013, the last that of 2020 and 2021.
fn ccgs(folder: &Path, codes: &mut Codes) -> Result<(), Diagnostic> {
    for row in source(folder, "ccg_history")?.rows() {
        let ods = row.required("ods_code")?;
        let list: Vec<&str> = row.required("ons_codes")?.split(';').collect();
        let (opened, closed) = (row.required("opened")?, row.required("closed")?);
        for (edition, day, code) in [
            (Edition::April2013, "2013-04-01", list.first()),
            (Edition::April2020, "2020-04-01", list.last()),
            (Edition::April2021, "2021-04-01", list.last()),
        ] {
            if let Some(code) = code.filter(|_| opened <= day && day <= closed) {
                add(codes, BodyKind::Ccg, edition, code, ods);
            }
        }
    }
    Ok(())
}

fn boards(folder: &Path, codes: &mut Codes) -> Result<(), Diagnostic> {
    for row in source(folder, "icb")?.rows() {
        let ods = row.required("ods_code")?;
        for (edition, column) in
            [(Edition::July2022, "ons_code_2022"), (Edition::April2023, "ons_code_2023")]
        {
            add(codes, BodyKind::Icb, edition, row.required(column)?, ods);
        }
    }
    for row in source(folder, "icb_2026")?.rows() {
        let code = row.required("ons_code_2026")?;
        add(codes, BodyKind::Icb, Edition::April2026, code, row.required("ods_code")?);
    }
    Ok(())
}

fn regions(folder: &Path, codes: &mut Codes) -> Result<(), Diagnostic> {
    let eras = BTreeMap::from([
        (Edition::July2022, "ons_code_2022_2023"),
        (Edition::April2023, "ons_code_2022_2023"),
        (Edition::April2026, "ons_code_2024"),
    ]);
    for row in source(folder, "nhs_region")?.rows() {
        for (edition, column) in &eras {
            let code = row.required(column)?;
            add(codes, BodyKind::Region, *edition, code, row.required("ods_code")?);
        }
    }
    Ok(())
}
