//! The colours of regions and figures can be told apart, also without full colour vision, and
//! names can be read on those of regions.

use ics_atlas::style::palette::{Palette, PaletteKind, TOLD_APART};
use ics_atlas::style::theme::{Background, Fate, Fill, Paint, Rgba, Style, Theme};
use palette::color_difference::Ciede2000;
use palette::{FromColor, Lab, LinSrgb, Srgb};

type Matrix = [[f32; 3]; 3];

/// Full dichromacy in linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.0.
const VISIONS: [(&str, Matrix); 4] = [
    ("normal vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn linear(color: Rgba) -> LinSrgb<f32> {
    Srgb::new(color.r, color.g, color.b).into_format::<f32>().into_linear()
}

fn seen(color: Rgba, matrix: &Matrix) -> Lab {
    let c = linear(color);
    let row = |m: &[f32; 3]| (m[0] * c.red + m[1] * c.green + m[2] * c.blue).clamp(0.0, 1.0);
    Lab::from_color(LinSrgb::new(row(&matrix[0]), row(&matrix[1]), row(&matrix[2])))
}

fn regions(theme: &Theme) -> Vec<(&'static str, Rgba)> {
    let paints = (0u8..).zip(Theme::REGIONS);
    paints.map(|(n, code)| (code, theme.color(Paint::Area(Fill::Region(n))))).collect()
}

/// Regions that share a border: London, South West, South East, Midlands, East of England, North
/// West, North East and Yorkshire are Y56 and Y58 to Y63.
const NEIGHBOURS: [(&str, &str); 10] = [
    ("Y56", "Y59"),
    ("Y56", "Y61"),
    ("Y58", "Y59"),
    ("Y58", "Y60"),
    ("Y59", "Y60"),
    ("Y59", "Y61"),
    ("Y60", "Y61"),
    ("Y60", "Y62"),
    ("Y60", "Y63"),
    ("Y62", "Y63"),
];

#[test]
fn regions_that_touch_differ_by_ten_or_more_in_every_coloured_style() {
    for style in [Style::Light, Style::Dark, Style::Nhs] {
        let regions = regions(&Theme::of(style));
        let of = |code: &str| regions.iter().find(|(other, _)| *other == code).unwrap().1;
        for (vision, matrix) in &VISIONS {
            for (a, b) in NEIGHBOURS {
                let difference = seen(of(a), matrix).difference(seen(of(b), matrix));
                assert!(difference >= 10.0, "{style:?}: {a} and {b} with {vision}: {difference}");
            }
        }
    }
}

#[test]
fn any_two_regions_differ_by_ten_or_more() {
    let regions = regions(&Theme::LIGHT);
    for (vision, matrix) in &VISIONS {
        for (i, (a, first)) in regions.iter().enumerate() {
            for (b, second) in &regions[i + 1..] {
                let difference = seen(*first, matrix).difference(seen(*second, matrix));
                assert!(difference >= 10.0, "{a} and {b} with {vision}: {difference}");
            }
        }
    }
}

/// The least CIEDE2000 distance between any two colours, over all visions.
fn least_difference(colors: &[Rgba]) -> f32 {
    let mut least = f32::INFINITY;
    for (_, matrix) in &VISIONS {
        for (i, first) in colors.iter().enumerate() {
            for second in &colors[i + 1..] {
                least = least.min(seen(*first, matrix).difference(seen(*second, matrix)));
            }
        }
    }
    least
}

#[test]
fn any_two_classes_of_a_figure_can_be_told_apart() {
    for palette in Palette::ALL {
        for n in 2..=9 {
            // Nine shades of one colour are more than there is room for at the usual distance.
            let wanted = if n <= 7 { TOLD_APART } else { 4.5 };
            let n = palette.most().map_or(n, |most| most.min(n));
            let least = least_difference(&palette.colors(n));
            assert!(least >= wanted, "{} with {n} classes: {least}", palette.name);
        }
    }
    for kind in [PaletteKind::Sequential, PaletteKind::Diverging, PaletteKind::Qualitative] {
        assert!(Palette::of_kind(kind).count() >= 3, "{kind:?}");
    }
}

/// Contrast ratio, WCAG 2.2.
fn contrast(a: Rgba, b: Rgba) -> f32 {
    let luminance = |color: Rgba| {
        let c = linear(color);
        0.2126 * c.red + 0.7152 * c.green + 0.0722 * c.blue
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_can_be_read_in_every_style_and_on_every_background() {
    let fills = (0..7).map(Fill::Region).chain(Fate::ALL.map(Fill::Fate)).chain([
        Fill::NoRegion,
        Fill::Pale,
        Fill::NoData,
    ]);
    let fills: Vec<Fill> = fills.collect();
    for (style, background) in
        Style::ALL.iter().flat_map(|style| Background::ALL.map(|background| (*style, background)))
    {
        let theme = Theme::of(style).on(background);
        for fill in &fills {
            let (ink, area) = (theme.color(Paint::InkOn(*fill)), theme.color(Paint::Area(*fill)));
            let found = contrast(ink, area);
            assert!(found >= 4.5, "{style:?} on {background:?}, {fill:?}: {found}");
        }
        for (ink, ground) in [
            (Paint::Ink, Paint::Sea),
            (Paint::Ink, Paint::Backdrop),
            (Paint::Ink, Paint::Plate),
            (Paint::QuietInk, Paint::Sea),
            (Paint::QuietInk, Paint::Plate),
            (Paint::QuietInk, Paint::Backdrop),
        ] {
            let found = contrast(theme.color(ink), theme.color(ground));
            assert!(found >= 4.5, "{style:?} on {background:?}, {ink:?} on {ground:?}: {found}");
        }
    }
    for paint in [Paint::Box, Paint::ChosenBox, Paint::HoveredBox] {
        for ink in [Paint::Ink, Paint::QuietInk] {
            let found = contrast(Theme::LIGHT.color(ink), Theme::LIGHT.color(paint));
            assert!(found >= 4.5, "{ink:?} on {paint:?}: {found}");
        }
    }
}
