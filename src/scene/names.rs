//! What one frame of the window leaves for the names of the next.

use std::sync::{Arc, Weak};

use super::View;
use crate::geo::level::Level;
use crate::model::JoinedLayer;
use crate::style::label::Memory;

/// The memory for the names of the layer and the scale that were drawn last.
#[derive(Debug, Default)]
pub struct NameMemory {
    layer: Weak<JoinedLayer>,
    /// The bits of the scales of level and camera, in metres a pixel.
    scales: [u64; 2],
    memory: Memory,
}

impl NameMemory {
    /// What is still true of a view that is drawn with a level.
    pub(super) fn of(&mut self, view: &View, level: &Level) -> &mut Memory {
        let layer = Arc::downgrade(&view.layer);
        let scales = [level.metres_per_pixel, view.camera.metres_per_pixel].map(f64::to_bits);
        if !self.layer.ptr_eq(&layer) {
            *self = Self { layer, scales, memory: Memory::default() };
        } else if self.scales != scales {
            self.scales = scales;
            self.memory.forget_blocks();
        }
        &mut self.memory
    }
}
