//! The future of a call.
//!
//! Input: a future of the answer, which has the same type for all operations, and a function that
//! decodes it. Output: a future of the value. Only the decoding is generic, so that an operation
//! adds little to a build.

use crate::{error::Error, response::answer::Answer};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

pub(crate) type AnswerFuture = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// The future value of an operation. Dropping it cancels the call.
#[must_use = "a future does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    pub(crate) answer: AnswerFuture,
    pub(crate) read: fn(Answer) -> Result<T, Error>,
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.answer.as_mut().poll(context));
        Poll::Ready(answer.and_then(self.read))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
