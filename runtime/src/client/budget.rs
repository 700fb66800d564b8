//! How much a client may repeat.
//!
//! In: each repetition and each success. Out: whether the next repetition may be made. The rule: while most calls
//! succeed there is always enough; while most fail, little more is sent than the calls themselves.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A bucket of tokens that all calls of a client share: a repetition takes some, a success gives one back.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const FULL: u32 = 500;
const SUCCESS: u32 = 1;
/// A repetition after an answer 429, which costs the server little.
const THROTTLED: u32 = 5;
/// Any other repetition.
const FAILED: u32 = 14;

impl Budget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes what a repetition costs, if it is there.
    pub(crate) fn take(&self, throttled: bool) -> bool {
        let cost = if throttled { THROTTLED } else { FAILED };
        self.0.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(cost)).is_ok()
    }

    /// Gives back what a success is worth.
    pub(crate) fn refill(&self) {
        // Most of the time the bucket is full, and then nothing is written that other threads would have to wait for.
        let refilled = |tokens| (tokens < FULL).then_some(tokens + SUCCESS);
        let _ = self.0.fetch_update(Relaxed, Relaxed, refilled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_empties_it_and_what_succeeds_fills_it() {
        let budget = Budget::full();
        assert_eq!((0..1000).filter(|_| budget.take(false)).count(), 35);
        // 10 are left.
        assert!(budget.take(true) && budget.take(true) && !budget.take(true));
        for _ in 0..14 {
            assert!(!budget.take(false));
            budget.refill();
        }
        assert!(budget.take(false) && !budget.take(true));
    }

    #[test]
    fn it_never_holds_more_than_it_began_with() {
        let budget = Budget::full();
        budget.refill();
        assert_eq!((0..1000).filter(|_| budget.take(true)).count(), 100);
    }
}
