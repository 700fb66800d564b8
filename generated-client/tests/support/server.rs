//! An HTTP server on loopback, for requests without a body.

use super::Sent;
use generated_client::http::{HeaderMap, HeaderName, Response};
use std::{
    fmt,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// Answers every request with the same response, byte for byte. Without `Content-Length`, the
/// response ends with the connection.
pub(crate) struct Server {
    address: SocketAddr,
    record: Arc<Mutex<Record>>,
}

#[derive(Default)]
struct Record {
    connections: usize,
    requests: Vec<Sent>,
}

impl Server {
    pub(crate) fn answering(response: &Response<String>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let record = Arc::new(Mutex::new(Record::default()));
        let shared = Arc::clone(&record);
        let response = response.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                shared.lock().unwrap().connections += 1;
                let (response, shared) = (response.clone(), Arc::clone(&shared));
                thread::spawn(move || serve(&stream, &response, &shared));
            }
        });
        Self { address, record }
    }

    /// Returns the base URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.record.lock().unwrap().connections
    }

    pub(crate) fn requests(&self) -> Vec<Sent> {
        self.record.lock().unwrap().requests.clone()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Server")
    }
}

/// Answers the requests of one connection, until the client closes it or the response does.
fn serve(
    mut stream: &TcpStream,
    response: &Response<String>,
    record: &Mutex<Record>,
) -> Option<()> {
    let answer = encode(response);
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(request) = read(&mut lines) {
        record.lock().unwrap().requests.push(request);
        stream.write_all(&answer).ok()?;
        if !response.headers().contains_key("content-length") {
            break;
        }
    }
    None
}

/// Reads the head of one request, up to its empty line.
fn read(lines: &mut impl Iterator<Item = String>) -> Option<Sent> {
    let start = lines.next()?;
    let mut words = start.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HeaderMap::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        headers.append(
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            value.parse().ok()?,
        );
    }
    Some(Sent {
        method,
        target,
        headers,
    })
}

fn encode(response: &Response<String>) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {}\r\n", response.status());
    for (name, value) in response.headers() {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    (text + "\r\n" + response.body()).into_bytes()
}
