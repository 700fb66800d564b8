//! A limit on how long a future may take.
//!
//! In: a future and a limit. Out: what the future gives, or that time ran out. The rule: the wait begins when the
//! future first has to wait, so a future that is ready costs no timer.

use crate::client::clock::Clock;
use std::{future::poll_fn, pin::Pin, task::Poll, time::Duration};

/// Why a future was given up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expired {
    /// Its time ran out.
    Elapsed,
    /// The clock can't wait here.
    NoTimer,
}

/// Drives `future`, for `limit` at most; for ever without a clock. It is pinned by the caller: an `async fn` holds what it
/// is given twice, which doubles with each that is in another.
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
