//! Tests over TLS.

use super::*;
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;

/// Returns TLS configurations with a new certificate, for a server and for a client that trusts it.
fn own_tls() -> (tokio_rustls::TlsAcceptor, rustls::ClientConfig) {
    use rustls::{ClientConfig, RootCertStore, ServerConfig, pki_types::PrivateKeyDer};
    let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut trusted = RootCertStore::empty();
    trusted.add(own.cert.der().clone()).unwrap();
    let client = ClientConfig::builder_with_provider(provider.clone());
    let client = client.with_safe_default_protocol_versions().unwrap().with_root_certificates(trusted);
    let server = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::Pkcs8(own.signing_key.serialize_der().into());
    let mut server =
        server.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap();
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (Arc::new(server).into(), client.with_no_client_auth())
}

/// Returns the address of an HTTP/2 server over TLS.
async fn own_server(tls: tokio_rustls::TlsAcceptor) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = tls.accept(stream).await else { continue };
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                let told = request.headers().contains_key(header::PROXY_AUTHORIZATION);
                let answer = http::Response::builder().header("path", request.uri().path());
                let answer = answer.header("told", told.to_string());
                respond.send_response(answer.body(()).unwrap(), true).unwrap();
            }
        }
    });
    address
}

#[test]
fn certificates_of_ones_own_are_trusted_and_http_2_is_spoken_where_it_is_offered() {
    block_on(async {
        let (server, tls) = own_tls();
        let address = own_server(server).await;
        let transport = Hyper::direct(LONG).unwrap();
        let error = transport.send(get(&format!("https://{address}/a"))).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Tls, false));
        let transport = transport.with_tls(tls);
        let response = transport.send(get(&format!("https://{address}/a"))).await.unwrap();
        assert_eq!(
            (response.version(), response.headers()["path"].as_bytes()),
            (http::Version::HTTP_2, &b"/a"[..])
        );
    });
}

#[test]
fn a_proxy_that_makes_no_tunnel_sees_no_request() {
    block_on(async {
        for answer in ["407 Proxy Authentication Required", "502 Bad Gateway"] {
            let (url, asked) = proxy(answer, None).await;
            let error = Hyper::of(through(&url)).send(get("https://api.invalid/a")).await.unwrap_err();
            assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Connect, false));
            assert!(!format!("{error:?}").contains("secret"));
            let head = asked.await.unwrap();
            assert!(head.starts_with("CONNECT api.invalid:443 HTTP/1.1\r\n"), "{head}");
            assert!(head.contains("Proxy-Authorization: Basic YWxpY2U6c2VjcmV0\r\n"), "{head}");
            assert!(!head.contains("canary"), "{head}");
        }
    });
}

#[test]
fn a_tunnel_leads_to_the_server() {
    block_on(async {
        let (server, tls) = own_tls();
        let address = own_server(server).await;
        let (url, asked) = proxy("200 Connection established", Some(address.clone())).await;
        let transport = Hyper::of(through(&url)).with_tls(tls);
        let response = transport.send(get(&format!("https://{address}/a"))).await.unwrap();
        assert_eq!(
            (response.version(), response.headers()["path"].as_bytes()),
            (http::Version::HTTP_2, &b"/a"[..])
        );
        assert_eq!(response.headers()["told"], "false", "the proxy's credentials");
        drop((response, transport));
        assert!(asked.await.unwrap().starts_with(&format!("CONNECT {address} HTTP/1.1\r\n")));
    });
}

/// The captured log of one thread. Other tests of the process write logs too, some without end.
#[derive(Clone)]
struct Log(Arc<Mutex<Vec<u8>>>, std::thread::ThreadId);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if std::thread::current().id() == self.1 {
            self.0.lock().unwrap().extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_proxy_over_tls_forwards_and_makes_tunnels_and_no_log_knows_its_password() {
    let log = Log(Arc::default(), std::thread::current().id());
    let writer = log.clone();
    // Logging is captured for the whole process, because a log of one thread is reliable only if no
    // other thread logs.
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || writer.clone()).init();
    block_on(async {
        let (server, tls) = own_tls();
        let address = own_server(server.clone()).await;
        for (target, first) in [
            (format!("https://{address}/a"), format!("CONNECT {address} HTTP/1.1\r\n")),
            ("http://api.invalid/a".to_owned(), "GET http://api.invalid/a HTTP/1.1\r\n".to_owned()),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("https://alice:secret@{}", listener.local_addr().unwrap());
            let (server, address) = (server.clone(), address.clone());
            let tunnel = target.starts_with("https").then_some(address);
            let asked = tokio::spawn(async move {
                let stream = server.accept(listener.accept().await.unwrap().0).await.unwrap();
                assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
                answered(stream, "200 OK", tunnel).await
            });
            let transport = Hyper::of(through(&url)).with_tls(tls.clone());
            let response = transport.send(get(&target)).await.unwrap();
            drop((response, transport));
            let head = asked.await.unwrap();
            assert!(head.starts_with(&first), "{head}");
            assert!(head.to_lowercase().contains("proxy-authorization: "), "{head}");
        }
    });
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("connecting to") && log.contains("Headers"), "{log}");
    // `alice:secret`, also in base64.
    for secret in ["secret", "YWxpY2U6"] {
        assert!(!log.contains(secret), "{log}");
    }
}
