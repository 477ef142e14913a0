//! The one function that decides what is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::{Detail, View, headline};
use super::{Item, MapFrame, PageRect, Part, Scene, Shape};
use super::{changes, furniture, hatch};
use crate::geo::level::{Level, Levels};
use crate::geo::space::{GridRect, PagePoint, overlap};
use crate::model::{BodyId, Register};
use crate::style::theme::{Fill, Paint, Theme};

/// Width of a border between regions, in pixels.
pub const REGION_WIDTH: f32 = 1.3;

/// Draws a view. The same view gives the same scene, once its level of detail is made.
#[must_use]
pub fn build(view: &View) -> Scene {
    let mut is_provisional = false;
    let mut items =
        vec![Item::Rect { rect: PageRect::of(view.size), fill: Paint::Sea, line: None }];
    let (scale, seen) = (view.camera.metres_per_pixel, view.camera.visible(view.size));
    let mut level_of = |levels: &Levels| -> Option<Arc<Level>> {
        match view.detail {
            Detail::Exact => Some(levels.at(scale)),
            Detail::Ready => {
                let ready = levels.ready(scale, seen);
                is_provisional |= !matches!(ready, Some((_, true)));
                ready.map(|(level, _)| level)
            }
        }
    };
    let page = PageRect::of(view.size);
    let level = match (&view.changes, view.swipe) {
        (Some(changes), Some(at)) => {
            // Both sides are drawn as they are by themselves, over the same ground.
            let [left, right] = changes::halves(page, at);
            let before = View {
                layer: changes.before.clone(),
                changes: None,
                figures: None, // they are of the areas of the later layer
                selection: Vec::new(),
                hovered: None,
                moved: BTreeMap::new(),
                ..view.clone()
            };
            let after = View { changes: None, ..view.clone() };
            let levels = [
                map(&before, left, &mut level_of, &mut items),
                map(&after, right, &mut level_of, &mut items),
            ];
            for (side, (view, rect)) in levels.iter().zip([(&before, left), (&after, right)]) {
                if let Some(level) = side {
                    let mut names = Vec::new();
                    furniture::labels(view, level, rect, &mut names);
                    items.extend(Part::Labels.group(names));
                }
            }
            changes::divider(changes, view, at, &mut items);
            None
        }
        _ => map(view, page, &mut level_of, &mut items),
    };
    items.extend(view.mark.map(|part| mark(view, part)));
    let names = furniture::add(view, level.as_deref(), &mut items);
    Scene { size: view.size, title: headline(&view.layer), items, names, is_provisional }
}

/// Draws the map of a view into a part of the page; returns the level that its names go by.
pub(super) fn map(
    view: &View,
    rect: PageRect,
    level_of: &mut impl FnMut(&Levels) -> Option<Arc<Level>>,
    items: &mut Vec<Item>,
) -> Option<Arc<Level>> {
    let seen = view.camera.visible(view.size);
    let mut shapes = Vec::new();
    backdrop(view, level_of, &mut shapes);
    let level = level_of(&view.layer.layer.levels);
    if let Some(level) = &level {
        areas(view, seen, level, &mut shapes);
        other_lines(view, seen, level_of, &mut shapes);
        borders(view, seen, level, None, &mut shapes);
        if let Some(changes) = &view.changes {
            changes::shapes(changes, view, &mut shapes);
        }
    }
    let ground = shapes.len();
    if let Some(level) = &level {
        if let Some(hovered) = view.hovered.filter(|area| !view.selection.contains(area)) {
            shapes.push(area_shape("hover", level, hovered, Paint::Hover));
            // What lies over the areas lies over this one too.
            other_lines(view, seen, level_of, &mut shapes);
            borders(view, seen, level, Some(&view.layer.outlines[hovered]), &mut shapes);
            if let Some(changes) = &view.changes {
                changes::shapes(changes, view, &mut shapes);
            }
        }
        selection(view, seen, level, &mut shapes);
    }
    for lit in &view.lit {
        let layer = &lit.layer.layer;
        if let Some(level) = level_of(&layer.levels) {
            shapes.push(area_shape(&lit.layer.names[lit.area], &level, lit.area, Paint::Lit));
            let arcs = lit.layer.outlines[lit.area].clone();
            shapes.push(line("lit", &level, arcs, Paint::LitLine, 2.0 * view.furniture.scale));
        }
    }
    let (name, camera) = (name_of(view), view.camera);
    items.push(Item::Map(MapFrame { name, rect, camera, shapes, ground }));
    level
}

/// What a map is called: the date of what it shows.
fn name_of(view: &View) -> String {
    let about = &view.layer.layer.about;
    about.edition.map_or_else(|| about.title.clone(), |edition| edition.title().to_owned())
}

/// The colour of an area of a view: that of its region, or in a comparison of what became of it.
pub(super) fn fill_of(view: &View, area: usize) -> Fill {
    if !view.is_subject(area) {
        return Fill::Pale;
    }
    match (&view.changes, &view.figures) {
        (Some(changes), _) => changes.fates.get(area).map_or(Fill::NoRegion, |f| Fill::Fate(*f)),
        (None, Some(figures)) => figures.fills.get(area).copied().unwrap_or(Fill::NoData),
        (None, None) => region_fill(&view.register, view.layer.regions[area]),
    }
}

/// The colour of an area: that of its region.
#[must_use]
pub fn region_fill(register: &Register, region: Option<BodyId>) -> Fill {
    let ods = region.and_then(|id| register.body(id).ods_code.as_ref());
    let number = ods.and_then(|ods| Theme::REGIONS.iter().position(|code| *code == ods.as_str()));
    number.and_then(|n| u8::try_from(n).ok()).map_or(Fill::NoRegion, Fill::Region)
}

fn backdrop(
    view: &View,
    level_of: &mut impl FnMut(&Levels) -> Option<Arc<Level>>,
    shapes: &mut Vec<Shape>,
) {
    let Some(backdrop) = &view.backdrop else { return };
    let Some(level) = level_of(&backdrop.levels) else { return };
    for (i, country) in backdrop.areas.iter().enumerate() {
        shapes.push(area_shape(&country.name, &level, i, Paint::Backdrop));
    }
    let seen = view.camera.visible(view.size);
    let arcs = (0u32..).zip(&backdrop.topology.arcs);
    let arcs = arcs.filter(|(_, arc)| overlap(arc.bounds, seen)).map(|(i, _)| i).collect();
    shapes.push(line(
        "backdrop-coast",
        &level,
        arcs,
        Paint::BackdropCoast,
        view.furniture.scale * 0.6,
    ));
}

fn areas(view: &View, seen: GridRect, level: &Arc<Level>, shapes: &mut Vec<Shape>) {
    let joined = &view.layer;
    for (i, area) in joined.layer.areas.iter().enumerate() {
        if !overlap(area.bounds, seen) {
            continue;
        }
        let id = if area.code.is_empty() { &joined.names[i] } else { &area.code };
        shapes.push(Shape::Area {
            id: id.clone(),
            title: joined.names[i].clone(),
            level: level.clone(),
            area: i,
            paint: Paint::Area(fill_of(view, i)),
            offset: (0.0, 0.0),
        });
    }
    hatch::shapes(view, seen, level, shapes);
}

/// Borders and coast: those of all areas, or `only` some arcs of them, in ascending order.
fn borders(
    view: &View,
    seen: GridRect,
    level: &Arc<Level>,
    only: Option<&[u32]>,
    shapes: &mut Vec<Shape>,
) {
    let is_wanted = |arc: &&u32| only.is_none_or(|only| only.binary_search(arc).is_ok());
    let lists = &view.layer.borders;
    let scale =
        view.furniture.scale * line_scale(view.camera.metres_per_pixel, view.furniture.scale);
    // White lines would be lost between light classes.
    let (inner_paint, inner_width) = match view.figures {
        Some(_) => (Paint::ClassBorder, 0.8),
        None => (Paint::InnerBorder, 1.1),
    };
    let (region_paint, region_width) =
        if view.region_lines && view.changes.is_none() && view.figures.is_none() {
            (Paint::RegionBorder, REGION_WIDTH)
        } else {
            (inner_paint, inner_width)
        };
    // Without the areas that the picture is about: how many of the sides of a border are of them.
    let sides = |arc: u32| {
        let sides = view.layer.layer.topology.arcs[arc as usize].sides;
        let is_subject = |side: &&u32| view.is_subject(**side as usize);
        let known = || sides.iter().flatten();
        (known().filter(is_subject).count(), known().count())
    };
    let (mut pale, mut edge) = (Vec::new(), Vec::new());
    for (id, arcs, paint, width) in [
        ("inner-borders", &lists.inner, inner_paint, inner_width),
        ("coast", &lists.outer, Paint::Coast, 0.7),
        ("region-borders", &lists.region, region_paint, region_width),
    ] {
        let visible =
            |arc: &&u32| !level.arc(**arc).is_empty() && overlap(level.arc_bounds(**arc), seen);
        let arcs = arcs.iter().filter(visible).filter(is_wanted);
        let mut arcs: Vec<u32> = arcs.copied().collect();
        if !view.subject.is_empty() {
            pale.extend(arcs.iter().filter(|arc| sides(**arc).0 == 0));
            edge.extend(arcs.iter().filter(|arc| sides(**arc) == (1, 2)));
            arcs.retain(|arc| sides(*arc).0 > 0 && sides(*arc) != (1, 2));
        }
        if !arcs.is_empty() {
            shapes.push(line(id, level, arcs, paint, width * scale));
        }
    }
    for (id, arcs, paint, width) in
        [("pale-borders", pale, Paint::PaleLine, 0.8), ("edge", edge, Paint::Coast, 1.2)]
    {
        if !arcs.is_empty() {
            shapes.push(line(id, level, arcs, paint, width * scale));
        }
    }
}

/// Lines of other areas, below the borders of the map's own.
fn other_lines(
    view: &View,
    seen: GridRect,
    level_of: &mut impl FnMut(&Levels) -> Option<Arc<Level>>,
    shapes: &mut Vec<Shape>,
) {
    for lines in &view.lines {
        let layer = &lines.layer.layer;
        let Some(level) = level_of(&layer.levels) else { continue };
        let visible =
            |arc: &u32| !level.arc(*arc).is_empty() && overlap(level.arc_bounds(*arc), seen);
        let arcs: Vec<u32> = lines.arcs.iter().copied().filter(visible).collect();
        if !arcs.is_empty() {
            let width = lines.width * view.furniture.scale;
            shapes.push(line(lines.id, &level, arcs, lines.paint, width));
        }
    }
}

/// Lines grow a little as one zooms in: from a map of England to a town they double.
#[expect(clippy::cast_possible_truncation, reason = "a factor between 1 and 2")]
fn line_scale(metres_per_pixel: f64, page_scale: f32) -> f32 {
    let closeness = 800.0 / (metres_per_pixel * f64::from(page_scale));
    (1.0 + closeness.log10().clamp(0.0, 2.0) * 0.5) as f32
}

/// The selection is lifted: a shadow below, its own colour again, a light casing and a dark
/// outline. It can be told without seeing colours.
fn selection(view: &View, seen: GridRect, level: &Arc<Level>, shapes: &mut Vec<Shape>) {
    let joined = &view.layer;
    let chosen =
        || view.selection.iter().copied().filter(|&i| overlap(joined.layer.areas[i].bounds, seen));
    let scale = view.furniture.scale;
    for i in chosen() {
        let mut shadow = area_shape("selection-shadow", level, i, Paint::Shadow);
        if let Shape::Area { offset, .. } = &mut shadow {
            *offset = (3.0 * scale, 4.0 * scale);
        }
        shapes.push(shadow);
    }
    for i in chosen() {
        shapes.push(area_shape("selection", level, i, Paint::Area(fill_of(view, i))));
    }
    let mut arcs: Vec<u32> = chosen().flat_map(|i| joined.outlines[i].iter().copied()).collect();
    arcs.sort_unstable();
    arcs.dedup();
    // Islands of a few pixels would drown in a thick outline.
    let speck_m = 12.0 * view.camera.metres_per_pixel * f64::from(scale);
    let is_speck = |arc: &u32| {
        let bounds = level.arc_bounds(*arc);
        let arc = level.arc(*arc);
        bounds.width().max(bounds.height()) < speck_m && arc.first() == arc.last()
    };
    let seen = arcs.into_iter().filter(|arc| !level.arc(*arc).is_empty());
    let (specks, arcs): (Vec<u32>, Vec<u32>) = seen.partition(is_speck);
    for (id, arcs, paint, width) in [
        ("selection-casing", arcs.clone(), Paint::Casing, 4.6),
        ("selection-outline", arcs, Paint::Selection, 2.0),
        ("selection-specks", specks, Paint::Selection, 0.7),
    ] {
        if !arcs.is_empty() {
            shapes.push(line(id, level, arcs, paint, width * scale));
        }
    }
}

/// A frame around a place, large enough to be seen.
fn mark(view: &View, part: GridRect) -> Item {
    const LEAST: f32 = 36.0;
    let (a, b) = (view.camera.page_from_grid(part.min()), view.camera.page_from_grid(part.max()));
    let middle = (f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y));
    let half = |length: f32| (length.abs() / 2.0 + 6.0).max(LEAST / 2.0);
    let (w, h) = (half(b.x - a.x), half(b.y - a.y));
    let corners = [(-w, -h), (w, -h), (w, h), (-w, h), (-w, -h)];
    let points = corners.map(|(x, y)| PagePoint::new(middle.0 + x, middle.1 + y)).to_vec();
    let width = 2.0 * view.furniture.scale;
    Item::Line { points, width, paint: Paint::Selection, dashed: true }
}

fn area_shape(title: &str, level: &Arc<Level>, area: usize, paint: Paint) -> Shape {
    let id = title.to_owned();
    Shape::Area { title: id.clone(), id, level: level.clone(), area, paint, offset: (0.0, 0.0) }
}

fn line(id: &'static str, level: &Arc<Level>, arcs: Vec<u32>, paint: Paint, width: f32) -> Shape {
    Shape::Borders { id, level: level.clone(), arcs, paint, width }
}
