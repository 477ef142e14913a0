//! What names have to know: the land under them, and what one frame of the window leaves for the
//! next.

use std::sync::{Arc, Weak};

use super::{Camera, View};
use crate::geo::level::Level;
use crate::geo::space::{Grid, PagePoint};
use crate::geo::strips::Row;
use crate::model::JoinedLayer;
use crate::style::label::{Ground, Land, Memory};

/// The land under a page with a map.
pub(super) struct MapLand<'a> {
    pub level: &'a Level,
    pub camera: &'a Camera,
}

impl MapLand<'_> {
    fn place(&self, x: f32, y: f32) -> Grid {
        self.camera.grid_from_page(PagePoint::new(x, y))
    }
}

impl Land for MapLand<'_> {
    type Row<'a>
        = Row<'a>
    where
        Self: 'a;

    fn row(&self, y: f32) -> Row<'_> {
        self.level.row(self.place(0.0, y).y)
    }

    fn on(&self, row: &Row<'_>, x: f32) -> Ground {
        self.level.area_in(row, self.place(x, 0.0).x).map_or(Ground::Open, Ground::Area)
    }

    fn is_even(&self, row: &Row<'_>, from: f32, to: f32) -> bool {
        !self.level.is_crossed(row, self.place(from, 0.0).x, self.place(to, 0.0).x)
    }
}

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
