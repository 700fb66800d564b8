//! Shared by the tests: a scripted server, and a client like a generated one.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod api;
#[cfg(feature = "hyper")]
pub(crate) mod server;

/// Returns the content encodings of this build, in the order of `Accept-Encoding`.
pub(crate) fn encodings() -> Vec<&'static str> {
    [("gzip", true), ("br", cfg!(feature = "brotli")), ("zstd", cfg!(feature = "zstd"))]
        .into_iter()
        .filter_map(|(name, is_built)| is_built.then_some(name))
        .collect()
}

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
