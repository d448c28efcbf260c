//! Work spread over threads, its results in the order of its items, few items in memory at once.

use std::io;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Items waiting or being worked on, for each thread: enough that no thread idles while one item takes long.
const ITEMS_PER_THREAD: usize = 4;

/// The one who takes the results has gone: nothing more is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwanted;

/// Takes items for the threads; blocks while enough of them are in hand.
pub struct Intake<T, R> {
    jobs: SyncSender<Job<T, R>>,
    order: SyncSender<Receiver<R>>,
}

impl<T, R> Intake<T, R> {
    /// Hands `item` to the next free thread.
    pub fn put(&self, item: T) -> Result<(), Unwanted> {
        let (slot, result) = mpsc::sync_channel(1);
        // The place in the order first: it is what bounds the number of items in hand.
        self.order.send(result).map_err(|_| Unwanted)?;
        self.jobs.send(Job { item, slot }).map_err(|_| Unwanted)
    }
}

struct Job<T, R> {
    item: T,
    slot: SyncSender<R>,
}

/// The results of `work` on each item that `feed` puts in, in that order.
///
/// `feed` runs on a thread of its own and `work` on `threads` others. Dropping the results ends both after the item
/// they are at; nobody waits for that, so `feed` may be blocked on input for ever. `work` must not panic.
///
/// # Errors
/// Where the system gives no more threads.
pub fn in_order<T, R>(
    threads: usize,
    feed: impl FnOnce(&Intake<T, R>) + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> io::Result<impl Iterator<Item = R>>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let in_hand = threads * ITEMS_PER_THREAD;
    let (job_sender, job_receiver) = mpsc::sync_channel::<Job<T, R>>(in_hand);
    let (order_sender, order_receiver) = mpsc::sync_channel(in_hand);
    let (jobs, work) = (Arc::new(Mutex::new(job_receiver)), Arc::new(work));
    for _ in 0..threads {
        let (jobs, work) = (Arc::clone(&jobs), Arc::clone(&work));
        thread::Builder::new().name("reader".to_owned()).spawn(move || {
            while let Some(Job { item, slot }) = next(&jobs) {
                let _ = slot.send(work(item)); // fails where the result is no longer wanted
            }
        })?;
    }
    let intake = Intake { jobs: job_sender, order: order_sender };
    thread::Builder::new().name("feeder".to_owned()).spawn(move || feed(&intake))?;
    // A slot stays empty only where `work` broke its promise and panicked.
    Ok(order_receiver.into_iter().filter_map(|result| result.recv().ok()))
}

/// The next job; `None` when there will be none. One thread waits at the channel, the others at its lock.
fn next<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let feed = |intake: &Intake<u64, u64>| (0..100).for_each(|item| intake.put(item).unwrap());
        let slow_when_even = |item: u64| {
            thread::sleep(Duration::from_millis((item + 1) % 2));
            item
        };
        let results: Vec<u64> = in_order(4, feed, slow_when_even).unwrap().collect();
        assert_eq!(results, (0..100).collect::<Vec<u64>>());
    }

    #[test]
    fn no_more_items_are_taken_than_are_wanted_soon() {
        static TAKEN: AtomicUsize = AtomicUsize::new(0);
        let feed = |intake: &Intake<usize, usize>| {
            while intake.put(0).is_ok() {
                TAKEN.fetch_add(1, Ordering::SeqCst);
            }
        };
        let mut results = in_order(2, feed, |item| item).unwrap();
        results.next();
        thread::sleep(Duration::from_millis(50));
        assert!(TAKEN.load(Ordering::SeqCst) <= 2 * ITEMS_PER_THREAD + 2);
    }

    #[test]
    fn dropping_the_results_stops_the_feed() {
        let (sender, ended) = mpsc::channel();
        let feed = move |intake: &Intake<usize, usize>| {
            while intake.put(0) != Err(Unwanted) {}
            sender.send(()).unwrap();
        };
        drop(in_order(1, feed, |item| item).unwrap());
        ended.recv_timeout(Duration::from_secs(10)).unwrap();
    }
}
