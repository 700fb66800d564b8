//! HTTPS with a certificate that the system trusts, over the TLS that the features choose.
//!
//! Over aws-lc: `cargo test -p wirewright-runtime --features rustls-aws-lc --test tls`.

#![cfg(all(target_os = "linux", feature = "__rustls"))]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use base64::prelude::{BASE64_STANDARD, Engine};
use runtime::ErrorKind;
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::Arc,
};
use support::{
    api::Client,
    block_on,
    server::{Server, json},
};

/// The environment variable with the server's address, for the child process.
const URL: &str = "RUNTIME_TLS_TEST_URL";

/// The trusted certificates are in a file that an environment variable names. Safe code cannot
/// change the environment of its own process, so the test makes the call in a child process.
#[test]
fn a_certificate_that_the_system_trusts_is_trusted() {
    if let Ok(url) = std::env::var(URL) {
        let user = block_on(Client::at(&url).build().unwrap().fetch_user("IS1", "alice").send()).unwrap();
        assert_eq!(user.sid.as_deref(), Some("US1"));
        return;
    }
    let mut params = rcgen::CertificateParams::new([]).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let issuer = rcgen::CertifiedIssuer::self_signed(params, rcgen::KeyPair::generate().unwrap()).unwrap();
    let trusted = std::env::temp_dir().join(format!("runtime-tls-{}.pem", std::process::id()));
    let der = BASE64_STANDARD.encode(issuer.der());
    std::fs::write(&trusted, format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"))
        .unwrap();
    let (url, server) = serve(&issuer);

    let program = std::env::current_exe().unwrap();
    let mut second = Command::new(program);
    let second = second.arg("a_certificate_that_the_system_trusts").env(URL, &url);
    let done = second.env("SSL_CERT_FILE", &trusted).env_remove("SSL_CERT_DIR").output().unwrap();
    std::fs::remove_file(&trusted).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let request = server.join().unwrap();
    assert_eq!(request, "GET /v1/Services/IS1/Users/alice HTTP/1.1\r\n");
}

/// A container may have no certificates.
#[test]
fn a_system_that_trusts_nothing_has_plain_http() {
    if let Ok(url) = std::env::var(URL) {
        let ask = |url: &str| block_on(Client::at(url).build().unwrap().fetch_user("IS1", "alice").send());
        assert!(ask(&url).is_ok());
        let error = ask(&url.replace("http:", "https:")).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error:?}");
        return;
    }
    let server = Server::sending(json("200 OK", "{}"));
    let program = std::env::current_exe().unwrap();
    let mut second = Command::new(program);
    let second = second.arg("a_system_that_trusts_nothing").env(URL, server.url());
    let done = second.env("SSL_CERT_FILE", "/dev/null").env("SSL_CERT_DIR", "/dev/null").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    assert_eq!(server.connections(), 1);
}

/// Starts a server that answers one request with a user. Returns its URL, and the thread, which
/// returns the request's first line.
fn serve(issuer: &rcgen::CertifiedIssuer<'_, rcgen::KeyPair>) -> (String, std::thread::JoinHandle<String>) {
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let answer = move |stream: TcpStream| {
        let mut tls = BufReader::new(StreamOwned::new(ServerConnection::new(config).unwrap(), stream));
        let mut lines = vec![String::new()];
        while lines.last().is_some_and(|line| line != "\r\n") {
            let mut line = String::new();
            tls.read_line(&mut line).unwrap();
            lines.push(line);
        }
        tls.get_mut().write_all(&json("200 OK", r#"{"sid": "US1"}"#)).unwrap();
        lines.swap_remove(1)
    };
    (url, std::thread::spawn(move || answer(listener.accept().unwrap().0)))
}
