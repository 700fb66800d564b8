//! Decides whether a failed attempt is retried, and when.
//!
//! Input: an error and the remaining time. Output: a wait, or `None`. Invariants: no wait ends
//! after the operation's deadline, and no client retries more than its budget allows, so that an
//! overloaded server gets less load rather than more.

use crate::{
    client::Client, client::backoff::longest, client::clock::Sleep, client::settings::Settings, error::Error,
};
use std::time::{Duration, Instant};

/// The longest `Retry-After` that is waited for. After a longer one, the call returns the error.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// A wait before the next attempt.
pub(crate) struct Pause {
    pub(crate) wait: Duration,
    pub(crate) sleep: Sleep,
}

/// Returns the wait before the next attempt, or `None` if `error` is final after this many
/// attempts.
///
/// Without a clock there are no waits, so nothing is retried.
pub(crate) fn pause(
    client: &Client,
    settings: &Settings,
    error: &Error,
    attempts: u32,
    deadline: Option<Instant>,
) -> Option<Pause> {
    if !error.is_retryable() || attempts > settings.retries {
        return None;
    }
    let asked = error.retry_after().unwrap_or_default();
    if asked > LONGEST_RETRY_AFTER {
        return None;
    }
    let longest = longest(settings, attempts);
    let wait = asked.max(client.jitter()(longest).min(longest));
    let clock = client.clock()?;
    let left = deadline.map(|deadline| deadline.saturating_duration_since(clock.now()));
    if left.is_some_and(|left| left <= wait) {
        return None;
    }
    let sleep = clock.sleep(wait)?;
    client.budget().take(error.is_rate_limited()).then_some(Pause { wait, sleep })
}
