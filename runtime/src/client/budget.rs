//! The retry budget of a client.
//!
//! Input: each retry and each success. Output: whether a retry is allowed. While most calls
//! succeed, the budget suffices. While most fail, it limits the additional load.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A token bucket that all calls of a client share. A retry takes tokens, a success returns one.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const FULL: u32 = 500;
const SUCCESS: u32 = 1;
/// The cost of a retry after status 429, which is cheap for the server.
const THROTTLED: u32 = 5;
/// The cost of any other retry.
const FAILED: u32 = 14;

impl Budget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes the cost of a retry. Returns false if the budget does not suffice.
    pub(crate) fn take(&self, throttled: bool) -> bool {
        let cost = if throttled { THROTTLED } else { FAILED };
        self.0.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(cost)).is_ok()
    }

    /// Puts the tokens of a success back.
    pub(crate) fn refill(&self) {
        // A full bucket, the usual case, is not written, so that threads do not contend.
        let refilled = |tokens| (tokens < FULL).then_some(tokens + SUCCESS);
        let _ = self.0.fetch_update(Relaxed, Relaxed, refilled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_empty_the_budget_and_successes_fill_it() {
        let budget = Budget::full();
        assert_eq!((0..1000).filter(|_| budget.take(false)).count(), 35);
        // 10 tokens are left.
        assert!(budget.take(true) && budget.take(true) && !budget.take(true));
        for _ in 0..14 {
            assert!(!budget.take(false));
            budget.refill();
        }
        assert!(budget.take(false) && !budget.take(true));
    }

    #[test]
    fn the_budget_never_exceeds_its_initial_size() {
        let budget = Budget::full();
        budget.refill();
        assert_eq!((0..1000).filter(|_| budget.take(true)).count(), 100);
    }
}
