//! The targets of the runtime. Each input leads to what a simple decoder reads, or to an error.

mod arguments;
mod headers;
mod json;
mod server;
mod streams;

use ::runtime::{Client, ClientBuilder, transport::Memory};
use std::time::Duration;

use crate::{Seeds, Target};

const TEXTS: &[&[u8]] =
    &[b"a", b"a b\nc", "é\n日本\n🦀".as_bytes(), b"..\n%2e%2e", b"a/b\\c?d#e&f=g+h", b"[a]\n{b}"];
const TEXT_WORDS: &[&[u8]] =
    &[b"%2F", b"..", b"%00", b"\r\n", b"; ", b", ", b"=", b"%20", b"%7C", b"\n", b"--"];
const JSON_WORDS: &[&[u8]] = &[
    b"{}",
    b"[]",
    b"null",
    b"true",
    b"1e400",
    b"-0",
    b"0.1",
    b"18446744073709551616",
    b"\"a\":",
    b"\"id\":",
    b"\"kind\":\"cat\"",
    b"\"\\ud800\"",
    b"\"\\u0000\"",
    b",",
    b"1.0",
    b"\"\"",
    b"12345678901234567890123.5",
];
const DOCUMENTS: &[&[u8]] = &[
    b"{}",
    br#"{"id":"a","count":1,"note":null,"parts":[{"id":"b"}],"any":{"x":[1,2.5,"y"]},"new":[{}]}"#,
    br#"[{"kind":"cat","lives":9},{"kind":"dog"},"text",7,7.5,null,[["a"],[1]],{"id":"a"}]"#,
    br#"{"a":{"b":{"c":[true,false,null]}},"n":[0,-1,1e3,0.10,123456789012345678901234567890]}"#,
    "\u{feff}[\"\\u00e9\\n\\\"\", \"é🦀\"]".as_bytes(),
];

pub(super) const TARGETS: &[Target] = &[
    Target { name: "path", seeds: Seeds::Texts(TEXTS), words: TEXT_WORDS, run: arguments::path },
    Target { name: "query", seeds: Seeds::Texts(TEXTS), words: TEXT_WORDS, run: arguments::query },
    Target { name: "header", seeds: Seeds::Texts(TEXTS), words: TEXT_WORDS, run: arguments::header },
    Target { name: "multipart", seeds: Seeds::Texts(TEXTS), words: TEXT_WORDS, run: arguments::multipart },
    Target {
        name: "events",
        seeds: Seeds::Texts(&[
            b"data: a\n\ndata: b\ndata: c\n\n",
            b"event: add\nid: 7\nretry: 10\ndata:  x\n\n: comment\n\nid\ndata\n\n",
            b"\xef\xbb\xbfdata: a\r\n\r\ndata: b\r\rdata: [DONE]\n\n",
        ]),
        words: &[b"data:", b"data", b"id:", b"event:", b"retry: 5", b"\r\n", b"\n\n", b"\r", b"\xef\xbb\xbf", b":", b"\0"],
        run: streams::events,
    },
    Target {
        name: "lines",
        seeds: Seeds::Texts(&[b"{\"a\":1}\n[]\n\nnull\n", b"\x1e{\"a\":1}\n\x1e2\n", b"1\r\n2\r\n3", b"\xef\xbb\xbf1\nx\n\"a\""]),
        words: JSON_WORDS,
        run: streams::lines,
    },
    Target {
        name: "link",
        seeds: Seeds::Texts(&[
            b"<https://example.com/list?page=2>; rel=\"next\", </list?page=9>; rel=last",
            b"</list?cursor=a>; title=\"x, y\"; rel=\"prev next\"",
            b"<//evil.example/>; rel=next, <?page=3>; rel=next",
        ]),
        words: &[
            b"<", b">", b"; rel=next", b"rel=\"next\"", b"https://example.com", b"https://evil.example", b"//", b"@",
            b"\\", b"..", b"?", b"#", b",", b"\"", b"example.com:443", b"javascript:", b"http://example.com/",
        ],
        run: headers::link,
    },
    Target {
        name: "retry-after",
        seeds: Seeds::Texts(&[
            b"1", b"120", b"Sun, 06 Nov 1994 08:49:37 GMT", b"Sunday, 06-Nov-94 08:49:37 GMT",
            b"Sun Nov  6 08:49:37 1994\nMon, 07 Nov 1994 08:49:37 GMT",
        ]),
        words: &[b"-", b"99999999999999999999", b"GMT", b"\n", b"9999", b"Feb", b"31", b"24:60:60", b" ", b"0"],
        run: headers::retry_after,
    },
    Target {
        name: "header-value",
        seeds: Seeds::Texts(&[b"1,2,3", b"a=1,b=x", b"a,1,b,2", b"{\"a\":1}", b"true", b"Sun, 06 Nov 1994 08:49:37 GMT"]),
        words: JSON_WORDS,
        run: headers::value,
    },
    Target { name: "json", seeds: Seeds::Texts(DOCUMENTS), words: JSON_WORDS, run: json::value },
    Target { name: "model", seeds: Seeds::Texts(DOCUMENTS), words: JSON_WORDS, run: json::model },
    Target { name: "union", seeds: Seeds::Texts(DOCUMENTS), words: JSON_WORDS, run: json::union },
    Target {
        name: "gzip",
        seeds: Seeds::Texts(&[
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xabV*-N-R\xb2R\n\rv1T\xaa\x05\0\x85o\xe8v\x0e\0\0\0",
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0",
            b"\x1f\x8b\x08\0\0\0\0\0\x02\xffKL$\x1e\0\0\x11g\xe5\x9fd\0\0\0",
            b"\x1f\x8b\x08\x1c\0\0\0\0\0\xff\x02\0xxname\0comment\0\x03\0\0\0\0\0\0\0\0\0",
        ]),
        words: &[
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0", b"\x1f\x8b\x08", b"\0\0\0\0", b"\xff\xff\xff\xff",
        ],
        run: server::gzip,
    },
    Target {
        name: "brotli",
        seeds: Seeds::Texts(&[
            b"\xa1h\x02\x80\xe0<\xb0c\x88\x15f\x04:\xe8q\x09\x9bj\x11\x10\x9a\xbd\x0dCU\x86\xa6Xt\x8a\xa6\xcf)\x07\xcc\xb5U@\x81\xb4\x0b\xde\x03nNcB\xbcs\xa3\x07\xcfx\x99\xe9-WQ\xbfP\x8e>\xc2B\xdb\x10",
            b"U\xdf\x93\x84_\",\x1e\x0b\x042\x17\x09\x00",
            b"\xa1\x01",
            b"\xa1\xd8\x01@/\x8b\xe3R\x9en\x96!\x1a\x15\x12\x13l\xe2\xd8\xdd\x1f@bQ\xdaX\xe7CL\xb9\xd4\xd6\xc7\\\xfb\xdc\xf7\x01",
        ]),
        words: &[
            b"\x03", b"\xff\xff", b"\0\0", b"\x8f\x12\x80", b"\x8f\0\x80{}\x03",
        ],
        run: server::brotli,
    },
    Target {
        name: "zstd",
        seeds: Seeds::Texts(&[
            b"(\xb5/\xfd$N\x1d\x02\x00\xe2\xc4\x0f\x12\x90\xcf\x01\x02m\xa2\x06&\xfb\xf6$\xf3\xdc%m\x99\xe9Bw\x88\xc1\x044\x9df6\xe0\x00~$\x85}\xc9\xe8\xb3O\xe3%\x7fMF\x8f%\x9e\xf01j\x14\x1e\x96\xaf\xf2\xcd_\x050\x01W\xa6\xfb\x0e\xd8\x00\xa4D\x11\xd2",
            b"(\xb5/\xfd\xa4\xe0\x93\x04\x00T\x00\x00\x10aa\x01\x00\xfb\xff9\xc0\x02\x02\x00\x10a\x03\x9f\x04a\x8d_\x04\xa6",
            b"(\xb5/\xfd$\x00\x01\x00\x00\x99\xe9\xd8Q",
            b"(\xb5/\xfd$<\xe1\x01\x00\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f !\"#$%&'()*+,-./0123456789:;\xc5E\xf2\xc6",
            b"P*M\x18\x02\x00\x00\x00ab(\xb5/\xfd N-\x02\x00\xe2D\x10\x16\xa09\x07g4)E\x03\x89\xc4\xd8,\x13\xd9\xff\xfe\xfe\x16\xb2\xff\xa6\x06\x8b\x09\x8c\xcf\xe5*\xd2<\x03\xf7\x84\xdb\xf2hu\xcd/r\xf4\x97Z\xb1b\xb06felK\xc6'\xf8\xf4\x97p>w\x02e\xfe8%\x00",
        ]),
        words: &[
            b"(\xb5/\xfd", b"P*M\x18", b"\x01\0\0", b"\xff\xff\xff\xff", b"\0\0\0\0",
        ],
        run: server::zstd,
    },
    Target {
        name: "http",
        seeds: Seeds::Texts(&[
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\nT: a\r\n\r\n",
            b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
            b"HTTP/1.0 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Type: application/json\r\n\r\n{\"message\":\"x\"}",
            b"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nConnection: close\r\n\r\n",
        ]),
        words: &[
            b"\r\n", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n", b"ffffffffffffffff\r\n", b"0\r\n\r\n", b"\0", b"101", b"204", b"304", b": ",
        ],
        run: server::http,
    },
];

/// Returns a client of a transport.
fn client(memory: &Memory) -> Client {
    ClientBuilder::new("https://example.com").transport(memory.clone()).retries(0).build().unwrap()
}

thread_local! {
    static RUNTIME: tokio::runtime::Runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
}

/// Runs a future. One that does not end in time is a finding.
fn block_on<F: Future>(future: F) -> F::Output {
    const LIMIT: Duration = Duration::from_secs(5);
    RUNTIME.with(|runtime| runtime.block_on(async { tokio::time::timeout(LIMIT, future).await.unwrap() }))
}
