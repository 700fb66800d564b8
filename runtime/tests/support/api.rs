//! A hand-written client like a generated one.

use runtime::{Auth, ClientBuilder, Credential, Error, Method, Operation, Request, model};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(crate) struct Client(runtime::Client);

impl Client {
    /// Returns a builder of clients without retries, so that tests of one attempt do not wait.
    pub(crate) fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new("https://conversations.example.com")
            .auth(Auth::basic("AC1", "canary-token"))
            .retries(0)
    }

    /// Returns a builder with the default transport for a server on this machine, without a proxy.
    #[cfg(feature = "hyper")]
    pub(crate) fn at(server: &str) -> ClientBuilder<Self> {
        Self::connecting_within(std::time::Duration::from_secs(10), server)
    }

    #[cfg(feature = "hyper")]
    pub(crate) fn connecting_within(timeout: std::time::Duration, server: &str) -> ClientBuilder<Self> {
        Self::builder().server(server).transport(runtime::transport::Hyper::direct(timeout).unwrap())
    }

    /// Returns a client with this transport.
    pub(crate) fn of(transport: impl runtime::transport::Transport) -> Self {
        Self::builder().transport(transport).build().unwrap()
    }

    pub(crate) fn fetch_user(&self, service: &str, sid: &str) -> FetchUser {
        FetchUser(Request::new(&self.0, &FETCH).path("ServiceSid", service).path("Sid", sid))
    }

    pub(crate) fn delete_user(&self, sid: &str) -> DeleteUser {
        DeleteUser(Request::new(&self.0, &DELETE).path("Sid", sid))
    }

    pub(crate) fn create_user(&self) -> CreateUser {
        CreateUser(Request::new(&self.0, &CREATE))
    }
}

impl From<runtime::Client> for Client {
    fn from(client: runtime::Client) -> Self {
        Self(client)
    }
}

const FETCH: Operation = Operation::new("FetchUser", Method::GET, "/v1/Services/{ServiceSid}/Users/{Sid}")
    .security(&[&[Credential::Basic]])
    .accept("application/json")
    .repeatable(&[429])
    .request_id("Request-Id");

const DELETE: Operation = Operation::new("DeleteUser", Method::DELETE, "/v1/Users/{Sid}");

const CREATE: Operation = Operation::new("CreateUser", Method::POST, "/v1/Users").accept("application/json");

/// The methods of a request, and short forms of its settings for tests.
macro_rules! request_methods {
    ($reply:ty, $shape:ty) => {
        pub(crate) fn send(self) -> runtime::ResponseFuture<$shape> {
            self.0.send::<$reply>()
        }

        pub(crate) fn send_with_response(self) -> runtime::ResponseFuture<runtime::Response<$shape>> {
            self.0.send_with_response::<$reply>()
        }

        pub(crate) fn operation_timeout(self, timeout: std::time::Duration) -> Self {
            Self(self.0.with(|call| call.operation_timeout(timeout)))
        }

        pub(crate) fn attempt_timeout(self, timeout: std::time::Duration) -> Self {
            Self(self.0.with(|call| call.attempt_timeout(timeout)))
        }

        pub(crate) fn idle_timeout(self, timeout: std::time::Duration) -> Self {
            Self(self.0.with(|call| call.idle_timeout(timeout)))
        }

        pub(crate) fn retries(self, retries: u32) -> Self {
            Self(self.0.with(|call| call.retries(retries)))
        }

        pub(crate) fn header(self, name: &str, value: &str) -> Self {
            Self(self.0.with(|call| call.header(name, value)))
        }
    };
}

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct FetchUser(Request);

impl FetchUser {
    request_methods!(runtime::reply::Json<User>, User);
}

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct DeleteUser(Request);

impl DeleteUser {
    request_methods!(runtime::reply::Empty, ());
}

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct CreateUser(Request);

impl CreateUser {
    request_methods!(runtime::reply::Json<User>, User);
}

#[derive(Clone, Default)]
pub(crate) struct User {
    pub(crate) sid: Option<String>,
    pub(crate) identity: Option<String>,
    pub(crate) date_created: Option<runtime::model::DateTime>,
    pub(crate) is_online: Option<bool>,
    pub(crate) links: Option<BTreeMap<String, String>>,
}

model::object! {
    User {
        0 sid: nullable("sid"),
        1 identity: nullable("identity").redacted(),
        2 date_created: nullable("date_created"),
        3 is_online: nullable("is_online"),
        4 links: nullable("links").redacted(),
    }
    table { .closed() }
}

/// Returns everything that a log could show of an error: the error and its causes, by `Display` and
/// `Debug`.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error:?}\n{error:#?}");
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        text.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    text
}
