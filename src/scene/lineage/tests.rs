use std::cmp::Ordering;
use std::sync::Arc;

use super::*;
use crate::geo::space::PagePoint;
use crate::model::{Atlas, BodyKind};
use crate::render::svg::svg;
use crate::scene::{Text, print};
use crate::style::theme::Theme;

fn register() -> Arc<Register> {
    Atlas::embedded().unwrap().register
}

fn view(width: f32) -> LineageView {
    LineageView { width, scale: 1.0, hovered: None, title: true }
}

fn every_body(register: &Register) -> impl Iterator<Item = BodyId> {
    (0u32..).map(BodyId).take(register.bodies.len())
}

fn by_code(register: &Register, kind: BodyKind, code: &str) -> BodyId {
    register.by_key(kind, code).unwrap()
}

fn overlap(a: PageRect, b: PageRect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// What a text covers.
fn covered(text: &Text) -> PageRect {
    assert_eq!(text.align, Align::Start);
    text.bounds()
}

fn texts(drawn: &LineageScene) -> impl Iterator<Item = &Text> {
    drawn.scene.texts()
}

fn lines(drawn: &LineageScene) -> impl Iterator<Item = (&[PagePoint], f32, bool)> {
    drawn.scene.flat().filter_map(|item| match item {
        Item::Line { points, width, dashed, .. } => Some((points.as_slice(), *width, *dashed)),
        _ => None,
    })
}

/// What a straight piece of a line covers, its very ends left out.
fn span(pair: &[PagePoint]) -> PageRect {
    let (a, b) = (pair[0], pair[1]);
    PageRect {
        x: a.x.min(b.x) + 0.1,
        y: a.y.min(b.y) - 0.1,
        width: ((a.x - b.x).abs() - 0.2).max(0.0),
        height: (a.y - b.y).abs() + 0.2,
    }
}

fn is_within(inner: PageRect, outer: PageRect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width + 0.5
        && inner.y + inner.height <= outer.y + outer.height + 0.5
}

/// The body whose box holds a point of the page.
fn body_at(drawn: &LineageScene, p: PagePoint) -> Option<BodyId> {
    drawn.boxes.iter().find(|(_, rect)| rect.contains(p)).map(|(id, _)| *id)
}

#[test]
fn no_two_boxes_of_any_lineage_overlap_and_time_runs_to_the_right() {
    let register = register();
    for id in every_body(&register) {
        for width in [500.0, 1600.0] {
            let drawn = build(&register, id, &view(width));
            assert!(drawn.scene.size.width >= width - 0.5);
            let page = PageRect::of(drawn.scene.size);
            for (i, (a, first)) in drawn.boxes.iter().enumerate() {
                assert!(is_within(*first, page), "{a:?} in {id:?}");
                for (b, second) in &drawn.boxes[i + 1..] {
                    assert!(!overlap(*first, *second), "{a:?} and {b:?} in {id:?}");
                    let opened = |id: &BodyId| register.body(*id).opened;
                    match opened(a).cmp(&opened(b)) {
                        Ordering::Less => assert!(first.x + first.width < second.x),
                        Ordering::Equal => assert!((first.x - second.x).abs() < 0.01),
                        Ordering::Greater => assert!(second.x + second.width < first.x),
                    }
                }
            }
        }
    }
}

#[test]
fn every_text_fits_in_its_box_or_stands_clear_of_all() {
    let register = register();
    for (id, scale) in every_body(&register).flat_map(|id| [(id, 1.0), (id, 1.7)]) {
        let drawn = build(&register, id, &LineageView { scale, ..view(900.0) });
        let page = PageRect::of(drawn.scene.size);
        let all: Vec<&Text> = texts(&drawn).collect();
        for (i, text) in all.iter().enumerate() {
            let place = covered(text);
            assert!(is_within(place, page), "{:?} in {id:?}", text.lines);
            if let Some(body) = body_at(&drawn, text.at) {
                let (_, rect) = drawn.boxes.iter().find(|(other, _)| *other == body).unwrap();
                assert!(is_within(place, *rect), "{:?} in {id:?}", text.lines);
            } else {
                let mut boxes = drawn.boxes.iter();
                let clear = !boxes.any(|(_, rect)| overlap(place, *rect));
                assert!(clear, "{:?} in {id:?}", text.lines);
            }
            let mut spans = lines(&drawn).flat_map(|(points, _, _)| points.windows(2).map(span));
            assert!(!spans.any(|span| overlap(place, span)), "{:?} in {id:?}", text.lines);
            for other in &all[i + 1..] {
                let apart = !overlap(place, covered(other));
                assert!(apart, "{:?} and {:?} in {id:?}", text.lines, other.lines);
            }
        }
        for body in &Lineage::of(&register, id).bodies {
            let name = &register.body(*body).short_name;
            let inside = all.iter().filter(|text| body_at(&drawn, text.at) == Some(*body));
            let words: Vec<String> = inside.map(|text| text.lines.join(" ")).collect();
            assert!(words.join(" ").starts_with(name.as_str()), "{words:?} for {name}");
        }
    }
}

#[test]
fn every_step_is_a_line_that_meets_no_other_box() {
    let register = register();
    for id in every_body(&register) {
        let drawn = build(&register, id, &view(900.0));
        let rect = |id: BodyId| drawn.boxes.iter().find(|(other, _)| *other == id).unwrap().1;
        for edge in Lineage::of(&register, id).edges {
            let succession = &register.successions[edge];
            let (from, to) = (rect(succession.from), rect(succession.to));
            let near = |p: PagePoint, x: f32, rect: PageRect| {
                (p.x - x).abs() < 0.1 && (p.y - rect.y - rect.height / 2.0).abs() < 1.1
            };
            let end = if from.x < to.x { to.x } else { to.x + to.width };
            let found = lines(&drawn).find(|(points, _, _)| {
                near(points[0], from.x + from.width, from)
                    && near(points[points.len() - 1], end, to)
            });
            let (_, _, dashed) = found.unwrap();
            assert_eq!(dashed, succession.part.is_some());
            let part = succession.part.as_ref();
            let is_told = part.is_none_or(|part| {
                texts(&drawn).any(|t| t.lines.join(" ").contains(part.as_str()))
            });
            assert!(is_told, "{part:?}");
        }
        for (points, _, _) in lines(&drawn) {
            for pair in points.windows(2) {
                for (body, rect) in &drawn.boxes {
                    assert!(!overlap(span(pair), *rect), "{pair:?} on {body:?} in {id:?}");
                }
            }
        }
    }
}

#[test]
fn bedfordshire_ends_in_central_east() {
    let register = register();
    let id = by_code(&register, BodyKind::Ccg, "06F");
    let mut boxes = build(&register, id, &view(900.0)).boxes;
    boxes.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
    let code = |id: BodyId| register.body(id).ods_code.as_ref().unwrap().to_string();
    let codes: Vec<String> = boxes.iter().map(|(id, _)| code(*id)).collect();
    assert_eq!(codes, ["06F", "M1J4Y", "QHG", "S1Y5D"]);
}

#[test]
fn the_box_under_the_pointer_and_its_lines_stand_out() {
    let register = register();
    let id = by_code(&register, BodyKind::Icb, "S1Y5D");
    let hovered = by_code(&register, BodyKind::Icb, "QHG");
    let plain = build(&register, id, &view(900.0));
    let drawn = build(&register, id, &LineageView { hovered: Some(hovered), ..view(900.0) });
    assert_eq!(plain.boxes, drawn.boxes);
    let thick = |drawn: &LineageScene| lines(drawn).filter(|(_, width, _)| *width > 2.0).count();
    assert_eq!((thick(&plain), thick(&drawn)), (0, 3));
    assert!(print(&drawn.scene).contains("HoveredBox"));
}

#[test]
fn a_part_is_dashed_in_svg_too() {
    let register = register();
    let id = by_code(&register, BodyKind::Icb, "QNQ");
    let scene = build(&register, id, &view(900.0)).scene;
    let text = svg(&scene, &Theme::LIGHT);
    assert_eq!(text.matches("stroke-dasharray").count(), 3);
    assert!(text.contains("Hampshire part, 1 April 2026"));
    assert!(print(&scene).contains("dashed Link"));
}
