//! Counts steps in tests, so that they can show that the work grows no faster than the text.

/// Adds `steps` to the count of this thread; does nothing outside tests.
#[cfg(not(test))]
pub(super) fn count(_steps: usize) {}

#[cfg(test)]
pub(super) fn count(steps: usize) {
    counter::STEPS.with(|total| total.set(total.get() + steps));
}

/// The steps that `action` takes.
#[cfg(test)]
pub(super) fn steps_of(action: impl FnOnce()) -> usize {
    counter::STEPS.with(|total| total.set(0));
    action();
    counter::STEPS.with(std::cell::Cell::get)
}

#[cfg(test)]
mod counter {
    use std::cell::Cell;

    thread_local! {
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }
}
