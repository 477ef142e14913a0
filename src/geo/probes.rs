//! Which of many places lie inside an outline, in one walk along it.

use super::measure::crosses_west_of;
use super::space::{Grid, GridRect};

/// Places to be found, from south to north.
pub struct Probes {
    places: Vec<(Grid, usize)>,
}

impl Probes {
    /// Numbered places.
    #[must_use]
    pub fn new(places: impl Iterator<Item = (usize, Grid)>) -> Self {
        let mut places: Vec<(Grid, usize)> =
            places.map(|(number, place)| (place, number)).collect();
        places.sort_by(|(a, _), (b, _)| a.y.total_cmp(&b.y));
        Self { places }
    }

    /// The numbers of all places.
    pub fn numbers(&self) -> impl Iterator<Item = usize> {
        self.places.iter().map(|(_, number)| *number)
    }

    /// The numbers of the places inside the outline that `lines` make together, by the even-odd
    /// rule; a point on a border belongs to one side as [`super::measure::ring_contains`] has it.
    /// `bounds` is the box around the outline. Lines of rings `are_closed` by one more segment.
    ///
    /// A segment is only held against the places that lie between its ends: their number is counted
    /// on from end to end.
    pub fn inside<'a>(
        &self,
        bounds: GridRect,
        lines: impl Iterator<Item = &'a [Grid]>,
        are_closed: bool,
    ) -> Vec<usize> {
        let south = self.places.partition_point(|(p, _)| p.y < bounds.min().y);
        let north = self.places.partition_point(|(p, _)| p.y <= bounds.max().y);
        let (west, east) = (bounds.min().x, bounds.max().x);
        let near = self.places[south..north].iter();
        let near: Vec<_> = near.filter(|(p, _)| west <= p.x && p.x <= east).copied().collect();
        if near.is_empty() {
            return Vec::new();
        }
        let mut is_inside = vec![false; near.len()];
        for line in lines {
            let ends = (line.last(), line.first());
            let (Some(&last), Some(&first)) = ends else { continue };
            let mut from = if are_closed { last } else { first };
            // How many places lie south of it.
            let mut rank = near.partition_point(|(p, _)| p.y < from.y);
            for &to in line {
                let rank_from = rank;
                while near.get(rank).is_some_and(|(p, _)| p.y < to.y) {
                    rank += 1;
                }
                while rank > 0 && near[rank - 1].0.y >= to.y {
                    rank -= 1;
                }
                for i in rank_from.min(rank)..rank_from.max(rank) {
                    is_inside[i] ^= crosses_west_of(from, to, near[i].0);
                }
                from = to;
            }
        }
        let inside = near.into_iter().zip(is_inside).filter(|(_, is_inside)| *is_inside);
        inside.map(|((_, number), _)| number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::measure::ring_contains;
    use crate::geo::space::bounds_of;

    #[test]
    fn agrees_with_counting_for_each_place() {
        // A ragged ring, and places on a grid that meets its points and level lines.
        let ring: Vec<Grid> = (0..300)
            .map(|i| {
                let (turn, far) = (f64::from(i) / 300.0 * 6.3, f64::from(30 + (i * 53) % 41));
                Grid { x: (turn.cos() * far).round(), y: (turn.sin() * far).round() }
            })
            .collect();
        let places: Vec<Grid> = (0..160 * 160)
            .map(|i| Grid { x: f64::from(i % 160) - 80.0, y: f64::from(i / 160) - 80.0 })
            .collect();
        let bounds = bounds_of(&ring).unwrap();
        let probes = Probes::new(places.iter().copied().enumerate());
        let expected: Vec<usize> =
            (0..places.len()).filter(|i| ring_contains(&ring, places[*i])).collect();
        assert!(expected.len() > 3000);
        let mut inside = probes.inside(bounds, std::iter::once(&ring[..]), true);
        inside.sort_unstable();
        assert_eq!(inside, expected);
        let halves = [&ring[..100], &ring[99..], &[ring[299], ring[0]]];
        let mut inside = probes.inside(bounds, halves.into_iter(), false);
        inside.sort_unstable();
        assert_eq!(inside, expected);
    }
}
