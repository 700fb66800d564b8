mod frames;
#[cfg(feature = "__rustls")]
mod tls;

use super::*;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::connect::dns::Name;
use std::{
    error::Error as _,
    net::SocketAddr,
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tower_service::Service;

const LONG: Duration = Duration::from_secs(20);

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn through(proxy: &str) -> Connector {
    Connector::new(Tls::system().unwrap(), Some(Matcher::builder().all(proxy).build()), LONG)
}

fn get(url: &str) -> Request<Body> {
    let mut authorization = HeaderValue::from_static("Bearer canary");
    authorization.set_sensitive(true);
    Request::get(url).header(header::AUTHORIZATION, authorization).body(Body::empty()).unwrap()
}

/// A proxy that answers one request. Returns the request's head. If `server` is given, opens a
/// tunnel to it.
async fn answered(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &str,
    server: Option<String>,
) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    stream.write_all(format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await.unwrap();
    if let Some(server) = server {
        let mut server = TcpStream::connect(server).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
    }
    String::from_utf8(head).unwrap()
}

/// Returns the address of a TCP proxy, and a handle of the request that it received.
async fn proxy(answer: &'static str, server: Option<String>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://alice:secret@{}", listener.local_addr().unwrap());
    let asked =
        tokio::spawn(async move { answered(listener.accept().await.unwrap().0, answer, server).await });
    (url, asked)
}

#[test]
fn a_forwarding_proxy_receives_the_absolute_target_and_its_credentials() {
    block_on(async {
        let (url, asked) = proxy("200 OK", None).await;
        Hyper::of(through(&url)).send(get("http://api.invalid/a?b=c")).await.unwrap();
        let head = asked.await.unwrap();
        assert!(head.starts_with("GET http://api.invalid/a?b=c HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("proxy-authorization: Basic YWxpY2U6c2VjcmV0\r\n"), "{head}");
        assert!(head.contains("host: api.invalid\r\n"), "{head}");
    });
}

#[test]
fn a_proxy_that_speaks_something_else_is_refused() {
    block_on(async {
        let error = Hyper::of(through("socks4://127.0.0.1:9")).send(get("http://api.invalid/a")).await;
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Connect, false));
        let cause = std::iter::successors(error.source(), |error| (*error).source()).last();
        assert_eq!(cause.unwrap().to_string(), "the proxy speaks neither HTTP nor SOCKS5");
    });
}

/// A SOCKS5 proxy that asks for a password and answers one request itself. Returns the credentials,
/// the destination and the head of the request.
async fn socks(result: u8) -> (String, JoinHandle<(Vec<u8>, Vec<u8>, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("socks5://alice:secret@{}", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut start = [0; 2];
        stream.read_exact(&mut start).await.unwrap();
        stream.read_exact(&mut vec![0; start[1].into()]).await.unwrap();
        stream.write_all(&[5, 2]).await.unwrap();
        let mut credentials = [0; 14];
        stream.read_exact(&mut credentials).await.unwrap();
        stream.write_all(&[1, 0]).await.unwrap();
        let mut destination = [0; 18];
        stream.read_exact(&mut destination).await.unwrap();
        stream.write_all(&[5, result, 0, 1, 127, 0, 0, 1, 0, 80]).await.unwrap();
        let head = if result == 0 { answered(stream, "200 OK", None).await } else { String::new() };
        (credentials.into(), destination.into(), head)
    });
    (url, asked)
}

#[test]
fn a_socks_proxy_resolves_the_name_and_receives_its_credentials() {
    block_on(async {
        let (url, asked) = socks(0).await;
        Hyper::of(through(&url)).send(get("http://api.invalid/a?b=c")).await.unwrap();
        let (credentials, destination, head) = asked.await.unwrap();
        assert_eq!(credentials, b"\x01\x05alice\x06secret");
        assert_eq!(destination, b"\x05\x01\0\x03\x0bapi.invalid\0\x50");
        assert!(head.starts_with("GET /a?b=c HTTP/1.1\r\n"), "{head}");
        assert!(!head.contains("proxy-authorization"), "{head}");
    });
}

#[test]
fn a_socks_proxy_that_refuses_is_a_failed_connection() {
    block_on(async {
        let (url, _asked) = socks(2).await;
        let error = Hyper::of(through(&url)).send(get("http://api.invalid/a")).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Connect, false));
        assert!(!format!("{error:?}").contains("secret"));
    });
}

#[test]
fn a_target_is_a_plain_address_of_http() {
    for target in [
        "http://user:canary@example.com/",
        "http://canary@example.com/",
        "http://canary:80@canary:80/",
        "http://example.com:99999/",
        "http://example.com:/",
        "http://:80/",
        "ftp://example.com/",
        "/",
        "example.com:80",
    ] {
        let error = block_on(async { Hyper::direct(LONG).unwrap().send(get(target)).await }).unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Other, false), "{target}");
        assert!(!format!("{error:?}").contains("canary"));
    }
    for authority in ["example.com", "example.com:80", "127.0.0.1:0", "[::1]", "[::1]:65535"] {
        assert!(is_plain(&authority.parse().unwrap()), "{authority}");
    }
}

/// A name with these addresses.
#[derive(Clone)]
struct Addresses(Vec<SocketAddr>);

impl Service<Name> for Addresses {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        std::future::ready(Ok(self.0.clone().into_iter()))
    }
}

// On other systems a full connection queue may refuse one more.
#[cfg(target_os = "linux")]
#[test]
fn a_silent_address_doesnt_take_the_time_of_the_next() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().start_paused(true).build().unwrap().block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let full = socket.listen(0).unwrap();
        let silent = full.local_addr().unwrap();
        let _queue: Vec<_> = (0..4).map(|_| tokio::spawn(TcpStream::connect(silent))).collect();
        tokio::task::yield_now().await;
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let next = server.local_addr().unwrap();
        let mut tcp = connect::tcp(Addresses(vec![silent, next]), LONG);
        let connecting = tcp.call("http://two.invalid".parse().unwrap());
        let stream = tokio::time::timeout(LONG, connecting).await.expect("time left").unwrap();
        assert_eq!(stream.inner().peer_addr().unwrap(), next);
        let error = Hyper::direct(LONG).unwrap().send(get(&format!("http://{silent}"))).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::ConnectTimeout, false));
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_connection_to_a_machine_that_is_gone_ends() {
    block_on(async {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = Addresses(vec![server.local_addr().unwrap()]);
        let stream = connect::tcp(address, LONG).call("http://one.invalid".parse().unwrap()).await.unwrap();
        let socket = socket2::SockRef::from(stream.inner());
        assert!(socket.keepalive().unwrap() && socket.tcp_nodelay().unwrap());
        let asked = (socket.tcp_keepalive_time().unwrap(), socket.tcp_keepalive_interval().unwrap());
        let quarter = Duration::from_secs(15);
        assert_eq!((asked, socket.tcp_keepalive_retries().unwrap()), ((quarter, quarter), 3));
        assert_eq!(socket.tcp_user_timeout().unwrap(), Some(2 * quarter));
    });
}

#[test]
fn a_request_on_a_connection_that_ended_before_is_unsent() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { while listener.accept().await.is_ok() {} });
        let transport = Hyper::direct(LONG).unwrap();
        let mut unsent = 0;
        // Sometimes the request arrives first.
        for _ in 0..20 {
            let request = Request::post(&url).body(Body::from("{}")).unwrap();
            let error = transport.send(request).await.unwrap_err();
            assert_eq!(error.kind(), Kind::Closed);
            unsent += u32::from(!error.may_have_been_sent());
        }
        assert!(unsent > 0);
    });
}

/// Returns a transport that assumes HTTP/2 for every server.
fn http2() -> Hyper {
    let connector = Connector::new(Tls::system().unwrap(), None, LONG);
    Hyper { client: builder().http2_only(true).build(connector.clone()), connector }
}

/// On a paused clock, which advances to the next ping while both sides wait.
#[test]
fn a_connection_whose_server_responds_to_no_ping_ends() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
            while stream.read(&mut [0; 1024]).await.is_ok_and(|count| count > 0) {}
        });
        let connector = Connector::new(Tls::system().unwrap(), None, 100 * LONG);
        let mut builder = builder();
        ping(&mut builder);
        let transport = Hyper { client: builder.http2_only(true).build(connector.clone()), connector };
        let start = tokio::time::Instant::now();
        let sent = tokio::time::timeout(10 * LONG, transport.send(get(&url))).await;
        let error = sent.expect("the connection ends").unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Closed, true));
        assert!(start.elapsed() >= connect::KEEPALIVE);
    });
}

#[test]
fn a_head_over_http_2_has_the_limit_of_a_client() {
    let answer = |size| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                let head = http::Response::builder().header("x", "a".repeat(size)).body(()).unwrap();
                respond.send_response(head, true).unwrap();
            }
        });
        http2().send(get(&url)).await.map(|_| ()).map_err(|error| (error.kind(), error.may_have_been_sent()))
    };
    assert_eq!(block_on(answer(250 << 10)), Ok(()));
    assert_eq!(block_on(answer(257 << 10)), Err((Kind::Protocol, true)));
    // A far too large head ends the connection.
    assert_eq!(block_on(answer(2 << 20)), Err((Kind::Closed, true)));
}

#[test]
fn a_body_that_http_2_resets_before_its_end_is_cut_short() {
    let reset_with = |reason, end| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                body.send_data("abc".into(), end).unwrap();
                tokio::spawn(async move {
                    // Lets sent bytes be written first.
                    tokio::task::yield_now().await;
                    body.send_reset(reason);
                });
            }
        });
        // The request's body does not end, so that the stream can be reset after the response.
        let unending = Body::stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let response = http2().send(Request::post(url).body(unending).unwrap()).await.unwrap();
        response.into_body().collect().await.map(|body| body.to_bytes()).map_err(|error| error.kind())
    };
    for reason in [h2::Reason::NO_ERROR, h2::Reason::CANCEL] {
        assert!(block_on(reset_with(reason, false)).is_err(), "{reason}");
    }
    assert_eq!(block_on(reset_with(h2::Reason::NO_ERROR, true)).unwrap(), "abc");
}

#[test]
fn a_refused_stream_is_unsent_and_not_retried_here() {
    let refused_with = |reason| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            let mut requests = 0;
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                requests += 1;
                respond.send_reset(reason);
            }
            requests
        });
        let transport = http2();
        let error = transport.send(Request::post(url).body(Body::from("{}")).unwrap()).await.unwrap_err();
        drop(transport);
        (error.may_have_been_sent(), server.await.unwrap())
    };
    for (reason, may_have_been_sent) in
        [(h2::Reason::REFUSED_STREAM, false), (h2::Reason::CANCEL, true), (h2::Reason::INTERNAL_ERROR, true)]
    {
        assert_eq!(block_on(refused_with(reason)), (may_have_been_sent, 1), "{reason}");
    }
}

#[test]
fn a_request_after_the_last_accepted_one_is_unsent() {
    let ended_with = |last: u8, reason: h2::Reason| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            // SETTINGS, and GOAWAY after a request (RFC 9113 §6.5 and §6.8).
            stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
            let mut read = Vec::new();
            while !read.windows(5).any(|frame| frame == [1, 4, 0, 0, 0]) {
                read.push(stream.read_u8().await.unwrap());
            }
            let frame = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, last, 0, 0, 0, u32::from(reason) as u8];
            stream.write_all(&frame).await.unwrap();
            stream.shutdown().await.unwrap();
            let _ = stream.read_to_end(&mut read).await;
        });
        let error = http2().send(Request::post(url).body(Body::from("{}")).unwrap()).await.unwrap_err();
        (error.kind(), error.may_have_been_sent())
    };
    for (last, reason, may_have_been_sent) in [
        (0, h2::Reason::NO_ERROR, false),
        (1, h2::Reason::NO_ERROR, true),
        (0, h2::Reason::INTERNAL_ERROR, true),
    ] {
        assert_eq!(block_on(ended_with(last, reason)), (Kind::Closed, may_have_been_sent), "{last} {reason}");
    }
}
