//! Bodies in odd encodings, event streams and lines with odd content.

use super::{
    Case, ENDLESS, EVENTS, Fine, Gives, LARGE, LINES, NO_GZIP, WRONG, Way, case, chunk, flood, gzip,
};
use crate::support::{encodings, server::response};
use runtime::ErrorKind::{Decompress, TooLarge};

const UNDECODED: Gives = Gives::Error(&[Decompress]);

/// Returns a case with an encoded body.
fn encoded(name: &'static str, gives: Gives, encoding: &str, body: &[u8]) -> Case {
    let headers = [("Content-Type", "application/json"), ("Content-Encoding", encoding)];
    case(name, Way::Json, gives, response("200 OK", &headers, body))
}

fn stream(name: &'static str, way: Way, gives: Gives, text: &[u8]) -> Case {
    let head = if way == Way::Events { EVENTS } else { LINES };
    case(name, way, gives, [head.as_bytes(), &chunk(text), b"0\r\n\r\n"].concat())
}

fn events(name: &'static str, gives: Gives, text: &[u8]) -> Case {
    stream(name, Way::Events, gives, text)
}

fn lines(name: &'static str, gives: Gives, text: &[u8]) -> Case {
    stream(name, Way::Lines, gives, text)
}

pub(super) fn cases() -> Vec<Case> {
    let bomb = gzip(&gzip(&vec![b' '; 64 << 20]));
    let accepts = |name| encodings().contains(&name);
    let mut flags = gzip(b"{}");
    flags[3] = 0xff;
    let mut method = gzip(b"{}");
    method[2] = 7;
    let mut length = gzip(b"{}");
    *length.last_mut().unwrap() ^= 1;
    vec![
        encoded("gzip twice", UNDECODED, "gzip, gzip", &gzip(&gzip(b"{}"))),
        encoded("a bomb in a bomb", UNDECODED, "gzip, gzip", &bomb),
        encoded("identity, announced", Fine, "identity", b"{}"),
        encoded("an encoding that nobody asked for", UNDECODED, "compress", b"\x1f\x9d\x90{\xfa\0"),
        encoded("Brotli", if accepts("br") { Fine } else { UNDECODED }, "br", b"\x8f\x00\x80{}\x03"),
        encoded("Brotli that is none", UNDECODED, "br", b"{}"),
        encoded("Zstandard that is none", UNDECODED, "zstd", b"{}"),
        encoded("an encoding that nobody knows", UNDECODED, "rot13", b"{}"),
        encoded("an encoding without a name", UNDECODED, "", b"{}"),
        encoded("gzip that is none", NO_GZIP, "gzip", b"{}"),
        encoded("gzip of no bytes", Fine, "gzip", b""),
        encoded("gzip with reserved flags", NO_GZIP, "gzip", &flags),
        encoded("gzip with another method", NO_GZIP, "gzip", &method),
        encoded("gzip with a wrong length", NO_GZIP, "gzip", &length),
        encoded("a value in two members of gzip", Fine, "gzip", &[gzip(b"{\"a\""), gzip(b":1}")].concat()),
        encoded("1,000 members of 10 KB", LARGE, "gzip", &gzip(&[b' '; 10_000]).repeat(1_000)),
        events("NUL in an event", Fine, b"data: a\0b\nid: a\0b\n\n"),
        events(
            "a byte order mark before each event",
            Fine,
            b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n",
        ),
        events("invalid UTF-8 in an event", Fine, b"data: \xff\xfe\n\n"),
        events(
            "a time to reconnect of 1,000 digits",
            Fine,
            format!("retry: {}\ndata: a\n\n", "9".repeat(1_000)).as_bytes(),
        ),
        events(
            "an id of 100 KB",
            Gives::Error(&[TooLarge]),
            format!("id: {}\ndata: a\n\n", "i".repeat(100_000)).as_bytes(),
        ),
        events(
            "an event's name of 500 KB",
            Fine,
            format!("event: {}\ndata: a\n\n", "e".repeat(500_000)).as_bytes(),
        ),
        events("100,000 empty data lines", Fine, &[&b"data\n".repeat(100_000)[..], b"\n"].concat()),
        events("an event without an end", Fine, b"data: a\n"),
        flood("event names without end", Way::Events, ENDLESS, EVENTS, chunk(&b"event: x\n".repeat(1 << 12))),
        flood("ids without end", Way::Events, ENDLESS, EVENTS, chunk(&b"id: x\n".repeat(1 << 12))),
        flood(
            "empty events without end",
            Way::Events,
            ENDLESS,
            EVENTS,
            chunk(&b"event: x\n\n".repeat(1 << 12)),
        ),
        lines("a byte order mark before a line", Fine, b"\xef\xbb\xbf1\n"),
        lines("NUL in a line", WRONG, b"\"a\0b\"\n"),
        lines("invalid UTF-8 in a line", WRONG, b"\"\xff\"\n"),
        lines("a depth of 100,000 in a line", WRONG, &b"[".repeat(100_000)),
        lines("a list of zeros in a line", LARGE, format!("[{}0]\n", "0,".repeat(500_000)).as_bytes()),
        lines("a line without an end", Fine, b"1"),
        lines("a sequence of text", Fine, b"\x1e1\n\x1e2\n"),
        flood("record separators without end", Way::Lines, ENDLESS, LINES, chunk(&b"\x1e".repeat(1 << 15))),
        flood("spaces without end", Way::Lines, ENDLESS, LINES, chunk(&b" ".repeat(1 << 15))),
    ]
}
