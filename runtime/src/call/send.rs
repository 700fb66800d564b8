//! Sends a request.

use crate::{
    call::{self, Call},
    error::Error,
    request::Request,
    response::{Response, answer::Answer, future::AnswerFuture, future::ResponseFuture, reply::Reply},
};

impl Request {
    /// Sends the request, and decodes the response as `R`.
    ///
    /// The future returns an error before any I/O if an argument cannot be sent.
    pub fn send<R: Reply>(self) -> ResponseFuture<R::Value> {
        ResponseFuture { answer: start(self, R::OPEN), read: R::read }
    }

    /// Sends the request, and also returns status, headers and request id.
    pub fn send_with_response<R: Reply>(self) -> ResponseFuture<Response<R::Value>> {
        ResponseFuture { answer: start(self, R::OPEN), read: read_with_head::<R> }
    }
}

/// Decodes a response, and returns it with its head.
///
/// A client has a copy of this function for each of its types. A closure would be two functions.
fn read_with_head<R: Reply>(answer: Answer) -> Result<Response<R::Value>, Error> {
    let head = answer.head();
    match R::read(answer) {
        Ok(body) => Ok(Response { head, body }),
        Err(error) => Err(error),
    }
}

/// Does the part of a call that does not depend on the type of its value.
fn start(request: Request, open: bool) -> AnswerFuture {
    let call = Call::new(request, open).map(Box::new);
    Box::pin(async move { call::run(call?).await })
}
