//! Changes as text, Markdown and CSV.

use std::fmt::Write;

use super::{BoundarySet, ChangedArea, Changes, Part, Successor};

/// A heading with its lines.
struct Section {
    heading: &'static str,
    lines: Vec<String>,
}

impl Changes {
    /// The changes as lines of text.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut out = self.head().join("\n");
        for section in self.sections() {
            // Writing to a String cannot fail, here and below.
            let _ = write!(out, "\n\n{} ({})", section.heading, section.lines.len());
            for line in section.lines {
                let _ = write!(out, "\n- {line}");
            }
        }
        out
    }

    /// The changes as Markdown.
    #[must_use]
    pub fn in_markdown(&self) -> String {
        let mut out = format!("# {}\n", self.title());
        for line in self.head().iter().skip(1) {
            let _ = write!(out, "\n{line}\n");
        }
        for section in self.sections() {
            let _ = write!(out, "\n## {}\n\n", section.heading);
            for line in section.lines {
                let _ = writeln!(out, "- {line}");
            }
        }
        out
    }

    /// The changes as CSV, one row each, below lines with `#` that say what was compared.
    /// Shares are from 0 to 1; what does not apply is empty.
    #[must_use]
    pub fn in_csv(&self) -> String {
        let mut out = String::new();
        for line in self.head() {
            let _ = writeln!(out, "# {line}");
        }
        let columns = [
            "kind",
            "old code",
            "old name",
            "new code",
            "new name",
            "km2",
            "share of old",
            "share of new",
        ];
        let mut writer = csv::Writer::from_writer(Vec::new());
        let rows = std::iter::once(columns.map(str::to_owned)).chain(self.rows());
        for row in rows {
            // Writing to memory cannot fail, and all rows have the same number of fields.
            let _ = writer.write_record(&row);
        }
        let table = writer.into_inner().unwrap_or_default();
        out.push_str(&String::from_utf8_lossy(&table));
        out
    }

    fn title(&self) -> String {
        format!("Changes from {} to {}", self.a.title, self.b.title)
    }

    /// What was compared and how.
    fn head(&self) -> Vec<String> {
        let about = |word: &str, set: &BoundarySet| {
            format!("{word}: {}, {}. {}", set.title, set.count_in_words(), set.source)
        };
        let kept = match self.kept {
            1 => "1 area kept its code and its land.".to_owned(),
            kept => format!("{kept} areas kept their code and their land."),
        };
        let kept = if self.is_empty() { format!("{kept} Nothing changed.") } else { kept };
        vec![
            self.title(),
            about("Old", &self.a),
            about("New", &self.b),
            format!(
                "Told by shape. Land thinner than {} m counts as a difference of drawing, not as a \
                 change.",
                self.tolerance_m
            ),
            kept,
        ]
    }

    fn sections(&self) -> Vec<Section> {
        let codes = |pair: &Successor| {
            format!("{}: {} became {}", pair.to.name, pair.from.code, pair.to.code)
        };
        let renamed = |pair: &Successor| {
            format!("{} became {}{}", pair.from.name, pair.to.name, pair.to.code_in_brackets())
        };
        let recoded = |pair: &Successor| {
            if pair.from.name == pair.to.name {
                codes(pair)
            } else {
                format!("{} became {}", pair.from.in_words(), pair.to.in_words())
            }
        };
        let merged = self.merged.iter().map(|merger| {
            let parts = merger.from.iter().map(|part| part.taken_from(&part.area));
            format!("{} was drawn from {}", merger.to.in_words(), listed(parts))
        });
        let split = self.split.iter().map(|split| {
            let parts = split.to.iter().map(|part| part.taken_to(&part.area));
            format!("{} went to {}", split.from.in_words(), listed(parts))
        });
        let moved = self.moved.iter().map(|land| {
            format!(
                "{} km² from {} to {}: {} of the old area",
                land.km2,
                land.from.in_words(),
                land.to.in_words(),
                percent(land.share)
            )
        });
        let sections = [
            ("Renamed", self.renamed.iter().map(renamed).collect::<Vec<_>>()),
            ("Recoded", self.recoded.iter().map(recoded).collect()),
            ("Drawn from several areas", merged.collect()),
            ("Shared out", split.collect()),
            ("New codes", self.new.iter().map(ChangedArea::in_words).collect()),
            ("Codes that are gone", self.gone.iter().map(ChangedArea::in_words).collect()),
            ("Land that changed hands", moved.collect()),
        ];
        let sections = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
        sections.map(|(heading, lines)| Section { heading, lines }).collect()
    }

    fn rows(&self) -> Vec<[String; 8]> {
        let mut rows = Vec::new();
        for (kind, list) in [("renamed", &self.renamed), ("recoded", &self.recoded)] {
            rows.extend(list.iter().map(|pair| row(kind, Some(&pair.from), Some(&pair.to), None)));
        }
        let numbers = |part: &Part| Some([part.km2, part.share_of_old, part.share_of_new]);
        for merger in &self.merged {
            let parts = merger.from.iter();
            rows.extend(
                parts.map(|part| row("merged", Some(&part.area), Some(&merger.to), numbers(part))),
            );
        }
        for split in &self.split {
            let parts = split.to.iter();
            rows.extend(
                parts.map(|part| row("split", Some(&split.from), Some(&part.area), numbers(part))),
            );
        }
        rows.extend(self.new.iter().map(|area| row("new", None, Some(area), None)));
        rows.extend(self.gone.iter().map(|area| row("gone", Some(area), None, None)));
        rows.extend(self.moved.iter().map(|land| {
            let numbers = [land.km2, land.share, land.share_of_new];
            row("moved", Some(&land.from), Some(&land.to), Some(numbers))
        }));
        rows
    }
}

impl BoundarySet {
    fn count_in_words(&self) -> String {
        let noun = if self.areas == 1 { "area" } else { "areas" };
        match self.kind {
            Some(kind) => format!("{} {noun} ({kind})", self.areas),
            None => format!("{} {noun}", self.areas),
        }
    }
}

impl ChangedArea {
    fn in_words(&self) -> String {
        format!("{}{}", self.name, self.code_in_brackets())
    }

    fn code_in_brackets(&self) -> String {
        if self.code.is_empty() { String::new() } else { format!(" ({})", self.code) }
    }
}

impl Part {
    fn taken_from(&self, old: &ChangedArea) -> String {
        if self.share_of_old >= 0.9995 {
            format!("{}, all of it", old.in_words())
        } else {
            format!("{}, {} of it", old.in_words(), percent(self.share_of_old))
        }
    }

    fn taken_to(&self, new: &ChangedArea) -> String {
        format!("{} ({})", new.in_words(), percent(self.share_of_old))
    }
}

/// One row of the table.
fn row(
    kind: &str,
    old: Option<&ChangedArea>,
    new: Option<&ChangedArea>,
    numbers: Option<[f64; 3]>,
) -> [String; 8] {
    let code = |area: Option<&ChangedArea>| area.map(|area| area.code.clone()).unwrap_or_default();
    let name = |area: Option<&ChangedArea>| area.map(|area| area.name.clone()).unwrap_or_default();
    let [km2, of_old, of_new] = match numbers {
        Some(numbers) => numbers.map(|number| number.to_string()),
        None => [const { String::new() }; 3],
    };
    [kind.to_owned(), code(old), name(old), code(new), name(new), km2, of_old, of_new]
}

/// Things in a sentence: names have commas of their own, so semicolons part them.
fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// A share in per cent, with a decimal where it is small.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 10.0 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}
