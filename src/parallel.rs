//! Sharing work out over the cores.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::mpsc::{TryRecvError, channel};

use rayon::Yield;
use rayon::prelude::*;

/// Does the same with each of some items, the largest first: begun last, it would keep one core
/// busy while the others have nothing to do. The results are in the order of the items.
pub fn largest_first<T: Send, R: Send>(
    items: Vec<T>,
    size: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, T)> = items.into_iter().enumerate().collect();
    order.sort_by_cached_key(|(_, item)| Reverse(size(item)));
    let done = order.into_par_iter().with_max_len(1).map(|(place, item)| (place, work(item)));
    let mut done: Vec<(usize, R)> = done.collect();
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Has things made side by side and takes them in their order, each as soon as it is there.
///
/// # Errors
/// The first of `take`, which then gets no more.
pub fn in_order<T: Send, E: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let (send, receive) = channel();
    let make = &make;
    rayon::scope_fifo(move |scope| {
        for number in 0..count {
            let send = send.clone();
            // Where nothing is taken any more, nobody wants it.
            scope.spawn_fifo(move |_| _ = send.send((number, make(number))));
        }
        drop(send);
        let mut early = BTreeMap::new();
        for number in 0..count {
            let thing = loop {
                if let Some(thing) = early.remove(&number) {
                    break thing;
                }
                // Rather than wait, this core makes one itself, as long as there are any to make.
                let next = match receive.try_recv() {
                    Err(TryRecvError::Empty) => match rayon::yield_now() {
                        Some(Yield::Executed) => continue,
                        _ => receive.recv().ok(),
                    },
                    next => next.ok(),
                };
                // Where nothing comes any more, making one has panicked: the scope passes it on.
                let Some((number, thing)) = next else { return Ok(()) };
                early.insert(number, thing);
            };
            take(thing)?;
        }
        Ok(())
    })
}

/// The value of a cell, made if it is not there. Unlike `get_or_init` it holds no lock meanwhile: a
/// core that waits for a share of the work takes up other work, and where that wants the same cell it
/// would wait for itself. Two cores may make it at the same time; what is there first stays.
pub fn once<T>(cell: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(value) = cell.get() {
        return value;
    }
    let value = make();
    cell.get_or_init(|| value)
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::sync::OnceLock;

    use super::once;

    #[test]
    fn work_may_want_the_cell_that_it_fills() {
        let cell = OnceLock::new();
        assert_eq!(*once(&cell, || *once(&cell, || 1) + 1), 1, "what is there first stays");
        assert_eq!(*once(&cell, || 3), 1);
    }

    #[test]
    fn things_are_taken_in_their_order_until_one_is_refused() {
        let mut taken = Vec::new();
        let refuses = |thing: usize| {
            taken.push(thing);
            if thing == 30 { Err("enough") } else { Ok(()) }
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| super::in_order(50, |i| i, refuses)), Err("enough"));
        assert_eq!(taken, (0..=30).collect::<Vec<_>>());
        taken.clear();
        let takes = |thing| {
            taken.push(thing);
            Ok::<(), ()>(())
        };
        super::in_order(50, |i| i * i, takes).unwrap();
        assert_eq!(taken, (0..50).map(|i| i * i).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_while_one_is_made_is_passed_on() {
        let make = |number: usize| assert!(number != 7, "the eighth");
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let all = || super::in_order(20, make, |()| Ok::<(), ()>(()));
            let caught = std::panic::catch_unwind(AssertUnwindSafe(|| pool.install(all)));
            assert!(caught.is_err(), "{threads} cores");
        }
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).map(|i| (i * 37) % 101).collect();
        let results = super::largest_first(items.clone(), |item| *item, |item| item + 1);
        assert_eq!(results, items.iter().map(|item| item + 1).collect::<Vec<_>>());
    }
}
