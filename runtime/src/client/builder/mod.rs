//! Builds clients.
//!
//! Input: settings that differ from the defaults. Output: a client. Invariant: `build` reports all
//! invalid settings at once, so that no call fails because of them.

mod build;

use crate::{
    client::Client,
    client::auth::{Auth, Credential},
    client::backoff::{Jitter, full_jitter},
    client::clock::Clock,
    client::observer::Observer,
    client::server_template,
    client::settings::Settings,
    error::Error,
    transport::Transport,
};
use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

/// Builds a client of the type `C`, which generated code defines.
///
/// ```
/// use runtime::{Auth, Client, ClientBuilder, transport::Memory};
/// use std::time::Duration;
///
/// let client: Client = ClientBuilder::new("https://example.com")
///     .auth(Auth::bearer("token"))
///     .transport(Memory::new())
///     .operation_timeout(Duration::from_secs(20))
///     .build()?;
///
/// let error = ClientBuilder::<Client>::new("https://user@example.com")
///     .auth(Auth::bearer(""))
///     .transport(Memory::new())
///     .build()
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "base URL: user info has no place in a base URL; credentials: the bearer token is empty",
/// );
/// # Ok::<(), runtime::Error>(())
/// ```
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder<C> {
    server: Result<String, Vec<String>>,
    chosen: bool,
    others: Vec<(String, String)>,
    plain_http: bool,
    auth: Option<Auth>,
    taken: Option<&'static [Credential]>,
    undeclared: bool,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    user_agent: String,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    connect_timeout: Option<Duration>,
    settings: Settings,
    jitter: Jitter,
    observer: Option<Arc<dyn Observer>>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Returns a builder with default settings for the server of a document.
    pub fn new(server: impl AsRef<str>) -> Self {
        Self {
            server: Ok(server.as_ref().to_owned()),
            chosen: false,
            others: Vec::new(),
            plain_http: false,
            auth: None,
            taken: None,
            undeclared: false,
            transport: None,
            clock: None,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            headers: Vec::new(),
            query: Vec::new(),
            connect_timeout: None,
            settings: Settings::default(),
            jitter: Arc::new(full_jitter),
            observer: None,
            client: PhantomData,
        }
    }

    /// Sets the credentials. Without credentials, an operation that requires credentials fails
    /// before any I/O. With [`Auth::none`], every operation is called without credentials.
    ///
    /// [`build`](Self::build) returns an error for a credential that no operation accepts. If the
    /// document declares no security at all, [`Auth::basic`], [`Auth::bearer`] and
    /// [`Auth::provider`] are sent in `Authorization` with every operation.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// For generated code: sets the credentials that the document's operations accept.
    /// [`build`](Self::build) refuses all others. Default: any.
    pub fn security(mut self, taken: &'static [Credential]) -> Self {
        self.taken = Some(taken);
        self
    }

    /// For generated code: declares that the document has no `security`. Operations without their
    /// own security accept `Authorization`, but do not require it. `taken` has the credentials that
    /// operations declare as parameters.
    pub fn undeclared_security(mut self, taken: &'static [Credential]) -> Self {
        self.taken = Some(taken);
        self.undeclared = true;
        self
    }

    /// Sets the base URL: scheme, host, and optionally port and path prefix. This URL replaces the
    /// document's server for every operation. It also replaces an operation's own server, unless
    /// [`server_for`](Self::server_for) sets another URL for that server.
    ///
    /// User info, query and fragment are refused. A non-ASCII host is written as `xn--…`. Plain
    /// `http` is allowed for this machine (`localhost`, `127.0.0.0/8`, `[::1]`), or with
    /// [permission](Self::allow_plain_http). The default transport connects to this machine without
    /// a proxy, even if the environment configures one.
    pub fn server(mut self, url: impl AsRef<str>) -> Self {
        self.server = Ok(url.as_ref().to_owned());
        self.chosen = true;
        self
    }

    /// Sets the base URL that replaces `own`, the server that the document declares for some
    /// operations.
    pub fn server_for(mut self, own: impl Into<String>, url: impl Into<String>) -> Self {
        self.others.push((own.into(), url.into()));
        self
    }

    /// Sets the base URL from a template with variables, like a document's server.
    ///
    /// In the host, each value is one DNS label. A variable that is a whole label may be empty: the
    /// label and its dot are then omitted.
    ///
    /// ```
    /// # use runtime::{Client, ClientBuilder, transport::Memory};
    /// let client: Client = ClientBuilder::new("https://conversations.example.com")
    ///     .server_template("https://conversations.{edge}.{region}.example.com", &[("edge", "dublin"), ("region", "ie1")])
    ///     .transport(Memory::new())
    ///     .build()?;
    /// assert!(format!("{client:?}").contains("https://conversations.dublin.ie1.example.com"));
    /// # Ok::<(), runtime::Error>(())
    /// ```
    pub fn server_template(mut self, template: &str, values: &[(&str, &str)]) -> Self {
        self.server = server_template::fill(template, values);
        self.chosen = true;
        self
    }

    /// Allows plain `http` to other machines. Everyone on the network path can then read
    /// credentials and data. Default: false.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.plain_http = allow;
        self
    }

    /// Sets the transport. Default: `transport::Hyper`, with the feature `hyper`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the clock. Default: tokio's timer, with the feature `hyper`. Without the feature and
    /// without a clock, timeouts are not enforced.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Sets `User-Agent`. Default: name and version of the generated crate, or of this crate if
    /// there is none.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets a header for every request, such as an API version. The value is visible ASCII, and
    /// replaces an earlier value. A header or header parameter of a single request takes
    /// precedence.
    ///
    /// `Authorization`, `Connection`, `Content-Length`, `Host` and `Transfer-Encoding` are refused.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets a query parameter for every request. The value is percent-encoded, and replaces an
    /// earlier value. A parameter of a single request takes precedence.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value.into()));
        self
    }

    /// Sets the connect timeout: DNS, TCP, TLS and proxy. Default: 10 s. Only for the default
    /// transport: [`build`](Self::build) returns an error if another transport is set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the attempt timeout: from connecting to the last byte of the body. Default: 30 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Sets the idle timeout: the longest wait for the next piece of a response's body. Before the
    /// headers, only the attempt timeout counts, because a server may work for long. Default: 15 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// Sets the operation timeout: the whole call, with retries and the waits between them.
    /// Attempts are shortened to the remaining time. Default: 90 s.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.settings.operation_timeout = timeout;
        self
    }

    /// Sets the maximum number of retries: 0 to 10. Default: 2.
    ///
    /// These requests are retried:
    ///
    /// - idempotent methods (RFC 9110 §9.2.2) and requests with an idempotency key, after the
    ///   statuses 408, 429, 500, 502, 503 and 504, and after failed, stalled or slow connections
    ///   and bodies
    /// - other methods, such as POST and PATCH, only if the server did not process the request,
    ///   usually because no byte was sent
    /// - every method, after a status that the document declares safe to retry
    ///
    /// A token bucket limits the retries of a client, so that an overloaded server can recover. It
    /// has 500 tokens. A retry takes 14 (5 after a 429), a success returns 1.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sets the wait before a retry, unless the server's `Retry-After` asks for more: a random time
    /// up to `base`, doubled for each further retry, at most `max`. Default: 0.5 s and 8 s.
    ///
    /// If the server asks for more than 60 s, or for more than the remaining time, the call is not
    /// retried. The error has [`retry_after`](Error::retry_after).
    pub fn backoff(mut self, base: Duration, max: Duration) -> Self {
        self.settings.backoff_base = base;
        self.settings.backoff_max = max;
        self
    }

    /// Sets a function that picks a wait up to the given one, instead of a random wait. For tests
    /// that expect certain waits.
    pub fn jitter(mut self, pick: impl Fn(Duration) -> Duration + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(pick);
        self
    }

    /// Sets an observer, which is called after each attempt, for metrics and logs. It receives no
    /// secrets.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the largest decompressed body, in bytes. A larger body is an error. Default: 16 MiB.
    ///
    /// Also limits the memory of the decoded values: 16 times `bytes`, plus 1 MiB. A body whose
    /// values would take more is an error of the kind [`TooLarge`](crate::ErrorKind::TooLarge),
    /// even if the body itself is small enough. Any JSON ([`Value`](serde_json::Value)) takes twice
    /// the memory if a crate of the build enables serde_json's feature `preserve_order`. Each event
    /// and each line of a stream has these limits.
    pub fn max_body_bytes(mut self, bytes: u64) -> Self {
        self.settings.max_body_bytes = bytes;
        self
    }

    /// Sets how many decompressed bytes of an error's body are kept. The rest is not read. Default:
    /// 64 KiB.
    pub fn max_error_body_bytes(mut self, bytes: u64) -> Self {
        self.settings.max_error_body_bytes = bytes;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) with all problems: an unusable base URL or credentials,
    /// credentials that no operation accepts, an invalid header, a timeout of zero, more than 10
    /// retries, a backoff whose maximum is below its base, no transport.
    pub fn build(self) -> Result<C, Error> {
        self.build_client().map(C::from)
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
