//! What a person looks at: everything that a scene depends on.

use std::sync::Arc;

use super::{Camera, ChangeView};
use crate::geo::space::{Grid, GridRect, PageSize};
use crate::model::{BodyKind, JoinedLayer, Layer, Register};
use crate::style::theme::Paint;

/// Whether a scene may wait for its level of detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The right level, made if need be: for pictures.
    Exact,
    /// The nearest level that is made already: for a window that must not wait.
    Ready,
}

/// What stands beside the map.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each piece can be there or not, by itself")]
pub struct Furniture {
    /// Title at the top left.
    pub title: Option<String>,
    /// Line under the title.
    pub subtitle: Option<String>,
    /// Names in the areas.
    pub labels: bool,
    /// The colours and what they mean.
    pub legend: bool,
    /// A bar as long as a round number of kilometres.
    pub scale_bar: bool,
    /// Source and licence at the bottom.
    pub credit: bool,
    /// Size of text and lines as a multiple of the usual one.
    pub scale: f32,
}

impl Furniture {
    /// Names, legend and scale bar, as in the window.
    #[must_use]
    pub fn window() -> Self {
        Self { labels: true, legend: true, scale_bar: true, scale: 1.0, ..Self::default() }
    }

    /// Everything that a picture on a slide needs.
    #[must_use]
    pub fn picture(title: String, subtitle: Option<String>, scale: f32) -> Self {
        Self {
            title: Some(title),
            subtitle,
            labels: true,
            legend: true,
            scale_bar: true,
            credit: true,
            scale,
        }
    }
}

/// An area of another layer lit up on the map.
#[derive(Debug, Clone)]
pub struct Lit {
    /// The layer.
    pub layer: Arc<JoinedLayer>,
    /// The area.
    pub area: usize,
}

/// Lines of other areas over the map.
#[derive(Debug, Clone)]
pub struct LineLayer {
    /// Stable identifier.
    pub id: &'static str,
    /// What they are, for the legend.
    pub title: &'static str,
    /// The areas.
    pub layer: Arc<JoinedLayer>,
    /// Those of its arcs that are shown.
    pub arcs: Vec<u32>,
    /// Colour.
    pub paint: Paint,
    /// Width in pixels.
    pub width: f32,
}

/// All that a scene shows.
#[derive(Debug, Clone)]
pub struct View {
    /// Size of the page in pixels.
    pub size: PageSize,
    /// Place and scale.
    pub camera: Camera,
    /// The layer on show.
    pub layer: Arc<JoinedLayer>,
    /// Land around it.
    pub backdrop: Option<Arc<Layer>>,
    /// For the names of regions.
    pub register: Arc<Register>,
    /// Selected areas of the layer.
    pub selection: Vec<usize>,
    /// The area under the pointer.
    pub hovered: Option<usize>,
    /// Areas lit up from the panel.
    pub lit: Vec<Lit>,
    /// Lines of other areas.
    pub lines: Vec<LineLayer>,
    /// What differs from another layer.
    pub changes: Option<Arc<ChangeView>>,
    /// Where the other layer ends and this one begins, as a share of the page's width, when the two
    /// are shown side by side.
    pub swipe: Option<f32>,
    /// Whether borders of regions differ from other borders.
    pub region_lines: bool,
    /// A place that a message is about, to be framed.
    pub mark: Option<GridRect>,
    /// What stands beside the map.
    pub furniture: Furniture,
    /// Whether the scene may wait for its level of detail.
    pub detail: Detail,
}

impl View {
    /// A finished picture of a layer: all of it, with title, legend and source line.
    #[must_use]
    pub fn picture(
        size: PageSize,
        layer: Arc<JoinedLayer>,
        backdrop: Option<Arc<Layer>>,
        register: Arc<Register>,
        selection: Vec<usize>,
    ) -> Self {
        let scale = (size.width / 1920.0).min(size.height / 1080.0).max(0.4) * 1.5;
        let (title, subtitle) = match selection.as_slice() {
            [] => (headline(&layer), None),
            chosen => {
                let names: Vec<&str> = chosen.iter().map(|a| layer.names[*a].as_str()).collect();
                (names.join(" · "), Some(headline(&layer)))
            }
        };
        let bounds = layer.layer.bounds().unwrap_or_else(england);
        Self {
            size,
            camera: Camera::fit(bounds, size, 24.0 * scale),
            layer,
            backdrop,
            register,
            selection,
            hovered: None,
            lit: Vec::new(),
            lines: Vec::new(),
            changes: None,
            swipe: None,
            region_lines: true,
            mark: None,
            furniture: Furniture::picture(title, subtitle, scale),
            detail: Detail::Exact,
        }
    }
}

impl View {
    /// The same with what differs from another layer, and the title of that.
    #[must_use]
    pub fn with_changes(mut self, changes: Arc<ChangeView>) -> Self {
        self.furniture.title = Some(changes.headline(&self.layer));
        self.furniture.subtitle = Some(headline(&self.layer));
        Self { changes: Some(changes), ..self }
    }
}

/// What a picture of a layer is called: `Integrated care boards in England, July 2022`, or the
/// name of the file.
#[must_use]
pub fn headline(layer: &JoinedLayer) -> String {
    let about = &layer.layer.about;
    let Some(kind) = about.kind else { return about.title.clone() };
    let subject = match kind {
        BodyKind::Region => "NHS England regions".to_owned(),
        kind => format!("{} in England", kind.plural()),
    };
    match about.edition {
        Some(edition) => format!("{subject}, {}", edition.title()),
        None => subject,
    }
}

/// The box around England, in grid metres.
#[must_use]
pub fn england() -> GridRect {
    GridRect::new(Grid { x: 82_000.0, y: 5_000.0 }, Grid { x: 656_000.0, y: 658_000.0 })
}
