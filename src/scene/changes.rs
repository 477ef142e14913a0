//! What differs between two layers: colours by what became of an area, hatched land, old borders
//! in dashes, and the two side by side.

use std::sync::Arc;

use super::hatch::{Direction, across};
use super::view::View;
use super::{Align, Camera, Item, PageRect, Shape, furniture};
use crate::geo::apart::Others;
use crate::geo::space::{Grid, GridRect, PagePoint, Rings, bounds_of, overlap};
use crate::model::{Changes, JoinedLayer};
use crate::read::{Cancelled, Progress};
use crate::style::font::Weight;
use crate::style::theme::{Fate, Paint};

/// What a comparison shows over the later of two layers.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// The earlier layer.
    pub before: Arc<JoinedLayer>,
    /// How each area of the later layer came to be.
    pub fates: Vec<Fate>,
    /// Land that went from one area to another, in grid metres.
    pub moved: Vec<Rings>,
    /// Borders that are no more, in grid metres.
    pub old_lines: Vec<Vec<Grid>>,
}

impl ChangeView {
    /// Compares two layers by the shapes of their areas: all changes, and what of them is drawn.
    ///
    /// # Errors
    /// If it is cancelled.
    pub fn between(
        before: &Arc<JoinedLayer>,
        after: &JoinedLayer,
        progress: &Progress,
    ) -> Result<(Changes, Self), Cancelled> {
        let changes = Changes::between(before, after, || progress.go_on())?;
        let view = Self {
            before: before.clone(),
            fates: fates(&changes, after.layer.areas.len()),
            moved: changes.moved.iter().flat_map(|land| land.polygons.iter().cloned()).collect(),
            old_lines: old_lines(before, after, changes.tolerance_m),
        };
        progress.go_on()?;
        Ok((changes, view))
    }

    /// The title of a picture of the comparison with a later layer.
    #[must_use]
    pub fn headline(&self, after: &JoinedLayer) -> String {
        format!("What changed from {} to {}", title(&self.before), title(after))
    }
}

/// How each of the later areas came to be.
fn fates(changes: &Changes, areas: usize) -> Vec<Fate> {
    let mut fates = vec![Fate::Kept; areas];
    let mut set = |area: usize, fate: Fate| {
        if let Some(place) = fates.get_mut(area) {
            *place = fate;
        }
    };
    changes.new.iter().for_each(|area| set(area.index, Fate::New));
    for successor in changes.renamed.iter().chain(&changes.recoded) {
        set(successor.to.index, Fate::Relabelled);
    }
    let parts = changes.split.iter().flat_map(|split| &split.to);
    parts.for_each(|part| set(part.area.index, Fate::Part));
    changes.merged.iter().for_each(|merger| set(merger.to.index, Fate::Merged));
    fates
}

/// Borders between earlier areas that are no borders any more.
fn old_lines(before: &JoinedLayer, after: &JoinedLayer, tolerance_m: f64) -> Vec<Vec<Grid>> {
    let others = Others::new(after.layer.topology.arcs.iter().map(|arc| arc.points.as_slice()));
    let inner = before.layer.topology.arcs.iter().filter(|arc| !arc.is_outer());
    inner.flat_map(|arc| others.apart(&arc.points, tolerance_m)).collect()
}

/// Distance between the lines of a hatching, in pixels.
const HATCH: f32 = 5.0;
/// A piece of land smaller than this on the page gets a ring around it, in pixels.
const SPECK: f32 = 16.0;

/// Hatched land and old borders, as shapes of a map.
pub(super) fn shapes(changes: &ChangeView, view: &View, shapes: &mut Vec<Shape>) {
    let (camera, scale) = (&view.camera, view.furniture.scale);
    let seen = camera.visible(view.size);
    let is_seen = |bounds: Option<GridRect>| bounds.is_some_and(|bounds| overlap(bounds, seen));
    // Dashes on a line of tiny steps would run into one another.
    let page = |points: &[Grid]| {
        let mut line: Vec<PagePoint> = Vec::new();
        for (i, p) in points.iter().map(|p| camera.page_from_grid(*p)).enumerate() {
            let is_far = |last: &PagePoint| (p.x - last.x).hypot(p.y - last.y) > 2.0;
            if i + 1 == points.len() || line.last().is_none_or(is_far) {
                line.push(p);
            }
        }
        line
    };
    let old = changes.old_lines.iter().filter(|line| is_seen(bounds_of(*line)));
    let dashed: Vec<Vec<PagePoint>> = old.map(|line| page(line)).collect();
    let (mut hatched, mut outlines, mut rings) = (Vec::new(), Vec::new(), Vec::new());
    for piece in &changes.moved {
        let Some(bounds) = bounds_of(&piece[0]).filter(|bounds| is_seen(Some(*bounds))) else {
            continue;
        };
        hatched.extend(across(piece, camera, view.size, HATCH * scale, Direction::Up));
        for ring in piece {
            let closed: Vec<Grid> = ring.iter().chain(ring.first()).copied().collect();
            outlines.push(page(&closed));
        }
        rings.extend(circle(bounds, camera, SPECK * scale));
    }
    for (id, lines, paint, width, is_dashed) in [
        ("moved", hatched, Paint::MovedLine, 1.4, false),
        ("moved-outline", outlines, Paint::MovedLine, 1.4, false),
        ("moved-mark", rings, Paint::MovedLine, 1.6, false),
        ("old-borders", dashed, Paint::OldLine, 1.2, true),
    ] {
        if !lines.is_empty() {
            let width = width * scale;
            shapes.push(Shape::Strokes { id, lines, paint, width, dashed: is_dashed });
        }
    }
}

/// A ring around a place that is too small to be seen.
fn circle(bounds: GridRect, camera: &Camera, speck: f32) -> Option<Vec<PagePoint>> {
    let (a, b) = (camera.page_from_grid(bounds.min()), camera.page_from_grid(bounds.max()));
    if (b.x - a.x).abs().max((b.y - a.y).abs()) > speck {
        return None;
    }
    let (x, y) = (f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y));
    let radius = speck * 0.6;
    let point = |step: u8| {
        let angle = f32::from(step) * std::f32::consts::TAU / 32.0;
        PagePoint::new(x + radius * angle.cos(), y + radius * angle.sin())
    };
    Some((0..=32).map(point).collect())
}

/// The line between the two maps at a share of the page's width, and the name of each.
pub(super) fn divider(changes: &ChangeView, view: &View, at: f32, items: &mut Vec<Item>) {
    let scale = view.furniture.scale;
    let x = at * view.size.width;
    let ends = [0.0, view.size.height].map(|y| PagePoint::new(x, y)).to_vec();
    items.push(Item::Line {
        points: ends,
        width: 2.0 * scale,
        paint: Paint::Selection,
        dashed: false,
    });
    let size = 13.0 * scale;
    let y = view.size.height - 34.0 * scale;
    let names = [
        (x - 10.0 * scale, Align::End, title(&changes.before)),
        (x + 10.0 * scale, Align::Start, title(&view.layer)),
    ];
    for (x, align, name) in names {
        let mut name = furniture::text((x, y), align, &name, size, Weight::Bold, Paint::Ink);
        name.halo = Some(Paint::Halo);
        items.push(Item::Text(name));
    }
}

/// The date of a layer, or its title.
fn title(layer: &JoinedLayer) -> String {
    layer.edition().map_or_else(|| layer.layer.about.title.clone(), |e| e.title().to_owned())
}

/// The parts of a page on both sides of the line between two maps.
pub(super) fn halves(page: PageRect, at: f32) -> [PageRect; 2] {
    let left = (page.width * at).round();
    [
        PageRect { width: left, ..page },
        PageRect { x: page.x + left, width: page.width - left, ..page },
    ]
}

/// What the legend of a comparison lists: the fates that there are, and whether anything is hatched
/// or dashed.
pub(super) fn legend_fates(changes: &ChangeView) -> Vec<Fate> {
    Fate::ALL.into_iter().filter(|fate| changes.fates.contains(fate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::PageSize;

    fn camera() -> Camera {
        let size = PageSize::new(100.0, 100.0);
        let corner = |m| Grid { x: m, y: m };
        Camera::fit(GridRect::new(corner(0.0), corner(100.0)), size, 0.0)
    }

    #[test]
    fn a_ring_marks_what_is_too_small_to_see() {
        let place = |size: f64| {
            GridRect::new(Grid { x: 50.0, y: 50.0 }, Grid { x: 50.0 + size, y: 50.0 + size })
        };
        assert!(circle(place(2.0), &camera(), SPECK).is_some());
        assert!(circle(place(40.0), &camera(), SPECK).is_none());
    }

    #[test]
    fn the_halves_of_a_page_meet() {
        let page = PageRect { x: 0.0, y: 0.0, width: 801.0, height: 600.0 };
        let [left, right] = halves(page, 0.3);
        assert!((left.x + left.width - right.x).abs() < 1e-6);
        assert!((right.x + right.width - 801.0).abs() < 1e-3);
    }
}
