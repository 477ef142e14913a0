//! Natural breaks: the classes with the least sum of squared distances from their means.
//!
//! Fisher (1958), "On grouping for maximum homogeneity", Journal of the American Statistical
//! Association 53, found the optimum by dynamic programming over the sorted values; Jenks (1967)
//! brought it to maps. The best start of the last class never moves back as values are added, so
//! each round is done by halves in n log n steps.

/// The first values of the classes but the first. Equal values are one point with their number as
/// its weight, so that they are never parted.
pub(super) fn breaks(sorted: &[f64], distinct: &[f64], classes: usize) -> Vec<f64> {
    if distinct.len() <= classes {
        return distinct.iter().skip(1).copied().collect();
    }
    let cost = Cost::new(sorted, distinct);
    let n = distinct.len();
    // The least cost of the first i + 1 points in so many classes, and where the last one begins.
    let mut least: Vec<f64> = (0..n).map(|i| cost.of(0, i + 1)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; n];
        let mut start = vec![0; n];
        round(&cost, &least, &mut next, &mut start, class);
        least = next;
        starts.push(start);
    }
    let mut breaks = Vec::with_capacity(classes - 1);
    let mut end = n;
    for start in starts.iter().rev() {
        end = start[end - 1];
        breaks.push(distinct[end]);
    }
    breaks.reverse();
    breaks
}

/// Adds a class: for each last point the best first point of the class that ends with it.
fn round(cost: &Cost, least: &[f64], next: &mut [f64], start: &mut [usize], class: usize) {
    let n = least.len();
    // Stretches of last points, with the first points that come into question for them.
    let mut pending = vec![(class..n, class, n - 1)];
    while let Some((points, from, to)) = pending.pop() {
        if points.is_empty() {
            continue;
        }
        let middle = points.start + points.len() / 2;
        let mut best = (f64::INFINITY, from);
        for first in from..=to.min(middle) {
            let total = least[first - 1] + cost.of(first, middle + 1);
            if total < best.0 {
                best = (total, first);
            }
        }
        (next[middle], start[middle]) = best;
        pending.push((points.start..middle, from, best.1));
        pending.push((middle + 1..points.end, best.1, to));
    }
}

/// Sums from which the cost of any stretch of points follows at once.
struct Cost {
    weights: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Cost {
    #[expect(clippy::cast_precision_loss, reason = "at most some millions of values")]
    fn new(sorted: &[f64], distinct: &[f64]) -> Self {
        // Moved to their middle and scaled to one, so that the squares keep their digits.
        let middle = sorted[sorted.len() / 2];
        let (low, high) = (distinct[0] - middle, distinct[distinct.len() - 1] - middle);
        let scale = high.max(-low);
        let (mut weights, mut sums, mut squares) = (vec![0.0], vec![0.0], vec![0.0]);
        let (mut at, mut weight, mut sum, mut square) = (0, 0.0, 0.0, 0.0);
        for value in distinct {
            let run = sorted[at..].partition_point(|other| other <= value);
            at += run;
            let (x, w) = ((value - middle) / scale, run as f64);
            weight += w;
            sum += w * x;
            square += w * x * x;
            weights.push(weight);
            sums.push(sum);
            squares.push(square);
        }
        Self { weights, sums, squares }
    }

    /// The sum of squared distances from their mean of the points from one to before another.
    fn of(&self, from: usize, to: usize) -> f64 {
        let weight = self.weights[to] - self.weights[from];
        let sum = self.sums[to] - self.sums[from];
        (self.squares[to] - self.squares[from] - sum * sum / weight).max(0.0)
    }
}
