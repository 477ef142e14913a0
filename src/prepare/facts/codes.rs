//! Codes and names: which body an ONS code means in which edition, all codes that a body has had,
//! and what else it was called.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::model::table::Row;
use crate::model::{BodyKind, Edition};
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

/// Kind, edition, ONS code and body.
type Codes = BTreeSet<(&'static str, &'static str, String, String)>;

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![areas(folder)?, codes(folder)?, names(folder)?])
}

fn areas(folder: &Path) -> Result<Output, Diagnostic> {
    let mut codes = Codes::new();
    groups(folder, &mut codes)?;
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
    for row in source(folder, "stp")?.rows() {
        if row.required("to")? >= "2021-04-01" {
            let (code, ods) = (row.required("ons_code_last")?, row.required("ods_code")?);
            add(&mut codes, BodyKind::Stp, Edition::April2021, code, ods);
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

/// When the ONS gave a group a new code: its boundary had changed. The source lists the codes
/// without dates; these are from the ONS lists of names and codes of April 2013, 2017 (version
/// 4), 2018, 2019 and 2020. The first two came between April 2015 and April 2017: no list that
/// was seen tells when.
const RECODED: [(&str, Recoded); 9] = [
    ("E38000213", Recoded { since: "", by: "2017-04-01" }),
    ("E38000214", Recoded { since: "", by: "2017-04-01" }),
    ("E38000215", Recoded { since: "2017-04-01", by: "2017-04-01" }),
    ("E38000216", Recoded { since: "2017-04-01", by: "2017-04-01" }),
    ("E38000218", Recoded { since: "2017-04-01", by: "2017-04-01" }),
    ("E38000219", Recoded { since: "2017-04-01", by: "2017-04-01" }),
    ("E38000226", Recoded { since: "2018-04-01", by: "2018-04-01" }),
    ("E38000227", Recoded { since: "2018-04-01", by: "2018-04-01" }),
    ("E38000228", Recoded { since: "2018-04-01", by: "2018-04-01" }),
];

/// From when a code was used.
#[derive(Clone, Copy)]
struct Recoded {
    /// The day that a list tells, or nothing.
    since: &'static str,
    /// The first map that has the code for certain.
    by: &'static str,
}

/// From when a code of a group was used: the first one from the group's first day.
fn recoded(code: &str, place: usize, row: Row<'_>) -> Result<Recoded, Diagnostic> {
    if place == 0 {
        return Ok(Recoded { since: "", by: "" });
    }
    let known = RECODED.iter().find(|(recoded, _)| *recoded == code);
    known.map(|(_, days)| *days).ok_or_else(|| {
        row.fault("ons_codes", &format!("It is not known from when \"{code}\" was used."))
    })
}

fn groups(folder: &Path, codes: &mut Codes) -> Result<(), Diagnostic> {
    for row in source(folder, "ccg_history")?.rows() {
        let ods = row.required("ods_code")?;
        let (opened, closed) = (row.required("opened")?, row.required("closed")?);
        let list: Vec<&str> = row.required("ons_codes")?.split(';').collect();
        for edition in Edition::MAPS.into_iter().filter(|e| e.kind() == BodyKind::Ccg) {
            let day = edition.day().to_string();
            if !(opened <= day.as_str() && day.as_str() <= closed) {
                continue;
            }
            let mut code = list[0];
            for (place, later) in list.iter().enumerate() {
                if recoded(later, place, row)?.by <= day.as_str() {
                    code = later;
                }
            }
            add(codes, BodyKind::Ccg, edition, code, ods);
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

/// Codes of regions: the edition from which a column holds, and the column.
const REGION_ERAS: [(Edition, &str); 4] = [
    (Edition::April2021, "ons_code_2021"),
    (Edition::July2022, "ons_code_2022_2023"),
    (Edition::April2023, "ons_code_2022_2023"),
    (Edition::April2026, "ons_code_2024"),
];

fn regions(folder: &Path, codes: &mut Codes) -> Result<(), Diagnostic> {
    for row in source(folder, "nhs_region")?.rows() {
        for (edition, column) in REGION_ERAS {
            let code = row.required(column)?;
            add(codes, BodyKind::Region, edition, code, row.required("ods_code")?);
        }
    }
    Ok(())
}

/// All codes of a body, the first one first.
struct CodeTable {
    table: Writer,
    seen: BTreeSet<(BodyKind, String, String)>,
}

impl CodeTable {
    fn add(
        &mut self,
        kind: BodyKind,
        body: &str,
        code: &str,
        since: &str,
    ) -> Result<(), Diagnostic> {
        if self.seen.insert((kind, body.to_owned(), code.to_owned())) {
            self.table.row(&[kind.id(), body, code, since])?;
        }
        Ok(())
    }
}

fn codes(folder: &Path) -> Result<Output, Diagnostic> {
    let table = Writer::new("facts/codes.csv", &["kind", "body", "ons_code", "since"])?;
    let mut codes = CodeTable { table, seen: BTreeSet::new() };
    for row in source(folder, "nhs_region")?.rows() {
        let ods = row.required("ods_code")?;
        for (column, since) in
            [("ons_code_2021", ""), ("ons_code_2022_2023", "2022"), ("ons_code_2024", "2024")]
        {
            codes.add(BodyKind::Region, ods, row.required(column)?, since)?;
        }
    }
    for row in source(folder, "icb")?.rows() {
        let ods = row.required("ods_code")?;
        codes.add(BodyKind::Icb, ods, row.required("ons_code_2022")?, "2022-07-01")?;
        codes.add(BodyKind::Icb, ods, row.required("ons_code_2023")?, "2023-04-01")?;
    }
    for row in source(folder, "icb_2026")?.rows() {
        let code = row.required("ons_code_2026")?;
        codes.add(BodyKind::Icb, row.required("ods_code")?, code, "2026-04-01")?;
    }
    for row in source(folder, "sicbl")?.rows() {
        let ods = row.required("ods_code")?;
        codes.add(BodyKind::SubIcb, ods, row.required("ons_code_2022")?, "2022-07-01")?;
        codes.add(BodyKind::SubIcb, ods, row.required("ons_code_2023")?, "2023-04-01")?;
    }
    for row in source(folder, "ccg_history")?.rows() {
        let ods = row.required("ods_code")?;
        for (place, code) in row.required("ons_codes")?.split(';').enumerate() {
            codes.add(BodyKind::Ccg, ods, code, recoded(code, place, row)?.since)?;
        }
    }
    for row in source(folder, "stp")?.rows() {
        let ods = row.required("ods_code")?;
        // Such as "E54000001(2017) > E54000046(2018-04)".
        for item in row.required("ons_code_chain")?.split(" > ") {
            let (code, since) = item
                .trim_end_matches(')')
                .split_once('(')
                .ok_or_else(|| row.fault("ons_code_chain", "A code has no date in brackets."))?;
            codes.add(BodyKind::Stp, ods, code, since)?;
        }
    }
    for (name, column, kind) in [
        ("utla_icb", "utla22_code", BodyKind::Council),
        ("utla_icb_2023", "utla23_code", BodyKind::Council),
        ("lad_icb_2022", "lad22_code", BodyKind::District),
    ] {
        for row in source(folder, name)?.rows() {
            let code = row.required(column)?;
            if kind == BodyKind::Council || code.starts_with("E07") {
                codes.add(kind, code, code, "")?;
            }
        }
    }
    codes.table.finish()
}

fn names(folder: &Path) -> Result<Output, Diagnostic> {
    let mut table = Writer::new("facts/names.csv", &["kind", "body", "name", "what"])?;
    for row in source(folder, "ccg_history")?.rows() {
        if let Some(name) = row.text("earlier_name")? {
            // One cell of the source has lost its apostrophe to a wrong encoding.
            let name = name.replace("Queenís", "Queen's");
            table.row(&["ccg", row.required("ods_code")?, &name, "earlier name"])?;
        }
    }
    for row in source(folder, "stp")?.rows() {
        let ods = row.required("ods_code")?;
        let mut seen = BTreeSet::new();
        for (column, what) in [
            ("name_2017_ons", "name of 2017"),
            ("name_2019_ods", "name of 2019"),
            ("name_2021_ons", "name of 2021"),
        ] {
            if let Some(name) = row.text(column)?
                && seen.insert(name)
            {
                table.row(&["stp", ods, name, what])?;
            }
        }
    }
    table.finish()
}
