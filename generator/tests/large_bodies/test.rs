//! Sends a gigabyte, raw and in a form, and receives one, through a generated client, and measures
//! the memory.

use files::{Auth, Client, requests::SendFormForm};
use runtime::transport::Body;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;

const BYTES: u64 = 1 << 30;
const HOUR: Duration = Duration::from_secs(3600);

/// Answers the requests of all connections: reads and discards bodies, and sends a large body if
/// requested.
fn serve() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || while answer(&stream).is_ok_and(|more| more) {});
        }
    });
    Ok(url)
}

fn answer(mut stream: &TcpStream) -> Result<bool> {
    let mut reader = BufReader::new(stream);
    let line = |reader: &mut BufReader<_>| -> Result<String> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        Ok(line.trim_end().to_ascii_lowercase())
    };
    let first = line(&mut reader)?;
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(&mut reader)?;
        match header.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap_or(0),
            Some(("transfer-encoding", value)) => chunked = value == "chunked",
            Some(_) => {}
            None => break,
        }
    }
    let forget = |reader: &mut BufReader<_>, bytes| std::io::copy(&mut reader.take(bytes), &mut std::io::sink());
    let mut read = forget(&mut reader, length)?;
    while chunked {
        let size = u64::from_str_radix(&line(&mut reader)?, 16).unwrap_or(0);
        read += forget(&mut reader, size)?;
        line(&mut reader)?;
        chunked = size > 0;
    }
    if first.starts_with("get") {
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: {BYTES}\r\n\r\n")?;
        let zeros = vec![0; 1 << 16];
        for _ in 0..BYTES / zeros.len() as u64 {
            stream.write_all(&zeros)?;
        }
    } else {
        let status = if read >= BYTES { "204 No Content" } else { "400 Bad Request" };
        write!(stream, "HTTP/1.1 {status}\r\n\r\n")?;
    }
    Ok(!first.is_empty())
}

/// Returns the peak memory of this program, in MiB.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its most memory");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") >> 10
}

#[test]
fn a_gigabyte_up_and_down_takes_little_memory() {
    let url = serve().expect("a server");
    let transport = runtime::transport::Hyper::direct(HOUR).expect("a transport");
    let client = Client::builder(&url).auth(Auth::none()).transport(transport).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let file = || tokio::io::repeat(7).take(BYTES);
    let told = |what: &str, start: Instant| {
        println!("{what}: {:.1} s, {} MiB at most", start.elapsed().as_secs_f64(), most_memory());
    };
    runtime.block_on(async {
        let start = Instant::now();
        let body = Body::reader(file()).with_length(BYTES);
        client.upload(body).with(|call| call.attempt_timeout(HOUR).operation_timeout(HOUR)).send().await.expect("an upload");
        told("upload", start);
        let start = Instant::now();
        let form = SendFormForm::new(Body::reader(file())).name("a film");
        client.send_form(form).with(|call| call.attempt_timeout(HOUR).operation_timeout(HOUR)).send().await.expect("a form");
        told("form of unknown length", start);
        let start = Instant::now();
        let mut stream = client.download().send_stream().await.expect("a download").into_body();
        let mut read = 0;
        while let Some(piece) = stream.next().await {
            read += piece.expect("a piece").len() as u64;
        }
        assert_eq!(read, BYTES);
        told("download", start);
    });
    assert!(most_memory() < 64, "{} MiB", most_memory());
}
