//! Levels of detail: what of a topology can be seen at a given scale.
//!
//! A level is a threshold over the weights that [`super::topology`] gave the points of each
//! arc, so neighbours keep the same border. Levels are powers of two of metres a pixel, made
//! when first asked for and kept: they stay small, for an arc of which nearly all can be seen is
//! that of the topology, and triangles are made of the areas that are looked at alone.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ::geo::{LineString, Polygon, TriangulateEarcut};
use rayon::prelude::*;

use super::space::{Grid, GridRect, Rings, overlap, union};
use super::strips::{Row, StripIndex};
use super::topology::{RingArcs, ShapeArcs, Topology, join};
use crate::parallel::once;

/// Number of levels: from one metre a pixel to 2,048.
const COUNT: usize = 12;

/// The levels of one topology, each made when first asked for.
#[derive(Debug)]
pub struct Levels {
    topology: Arc<Topology>,
    made: [OnceLock<Arc<Level>>; COUNT],
}

impl Levels {
    /// Levels of a topology, none of them made yet.
    #[must_use]
    pub fn new(topology: Arc<Topology>) -> Self {
        Self { topology, made: Default::default() }
    }

    /// The level to draw at a scale, made now if need be.
    pub fn at(&self, metres_per_pixel: f64) -> Arc<Level> {
        let index = level_index(metres_per_pixel);
        once(&self.made[index], || Arc::new(Level::build(&self.topology, index))).clone()
    }

    /// Whether two scales, in metres a pixel, have the same level.
    #[must_use]
    pub fn is_one(a: f64, b: f64) -> bool {
        level_index(a) == level_index(b)
    }

    /// The level to draw at a scale where only `seen` can be seen, or else the nearest one that
    /// has the triangles of all areas there; and whether it is the right one, with triangles
    /// enough for a step aside.
    pub fn ready(&self, metres_per_pixel: f64, seen: GridRect) -> Option<(Arc<Level>, bool)> {
        let wanted = level_index(metres_per_pixel);
        let made = (0..COUNT).filter_map(|i| self.made[i].get().map(|level| (i, level)));
        let made = made.filter(|(_, level)| level.is_prepared(seen));
        let (index, level) = made.min_by_key(|(i, _)| i.abs_diff(wanted))?;
        Some((level.clone(), index == wanted && level.is_prepared(surroundings(seen))))
    }

    /// Makes the level for a scale with all that a window needs of it that shows `seen`: after
    /// that it is [`Self::ready`], a step aside as well.
    pub fn prepare(&self, metres_per_pixel: f64, seen: GridRect) {
        let level = self.at(metres_per_pixel);
        level.index();
        level.triangulate(surroundings(seen));
    }
}

/// A box and half of itself more on each side.
fn surroundings(seen: GridRect) -> GridRect {
    let (min, max, across, up) = (seen.min(), seen.max(), seen.width() / 2.0, seen.height() / 2.0);
    GridRect::new(
        Grid { x: min.x - across, y: min.y - up },
        Grid { x: max.x + across, y: max.y + up },
    )
}

/// The coarsest level that is no coarser than the scale: what it leaves out covers less than
/// half a pixel.
fn level_index(metres_per_pixel: f64) -> usize {
    let exponent = metres_per_pixel.max(1.0).log2().floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 12")]
    let index = exponent as usize;
    index.min(COUNT - 1)
}

/// Triangles that fill an area.
#[derive(Debug, Default)]
pub struct AreaMesh {
    /// Corners, in grid metres.
    pub vertices: Vec<Grid>,
    /// Three indices into `vertices` a triangle.
    pub indices: Vec<u32>,
}

/// What of an arc can be seen at a scale.
#[derive(Debug)]
enum Kept {
    /// Nearly all: it is drawn as the topology has it.
    Whole,
    /// A range into the points of the level; empty where the arc is not seen.
    Points(Range<usize>),
}

/// A topology thinned out for one scale.
#[derive(Debug)]
pub struct Level {
    /// The scale it is made for.
    pub metres_per_pixel: f64,
    topology: Arc<Topology>,
    points: Vec<Grid>,
    arcs: Vec<Kept>,
    /// The rings of each area that are left: polygons, each an exterior and its holes.
    shapes: Vec<ShapeArcs>,
    index: OnceLock<StripIndex>,
    /// The box around each area at full detail; what has no polygon has none.
    boxes: Vec<Option<GridRect>>,
    /// The triangles of each area.
    meshes: Vec<OnceLock<AreaMesh>>,
}

impl Level {
    #[expect(clippy::cast_possible_truncation, reason = "at most 2^23")]
    fn build(topology: &Arc<Topology>, index: usize) -> Self {
        let metres_per_pixel = f64::from(1u32 << index);
        let pixel_m2 = metres_per_pixel * metres_per_pixel;
        // The finest level keeps every point: nothing is lost when one zooms in.
        let threshold = if index == 0 { 0.0 } else { (pixel_m2 / 2.0) as f32 };
        let shapes = topology.without_specks(pixel_m2);
        let mut seen = vec![false; topology.arcs.len()];
        for used in shapes.iter().flatten().flatten().flat_map(|ring| &ring.arcs) {
            seen[used.arc as usize] = true;
        }
        let mut points = Vec::new();
        let mut arcs = Vec::with_capacity(topology.arcs.len());
        for ((arc, weights), seen) in topology.arcs.iter().zip(topology.weights()).zip(seen) {
            let start = points.len();
            if seen {
                let weighed = arc.points.iter().zip(weights);
                points.extend(weighed.filter(|(_, w)| **w >= threshold).map(|(p, _)| *p));
            }
            // A copy that spares less than a quarter of the points is not worth its memory.
            let is_nearly_whole = (points.len() - start) * 4 > arc.points.len() * 3;
            arcs.push(if is_nearly_whole {
                points.truncate(start);
                Kept::Whole
            } else {
                Kept::Points(start..points.len())
            });
        }
        // It stays for as long as the layer does.
        points.shrink_to_fit();
        let boxes = (0..shapes.len()).map(|area| topology.bounds(area)).collect();
        let meshes = shapes.iter().map(|_| OnceLock::new()).collect();
        let (topology, index) = (topology.clone(), OnceLock::new());
        Self { metres_per_pixel, topology, points, arcs, shapes, index, boxes, meshes }
    }

    /// Points of an arc, both ends included; empty if it is not seen at this scale.
    #[must_use]
    pub fn arc(&self, arc: u32) -> &[Grid] {
        match &self.arcs[arc as usize] {
            Kept::Whole => &self.topology.arcs[arc as usize].points,
            Kept::Points(range) => &self.points[range.clone()],
        }
    }

    /// The arcs with their points and the areas on their sides.
    pub fn arcs(&self) -> impl Iterator<Item = (&[Grid], [Option<u32>; 2])> {
        (0..).zip(&self.topology.arcs).map(|(index, arc)| (self.arc(index), arc.sides))
    }

    /// The box around an arc at full detail.
    #[must_use]
    pub fn arc_bounds(&self, arc: u32) -> GridRect {
        self.topology.arcs[arc as usize].bounds
    }

    /// The box around an area at full detail, or `None` if it has no polygon.
    #[must_use]
    pub fn bounds(&self, area: usize) -> Option<GridRect> {
        self.boxes[area]
    }

    /// Number of points kept, each border counted once.
    #[must_use]
    pub fn point_count(&self) -> usize {
        self.arcs().map(|(points, _)| points.len()).sum()
    }

    /// The polygons of an area as they are seen at this scale.
    #[must_use]
    pub fn polygons(&self, area: usize) -> Vec<Rings> {
        self.polygons_where(area, |_| true)
    }

    /// Those polygons of an area that may reach into a box.
    #[must_use]
    pub fn polygons_in(&self, area: usize, seen: GridRect) -> Vec<Rings> {
        self.polygons_where(area, |polygon| {
            let arcs = polygon.iter().flat_map(|ring| &ring.arcs);
            let boxes = arcs.map(|used| self.arc_bounds(used.arc));
            boxes.reduce(union).is_some_and(|bounds| overlap(bounds, seen))
        })
    }

    fn polygons_where(
        &self,
        area: usize,
        is_wanted: impl Fn(&Vec<RingArcs>) -> bool,
    ) -> Vec<Rings> {
        let rings = |polygon: &Vec<RingArcs>| -> Rings {
            polygon
                .iter()
                .map(|ring| join(&ring.arcs, |arc| self.arc(arc)))
                .filter(|ring| ring.len() > 2)
                .collect()
        };
        let polygons = self.shapes[area].iter().filter(|polygon| is_wanted(polygon));
        polygons.map(rings).filter(|rings| !rings.is_empty()).collect()
    }

    /// The area that holds a point as the areas are seen at this scale.
    #[must_use]
    pub fn area_at(&self, p: Grid) -> Option<usize> {
        self.index().area_at(p, |arc| self.arc(arc))
    }

    /// The level line at a northing, for [`Self::area_in`].
    #[must_use]
    pub fn row(&self, y: f64) -> Row<'_> {
        self.index().row(y)
    }

    /// The area that holds the place at an easting on one of its rows.
    #[must_use]
    pub fn area_in(&self, row: &Row<'_>, x: f64) -> Option<usize> {
        row.area_at(x, |arc| self.arc(arc))
    }

    /// Whether any border crosses one of its rows between two eastings.
    #[must_use]
    pub fn is_crossed(&self, row: &Row<'_>, west: f64, east: f64) -> bool {
        row.is_crossed(west, east, |arc| self.arc(arc))
    }

    /// What answers where an area is, made when it is first asked for.
    pub fn index(&self) -> &StripIndex {
        once(&self.index, || StripIndex::build(&self.arcs().collect::<Vec<_>>()))
    }

    /// The triangles of an area, if they have been made.
    #[must_use]
    pub fn mesh(&self, area: usize) -> Option<&AreaMesh> {
        self.meshes[area].get()
    }

    /// Makes the triangles of the areas that reach into a box.
    pub fn triangulate(&self, seen: GridRect) {
        let areas: Vec<usize> = self.areas_in(seen).collect();
        areas.into_par_iter().with_max_len(1).for_each(|area| {
            once(&self.meshes[area], || triangulate(&self.polygons(area)));
        });
    }

    /// Whether the triangles of all areas that reach into a box have been made.
    fn is_prepared(&self, seen: GridRect) -> bool {
        self.areas_in(seen).all(|area| self.meshes[area].get().is_some())
    }

    fn areas_in(&self, seen: GridRect) -> impl Iterator<Item = usize> {
        let boxes = (0..).zip(&self.boxes);
        boxes.filter(move |(_, area)| area.is_some_and(|b| overlap(b, seen))).map(|(area, _)| area)
    }
}

fn triangulate(polygons: &[Rings]) -> AreaMesh {
    let mut mesh = AreaMesh::default();
    for rings in polygons {
        let mut closed = rings.iter().map(|ring| {
            let mut points = ring.clone();
            points.extend(ring.first());
            LineString(points)
        });
        let Some(exterior) = closed.next() else { continue };
        let raw = Polygon::new(exterior, closed.collect()).earcut_triangles_raw();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the reader's limits keep it below 2^32"
        )]
        let base = mesh.vertices.len() as u32;
        mesh.vertices.extend(raw.vertices.iter().map(|&[x, y]| Grid { x, y }));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the reader's limits keep it below 2^32"
        )]
        mesh.indices.extend(raw.triangle_indices.iter().map(|&i| base + i as u32));
    }
    mesh.vertices.shrink_to_fit();
    mesh.indices.shrink_to_fit();
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::polygons_area;

    fn wave(x: f64) -> Vec<Grid> {
        let x_at =
            |i: i32| if i == 0 || i == 400 { x } else { x + f64::from((i * 37) % 11) * 300.0 };
        (0..=400).map(|i| Grid { x: x_at(i), y: f64::from(i) * 500.0 }).collect()
    }

    /// Three neighbours with ragged borders in a frame of 300 by 200 km.
    fn columns() -> Topology {
        let column = |left: Option<f64>, right: Option<f64>| {
            let side = |x: Option<f64>, frame: f64| match x {
                Some(x) => wave(x),
                None => vec![Grid { x: frame, y: 0.0 }, Grid { x: frame, y: 200_000.0 }],
            };
            let mut ring = side(right, 300_000.0);
            ring.extend(side(left, 0.0).into_iter().rev());
            vec![vec![ring]]
        };
        Topology::build(&[
            column(None, Some(100_000.0)),
            column(Some(100_000.0), Some(200_000.0)),
            column(Some(200_000.0), None),
        ])
    }

    /// What the columns stand in.
    fn frame() -> GridRect {
        GridRect::new(Grid { x: 0.0, y: 0.0 }, Grid { x: 300_000.0, y: 200_000.0 })
    }

    #[test]
    fn no_gap_and_no_overlap_at_any_level() {
        let topology = Arc::new(columns());
        for index in 0..COUNT {
            let level = Level::build(&topology, index);
            let total: f64 = (0..3).map(|area| polygons_area(&level.polygons(area))).sum();
            assert!((total - 6e10).abs() < 1e-3, "level {index}: {total}");
        }
        let (fine, coarse) = (Level::build(&topology, 0), Level::build(&topology, 11));
        assert_eq!(fine.point_count(), topology.point_count());
        assert!(coarse.point_count() * 2 < fine.point_count());
    }

    #[test]
    fn the_last_polygon_of_an_area_never_vanishes() {
        let islet = vec![
            Grid { x: 0.0, y: 0.0 },
            Grid { x: 9.0, y: 0.0 },
            Grid { x: 9.0, y: 9.0 },
            Grid { x: 4.0, y: 9.5 },
            Grid { x: 0.0, y: 9.0 },
        ];
        let topology = Arc::new(Topology::build(&[vec![vec![islet]]]));
        let level = Level::build(&topology, COUNT - 1);
        assert!(polygons_area(&level.polygons(0)) > 30.0);
    }

    #[test]
    fn triangles_cover_the_area() {
        let level = Level::build(&Arc::new(columns()), 3);
        level.triangulate(frame());
        for area in 0..3 {
            let mesh = level.mesh(area).unwrap();
            let corner = |i: &u32| mesh.vertices[*i as usize];
            let filled: f64 = mesh
                .indices
                .chunks_exact(3)
                .map(|t| {
                    super::super::measure::cross(corner(&t[0]), corner(&t[1]), corner(&t[2])).abs()
                        / 2.0
                })
                .sum();
            let expected = polygons_area(&level.polygons(area));
            assert!((filled - expected).abs() < 1e-6 * expected, "{filled} of {expected}");
        }
    }

    #[test]
    fn the_nearest_level_stands_in_until_the_right_one_is_made() {
        let levels = Levels::new(Arc::new(columns()));
        assert!(levels.ready(100.0, frame()).is_none());
        levels.prepare(1000.0, frame());
        assert_eq!(levels.ready(100.0, frame()).map(|(_, exact)| exact), Some(false));
        levels.at(100.0);
        assert_eq!(levels.ready(100.0, frame()).map(|(_, exact)| exact), Some(false));
        levels.prepare(100.0, frame());
        assert_eq!(levels.ready(100.0, frame()).map(|(_, exact)| exact), Some(true));
    }

    #[test]
    fn triangles_are_made_of_what_is_seen_and_a_step_aside() {
        let levels = Levels::new(Arc::new(columns()));
        let around = |x: f64, reach: f64| {
            GridRect::new(Grid { x: x - reach, y: 9e4 }, Grid { x: x + reach, y: 1e5 })
        };
        levels.prepare(1000.0, frame());
        // The left column, and the middle one which begins half a window away.
        levels.prepare(100.0, around(80_000.0, 12_000.0));
        let made = |area| levels.at(100.0).mesh(area).is_some();
        assert_eq!([0, 1, 2].map(made), [true, true, false]);
        let at = |x| levels.ready(100.0, around(x, 1000.0)).unwrap();
        let told = [20_000.0, 150_000.0, 197_000.0].map(at).map(|(l, is)| (l.metres_per_pixel, is));
        assert_eq!(told, [(64.0, true), (64.0, true), (64.0, true)]);
        let (level, is_right) = at(250_000.0);
        assert_eq!((level.metres_per_pixel, is_right), (512.0, false));
    }

    #[test]
    fn an_arc_that_is_nearly_whole_is_not_copied() {
        let topology = Arc::new(columns());
        let fine = Level::build(&topology, 0);
        assert!(fine.points.is_empty());
        assert!(fine.arcs().zip(&topology.arcs).all(|((kept, _), arc)| kept == arc.points));
        let coarse = Level::build(&topology, 11);
        let (mut straight, mut waves) = (0, 0);
        for (kept, arc) in coarse.arcs.iter().zip(&topology.arcs) {
            match kept {
                Kept::Whole if arc.points.len() < 10 => straight += 1,
                Kept::Points(range) if range.len() * 4 <= arc.points.len() * 3 => waves += 1,
                Kept::Whole | Kept::Points(_) => panic!("{kept:?} of {}", arc.points.len()),
            }
        }
        assert_eq!((straight, waves), (4, 2));
    }
}
