//! Ordnance Survey grid references such as `TQ 37 76`, and places given as text.
//!
//! Lettering: Ordnance Survey, "Using the National Grid": squares of 500 km, then of 100 km,
//! lettered A to Z without I, from the north west.

use super::projection::Projector;
use super::space::{Grid, LonLat};

const SQUARE: f64 = 100_000.0;

/// Why a text is not a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Neither of the two notations.
    #[error(
        "\"{0}\" is neither a latitude and longitude (51.47, -0.02) nor a grid reference (TQ 37 76)"
    )]
    Unreadable(String),
    /// A latitude or longitude out of range.
    #[error("\"{0}\": latitudes run from -90 to 90 and longitudes from -180 to 180")]
    OutOfRange(String),
}

/// Reads `latitude,longitude` in degrees or an OS grid reference of 2 to 10 figures.
///
/// A grid reference names a square; the answer is its centre.
///
/// # Errors
/// If the text is in neither notation, or the position has no place on the grid.
pub fn parse_place(text: &str, projector: &Projector) -> Result<Grid, PlaceError> {
    let unreadable = || PlaceError::Unreadable(text.to_owned());
    if let Some(grid) = parse_grid_ref(text) {
        return Ok(grid);
    }
    let parts: Vec<&str> =
        text.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [lat, lon] = parts.as_slice() else { return Err(unreadable()) };
    let degrees = |part: &str| part.trim_end_matches('°').parse::<f64>().map_err(|_| unreadable());
    let (lat, lon) = (degrees(lat)?, degrees(lon)?);
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return Err(PlaceError::OutOfRange(text.to_owned()));
    }
    projector.to_grid(LonLat { lon, lat }).map_err(|_| PlaceError::OutOfRange(text.to_owned()))
}

/// The centre of the square that a grid reference names, or `None` if it is not one.
#[must_use]
pub fn parse_grid_ref(text: &str) -> Option<Grid> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !compact.is_ascii() || compact.len() < 2 {
        return None;
    }
    let (letters, digits) = compact.split_at(2);
    let index = |letter: u8| -> Option<f64> {
        let letter = letter.to_ascii_uppercase();
        (letter.is_ascii_uppercase() && letter != b'I')
            .then(|| f64::from(letter - b'A' - u8::from(letter > b'I')))
    };
    let letters = letters.as_bytes();
    let (first, second) = (index(letters[0])?, index(letters[1])?);
    if digits.len() > 10 || digits.len() % 2 == 1 || !digits.bytes().all(|d| d.is_ascii_digit()) {
        return None;
    }
    // The false origin lies two 500 km squares east and one north of square A's corner.
    let x = (first % 5.0 - 2.0) * 5.0 + second % 5.0;
    let y = (3.0 - (first / 5.0).floor()) * 5.0 + 4.0 - (second / 5.0).floor();
    if !(0.0..7.0).contains(&x) || !(0.0..13.0).contains(&y) {
        return None;
    }
    let (east, north) = digits.split_at(digits.len() / 2);
    let places = i32::try_from(east.len()).ok()?;
    let cell = SQUARE / 10f64.powi(places);
    let offset = |part: &str| -> Option<f64> {
        let number = if part.is_empty() { 0.0 } else { part.parse::<f64>().ok()? };
        Some((number + 0.5) * cell)
    };
    Some(Grid { x: x * SQUARE + offset(east)?, y: y * SQUARE + offset(north)? })
}

/// The kilometre square of a position, such as `TQ 37 76`, or `None` off the grid's letters.
#[must_use]
pub fn format_grid_ref(p: Grid) -> Option<String> {
    if !(0.0..7.0 * SQUARE).contains(&p.x) || !(0.0..13.0 * SQUARE).contains(&p.y) {
        return None;
    }
    let (column, row) = ((p.x / SQUARE).floor(), (p.y / SQUARE).floor());
    let letter = |column: f64, row: f64| -> char {
        // Both are small whole numbers: column 0 to 4, row 0 to 4 counted from the south.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 24")]
        let index = ((4.0 - row) * 5.0 + column) as u8;
        char::from(b'A' + index + u8::from(index >= 8))
    };
    let first = letter((column / 5.0).floor() + 2.0, (row / 5.0).floor() + 1.0);
    let second = letter(column % 5.0, row % 5.0);
    let km = |v: f64| (v % SQUARE / 1000.0).floor();
    Some(format!("{first}{second} {:02} {:02}", km(p.x), km(p.y)))
}

/// A position in words, for messages: `near TQ 37 76`.
#[must_use]
pub fn near(p: Grid) -> String {
    match format_grid_ref(p) {
        Some(reference) => format!("near {reference}"),
        None => format!("near {:.0} east, {:.0} north on the National Grid", p.x, p.y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_references() {
        for (text, x, y) in [
            ("TQ 37 76", 537_500.0, 176_500.0),
            ("SV9010", 90_500.0, 10_500.0),
            ("NY 3955 5590", 339_555.0, 555_905.0),
            ("tg 51409 13177", 651_409.5, 313_177.5),
            ("HP", 450_000.0, 1_250_000.0),
        ] {
            assert_eq!(parse_grid_ref(text), Some(Grid { x, y }), "{text}");
        }
        for text in ["TQ 3", "IQ 37 76", "AA 11 11", "Devon", "TQ 37 7x", ""] {
            assert_eq!(parse_grid_ref(text), None, "{text}");
        }
    }

    #[test]
    fn formatting_names_the_kilometre_square() {
        for text in ["TQ 37 76", "SV 90 10", "NY 39 55", "HP 50 50", "SU 00 99"] {
            let p = parse_grid_ref(text).unwrap();
            assert_eq!(format_grid_ref(p).as_deref(), Some(text));
        }
        assert_eq!(format_grid_ref(Grid { x: -1.0, y: 5.0 }), None);
    }

    #[test]
    fn places_come_in_two_notations() {
        let projector = Projector::new().unwrap();
        let greenwich = parse_place("51.4779, -0.0015", &projector).unwrap();
        assert!((greenwich.x - 538_900.0).abs() < 200.0 && (greenwich.y - 177_340.0).abs() < 200.0);
        assert!(parse_place("TQ 37 76", &projector).is_ok());
        assert!(matches!(parse_place("151, 0", &projector), Err(PlaceError::OutOfRange(_))));
        assert!(matches!(parse_place("Leeds", &projector), Err(PlaceError::Unreadable(_))));
    }
}
