//! The peers of a client: a transport in memory or, with the default transport, a server on
//! loopback.

use super::{IDENTITY, PASSWORD, SERVICE, USER};
use generated_client::{
    Auth, Client, ClientBuilder, Error,
    http::{HeaderMap, Response},
    models::ServiceUser,
    transport::{Body, Memory, Recorded},
};

/// Answers every request with the same response, and records the requests.
#[derive(Debug)]
pub(crate) enum Peer {
    Memory(Memory),
    #[cfg(feature = "hyper")]
    Loopback(super::server::Server),
}

/// A request as the peer received it.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) method: String,
    /// Path and query, byte for byte.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
}

impl Peer {
    /// Returns one peer of each kind.
    pub(crate) fn each(response: &Response<String>) -> Vec<Self> {
        let answer = response.clone();
        vec![
            Self::Memory(Memory::answering(move |_| {
                Ok(answer.clone().map(Body::from))
            })),
            #[cfg(feature = "hyper")]
            Self::Loopback(super::server::Server::answering(response)),
        ]
    }

    /// Returns a builder of clients for this peer, without credentials, retries and proxies.
    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        let builder = match self {
            Self::Memory(memory) => Client::builder().transport(memory.clone()),
            #[cfg(feature = "hyper")]
            Self::Loopback(server) => {
                let timeout = std::time::Duration::from_secs(10);
                let transport = generated_client::transport::Hyper::direct(timeout).unwrap();
                Client::builder().server(server.url()).transport(transport)
            }
        };
        builder.retries(0)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder()
            .auth(Auth::basic(USER, PASSWORD))
            .build()
            .unwrap()
    }

    /// Fetches one user.
    pub(crate) async fn fetch(&self) -> Result<ServiceUser, Error> {
        self.client()
            .fetch_service_user(SERVICE, IDENTITY)
            .send()
            .await
    }

    /// Returns the requests so far.
    pub(crate) fn requests(&self) -> Vec<Sent> {
        match self {
            Self::Memory(memory) => memory.requests().iter().map(Sent::from).collect(),
            #[cfg(feature = "hyper")]
            Self::Loopback(server) => server.requests(),
        }
    }

    /// Checks that there was no connection so far: a successful call is the first for both.
    pub(crate) async fn saw_nothing(&self) {
        self.fetch().await.unwrap();
        assert_eq!(self.requests().len(), 1, "{self:?}");
        #[cfg(feature = "hyper")]
        if let Self::Loopback(server) = self {
            assert_eq!(server.connections(), 1);
        }
    }
}

impl From<&Recorded> for Sent {
    fn from(request: &Recorded) -> Self {
        Self {
            method: request.method().to_string(),
            target: request.target().to_owned(),
            headers: request.headers().clone(),
        }
    }
}
