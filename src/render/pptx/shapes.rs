//! What stands on a slide, from the items of a scene.

use super::outline::{Frame, Outline};
use super::text::TextBox;
use crate::geo::space::PagePoint;
use crate::render::clip::Cut;
use crate::render::image::placed;
use crate::render::project;
use crate::render::xml::words;
use crate::scene::{Image, Item, MapFrame, PageRect, Part, Scene, Shape as Drawn};
use crate::style::theme::{Paint, Rgba, Theme};

/// A thing on a slide that can be selected.
#[derive(Debug)]
pub enum Node<'a> {
    /// Things that move together.
    Group(Group<'a>),
    /// A rectangle or freeform.
    Shape(Shape),
    /// A text box.
    Text(TextBox<'a>),
    /// The title of the slide, which outlines and screen readers look for.
    Title(TextBox<'a>),
    /// A picture.
    Picture(Frame, &'a Image),
}

impl Node<'_> {
    /// The box around it.
    pub fn frame(&self) -> Frame {
        match self {
            Self::Group(group) => group.frame,
            Self::Shape(Shape { geometry: Geometry::Rect(frame), .. })
            | Self::Picture(frame, _) => *frame,
            Self::Shape(Shape { geometry: Geometry::Path(outline), .. }) => outline.frame,
            Self::Text(text) | Self::Title(text) => text.frame,
        }
    }
}

/// Things that move together.
#[derive(Debug)]
pub struct Group<'a> {
    /// Its name in the list of what is on the slide.
    pub name: String,
    /// What it shows, for those who cannot see it.
    pub about: String,
    /// The box around all of it.
    pub frame: Frame,
    /// From back to front, at least one.
    pub nodes: Vec<Node<'a>>,
}

/// A rectangle or freeform.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the list of what is on the slide.
    pub name: String,
    /// What it is, for those who cannot see it.
    pub about: String,
    /// Where it is.
    pub geometry: Geometry,
    /// Its fill, if it has one.
    pub fill: Option<Rgba>,
    /// Its line, if it has one.
    pub line: Option<Line>,
}

/// Where a shape is.
#[derive(Debug)]
pub enum Geometry {
    /// A rectangle.
    Rect(Frame),
    /// Rings or lines.
    Path(Outline),
}

/// A line around or along a shape.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Colour.
    pub color: Rgba,
    /// Width in pixels.
    pub width: f32,
    /// Whether it is broken into dashes.
    pub is_dashed: bool,
    /// Whether it has round ends.
    pub is_round: bool,
}

/// A slide: the colour behind everything and what stands before it.
pub struct Slide<'a> {
    /// What a rectangle over the whole page behind everything else is filled with. As the
    /// background of the slide it is in nobody's way.
    pub background: Option<Rgba>,
    /// From back to front.
    pub nodes: Vec<Node<'a>>,
}

impl<'a> Slide<'a> {
    /// The slide of a scene.
    pub fn of(scene: &'a Scene, theme: &Theme) -> Self {
        let page = PageRect::of(scene.size);
        let (background, items) = match scene.items.split_first() {
            Some((Item::Rect { rect, fill, line: None }, rest)) if *rect == page => {
                (Some(theme.color(*fill)), rest)
            }
            _ => (None, scene.items.as_slice()),
        };
        let first = scene.flat().find_map(|item| match item {
            Item::Map(map) => Some(map.name.as_str()),
            _ => None,
        });
        let first = first.unwrap_or_default();
        Self { background, nodes: Builder { scene, theme, first }.nodes(items) }
    }
}

struct Builder<'a, 't> {
    scene: &'a Scene,
    theme: &'t Theme,
    /// Name of the first map.
    first: &'a str,
}

impl<'a> Builder<'a, '_> {
    fn nodes(&self, items: &'a [Item]) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        for item in items {
            match item {
                // A title cannot be part of a group.
                Item::Group(group) if group.part == Part::Title => {
                    nodes.extend(as_title(self.nodes(&group.items)));
                }
                Item::Group(group) => {
                    nodes.extend(grouped(group.part.name(), "", self.nodes(&group.items)));
                }
                Item::Map(map) => nodes.extend(self.map(map)),
                Item::Rect { rect, fill, line } => nodes.push(Node::Shape(Shape {
                    name: "Rectangle".to_owned(),
                    about: String::new(),
                    geometry: Geometry::Rect(Frame::of(*rect)),
                    fill: Some(self.theme.color(*fill)),
                    line: line.map(|paint| self.line(paint, 1.0, false, false)),
                })),
                Item::Line { points, width, paint, dashed } => {
                    let outline = Outline::of([points.clone()].into_iter(), false);
                    let line = self.line(*paint, *width, *dashed, false);
                    nodes.extend(freeform("Line", "", outline, None, Some(line)));
                }
                Item::Text(text) => nodes.push(Node::Text(TextBox::of(text))),
                Item::Image { rect, image } => {
                    nodes.push(Node::Picture(Frame::of(placed(*rect, image)), image));
                }
            }
        }
        nodes
    }

    fn map(&self, map: &'a MapFrame) -> Option<Node<'a>> {
        let shapes = map.shapes.iter().filter_map(|shape| self.shape(shape, map)).collect();
        grouped(&map.name, &self.scene.title, shapes)
    }

    fn shape(&self, shape: &Drawn, map: &MapFrame) -> Option<Node<'a>> {
        let cut = Cut::at(map.rect);
        match shape {
            Drawn::Area { id, title, level, area, paint, offset } => {
                let polygons = level.polygons(*area);
                let rings = polygons
                    .iter()
                    .flatten()
                    .map(|ring| cut.ring(project(ring, &map.camera).map(|p| moved(p, *offset))));
                let outline = Outline::of(rings, true);
                // An area that is on several maps has its own name on the first one only.
                let name = if map.name == self.first {
                    words(title).into_owned()
                } else {
                    format!("{} ({})", words(title), map.name)
                };
                freeform(&name, id, outline, Some(self.theme.color(*paint)), None)
            }
            Drawn::Borders { id, level, arcs, paint, width } => {
                let lines =
                    arcs.iter().flat_map(|arc| cut.line(project(level.arc(*arc), &map.camera)));
                let line = self.line(*paint, *width, false, true);
                freeform(&words(id), "", Outline::of(lines, false), None, Some(line))
            }
            Drawn::Strokes { id, lines, paint, width, dashed } => {
                let lines = lines.iter().flat_map(|line| cut.line(line.iter().copied()));
                let line = self.line(*paint, *width, *dashed, true);
                freeform(&words(id), "", Outline::of(lines, false), None, Some(line))
            }
        }
    }

    fn line(&self, paint: Paint, width: f32, is_dashed: bool, is_round: bool) -> Line {
        Line { color: self.theme.color(paint), width, is_dashed, is_round }
    }
}

fn moved(p: PagePoint, (x, y): (f32, f32)) -> PagePoint {
    PagePoint::new(p.x + x, p.y + y)
}

fn freeform<'a>(
    name: &str,
    about: &str,
    outline: Option<Outline>,
    fill: Option<Rgba>,
    line: Option<Line>,
) -> Option<Node<'a>> {
    let geometry = Geometry::Path(outline?);
    Some(Node::Shape(Shape {
        name: name.to_owned(),
        about: about.to_owned(),
        geometry,
        fill,
        line,
    }))
}

/// A group of some nodes, if there are any: an empty group is an error in the file.
fn grouped<'a>(name: &str, about: &str, nodes: Vec<Node<'a>>) -> Option<Node<'a>> {
    let frame = nodes.iter().map(Node::frame).reduce(Frame::with)?;
    Some(Node::Group(Group { name: name.to_owned(), about: about.to_owned(), frame, nodes }))
}

/// The same nodes, the first text being the title.
fn as_title(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut is_first = true;
    let title = |node| match node {
        Node::Text(text) if std::mem::take(&mut is_first) => Node::Title(text),
        node => node,
    };
    nodes.into_iter().map(title).collect()
}
