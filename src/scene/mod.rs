//! What is drawn, in page units, knowing no renderer.
//!
//! [`build`] makes a scene from an atlas and a view; the window and every export draw the same
//! items. Geometry is shared with the layer's level of detail and placed by a camera, so that
//! building a scene costs next to nothing.

mod build;
mod camera;
mod changes;
mod furniture;
pub mod lineage;
mod print;
mod view;

use std::sync::Arc;

pub use build::{area_paint, build};
pub use camera::Camera;
pub use changes::ChangeView;
pub use print::print;
pub use view::{Detail, Furniture, LineLayer, Lit, View, england, headline};

use crate::geo::level::Level;
use crate::geo::space::{PagePoint, PageSize};
use crate::style::font::Weight;
use crate::style::theme::Paint;

/// A page with everything on it, from back to front.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Size of the page.
    pub size: PageSize,
    /// The items, from back to front.
    pub items: Vec<Item>,
    /// Whether a coarser or finer level stands in for one that is not made yet.
    pub is_provisional: bool,
}

/// A rectangle on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl PageRect {
    /// The whole of a page.
    #[must_use]
    pub const fn of(size: PageSize) -> Self {
        Self { x: 0.0, y: 0.0, width: size.width, height: size.height }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(self, p: PagePoint) -> bool {
        (self.x..self.x + self.width).contains(&p.x)
            && (self.y..self.y + self.height).contains(&p.y)
    }
}

/// One thing on the page.
#[derive(Debug, Clone)]
pub enum Item {
    /// A map in a rectangle that cuts it off.
    Map(MapFrame),
    /// A filled rectangle, with a line around it if wanted.
    Rect {
        /// Where it is.
        rect: PageRect,
        /// Its fill.
        fill: Paint,
        /// Its outline, one pixel wide.
        line: Option<Paint>,
    },
    /// A line through some points.
    Line {
        /// The points, from one end to the other.
        points: Vec<PagePoint>,
        /// Line width in pixels.
        width: f32,
        /// Colour.
        paint: Paint,
        /// Whether it is broken into dashes.
        dashed: bool,
    },
    /// A line of text.
    Text(Text),
}

/// Lengths of a dash and of the gap after it, as multiples of the line's width.
pub const DASH: (f32, f32) = (4.0, 3.0);

/// A map: shapes in grid metres and the camera that places them.
#[derive(Debug, Clone)]
pub struct MapFrame {
    /// The part of the page that it fills.
    pub rect: PageRect,
    /// Places grid metres on the page.
    pub camera: Camera,
    /// From back to front.
    pub shapes: Vec<Shape>,
}

/// A part of a map.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A filled area.
    Area {
        /// Stable identifier: the code of the area, or what it is.
        id: String,
        /// The area's name.
        title: String,
        /// Geometry.
        level: Arc<Level>,
        /// Which area of the level.
        area: usize,
        /// Fill.
        paint: Paint,
        /// Moved on the page by this much, for shadows.
        offset: (f32, f32),
    },
    /// Borders, each arc stroked once.
    Borders {
        /// What they are.
        id: &'static str,
        /// Geometry.
        level: Arc<Level>,
        /// The arcs.
        arcs: Vec<u32>,
        /// Colour.
        paint: Paint,
        /// Line width in pixels.
        width: f32,
    },
    /// Lines that are not borders of a level, on the page.
    Strokes {
        /// What they are.
        id: &'static str,
        /// The lines, each from one end to the other.
        lines: Vec<Vec<PagePoint>>,
        /// Colour.
        paint: Paint,
        /// Line width in pixels.
        width: f32,
        /// Whether they are broken into dashes.
        dashed: bool,
    },
}

/// How a text lies to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The point is at the left end of the baseline.
    Start,
    /// The point is in the middle of the baseline.
    Middle,
    /// The point is at the right end of the baseline.
    End,
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Text {
    /// A point on the baseline.
    pub at: PagePoint,
    /// Which point that is.
    pub align: Align,
    /// The text.
    pub text: String,
    /// Font size in pixels.
    pub size: f32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub paint: Paint,
    /// Whether a light halo sets it off the map.
    pub halo: bool,
}
