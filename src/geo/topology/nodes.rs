//! Where borders meet: points of rings with three neighbours or more.
//!
//! A hash map over all points of a large file waits for memory at nearly every step. So the points
//! are first sorted into places that fit the processor's cache, which are then looked at side by
//! side.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::geo::space::Grid;

/// Points nearer than this are the same point, in metres.
const SNAP_M: f64 = 0.01;

/// About so many points belong to a place.
const POINTS_PER_PLACE: usize = 4096;

/// Side of the squares that a place is made of, as a power of two of centimetres: 655 metres, so
/// that a ring stays in one for a while.
const SQUARE_BITS: u32 = 16;

/// A point on the grid of one centimetre within which two points are the same: the easting in the
/// upper half, the northing in the lower one, in the order of the plane.
pub(super) type Key = u64;

#[expect(clippy::cast_possible_truncation, reason = "beyond the type a conversion stops")]
#[expect(clippy::cast_sign_loss, reason = "the sign bit is turned over: the order stays")]
fn key(p: Grid) -> Key {
    // As `round`, which is a call for most processors.
    let whole = |m: f64| ((m / SNAP_M + 0.5f64.copysign(m)) as i32 as u32) ^ (1 << 31);
    (u64::from(whole(p.x)) << 32) | u64::from(whole(p.y))
}

/// The keys of the points of many rings.
pub(super) struct Keys {
    /// Ring after ring, each with its last key before it and its first one after it: so every
    /// point has its neighbours beside it.
    keys: Vec<Key>,
    /// Where each ring's own keys begin; at last, where those of one more would.
    starts: Vec<usize>,
}

/// The distinct neighbours of a point over all rings; its own key where there is none yet. A
/// third one makes the point a node.
struct Neighbours {
    first: Key,
    second: Key,
    is_node: bool,
}

impl Neighbours {
    fn add(&mut self, own: Key, neighbour: Key) {
        if neighbour == self.first || neighbour == self.second {
            return;
        }
        if self.first == own {
            self.first = neighbour;
        } else if self.second == own {
            self.second = neighbour;
        } else {
            self.is_node = true;
        }
    }
}

/// Positions of some rings, sorted by place.
struct Sorted {
    /// Where each place begins; one more than there are places.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Sorted {
    fn at(&self, place: usize) -> &[u32] {
        &self.positions[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

impl Keys {
    /// Keys of rings of a point or more each, together fewer than four thousand million points.
    pub fn of(rings: &[&[Grid]]) -> Self {
        let mut starts = Vec::with_capacity(rings.len() + 1);
        let mut next = 1;
        for ring in rings {
            starts.push(next);
            next += ring.len() + 2;
        }
        starts.push(next);
        let mut keys: Vec<Key> = vec![0; next - 1];
        let mut slots = Vec::with_capacity(rings.len());
        let mut rest = keys.as_mut_slice();
        for ring in rings {
            let (slot, others) = rest.split_at_mut(ring.len() + 2);
            slots.push(slot);
            rest = others;
        }
        slots.into_par_iter().zip(rings).with_max_len(1).for_each(|(slot, ring)| {
            let n = ring.len();
            for (slot, point) in slot[1..].iter_mut().zip(*ring) {
                *slot = key(*point);
            }
            slot[0] = slot[n];
            slot[n + 1] = slot[1];
        });
        Self { keys, starts }
    }

    /// The keys of a ring.
    pub fn ring(&self, ring: usize) -> &[Key] {
        &self.keys[self.starts[ring]..self.starts[ring + 1] - 2]
    }

    /// The nodes: number of the ring and position in it, in their order.
    pub fn nodes(&self) -> Vec<(usize, usize)> {
        let places = (self.keys.len() / POINTS_PER_PLACE).clamp(1, 4096);
        let parts = self.parts(8);
        let sorted: Vec<Sorted> =
            parts.into_par_iter().map(|rings| self.sorted(rings, places)).collect();
        let nodes = (0..places).into_par_iter().map_init(FxHashMap::default, |points, place| {
            points.clear();
            self.nodes_among(sorted.iter().flat_map(|part| part.at(place)).copied(), points)
        });
        let mut nodes: Vec<u32> = nodes.flatten_iter().collect();
        nodes.par_sort_unstable();
        let mut ring = 0;
        let in_ring = |position: u32| {
            let position = position as usize;
            while self.starts[ring + 1] <= position {
                ring += 1;
            }
            (ring, position - self.starts[ring])
        };
        nodes.into_iter().map(in_ring).collect()
    }

    /// Rings that follow each other, in about so many parts of like size.
    fn parts(&self, count: usize) -> Vec<std::ops::Range<usize>> {
        let size = self.keys.len() / count + 1;
        let rings = self.starts.len() - 1;
        let mut parts = Vec::with_capacity(count);
        let mut first = 0;
        for ring in 0..rings {
            if self.starts[ring + 1] - self.starts[first] >= size || ring + 1 == rings {
                parts.push(first..ring + 1);
                first = ring + 1;
            }
        }
        parts
    }

    /// The positions of some rings by place, by counting first.
    #[expect(clippy::cast_possible_truncation, reason = "positions fit, as `of` says")]
    fn sorted(&self, rings: std::ops::Range<usize>, places: usize) -> Sorted {
        let of_ring = |ring: usize| self.starts[ring]..self.starts[ring + 1] - 2;
        let mut starts = vec![0u32; places + 1];
        for position in rings.clone().flat_map(of_ring) {
            starts[place(self.keys[position], places) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut positions = vec![0u32; starts[places] as usize];
        for position in rings.flat_map(of_ring) {
            let slot = &mut next[place(self.keys[position], places)];
            positions[*slot as usize] = position as u32;
            *slot += 1;
        }
        Sorted { starts, positions }
    }

    /// The positions of nodes among those of one place; `points` is empty to begin with.
    fn nodes_among(
        &self,
        positions: impl Iterator<Item = u32> + Clone,
        points: &mut FxHashMap<Key, Neighbours>,
    ) -> Vec<u32> {
        let mut has_nodes = false;
        for position in positions.clone() {
            let [before, own, after] = *self.around(position);
            let new = Neighbours { first: own, second: own, is_node: false };
            let point = points.entry(own).or_insert(new);
            point.add(own, before);
            point.add(own, after);
            has_nodes |= point.is_node;
        }
        let is_node = |position: &u32| points[&self.around(*position)[1]].is_node;
        if has_nodes { positions.filter(is_node).collect() } else { Vec::new() }
    }

    /// The keys before, at and after a position.
    fn around(&self, position: u32) -> &[Key; 3] {
        let at = position as usize;
        self.keys[at - 1..].first_chunk().unwrap_or(&[0; 3])
    }
}

/// The place of a point: all points of a square are in the same one.
fn place(key: Key, places: usize) -> usize {
    let square = ((key >> (32 + SQUARE_BITS)) << 32) | ((key & 0xffff_ffff) >> SQUARE_BITS);
    // The upper bits of a product with the golden ratio are spread evenly (Knuth, "The art of
    // computer programming", volume 3, section 6.4).
    let spread = square.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ((spread * places as u64) >> 32) as usize
}
