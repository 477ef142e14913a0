//! A plain CPU renderer for egui_kittest: no driver, and the same pixels on every machine.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels of a small window"
)]

use std::collections::HashMap;

use eframe::egui::epaint::{ColorImage, ImageData, Primitive, Vertex};
use eframe::egui::{Context, FullOutput, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;

/// Parts of a pixel in which corners are placed: whole numbers, so that the edges of two
/// triangles that share an edge agree to the last digit.
const SUBPIXELS: f32 = 256.0;

#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for change in images {
                let ImageData::Color(image) = &change.image;
                let Some([left, top]) = change.pos else {
                    self.textures.insert(id, ColorImage::clone(image));
                    continue;
                };
                let texture = self.textures.get_mut(&id).expect("a patch follows its texture");
                let width = texture.size[0];
                for row in 0..image.size[1] {
                    let source = row * image.size[0];
                    let target = (top + row) * width + left;
                    texture.pixels[target..target + image.size[0]]
                        .copy_from_slice(&image.pixels[source..source + image.size[0]]);
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize);
        for piece in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &piece.primitive else { continue };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
            let clip = piece.clip_rect * scale;
            canvas.clip = [clip.min.x, clip.min.y, clip.max.x, clip.max.y]
                .map(|edge| edge.round().max(0.0) as usize);
            for corners in mesh.indices.chunks_exact(3) {
                let corners = [0, 1, 2].map(|k| &mesh.vertices[corners[k] as usize]);
                canvas.triangle(corners, scale, texture);
            }
        }
        canvas.finish()
    }
}

/// Premultiplied colours, 0 to 1.
struct Canvas {
    width: usize,
    height: usize,
    /// Left, top, right, bottom in pixels.
    clip: [usize; 4],
    pixels: Vec<[f32; 4]>,
}

type Point = [i64; 2];

/// Twice the area of a triangle in squared subpixels; the sign tells the direction.
fn doubled_area(a: Point, b: Point, c: Point) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, clip: [0; 4], pixels: vec![[0.0; 4]; width * height] }
    }

    fn triangle(&mut self, mut corners: [&Vertex; 3], scale: f32, texture: &ColorImage) {
        let place =
            |v: &Vertex| [v.pos.x, v.pos.y].map(|at| (at * scale * SUBPIXELS).round() as i64);
        let mut points = corners.map(place);
        if doubled_area(points[0], points[1], points[2]) < 0 {
            corners.swap(1, 2);
            points.swap(1, 2);
        }
        let whole = doubled_area(points[0], points[1], points[2]);
        if whole == 0 {
            return;
        }
        // A pixel whose middle lies on an edge belongs to the triangle below or right of it.
        let takes_edge = |a: Point, b: Point| (a[1] == b[1] && b[0] > a[0]) || b[1] < a[1];
        let edges = [(1, 2), (2, 0), (0, 1)].map(|(a, b)| (points[a], points[b]));
        let least = edges.map(|(a, b)| i64::from(!takes_edge(a, b)));
        let reach = |axis: usize| {
            let at = points.map(|p| p[axis].max(0) as usize / SUBPIXELS as usize);
            at[0].min(at[1]).min(at[2])..at[0].max(at[1]).max(at[2]) + 1
        };
        let (columns, rows) = (reach(0), reach(1));
        let colors = corners.map(|v| v.color.to_array().map(|c| f32::from(c) / 255.0));
        for y in rows.start.max(self.clip[1])..rows.end.min(self.clip[3]).min(self.height) {
            for x in columns.start.max(self.clip[0])..columns.end.min(self.clip[2]).min(self.width)
            {
                let middle = [x, y].map(|at| at as i64 * SUBPIXELS as i64 + SUBPIXELS as i64 / 2);
                let parts = edges.map(|(a, b)| doubled_area(a, b, middle));
                if (0..3).any(|i| parts[i] < least[i]) {
                    continue;
                }
                let share = parts.map(|part| part as f32 / whole as f32);
                let mix = |of: &dyn Fn(usize) -> f32| (0..3).map(|i| share[i] * of(i)).sum::<f32>();
                let texel = sample(texture, mix(&|i| corners[i].uv.x), mix(&|i| corners[i].uv.y));
                let color: [f32; 4] = std::array::from_fn(|c| mix(&|i| colors[i][c]) * texel[c]);
                let pixel = &mut self.pixels[y * self.width + x];
                for c in 0..4 {
                    pixel[c] = color[c] + pixel[c] * (1.0 - color[3]);
                }
            }
        }
    }

    fn finish(self) -> Result<image::RgbaImage, String> {
        let straight = |[r, g, b, a]: [f32; 4]| {
            let by = a.max(1e-6);
            [r / by, g / by, b / by, a].map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
        };
        let bytes = self.pixels.into_iter().flat_map(straight).collect();
        image::RgbaImage::from_raw(self.width as u32, self.height as u32, bytes)
            .ok_or_else(|| "the picture has an odd size".to_owned())
    }
}

/// Texels are told apart to this fraction: where a glyph lies in its texture depends on what was
/// drawn before it, and must not show in the last bit of a colour.
const TEXEL_STEPS: f32 = 64.0;

/// The texture's colour, interpolated between four texels.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size.map(|side| side as f32);
    let snapped = |v: f32| (v * TEXEL_STEPS).round() / TEXEL_STEPS;
    let (x, y) = (snapped(u * width) - 0.5, snapped(v * height) - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let texel = |x: f32, y: f32| {
        let (x, y) = (x.clamp(0.0, width - 1.0) as usize, y.clamp(0.0, height - 1.0) as usize);
        texture.pixels[y * texture.size[0] + x].to_array().map(f32::from)
    };
    let corners = [
        texel(left, top),
        texel(left + 1.0, top),
        texel(left, top + 1.0),
        texel(left + 1.0, top + 1.0),
    ];
    let (fx, fy) = (x - left, y - top);
    std::array::from_fn(|c| {
        let upper = corners[0][c] * (1.0 - fx) + corners[1][c] * fx;
        let lower = corners[2][c] * (1.0 - fx) + corners[3][c] * fx;
        (upper * (1.0 - fy) + lower * fy) / 255.0
    })
}
