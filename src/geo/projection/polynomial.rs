//! A smooth map of the plane as a pair of polynomials: quick for many points at a time.

/// Total degree of the polynomials.
const DEGREE: usize = 5;
/// Samples along each side of the box.
const NODES: usize = DEGREE + 1;

/// A row of coefficients, by powers of x.
type Row = [[f64; 2]; DEGREE + 1];

/// Two polynomials of x and y over a box: those through the values of a function, as nearly as
/// their degree allows (Chebyshev interpolation; see Trefethen, "Approximation theory and
/// approximation practice", 2013, chapters 3 and 4).
#[derive(Debug, Clone)]
pub struct Polynomial {
    middle: [f64; 2],
    /// What scales the box to -1 to 1.
    scale: [f64; 2],
    /// Coefficients by powers of y, of the scaled box.
    rows: [Row; DEGREE + 1],
}

impl Polynomial {
    /// The polynomials for a function over the box from `low` to `high`; `None` if it has no
    /// value somewhere in it.
    pub fn fit(
        low: [f64; 2],
        high: [f64; 2],
        function: impl Fn([f64; 2]) -> Option<[f64; 2]>,
    ) -> Option<Self> {
        let middle = [0, 1].map(|i| f64::midpoint(low[i], high[i]));
        let half = [0, 1].map(|i| (high[i] - low[i]) / 2.0);
        let nodes: [f64; NODES] = std::array::from_fn(|k| angle(k).cos());
        let shares: [[f64; NODES]; DEGREE + 1] =
            std::array::from_fn(|i| std::array::from_fn(|k| share(i, k)));
        let mut sums = [Row::default(); DEGREE + 1];
        for (kx, x) in nodes.iter().enumerate() {
            for (ky, y) in nodes.iter().enumerate() {
                let value = function([middle[0] + half[0] * x, middle[1] + half[1] * y])?;
                for (j, row) in sums.iter_mut().enumerate() {
                    for (i, sum) in row.iter_mut().enumerate().take(DEGREE + 1 - j) {
                        let weight = shares[i][kx] * shares[j][ky];
                        *sum = [0, 1].map(|axis| sum[axis] + weight * value[axis]);
                    }
                }
            }
        }
        Some(Self { middle, scale: half.map(f64::recip), rows: in_powers(&sums) })
    }

    /// The values at points side by side, by Horner's rule in both directions. Each is the same
    /// to the last bit as alone.
    #[inline]
    pub fn at<const N: usize>(&self, points: [[f64; 2]; N]) -> [[f64; 2]; N] {
        let scaled =
            points.map(|point| [0, 1].map(|i| (point[i] - self.middle[i]) * self.scale[i]));
        // Both axes at once: they have the same powers.
        let step = |sum: &mut [f64; 2], factor: f64, term: [f64; 2]| {
            *sum = [sum[0] * factor + term[0], sum[1] * factor + term[1]];
        };
        let mut result = [[0.0; 2]; N];
        for j in (0..=DEGREE).rev() {
            let mut inner = [[0.0; 2]; N];
            for i in (0..=DEGREE - j).rev() {
                for (sum, point) in inner.iter_mut().zip(scaled) {
                    step(sum, point[0], self.rows[j][i]);
                }
            }
            for ((sum, inner), point) in result.iter_mut().zip(inner).zip(scaled) {
                step(sum, point[1], inner);
            }
        }
        result
    }
}

/// The angle of the Chebyshev node `k`.
#[expect(clippy::cast_precision_loss, reason = "a dozen nodes")]
fn angle(k: usize) -> f64 {
    std::f64::consts::PI * (k as f64 + 0.5) / NODES as f64
}

/// How much the value at node `k` counts for the Chebyshev polynomial `i`.
#[expect(clippy::cast_precision_loss, reason = "a dozen nodes")]
fn share(i: usize, k: usize) -> f64 {
    let weight = if i == 0 { 1.0 } else { 2.0 };
    weight * (i as f64 * angle(k)).cos() / NODES as f64
}

/// Coefficients of Chebyshev polynomials as coefficients of powers.
fn in_powers(chebyshev: &[Row; DEGREE + 1]) -> [Row; DEGREE + 1] {
    // The polynomials themselves, by their recurrence.
    let mut basis = [[0.0; DEGREE + 1]; DEGREE + 1];
    basis[0][0] = 1.0;
    basis[1][1] = 1.0;
    for n in 2..=DEGREE {
        for power in 0..=DEGREE {
            let shifted = if power == 0 { 0.0 } else { 2.0 * basis[n - 1][power - 1] };
            basis[n][power] = shifted - basis[n - 2][power];
        }
    }
    let mut powers = [Row::default(); DEGREE + 1];
    for (j, row) in chebyshev.iter().enumerate() {
        for (i, value) in row.iter().enumerate() {
            for (q, sums) in powers.iter_mut().enumerate().take(j + 1) {
                for (p, sum) in sums.iter_mut().enumerate().take(i + 1) {
                    let weight = basis[i][p] * basis[j][q];
                    *sum = [0, 1].map(|axis| sum[axis] + weight * value[axis]);
                }
            }
        }
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_of_the_degree_is_met_exactly() {
        let function = |[x, y]: [f64; 2]| Some([3.0 + x * x * y - y.powi(5), x - 2.0 * y]);
        let fitted = Polynomial::fit([-2.0, 1.0], [3.0, 2.0], function).unwrap();
        for i in 0..21u8 {
            let point = [-2.0 + f64::from(i) / 4.0, 1.0 + f64::from(i) / 20.0];
            let [value] = fitted.at([point]);
            let exact = function(point).unwrap();
            assert!((value[0] - exact[0]).abs() < 1e-12, "{point:?}: {value:?}, not {exact:?}");
            assert!((value[1] - exact[1]).abs() < 1e-12, "{point:?}: {value:?}, not {exact:?}");
        }
    }
}
