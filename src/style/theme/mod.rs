//! Colours by meaning. Scenes name a [`Paint`]; only a [`Theme`] knows its colour.

mod themes;

use serde::{Deserialize, Serialize};

pub use themes::Background;
use themes::{Ground, Lines, fate};

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
    /// Black.
    pub const BLACK: Self = Self::hex(0);
    /// White.
    pub const WHITE: Self = Self::hex(0x00ff_ffff);

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

    /// Relative luminance, from 0 for black to 1 for white: WCAG 2.2.
    #[must_use]
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio to another opaque colour, from 1 to 21: WCAG 2.2.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour that is seen where this one lies over an opaque one.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let mix = |top: u8, bottom: u8| {
            let (top, bottom, a) = (u16::from(top), u16::from(bottom), u16::from(self.a));
            #[expect(clippy::cast_possible_truncation, reason = "a mean of two bytes is one")]
            let mixed = ((top * a + bottom * (255 - a) + 127) / 255) as u8;
            mixed
        };
        let (r, g, b) = (mix(self.r, below.r), mix(self.g, below.g), mix(self.b, below.b));
        Self { r, g, b, a: 255 }
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

/// What fills an area, and tells something of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fill {
    /// The region it is in, by its number in [`Theme::REGIONS`].
    Region(u8),
    /// It is in no region.
    NoRegion,
    /// It is not what the picture is about.
    Pale,
    /// What became of it.
    Fate(Fate),
    /// The class of its figure, by its number in the palette.
    Class(u8),
    /// It has no figure.
    NoData,
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
    /// An area.
    Area(Fill),
    /// Text on an area.
    InkOn(Fill),
    /// Halo around text on an area: it cuts lines off the text and is not seen otherwise.
    HaloOn(Fill),
    /// Hatching on an area.
    Hatching,
    /// Outline of what is not the picture's subject.
    PaleLine,
    /// Coast and outer border.
    Coast,
    /// Border between regions.
    RegionBorder,
    /// Border between areas of one region.
    InnerBorder,
    /// Border between areas that are coloured by a figure.
    ClassBorder,
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
    /// Land that moved from one area to another.
    MovedLine,
    /// A border that is no more.
    OldLine,
    /// Text.
    Ink,
    /// Text that stands back.
    QuietInk,
    /// Halo around text beside the areas.
    Halo,
    /// Line from a name to its area.
    Leader,
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

/// How a map looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Colours on a light page.
    #[default]
    Light,
    /// Colours on a dark page.
    Dark,
    /// Greys and hatching.
    Print,
    /// The blues of the NHS.
    #[serde(rename = "nhs-blue")]
    Nhs,
}

impl Style {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Print, Self::Nhs];

    /// Its name in recipes and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
            Self::Nhs => "nhs-blue",
        }
    }

    /// Its name in the menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Print => "Print",
            Self::Nhs => "NHS blue",
        }
    }
}

/// The colours of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    style: Style,
    ground: Ground,
    lines: Lines,
    regions: [Rgba; Self::REGIONS.len()],
    no_region: Rgba,
    pale: Rgba,
    classes: Vec<Rgba>,
}

impl Theme {
    /// ODS codes of the regions in the order of their colours: London, South West, South East,
    /// Midlands, East of England, North West, North East and Yorkshire.
    pub const REGIONS: [&str; 7] = ["Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"];

    /// The same theme with the colours of the classes of a figure.
    #[must_use]
    pub fn with_classes(self, classes: Vec<Rgba>) -> Self {
        Self { classes, ..self }
    }

    /// The colour of a paint.
    #[must_use]
    pub fn color(&self, paint: Paint) -> Rgba {
        let (ground, lines) = (&self.ground, &self.lines);
        match paint {
            Paint::Sea => ground.sea,
            Paint::Backdrop => ground.land,
            Paint::BackdropCoast | Paint::PaleLine => ground.land_coast,
            Paint::Area(fill) => self.fill(fill),
            Paint::InkOn(fill) => self.ink_on(fill),
            Paint::HaloOn(fill) => self.fill(fill).alpha(225),
            Paint::Hatching => ground.ink.alpha(80),
            Paint::Coast => lines.coast,
            Paint::RegionBorder => lines.region,
            Paint::InnerBorder => lines.inner,
            Paint::ClassBorder => Rgba::hex(0x0077_8591),
            Paint::CouncilLine => Rgba::hex(0x0063_1f6d),
            Paint::LocationLine => Rgba::hex(0x001f_4f8a),
            Paint::GroupLine => Rgba::hex(0x0064_4614),
            Paint::Hover => Rgba::WHITE.alpha(90),
            Paint::Shadow => Rgba::hex(0x000b_1a26).alpha(90),
            Paint::Casing => Rgba::WHITE,
            Paint::Selection => lines.selection,
            Paint::Lit => Rgba::WHITE.alpha(130),
            Paint::LitLine | Paint::MovedLine => Rgba::hex(0x00b0_1030),
            Paint::Ink => ground.ink,
            Paint::OldLine => Self::LIGHT.ground.ink,
            Paint::QuietInk | Paint::Leader => ground.quiet_ink,
            Paint::Halo => ground.sea.alpha(205),
            Paint::Plate => ground.plate,
            Paint::PlateLine => ground.plate_line,
            Paint::Link => Rgba::hex(0x005b_6b77),
            Paint::Box => Rgba::hex(0x00f3_f6f8),
            Paint::ChosenBox => Rgba::hex(0x00dc_e9f2),
            Paint::HoveredBox => Rgba::hex(0x00fd_f3d3),
            Paint::BoxLine => Rgba::hex(0x0079_8894),
        }
    }

    fn fill(&self, fill: Fill) -> Rgba {
        match fill {
            Fill::Region(n) => self.regions.get(usize::from(n)).copied().unwrap_or(self.no_region),
            Fill::NoRegion => self.no_region,
            Fill::Pale | Fill::NoData => self.pale,
            Fill::Fate(of) => fate(of, self.style),
            Fill::Class(n) => self.classes.get(usize::from(n)).copied().unwrap_or(self.no_region),
        }
    }

    /// Ink that can be read on an area: the dark one or white, whichever is clearer, and black
    /// where neither reaches a contrast of 4.5 to 1.
    fn ink_on(&self, fill: Fill) -> Rgba {
        let ground = self.fill(fill);
        let dark = Self::LIGHT.ground.ink;
        let clearest = |inks: &[Rgba]| {
            let contrast = |ink: &&Rgba| ink.contrast(ground);
            inks.iter().max_by(|a, b| contrast(a).total_cmp(&contrast(b))).copied()
        };
        if dark.contrast(ground) >= 4.5 {
            return dark;
        }
        clearest(&[Rgba::WHITE, Rgba::BLACK]).unwrap_or(dark)
    }
}
