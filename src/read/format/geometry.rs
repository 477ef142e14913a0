//! What the geometry of a feature is made of, and what is told where that is no polygon.

use super::super::raw::{Dimensions, RawPolygon};
use crate::diag::{Diagnostic, Place, Severity};

/// Why a feature is left out: a code and a sentence.
pub type Fault = (&'static str, String);

/// A feature is left out because its bytes or its text make no sense.
pub fn unreadable(message: &str) -> Fault {
    ("feature-unreadable", message.to_owned())
}

/// The warning about a feature that is left out.
pub fn left_out((code, message): Fault, place: Place) -> Diagnostic {
    Diagnostic::new(Severity::Warning, code, message).at(place).hint("The feature is left out.")
}

/// What a geometry is made of.
#[derive(Default)]
pub struct Found {
    /// Its polygons.
    pub polygons: Vec<RawPolygon>,
    /// How many numbers its positions have.
    pub dimensions: Dimensions,
    others: Vec<&'static str>,
}

impl Found {
    /// Takes note of something that is no polygon, by the name of its kind.
    pub fn other(&mut self, kind: &'static str) {
        if !self.others.contains(&kind) {
            self.others.push(kind);
        }
    }

    /// The polygons; what is there besides them is told.
    ///
    /// # Errors
    /// If there is something, but no polygon.
    pub fn into_polygons(
        self,
        number: usize,
        mut tell: impl FnMut(Diagnostic),
    ) -> Result<Vec<RawPolygon>, Fault> {
        if self.others.is_empty() {
            return Ok(self.polygons);
        }
        let kinds = self.others.join(" and a ");
        if self.polygons.is_empty() {
            return Err(("geometry-kind", format!("The feature is a {kinds}, not a polygon.")));
        }
        let message = format!("The feature also has a {kinds}.");
        let diagnostic = Diagnostic::new(Severity::Warning, "geometry-kind", message);
        let place = Place::Feature { number, name: None };
        tell(diagnostic.at(place).hint("Only its polygons are shown."));
        Ok(self.polygons)
    }
}
