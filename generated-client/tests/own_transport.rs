//! A client that uses the program's own `reqwest::Client`, with its proxies, certificates and
//! connections.

#![cfg(feature = "hyper")]
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use generated_client::{
    Auth, Client, ErrorKind,
    http::{Request, Response},
    transport::{Body, Transport, TransportError, TransportErrorKind as Kind, TransportFuture},
};
use support::{IDENTITY, PASSWORD, SERVICE, USER, server::Server};

/// Sends the client's request. The client limits time and retries. The reqwest client must follow
/// no redirect.
struct Own(reqwest::Client);

impl Transport for Own {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let client = self.0.clone();
        Box::pin(async move {
            let request =
                reqwest::Request::try_from(request.map(reqwest::Body::wrap)).map_err(failed)?;
            let response = client.execute(request).await.map_err(failed)?;
            let mut answer = Response::new(());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            Ok(answer.map(|()| Body::stream(response.bytes_stream())))
        })
    }
}

/// A request that was not sent is safe to retry, whatever its method.
fn failed(error: reqwest::Error) -> TransportError {
    // A URL can contain personal data.
    let error = error.without_url();
    match error.is_connect() || error.is_builder() {
        true => TransportError::new(Kind::Connect)
            .with_source(error)
            .unsent(),
        false => TransportError::new(Kind::Closed).with_source(error),
    }
}

#[tokio::test]
async fn a_client_of_reqwest_carries_calls() {
    // Fails if a provider is already installed, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let server = Server::answering(&support::json(200, r#"{"sid": "US1"}"#));
    let builder = || {
        Client::builder()
            .auth(Auth::basic(USER, PASSWORD))
            .retries(0)
            .transport(Own(own.clone()))
    };
    let client = builder().server(server.url()).build().unwrap();
    let user = client
        .fetch_service_user(SERVICE, IDENTITY)
        .send()
        .await
        .unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    assert_eq!(server.requests().len(), 1);

    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = builder()
        .server(format!("http://{nobody}"))
        .build()
        .unwrap();
    let error = client
        .fetch_service_user(SERVICE, IDENTITY)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}
