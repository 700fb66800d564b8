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

/// Returns the text in each encoding of this build, with the memory for the decoder's window, in
/// bytes. C allocates the window of Zstandard, which is not counted.
fn encoded(text: &[u8]) -> Vec<(&'static str, Vec<u8>, u64)> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text).unwrap();
    #[allow(unused_mut, reason = "other encodings are features")]
    let mut encoded = vec![("gzip", gzip.finish().unwrap(), 0)];
    #[cfg(feature = "brotli")]
    {
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 24);
        // Without optimization the encoder takes half a second a mebibyte.
        brotli.write_all(&text[..LIMIT as usize + (1 << 20)]).unwrap();
        encoded.push(("br", brotli.into_inner(), 16 << 20));
    }
    #[cfg(feature = "zstd")]
    encoded.push(("zstd", zstd::encode_all(text, 3).unwrap(), 0));
    encoded
}

#[test]
fn case_10_a_body_that_is_too_large_takes_less_than_twice_the_limit() {
    let large = vec![b' '; 4 * LIMIT as usize];
    let endless = [b"HTTP/1.1 200 OK\r\n\r\n", large.as_slice()].concat();
    let announced = response("200 OK", &[], &large);
    let mut cases = vec![
        (endless, ErrorKind::TooLarge, 0),
        (announced, ErrorKind::TooLarge, 0),
        (response("500 Internal Server Error", &[], &large), ErrorKind::Status, 0),
    ];
    for (encoding, bomb, window) in encoded(&large) {
        let bomb = |status| response(status, &[("Content-Encoding", encoding)], &bomb);
        cases.push((bomb("200 OK"), ErrorKind::TooLarge, window));
        cases.push((bomb("500 Internal Server Error"), ErrorKind::Status, window));
    }
    for (bytes, kind, window) in cases {
        let server = Server::sending(bytes);
        let client = Client::at(&server.url()).retries(0).build().unwrap();
        // The whole client runs on this thread, whose allocations are counted.
        let memory = allocation_counter::measure(|| {
            let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
            assert_eq!(error.kind(), kind, "{}", shown(&error));
        });
        let most = if kind == ErrorKind::TooLarge { 2 * LIMIT } else { 1 << 20 };
        assert!(memory.bytes_max < most + window, "{memory:?}");
    }
}
