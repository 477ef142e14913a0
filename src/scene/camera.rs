//! Where on the page a place is.

use crate::geo::space::{Grid, GridRect, PagePoint, PageSize};

/// Smallest and largest scale, in metres a pixel: a street and the British Isles.
const CLOSEST: f64 = 0.5;
const FARTHEST: f64 = 4000.0;

/// Places grid metres on a page of pixels. North is up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The place in the middle of the page.
    pub centre: Grid,
    /// Scale.
    pub metres_per_pixel: f64,
    /// The middle of the page.
    pub middle: PagePoint,
}

impl Camera {
    /// The camera that shows all of `bounds` on a page, with `margin` pixels around.
    #[must_use]
    pub fn fit(bounds: GridRect, size: PageSize, margin: f32) -> Self {
        let room = |pixels: f32| f64::from((pixels - 2.0 * margin).max(1.0));
        let scale = (bounds.width() / room(size.width)).max(bounds.height() / room(size.height));
        Self {
            centre: bounds.center(),
            metres_per_pixel: scale.clamp(CLOSEST, FARTHEST),
            middle: PagePoint::new(size.width / 2.0, size.height / 2.0),
        }
    }

    /// The point of the page where a place is.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
    pub fn page_from_grid(&self, p: Grid) -> PagePoint {
        let scale = 1.0 / self.metres_per_pixel;
        PagePoint {
            x: self.middle.x + ((p.x - self.centre.x) * scale) as f32,
            y: self.middle.y - ((p.y - self.centre.y) * scale) as f32,
        }
    }

    /// The place at a point of the page.
    #[must_use]
    pub fn grid_from_page(&self, p: PagePoint) -> Grid {
        Grid {
            x: self.centre.x + f64::from(p.x - self.middle.x) * self.metres_per_pixel,
            y: self.centre.y - f64::from(p.y - self.middle.y) * self.metres_per_pixel,
        }
    }

    /// The part of the grid that a page of this size shows.
    #[must_use]
    pub fn visible(&self, size: PageSize) -> GridRect {
        GridRect::new(
            self.grid_from_page(PagePoint::new(0.0, 0.0)),
            self.grid_from_page(PagePoint::new(size.width, size.height)),
        )
    }

    /// Width and height of a part of the grid on the page, in pixels.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "page units need no more than f32")]
    pub fn extent_of(&self, bounds: GridRect) -> (f32, f32) {
        let pixels = |metres: f64| (metres / self.metres_per_pixel) as f32;
        (pixels(bounds.width()), pixels(bounds.height()))
    }

    /// The camera `factor` times closer, with the place at `p` staying where it is.
    #[must_use]
    pub fn zoomed(mut self, factor: f64, p: PagePoint) -> Self {
        let held = self.grid_from_page(p);
        self.metres_per_pixel = (self.metres_per_pixel / factor).clamp(CLOSEST, FARTHEST);
        let moved = self.grid_from_page(p);
        self.centre =
            Grid { x: self.centre.x + held.x - moved.x, y: self.centre.y + held.y - moved.y };
        self
    }

    /// The camera after the map has been dragged by so many pixels.
    #[must_use]
    pub fn dragged(mut self, dx: f32, dy: f32) -> Self {
        self.centre.x -= f64::from(dx) * self.metres_per_pixel;
        self.centre.y += f64::from(dy) * self.metres_per_pixel;
        self
    }

    /// The same view on a page of another size: the middle stays in the middle.
    #[must_use]
    pub fn resized(mut self, size: PageSize) -> Self {
        self.middle = PagePoint::new(size.width / 2.0, size.height / 2.0);
        self
    }

    /// The same view on a page `factor` times as large.
    #[must_use]
    pub fn scaled(mut self, factor: f32) -> Self {
        self.metres_per_pixel /= f64::from(factor);
        self.middle = PagePoint::new(self.middle.x * factor, self.middle.y * factor);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let bounds =
            GridRect::new(Grid { x: 80_000.0, y: 5_000.0 }, Grid { x: 656_000.0, y: 658_000.0 });
        Camera::fit(bounds, PageSize::new(800.0, 600.0), 20.0)
    }

    #[test]
    fn there_and_back_again() {
        let camera = camera();
        for (x, y) in [(0.0, 0.0), (400.0, 300.0), (123.0, 567.0)] {
            let back = camera.page_from_grid(camera.grid_from_page(PagePoint::new(x, y)));
            assert!((back.x - x).abs() < 1e-3 && (back.y - y).abs() < 1e-3, "{back:?}");
        }
    }

    #[test]
    fn zooming_holds_the_place_under_the_pointer() {
        let (camera, p) = (camera(), PagePoint::new(700.0, 80.0));
        let closer = camera.zoomed(3.0, p);
        let (before, after) = (camera.grid_from_page(p), closer.grid_from_page(p));
        assert!((before.x - after.x).abs() < 1e-6 && (before.y - after.y).abs() < 1e-6);
        assert!((camera.metres_per_pixel / closer.metres_per_pixel - 3.0).abs() < 1e-9);
    }

    #[test]
    fn zooming_stops_at_both_ends() {
        let p = PagePoint::new(0.0, 0.0);
        assert!(camera().zoomed(1e12, p).metres_per_pixel >= CLOSEST);
        assert!(camera().zoomed(1e-12, p).metres_per_pixel <= FARTHEST);
    }
}
