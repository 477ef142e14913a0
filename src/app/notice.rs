//! What a person is told.

use crate::diag::{Diagnostic, Refusal, Severity};
use crate::model::LayerId;

/// A message that stays in the list until it is dismissed.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub title: String,
    /// What was noticed in detail.
    pub details: Vec<Diagnostic>,
    /// The opened layer that it is about.
    pub layer: Option<LayerId>,
    /// Whether it is about the table of figures.
    pub is_of_figures: bool,
    /// Whether it still stands on the map. Good news steps aside when work goes on.
    pub is_on_map: bool,
}

impl Notice {
    /// A notice without details.
    pub fn new(severity: Severity, title: impl Into<String>) -> Self {
        Self {
            severity,
            title: title.into(),
            details: Vec::new(),
            layer: None,
            is_of_figures: false,
            is_on_map: true,
        }
    }

    /// A file was refused.
    #[must_use]
    pub fn refused(name: &str, refusal: Refusal) -> Self {
        let Refusal { reason, before } = refusal;
        let title = format!("{name} was not opened. {reason}");
        let details = before.into_iter().filter(|d| d.severity >= Severity::Warning).collect();
        Self { details, ..Self::new(Severity::Error, title) }
    }

    /// The notice with its details as text.
    #[must_use]
    pub fn in_words(&self) -> String {
        let details = self.details.iter().map(|d| format!("\n- {d}"));
        std::iter::once(self.title.clone()).chain(details).collect()
    }
}
