//! Limits the time of a future.
//!
//! Input: a future and a limit. Output: the future's value, or that time ran out. The timer starts
//! when the future first has to wait, so that a ready future costs no timer.

use crate::client::clock::Clock;
use std::{future::poll_fn, pin::Pin, task::Poll, time::Duration};

/// The reason why a future was dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expired {
    /// The time ran out.
    Elapsed,
    /// The clock cannot wait here.
    NoTimer,
}

/// Polls `future` for at most `limit`, or for ever without a clock. The caller pins the future: an
/// `async fn` stores its argument twice, so the size doubles with every nested call.
pub(crate) async fn within<F: Future + Unpin>(
    clock: Option<&dyn Clock>,
    limit: Duration,
    mut future: F,
) -> Result<F::Output, Expired> {
    let mut sleep = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = Pin::new(&mut future).poll(context) {
            return Poll::Ready(Ok(output));
        }
        let Some(clock) = clock else {
            return Poll::Pending;
        };
        if sleep.is_none() {
            sleep = clock.sleep(limit);
        }
        match &mut sleep {
            Some(sleep) => sleep.as_mut().poll(context).map(|()| Err(Expired::Elapsed)),
            None => Poll::Ready(Err(Expired::NoTimer)),
        }
    })
    .await
}
