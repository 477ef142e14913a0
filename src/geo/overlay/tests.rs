//! Whole overlays of small sets.

use std::convert::Infallible;

use super::*;
use crate::geo::space::{Grid, Ring};

fn p(x: f64, y: f64) -> Grid {
    Grid { x, y }
}

fn overlay<'a>(a: &'a Topology, b: &'a Topology) -> Overlay<'a> {
    let Ok(overlay) = Overlay::new(a, b, || Ok::<(), Infallible>(()));
    overlay
}

/// Numbers from 0 to 1 that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(u32::MAX >> 1)
    }
}

/// Two areas side by side, 40 by 60 km, with a border that bulges to the east by `bulge` metres
/// over 10 km, drawn with an error of up to `error` metres.
fn halves(bulge: f64, error: f64, seed: u64) -> Topology {
    let mut dice = Dice(seed);
    let border: Ring = (0..=120)
        .map(|i| {
            let y = f64::from(i) * 500.0;
            let inside = (20_000.0..=30_000.0).contains(&y);
            let error = if i == 0 || i == 120 { 0.0 } else { (dice.roll() - 0.5) * 2.0 * error };
            p(20_000.0 + if inside { bulge } else { 0.0 } + error, y)
        })
        .collect();
    let mut west = border.clone();
    west.extend([p(0.0, 60_000.0), p(0.0, 0.0)]);
    let mut east: Ring = border.into_iter().rev().collect();
    east.extend([p(40_000.0, 0.0), p(40_000.0, 60_000.0)]);
    Topology::build(&[vec![vec![west]], vec![vec![east]]])
}

#[test]
fn shared_land_is_measured() {
    let square = |x: f64, y: f64, side: f64| {
        vec![vec![vec![p(x, y), p(x + side, y), p(x + side, y + side), p(x, y + side)]]]
    };
    let a = Topology::build(&[square(0.0, 0.0, 20_000.0)]);
    let b = Topology::build(&[square(15_000.0, 8000.0, 20_000.0)]);
    let shared = overlay(&a, &b).shared();
    assert_eq!(shared.len(), 1);
    assert!((shared[0].area_m2 - 60e6).abs() < 60e6 * 5e-3, "{}", shared[0].area_m2);
    assert!((shared[0].of_a - 0.15).abs() < 1e-3 && (shared[0].of_b - 0.15).abs() < 1e-3);
}

#[test]
fn differences_of_drawing_are_no_land_and_a_bulge_is() {
    let (a, redrawn, moved) = (halves(0.0, 80.0, 1), halves(0.0, 80.0, 2), halves(3000.0, 80.0, 3));
    let same = overlay(&a, &redrawn);
    assert_eq!(same.shared().len(), 2, "the slivers count for nothing");
    assert!(same.shared().iter().all(|shared| shared.a == shared.b && shared.of_a > 0.999_999));
    let changed = overlay(&a, &moved);
    let gained = changed.shared().into_iter().find(|shared| (shared.a, shared.b) == (1, 0));
    assert!((gained.unwrap().area_m2 - 31e6).abs() < 2e6, "{gained:?}");
    let (polygons, area_m2) = changed.moved(1, 0);
    assert_eq!(polygons.len(), 1);
    assert!((area_m2 - 31e6).abs() < 2e6, "{area_m2}");
    assert!(polygons[0][0].iter().all(|p| p.x > 19_500.0 && p.x < 23_500.0));
    assert_eq!(changed.moved(0, 1).0.len(), 0);
    assert_eq!(changed.moved(7, 9).0.len(), 0);
}

#[test]
fn an_area_is_told_by_what_it_consists_of() {
    let column = |from: f64, to: f64| {
        vec![vec![p(from, 0.0), p(to, 0.0), p(to, 30_000.0), p(from, 30_000.0)]]
    };
    let unknown = Topology::build(&[vec![column(0.0, 16_200.0)]]);
    let known = Topology::build(&[
        vec![column(0.0, 10_000.0)],
        vec![column(10_000.0, 20_000.0)],
        vec![column(20_000.0, 30_000.0)],
    ]);
    let overlay = overlay(&unknown, &known);
    let shares: Vec<(usize, f64)> =
        overlay.shares_of(0).iter().map(|share| (share.b, share.of_b)).collect();
    assert_eq!(shares.len(), 2);
    assert_eq!(shares[0], (0, 1.0));
    assert!(shares[1].0 == 1 && (shares[1].1 - 0.62).abs() < 1e-3, "{shares:?}");
}

#[test]
fn an_area_of_small_islands_keeps_its_land() {
    let island = |x: f64| vec![vec![p(x, 0.0), p(x + 60.0, 0.0), p(x + 60.0, 60.0), p(x, 60.0)]];
    let islands: Vec<Rings> = (0..5).map(|i| island(f64::from(i) * 500.0)).collect();
    let land = vec![vec![p(0.0, 1000.0), p(40_000.0, 1000.0), p(40_000.0, 50_000.0)]];
    let set = Topology::build(&[islands, vec![land.clone()], vec![]]);
    let shared = overlay(&set, &set).shared();
    let pairs: Vec<_> = shared.iter().map(|shared| (shared.a, shared.b, shared.of_a)).collect();
    assert_eq!(pairs, [(0, 0, 1.0), (1, 1, 1.0)]);
}

/// Two areas that share a stretch of outline on the same side: one lies within the other.
#[test]
fn areas_that_overlap_end_where_they_end() {
    let wide = vec![p(0.0, 0.0), p(30_000.0, 0.0), p(30_000.0, 20_000.0), p(0.0, 20_000.0)];
    let inner = vec![p(0.0, 0.0), p(9000.0, 9000.0), p(0.0, 20_000.0)];
    let far =
        vec![p(90_000.0, 0.0), p(99_000.0, 0.0), p(99_000.0, 20_000.0), p(90_000.0, 20_000.0)];
    let a = Topology::build(&[vec![vec![wide]], vec![vec![inner]], vec![vec![far]]]);
    let everywhere = vec![p(-9e4, -9e4), p(19e4, -9e4), p(19e4, 9e4), p(-9e4, 9e4)];
    let b = Topology::build(&[vec![vec![everywhere]]]);
    let land: Vec<f64> = overlay(&a, &b).shared().iter().map(|s| s.area_m2 / 1e6).collect();
    let expected = [600.0 - 90.0, 90.0, 180.0];
    for (area, expected) in land.iter().zip(expected) {
        assert!((area - expected).abs() < 2.0, "{land:?}");
    }
}

/// Rings that cross and touch themselves, lie on top of each other, have no area, or come from
/// another planet: an answer need not make sense, but there must be one.
#[test]
fn no_input_is_too_odd() {
    let mut dice = Dice(42);
    for round in 0..25 {
        let mut set = || {
            let areas = 1 + round % 5;
            let scale = [1.0, 50.0, 3000.0, 1e5][round % 4];
            // On a coarse grid, so that points and lines coincide.
            let ring = |dice: &mut Dice| -> Ring {
                let points = 3 + round % 11;
                let step = |dice: &mut Dice| (dice.roll() * 8.0).floor() * scale;
                (0..points).map(|_| p(step(dice), step(dice))).collect()
            };
            let mut polygon = || vec![ring(&mut dice), ring(&mut dice)];
            let polygons: Vec<Vec<Rings>> =
                (0..areas).map(|_| (0..=round % 3).map(|_| polygon()).collect()).collect();
            Topology::build(&polygons)
        };
        let (a, b) = (set(), set());
        let overlay = overlay(&a, &b);
        for shared in overlay.shared().into_iter().take(3) {
            assert!(shared.area_m2.is_finite() && shared.of_a <= 1.0 + 1e-9, "{shared:?}");
            let (_, area_m2) = overlay.moved(shared.a, shared.b);
            assert!(area_m2 <= shared.area_m2 * 1.000_001, "{area_m2} of {shared:?}");
        }
    }
}

#[test]
fn numbers_that_are_none_and_empty_sets_give_nothing() {
    let odd = |x: f64| {
        Topology::build(&[vec![vec![vec![p(0.0, 0.0), p(x, 1000.0), p(1000.0, x), p(5.0, 900.0)]]]])
    };
    let (empty, not_a_number, endless) = (Topology::default(), odd(f64::NAN), odd(f64::INFINITY));
    for set in [&empty, &not_a_number, &endless] {
        for other in [&empty, &not_a_number, &endless] {
            assert!(
                overlay(set, other).shared().iter().all(|shared| !shared.area_m2.is_infinite())
            );
        }
    }
}

#[test]
fn it_stops_when_it_is_told_to() {
    let (a, b) = (halves(0.0, 50.0, 1), halves(0.0, 50.0, 2));
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let stop = || {
        let before = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if before < 3 { Ok(()) } else { Err("stop") }
    };
    assert_eq!(Overlay::new(&a, &b, stop).err(), Some("stop"));
}
