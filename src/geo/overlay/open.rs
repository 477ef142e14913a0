//! Opening: what of the land of a pair is thick.
//!
//! A morphological opening (Serra, 1982) by a disc, carried out on rows. Erosion keeps the
//! centres of the discs that fit in the land; the land near a centre is kept.

use super::rows::Run;

/// The disc that must fit, measured in rows.
#[derive(Debug, Clone)]
pub struct Disc {
    radius: f64,
    /// Half the width of the disc this many rows from its centre.
    eroding: Vec<f64>,
    /// The same for the disc that gives back what erosion took. It is twice as large, so that
    /// corners are not rounded off.
    dilating: Vec<f64>,
}

impl Disc {
    /// A disc of a radius in metres over rows that are `step` metres apart.
    pub fn new(radius: f64, step: f64) -> Self {
        let (eroding, dilating) = (half_widths(radius, step), half_widths(2.0 * radius, step));
        Self { radius, eroding, dilating }
    }

    /// How many rows on either side decide what is kept of a row.
    pub fn reach(&self) -> usize {
        self.eroding.len() + self.dilating.len()
    }

    /// The thick land of the rows, but for [`Disc::reach`] rows at both ends, which are only
    /// looked at.
    pub fn open(&self, rows: &[Vec<Run>]) -> Vec<Vec<Run>> {
        let centres: Vec<Vec<Run>> = (0..rows.len()).map(|row| self.centres(rows, row)).collect();
        let reach = self.reach();
        let kept = reach..rows.len().saturating_sub(reach);
        kept.map(|row| self.regrown(&rows[row], &centres, row)).collect()
    }

    /// Where on a row the centre of a disc may lie that is within the land of one pair. Beyond
    /// the given rows there is no land.
    fn centres(&self, rows: &[Vec<Run>], row: usize) -> Vec<Run> {
        let mut found = Vec::new();
        let (mut parts, mut smaller) = (Vec::new(), Vec::new());
        let wide = |(_, run): &(usize, &Run)| run.east - run.west >= 2.0 * self.radius;
        for (place, run) in rows[row].iter().enumerate().filter(wide) {
            parts.clear();
            parts.push(Run { west: run.west + self.radius, east: run.east - self.radius, ..*run });
            'rows: for (distance, half_width) in self.eroding.iter().enumerate().skip(1) {
                for land in both_sides(rows, row, distance) {
                    // Rows beside each other are nearly alike: mostly the run in the same place does.
                    if let ([part], Some(like)) = (parts.as_slice(), land.get(place))
                        && like.pair == part.pair
                        && like.west + half_width <= part.west
                        && part.east <= like.east - half_width
                    {
                        continue;
                    }
                    smaller.clear();
                    smaller.extend(parts.iter().flat_map(|part| shrunk(land, *part, *half_width)));
                    std::mem::swap(&mut parts, &mut smaller);
                    if parts.is_empty() {
                        break 'rows;
                    }
                }
            }
            found.append(&mut parts);
        }
        found
    }

    /// The land of a row that lies near a centre.
    fn regrown(&self, land: &[Run], centres: &[Vec<Run>], row: usize) -> Vec<Run> {
        let mut kept: Vec<Run> = Vec::new();
        let mut parts = Vec::new();
        for run in land {
            parts.clear();
            // What hangs together, first of all, and what is away from it.
            let mut whole: Option<Run> = None;
            'rows: for (distance, half_width) in self.dilating.iter().enumerate() {
                for centres in both_sides(centres, row, distance) {
                    for part in shrunk(centres, *run, -half_width) {
                        let whole = whole.get_or_insert(part);
                        if part.west <= whole.east && whole.west <= part.east {
                            whole.west = whole.west.min(part.west);
                            whole.east = whole.east.max(part.east);
                        } else {
                            parts.push(part);
                        }
                    }
                    if whole == Some(*run) {
                        parts.clear();
                        break 'rows;
                    }
                }
            }
            parts.extend(whole);
            parts.sort_by(|a, b| a.west.total_cmp(&b.west));
            for part in &parts {
                match kept.last_mut() {
                    Some(last) if last.pair == part.pair && last.east >= part.west => {
                        last.east = last.east.max(part.east);
                    }
                    _ => kept.push(*part),
                }
            }
        }
        kept
    }
}

/// The rows at some distance on both sides of one; empty beyond the last.
fn both_sides(rows: &[Vec<Run>], row: usize, distance: usize) -> [&[Run]; 2] {
    let at = |row: Option<usize>| row.and_then(|row| rows.get(row)).map_or(&[][..], Vec::as_slice);
    [at(Some(row + distance)), at(row.checked_sub(distance))]
}

/// Half the width of a disc by rows from its centre.
fn half_widths(radius: f64, step: f64) -> Vec<f64> {
    let mut widths = Vec::new();
    let mut distance = 0.0;
    while distance <= radius {
        widths.push((radius * radius - distance * distance).sqrt());
        distance += step;
    }
    widths
}

/// The parts of `part` within the runs of the same pair, these shrunk by `margin` at both ends.
fn shrunk(runs: &[Run], part: Run, margin: f64) -> impl Iterator<Item = Run> {
    let first = runs.partition_point(|run| run.east - margin < part.west);
    runs[first..]
        .iter()
        .take_while(move |run| run.west + margin <= part.east)
        .filter(move |run| run.pair == part.pair)
        .map(move |run| Run {
            west: part.west.max(run.west + margin),
            east: part.east.min(run.east - margin),
            pair: part.pair,
        })
        .filter(|run| run.west <= run.east)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(west: f64, east: f64) -> Run {
        Run { west, east, pair: [Some(0), Some(0)] }
    }

    /// Rows ten metres apart, with empty ones around that are only looked at.
    fn opened(rows: Vec<Vec<Run>>, radius: f64) -> Vec<Vec<Run>> {
        let disc = Disc::new(radius, 10.0);
        let mut all = vec![Vec::new(); disc.reach()];
        all.extend(rows);
        all.resize(all.len() + disc.reach(), Vec::new());
        disc.open(&all)
    }

    #[test]
    fn a_square_stays_and_its_sliver_goes() {
        // A square of 300 m, with a tail 50 m high and 2 km long.
        let rows: Vec<Vec<Run>> = (0..30)
            .map(|row| vec![run(0.0, if (10..15).contains(&row) { 2300.0 } else { 300.0 })])
            .collect();
        let kept = opened(rows, 50.0);
        assert!(kept.iter().all(|row| row.len() == 1 && row[0].west == 0.0));
        assert!(kept.iter().all(|row| row[0].east >= 300.0 && row[0].east < 400.0));
    }

    #[test]
    fn thin_land_goes_whichever_way_it_runs() {
        let level = vec![vec![run(0.0, 9000.0)]; 7];
        assert!(opened(level, 50.0).iter().all(Vec::is_empty));
        let upright = vec![vec![run(0.0, 90.0)]; 300];
        assert!(opened(upright, 50.0).iter().all(Vec::is_empty));
        let slanted = (0..300).map(|i| f64::from(i) * 10.0).map(|x| vec![run(x, x + 120.0)]);
        assert!(opened(slanted.collect(), 50.0).iter().all(Vec::is_empty));
    }
}
