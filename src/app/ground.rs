//! The ground of the map as one picture, which moves along while the map is dragged and is
//! stretched while it is zoomed.
//!
//! Land and borders are thousands of triangles. A graphics card draws them in no time; without
//! one, each frame of a drag would take several times as long as it may. The ground as it is at a
//! scale is drawn once, a little larger than the window, by the other cores; until it is there, and
//! where it does not reach, triangles are drawn.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::geo::space::{PagePoint, PageRect, PageSize};
use crate::render::png;
use crate::scene::{self, Detail, Scene, View};
use crate::style::theme::Theme;

/// How far the picture reaches over the edges of the map, in points.
const MARGIN: f32 = 192.0;
/// What must be left of that, or else the next picture is drawn.
const LEAST: f32 = 96.0;
/// How far a picture may be stretched or shrunk while one zooms and the next is not there yet.
const STRETCH: RangeInclusive<f64> = 0.5..=3.0;
/// How far it is stretched or shrunk before the next one is drawn while the scale still changes: it
/// comes before this one is stretched too far.
const STRAIN: RangeInclusive<f64> = 0.8..=1.5;
/// How long the first frame waits for its picture: no longer than all the triangles would take.
const FIRST_WAIT: Duration = Duration::from_millis(30);
/// Largest picture, in pixels: that of a screen with 3,000 by 2,000. It takes 32 MB.
const LARGEST: f32 = 8e6;

/// What a picture of the ground shows.
#[derive(Clone)]
struct Subject {
    view: View,
    theme: Theme,
    pixels_per_point: f32,
}

impl Subject {
    /// Whether both have the same land in the same colours at the same scale.
    fn is_like(&self, other: &Self) -> bool {
        let scale = |of: &Self| of.view.camera.metres_per_pixel.to_bits();
        self.has_land_of(other) && scale(self) == scale(other)
    }

    /// Whether both have the same land in the same colours, at whatever scale.
    fn has_land_of(&self, other: &Self) -> bool {
        self.view.has_ground_of(&other.view)
            && self.pixels_per_point.to_bits() == other.pixels_per_point.to_bits()
            && self.theme == other.theme
    }

    /// With more land around.
    fn widened(&self) -> Self {
        let mut view = self.view.ground();
        let PageSize { width, height } = view.size;
        view.size = PageSize::new(width + 2.0 * MARGIN, height + 2.0 * MARGIN);
        view.camera = view.camera.resized(view.size);
        // The level has been made. Of the land around there may be no triangles; it takes none.
        view.detail = Detail::Exact;
        Self { view, ..self.clone() }
    }

    fn draw(&self) -> Option<ColorImage> {
        let scene = scene::build(&self.view);
        // The sea is opaque and under everything, so straight and premultiplied colours are one.
        let picture = png::picture(&scene, &self.theme, self.pixels_per_point).ok()?;
        let size = [picture.width as usize, picture.height as usize];
        Some(ColorImage::from_rgba_premultiplied(size, &picture.rgba))
    }

    /// Draws it on the other cores, and wakes the window afterwards, if there is one.
    fn draw_beside(&self, window: &Arc<OnceLock<Context>>) -> Receiver<Option<ColorImage>> {
        let (sender, receiver) = channel();
        let (subject, window) = (self.clone(), window.clone());
        rayon::spawn(move || {
            let image = catch_unwind(AssertUnwindSafe(|| subject.draw())).ok().flatten();
            // The window may be gone by now.
            let _ = sender.send(image);
            if let Some(ctx) = window.get() {
                ctx.request_repaint();
            }
        });
        receiver
    }
}

/// A picture of the ground, ready to be shown.
struct Sheet {
    subject: Subject,
    texture: TextureHandle,
}

impl Sheet {
    /// How much larger than it is the picture has to be for a view.
    fn factor(&self, view: &View) -> f64 {
        self.subject.view.camera.metres_per_pixel / view.camera.metres_per_pixel
    }

    /// Where the picture lies on the page of a view, in points, if it reaches over all edges by
    /// `margin` points.
    fn place_on(&self, view: &View, margin: f32) -> Option<PageRect> {
        let own = &self.subject.view;
        let factor = self.factor(view);
        let corner = own.camera.grid_from_page(PagePoint::new(0.0, 0.0));
        let PagePoint { x, y } = view.camera.page_from_grid(corner);
        #[expect(clippy::cast_possible_truncation, reason = "it is about one")]
        let stretched = |side: f32| side * factor as f32;
        let (width, height) = (stretched(own.size.width), stretched(own.size.height));
        let air = [-x, -y, x + width - view.size.width, y + height - view.size.height];
        let reaches = STRETCH.contains(&factor) && air.iter().all(|air| *air >= margin);
        reaches.then_some(PageRect { x, y, width, height })
    }
}

/// The picture of the ground that lies under a scene.
#[derive(Clone, Copy)]
pub struct Under<'a> {
    /// The picture, on the graphics card or what stands in for it.
    pub texture: &'a TextureHandle,
    /// Where the picture lies on the scene's page, in points.
    pub place: PageRect,
    /// Whether a pixel of the picture is to be one of the screen; else it is stretched.
    pub is_sharp: bool,
}

/// The picture of the ground, and the next one that is being drawn.
#[derive(Default)]
pub struct Ground {
    sheet: Option<Sheet>,
    drawing: Option<(Subject, Receiver<Option<ColorImage>>)>,
    /// What the frame before showed.
    before: Option<Subject>,
    /// Whether a picture could not be drawn: then none will be.
    has_failed: bool,
    /// The window, which may come after its first picture has been begun.
    window: Arc<OnceLock<Context>>,
}

impl Ground {
    /// Begins the picture for the first frame of a window that is still being made.
    pub fn begun(view: &View, theme: Theme) -> Self {
        // A screen with finer pixels needs another one, and will ask for it.
        let wanted = Subject { view: view.clone(), theme, pixels_per_point: 1.0 };
        let mut ground = Self::default();
        if !scene::build(view).is_provisional {
            ground.begin(wanted.widened());
        }
        ground
    }

    /// Whether a picture is being drawn.
    pub fn is_drawing(&self) -> bool {
        self.drawing.is_some()
    }

    /// The picture that shows the ground of a view. Asks for the next one when it is due.
    pub fn under(
        &mut self,
        ctx: &Context,
        view: &View,
        theme: Theme,
        scene: &Scene,
    ) -> Option<Under<'_>> {
        let pixels_per_point = ctx.pixels_per_point();
        let wanted = Subject { view: view.clone(), theme, pixels_per_point };
        let is_first = self.window.set(ctx.clone()).is_ok();
        let is_awaited = is_first
            && self.drawing.as_ref().is_some_and(|(subject, _)| subject.has_land_of(&wanted));
        self.take(ctx, if is_awaited { FIRST_WAIT } else { Duration::ZERO });
        let is_fitting = |sheet: &Sheet, margin: f32| {
            sheet.subject.is_like(&wanted) && sheet.place_on(view, margin).is_some()
        };
        let is_due = !self.sheet.as_ref().is_some_and(|sheet| is_fitting(sheet, LEAST));
        if is_due && !scene.is_provisional {
            self.renew(ctx, &wanted);
        }
        self.before = Some(wanted.clone());
        let sheet = self.sheet.as_ref().filter(|sheet| sheet.subject.has_land_of(&wanted))?;
        // The outermost pixels may be drawn in part only.
        let place = sheet.place_on(view, 1.0)?;
        let is_sharp = sheet.subject.is_like(&wanted);
        Some(Under { texture: &sheet.texture, place, is_sharp })
    }

    /// Takes the picture that is finished, or is so within some time.
    fn take(&mut self, ctx: &Context, wait: Duration) {
        let Some((subject, finished)) = &self.drawing else { return };
        match finished.recv_timeout(wait) {
            Err(RecvTimeoutError::Timeout) => return,
            Ok(Some(image)) => {
                let texture = ctx.load_texture("ground", image, TextureOptions::NEAREST);
                self.sheet = Some(Sheet { subject: subject.clone(), texture });
            }
            Ok(None) | Err(RecvTimeoutError::Disconnected) => self.has_failed = true,
        }
        self.drawing = None;
    }

    /// Begins the next picture, unless one is being drawn, or the scale has begun to change and this
    /// one can still be stretched for a while.
    fn renew(&mut self, ctx: &Context, wanted: &Subject) {
        let is_split = wanted.view.changes.is_some() && wanted.view.swipe.is_some();
        let next = wanted.widened();
        let scale = wanted.pixels_per_point;
        let (width, height) = (next.view.size.width * scale, next.view.size.height * scale);
        #[expect(clippy::cast_precision_loss, reason = "some thousands of pixels")]
        let longest = ctx.input(|input| input.max_texture_side) as f32;
        let is_too_large = width * height > LARGEST || width.max(height) > longest;
        if self.drawing.is_some() || self.has_failed || is_split || is_too_large {
            return;
        }
        let is_resting = self.before.as_ref().is_some_and(|before| before.is_like(wanted));
        let is_strained = self.sheet.as_ref().is_some_and(|sheet| {
            sheet.subject.has_land_of(wanted) && !STRAIN.contains(&sheet.factor(&wanted.view))
        });
        if !is_resting && !is_strained {
            ctx.request_repaint();
            return;
        }
        self.begin(next);
    }

    fn begin(&mut self, subject: Subject) {
        let finished = subject.draw_beside(&self.window);
        self.drawing = Some((subject, finished));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::space::Grid;
    use crate::model::{Atlas, Edition};
    use crate::style::theme::{Fill, Paint};

    fn england() -> View {
        let atlas = Atlas::embedded().unwrap();
        let layer = atlas.edition(Edition::July2022).unwrap();
        let size = PageSize::new(640.0, 480.0);
        let view = View::new(size, layer, atlas.backdrop().ok(), atlas.register.clone());
        View { detail: Detail::Ready, ..at_its_level(view) }
    }

    /// With the level of detail for its scale made.
    fn at_its_level(view: View) -> View {
        for layer in [&view.layer.layer, view.backdrop.as_ref().unwrap()] {
            layer.levels.prepare(view.camera.metres_per_pixel, view.camera.visible(view.size));
        }
        view
    }

    /// Where the picture is on the page of a view, when all is drawn.
    fn place(ground: &mut Ground, ctx: &Context, view: &View) -> Option<PageRect> {
        let scene = scene::build(view);
        for _ in 0..3 {
            ground.under(ctx, view, Theme::LIGHT, &scene);
            while ground.is_drawing() {
                ground.take(ctx, Duration::from_millis(1));
            }
        }
        let under = ground.under(ctx, view, Theme::LIGHT, &scene)?;
        assert!(under.is_sharp);
        Some(under.place)
    }

    #[test]
    fn the_picture_moves_along_and_is_renewed_before_it_ends() {
        let (ctx, view) = (Context::default(), england());
        let mut ground = Ground::default();
        let scene = scene::build(&view);
        assert!(ground.under(&ctx, &view, Theme::LIGHT, &scene).is_none());
        assert!(!ground.is_drawing(), "the map could be changing");
        let whole = PageRect::of(view.size).grown(MARGIN);
        assert_eq!(place(&mut ground, &ctx, &view), Some(whole));
        let moved = |x| View { camera: view.camera.dragged(x, 0.0), ..view.clone() };
        let near = place(&mut ground, &ctx, &moved(-90.0)).unwrap();
        assert!((near.x - whole.x + 90.0).abs() < 0.01 && (near.y - whole.y).abs() < 0.01);
        let renewed = place(&mut ground, &ctx, &moved(-120.0)).unwrap();
        assert!((renewed.x - whole.x).abs() < 0.01, "{renewed:?}");
        let far = moved(900.0);
        assert!(ground.under(&ctx, &far, Theme::LIGHT, &scene::build(&far)).is_none());
    }

    #[test]
    fn the_first_picture_is_there_for_the_first_frame() {
        let (ctx, view) = (Context::default(), england());
        let mut ground = Ground::begun(&view, Theme::LIGHT);
        while ground.is_drawing() {
            ground.take(&ctx, Duration::from_millis(1));
        }
        let under = ground.under(&ctx, &view, Theme::LIGHT, &scene::build(&view)).unwrap();
        assert_eq!((under.place, under.is_sharp), (PageRect::of(view.size).grown(MARGIN), true));
    }

    #[test]
    fn while_one_zooms_the_picture_is_stretched_and_then_renewed() {
        let (ctx, view) = (Context::default(), england());
        let mut ground = Ground::default();
        let whole = place(&mut ground, &ctx, &view).unwrap();
        let zoomed = |factor| {
            let camera = view.camera.zoomed(factor, PagePoint::new(100.0, 50.0));
            View { camera, ..view.clone() }
        };
        let closer = zoomed(2.0);
        let under = ground.under(&ctx, &closer, Theme::LIGHT, &scene::build(&closer)).unwrap();
        assert!(!under.is_sharp);
        let PageRect { x, y, width, height } = under.place;
        for (is, expected) in [
            (x, 100.0 - 2.0 * (100.0 - whole.x)),
            (y, 50.0 - 2.0 * (50.0 - whole.y)),
            (width, 2.0 * whole.width),
            (height, 2.0 * whole.height),
        ] {
            assert!((is - expected).abs() < 0.01, "{:?}", under.place);
        }
        for factor in [0.6, 4.0] {
            let view = zoomed(factor);
            let under = ground.under(&ctx, &view, Theme::LIGHT, &scene::build(&view));
            assert!(under.is_none(), "at {factor} times");
        }
        let renewed = place(&mut ground, &ctx, &at_its_level(closer)).unwrap();
        assert!((renewed.width - whole.width).abs() < 0.01, "{renewed:?}");
    }

    #[test]
    fn the_next_picture_is_begun_before_this_one_is_stretched_too_far() {
        let (ctx, view) = (Context::default(), england());
        let mut ground = Ground::default();
        place(&mut ground, &ctx, &view).unwrap();
        let mut is_begun_at = |factor| {
            let camera = view.camera.zoomed(factor, PagePoint::new(320.0, 240.0));
            let view = at_its_level(View { camera, ..view.clone() });
            ground.under(&ctx, &view, Theme::LIGHT, &scene::build(&view));
            ground.is_drawing()
        };
        assert_eq!([1.2, 1.4, 1.6].map(&mut is_begun_at), [false, false, true]);
    }

    #[test]
    fn what_comes_and_goes_needs_no_new_picture_and_all_else_does() {
        let (ctx, view) = (Context::default(), england());
        let mut ground = Ground::default();
        place(&mut ground, &ctx, &view);
        let mut is_shown = |view: &View, theme: Theme| {
            ground.under(&ctx, view, theme, &scene::build(view)).is_some()
        };
        let selected = View { selection: vec![3], hovered: Some(4), ..view.clone() };
        assert!(is_shown(&selected, Theme::LIGHT));
        for other in [
            View { region_lines: false, ..view.clone() },
            View { backdrop: None, ..view.clone() },
            View { subject: vec![1], ..view.clone() },
        ] {
            assert!(!is_shown(&other, Theme::LIGHT));
        }
        assert!(!is_shown(&view, Theme::LIGHT.with_classes(vec![Theme::LIGHT.color(Paint::Ink)])));
    }

    #[test]
    fn land_and_sea_are_where_they_belong() {
        let mut subject = Subject { view: england(), theme: Theme::LIGHT, pixels_per_point: 1.5 };
        subject.view.selection = vec![0];
        let wide = subject.widened();
        let image = wide.draw().unwrap();
        for (x, y, paint) in [
            (538_000.0, 175_000.0, Paint::Area(Fill::Region(0))),
            (250_000.0, 60_000.0, Paint::Area(Fill::Region(1))),
            (400_000.0, 30_000.0, Paint::Sea),
        ] {
            let at = wide.view.camera.page_from_grid(Grid { x, y });
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let pixel = image[((at.x * 1.5) as usize, (at.y * 1.5) as usize)];
            let color = Theme::LIGHT.color(paint);
            assert_eq!(pixel.to_array(), [color.r, color.g, color.b, 255], "{x} {y}");
        }
    }
}
