use super::*;
use crate::geo::crossings::{Line, Rule, crossings};
use crate::geo::measure::{ring_area, segment_distance_squared};
use crate::geo::space::Rings;
use crate::geo::topology::join;

fn p(x: f64, y: f64) -> Grid {
    Grid { x, y }
}

/// A ragged line from one place to another.
fn ragged(a: Grid, b: Grid, points: u32) -> Vec<Grid> {
    let wobble = |i: u32| f64::from((i * 7919) % 101) / 101.0 - 0.5;
    let at = |i: u32| {
        let t = f64::from(i) / f64::from(points);
        let aside = if i == 0 || i == points { 0.0 } else { 9.0 * wobble(i) };
        p(a.x + t * (b.x - a.x) - aside * (b.y - a.y) / 1000.0, a.y + t * (b.y - a.y) + aside)
    };
    (0..points).map(at).collect()
}

/// Two neighbours with an island between rocks in a bay, and a lake in one of them.
fn coast() -> Topology {
    let west = [
        ragged(p(0.0, 0.0), p(1000.0, 0.0), 300),
        ragged(p(1000.0, 0.0), p(1000.0, 1000.0), 2),
        vec![
            p(1000.0, 1000.0),
            p(700.0, 1000.0),
            p(690.0, 930.0),
            p(610.0, 930.0),
            p(600.0, 1000.0),
        ],
        ragged(p(0.0, 1000.0), p(0.0, 0.0), 2),
    ];
    let lake = vec![p(300.0, 300.0), p(300.0, 340.0), p(340.0, 345.0), p(345.0, 300.0)];
    let east = vec![p(1000.0, 0.0), p(2000.0, 0.0), p(2000.0, 1000.0), p(1000.0, 1000.0)];
    let mut east_side = ragged(p(1000.0, 0.0), p(1000.0, 1000.0), 2);
    east_side.reverse();
    let island = vec![p(640.0, 950.0), p(660.0, 950.0), p(660.0, 990.0), p(645.0, 980.0)];
    let east: Rings = vec![[east[..3].to_vec(), east_side_ring(&east, &east_side)].concat()];
    Topology::build(&[vec![vec![west.concat(), lake]], vec![east], vec![vec![island]]])
}

/// The corner in the north-west and the points of the shared border southwards.
fn east_side_ring(east: &[Grid], side: &[Grid]) -> Vec<Grid> {
    let mut points = vec![east[3]];
    points.extend(side.iter().filter(|q| **q != east[3] && **q != east[0]));
    points
}

fn check(topology: &Topology, simplified: &Simplified) {
    assert!(topology.arcs.iter().any(|arc| !arc.is_outer()), "they are no neighbours");
    assert!(simplified.shapes.iter().all(|shape| !shape.is_empty()), "an area is lost");
    for ring in simplified.shapes.iter().flatten().flatten() {
        let points = join(&ring.arcs, |arc| &simplified.arcs[arc as usize]);
        assert!(points.len() > 2, "a ring of {} points", points.len());
        assert!(ring_area(&points) * ring.area_m2 > 0.0, "a ring turned over");
    }
    let lines: Vec<Line<'_>> = (0u32..)
        .zip(&simplified.arcs)
        .map(|(tag, points)| Line { points, is_closed: false, tag })
        .collect();
    assert_eq!(crossings(&lines, 10, Rule::Exact).found, []);
    assert_eq!(simplified.crossings_left, 0);
    let count: usize = simplified.arcs.iter().map(Vec::len).sum();
    assert_eq!(count, simplified.points_after);
}

#[test]
fn a_share_of_the_points_stays_and_no_ring_is_lost() {
    let topology = coast();
    for percent in [0u32, 5, 20, 60, 100] {
        let simplified = simplify(&topology, Amount::Share(f64::from(percent) / 100.0), |p| p);
        check(&topology, &simplified);
        let wanted = topology.point_count() * percent as usize / 100;
        // Some points are needed in any case.
        let off = simplified.points_after.abs_diff(wanted.max(12));
        assert!(off < 8, "{} points instead of {wanted}", simplified.points_after);
    }
    // What is smaller than the points that go stand for goes too; a tolerance keeps all.
    let rings =
        |amount| simplify(&topology, amount, |p| p).shapes.iter().flatten().flatten().count();
    assert_eq!((rings(Amount::Share(0.0)), rings(Amount::Tolerance(500.0))), (3, 4));
}

#[test]
fn an_island_in_a_bay_stays_in_the_water() {
    let topology = coast();
    let simplified = simplify(&topology, Amount::Tolerance(200.0), |p| p);
    check(&topology, &simplified);
    let mainland = &topology.shapes[0][0][0];
    let points = join(&mainland.arcs, |arc| &simplified.arcs[arc as usize]);
    let island = &topology.arcs[topology.shapes[2][0][0].arcs[0].arc as usize].points;
    assert!(island.iter().all(|q| !crate::geo::measure::ring_contains(&points, *q)));
    assert!(simplified.restored > 0);
}

#[test]
fn no_border_moves_by_more_than_the_tolerance() {
    let topology = coast();
    for tolerance in [0.5, 2.0, 8.0] {
        let simplified = simplify(&topology, Amount::Tolerance(tolerance), |p| p);
        check(&topology, &simplified);
        for (arc, thinned) in topology.arcs.iter().zip(&simplified.arcs) {
            for q in &arc.points {
                let near = |s: &[Grid]| segment_distance_squared(*q, s[0], s[1]).sqrt();
                let off = thinned.windows(2).map(near).fold(f64::INFINITY, f64::min);
                assert!(off <= tolerance, "{off} m with a tolerance of {tolerance}");
            }
        }
    }
}
