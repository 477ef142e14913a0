//! Fonts, sizes and colours of the panels.

use std::sync::Arc;

use eframe::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin,
    RichText, Stroke, TextStyle, Theme, Visuals, vec2,
};

use crate::diag::Severity;
use crate::style::font;
use crate::style::theme::Rgba;

/// The family of bold text.
pub const BOLD: &str = "bold";

/// Colours of the panels by meaning, for light and dark.
#[derive(Debug, Clone, Copy)]
pub struct Tokens {
    pub panel: Color32,
    pub raised: Color32,
    pub text: Color32,
    pub quiet: Color32,
    pub link: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    pub line: Color32,
    pub warning: Color32,
    pub error: Color32,
}

/// The colour of a message.
pub fn severity_color(ctx: &Context, severity: Severity) -> Color32 {
    let tokens = tokens(ctx);
    match severity {
        Severity::Info => tokens.text,
        Severity::Warning => tokens.warning,
        Severity::Error => tokens.error,
    }
}

const fn rgb(hex: u32) -> Color32 {
    let Rgba { r, g, b, .. } = Rgba::hex(hex);
    Color32::from_rgb(r, g, b)
}

/// Colours of panels that are light, and of cards on the map, which always is.
pub const LIGHT: Tokens = Tokens {
    panel: rgb(0x00f7_f9fa),
    raised: rgb(0x00ff_ffff),
    text: rgb(0x0014_222e),
    quiet: rgb(0x0054_6470),
    link: rgb(0x0000_4f9e),
    accent: rgb(0x0000_5eb8),
    on_accent: rgb(0x00ff_ffff),
    line: rgb(0x00d5_dde2),
    warning: rgb(0x008a_5200),
    error: rgb(0x00b0_1030),
};

const DARK: Tokens = Tokens {
    panel: rgb(0x001b_232b),
    raised: rgb(0x0026_303a),
    text: rgb(0x00e8_edf1),
    quiet: rgb(0x00a3_b0ba),
    link: rgb(0x0084_c1ff),
    accent: rgb(0x001d_74c9),
    on_accent: rgb(0x00ff_ffff),
    line: rgb(0x0037_444f),
    warning: rgb(0x00f0_b85c),
    error: rgb(0x00ff_8f9f),
};

/// The colours of the theme that is on.
pub fn tokens(ctx: &Context) -> Tokens {
    if ctx.theme() == Theme::Dark { DARK } else { LIGHT }
}

/// Bold text.
pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).family(FontFamily::Name(BOLD.into()))
}

/// Sets up fonts, sizes and both themes, once.
pub fn set_up(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("inter", font::REGULAR), ("inter-bold", font::BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, name) in [
        (FontFamily::Proportional, "inter"),
        // Nothing here needs letters of one width.
        (FontFamily::Monospace, "inter"),
        (FontFamily::Name(BOLD.into()), "inter-bold"),
    ] {
        fonts.families.insert(family, vec![name.to_owned()]);
    }
    ctx.set_fonts(fonts);

    ctx.all_styles_mut(|style| {
        let bold = FontFamily::Name(BOLD.into());
        style.text_styles.insert(TextStyle::Body, FontId::proportional(13.5));
        style.text_styles.insert(TextStyle::Button, FontId::proportional(13.5));
        style.text_styles.insert(TextStyle::Small, FontId::proportional(11.5));
        style.text_styles.insert(TextStyle::Heading, FontId::new(19.0, bold));
        style.spacing.item_spacing = vec2(8.0, 5.0);
        style.spacing.button_padding = vec2(9.0, 4.0);
        style.spacing.interact_size.y = 24.0;
        style.spacing.window_margin = Margin::same(14);
        style.interaction.tooltip_delay = 0.3;
        // The map answers at once; a panel that fades would keep repainting.
        style.animation_time = 0.0;
    });
    ctx.set_visuals_of(Theme::Light, visuals(Visuals::light(), &LIGHT));
    ctx.set_visuals_of(Theme::Dark, visuals(Visuals::dark(), &DARK));
}

fn visuals(mut visuals: Visuals, tokens: &Tokens) -> Visuals {
    let corner = CornerRadius::same(5);
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.raised;
    visuals.extreme_bg_color = tokens.raised;
    visuals.faint_bg_color = tokens.raised;
    visuals.hyperlink_color = tokens.link;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.selection.bg_fill = tokens.accent;
    visuals.selection.stroke = Stroke::new(1.0, tokens.on_accent);
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, tokens.line);
    widgets.noninteractive.fg_stroke = Stroke::new(1.0, tokens.text);
    for widget in
        [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open]
    {
        widget.fg_stroke = Stroke::new(1.0, tokens.text);
        widget.corner_radius = corner;
    }
    widgets.inactive.weak_bg_fill = tokens.raised;
    widgets.inactive.bg_stroke = Stroke::new(1.0, tokens.line);
    widgets.hovered.bg_stroke = Stroke::new(1.0, tokens.accent);
    visuals
}
