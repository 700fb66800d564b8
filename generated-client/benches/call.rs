//! Measures one call without a network, and the same request and response by hand.
//!
//!     cargo bench --package generated-client --bench call
//!
//! Prints the allocations of one call, then nanoseconds by criterion. Both sides receive the same
//! bytes at once, and decode the same model. They differ in the runtime's own work.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use futures_util::FutureExt as _;
use generated_client::{
    Auth, Client,
    bytes::Bytes,
    http::{
        self, HeaderValue, Response,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    models::ServiceUser,
    transport::{Body, Transport, TransportFuture},
};
use std::hint::black_box;
use support::{ANSWER, IDENTITY, PASSWORD, SERVICE, USER};

/// Responds from memory. Unlike `Memory`, records nothing.
struct Canned;

impl Transport for Canned {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        black_box(request);
        Box::pin(async { Ok(response().map(Body::from)) })
    }
}

fn response() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(ANSWER.as_bytes()));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(ANSWER.len()));
    response
}

fn by_client(client: &Client) -> ServiceUser {
    client
        .fetch_service_user(SERVICE, IDENTITY)
        .send()
        .now_or_never()
        .unwrap()
        .unwrap()
}

fn by_hand(client: &reqwest::Client) -> ServiceUser {
    black_box(support::by_hand(client, Client::SERVER).build().unwrap());
    support::decode(reqwest::Response::from(response()))
        .now_or_never()
        .unwrap()
}

fn bench(criterion: &mut Criterion) {
    let client = Client::builder()
        .auth(Auth::basic(USER, PASSWORD))
        .transport(Canned)
        .build()
        .unwrap();
    let reqwest = support::reqwest();
    assert_eq!(by_client(&client), by_hand(&reqwest));
    for (name, counted) in [
        (
            "client",
            allocation_counter::measure(|| drop(black_box(by_client(&client)))),
        ),
        (
            "by hand",
            allocation_counter::measure(|| drop(black_box(by_hand(&reqwest)))),
        ),
    ] {
        println!(
            "{name}: {} allocations, {} bytes",
            counted.count_total, counted.bytes_total
        );
    }
    let mut group = criterion.benchmark_group("call");
    group.bench_function("client", |bencher| bencher.iter(|| by_client(&client)));
    group.bench_function("by hand", |bencher| bencher.iter(|| by_hand(&reqwest)));
    group.bench_function("decode alone", |bencher| {
        bencher.iter(|| {
            generated_client::serde_json::from_str::<ServiceUser>(black_box(ANSWER)).unwrap()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
