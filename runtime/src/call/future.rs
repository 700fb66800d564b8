//! The future of a call.
//!
//! In: a future of the whole raw response, which is the same for all operations, and how to decode it. Out: a future
//! of the value. The rule: only the decoding is generic, so that an operation costs a user's build next to nothing.

use crate::{call::Answer, error::Error};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

pub(crate) type AnswerFuture = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// The value of an operation, when it comes. Dropping it ends the call.
#[must_use = "a future does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    answer: AnswerFuture,
    decode: fn(Answer) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    pub(crate) fn new(answer: AnswerFuture, decode: fn(Answer) -> Result<T, Error>) -> Self {
        Self { answer, decode }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.answer.as_mut().poll(context));
        Poll::Ready(answer.and_then(self.decode))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
