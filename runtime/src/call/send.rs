//! Sends a request.

use crate::{
    call::{self, Call},
    request::Request,
    response::{Response, answer::Answer, future::AnswerFuture, future::ResponseFuture, reply::Reply},
};

impl Request {
    /// Sends the request, and decodes the response as `R`.
    ///
    /// The future returns an error before any I/O if an argument cannot be sent.
    pub fn send<R: Reply>(self) -> ResponseFuture<R::Value> {
        ResponseFuture::new(start(self, R::OPEN), R::read)
    }

    /// Sends the request, and also returns status, headers and request id.
    pub fn send_with_response<R: Reply>(self) -> ResponseFuture<Response<R::Value>> {
        ResponseFuture::new(start(self, R::OPEN), |answer| Answer::with_head(answer, R::read))
    }
}

/// Does the part of a call that does not depend on the type of its value.
fn start(request: Request, open: bool) -> AnswerFuture {
    let call = Call::new(request, open).map(Box::new);
    Box::pin(async move { call::run(call?).await })
}
