//! The land around England, made to meet a finer English border without a gap.

use geo::{BooleanOps, Buffer, LineString, MultiLineString, MultiPolygon, Polygon};

use crate::geo::space::{Grid, Ring, Rings};
use crate::geo::topology::Topology;

/// How far the backdrop reaches under England along the land border, in metres: more than the
/// 500 m by which its lines are generalised.
const UNDERLAP_M: f64 = 1500.0;

/// The polygons of `neighbours`, Wales and Scotland, each with a strip of England along their
/// border, so that no sea shows between them and a more detailed England.
pub fn underlapped(topology: &Topology, england: usize, neighbours: &[usize]) -> Vec<Vec<Rings>> {
    let land = multi_polygon(&topology.polygons(england));
    neighbours
        .iter()
        .map(|&neighbour| {
            let both = [england, neighbour].map(|area| u32::try_from(area).ok());
            let shared =
                topology.arcs.iter().filter(|arc| both.iter().all(|area| arc.sides.contains(area)));
            let lines: Vec<_> = shared.map(|arc| LineString(arc.points.clone())).collect();
            let own = multi_polygon(&topology.polygons(neighbour));
            if lines.is_empty() {
                return rings(&own);
            }
            let strip = MultiLineString(lines).buffer(UNDERLAP_M).intersection(&land);
            rings(&own.union(&strip))
        })
        .collect()
}

/// Polygons of rings as geo has them.
pub fn multi_polygon(polygons: &[Rings]) -> MultiPolygon {
    let line = |ring: &Ring| LineString(ring.iter().chain(ring.first()).copied().collect());
    let polygon = |rings: &Rings| {
        let mut lines = rings.iter().map(line);
        Polygon::new(lines.next().unwrap_or(LineString(Vec::new())), lines.collect())
    };
    MultiPolygon(polygons.iter().map(polygon).collect())
}

/// Rings with the inside on the left and without closing points.
fn rings(shape: &MultiPolygon) -> Vec<Rings> {
    let open = |line: &LineString, is_exterior: bool| -> Ring {
        let mut ring: Vec<Grid> = line.0.clone();
        ring.pop();
        if (crate::geo::measure::ring_area(&ring) > 0.0) != is_exterior {
            ring.reverse();
        }
        ring
    };
    let polygon = |p: &Polygon| {
        let holes = p.interiors().iter().map(|hole| open(hole, false));
        std::iter::once(open(p.exterior(), true)).chain(holes).collect()
    };
    shape.0.iter().map(polygon).collect()
}
