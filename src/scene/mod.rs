//! What is drawn, in page units, knowing no renderer.
//!
//! [`build`] makes a scene from an atlas and a view; the window and every export draw the same
//! items. Geometry is shared with the layer's level of detail and placed by a camera, so that
//! building a scene costs next to nothing.

mod build;
mod camera;
mod changes;
mod figures;
mod furniture;
mod hatch;
mod legend;
pub mod lineage;
pub mod lines;
mod names;
pub mod picture;
mod print;
mod view;

use std::sync::Arc;

pub use build::{build, region_fill};
pub use camera::Camera;
pub use changes::ChangeView;
pub use figures::{FigureView, in_words, number_with_unit};
pub use names::NameMemory;
pub use print::print;
pub use view::{Detail, Furniture, LineLayer, Lit, View, england, headline};

use crate::geo::level::Level;
pub use crate::geo::space::PageRect;
use crate::geo::space::{PagePoint, PageSize};
use crate::style::font::{ASCENT, DESCENT, LINE_HEIGHT, Weight, width};
use crate::style::theme::Paint;

/// A page with everything on it, from back to front.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Size of the page.
    pub size: PageSize,
    /// What it shows, in a line.
    pub title: String,
    /// The items, from back to front.
    pub items: Vec<Item>,
    /// Names in a window that can be taken hold of: the area and where its name is.
    pub names: Vec<(usize, PageRect)>,
    /// Whether a coarser or finer level stands in for one that is not made yet.
    pub is_provisional: bool,
}

impl Scene {
    /// The box around the texts and boxes of a part, if the scene has it.
    #[must_use]
    pub fn bounds_of(&self, part: Part) -> Option<PageRect> {
        let groups = self.items.iter().filter_map(|item| match item {
            Item::Group(group) if group.part == part => Some(group),
            _ => None,
        });
        let bounds = groups.flat_map(|group| &group.items).filter_map(|item| match item {
            Item::Rect { rect, .. } => Some(*rect),
            Item::Text(text) => Some(text.bounds()),
            _ => None,
        });
        bounds.reduce(PageRect::union)
    }

    /// All items, those of groups one by one, from back to front.
    pub fn flat(&self) -> impl Iterator<Item = &Item> {
        let mut waiting: Vec<&Item> = self.items.iter().rev().collect();
        std::iter::from_fn(move || {
            loop {
                match waiting.pop()? {
                    Item::Group(group) => waiting.extend(group.items.iter().rev()),
                    item => return Some(item),
                }
            }
        })
    }

    /// The texts on the page, from back to front.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.flat().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
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
    /// Lines of text.
    Text(Text),
    /// A picture from outside, such as a logo.
    Image {
        /// Where it is.
        rect: PageRect,
        /// The picture.
        image: Image,
    },
    /// Things that belong together.
    Group(Group),
}

/// Things that belong together and have a name where people edit a picture.
#[derive(Debug, Clone)]
pub struct Group {
    /// What they are.
    pub part: Part,
    /// The items, from back to front.
    pub items: Vec<Item>,
}

/// The parts of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Names, numbers and values on a map.
    Labels,
    /// Title and subtitle.
    Title,
    /// The colours and what they mean.
    Legend,
    /// Numbers on the map and whose they are.
    Key,
    /// The bar that tells lengths.
    ScaleBar,
    /// Source, licence and date.
    Credit,
    /// A logo.
    Logo,
    /// A part of the map at a larger scale.
    Inset,
}

impl Part {
    /// Its name, as a layer of a drawing is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Labels => "Labels",
            Self::Title => "Title",
            Self::Legend => "Legend",
            Self::Key => "Key",
            Self::ScaleBar => "Scale bar",
            Self::Credit => "Source",
            Self::Logo => "Logo",
            Self::Inset => "Inset",
        }
    }

    /// A group of items, if there are any.
    #[must_use]
    pub fn group(self, items: Vec<Item>) -> Option<Item> {
        (!items.is_empty()).then_some(Item::Group(Group { part: self, items }))
    }
}

/// A picture from outside: the bytes of a PNG, JPEG or SVG file.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file, as it was read.
    pub bytes: Arc<[u8]>,
    /// What kind of file it is.
    pub format: ImageFormat,
    /// Width divided by height.
    pub aspect: f32,
}

/// Kinds of picture files that can stand on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// Scalable Vector Graphics.
    Svg,
}

/// Lengths of a dash and of the gap after it, as multiples of the line's width.
pub const DASH: (f32, f32) = (4.0, 3.0);

/// A map: shapes in grid metres and the camera that places them.
#[derive(Debug, Clone)]
pub struct MapFrame {
    /// What it shows: `England`, `London`, an edition.
    pub name: String,
    /// The part of the page that it fills.
    pub rect: PageRect,
    /// Places grid metres on the page.
    pub camera: Camera,
    /// From back to front.
    pub shapes: Vec<Shape>,
    /// How many of them, from the back, are there whatever is selected, pointed at or lit up.
    pub ground: usize,
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

/// Lines of text that belong together.
#[derive(Debug, Clone)]
pub struct Text {
    /// A point on the first baseline; the others follow at a distance of
    /// [`LINE_HEIGHT`](crate::style::font::LINE_HEIGHT) font sizes.
    pub at: PagePoint,
    /// Which point that is.
    pub align: Align,
    /// The lines.
    pub lines: Vec<String>,
    /// Font size in pixels.
    pub size: f32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub paint: Paint,
    /// Colour of the halo that sets it off the map, if it has one.
    pub halo: Option<Paint>,
}

impl Text {
    /// How far down the page the baseline of each line is.
    pub fn baselines(&self) -> impl Iterator<Item = f32> {
        let (top, size) = (self.at.y, self.size);
        #[expect(clippy::cast_precision_loss, reason = "a text has a handful of lines")]
        (0..self.lines.len()).map(move |line| top + line as f32 * LINE_HEIGHT * size)
    }

    /// The box around the lines, from the top of tall letters to the bottom of those that hang.
    #[must_use]
    pub fn bounds(&self) -> PageRect {
        let wide = |line: &String| width(line, self.size, self.weight);
        let width = self.lines.iter().map(wide).fold(0.0, f32::max);
        let left = match self.align {
            Align::Start => 0.0,
            Align::Middle => width / 2.0,
            Align::End => width,
        };
        #[expect(clippy::cast_precision_loss, reason = "a text has a handful of lines")]
        let more = (self.lines.len().max(1) - 1) as f32 * LINE_HEIGHT;
        PageRect {
            x: self.at.x - left,
            y: self.at.y - ASCENT * self.size,
            width,
            height: (ASCENT + DESCENT + more) * self.size,
        }
    }
}
