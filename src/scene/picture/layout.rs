//! Finding room: the map as large as it can be, with every block beside the land.

use super::blocks::{Block, Place, What};
use crate::geo::mask::LandMask;
use crate::geo::space::{GridRect, PagePoint, PageRect, PageSize};
use crate::scene::Camera;

/// Width and height of a block in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub width: f32,
    pub height: f32,
    /// Whether it may be made smaller, to leave room for the map.
    pub can_shrink: bool,
}

impl Size {
    pub const fn fixed(width: f32, height: f32) -> Self {
        Self { width, height, can_shrink: false }
    }
}

/// A way to look for room along the edges of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// The upper left corner and nowhere else.
    TopLeft,
    /// Down along the left edge.
    LeftDown,
    /// Up along the left edge.
    LeftUp,
    /// Down along the right edge.
    RightDown,
    /// Up along the right edge.
    RightUp,
    /// To the right along the lower edge.
    BottomLeft,
    /// To the left along the lower edge.
    BottomRight,
}

/// A map that has to be seen.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    pub fit: GridRect,
    pub mask: &'a LandMask,
    pub has_caption: bool,
}

/// What has to find room on a page.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub page: PageRect,
    pub margin: f32,
    pub scale: f32,
    pub cells: &'a [Cell<'a>],
    pub blocks: &'a [Block],
}

/// Where everything is.
#[derive(Debug)]
pub(super) struct Arrangement {
    /// Each map's part of the page and its camera.
    pub frames: Vec<(PageRect, Camera)>,
    /// The place of each block, in the order of the request.
    pub places: Vec<Option<Place>>,
    /// Whether a block covers land or has found no room at all.
    pub is_crowded: bool,
}

impl Arrangement {
    /// The place of a block, if it is all that was added to an arrangement: the maps and the other
    /// blocks are where they were.
    pub(super) fn place_added(&self, before: &Self, number: usize) -> Option<Place> {
        let mut others = self.places.clone();
        let added = (number < others.len()).then(|| others.remove(number))?;
        added.filter(|_| self.frames == before.frames && others == before.places)
    }
}

/// The ways to share out a page: how far the map is made smaller, how far blocks are that can be,
/// and how far from the middle the map stands, by how much one minds.
fn attempts() -> Vec<Attempt> {
    let maps = (0..=25u8).map(|step| 1.0 - 0.02 * f64::from(step));
    let blocks = [1.0f32, 0.9, 0.8, 0.7, 0.6];
    let across = [0.5, 0.6, 0.4, 0.7, 0.3, 0.85, 0.15, 1.0, 0.0];
    let down = [0.5, 0.75, 1.0, 0.25, 0.0];
    let mut all: Vec<Attempt> = maps
        .flat_map(|map| blocks.map(|block| (map, block)))
        .flat_map(|(map, block)| across.map(|across| (map, block, across)))
        .flat_map(|(map, block, across)| {
            down.map(|down| Attempt { map, block, across, down, may_cover: false })
        })
        .collect();
    let cost = |attempt: &Attempt| {
        (1.0 - attempt.map)
            + 0.3 * (1.0 - f64::from(attempt.block))
            + 0.2 * (attempt.across - 0.5).abs()
            + 0.02 * (attempt.down - 0.5).abs()
    };
    all.sort_by(|a, b| cost(a).total_cmp(&cost(b)));
    all
}

/// Finds room for everything: the largest map beside which all blocks fit. Where there is none,
/// blocks cover as little land as they can.
pub(super) fn arrange(request: &Request<'_>) -> Arrangement {
    if let Some(found) = attempts().iter().find_map(|attempt| attempt.arrange(request)) {
        return found;
    }
    let last = Attempt { map: 1.0, block: 0.8, across: 0.5, down: 0.5, may_cover: true };
    last.arrange(request).unwrap_or_else(|| Arrangement {
        frames: last.frames(request),
        places: request.blocks.iter().map(|_| None).collect(),
        is_crowded: true,
    })
}

/// One way to share out the page.
#[derive(Debug, Clone, Copy)]
struct Attempt {
    /// Size of the map as a share of the largest that fits.
    map: f64,
    /// Size of blocks that can shrink.
    block: f32,
    /// Where the map is in its room, from left to right and from top to bottom.
    across: f64,
    down: f64,
    /// Whether blocks may cover land.
    may_cover: bool,
}

impl Attempt {
    fn arrange(self, request: &Request<'_>) -> Option<Arrangement> {
        let frames = self.frames(request);
        let mut taken: Vec<PageRect> = captions(request, &frames);
        let gap = 12.0 * request.scale;
        let mut places = Vec::with_capacity(request.blocks.len());
        let mut is_crowded = false;
        for block in request.blocks {
            let shrink = if block.size.can_shrink { self.block } else { 1.0 };
            let size = (block.size.width * shrink, block.size.height * shrink);
            let is_free =
                |rect: &PageRect| !taken.iter().any(|other| other.grown(gap).overlaps(*rect));
            let covers = |rect: &PageRect| land_under(request, &frames, rect.grown(gap / 2.0));
            let room = request.page.grown(-request.margin);
            let mut options = block
                .edges
                .iter()
                .flat_map(|edge| slide(*edge, room, size, 6.0 * request.scale))
                .filter(is_free);
            let found = if self.may_cover {
                let land = |rect: PageRect| (covers(&rect), rect);
                options.map(land).min_by(|a, b| a.0.total_cmp(&b.0))
            } else {
                options.find(|rect| covers(rect) == 0.0).map(|rect| (0.0, rect))
            };
            let Some((land, rect)) = found else {
                if !self.may_cover {
                    return None;
                }
                is_crowded = true;
                places.push(None);
                continue;
            };
            is_crowded |= land > 0.0;
            // Blocks one under the other at the right edge begin at the same distance from it.
            let above = taken.iter().filter(|other| (other.right() - rect.right()).abs() < 0.5);
            let left = above.map(|other| other.x).filter(|x| *x < rect.x).reduce(f32::max);
            let aligned = left.map(|x| PageRect { x, ..rect });
            let aligned = aligned.filter(|rect| is_free(rect) && covers(rect) <= land);
            let rect = aligned.unwrap_or(rect);
            taken.push(rect);
            let metres_per_pixel = frames.first().map_or(1.0, |(_, c)| c.metres_per_pixel);
            let is_on_land = land > 0.0;
            places.push(Some(Place { rect, is_on_land, room: room.width, metres_per_pixel }));
        }
        Some(Arrangement { frames, places, is_crowded })
    }

    /// The maps: one fills the page behind everything; several stand in a grid below the title.
    fn frames(self, request: &Request<'_>) -> Vec<(PageRect, Camera)> {
        let inner = request.page.grown(-request.margin);
        let height_of = |wanted: &dyn Fn(&What) -> bool| {
            let blocks = request.blocks.iter().filter(|block| wanted(&block.what));
            blocks.map(|block| block.size.height + 20.0 * request.scale).sum::<f32>()
        };
        let below = height_of(&|what| matches!(what, What::Credit(_)));
        if let [cell] = request.cells {
            let room = PageRect { height: inner.height - below, ..inner };
            return vec![(request.page, self.camera(cell.fit, room))];
        }
        let above = height_of(&|what| matches!(what, What::Title { .. } | What::Legend(_)));
        let room = PageRect { y: inner.y + above, height: inner.height - above - below, ..inner };
        let gap = 14.0 * request.scale;
        let caption = caption_height(request);
        let frames = grid(room, request.cells, gap, caption).into_iter();
        let cameras = frames.zip(request.cells).map(|(frame, cell)| {
            let room = PageRect { y: frame.y + caption, height: frame.height - caption, ..frame };
            (frame, self.camera(cell.fit, room))
        });
        cameras.collect()
    }

    fn camera(self, fit: GridRect, room: PageRect) -> Camera {
        let size = PageSize::new(room.width, room.height);
        let mut camera = Camera::fit(fit, size, 0.0);
        camera.metres_per_pixel /= self.map;
        let scale = camera.metres_per_pixel;
        #[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
        let (w, h) = ((fit.width() / scale) as f32, (fit.height() / scale) as f32);
        #[expect(clippy::cast_possible_truncation, reason = "shares from 0 to 1")]
        let (across, down) = (self.across as f32, self.down as f32);
        camera.middle = PagePoint::new(
            room.x + (room.width - w) * across + w / 2.0,
            room.y + (room.height - h) * down + h / 2.0,
        );
        camera
    }
}

/// Room for a caption over each of several maps, in pixels.
pub(super) const CAPTION: f32 = 16.0;
pub(super) const SMALL_CAPTION: f32 = 12.0;

fn caption_height(request: &Request<'_>) -> f32 {
    let has_caption = request.cells.iter().any(|cell| cell.has_caption);
    if has_caption { (CAPTION + SMALL_CAPTION) * 1.25 * request.scale } else { 0.0 }
}

fn captions(request: &Request<'_>, frames: &[(PageRect, Camera)]) -> Vec<PageRect> {
    let height = caption_height(request);
    let has_caption = |(cell, _): &(&Cell<'_>, &(PageRect, Camera))| cell.has_caption;
    let captioned = request.cells.iter().zip(frames).filter(has_caption);
    captioned.map(|(_, (frame, _))| PageRect { height, ..*frame }).collect()
}

/// A grid of as many columns as makes the maps largest.
fn grid(room: PageRect, cells: &[Cell<'_>], gap: f32, caption: f32) -> Vec<PageRect> {
    #[expect(clippy::cast_precision_loss, reason = "a dozen maps")]
    let cell_size = |columns: usize| {
        let rows = cells.len().div_ceil(columns);
        let (columns, rows) = (columns as f32, rows as f32);
        let width = (room.width - gap * (columns - 1.0)) / columns;
        let height = (room.height - gap * (rows - 1.0)) / rows;
        (width.max(1.0), height.max(1.0))
    };
    let widest = cells.iter().map(|cell| cell.fit.width()).fold(1.0, f64::max);
    let tallest = cells.iter().map(|cell| cell.fit.height()).fold(1.0, f64::max);
    let closeness = |columns: &usize| {
        let (width, height) = cell_size(*columns);
        (f64::from(width) / widest).min(f64::from((height - caption).max(1.0)) / tallest)
    };
    let columns =
        (1..=cells.len()).max_by(|a, b| closeness(a).total_cmp(&closeness(b))).unwrap_or(1);
    let (width, height) = cell_size(columns);
    #[expect(clippy::cast_precision_loss, reason = "a dozen maps")]
    let place = |number: usize| PageRect {
        x: room.x + (number % columns) as f32 * (width + gap),
        y: room.y + (number / columns) as f32 * (height + gap),
        width,
        height,
    };
    (0..cells.len()).map(place).collect()
}

/// How much land that the maps are about lies under a part of the page, in square pixels.
fn land_under(request: &Request<'_>, frames: &[(PageRect, Camera)], rect: PageRect) -> f64 {
    let under = request.cells.iter().zip(frames).map(|(cell, (frame, camera))| {
        let left = PagePoint::new(rect.x.max(frame.x), rect.y.max(frame.y));
        let right =
            PagePoint::new(rect.right().min(frame.right()), rect.bottom().min(frame.bottom()));
        if left.x >= right.x || left.y >= right.y {
            return 0.0;
        }
        let part = GridRect::new(camera.grid_from_page(left), camera.grid_from_page(right));
        cell.mask.land_in(part) / (camera.metres_per_pixel * camera.metres_per_pixel)
    });
    under.sum()
}

/// Places for a block along an edge of a room, `step` pixels apart.
fn slide(
    edge: Edge,
    room: PageRect,
    (width, height): (f32, f32),
    step: f32,
) -> impl Iterator<Item = PageRect> {
    let (spare_x, spare_y) = (room.width - width, room.height - height);
    let (along, is_possible) = match edge {
        Edge::TopLeft => (0.0, true),
        Edge::BottomLeft | Edge::BottomRight => (spare_x, spare_x > -0.5 && spare_y > -0.5),
        _ => (spare_y, spare_x > -0.5 && spare_y > -0.5),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of steps")]
    let steps = (along.max(0.0) / step).floor() as u16;
    (0..=steps).filter(move |_| is_possible).map(move |number| {
        let moved = f32::from(number) * step;
        let (x, y) = match edge {
            Edge::TopLeft => (0.0, 0.0),
            Edge::LeftDown => (0.0, moved),
            Edge::LeftUp => (0.0, spare_y - moved),
            Edge::RightDown => (spare_x, moved),
            Edge::RightUp => (spare_x, spare_y - moved),
            Edge::BottomLeft => (moved, spare_y),
            Edge::BottomRight => (spare_x - moved, spare_y),
        };
        PageRect { x: room.x + x, y: room.y + y, width, height }
    })
}
