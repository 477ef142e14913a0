//! Colours by meaning. Scenes name a [`Paint`]; only a [`Theme`] knows its colour.

/// A colour with straight alpha, 0 to 255 each, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity.
    pub a: u8,
}

impl Rgba {
    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The same colour with another opacity.
    #[must_use]
    pub const fn alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }
}

/// How an area of the later layer came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// The same area as before.
    Kept,
    /// The same area with another name or code.
    Relabelled,
    /// Drawn from several areas, or parts of them.
    Merged,
    /// A part of one area before.
    Part,
    /// No area before it.
    New,
}

impl Fate {
    /// Every fate, in the order of the legend.
    pub const ALL: [Self; 5] = [Self::Kept, Self::Relabelled, Self::Merged, Self::Part, Self::New];

    /// What it is called in the legend.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kept => "As before",
            Self::Relabelled => "New name or code",
            Self::Merged => "Drawn from several areas",
            Self::Part => "Part of one area",
            Self::New => "New",
        }
    }
}

/// What a colour means on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Paint {
    /// Water around the land.
    Sea,
    /// Land that is not part of the map's subject.
    Backdrop,
    /// The coast of the backdrop.
    BackdropCoast,
    /// Area in one of the regions, by its number in [`Theme::REGIONS`].
    Region(u8),
    /// Area without a region.
    NoRegion,
    /// Coast and outer border.
    Coast,
    /// Border between regions.
    RegionBorder,
    /// Border between areas of one region.
    InnerBorder,
    /// Lines of councils over the map.
    CouncilLine,
    /// Lines of sub-ICB locations over the map.
    LocationLine,
    /// Lines of the groups of 2021 over the map.
    GroupLine,
    /// The area under the pointer.
    Hover,
    /// Shadow under the selection.
    Shadow,
    /// Light line on both sides of the selection's outline.
    Casing,
    /// Outline of the selection.
    Selection,
    /// An area lit up from the panel.
    Lit,
    /// Outline of an area lit up from the panel.
    LitLine,
    /// An area of a comparison, by what became of it.
    Fate(Fate),
    /// Land that moved from one area to another.
    MovedLine,
    /// A border that is no more.
    OldLine,
    /// Text.
    Ink,
    /// Text that stands back.
    QuietInk,
    /// Halo around text on the map.
    Halo,
    /// Plate behind legends and insets.
    Plate,
    /// Frame around plates.
    PlateLine,
    /// A body in a drawing of lineage.
    Box,
    /// The body that the drawing is about.
    ChosenBox,
    /// The body under the pointer.
    HoveredBox,
    /// Outline of a body.
    BoxLine,
    /// Line from a body to the one that followed it.
    Link,
}

/// The colours of the map.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    regions: [Rgba; Self::REGIONS.len()],
}

impl Theme {
    /// ODS codes of the regions in the order of their colours: London, South West, South East,
    /// Midlands, East of England, North West, North East and Yorkshire.
    pub const REGIONS: [&str; 7] = ["Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"];

    /// Colours on a light page.
    ///
    /// The region colours were searched for so that any two differ by a CIEDE2000 distance of
    /// 10 or more, as seen with normal vision and with protanopia, deuteranopia and tritanopia.
    pub const LIGHT: Self = Self {
        regions: [
            Rgba::hex(0x00ed_6f9a),
            Rgba::hex(0x00af_cf9f),
            Rgba::hex(0x00ef_a85f),
            Rgba::hex(0x009c_cdf3),
            Rgba::hex(0x00fa_e898),
            Rgba::hex(0x00a7_92d1),
            Rgba::hex(0x0060_a9a6),
        ],
    };

    /// The colour of a paint.
    #[must_use]
    pub fn color(&self, paint: Paint) -> Rgba {
        match paint {
            Paint::Sea | Paint::ChosenBox => Rgba::hex(0x00dc_e9f2),
            Paint::Backdrop => Rgba::hex(0x00f1_f1ed),
            Paint::BackdropCoast => Rgba::hex(0x00c3_ccd1),
            Paint::Region(n) => {
                self.regions.get(usize::from(n)).copied().unwrap_or(Rgba::hex(0x00d5_d5d0))
            }
            Paint::NoRegion => Rgba::hex(0x00d3_d9cf),
            Paint::Coast | Paint::Link => Rgba::hex(0x005b_6b77),
            Paint::RegionBorder => Rgba::hex(0x0033_414c),
            Paint::CouncilLine => Rgba::hex(0x0063_1f6d),
            Paint::LocationLine => Rgba::hex(0x001f_4f8a),
            Paint::GroupLine => Rgba::hex(0x0064_4614),
            Paint::Hover => Rgba::hex(0x00ff_ffff).alpha(90),
            Paint::Shadow => Rgba::hex(0x000b_1a26).alpha(90),
            Paint::InnerBorder | Paint::Casing | Paint::Plate => Rgba::hex(0x00ff_ffff),
            Paint::Selection => Rgba::hex(0x0003_1f3d),
            Paint::Lit => Rgba::hex(0x00ff_ffff).alpha(130),
            Paint::LitLine | Paint::MovedLine => Rgba::hex(0x00b0_1030),
            Paint::Fate(fate) => match fate {
                Fate::Kept => Rgba::hex(0x00d3_dcd6),
                Fate::Relabelled => Rgba::hex(0x00f6_dd85),
                Fate::Merged => Rgba::hex(0x0086_bbe6),
                Fate::Part => Rgba::hex(0x00c5_a3d6),
                Fate::New => Rgba::hex(0x00f0_8a7a),
            },
            Paint::Ink | Paint::OldLine => Rgba::hex(0x0012_1f2b),
            Paint::QuietInk => Rgba::hex(0x0045_5662),
            Paint::Halo => Rgba::hex(0x00ff_ffff).alpha(215),
            Paint::PlateLine => Rgba::hex(0x00b8_c4cc),
            Paint::Box => Rgba::hex(0x00f3_f6f8),
            Paint::HoveredBox => Rgba::hex(0x00fd_f3d3),
            Paint::BoxLine => Rgba::hex(0x0079_8894),
        }
    }
}
