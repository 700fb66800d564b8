//! Responses over loopback, byte for byte.

use super::block_on;
use ::runtime::{
    Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request,
    bytes::Bytes,
    reply::{Binary, Json},
    serde_json::Value,
    transport::Hyper,
};
use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

const FILE: Operation = Operation::new("File", Method::GET, "/").accept("application/octet-stream");
const READ: Operation = Operation::new("Read", Method::GET, "/").accept("application/json");

/// The largest body, in bytes.
const BODY: u64 = 1 << 20;

/// A server that sends the same bytes to each request, and a client of it.
struct Loopback {
    response: Arc<Mutex<Vec<u8>>>,
    client: Client,
}

thread_local! {
    static LOOPBACK: Loopback = Loopback::start();
}

impl Loopback {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let response = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&response);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &shared);
            }
        });
        let client = ClientBuilder::<Client>::new(url)
            .transport(Hyper::direct(Duration::from_secs(2)).unwrap())
            .retries(0)
            .max_body_bytes(BODY)
            .build()
            .unwrap();
        Self { response, client }
    }
}

fn answer(mut stream: TcpStream, response: &Mutex<Vec<u8>>) -> std::io::Result<()> {
    let (mut request, mut piece) = (Vec::new(), [0; 1024]);
    while !request.ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Ok(());
        }
        request.extend_from_slice(piece.get(..count).unwrap_or_default());
    }
    let bytes = response.lock().unwrap().clone();
    stream.write_all(&bytes)
}

/// Checks that the client reads a gzip body as flate2 does, or returns an error.
pub(super) fn gzip(bytes: &[u8]) {
    let mut expected = Vec::new();
    let decoder = flate2::read::MultiGzDecoder::new(bytes);
    let whole = decoder.take(BODY + 1).read_to_end(&mut expected);
    encoded("gzip", bytes, whole.is_ok(), &expected);
}

/// Checks that the client reads a Brotli body as the decoder's own reader does, or returns an
/// error.
pub(super) fn brotli(bytes: &[u8]) {
    let mut expected = Vec::new();
    let decoder = brotli_decompressor::Decompressor::new(bytes, 4096);
    let whole = decoder.take(BODY + 1).read_to_end(&mut expected);
    encoded("br", bytes, whole.is_ok(), &expected);
}

/// Checks that the client reads a Zstandard body as ruzstd does, or returns an error.
pub(super) fn zstd(bytes: &[u8]) {
    let mut expected = Vec::with_capacity(BODY as usize + (1 << 20));
    let whole = ruzstd::decoding::FrameDecoder::new().decode_all_to_vec(bytes, &mut expected);
    if matches!(whole, Err(ruzstd::decoding::errors::FrameDecoderError::TargetTooSmall)) {
        expected.resize(BODY as usize + 1, 0);
    }
    encoded("zstd", bytes, whole.is_ok(), &expected);
}

/// Checks that the client reads an encoded body as `expected`, or returns an error.
fn encoded(encoding: &str, bytes: &[u8], is_whole: bool, expected: &[u8]) {
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    let read: Result<Bytes, Error> = LOOPBACK.with(|loopback| {
        *loopback.response.lock().unwrap() = [head.as_bytes(), bytes].concat();
        block_on(Request::new(&loopback.client, &FILE).send::<Binary>())
    });
    match read {
        Ok(found) if bytes.is_empty() => assert!(found.is_empty()),
        Ok(found) => assert_eq!((is_whole, &*found), (true, expected), "{encoding}"),
        Err(error) => {
            let kind = error.kind();
            // A broken end can follow a large start.
            let is_large = kind == ErrorKind::TooLarge && (!is_whole || expected.len() as u64 > BODY);
            assert!(is_large || kind == ErrorKind::Decompress, "{encoding}: {error}");
        }
    }
}

/// Checks that any response is a value or an error. The server closes the connection, so a timeout
/// is a failure.
pub(super) fn http(bytes: &[u8]) {
    let read: Result<Value, Error> = LOOPBACK.with(|loopback| {
        *loopback.response.lock().unwrap() = bytes.to_vec();
        block_on(Request::new(&loopback.client, &READ).send::<Json<Value>>())
    });
    if let Err(error) = read {
        assert!(!matches!(error.kind(), ErrorKind::Timeout(_) | ErrorKind::InvalidInput), "{error}");
    }
}
