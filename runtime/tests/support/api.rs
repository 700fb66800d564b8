//! A client as the generator writes it.

use runtime::{Auth, ClientBuilder, Credential, Error, Method, Operation, Request, model};
use std::{collections::BTreeMap, fmt};

#[derive(Clone, Debug)]
pub(crate) struct Client(runtime::Client);

impl Client {
    /// A builder of clients that repeat nothing: a test of one attempt waits for no other.
    pub(crate) fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new("https://conversations.example.com")
            .auth(Auth::basic("AC1", "canary-token"))
            .retries(0)
    }

    /// A client of the default transport, for a server of this machine, whatever proxy the environment names.
    #[cfg(feature = "hyper")]
    pub(crate) fn at(server: &str) -> ClientBuilder<Self> {
        Self::connecting_within(std::time::Duration::from_secs(10), server)
    }

    #[cfg(feature = "hyper")]
    pub(crate) fn connecting_within(timeout: std::time::Duration, server: &str) -> ClientBuilder<Self> {
        Self::builder().server(server).transport(runtime::transport::Hyper::direct(timeout).unwrap())
    }

    /// A client of the in-memory transport.
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

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct FetchUser(Request);

impl FetchUser {
    runtime::request_methods!(User);
}

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct DeleteUser(Request);

impl DeleteUser {
    runtime::request_methods!();
}

#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct CreateUser(Request);

impl CreateUser {
    runtime::request_methods!(User);
}

#[derive(Clone, Default, PartialEq)]
pub(crate) struct User {
    pub(crate) sid: Option<String>,
    pub(crate) identity: Option<String>,
    pub(crate) date_created: Option<runtime::model::DateTime>,
    pub(crate) is_online: Option<bool>,
    pub(crate) links: Option<BTreeMap<String, String>>,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("sid", &self.sid).field("identity", &model::REDACTED).finish()
    }
}

impl model::Blank for User {
    fn blank() -> Self {
        Self::default()
    }
}

impl model::Object for User {
    fn field<'de, A: model::MapAccess<'de>>(
        &mut self,
        key: &str,
        value: model::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match key {
            "sid" => value.read(&mut self.sid),
            "identity" => value.read(&mut self.identity),
            "date_created" => value.read(&mut self.date_created),
            "is_online" => value.read(&mut self.is_online),
            "links" => value.read(&mut self.links),
            _ => value.skip(),
        }
    }
}

impl<'de> model::Deserialize<'de> for User {
    fn deserialize<D: model::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::read(deserializer)
    }
}

impl model::Serialize for User {
    fn serialize<S: model::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = model::Writer::new(serializer)?;
        object.nullable("sid", &self.sid)?;
        object.nullable("identity", &self.identity)?;
        object.nullable("date_created", &self.date_created)?;
        object.nullable("is_online", &self.is_online)?;
        object.nullable("links", &self.links)?;
        object.end()
    }
}

/// Everything that a log could show of an error: itself and its causes, for people and for programmers.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error:?}\n{error:#?}");
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        text.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    text
}
