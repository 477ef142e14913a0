//! Names find their places.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::*;
use crate::geo::anchor::Anchor;
use crate::geo::space::{Grid, PageSize};
use crate::model::{Atlas, Edition, JoinedLayer};
use crate::scene::{Camera, england};

const FRAME: PageRect = PageRect { x: 0.0, y: 0.0, width: 400.0, height: 300.0 };

fn rules() -> Rules<'static> {
    let (outside, numbers) = (None, None);
    Rules { frame: FRAME, keep_out: &[], sizes: (13.0, 9.0), put: 12.0, outside, numbers }
}

fn generous() -> Rules<'static> {
    let outside = Outside { size: 12.0, reach: 200.0, over_others: 20.0 };
    Rules { outside: Some(outside), numbers: Some(10.0), ..rules() }
}

fn wish(area: usize, name: &str, x: f32, priority: f64) -> Wish {
    let places = vec![PagePoint::new(x, 150.0)];
    let (name, extent) = (Name::new(name), (FRAME.width, FRAME.height));
    Wish { area, name, places, extent, priority, pinned: None, is_important: false }
}

/// An area of a size around a place, in the sea.
fn island(area: usize, x: f32, half: (f32, f32)) -> impl Fn(PagePoint) -> Ground {
    move |p| {
        let is_in = (p.x - x).abs() < half.0 && (p.y - 150.0).abs() < half.1;
        if is_in { Ground::Area(area) } else { Ground::Open }
    }
}

#[test]
fn a_long_name_wraps_into_a_narrow_area() {
    let ground = island(0, 100.0, (45.0, 40.0));
    let placed = place(vec![wish(0, "Hampshire and Isle of Wight", 100.0, 1.0)], &rules(), &ground);
    let [name] = placed.names.as_slice() else { panic!("{placed:?}") };
    assert!(name.lines.len() > 1 && name.is_inside, "{name:?}");
    assert_eq!(name.lines.join(" "), "Hampshire and Isle of Wight");
}

#[test]
fn of_two_names_in_one_place_the_larger_area_wins() {
    let wishes = vec![wish(0, "Small", 100.0, 1.0), wish(1, "Large", 105.0, 9.0)];
    let placed = place(wishes, &rules(), &|p: PagePoint| Ground::Area(usize::from(p.x > 102.0)));
    assert!(placed.names.len() <= 1);
    let placed =
        place(vec![wish(0, "Small", 100.0, 1.0), wish(0, "Large", 105.0, 9.0)], &rules(), &|_| {
            Ground::Area(0)
        });
    assert_eq!(placed.names.iter().map(|p| p.lines.concat()).collect::<Vec<_>>(), ["Large"]);
}

#[test]
fn a_name_never_lies_on_another_area() {
    // Its own area is 20 pixels wide, with another one right and left of it.
    let ground = |p: PagePoint| Ground::Area(usize::from((p.x - 100.0).abs() > 10.0));
    let placed = place(vec![wish(0, "Sussex", 100.0, 1.0)], &rules(), &ground);
    assert!(placed.names.is_empty());
    assert_eq!(placed.left_out, [0]);
}

#[test]
fn a_name_hangs_over_the_sea_where_the_land_is_too_narrow() {
    let ground = island(0, 100.0, (18.0, 20.0));
    let placed = place(vec![wish(0, "Cornwall", 100.0, 1.0)], &rules(), &ground);
    let [name] = placed.names.as_slice() else { panic!("{placed:?}") };
    assert!(!name.is_inside && name.leader.is_none());
}

#[test]
fn a_name_without_room_goes_out_to_sea_with_a_line() {
    let ground = island(0, 100.0, (5.0, 5.0));
    let placed = place(vec![wish(0, "Black Country", 100.0, 1.0)], &generous(), &ground);
    let [name] = placed.names.as_slice() else { panic!("{placed:?}") };
    let Some([from, to]) = name.leader else { panic!("{name:?}") };
    assert_eq!(from, PagePoint::new(100.0, 150.0));
    assert!(!name.rect().contains(from) && !name.rect().contains(to));
    assert!(FRAME.holds(name.rect()));
}

#[test]
fn a_name_far_from_the_sea_becomes_a_number() {
    let ground = |p: PagePoint| {
        let is_in = (p.x - 100.0).abs() < 9.0 && (p.y - 150.0).abs() < 9.0;
        Ground::Area(usize::from(!is_in))
    };
    let placed = place(vec![wish(0, "Black Country", 100.0, 1.0)], &generous(), &ground);
    assert!(placed.names.is_empty());
    let [Numbered { area: 0, at, .. }] = placed.numbered[..] else { panic!("{placed:?}") };
    assert_eq!(at, PagePoint::new(100.0, 150.0));
}

#[test]
fn names_keep_off_what_is_covered_and_off_the_edge() {
    let covered = [PageRect { x: 90.0, y: 140.0, width: 20.0, height: 20.0 }];
    let rules = Rules { keep_out: &covered, ..rules() };
    let placed = place(vec![wish(0, "Kent", 100.0, 1.0)], &rules, &|_: PagePoint| Ground::Area(0));
    assert!(placed.names.is_empty());
    let placed =
        place(vec![wish(0, "Kent", 5.0, 1.0)], &self::rules(), &|_: PagePoint| Ground::Area(0));
    assert!(placed.names.is_empty(), "it would be cut at the left edge");
}

#[test]
fn a_name_stays_where_a_person_put_it() {
    let ground = island(0, 100.0, (45.0, 40.0));
    let at = PagePoint::new(300.0, 60.0);
    let pinned = Wish { pinned: Some(at), ..wish(0, "Kent and Medway", 100.0, 1.0) };
    let placed = place(vec![pinned, wish(1, "Other", 300.0, 9.0)], &generous(), &ground);
    let name = placed.names.iter().find(|name| name.area == 0).unwrap();
    assert_eq!(name.at, at);
    assert!(name.leader.is_some(), "it is outside of its area");
}

#[test]
fn a_name_that_was_put_off_the_edge_is_moved_onto_the_frame() {
    let ground = island(0, 100.0, (45.0, 40.0));
    let at = Some(PagePoint::new(399.0, -20.0));
    let pinned = Wish { pinned: at, ..wish(0, "Kent and Medway", 100.0, 1.0) };
    let placed = place(vec![pinned], &generous(), &ground);
    assert!(FRAME.holds(placed.names[0].rect()), "{:?}", placed.names[0]);
}

#[test]
fn panning_moves_names_and_changes_nothing_else() {
    let places = |dx: f32| {
        let moved = island(0, 150.0 + dx, (24.0, 20.0));
        let wishes =
            vec![wish(0, "Cornwall", 150.0 + dx, 2.0), wish(7, "Isles of Scilly", 240.0 + dx, 1.0)];
        place(wishes, &generous(), &moved).names
    };
    let (before, after) = (places(0.0), places(8.0));
    assert_eq!(before.len(), 2);
    for (a, b) in before.iter().zip(&after) {
        assert_eq!((a.area, &a.lines, a.size), (b.area, &b.lines, b.size));
        assert!((a.at.x + 8.0 - b.at.x).abs() < 1e-3 && (a.at.y - b.at.y).abs() < 1e-3);
    }
}

const PAGE: PageRect = PageRect { x: 0.0, y: 0.0, width: 900.0, height: 900.0 };

/// England on a page.
fn camera() -> Camera {
    Camera::fit(england(), PageSize::new(PAGE.width, PAGE.height), 20.0)
}

/// The names of an edition.
fn wishes(joined: &JoinedLayer) -> Vec<Wish> {
    let camera = camera();
    let wish = |(area, anchors): (usize, &Vec<Anchor>)| {
        let own = &joined.layer.areas[area];
        Wish {
            places: anchors.iter().map(|a| camera.page_from_grid(a.at)).collect(),
            extent: camera.extent_of(own.bounds),
            ..wish(area, &joined.names[area], 0.0, own.area_m2)
        }
    };
    joined.anchors().iter().enumerate().map(wish).collect()
}

/// What lies at a point of the page.
fn land(joined: &JoinedLayer) -> impl Fn(PagePoint) -> Ground {
    let (layer, camera) = (&joined.layer, camera());
    let level = layer.levels.at(camera.metres_per_pixel);
    move |p| level.area_at(camera.grid_from_page(p)).map_or(Ground::Open, Ground::Area)
}

#[test]
fn the_box_around_an_area_saves_questions_and_changes_nothing() {
    let atlas = Atlas::embedded().unwrap();
    for edition in [Edition::July2022, Edition::April2013] {
        let joined = atlas.edition(edition).unwrap();
        let (land, asked) = (land(&joined), AtomicUsize::new(0));
        let ground = |p: PagePoint| {
            asked.fetch_add(1, Relaxed);
            land(p)
        };
        let rules = Rules { frame: PAGE, sizes: (14.0, 8.0), ..rules() };
        let with = place(wishes(&joined), &rules, &ground);
        let few = asked.swap(0, Relaxed);
        let everywhere = |wish: Wish| Wish { extent: (f32::INFINITY, f32::INFINITY), ..wish };
        let without = place(wishes(&joined).into_iter().map(everywhere).collect(), &rules, &ground);
        assert_eq!(with, without);
        assert!(
            !with.names.is_empty() && few < asked.load(Relaxed),
            "{few} of {}",
            asked.load(Relaxed)
        );
    }
}

#[test]
fn a_memory_spares_questions_while_the_map_is_moved_and_changes_nothing() {
    let joined = Atlas::embedded().unwrap().edition(Edition::July2022).unwrap();
    let level = joined.layer.levels.at(camera().metres_per_pixel);
    let rules = Rules { frame: PAGE, sizes: (14.0, 8.0), ..rules() };
    let mut memory = Memory::default();
    let mut least = usize::MAX;
    for step in 0..12u8 {
        let (dx, dy) = (9.3 * f32::from(step), -3.7 * f32::from(step));
        let camera = camera().dragged(dx, dy);
        let asked = AtomicUsize::new(0);
        let ground = |p: PagePoint| {
            asked.fetch_add(1, Relaxed);
            level.area_at(camera.grid_from_page(p)).map_or(Ground::Open, Ground::Area)
        };
        let moved = |at: &PagePoint| PagePoint::new(at.x + dx, at.y + dy);
        let moved = |wish: Wish| Wish { places: wish.places.iter().map(moved).collect(), ..wish };
        let wishes: Vec<Wish> = wishes(&joined).into_iter().map(moved).collect();
        let origin = camera.page_from_grid(Grid { x: 0.0, y: 0.0 });
        let without = place(wishes.clone(), &rules, &ground);
        let all = asked.swap(0, Relaxed);
        let with = place_with(wishes, &rules, &ground, Some((&mut memory, origin)));
        assert_eq!(with, without, "step {step}");
        assert!(!with.names.is_empty() && asked.load(Relaxed) <= all);
        least = least.min(asked.load(Relaxed) * 10 / all);
    }
    assert!(least == 0, "nine in ten questions at least");
}

#[test]
fn a_block_that_lies_on_nothing_could_have_been_there_from_the_beginning() {
    let joined = Atlas::embedded().unwrap().edition(Edition::July2022).unwrap();
    let usual = Rules { frame: PAGE, ..generous() };
    let placed = place(wishes(&joined), &usual, &land(&joined));
    assert!(!placed.numbered.is_empty() && placed.names.iter().any(|name| name.leader.is_some()));
    let (mut free, mut met) = (0, 0);
    for (x, y) in (0..6u8).flat_map(|x| (0..6u8).map(move |y| (x, y))) {
        let (x, y) = (150.0 * f32::from(x), 150.0 * f32::from(y));
        let block = PageRect { x, y, width: 70.0, height: 40.0 };
        let with = place(wishes(&joined), &Rules { keep_out: &[block], ..usual }, &land(&joined));
        if placed.leaves_free(block) {
            assert_eq!(with, placed, "{block:?}");
            free += 1;
        } else {
            assert_ne!(with, placed, "{block:?}");
            met += 1;
        }
    }
    assert!(free > 10 && met > 4, "{free} and {met}");
}
