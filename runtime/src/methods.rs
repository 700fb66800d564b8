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
    () => {
        $crate::request_methods!(@ (), send_empty, send_empty_with_response);
    };
    ($model:ty) => {
        $crate::request_methods!(@ $model, send, send_with_response);
    };
    (@ $model:ty, $send:ident, $send_with_response:ident) => {
        /// Sends the request.
        ///
        /// The future gives an error before any I/O where an argument can't be sent, and else says how far the call
        /// got: see [`Error`]($crate::Error).
        pub fn send(self) -> $crate::ResponseFuture<$model> {
            self.0.$send()
        }

        /// Sends the request; gives status, headers and request id as well.
        pub fn send_with_response(self) -> $crate::ResponseFuture<$crate::Response<$model>> {
            self.0.$send_with_response()
        }

        /// Sets how long this operation may take in all, in place of the client's setting. Zero is refused.
        pub fn operation_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.operation_timeout(timeout))
        }

        /// Sets how long one attempt may take, in place of the client's setting. Zero is refused.
        pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.attempt_timeout(timeout))
        }

        /// Sets how long the server may say nothing, in place of the client's setting. Zero is refused.
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
}
