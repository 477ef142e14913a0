//! A profile as lines of text and as Markdown.

use std::fmt::Write;

use super::{OverlapFacts, Part, PopulationFacts, Profile, Relative, ShareFacts};
use crate::model::overlap::percent;
use crate::model::{BodyKind, Date};

/// A heading with its lines, each a label (or none) and a value.
struct Section {
    heading: &'static str,
    lines: Vec<(String, String)>,
}

const NOT_RECORDED: &str = "not recorded";

impl Profile {
    /// The profile as lines of text.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut out = self.title.clone();
        if let Some(edition) = self.edition {
            out = format!("{out}, on the boundaries of {edition}");
        }
        for section in self.sections() {
            for (label, value) in section.lines {
                let label = if label.is_empty() { section.heading } else { &label };
                // Writing to a String cannot fail, here and below.
                let _ = write!(out, "\n{label}: {value}");
            }
        }
        out
    }

    /// The profile as Markdown, with headings, lists and the sources.
    #[must_use]
    pub fn in_markdown(&self) -> String {
        let mut out = format!("# {}\n", self.title);
        for section in self.sections() {
            let _ = write!(out, "\n## {}\n\n", section.heading);
            for (label, value) in section.lines {
                let _ = if label.is_empty() {
                    writeln!(out, "- {value}")
                } else {
                    writeln!(out, "- {label}: {value}")
                };
            }
        }
        out.push_str("\n## Sources\n\n");
        for line in &self.sources {
            let _ = writeln!(out, "- {}: {}", line.what, line.citation);
        }
        out
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut add = |heading, lines: Vec<(String, String)>| {
            if !lines.is_empty() {
                sections.push(Section { heading, lines });
            }
        };
        add(self.body_kind.map_or("Body", BodyKind::label), self.body_lines());
        if self.board.is_some() {
            let text =
                |value: Option<&String>| value.map_or(NOT_RECORDED, String::as_str).to_owned();
            let known_as = self.system.as_ref().map(|system| &system.name);
            add("System", vec![(String::new(), text(known_as))]);
            let named = self.partnership.as_ref().map(|p| match p.confidence.as_str() {
                "high" => p.name.clone(),
                "medium" => format!("{} (evidence of medium strength)", p.name),
                _ => format!("{} (weak evidence)", p.name),
            });
            add("Partnership", vec![(String::new(), text(named.as_ref()))]);
        }
        add("Made up of", unlabelled(self.made_up_of.iter().map(OverlapFacts::in_words)));
        add("Place and people", self.place_lines());
        add("Part of", unlabelled(self.part_of.iter().map(Part::in_words)));
        add("Councils", unlabelled(self.councils.iter().map(ShareFacts::in_words)));
        add("Boards", unlabelled(self.boards.iter().map(ShareFacts::in_words)));
        add("Districts", unlabelled(self.districts.iter().map(ShareFacts::in_words)));
        if self.board.is_some() {
            add("Places", or_not_recorded(self.places.iter().map(Part::in_words)));
            let collaboratives = self.collaboratives.iter().map(Part::in_words);
            add("Provider collaboratives", or_not_recorded(collaboratives));
            add("Sub-ICB locations", unlabelled(self.locations.iter().map(Part::in_words)));
            add("Became an ICS", self.designation_lines());
        }
        let clusters = self.clusters.iter().map(|cluster| {
            let with = cluster.with.join(" and ");
            let note = cluster.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            let date = cluster.date.in_words();
            let is_gone = self.body.as_ref().is_some_and(|body| body.abolished.is_some());
            let (shares, bodies) =
                if is_gone { ("Shared", "") } else { ("Shares", "; separate bodies") };
            format!("{shares} leadership with {with}, announced {date}{bodies}{note}")
        });
        add("Clusters", unlabelled(clusters));
        let changes = self.changes.iter().map(|c| format!("{}: {}", c.date.in_words(), c.text));
        add("Changes", unlabelled(changes));
        add("Before", unlabelled(self.predecessors.iter().map(Relative::in_words)));
        add("After", unlabelled(self.successors.iter().map(Relative::in_words)));
        sections
    }

    fn body_lines(&self) -> Vec<(String, String)> {
        let Some(body) = &self.body else { return Vec::new() };
        let or = |value: Option<String>| value.unwrap_or_else(|| NOT_RECORDED.to_owned());
        let mut lines = vec![(String::new(), body.name.clone())];
        let mut line = |label: &str, value| lines.push((label.to_owned(), value));
        line("ODS code", or(body.ods_code.clone()));
        line("ONS code", or(body.ons_code.clone()));
        for (code, since) in &body.other_codes {
            let since = since.map(|day| format!(", since {}", day.in_words()));
            line("Other ONS code", format!("{code}{}", since.unwrap_or_default()));
        }
        for (name, what) in &body.other_names {
            line("Also called", format!("{name} ({what})"));
        }
        line("Established", or(body.established.map(Date::in_words)));
        if let Some(day) = body.abolished {
            line("Last day", day.in_words());
        }
        if self.board.is_some() {
            line("Website", or(body.website.clone()));
        }
        lines
    }

    fn place_lines(&self) -> Vec<(String, String)> {
        let or = |value: Option<String>| value.unwrap_or_else(|| NOT_RECORDED.to_owned());
        let people = |p: &PopulationFacts| {
            let method = p.method.as_ref().map(|method| format!("; {method}")).unwrap_or_default();
            format!("{} (mid-{}{method})", thousands(p.value), p.year)
        };
        let area = self.area_km2.map(|km2| format!("{km2:.2} km²"));
        let label = match self.body_kind {
            Some(BodyKind::Ccg | BodyKind::Stp) => "NHS region since 2022",
            _ => "NHS region",
        };
        [
            (label, self.region.as_ref().map(|region| region.name.clone())),
            ("Population", self.population.as_ref().map(people)),
            ("Area", area),
        ]
        .into_iter()
        .map(|(label, value)| (label.to_owned(), or(value)))
        .collect()
    }

    fn designation_lines(&self) -> Vec<(String, String)> {
        let Some(found) = &self.designation else {
            return vec![(String::new(), NOT_RECORDED.to_owned())];
        };
        let devolved = if found.devolved { ", as a devolved system" } else { "" };
        let mut lines = vec![
            ("Wave".to_owned(), format!("{}{devolved}", found.wave)),
            ("Announced".to_owned(), found.announced.clone()),
            ("From".to_owned(), found.effective.clone()),
        ];
        for (label, value) in [("Earlier form", &found.earlier_name), ("Note", &found.note)] {
            lines.extend(value.iter().map(|text| (label.to_owned(), text.clone())));
        }
        lines
    }
}

fn unlabelled(values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    values.map(|value| (String::new(), value)).collect()
}

fn or_not_recorded(values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let lines = unlabelled(values);
    if lines.is_empty() { unlabelled(std::iter::once(NOT_RECORDED.to_owned())) } else { lines }
}

impl Part {
    /// Name, code and what sort it is in a line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let code = self.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let form = self.form.as_ref().map(|form| format!(", {form}")).unwrap_or_default();
        format!("{}{code}{form}", self.name)
    }
}

impl ShareFacts {
    /// Name, code and extent in a line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let code = self.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        format!("{}{code}, {}", self.name, self.extent_in_words())
    }

    /// `whole`, or the part in per cent with what it counts.
    #[must_use]
    pub fn extent_in_words(&self) -> String {
        if self.extent == "whole" {
            return "whole".to_owned();
        }
        format!("part: {:.1} % of its small areas", self.share * 100.0)
    }
}

impl OverlapFacts {
    /// Shares, name and date in a line.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{} {}", self.name, self.extent_in_words())
    }

    /// Both shares and the date of the other area.
    #[must_use]
    pub fn extent_in_words(&self) -> String {
        let edition = self.edition.map(|edition| format!("; boundaries of {edition}"));
        format!(
            "({} of it, {} of this area{})",
            percent(self.share_of_body),
            percent(self.share_of_area),
            edition.unwrap_or_default()
        )
    }
}

impl Relative {
    /// Name, code, part and dates in a line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let code = self.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let part = self.part.as_ref().map(|part| format!(", {part} part")).unwrap_or_default();
        let dates = match (self.from, self.to) {
            (Some(from), Some(to)) => format!(", {} to {}", from.in_words(), to.in_words()),
            // A board that took in a part later goes on from its own first day.
            (Some(from), None) => {
                format!(", since {}", self.date.map_or(from, |date| date.max(from)).in_words())
            }
            _ => String::new(),
        };
        let split = if self.over_a_split { ", by way of a board that was split" } else { "" };
        format!("{} {}{code}{part}{dates}{split}", self.kind, self.name)
    }
}

/// A number with a comma at the thousands: `1,795,871`.
#[must_use]
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
