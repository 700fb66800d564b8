//! Shared by the tests: a scripted server, and a client like a generated one.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod api;
#[cfg(feature = "hyper")]
pub(crate) mod server;

/// Runs a future on a new tokio runtime.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Runs a future on a paused clock, which advances only while all tasks wait. Returns the elapsed
/// time.
pub(crate) fn in_no_time<F: Future>(future: F) -> (F::Output, std::time::Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let start = tokio::time::Instant::now();
        let output = future.await;
        (output, start.elapsed())
    })
}
