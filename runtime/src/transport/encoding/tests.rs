//! Bodies of independent encoders, in any pieces, cut short, and too large.

use super::*;
use std::io::Write;

/// An encoding as its encoder writes it. An encoder that is flushed returns all bytes so far.
struct Coding {
    name: &'static str,
    /// Compresses parts, with a flush after each.
    pack: fn(&[&[u8]]) -> Vec<u8>,
    /// True if a body may have several members, each compressed on its own.
    members: bool,
    /// The output of the authors' own command for [`TEXT`].
    foreign: &'static [u8],
}

const TEXT: &[u8] = br#"{"message": "The server could not find the requested resource", "status": 404}"#;

const CODINGS: &[Coding] = &[
    Coding {
        name: "gzip",
        pack: |parts| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            flushed(&mut encoder, parts);
            encoder.finish().unwrap()
        },
        members: true,
        foreign: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0d\xcb9\x0a\x800\x14E\xd1\xad<~maa\xe5:\
            \xdc@H\x9e\x03h\x82\x7f\xb0\x11\xf7n\xba\x0b\x87\xfb\xcaE\xb3\xb4Qf\xc8\xb2\x13F}\
            \xa8\xc8-\xce\x82\xda\x1c\xebQ\x0b\xbc\x8b\xf2\x0e\x9a\xb3\xf4\xb2\x16\x9a)\x03\xc4<\
            yX\xbf\xa7q\xfa~\x81\x9e\xf3\x9cN\x00\x00\x00",
    },
    #[cfg(feature = "brotli")]
    Coding {
        name: "br",
        pack: |parts| {
            let mut encoder = ::brotli::CompressorWriter::new(Vec::new(), 4096, 9, 22);
            flushed(&mut encoder, parts);
            encoder.into_inner()
        },
        members: false,
        foreign: b"\x1fM\x00\x10\x9c\x07v\x0c\xb1\xc2\x8c@\x07=.aS-\x02B\xb3\xb7a\xa8\xca\xd0\x14\x8bN\
            \xd1\xf49\xe5\x80\xb9\xb6\x0a(\x90v\xc1{\xc0\xcdiL\x88wn\xf4\xe0\x19/3\xbd\xe5*\xea\
            \x17\xca\xd1GXh\x1b\x02",
    },
    #[cfg(feature = "zstd")]
    Coding {
        name: "zstd",
        pack: |parts| {
            let mut encoder = ::zstd::stream::write::Encoder::new(Vec::new(), 9).unwrap();
            encoder.include_checksum(true).unwrap();
            flushed(&mut encoder, parts);
            encoder.finish().unwrap()
        },
        members: true,
        foreign: b"(\xb5/\xfd$N\x1d\x02\x00\xe2\xc4\x0f\x12\x90\xcf\x01\x02m\xa2\x06&\xfb\xf6$\xf3\xdc%\
            m\x99\xe9Bw\x88\xc1\x044\x9df6\xe0\x00~$\x85}\xc9\xe8\xb3O\xe3%\x7fMF\x8f%\x9e\xf01j\
            \x14\x1e\x96\xaf\xf2\xcd_\x050\x01W\xa6\xfb\x0e\xd8\x00\xa4D\x11\xd2",
    },
];

fn flushed(encoder: &mut impl Write, parts: &[&[u8]]) {
    let (last, first) = parts.split_last().unwrap();
    for part in first {
        encoder.write_all(part).unwrap();
        encoder.flush().unwrap();
    }
    encoder.write_all(last).unwrap();
}

/// Sends a body in pieces of `length` bytes, and returns the decompressed pieces.
fn read(bytes: &[u8], length: usize, headers: &[(&str, &str)]) -> Result<Vec<Bytes>, Kind> {
    let pieces: Vec<_> =
        bytes.chunks(length).map(|piece| Ok::<_, io::Error>(Bytes::copy_from_slice(piece))).collect();
    let mut response = Response::builder();
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let response = response.body(Body::stream(futures_util::stream::iter(pieces))).unwrap();
    let mut body = decompressed(response).unwrap().into_body();
    let mut context = Context::from_waker(std::task::Waker::noop());
    let mut read = Vec::new();
    while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut context) {
        read.push(frame.map_err(|error| error.kind())?.into_data().unwrap());
    }
    Ok(read)
}

fn of(coding: &Coding, bytes: &[u8], length: usize) -> Result<Vec<Bytes>, Kind> {
    read(bytes, length, &[("content-encoding", coding.name)])
}

#[test]
fn every_encoding_is_accepted_and_tested() {
    let tested: Vec<_> = CODINGS.iter().map(|coding| coding.name).collect();
    assert_eq!(accepted(), tested.join(", "));
}

#[test]
fn any_cut_into_pieces_gives_the_same_text() {
    let text: Vec<u8> =
        (0..35_000_u32).flat_map(|number| number.wrapping_mul(number).to_le_bytes()).collect();
    for coding in CODINGS {
        let name = coding.name;
        let mut bytes = (coding.pack)(&[&text]);
        let mut expected = text.clone();
        if coding.members {
            bytes.extend([(coding.pack)(&[b""]), (coding.pack)(&[b"end"])].concat());
            expected.extend(b"end");
        }
        for length in [1, 9, 1000, 40_000, usize::MAX] {
            assert!(of(coding, &bytes, length).unwrap().concat() == expected, "{name}: {length}");
        }
        assert_eq!(of(coding, &(coding.pack)(&[b""]), 5).unwrap().concat(), b"", "{name}");
        assert_eq!(of(coding, b"", 5).unwrap().concat(), b"", "{name}");
        assert_eq!(of(coding, coding.foreign, 5).unwrap().concat(), TEXT, "{name}");
        let upper = name.to_ascii_uppercase();
        assert_eq!(read(coding.foreign, 5, &[("content-encoding", &upper)]).unwrap().concat(), TEXT);
    }
}

#[test]
fn other_encodings_are_kept() {
    assert_eq!(read(b"plain", 5, &[]).unwrap().concat(), b"plain");
    for values in [&["gzip", "gzip"][..], &["gzip, gzip"], &["rot13"], &["identity"], &[""]] {
        let headers: Vec<_> = values.iter().map(|value| ("content-encoding", *value)).collect();
        assert_eq!(read(b"odd", 5, &headers).unwrap().concat(), b"odd", "{values:?}");
    }
}

#[test]
fn a_bomb_comes_in_small_pieces() {
    for coding in CODINGS {
        let bomb = (coding.pack)(&[&vec![b' '; 8 << 20]]);
        let pieces = of(coding, &bomb, usize::MAX).unwrap();
        assert_eq!(pieces.iter().map(Bytes::len).sum::<usize>(), 8 << 20, "{}", coding.name);
        assert!(pieces.iter().all(|piece| piece.len() <= 64 << 10), "{}", coding.name);
    }
}

#[test]
fn available_bytes_are_returned_at_once() {
    for coding in CODINGS {
        let (parts, whole) = ([&b"data: 1\n\n"[..], b"data: 2\n\n"], coding.pack);
        let whole = whole(&parts);
        // The shortest start that gives the first event is followed by a pause.
        let first = (1..whole.len()).find(|length| {
            let (mut body, start) = (Vec::new(), &whole[..*length]);
            let mut decoder = (encoding_of(coding.name).decoder)().unwrap();
            let mut input = Bytes::copy_from_slice(start);
            loop {
                let output = decoder.decode(&mut input).unwrap();
                if output.is_empty() && input.is_empty() {
                    break body == parts[0];
                }
                body.extend(output);
            }
        });
        // The second event takes at least its length.
        assert!(first.is_some_and(|first| first < whole.len() - 9), "{}: {first:?}", coding.name);
    }
}

fn encoding_of(name: &str) -> &'static Encoding {
    ENCODINGS.iter().find(|encoding| encoding.name == name).unwrap()
}

#[test]
fn an_end_that_does_not_come_is_an_error() {
    for coding in CODINGS {
        let encoded = [("content-encoding", coding.name)];
        let whole = (coding.pack)(&[br#"{"sid": "#, br#""US1"}"#]);
        for length in 1..whole.len() {
            let error = read(&whole[..length], 3, &encoded).unwrap_err();
            assert_eq!(error, Kind::Truncated, "{}: {length}", coding.name);
            let announced = [encoded[0], ("content-length", "9")];
            let error = read(&whole[..length], 3, &announced).unwrap_err();
            assert_eq!(error, Kind::Decompress, "{}: {length}", coding.name);
        }
        let junk = [&whole[..], b"junk of no encoding"].concat();
        assert_eq!(read(&junk, 64, &encoded).unwrap_err(), Kind::Decompress, "{}", coding.name);
        assert_eq!(read(b"{\"sid\": 1}", 64, &encoded).unwrap_err(), Kind::Decompress, "{}", coding.name);
        if coding.members {
            // A checksum.
            let mut broken = whole.clone();
            let last = if coding.name == "gzip" { broken.len() - 5 } else { broken.len() - 1 };
            broken[last] ^= 1;
            assert!(read(&broken, 3, &encoded).is_err(), "{}", coding.name);
        } else {
            let twice = whole.repeat(2);
            assert_eq!(read(&twice, 64, &encoded).unwrap_err(), Kind::Decompress, "{}", coding.name);
        }
    }
}

/// Windows that the encodings' standards do not allow in HTTP, each written by its own command.
#[cfg(all(feature = "brotli", feature = "zstd"))]
#[test]
fn a_window_that_is_too_large_is_refused_before_it_is_allocated() {
    let zstd = b"(\xb5/\xfd\x04\x88L\x00\x00\x08\x00\x01\x00\xfc\xff9\x10\x02";
    let brotli = b"\x11\x1a\xff\xff\xff\xe1\x9f\x00\x88\xc7\x02\x01\xb9\xf7\xff\xf97\x9c";
    for (name, start) in [("zstd", zstd), ("br", brotli)] {
        let error = read(start, 64, &[("content-encoding", name)]).unwrap_err();
        assert_eq!(error, Kind::Decompress, "{name}");
    }
}
