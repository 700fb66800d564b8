//! What tests share: a server that follows a script, and a client like a generated one.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod api;
#[cfg(feature = "hyper")]
pub(crate) mod server;

/// Runs a future on a tokio runtime of its own.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Runs a future in time that passes only while all wait for it, and tells how much of it passed.
pub(crate) fn in_no_time<F: Future>(future: F) -> (F::Output, std::time::Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let start = tokio::time::Instant::now();
        let output = future.await;
        (output, start.elapsed())
    })
}
