//! Named colours for figures: sequential, diverging, and for categories.
//!
//! Only palettes that can be told apart without full colour vision are here: up to seven classes
//! have a CIEDE2000 distance of [`TOLD_APART`] or more between any two, as seen with normal vision
//! and with protanopia, deuteranopia and tritanopia, which `tests/atlas/palette.rs` holds them to. That
//! leaves out every rainbow and what runs from red to green.

use colorous::Gradient;

use super::theme::Rgba;

/// The least CIEDE2000 distance between any two of up to seven classes.
pub const TOLD_APART: f32 = 7.0;

/// What a palette is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaletteKind {
    /// From little to much: light to dark, in even steps of lightness.
    Sequential,
    /// From one extreme over a light middle to the other.
    Diverging,
    /// For categories without an order.
    Qualitative,
}

/// Where the colours of a palette come from.
#[derive(Debug, Clone, Copy)]
enum Colors {
    Gradient(&'static Gradient),
    List(&'static [u32]),
}

/// A named set of colours.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Its name on the command line and in lists.
    pub name: &'static str,
    /// What it is for.
    pub kind: PaletteKind,
    /// Whether it runs the other way round.
    pub is_reversed: bool,
    colors: Colors,
}

/// Why a text is not a palette.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not a palette: {hint}")]
pub struct PaletteError {
    text: String,
    hint: String,
}

const fn sequential(name: &'static str, gradient: &'static Gradient) -> Palette {
    let (kind, colors) = (PaletteKind::Sequential, Colors::Gradient(gradient));
    Palette { name, kind, is_reversed: false, colors }
}

const fn diverging(name: &'static str, gradient: &'static Gradient) -> Palette {
    Palette { kind: PaletteKind::Diverging, ..sequential(name, gradient) }
}

const fn qualitative(name: &'static str, list: &'static [u32]) -> Palette {
    let (kind, colors) = (PaletteKind::Qualitative, Colors::List(list));
    Palette { name, kind, is_reversed: false, colors }
}

/// Okabe and Ito (2008), "Color Universal Design", without black.
const OKABE_ITO: [u32; 7] =
    [0x00e6_9f00, 0x0056_b4e9, 0x0000_9e73, 0x00f0_e442, 0x0000_72b2, 0x00d5_5e00, 0x00cc_79a7];

/// The scheme "muted" of Tol (2021), "Colour Schemes", SRON/EPS/TN/09-002.
const MUTED: [u32; 9] = [
    0x00cc_6677,
    0x0033_2288,
    0x00dd_cc77,
    0x0011_7733,
    0x0088_ccee,
    0x0088_2255,
    0x0044_aa99,
    0x0099_9933,
    0x00aa_4499,
];

/// The scheme "light" of the same: dark names can be read on it.
const LIGHT: [u32; 8] = [
    0x0077_aadd,
    0x00ee_8866,
    0x00ee_dd88,
    0x00ff_aabb,
    0x0099_ddff,
    0x0044_bb99,
    0x00bb_cc33,
    0x00aa_aa00,
];

/// The colour of all categories beyond those that a palette has colours for.
const OTHERS: Rgba = Rgba::hex(0x00b4_b4b4);

impl Palette {
    /// Every palette; the first of each kind is the usual one.
    pub const ALL: [Self; 20] = [
        sequential("blues", &colorous::BLUES),
        sequential("greens", &colorous::GREENS),
        sequential("greys", &colorous::GREYS),
        sequential("oranges", &colorous::ORANGES),
        sequential("purples", &colorous::PURPLES),
        sequential("reds", &colorous::REDS),
        sequential("viridis", &colorous::VIRIDIS),
        sequential("magma", &colorous::MAGMA),
        sequential("cividis", &colorous::CIVIDIS),
        sequential("ylgnbu", &colorous::YELLOW_GREEN_BLUE),
        sequential("ylorbr", &colorous::YELLOW_ORANGE_BROWN),
        sequential("bupu", &colorous::BLUE_PURPLE),
        diverging("rdbu", &colorous::RED_BLUE),
        diverging("puor", &colorous::PURPLE_ORANGE),
        diverging("brbg", &colorous::BROWN_GREEN),
        diverging("prgn", &colorous::PURPLE_GREEN),
        diverging("rdylbu", &colorous::RED_YELLOW_BLUE),
        qualitative("light", &LIGHT),
        qualitative("okabe-ito", &OKABE_ITO),
        qualitative("muted", &MUTED),
    ];

    /// The palette of a name, in any case; `-r` after it turns it round.
    ///
    /// # Errors
    /// If there is none: the error names the nearest one.
    pub fn by_name(text: &str) -> Result<Self, PaletteError> {
        let name = text.trim().to_lowercase();
        let (name, is_reversed) = match name.strip_suffix("-r").or_else(|| name.strip_suffix("_r"))
        {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        if let Some(palette) = Self::ALL.into_iter().find(|palette| palette.name == name) {
            return Ok(Self { is_reversed, ..palette });
        }
        let distance = |palette: &Self| strsim::osa_distance(palette.name, name);
        let near = Self::ALL.iter().map(|palette| (distance(palette), palette.name)).min();
        let hint = match near {
            Some((distance, near)) if distance <= 3.min(name.len() / 2) => {
                format!("did you mean \"{near}\"?")
            }
            _ => {
                let names: Vec<&str> = Self::ALL.iter().map(|palette| palette.name).collect();
                format!("there are {}", names.join(", "))
            }
        };
        Err(PaletteError { text: text.to_owned(), hint })
    }

    /// The palettes of a kind.
    pub fn of_kind(kind: PaletteKind) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |palette| palette.kind == kind)
    }

    /// How many different colours it has; no limit for one without steps.
    #[must_use]
    pub const fn most(&self) -> Option<usize> {
        match self.colors {
            Colors::Gradient(_) => None,
            Colors::List(list) => Some(list.len()),
        }
    }

    /// The colours of so many classes, from the lowest. Of a palette for categories those beyond
    /// [`Self::most`] share a grey.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a handful of classes")]
    pub fn colors(&self, n: usize) -> Vec<Rgba> {
        match self.colors {
            Colors::Gradient(_) if n == 1 => vec![self.at(0.5)],
            Colors::Gradient(_) => (0..n).map(|i| self.at(i as f64 / (n - 1) as f64)).collect(),
            Colors::List(list) => {
                let own = list.iter().map(|rgb| Rgba::hex(*rgb));
                let mut colors: Vec<Rgba> = own.take(n).collect();
                if self.is_reversed {
                    colors.reverse();
                }
                colors.resize(n, OTHERS);
                colors
            }
        }
    }

    /// The colour at a part of the way from the lowest value (0) to the highest (1).
    #[must_use]
    pub fn at(&self, t: f64) -> Rgba {
        let t = if t.is_finite() { t.clamp(0.0, 1.0) } else { 0.5 };
        let t = if self.is_reversed { 1.0 - t } else { t };
        match (self.colors, self.kind) {
            (Colors::Gradient(gradient), PaletteKind::Sequential) => by_lightness(gradient, t),
            (Colors::Gradient(gradient), _) => rgba(gradient.eval_continuous(t)),
            (Colors::List(list), _) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_precision_loss,
                    clippy::cast_sign_loss,
                    reason = "from 0 to the number of colours"
                )]
                let at = (t * list.len() as f64) as usize;
                Rgba::hex(list[at.min(list.len() - 1)])
            }
        }
    }
}

/// CIE lightness of the lightest and darkest colours that are used: paper and ink are beyond.
const LIGHTNESS: (f64, f64) = (95.0, 12.0);

/// The colour of a gradient whose lightness is at a part of the way from its lightest to its
/// darkest colour. Even steps of lightness can be told apart best: those of the gradients
/// themselves are uneven at their ends.
fn by_lightness(gradient: &Gradient, t: f64) -> Rgba {
    let lightness = |at: f64| lightness(rgba(gradient.eval_continuous(at)));
    let (start, end) = (lightness(0.0), lightness(1.0));
    let (lightest, darkest) = (start.max(end).min(LIGHTNESS.0), start.min(end).max(LIGHTNESS.1));
    let wanted = lightest + t * (darkest - lightest);
    let gets_darker = start > end;
    let (mut low, mut high) = (0.0, 1.0);
    // Halved until the steps are finer than those of a colour.
    for _ in 0..20 {
        let middle = f64::midpoint(low, high);
        if (lightness(middle) > wanted) == gets_darker {
            low = middle;
        } else {
            high = middle;
        }
    }
    rgba(gradient.eval_continuous(f64::midpoint(low, high)))
}

/// CIE 1976 lightness of a colour in sRGB (IEC 61966-2-1), from 0 to 100.
fn lightness(color: Rgba) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let y = 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
    let dark = (6.0_f64 / 29.0).powi(3);
    if y > dark { 116.0 * y.cbrt() - 16.0 } else { y * (29.0_f64 / 3.0).powi(3) }
}

const fn rgba(color: colorous::Color) -> Rgba {
    Rgba { r: color.r, g: color.g, b: color.b, a: 255 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_turned_round() {
        for palette in Palette::ALL {
            let found = Palette::by_name(&palette.name.to_uppercase()).unwrap();
            assert_eq!(found.colors(5), palette.colors(5));
            let mut back = Palette::by_name(&format!("{}-r", palette.name)).unwrap().colors(5);
            back.reverse();
            assert_eq!(back, palette.colors(5), "{}", palette.name);
        }
        let near = Palette::by_name("virdis").unwrap_err().to_string();
        assert_eq!(near, "\"virdis\" is not a palette: did you mean \"viridis\"?");
        assert!(Palette::by_name("RdYlGn").is_err());
        assert!(Palette::by_name("rainbow").unwrap_err().to_string().contains("there are blues"));
    }

    #[test]
    fn sequential_colours_get_darker_in_even_steps() {
        for palette in Palette::of_kind(PaletteKind::Sequential) {
            let steps: Vec<f64> = palette.colors(6).into_iter().map(lightness).collect();
            let even = (steps[0] - steps[5]) / 5.0;
            for pair in steps.windows(2) {
                assert!((pair[0] - pair[1] - even).abs() < 1.5, "{}: {steps:?}", palette.name);
            }
        }
    }

    #[test]
    fn any_number_of_colours_can_be_had() {
        for palette in Palette::ALL {
            for n in 0..12 {
                assert_eq!(palette.colors(n).len(), n);
            }
            assert!(palette.at(f64::NAN) == palette.at(0.5) && palette.at(7.0) == palette.at(1.0));
        }
        let many = Palette::by_name("okabe-ito").unwrap().colors(9);
        assert_eq!(many[7], many[8]);
    }
}
