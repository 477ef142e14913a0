//! The queue of points by how much they matter.
//!
//! What matters little is taken soon and must be in order now; the rest waits in piles. Only one
//! pile at a time is put in order, so that the heap stays in the processor's cache, however long
//! the line is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::mem;

/// Points with their areas; the smallest area comes first, and of equal ones the first point.
pub struct Queue {
    /// What belongs to the pile `current` and to those before it. One number orders the entries: the
    /// area's bits above, the point below.
    near: BinaryHeap<Reverse<u64>>,
    /// The other entries, by the leading bits of their areas.
    piles: Vec<Vec<Reverse<u64>>>,
    current: usize,
    shift: u32,
}

impl Queue {
    /// An empty queue for about so many points.
    pub fn with_capacity(points: usize) -> Self {
        // Areas lie within some thirty powers of two, which are a tenth of all. Beyond five
        // leading digits to a power the piles themselves no longer fit the cache.
        let bits = points.max(1).ilog2().saturating_sub(2).min(13);
        let piles = vec![Vec::new(); 1 << bits];
        Self { near: BinaryHeap::new(), piles, current: 0, shift: 31 - bits }
    }

    /// Puts a point in the queue. The area is not negative.
    pub fn push(&mut self, area: f32, point: u32) {
        let bits = area.abs().to_bits();
        let entry = Reverse(u64::from(bits) << 32 | u64::from(point));
        let pile = (bits >> self.shift) as usize;
        if pile <= self.current {
            self.near.push(entry);
        } else {
            self.piles[pile].push(entry);
        }
    }

    /// Takes the point with the smallest area.
    pub fn pop(&mut self) -> Option<(f32, u32)> {
        while self.near.is_empty() {
            self.current += 1;
            self.near = mem::take(self.piles.get_mut(self.current)?).into();
        }
        let Reverse(entry) = self.near.pop()?;
        #[expect(clippy::cast_possible_truncation, reason = "the two halves of an entry")]
        Some((f32::from_bits((entry >> 32) as u32), entry as u32))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_as_one_heap(
            steps in prop::collection::vec((0.0f32..1e9, -30i32..3, prop::bool::ANY), 1..400),
            capacity in 0usize..200_000,
        ) {
            let mut queue = Queue::with_capacity(capacity);
            let mut heap = BinaryHeap::new();
            for (point, (area, power, is_taken)) in (0u32..).zip(steps) {
                let area = area * 10f32.powi(power / 3);
                queue.push(area, point);
                heap.push(Reverse((area.to_bits(), point)));
                if is_taken {
                    let taken = queue.pop().map(|(area, point)| (area.to_bits(), point));
                    prop_assert_eq!(taken, heap.pop().map(|Reverse(first)| first));
                }
            }
            while let Some(Reverse((area, point))) = heap.pop() {
                prop_assert_eq!(queue.pop(), Some((f32::from_bits(area), point)));
            }
            prop_assert_eq!(queue.pop(), None);
        }
    }
}
