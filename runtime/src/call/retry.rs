//! Whether a failed attempt is repeated, and when.
//!
//! In: an error that says whether repeating is safe, and the time that is left. Out: a wait, or nothing. The rule: no
//! wait ends after the operation's deadline, and no client repeats more than its budget allows, so that a server in
//! trouble gets less to do and not more.

use crate::{
    client::Client, client::backoff::longest, client::clock::Sleep, client::settings::Settings, error::Error,
};
use std::time::{Duration, Instant};

/// A server that asks for a longer wait than this gets no repetition: the caller had better know.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// A wait before the next attempt.
pub(crate) struct Pause {
    pub(crate) wait: Duration,
    pub(crate) sleep: Sleep,
}

/// The wait before the next attempt, or nothing where `error`, after so many attempts, is the call's end.
///
/// Without a clock nothing can wait, so nothing is repeated.
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
