//! What was found out about names on one map and need not be found out again in each frame.

use rustc_hash::FxHashMap;

use super::breaks::Name;
use crate::geo::space::PagePoint;

/// Places nearer than this are the same place, in parts of a pixel.
const PARTS: f64 = 16.0;

/// Names broken into lines, and which blocks lie in their areas. At one scale that stays true
/// wherever the map is moved.
#[derive(Debug, Default)]
pub struct Memory {
    names: FxHashMap<usize, Name>,
    blocks: FxHashMap<Block, bool>,
}

/// A block of text on the land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Block {
    area: usize,
    /// Its middle from the origin of the map, in parts of a pixel.
    at: (i32, i32),
    /// The bits of half its width and height.
    half: (u32, u32),
    may_hang: bool,
}

impl Block {
    /// Around a place on the page, on which the origin of the map lies at `origin`.
    pub fn new(
        area: usize,
        at: PagePoint,
        origin: PagePoint,
        half: (f32, f32),
        may_hang: bool,
    ) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "beyond the type a conversion stops")]
        let part =
            |at: f32, origin: f32| ((f64::from(at) - f64::from(origin)) * PARTS).round() as i32;
        let at = (part(at.x, origin.x), part(at.y, origin.y));
        Self { area, at, half: (half.0.to_bits(), half.1.to_bits()), may_hang }
    }
}

impl Memory {
    /// The name of an area in all ways in which it may be broken.
    pub fn name(&mut self, area: usize, text: &str) -> Name {
        self.names.entry(area).or_insert_with(|| Name::new(text)).clone()
    }

    /// To be called when the scale is another one.
    pub fn forget_blocks(&mut self) {
        self.blocks.clear();
    }

    /// Whether a block lies in its area, if that is known.
    pub(super) fn lies_in(&self, block: &Block) -> Option<bool> {
        self.blocks.get(block).copied()
    }

    pub(super) fn note(&mut self, block: Block, lies_in: bool) {
        self.blocks.insert(block, lies_in);
    }
}
