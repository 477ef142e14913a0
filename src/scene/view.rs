//! What a person looks at: everything that a scene depends on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::names::NameMemory;
use super::{Camera, ChangeView, FigureView};
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

/// What stands on and beside the map in a window.
#[derive(Debug, Clone)]
pub struct Furniture {
    /// Names in the areas.
    pub labels: bool,
    /// The colours and what they mean.
    pub legend: bool,
    /// A bar as long as a round number of kilometres.
    pub scale_bar: bool,
    /// Source and licence, under what is on show.
    pub credit: Option<String>,
    /// Size of text and lines as a multiple of the usual one.
    pub scale: f32,
}

impl Furniture {
    /// Names, legend and scale bar, as in the window.
    #[must_use]
    pub const fn window() -> Self {
        Self { labels: true, legend: true, scale_bar: true, credit: None, scale: 1.0 }
    }

    /// All of it with the source, as large as a room of people needs it on a screen of a size in
    /// pixels.
    #[must_use]
    pub fn presenting(screen: PageSize, credit: String) -> Self {
        let scale = (screen.width / 1280.0).min(screen.height / 720.0).clamp(1.2, 4.0);
        Self { credit: Some(credit), scale, ..Self::window() }
    }

    /// Nothing, for a page that has its own.
    #[must_use]
    pub const fn none(scale: f32) -> Self {
        Self { labels: false, legend: false, scale_bar: false, credit: None, scale }
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

impl LineLayer {
    fn is_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layer, &other.layer)
            && self.arcs == other.arcs
            && (self.paint, self.width) == (other.paint, other.width)
    }
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
    /// The areas that it is all about; the others are pale. All of them if it is empty.
    pub subject: Vec<usize>,
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
    /// A figure by which the areas are coloured.
    pub figures: Option<Arc<FigureView>>,
    /// Where the other layer ends and this one begins, as a share of the page's width, when the two
    /// are shown side by side.
    pub swipe: Option<f32>,
    /// Whether borders of regions differ from other borders.
    pub region_lines: bool,
    /// Whether regions are hatched besides being coloured, for greys.
    pub hatched: bool,
    /// A place that a message is about, to be framed.
    pub mark: Option<GridRect>,
    /// Where a person has put the middles of names, by area, in grid metres.
    pub moved: BTreeMap<usize, Grid>,
    /// What stands beside the map.
    pub furniture: Furniture,
    /// Whether the scene may wait for its level of detail.
    pub detail: Detail,
    /// What is known from the frame before. It makes no difference to what is drawn.
    pub names: Arc<Mutex<NameMemory>>,
}

impl View {
    /// All of a layer on a page, with nothing beside it, in full detail.
    #[must_use]
    pub fn new(
        size: PageSize,
        layer: Arc<JoinedLayer>,
        backdrop: Option<Arc<Layer>>,
        register: Arc<Register>,
    ) -> Self {
        let bounds = layer.layer.bounds().unwrap_or_else(england);
        Self {
            size,
            camera: Camera::fit(bounds, size, 24.0),
            layer,
            backdrop,
            register,
            subject: Vec::new(),
            selection: Vec::new(),
            hovered: None,
            lit: Vec::new(),
            lines: Vec::new(),
            changes: None,
            figures: None,
            swipe: None,
            region_lines: true,
            hatched: false,
            mark: None,
            moved: BTreeMap::new(),
            furniture: Furniture::none(1.0),
            detail: Detail::Exact,
            names: Arc::default(),
        }
    }

    /// The same without what comes and goes: selection, pointer, marks and furniture.
    #[must_use]
    pub fn ground(&self) -> Self {
        Self {
            selection: Vec::new(),
            hovered: None,
            lit: Vec::new(),
            mark: None,
            furniture: Furniture::none(self.furniture.scale),
            ..self.clone()
        }
    }

    /// Whether the land has the same colours and lines as that of another view, wherever each of
    /// the two is and whatever is selected on it.
    #[must_use]
    pub fn has_ground_of(&self, other: &Self) -> bool {
        // Whoever adds a field is asked by the compiler whether the land depends on it.
        let Self {
            layer,
            backdrop,
            register,
            subject,
            lines,
            changes,
            figures,
            swipe,
            region_lines,
            hatched,
            furniture,
            size: _,
            camera: _,
            selection: _,
            hovered: _,
            lit: _,
            mark: _,
            moved: _,
            detail: _,
            names: _,
        } = self;
        Arc::ptr_eq(layer, &other.layer)
            && is_one(backdrop.as_ref(), other.backdrop.as_ref())
            && Arc::ptr_eq(register, &other.register)
            && *subject == other.subject
            && lines.len() == other.lines.len()
            && lines.iter().zip(&other.lines).all(|(own, other)| own.is_like(other))
            && is_one(changes.as_ref(), other.changes.as_ref())
            && is_one(figures.as_ref(), other.figures.as_ref())
            && *swipe == other.swipe
            && *region_lines == other.region_lines
            && *hatched == other.hatched
            && furniture.scale.to_bits() == other.furniture.scale.to_bits()
    }

    /// Whether an area is what the picture is about.
    #[must_use]
    pub fn is_subject(&self, area: usize) -> bool {
        self.subject.is_empty() || self.subject.contains(&area)
    }
}

/// Whether both are the same thing, or both nothing.
fn is_one<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
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
