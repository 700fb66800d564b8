//! The methods that every generated request type has.

/// Gives a generated request type, a tuple struct of one [`Request`](crate::Request), the methods that all have.
///
/// `request_methods!(models::User)` where the operation has content, `request_methods!()` where it has none.
///
/// ```
/// /// A request of `Client::fetch_user`.
/// #[derive(Debug)]
/// #[must_use = "a request does nothing until it is sent"]
/// pub struct FetchUser(runtime::Request);
///
/// impl FetchUser {
///     runtime::request_methods!(runtime::serde_json::Value);
/// }
///
/// /// A request of `Client::delete_user`.
/// pub struct DeleteUser(runtime::Request);
///
/// impl DeleteUser {
///     runtime::request_methods!();
/// }
/// ```
#[macro_export]
macro_rules! request_methods {
    (@settings) => {
        /// Sets how long this operation may take in all, in place of the client's setting. Zero is refused.
        pub fn operation_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.operation_timeout(timeout))
        }

        /// Sets how long one attempt may take, in place of the client's setting. Zero is refused.
        pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.attempt_timeout(timeout))
        }

        /// Sets the longest wait for the next piece of the response's body, in place of the client's setting. Zero is
        /// refused.
        pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.idle_timeout(timeout))
        }

        /// Sets how often a failed attempt is repeated, at most, in place of the client's setting: 0 to 10.
        pub fn retries(self, retries: u32) -> Self {
            Self(self.0.retries(retries))
        }

        /// Sets a header for this request: a value of visible ASCII, in place of one of the same name.
        ///
        /// `Authorization`, `Connection`, `Content-Length`, `Host` and `Transfer-Encoding` are refused.
        pub fn header(self, name: &str, value: &str) -> Self {
            Self(self.0.header(name, value))
        }
    };
    // What comes before the type says how it is read; nothing, of JSON.
    ($($kind:tt)*) => {
        $crate::send_methods!(@ send, send_with_response, {}, $($kind)*);
        $crate::request_methods!(@settings);
    };
}

/// Gives a generated request type the methods that send it, by the names `$send` and `$with_response`, and ask for
/// `$accept`.
///
/// The kind of what comes is nothing, a type that is read from JSON, or one of `text`, `bytes`, `choice`, `events`,
/// `text_events`, `lines` with its type. Of `bytes` the name of a method that streams them may follow.
#[macro_export]
macro_rules! send_methods {
    ($accept:literal, $send:ident, $with_response:ident, $($kind:tt)*) => {
        $crate::send_methods!(@ $send, $with_response, {.accept($accept)}, $($kind)*);
    };
    (@ $send:ident, $with_response:ident, $accept:tt, ) => {
        $crate::send_methods!(@@ $send, $with_response, $accept, (), $crate::reply::Empty);
    };
    (@ $send:ident, $with_response:ident, $accept:tt, text $model:ty) => {
        $crate::send_methods!(@@ $send, $with_response, $accept, $model, $crate::reply::Text);
    };
    (@ $send:ident, $with_response:ident, $accept:tt, choice $model:ty) => {
        $crate::send_methods!(@@ $send, $with_response, $accept, $model, $model);
    };
    (@ $send:ident, $with_response:ident, {$($accept:tt)*}, bytes $model:ty, $stream:ident) => {
        /// Sends the request, and gives the response's head as soon as it is there, with bytes that are read as they
        /// come. They may be more than the client's limit.
        pub fn $stream(self) -> $crate::ResponseFuture<$crate::Response<$crate::ByteStream>> {
            self.0$($accept)*.send_with_response::<$crate::ByteStream>()
        }

        $crate::send_methods!(@ $send, $with_response, {$($accept)*}, bytes $model);
    };
    (@ $send:ident, $with_response:ident, $accept:tt, bytes $model:ty) => {
        $crate::send_methods!(@@ $send, $with_response, $accept, $model, $crate::reply::Binary);
    };
    (@ $send:ident, $with_response:ident, {$($accept:tt)*}, events $model:ty) => {
        /// Sends the request, and gives its events as they come.
        pub fn $send(self) -> $crate::ResponseFuture<$crate::EventStream<$model>> {
            self.0$($accept)*.send::<$crate::EventStream<$model>>()
        }
    };
    (@ $send:ident, $with_response:ident, {$($accept:tt)*}, text_events $model:ty) => {
        /// Sends the request, and gives its events as they come.
        pub fn $send(self) -> $crate::ResponseFuture<$crate::EventStream<$model>> {
            self.0$($accept)*.send::<$crate::reply::TextEvents>()
        }
    };
    (@ $send:ident, $with_response:ident, {$($accept:tt)*}, lines $model:ty) => {
        /// Sends the request, and gives its values as they come.
        pub fn $send(self) -> $crate::ResponseFuture<$crate::LineStream<$model>> {
            self.0$($accept)*.send::<$crate::LineStream<$model>>()
        }
    };
    (@ $send:ident, $with_response:ident, $accept:tt, $model:ty) => {
        $crate::send_methods!(@@ $send, $with_response, $accept, $model, $crate::reply::Json<$model>);
    };
    (
        @@ $send:ident, $with_response:ident, {$($accept:tt)*}, $model:ty, $reply:ty
    ) => {
        /// Sends the request.
        ///
        /// The future gives an error before any I/O where an argument can't be sent, and else says how far the call
        /// got: see [`Error`]($crate::Error).
        pub fn $send(self) -> $crate::ResponseFuture<$model> {
            self.0$($accept)*.send::<$reply>()
        }

        /// Sends the request; gives status, headers and request id as well.
        pub fn $with_response(self) -> $crate::ResponseFuture<$crate::Response<$model>> {
            self.0$($accept)*.send_with_response::<$reply>()
        }
    };
}
