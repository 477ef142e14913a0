//! The colours of regions and figures can be told apart, also without full colour vision, and
//! names can be read on those of regions.

use ics_atlas::style::palette::{Palette, PaletteKind, TOLD_APART};
use ics_atlas::style::theme::{Paint, Rgba, Theme};
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

fn regions() -> Vec<(&'static str, Rgba)> {
    let paints = (0u8..).zip(Theme::REGIONS);
    paints.map(|(n, code)| (code, Theme::LIGHT.color(Paint::Region(n)))).collect()
}

#[test]
fn any_two_regions_differ_by_ten_or_more() {
    let regions = regions();
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

#[test]
fn names_can_be_read_on_every_region() {
    /// Relative luminance, WCAG 2.2.
    fn luminance(color: Rgba) -> f32 {
        let c = linear(color);
        0.2126 * c.red + 0.7152 * c.green + 0.0722 * c.blue
    }
    let ink = luminance(Theme::LIGHT.color(Paint::Ink));
    let mut grounds = regions();
    let boxes = [Paint::Box, Paint::ChosenBox, Paint::HoveredBox];
    for paint in
        [Paint::Sea, Paint::Backdrop, Paint::NoRegion, Paint::Plate].into_iter().chain(boxes)
    {
        grounds.push(("ground", Theme::LIGHT.color(paint)));
    }
    for (name, ground) in &grounds {
        let contrast = (luminance(*ground) + 0.05) / (ink + 0.05);
        assert!(contrast >= 4.5, "{name}: {contrast}");
    }
    let quiet = luminance(Theme::LIGHT.color(Paint::QuietInk));
    for paint in [Paint::Sea].into_iter().chain(boxes) {
        let ground = luminance(Theme::LIGHT.color(paint));
        assert!((ground + 0.05) / (quiet + 0.05) >= 4.5, "quiet text on {paint:?}");
    }
}
