//! Heads of HTTP/1.1 responses: status lines, headers, lengths.

use super::{Case, Fine, Gives, HEAD, NO_HTTP, Way, case};
use runtime::ErrorKind::{self, Status, TooLarge, Transport, Truncated, UnexpectedStatus};

const REFUSED: Gives = Gives::Error(&[Status]);
const UNEXPECTED: Gives = Gives::Error(&[UnexpectedStatus]);
const BROKEN: Gives = Gives::Error(&[Transport, Truncated]);

/// Returns a case whose response has this text in place of the whole head and body.
fn whole(name: &'static str, gives: Gives, text: impl Into<Vec<u8>>) -> Case {
    case(name, Way::Json, gives, text.into())
}

/// Returns a case whose response has these headers and the body `{}`.
fn header(name: &'static str, gives: Gives, headers: &str) -> Case {
    whole(name, gives, format!("{HEAD}{headers}Content-Length: 2\r\n\r\n{{}}"))
}

/// Returns a case whose response has this status line, and the body `{}`.
fn status(name: &'static str, gives: Gives, line: &str) -> Case {
    whole(name, gives, format!("{line}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"))
}

/// Returns a case whose response has this body in chunks.
fn chunks(name: &'static str, gives: Gives, text: &str) -> Case {
    whole(name, gives, format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{text}"))
}

pub(super) fn cases() -> Vec<Case> {
    const ANY: Gives = Gives::Error(&[Transport, Status, UnexpectedStatus, ErrorKind::Decode]);
    vec![
        status("a status line without a reason", Fine, "HTTP/1.1 200"),
        status("a reason of NUL", NO_HTTP, "HTTP/1.1 200 O\0K"),
        status("a status of two digits", NO_HTTP, "HTTP/1.1 20 OK"),
        status("a status of four digits", NO_HTTP, "HTTP/1.1 2000 OK"),
        status("a status of zero", NO_HTTP, "HTTP/1.1 000 No"),
        status("a status of 999", UNEXPECTED, "HTTP/1.1 999 No"),
        status("a negative status", NO_HTTP, "HTTP/1.1 -20 OK"),
        status("HTTP/3.0 as text", NO_HTTP, "HTTP/3.0 200 OK"),
        status("HTTP/0.9", NO_HTTP, "{}"),
        status("another protocol", NO_HTTP, "SSH-2.0-OpenSSH_9.9"),
        status(
            "switching protocols",
            ANY,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade",
        ),
        header("NUL in a header", NO_HTTP, "X: a\0b\r\n"),
        header("a bare CR in a header", NO_HTTP, "X: a\rb\r\n"),
        header("a header without a colon", NO_HTTP, "X\r\n"),
        header("a header without a name", NO_HTTP, ": a\r\n"),
        header("a space before the colon", NO_HTTP, "X : a\r\n"),
        header("a header on two lines", NO_HTTP, "X: a\r\n b\r\n"),
        header("bytes above ASCII in a header", Fine, "X: \u{e9}\u{202e}\r\n"),
        header("the same length twice", Fine, "Content-Length: 2\r\n"),
        header("300 headers", Gives::Error(&[Transport, TooLarge]), &"X: a\r\n".repeat(300)),
        header(
            "300 cookies of 1 KB",
            Gives::Error(&[Transport, TooLarge]),
            &format!("Set-Cookie: a={}\r\n", "b".repeat(1024)).repeat(300),
        ),
        whole(
            "a length of 20 digits",
            NO_HTTP,
            format!("{HEAD}Content-Length: 99999999999999999999\r\n\r\n{{}}"),
        ),
        whole(
            "a length of 10 TB",
            Gives::Error(&[TooLarge]),
            format!("{HEAD}Content-Length: 9999999999999\r\n\r\n{{}}"),
        ),
        whole("a length with a sign", NO_HTTP, format!("{HEAD}Content-Length: +2\r\n\r\n{{}}")),
        whole("a list of lengths", NO_HTTP, format!("{HEAD}Content-Length: 2, 3\r\n\r\n{{}}")),
        whole("a length in hexadecimal", NO_HTTP, format!("{HEAD}Content-Length: 0x2\r\n\r\n{{}}")),
        whole("a length too large by one", BROKEN, format!("{HEAD}Content-Length: 3\r\n\r\n{{}}")),
        header(
            "a transfer coding that is unknown, up to the connection's end",
            Fine,
            "Transfer-Encoding: gzip\r\n",
        ),
        chunks("no last chunk", BROKEN, "2\r\n{}\r\n"),
        chunks("a chunk size of 17 digits", BROKEN, "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        chunks("a chunk size of 2^64 - 1", BROKEN, "ffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        chunks("a negative chunk size", BROKEN, "-2\r\n{}\r\n0\r\n\r\n"),
        chunks("a chunk without a size", BROKEN, "\r\n{}\r\n0\r\n\r\n"),
        chunks("a chunk longer than its size", BROKEN, "1\r\n{}\r\n0\r\n\r\n"),
        chunks(
            "trailers that look like headers",
            Fine,
            "2\r\n{}\r\n0\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\n\r\n",
        ),
        status(
            "a redirect to another host",
            UNEXPECTED,
            "HTTP/1.1 302 Found\r\nLocation: https://evil.example/",
        ),
        status("a redirect to a file", UNEXPECTED, "HTTP/1.1 307 Go\r\nLocation: file:///etc/passwd"),
        status(
            "a redirect to control characters",
            UNEXPECTED,
            "HTTP/1.1 308 Go\r\nLocation: http://a\tb\u{1f980}",
        ),
        status("a redirect without a place", UNEXPECTED, "HTTP/1.1 301 Moved"),
        status(
            "a redirect with 100 KB of place",
            UNEXPECTED,
            &format!("HTTP/1.1 303 Go\r\nLocation: /{}", "a".repeat(100_000)),
        ),
        status("a wait of 20 digits", REFUSED, "HTTP/1.1 429 No\r\nRetry-After: 99999999999999999999"),
        status("a negative wait", REFUSED, "HTTP/1.1 503 No\r\nRetry-After: -1"),
        status(
            "a wait to the year 9999",
            REFUSED,
            "HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        ),
        status(
            "a wait to the 31st of February",
            REFUSED,
            "HTTP/1.1 503 No\r\nRetry-After: Sat, 31 Feb 2026 00:00:00 GMT",
        ),
        status(
            "401 with a challenge of 100 KB",
            REFUSED,
            &format!("HTTP/1.1 401 No\r\nWWW-Authenticate: {}", "Basic ".repeat(16_000)),
        ),
    ]
}
