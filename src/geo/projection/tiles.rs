//! A smooth map of the plane as polynomials over the tiles of a box: the smaller the tiles, the
//! fewer the terms that they need.

use super::polynomial::Polynomial;

/// Tiles along each side of the box. With eight, polynomials of the fifth degree hold the
/// projection of the British Isles to a thousandth of a millimetre.
const SIDE: usize = 8;
/// Points worked on side by side: a whole number of the machine's vectors.
const LANES: usize = 4;

/// The polynomials of a box, tile by tile.
#[derive(Debug, Clone)]
pub struct Tiles {
    low: [f64; 2],
    high: [f64; 2],
    /// Tiles in a unit of each axis.
    per_unit: [f64; 2],
    /// By rows from the south, in each from the west.
    polynomials: Vec<Polynomial>,
}

impl Tiles {
    /// The polynomials for a function over the box from `low` to `high`; `None` if it has no value
    /// somewhere in it.
    pub fn fit(
        low: [f64; 2],
        high: [f64; 2],
        function: impl Fn([f64; 2]) -> Option<[f64; 2]>,
    ) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "a few tiles")]
        let at =
            |axis: usize, n: usize| low[axis] + (high[axis] - low[axis]) * n as f64 / SIDE as f64;
        let corner = |column, row| [at(0, column), at(1, row)];
        let places = (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| (column, row)));
        let tile = |(column, row)| {
            Polynomial::fit(corner(column, row), corner(column + 1, row + 1), &function)
        };
        let polynomials = places.map(tile).collect::<Option<_>>()?;
        #[expect(clippy::cast_precision_loss, reason = "a few tiles")]
        let per_unit = [0, 1].map(|axis| SIDE as f64 / (high[axis] - low[axis]));
        Some(Self { low, high, per_unit, polynomials })
    }

    /// Whether a point lies in the box.
    pub fn holds(&self, [x, y]: [f64; 2]) -> bool {
        x >= self.low[0] && x <= self.high[0] && y >= self.low[1] && y <= self.high[1]
    }

    /// The value at a point of the box: to the last bit that of [`Self::at_each`].
    pub fn at(&self, point: [f64; 2]) -> [f64; 2] {
        let [value] = self.polynomials[self.number_of(point)].at([point]);
        value
    }

    /// Puts the values at points of the box in their place.
    pub fn at_each(&self, points: &mut [[f64; 2]]) {
        let (blocks, rest) = points.as_chunks_mut::<LANES>();
        for block in blocks {
            let numbers = block.map(|point| self.number_of(point));
            // A border crosses from tile to tile now and then.
            if numbers == [numbers[0]; LANES] {
                *block = self.polynomials[numbers[0]].at(*block);
            } else {
                *block = block.map(|point| self.at(point));
            }
        }
        for point in rest {
            *point = self.at(*point);
        }
    }

    /// The tile of a point.
    #[inline]
    fn number_of(&self, point: [f64; 2]) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few tiles, and points west and south of the box belong to the first"
        )]
        let [column, row] = [0, 1].map(|axis| {
            let tile = ((point[axis] - self.low[axis]) * self.per_unit[axis]) as u32;
            tile.min(SIDE as u32 - 1) as usize
        });
        row * SIDE + column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_one_value_alone_and_among_others() {
        let function = |[x, y]: [f64; 2]| Some([3.0 + x * x * y - y.powi(3), x - 2.0 * y]);
        let tiles = Tiles::fit([-2.0, 1.0], [3.0, 2.0], function).unwrap();
        let points: Vec<[f64; 2]> =
            (0..101u8).map(|i| [-2.0 + f64::from(i) / 20.0, 1.0 + f64::from(i) / 100.0]).collect();
        let mut values = points.clone();
        tiles.at_each(&mut values);
        for (point, value) in points.iter().zip(&values) {
            let exact = function(*point).unwrap();
            assert!((value[0] - exact[0]).abs() < 1e-12, "{point:?}: {value:?}, not {exact:?}");
            assert!((value[1] - exact[1]).abs() < 1e-12, "{point:?}: {value:?}, not {exact:?}");
            assert_eq!(value.map(f64::to_bits), tiles.at(*point).map(f64::to_bits));
            assert!(tiles.holds(*point));
        }
        assert!(!tiles.holds([3.1, 1.5]) && !tiles.holds([f64::NAN, 1.5]));
    }
}
