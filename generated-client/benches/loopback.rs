//! Measures calls over HTTP on loopback, and bare reqwest with the same request and the same model.
//!
//!     cargo bench --package generated-client --bench loopback
//!
//! Both sides take turns, 40 times each, so that other load on the machine affects both. Prints
//! medians, and the median of the pairs' ratios. The server is a separate process: the CPU time is
//! the calling side's.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

mod support;

use cpu_time::ProcessTime;
use generated_client::{Auth, Client};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use support::{ANSWER, IDENTITY, PASSWORD, SERVICE, USER};
use tokio::{runtime::Runtime, task::JoinSet};

const ROUNDS: usize = 40;
/// The argument that makes this program the server.
const SERVE: &str = "--serve";

fn main() {
    if std::env::args().any(|argument| argument == SERVE) {
        return serve();
    }
    let mut server = Command::new(std::env::current_exe().unwrap())
        .arg(SERVE)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    let url = url.trim();
    for (concurrency, calls) in [(1, 500), (64, 50)] {
        compare(url, concurrency, calls);
    }
    server.kill().unwrap();
    server.wait().unwrap();
}

/// Prints the results of both sides at `concurrency`. Each makes `calls` calls a round.
fn compare(url: &str, concurrency: usize, calls: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = Client::builder()
        .auth(Auth::basic(USER, PASSWORD))
        .server(url)
        .build()
        .unwrap();
    let reqwest = support::reqwest();
    let by_client = || {
        round(&runtime, concurrency, || {
            let client = client.clone();
            async move {
                for _ in 0..calls {
                    client
                        .fetch_service_user(SERVICE, IDENTITY)
                        .send()
                        .await
                        .unwrap();
                }
            }
        })
    };
    let by_hand = || {
        round(&runtime, concurrency, || {
            let (reqwest, url) = (reqwest.clone(), url.to_owned());
            async move {
                for _ in 0..calls {
                    let response = support::by_hand(&reqwest, &url).send().await.unwrap();
                    support::decode(response).await;
                }
            }
        })
    };
    // Opens the connections and lets buffers grow.
    by_client();
    by_hand();
    let (mut clients, mut hands) = (Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        if number % 2 == 0 {
            clients.push(by_client());
            hands.push(by_hand());
        } else {
            hands.push(by_hand());
            clients.push(by_client());
        }
    }
    let all = (concurrency * calls) as f64;
    println!("concurrency {concurrency}, {ROUNDS} rounds of {all} calls:");
    for (name, rounds) in [("client", &clients), ("by hand", &hands)] {
        let wall = median(rounds.iter().map(|(wall, _)| wall.as_secs_f64()));
        let cpu = median(rounds.iter().map(|(_, cpu)| cpu.as_secs_f64()));
        println!(
            "  {name:8} {:8.0} calls/s, {:6.1} µs CPU a call",
            all / wall,
            cpu / all * 1e6
        );
    }
    let pairs = || clients.iter().zip(&hands);
    let wall = median(pairs().map(|(client, hand)| hand.0.as_secs_f64() / client.0.as_secs_f64()));
    let cpu = median(pairs().map(|(client, hand)| hand.1.as_secs_f64() / client.1.as_secs_f64()));
    println!("  client to by hand: {wall:.3} in calls/s, {cpu:.3} in calls a CPU second");
}

/// Runs this many futures concurrently. Returns the wall and CPU time.
fn round<F: Future<Output = ()> + Send + 'static>(
    runtime: &Runtime,
    concurrency: usize,
    calls: impl Fn() -> F,
) -> (Duration, Duration) {
    let (start, cpu) = (Instant::now(), ProcessTime::now());
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        (0..concurrency).for_each(|_| drop(tasks.spawn(calls())));
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap();
        }
    });
    (start.elapsed(), cpu.elapsed())
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints the address, and answers each request with a user until the process is killed.
fn serve() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    for stream in listener.incoming().map_while(Result::ok) {
        thread::spawn(move || answer(stream));
    }
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTwilio-Request-Id: RQ1\r\n";
    let answer = format!("{head}Content-Length: {}\r\n\r\n{ANSWER}", ANSWER.len());
    let (mut buffer, mut request) = ([0; 4096], Vec::new());
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        request.extend(buffer.iter().take(read));
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            stream.write_all(answer.as_bytes())?;
        }
    }
}
