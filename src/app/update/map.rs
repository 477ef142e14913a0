//! Moving the map.

use crate::app::action::MapAction;
use crate::app::state::{FIT_MARGIN, State};
use crate::geo::space::{Grid, GridRect, PagePoint, PageSize, union};
use crate::scene::{Camera, england};

impl State {
    pub(super) fn update_map(&mut self, action: MapAction) {
        match action {
            MapAction::Resize(size) => self.resize(size),
            MapAction::ZoomAt(factor, p) => self.move_camera(self.camera.zoomed(factor, p)),
            MapAction::Zoom(factor) => {
                self.move_camera(self.camera.zoomed(factor, self.camera.middle));
            }
            MapAction::DragStart => self.drag_from = Some(self.camera),
            MapAction::DragTo(dx, dy) => {
                let from = *self.drag_from.get_or_insert(self.camera);
                self.move_camera(from.dragged(dx, dy));
            }
            MapAction::Pan(dx, dy) => self.move_camera(self.camera.dragged(dx, dy)),
            MapAction::Fit => self.fit_all(),
            MapAction::FitSelection => self.fit_selection(),
            MapAction::Point(p) => self.point(p),
        }
    }

    pub(super) fn move_camera(&mut self, camera: Camera) {
        self.camera = camera;
        self.is_camera_moved = true;
    }

    /// A map that shows everything goes on doing so; another keeps its middle. While presenting,
    /// it grows with its room.
    fn resize(&mut self, size: PageSize) {
        let before = std::mem::replace(&mut self.size, size);
        if self.is_camera_moved {
            self.camera = self.camera.resized(size);
            if self.is_presenting() {
                let factor = f64::from(size.height / before.height);
                self.camera = self.camera.zoomed(factor, self.camera.middle);
            }
        } else {
            self.fit_all();
        }
    }

    pub(super) fn fit_all(&mut self) {
        let bounds = self.layer.layer.bounds().unwrap_or_else(england);
        self.camera = Camera::fit(bounds, self.size, FIT_MARGIN);
        self.is_camera_moved = false;
    }

    pub(super) fn fit_selection(&mut self) {
        let areas = &self.layer.layer.areas;
        let lit = self.focus.map(|body| self.areas_of(body)).unwrap_or_default();
        let lit = lit.iter().map(|lit| lit.layer.layer.areas[lit.area].bounds);
        let boxes = self.selection.iter().map(|area| areas[*area].bounds).chain(lit);
        match boxes.reduce(union) {
            Some(bounds) => self.show_bounds(bounds),
            None => self.fit_all(),
        }
    }

    /// Moves the map to a place, close enough to see around it.
    pub(super) fn show_place(&mut self, place: Grid) {
        let closer = self.camera.metres_per_pixel.min(60.0);
        self.move_camera(Camera { centre: place, metres_per_pixel: closer, ..self.camera });
    }

    /// Shows a box as large as possible, with room around.
    pub(super) fn show_bounds(&mut self, bounds: GridRect) {
        let margin = self.size.width.min(self.size.height) * 0.12;
        self.move_camera(Camera::fit(bounds, self.size, margin));
    }

    /// Moves what is in the middle of the map into its upper half, at half the size.
    pub(super) fn make_room_below(&mut self) {
        let camera = self.camera.zoomed(0.5, self.camera.middle);
        self.move_camera(camera.dragged(0.0, -self.size.height * 0.24));
    }

    /// Moves the map only if less than half of the box can be seen.
    pub(super) fn reveal(&mut self, bounds: GridRect) {
        let seen = self.camera.visible(self.size);
        let middle = bounds.center();
        let is_seen = (seen.min().x..seen.max().x).contains(&middle.x)
            && (seen.min().y..seen.max().y).contains(&middle.y);
        if !is_seen {
            self.fit_selection();
        }
    }

    fn point(&mut self, p: Option<PagePoint>) {
        self.pointer = p;
        self.hovered = p.and_then(|p| self.layer.layer.area_at(self.camera.grid_from_page(p)));
    }
}
