//! The hostile frames, each with the expected kinds of error.

use super::frame::*;
use crate::{ErrorKind, Timeout};

use ErrorKind::{Decompress, Status, TooLarge, Transport, Truncated, UnexpectedStatus};
const SLOW: ErrorKind = ErrorKind::Timeout(Timeout::Attempt);

/// The expected kinds of error. None of them is a value.
pub(super) type Gives = &'static [ErrorKind];
const FINE: Gives = &[];
pub(super) const BROKEN: Gives = &[Transport, Truncated];
const ENDLESS: Gives = &[Transport, Truncated, TooLarge, SLOW];

/// The server's behaviour after its bytes: other bytes again and again, silence, or the end of the
/// connection.
pub(super) enum Then {
    Repeat(Vec<u8>),
    Silence,
    Close,
}

pub(super) struct Case(pub(super) &'static str, pub(super) Gives, pub(super) Vec<u8>, pub(super) Then);

/// Frames outside of a response's body.
pub(super) fn connection() -> Vec<Case> {
    use Then::{Close, Repeat, Silence};
    vec![
        Case("a response", FINE, answered(&[]), Silence),
        Case("silence", &[SLOW], vec![], Silence),
        Case("the end of the connection", BROKEN, vec![], Close),
        Case("HTTP/1.1", BROKEN, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec(), Close),
        Case("zeros", BROKEN, vec![0; 64], Close),
        Case("settings without end", ENDLESS, vec![], Repeat(setting(3, 100).repeat(100))),
        Case("settings of unknown ids without end", ENDLESS, vec![], Repeat(setting(0x99, 1).repeat(100))),
        Case("pings without end", ENDLESS, vec![], Repeat(frame(PING, 0, 0, &[7; 8]).repeat(100))),
        Case("unknown frames without end", ENDLESS, vec![], Repeat(frame(0x77, 0, 1, &[7; 100]).repeat(100))),
        Case(
            "priorities without end",
            ENDLESS,
            vec![],
            Repeat(frame(PRIORITY, 0, 1, &[0, 0, 0, 3, 9]).repeat(100)),
        ),
        Case("windows without end", ENDLESS, vec![], Repeat(frame(WINDOW, 0, 0, &[0, 0, 0, 1]).repeat(100))),
        Case("an acknowledgement of settings", FINE, answered(&frame(SETTINGS, END, 0, &[])), Close),
        Case("settings of five bytes", BROKEN, answered(&frame(SETTINGS, 0, 0, &[0; 5])), Close),
        Case("settings of a stream", BROKEN, answered(&frame(SETTINGS, 0, 1, &[])), Close),
        Case("a largest frame of no bytes", BROKEN, answered(&setting(5, 0)), Close),
        Case("a window of 2^32 - 1", BROKEN, answered(&setting(4, u32::MAX)), Close),
        Case(
            "a window that is too large",
            BROKEN,
            answered(&frame(WINDOW, 0, 0, &[0x7f, 0xff, 0xff, 0xff])),
            Close,
        ),
        Case("a window of no bytes more", BROKEN, answered(&frame(WINDOW, 0, 0, &[0; 4])), Close),
        Case("a ping of seven bytes", BROKEN, answered(&frame(PING, 0, 0, &[7; 7])), Close),
        Case("a pushed stream", BROKEN, answered(&frame(PUSH, END_HEADERS, 1, &[0, 0, 0, 2, 0x82])), Close),
        Case("a head of another stream", BROKEN, answered(&frame(HEADERS, END_HEADERS, 3, OK)), Close),
        Case("a continuation of nothing", BROKEN, answered(&frame(CONTINUATION, END_HEADERS, 1, OK)), Close),
        Case("data of the connection", BROKEN, answered(&frame(DATA, 0, 0, b"{}")), Close),
        Case("a frame of 16 MB", BROKEN, answered(&[0xff, 0xff, 0xff, DATA, 0, 0, 0, 0, 1]), Close),
        Case("no stream is allowed any more", FINE, answered(&setting(3, 0)), Silence),
        Case("shutdown before the request", &[Transport], go_away(0, 0), Close),
        Case("shutdown for calm", &[Transport], go_away(0, 11), Close),
        Case("shutdown after the request", FINE, answered(&go_away(1, 0)), Silence),
        Case("shutdowns without end", ENDLESS, vec![], Repeat(go_away(1, 0).repeat(100))),
    ]
}

/// Heads.
pub(super) fn heads() -> Vec<Case> {
    use Then::{Close, Repeat, Silence};
    let early = frame(HEADERS, END_HEADERS, 1, &field(":status", "103"));
    let with = |name, value| block(&[OK, &field(name, value)].concat());
    // A field of 4,000 bytes in the table, and 100,000 references to it.
    let indexed = [&[0x40, 1, b'x', 0x7f, 0xa1, 0x1e][..], &[b'a'; 4000]].concat();
    let bomb = [OK, &indexed, &vec![0xbe; 12_000]].concat();
    vec![
        Case("early hints", FINE, answered(&early.repeat(3)), Silence),
        Case("early hints without end", ENDLESS, vec![], Repeat(early.repeat(100))),
        Case(
            "a head in pieces",
            FINE,
            [
                frame(HEADERS, 0, 1, &OK[..0]),
                frame(CONTINUATION, 0, 1, OK),
                frame(CONTINUATION, END_HEADERS, 1, &[]),
                data(b"{}", END),
            ]
            .concat(),
            Silence,
        ),
        Case(
            "a head without end",
            BROKEN,
            frame(HEADERS, 0, 1, OK),
            Repeat(frame(CONTINUATION, 0, 1, &field("x", &"a".repeat(8_000)))),
        ),
        Case(
            "empty continuations without end",
            ENDLESS,
            frame(HEADERS, 0, 1, OK),
            Repeat(frame(CONTINUATION, 0, 1, &[]).repeat(100)),
        ),
        Case(
            "a ping within a head",
            BROKEN,
            [frame(HEADERS, 0, 1, OK), frame(PING, 0, 0, &[7; 8])].concat(),
            Close,
        ),
        Case("a bomb of references", BROKEN, block(&bomb), Close),
        Case("a field of the index 0", BROKEN, block(&[0x88, 0x80]), Close),
        Case("a field of an unknown index", BROKEN, block(&[0x88, 0xfe]), Close),
        Case(
            "an index that is too large",
            BROKEN,
            block(&[0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
            Close,
        ),
        Case(
            "a text in a wrong code",
            BROKEN,
            block(&[0x88, 0, 1, b'x', 0x84, 0xff, 0xff, 0xff, 0xff]),
            Close,
        ),
        Case("a text longer than its frame", BROKEN, block(&[0x88, 0, 1, b'x', 0x7f, 0xff, 0x7f]), Close),
        Case("a table of 1 GB", BROKEN, block(&[0x3f, 0xe1, 0xff, 0xff, 0xff, 0x03, 0x88]), Close),
        Case("no status", BROKEN, block(&field("x", "a")), Close),
        Case("two statuses", BROKEN, block(&[0x88, 0x88]), Close),
        Case("a status behind a field", BROKEN, block(&[&field("x", "a")[..], OK].concat()), Close),
        Case("a status of two digits", BROKEN, block(&field(":status", "20")), Close),
        Case("a status that is no number", BROKEN, block(&field(":status", "2x0")), Close),
        Case("a status of 101", BROKEN, block(&field(":status", "101")), Close),
        Case("a status of 999", &[UnexpectedStatus], block(&field(":status", "999")), Close),
        Case("a status of 503", &[Status], block(&field(":status", "503")), Close),
        Case(
            "a path in a response, which is ignored",
            FINE,
            block(&[OK, &field(":path", "/")].concat()),
            Close,
        ),
        Case("a name in capitals", BROKEN, with("X", "a"), Close),
        Case("a name with a space", BROKEN, with("x y", "a"), Close),
        Case("a value with CR LF", BROKEN, with("x", "a\r\nset-cookie: b"), Close),
        Case("a value with NUL", BROKEN, with("x", "a\0"), Close),
        Case("a header of a connection", BROKEN, with("transfer-encoding", "chunked"), Close),
        Case(
            "300 fields",
            &[Transport, TooLarge],
            block(&[OK, &field("x", "a").repeat(300)].concat()),
            Close,
        ),
        Case("a length that is no number", BROKEN, with("content-length", "x"), Close),
        Case(
            "two lengths",
            BROKEN,
            block(&[OK, &field("content-length", "2"), &field("content-length", "3")].concat()),
            Close,
        ),
        Case(
            "padding longer than its frame",
            BROKEN,
            frame(HEADERS, END_HEADERS | PADDED, 1, &[200, 0x88]),
            Close,
        ),
    ]
}

/// Bodies.
pub(super) fn bodies() -> Vec<Case> {
    use Then::{Close, Repeat, Silence};
    let after = |frames: &[u8]| [&head(&[]), frames].concat();
    let length = |length: &str| [head(&[("content-length", length)]), data(b"{}", END)].concat();
    let zipped = |bytes: &[u8]| [head(&[("content-encoding", "gzip")]), data(bytes, END)].concat();
    let trailers = |flags| frame(HEADERS, END_HEADERS | flags, 1, &field("x", "a"));
    vec![
        Case("a body without end", ENDLESS, after(&[]), Repeat(data(&[b' '; 16_384], 0))),
        Case("bytes without end", ENDLESS, after(&[]), Repeat(data(b" ", 0).repeat(100))),
        Case("empty data without end", ENDLESS, after(&[]), Repeat(data(&[], 0).repeat(100))),
        Case(
            "padding without end",
            ENDLESS,
            after(&[]),
            Repeat(data(&[&[255][..], &[0; 255]].concat(), PADDED).repeat(50)),
        ),
        Case("padding around a body", FINE, after(&data(b"\x03{}\0\0\0", END | PADDED)), Silence),
        Case("a body that is cut short", BROKEN, after(&data(b"{", 0)), Close),
        Case("a body that stalls", &[SLOW], after(&data(b"{", 0)), Silence),
        Case("data before the head", BROKEN, answered(&data(b"{}", 0)), Close),
        Case("data after the end", FINE, [answered(&[]), data(b"{}", END)].concat(), Close),
        Case("a length that is too large", BROKEN, length("3"), Close),
        Case("a length that is too small", BROKEN, length("1"), Close),
        Case("a length of 10 TB", &[TooLarge, Transport, Truncated], length("9999999999999"), Close),
        Case("trailers", FINE, after(&[data(b"{}", 0), trailers(END)].concat()), Silence),
        Case("trailers that are no end", BROKEN, after(&[data(b"{}", 0), trailers(0)].concat()), Close),
        Case("trailers without end", ENDLESS, after(&data(b"{}", 0)), Repeat(trailers(0).repeat(100))),
        Case(
            "a status in trailers, which is ignored",
            FINE,
            after(&[data(b"{}", 0), frame(HEADERS, END_HEADERS | END, 1, OK)].concat()),
            Close,
        ),
        Case("a reset", BROKEN, after(&[data(b"{", 0), reset(8)].concat()), Silence),
        Case("a reset without an error", BROKEN, after(&[data(b"{}", 0), reset(0)].concat()), Silence),
        Case("a reset after the end", FINE, [answered(&[]), reset(0)].concat(), Silence),
        Case("a refused stream", &[Transport], reset(7), Silence),
        Case("a reset for calm", &[Transport], reset(11), Silence),
        Case("a reset of an unknown reason", &[Transport], reset(0x1234), Silence),
        Case(
            "shutdown in the middle",
            FINE,
            after(&[data(b"{", 0), go_away(1, 0), data(b"}", END)].concat()),
            Silence,
        ),
        Case("shutdown, then the end", BROKEN, after(&[data(b"{", 0), go_away(1, 2)].concat()), Close),
        Case(
            "64 MiB of spaces in gzip",
            &[TooLarge, Transport],
            zipped(&gzip(&vec![b' '; 4 << 20])),
            Silence,
        ),
        Case("gzip that is none", &[Decompress], zipped(b"{}"), Silence),
        Case(
            "no body, which is null",
            FINE,
            frame(HEADERS, END_HEADERS | END, 1, &[0x88, 0x0f, 0x0d, 1, b'0']),
            Silence,
        ),
    ]
}
