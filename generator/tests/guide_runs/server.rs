//! A server on this machine that answers the calls of the guide's blocks.
//!
//! Input: requests of HTTP/1.1. Output: the response of a table. A connection has one request.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The responses: method, path with query, status, media type, body. In a path `*` is any text.
const RESPONSES: [(&str, &str, u16, &str, &str); 9] = [
    ("GET", "/pets?*page_token=*", 200, "application/json", r#"{"pets":[{"id":"p2","name":"Tom"}]}"#),
    ("GET", "/pets/export", 200, "application/x-ndjson", "{\"id\":\"p1\",\"name\":\"Rex\"}\n"),
    ("GET", "/pets/p1/events", 200, "text/event-stream", "data: {\"type\":\"fed\",\"food\":\"fish\"}\n\n"),
    ("GET", "/pets/p1/photo", 200, "image/jpeg", "photo"),
    (
        "GET",
        "/pets*",
        200,
        "application/json",
        r#"{"pets":[{"id":"p1","name":"Rex","kind":"axolotl"}],"next_page_token":"next"}"#,
    ),
    ("POST", "/pets", 201, "application/json", r#"{"id":"p1","name":"Rex"}"#),
    (
        "POST",
        "/token",
        200,
        "application/json",
        r#"{"access_token":"t","token_type":"bearer","expires_in":3600}"#,
    ),
    ("PUT", "/pets/p1/photo", 204, "", ""),
    ("", "*", 404, "application/json", r#"{"title":"There is no such operation"}"#),
];

/// A server that runs until the process ends.
pub(crate) struct Server {
    url: String,
    calls: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server on a free port.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let counter = Arc::clone(&counter);
                // A client that ends early is no failure of the server.
                thread::spawn(move || drop(serve(connection, &counter)));
            }
        });
        Self { url, calls }
    }

    /// Returns the server's URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the number of calls with a documented response.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

/// Reads a request to its end, and writes its response.
fn serve(connection: TcpStream, calls: &AtomicUsize) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    let first = line(&mut reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let header = line(&mut reader)?.to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
            Some(("transfer-encoding", _)) => is_chunked = true,
            Some(_) => {}
            None => break,
        }
    }
    if is_chunked {
        while let size @ 1.. = u64::from_str_radix(&line(&mut reader)?, 16).unwrap_or(0) {
            skip(&mut reader, size + 2)?;
        }
        line(&mut reader)?;
    } else {
        skip(&mut reader, length)?;
    }
    let (_, _, status, kind, body) = RESPONSES
        .into_iter()
        .find(|(of, path, ..)| (*of == method || of.is_empty()) && is_at(path, target))
        .expect("the last row fits any request");
    if status != 404 {
        calls.fetch_add(1, Ordering::SeqCst);
    }
    let kind = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    write!(reader.get_mut(), "HTTP/1.1 {status} X\r\nConnection: close\r\n{kind}{length}\r\n{body}")
}

fn is_at(path: &str, target: &str) -> bool {
    let mut parts = path.split('*');
    let Some(mut rest) = parts.next().and_then(|start| target.strip_prefix(start)) else { return false };
    for part in parts {
        match rest.find(part) {
            Some(start) => rest = rest.get(start + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.is_empty() || path.ends_with('*')
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn skip(reader: &mut impl Read, bytes: u64) -> io::Result<u64> {
    io::copy(&mut reader.take(bytes), &mut io::sink())
}
