//! The themes: what colours the meanings have.

use super::{Fate, Rgba, Style, Theme};

/// Colours of the page and of what stands on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ground {
    pub sea: Rgba,
    pub land: Rgba,
    pub land_coast: Rgba,
    pub ink: Rgba,
    pub quiet_ink: Rgba,
    pub plate: Rgba,
    pub plate_line: Rgba,
}

/// Colours of lines on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lines {
    pub coast: Rgba,
    pub region: Rgba,
    pub inner: Rgba,
    pub selection: Rgba,
}

const LIGHT_GROUND: Ground = Ground {
    sea: Rgba::hex(0x00dc_e9f2),
    land: Rgba::hex(0x00f1_f1ed),
    land_coast: Rgba::hex(0x00c3_ccd1),
    ink: Rgba::hex(0x0012_1f2b),
    quiet_ink: Rgba::hex(0x0045_5662),
    plate: Rgba::WHITE,
    plate_line: Rgba::hex(0x00b8_c4cc),
};

/// Paper: the sea is left white.
const WHITE_GROUND: Ground = Ground {
    sea: Rgba::WHITE,
    land: Rgba::hex(0x00ee_eeec),
    land_coast: Rgba::hex(0x00c8_cbcd),
    ..LIGHT_GROUND
};

const DARK_GROUND: Ground = Ground {
    sea: Rgba::hex(0x0013_1e28),
    land: Rgba::hex(0x0024_323e),
    land_coast: Rgba::hex(0x003f_4f5c),
    ink: Rgba::hex(0x00f4_f7f9),
    quiet_ink: Rgba::hex(0x00b4_c1cb),
    plate: Rgba::hex(0x001b_2833),
    plate_line: Rgba::hex(0x0045_5662),
};

/// The region colours were searched for so that any two differ by a CIEDE2000 distance of 10 or
/// more, as seen with normal vision and with protanopia, deuteranopia and tritanopia.
const LIGHT_REGIONS: [Rgba; Theme::REGIONS.len()] = [
    Rgba::hex(0x00ed_6f9a),
    Rgba::hex(0x00af_cf9f),
    Rgba::hex(0x00ef_a85f),
    Rgba::hex(0x009c_cdf3),
    Rgba::hex(0x00fa_e898),
    Rgba::hex(0x00a7_92d1),
    Rgba::hex(0x0060_a9a6),
];

/// What a page stands on, whatever the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// The theme's own: water around the land.
    #[default]
    Sea,
    /// White paper.
    White,
    /// Nothing: what lies below the picture shows.
    Transparent,
    /// Nearly black.
    Dark,
}

impl Background {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Sea, Self::White, Self::Transparent, Self::Dark];

    /// Its name in recipes and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::White => "white",
            Self::Transparent => "transparent",
            Self::Dark => "dark",
        }
    }

    /// Its name in the menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sea => "Sea",
            Self::White => "White",
            Self::Transparent => "Transparent",
            Self::Dark => "Dark",
        }
    }
}

impl Theme {
    /// Colours on a light page.
    pub const LIGHT: Self = Self {
        style: Style::Light,
        ground: LIGHT_GROUND,
        lines: Lines {
            coast: Rgba::hex(0x005b_6b77),
            region: Rgba::hex(0x0033_414c),
            inner: Rgba::WHITE,
            selection: Rgba::hex(0x0003_1f3d),
        },
        regions: LIGHT_REGIONS,
        no_region: Rgba::hex(0x00d3_d9cf),
        pale: Rgba::hex(0x00e6_e8e4),
        classes: Vec::new(),
    };

    /// The same areas on a dark page.
    pub const DARK: Self = Self {
        style: Style::Dark,
        ground: DARK_GROUND,
        lines: Lines {
            coast: Rgba::hex(0x0090_a0ac),
            region: Rgba::hex(0x0013_1e28),
            inner: Rgba::hex(0x0013_1e28).alpha(120),
            selection: Rgba::WHITE,
        },
        no_region: Rgba::hex(0x006f_7a72),
        pale: Rgba::hex(0x0034_424e),
        regions: LIGHT_REGIONS,
        classes: Vec::new(),
    };

    /// Greys that survive a copier; areas are hatched besides, each region in its own way.
    pub const PRINT: Self = Self {
        style: Style::Print,
        ground: Ground {
            land: Rgba::hex(0x00f3_f3f3),
            land_coast: Rgba::hex(0x00c4_c4c4),
            ink: Rgba::BLACK,
            quiet_ink: Rgba::hex(0x0033_3333),
            plate_line: Rgba::hex(0x0088_8888),
            ..WHITE_GROUND
        },
        lines: Lines {
            coast: Rgba::hex(0x0033_3333),
            region: Rgba::BLACK,
            inner: Rgba::hex(0x0033_3333),
            selection: Rgba::BLACK,
        },
        regions: [
            Rgba::hex(0x0090_9090),
            Rgba::hex(0x00e2_e2e2),
            Rgba::hex(0x00bd_bdbd),
            Rgba::hex(0x00f4_f4f4),
            Rgba::hex(0x00d2_d2d2),
            Rgba::hex(0x00b0_b0b0),
            Rgba::hex(0x00cb_cbcb),
        ],
        no_region: Rgba::hex(0x00dd_dddd),
        pale: Rgba::WHITE,
        classes: Vec::new(),
    };

    /// Blues, aqua and grey after the NHS identity, on white.
    ///
    /// NHS England, NHS identity guidelines: NHS dark blue #003087, blue #005EB8, light blue
    /// #41B6E6, aqua green #00A499 and tints of them. Regions that touch differ by a CIEDE2000
    /// distance of 10 or more.
    pub const NHS: Self = Self {
        style: Style::Nhs,
        ground: Ground {
            ink: Rgba::hex(0x0000_2a63),
            quiet_ink: Rgba::hex(0x0042_5563),
            land: Rgba::hex(0x00ed_f1f4),
            land_coast: Rgba::hex(0x00cd_d6dd),
            plate_line: Rgba::hex(0x00b9_c8d4),
            ..WHITE_GROUND
        },
        lines: Lines {
            coast: Rgba::hex(0x0000_3087),
            region: Rgba::WHITE,
            inner: Rgba::WHITE,
            selection: Rgba::hex(0x00fa_e100),
        },
        regions: [
            Rgba::hex(0x0000_3087),
            Rgba::hex(0x0041_b6e6),
            Rgba::hex(0x00b6_dcf3),
            Rgba::hex(0x0000_5eb8),
            Rgba::hex(0x0066_c5bd),
            Rgba::hex(0x00b5_c3cd),
            Rgba::hex(0x0000_8f85),
        ],
        no_region: Rgba::hex(0x00c9_d3da),
        pale: Rgba::hex(0x00e1_e7eb),
        classes: Vec::new(),
    };

    /// The theme of a style.
    #[must_use]
    pub const fn of(style: Style) -> Self {
        match style {
            Style::Light => Self::LIGHT,
            Style::Dark => Self::DARK,
            Style::Print => Self::PRINT,
            Style::Nhs => Self::NHS,
        }
    }

    /// The same theme on another background.
    #[must_use]
    pub fn on(self, background: Background) -> Self {
        match background {
            Background::Sea => self,
            Background::White | Background::Transparent if self.style == Style::Dark => {
                // Dark letters would be read on white, light ones on what is below.
                let white = background == Background::White;
                let ground = if white { WHITE_GROUND } else { self.ground };
                let lines = if white { Self::LIGHT.lines } else { self.lines };
                Self { ground, lines, ..self }
            }
            Background::White | Background::Transparent => {
                let Ground { land, land_coast, .. } = match self.style {
                    Style::Light => WHITE_GROUND,
                    _ => self.ground,
                };
                Self {
                    ground: Ground { sea: Rgba::WHITE, land, land_coast, ..self.ground },
                    ..self
                }
            }
            Background::Dark => {
                let lines = Lines { selection: Rgba::WHITE, ..self.lines };
                Self { ground: DARK_GROUND, lines, pale: Self::DARK.pale, ..self }
            }
        }
    }
}

pub(super) const fn fate(fate: Fate, style: Style) -> Rgba {
    if matches!(style, Style::Print) {
        return match fate {
            Fate::Kept => Rgba::hex(0x00f4_f4f4),
            Fate::Relabelled => Rgba::hex(0x00dc_dcdc),
            Fate::Merged => Rgba::hex(0x00b4_b4b4),
            Fate::Part => Rgba::hex(0x00c8_c8c8),
            Fate::New => Rgba::hex(0x0098_9898),
        };
    }
    match fate {
        Fate::Kept => Rgba::hex(0x00d3_dcd6),
        Fate::Relabelled => Rgba::hex(0x00f6_dd85),
        Fate::Merged => Rgba::hex(0x0086_bbe6),
        Fate::Part => Rgba::hex(0x00c5_a3d6),
        Fate::New => Rgba::hex(0x00f0_8a7a),
    }
}
