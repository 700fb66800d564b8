//! Waits for a call without an async runtime.
//!
//! Input: the future of a call, or a stream. Output: its value or values. Invariants: all calls of
//! a program share one runtime, created by the first wait. Inside an async runtime, which a wait
//! would block, the result is an error.

use crate::{
    error::{Error, ErrorKind},
    response::future::ResponseFuture,
};
use futures_core::Stream;
use std::{future::poll_fn, pin::Pin, sync::OnceLock};
use tokio::runtime::{Builder, Handle, Runtime};

impl<T> ResponseFuture<T> {
    /// Waits for the call, in a program without an async runtime.
    ///
    /// # Errors
    /// The call's error, or [`ErrorKind::Configuration`] inside an async runtime. Use `.await`
    /// there.
    pub fn wait(self) -> Result<T, Error> {
        wait(self)?
    }
}

/// An iterator that waits for each item of a stream.
#[derive(Debug)]
pub struct Waiting<S>(Option<Pin<Box<S>>>);

/// Returns an iterator that waits for each item of a stream, for programs without an async runtime.
///
/// ```
/// # fn example(names: impl futures_core::Stream<Item = Result<String, runtime::Error>>) -> Result<(), runtime::Error> {
/// for name in runtime::waiting(names) {
///     println!("{}", name?);
/// }
/// # Ok(())
/// # }
/// ```
pub fn waiting<T, S: Stream<Item = Result<T, Error>>>(stream: S) -> Waiting<S> {
    Waiting(Some(Box::pin(stream)))
}

impl<T, S: Stream<Item = Result<T, Error>>> Iterator for Waiting<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let next = wait(poll_fn(|context| stream.as_mut().poll_next(context)));
        let next = next.unwrap_or_else(|error| Some(Err(error)));
        // After an error or the end, the stream is dropped.
        if !matches!(next, Some(Ok(_))) {
            self.0 = None;
        }
        next
    }
}

fn wait<F: Future>(future: F) -> Result<F::Output, Error> {
    let refuse = |message: &str| Error::new(ErrorKind::Configuration, message);
    if Handle::try_current().is_ok() {
        return Err(refuse("can't wait inside of an async runtime: `.await` it"));
    }
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => Ok(runtime.block_on(future)),
        Err(kind) => Err(refuse(&format!("no thread for calls could be started: {kind}"))),
    }
}

/// One thread serves all connections. Each caller polls its own call.
static RUNTIME: OnceLock<Result<Runtime, std::io::ErrorKind>> = OnceLock::new();

fn start() -> Result<Runtime, std::io::ErrorKind> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("runtime-calls").enable_all().build().map_err(|error| error.kind())
}
