//! How many cells of a lattice are marked, in any rectangle at once: a summed-area table (Crow 1984).

use std::ops::Range;

/// The marked cells of a lattice, counted.
#[derive(Debug, Clone)]
pub struct Sums {
    columns: usize,
    rows: usize,
    /// Marked cells before each corner in both directions, by rows; one more each way than there
    /// are cells.
    before: Vec<u32>,
}

impl Sums {
    /// Counts the marked ones among `cells`, which follow each other in rows of `columns`.
    #[must_use]
    pub fn of(columns: usize, cells: &[bool]) -> Self {
        let width = columns + 1;
        let mut before = vec![0; width];
        for row in cells.chunks_exact(columns.max(1)) {
            let last = before.len() - width;
            before.push(0);
            let mut in_row = 0;
            for (column, is_marked) in row.iter().enumerate() {
                in_row += u32::from(*is_marked);
                before.push(before[last + column + 1] + in_row);
            }
        }
        Self { columns, rows: before.len() / width - 1, before }
    }

    /// How many are marked in some columns and rows. Those that the lattice lacks have none.
    #[must_use]
    pub fn count(&self, columns: Range<usize>, rows: Range<usize>) -> u32 {
        let (left, right) = (columns.start, columns.end.min(self.columns));
        let (first, end) = (rows.start, rows.end.min(self.rows));
        if left >= right || first >= end {
            return 0;
        }
        let before = |column, row| self.before[row * (self.columns + 1) + column];
        before(right, end) + before(left, first) - before(left, end) - before(right, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_at_once_agrees_with_counting_one_by_one() {
        let (columns, rows) = (7, 5);
        let cells: Vec<bool> = (0..columns * rows).map(|i| i * i % 3 == 1).collect();
        let sums = Sums::of(columns, &cells);
        for (left, right) in (0..9).flat_map(|a| (0..9).map(move |b| (a, b))) {
            for (first, end) in (0..7).flat_map(|a| (0..7).map(move |b| (a, b))) {
                let is_in = |i: &usize| {
                    (left..right).contains(&(i % columns)) && (first..end).contains(&(i / columns))
                };
                let marked = (0..cells.len()).filter(|i| cells[*i]).filter(is_in).count();
                assert_eq!(sums.count(left..right, first..end) as usize, marked);
            }
        }
        assert_eq!(Sums::of(0, &[]).count(0..9, 0..9), 0);
    }
}
