//! A TCP server on loopback that follows a script, byte for byte.

use std::{
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// The server's next action on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads one request, with the body that it announces, and records it.
    Read,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Sends these bytes repeatedly until the client closes the connection.
    Flood(Vec<u8>),
    /// Sends a byte at intervals until the client closes the connection.
    Drip(u8, Duration),
    /// Keeps the connection open and silent until the other side closes it.
    Hold,
    /// Ends the connection with a reset.
    Reset,
}

/// A TCP server on loopback. Each connection plays a script and is closed.
#[derive(Debug)]
pub(crate) struct Server {
    port: u16,
    record: Arc<Mutex<Record>>,
}

#[derive(Debug, Default)]
struct Record {
    connections: usize,
    requests: Vec<String>,
}

impl Server {
    /// Plays one script for each connection. The last one is repeated for further connections.
    pub(crate) fn playing(scripts: Vec<Vec<Step>>) -> Self {
        Self::listening(TcpListener::bind(("127.0.0.1", 0)).unwrap(), scripts)
    }

    /// The same as [`playing`](Self::playing), on a given listener.
    pub(crate) fn listening(listener: TcpListener, scripts: Vec<Vec<Step>>) -> Self {
        let port = listener.local_addr().unwrap().port();
        let record = Arc::new(Mutex::new(Record::default()));
        let shared = Arc::clone(&record);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                shared.lock().unwrap().connections += 1;
                let script = scripts.get(number).or(scripts.last()).cloned().unwrap_or_default();
                let shared = Arc::clone(&shared);
                thread::spawn(move || play(stream, &script, &shared));
            }
        });
        Self { port, record }
    }

    /// Reads a request and sends these bytes.
    pub(crate) fn sending(bytes: impl Into<Vec<u8>>) -> Self {
        Self::playing(vec![vec![Step::Read, Step::Send(bytes.into())]])
    }

    /// Returns the base URL.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Returns the number of connections.
    pub(crate) fn connections(&self) -> usize {
        self.record.lock().unwrap().connections
    }

    /// Returns the requests, byte for byte.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.record.lock().unwrap().requests.clone()
    }

    /// Returns the target of the only request.
    pub(crate) fn target(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests[0].split(' ').nth(1).unwrap().to_owned()
    }
}

/// Returns a response with a JSON body and its length.
pub(crate) fn json(status: &str, body: &str) -> Vec<u8> {
    response(status, &[("Content-Type", "application/json")], body.as_bytes())
}

/// Returns a response with a body and its length.
pub(crate) fn response(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut bytes = (text + "\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Plays a script. Ends early if the client closes the connection.
fn play(mut stream: TcpStream, script: &[Step], record: &Mutex<Record>) -> Option<()> {
    for step in script {
        match step {
            Step::Read => {
                let request = read_request(&mut stream)?;
                record.lock().unwrap().requests.push(request);
            }
            Step::Send(bytes) => stream.write_all(bytes).ok()?,
            Step::Wait(duration) => thread::sleep(*duration),
            Step::Flood(bytes) => loop {
                stream.write_all(bytes).ok()?;
            },
            Step::Drip(byte, pause) => loop {
                stream.write_all(&[*byte]).ok()?;
                thread::sleep(*pause);
            },
            Step::Hold => while !matches!(stream.read(&mut [0; 1024]), Ok(0) | Err(_)) {},
            Step::Reset => {
                socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).ok()?;
                return None;
            }
        }
    }
    Some(())
}

/// Reads one request: its head, and the announced body.
fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(0) => return None,
            Ok(_) => bytes.push(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    let head = String::from_utf8_lossy(&bytes).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
