//! A count as a rate for each 100,000 people who live in an area.

use super::{Cell, ColumnKind, England, FigureColumn, Unit};
use crate::diag::{Diagnostic, Refusal, Reporter, Severity, Warned, refuse};
use crate::model::body::Population;
use crate::model::{JoinedLayer, Register};

/// People that a rate is for.
const PEOPLE: u32 = 100_000;

impl FigureColumn {
    /// The same figure for each 100,000 residents, by the mid-year population estimates of the
    /// register. The diagnostics say of which year they are, and which areas have none.
    ///
    /// # Errors
    /// If the figure is no count, or no area of the layer has a recorded population.
    pub fn per_100_000(
        &self,
        joined: &JoinedLayer,
        register: &Register,
    ) -> Result<Warned<Self>, Refusal> {
        self.check_is_count()?;
        let mut reporter = Reporter::default();
        let edition = joined.edition();
        let populations: Vec<Option<&Population>> = joined
            .bodies
            .iter()
            .map(|body| body.and_then(|id| register.population(id, edition)))
            .map(|population| population.filter(|population| population.value > 0))
            .collect();
        let Some(first) = populations.iter().flatten().next() else {
            let message = "No population is recorded for the areas of this map.";
            let hint = "Rates can be made for integrated care boards and sub-ICB locations.";
            return Err(refuse("rate-without-population", message, hint).into());
        };
        let source = register.citation(&first.source, None);
        let message = format!(
            "Rates are for {PEOPLE} residents, by mid-{} estimates on the boundaries of {} \
             ({source}).",
            first.year,
            first.boundaries.title()
        );
        let other = edition.filter(|edition| *edition != first.boundaries);
        let made = populations.iter().flatten().filter(|p| p.method.is_some()).count();
        let mut hints = Vec::new();
        if let Some(other) = other {
            hints.push(format!("The map has those of {}.", other.title()));
        }
        if made > 0 {
            hints.push(format!("Not published as such but worked out: {made}."));
        }
        let hint = hints.join(" ");
        reporter.report(Diagnostic::new(Severity::Info, "rate-population", message).hint(hint));
        tell_missing(&populations, joined, &mut reporter);
        let rate = |(cell, population): (&Cell, Option<&Population>)| match (cell, population) {
            (Cell::Number(count), Some(population)) => Cell::Number(per(*count, population.value)),
            (Cell::Number(_), None) => Cell::Missing,
            (cell, _) => cell.clone(),
        };
        let people: Option<Vec<u64>> =
            populations.iter().map(|population| population.map(|p| p.value)).collect();
        let is_all = joined.layer.about.kind.zip(edition).is_some_and(|(kind, edition)| {
            register.areas_of(kind, edition).count() == joined.layer.areas.len()
        });
        let people = people.filter(|_| is_all).map(|people| people.into_iter().sum());
        let england = match (self.england, people) {
            (England::Recorded(count), Some(people)) => England::Recorded(per(count, people)),
            (England::Sum(count), Some(people)) => England::Sum(per(count, people)),
            _ => England::NotRecorded,
        };
        let value = Self {
            name: format!("{} per 100,000 residents", self.name),
            unit: Some(Unit::Per(PEOPLE)),
            values: self.values.iter().zip(populations.iter().copied()).map(rate).collect(),
            england,
            ..self.clone()
        };
        Ok(Warned { value, diagnostics: reporter.finish() })
    }

    fn check_is_count(&self) -> Result<(), Diagnostic> {
        let hint = "Choose a column of counts.";
        let name = &self.name;
        match (self.kind, &self.unit) {
            (ColumnKind::Category, _) => {
                let message = format!("Column {name} has categories, which have no rate.");
                Err(refuse("rate-of-categories", message, hint))
            }
            (_, Some(Unit::Percent | Unit::Per(_))) => {
                let message = format!("Column {name} is a share or rate already.");
                Err(refuse("rate-of-rate", message, hint))
            }
            _ => Ok(()),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "people of England have eight digits")]
fn per(count: f64, people: u64) -> f64 {
    count / people as f64 * f64::from(PEOPLE)
}

fn tell_missing(
    populations: &[Option<&Population>],
    joined: &JoinedLayer,
    reporter: &mut Reporter,
) {
    let missing: Vec<&str> = populations
        .iter()
        .zip(&joined.names)
        .filter(|(population, _)| population.is_none())
        .map(|(_, name)| name.as_str())
        .collect();
    if !missing.is_empty() {
        let shown = missing.iter().take(12).copied().collect::<Vec<_>>().join("; ");
        let more = if missing.len() > 12 { " and others" } else { "" };
        let message = format!("No population is recorded for {}: {shown}{more}.", missing.len());
        let diagnostic = Diagnostic::new(Severity::Warning, "rate-area-without", message);
        reporter.report(diagnostic.hint("These areas have no rate."));
    }
}
