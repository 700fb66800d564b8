//! Case 10 again: the memory for a body, counted by the allocator.

#![cfg(feature = "hyper")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use flate2::{Compression, write::GzEncoder};
use runtime::ErrorKind;
use std::io::Write;
use support::{
    api::{Client, shown},
    block_on,
    server::{Server, response},
};

const LIMIT: u64 = 16 << 20;

#[test]
fn case_10_a_body_that_is_too_large_takes_less_than_twice_the_limit() {
    let large = vec![b' '; 4 * LIMIT as usize];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&large).unwrap();
    let bomb = encoder.finish().unwrap();
    let endless = [b"HTTP/1.1 200 OK\r\n\r\n", large.as_slice()].concat();
    let announced = response("200 OK", &[], &large);
    for (bytes, kind) in [
        (response("200 OK", &[("Content-Encoding", "gzip")], &bomb), ErrorKind::TooLarge),
        (endless, ErrorKind::TooLarge),
        (announced, ErrorKind::TooLarge),
        (response("500 Internal Server Error", &[("Content-Encoding", "gzip")], &bomb), ErrorKind::Status),
        (response("500 Internal Server Error", &[], &large), ErrorKind::Status),
    ] {
        let server = Server::sending(bytes);
        let client = Client::at(&server.url()).retries(0).build().unwrap();
        // The whole client runs on this thread, whose allocations are counted.
        let memory = allocation_counter::measure(|| {
            let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
            assert_eq!(error.kind(), kind, "{}", shown(&error));
        });
        let most = if kind == ErrorKind::TooLarge { 2 * LIMIT } else { 1 << 20 };
        assert!(memory.bytes_max < most, "{memory:?}");
    }
}
