//! The settings of one call.

use super::Request;
use std::{fmt, time::Duration};

/// The settings of one call: timeouts, retries and headers. The client's settings apply where these
/// are not set.
///
/// Every request has a method `with` that takes them:
///
/// ```
/// # use runtime::{Request, ResponseFuture};
/// # use std::time::Duration;
/// # struct FetchUser(Request);
/// # impl FetchUser {
/// #     fn with(self, change: impl FnOnce(runtime::CallOptions) -> runtime::CallOptions) -> Self {
/// #         Self(self.0.with(change))
/// #     }
/// # }
/// # fn example(request: FetchUser) -> FetchUser {
/// request.with(|call| call.retries(0).attempt_timeout(Duration::from_secs(5)))
/// # }
/// ```
#[must_use = "options do nothing until `with` returns them"]
pub struct CallOptions(Request);

impl CallOptions {
    /// Sets the operation timeout: how long the call may take, retries included. `send` returns an
    /// error if `timeout` is zero.
    pub fn operation_timeout(self, timeout: Duration) -> Self {
        Self(self.0.operation_timeout(timeout))
    }

    /// Sets the attempt timeout: how long one attempt may take. `send` returns an error if
    /// `timeout` is zero.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.attempt_timeout(timeout))
    }

    /// Sets the idle timeout: the longest wait for the next piece of the response's body. `send`
    /// returns an error if `timeout` is zero.
    pub fn idle_timeout(self, timeout: Duration) -> Self {
        Self(self.0.idle_timeout(timeout))
    }

    /// Sets the maximum number of retries: 0 to 10.
    pub fn retries(self, retries: u32) -> Self {
        Self(self.0.retries(retries))
    }

    /// Sets a header. The value is visible ASCII, and replaces an earlier value.
    ///
    /// `send` returns an error for `Authorization`, `Connection`, `Content-Length`, `Host` and
    /// `Transfer-Encoding`.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallOptions").field(&self.0).finish()
    }
}

impl Request {
    /// Changes the settings of this call.
    pub fn with(self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        change(CallOptions(self)).0
    }
}
