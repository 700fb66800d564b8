//! Checks arguments: a server decodes exactly the given values, or no request is sent.

use super::{block_on, client};
use crate::text;
use ::runtime::{
    Error, ErrorKind, Method, Multipart, Operation, Part, Request, Style,
    reply::Empty,
    transport::{Memory, Recorded},
};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

const PATH: Operation = Operation::new("Path", Method::GET, "/a/{id}/b");
const QUERY: Operation = Operation::new("Query", Method::GET, "/q");
const FORM: Operation = Operation::new("Form", Method::POST, "/f");

/// Sends a request. Returns what was sent, or nothing if the arguments were refused.
fn sent(operation: &'static Operation, set: impl FnOnce(Request) -> Request) -> Option<Recorded> {
    let memory = Memory::new().reply(200, "null");
    let result: Result<(), Error> = block_on(set(Request::new(&client(&memory), operation)).send::<Empty>());
    let requests = memory.requests();
    match result {
        Ok(()) => assert_eq!(requests.len(), 1),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
            assert!(requests.is_empty());
        }
    }
    requests.into_iter().next()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// Decodes as HTML forms do, which read a plus sign as a space.
fn decoded_form(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

pub(super) fn path(bytes: &[u8]) {
    let given = text(bytes);
    let Some(request) = sent(&PATH, |request| request.path("id", &given)) else {
        assert!(["", ".", ".."].contains(&&*given), "{given:?} was refused");
        return;
    };
    let parts: Vec<&str> = request.target().split('/').collect();
    let &["", "a", part, "b"] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!(decoded(part), given);
}

pub(super) fn query(bytes: &[u8]) {
    let given = text(bytes);
    let items: Vec<String> = given.split('\n').map(str::to_owned).collect();
    let map: BTreeMap<String, String> = items.iter().map(|item| (item.clone(), item.clone())).collect();
    let pairs = |request: &Recorded| -> Vec<(String, String)> {
        let query = request.target().strip_prefix("/q").unwrap().trim_start_matches('?').to_owned();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (key.into(), value.into()))
            .collect()
    };
    let request = sent(&QUERY, |request| request.query("q", &given)).unwrap();
    let found = pairs(&request);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found.first().map(|(key, value)| (key.as_str(), decoded_form(value))),
        Some(("q", given.clone()))
    );

    for (style, delimiter) in [
        (Style::FORM, ","),
        (Style::SPACE_DELIMITED, "%20"),
        (Style::PIPE_DELIMITED, "%7C"),
        (Style::FORM.reserved(), ","),
    ] {
        let Some(request) = sent(&QUERY, |request| request.query_value("q", style, &items)) else { continue };
        let found = pairs(&request);
        let value = found.first().map(|(_, value)| value.clone()).unwrap_or_default();
        let found: Vec<String> = value.split(delimiter).map(decoded_form).collect();
        assert_eq!(found, items, "{style:?}: {value}");
    }
    if let Some(request) = sent(&QUERY, |request| request.query_value("q", Style::FORM.exploded(), &items)) {
        let found: Vec<String> = pairs(&request).iter().map(|(_, value)| decoded_form(value)).collect();
        assert_eq!(found, items);
    }
    if let Some(request) =
        sent(&QUERY, |request| request.query_value("q", Style::DEEP_OBJECT.exploded(), &map))
    {
        let key = |key: &str| {
            decoded_form(key).strip_prefix("q[").and_then(|key| key.strip_suffix(']')).map(str::to_owned)
        };
        let found =
            pairs(&request).iter().map(|(name, value)| (key(name).unwrap(), decoded_form(value))).collect();
        assert_eq!(map, found);
    }
}

pub(super) fn header(bytes: &[u8]) {
    let given = text(bytes);
    let none = sent(&QUERY, |request| request).unwrap().headers().len();
    if let Some(request) = sent(&QUERY, |request| request.header_parameter("X-A", &given)) {
        assert_eq!(request.headers().len(), none + 1);
        assert_eq!(request.header("x-a"), Some(&*given));
        assert!(given.trim() == given && !given.contains(['\r', '\n', '\0']), "{given:?}");
    }
    let request = sent(&QUERY, |request| request.cookie("c", &given)).unwrap();
    let cookie = request.header("cookie").unwrap();
    assert_eq!(cookie.strip_prefix("c=").map(decoded), Some(given.clone()));
    assert!(!cookie.contains([';', ' ', ',', '"']), "{cookie}");
    let items: Vec<String> = given.split('\n').map(str::to_owned).collect();
    if let Some(request) = sent(&QUERY, |request| request.header_value("X-A", Style::SIMPLE, &items)) {
        let found = request.header("x-a").unwrap_or_default();
        assert_eq!(found.split(',').collect::<Vec<_>>(), items);
    }
}

pub(super) fn multipart(bytes: &[u8]) {
    let given = text(bytes);
    let mut lines = given.splitn(3, '\n').map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    let (name, file, value) = (next(), next(), next());
    let form = Multipart::new()
        .part(&name, Part::text(&value))
        .part("second", Part::new(bytes.to_vec()).file_name(&file));
    let Some(request) = sent(&FORM, |request| request.multipart(form)) else { return };
    let boundary = request.header("content-type").and_then(|text| text.split_once("boundary=")).unwrap().1;
    let body = request.body();
    // The parts as a server reads them: between delimiter lines.
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let whole = [b"\r\n", &**body].concat();
    let mut parts = Vec::new();
    let mut rest = whole.as_slice();
    while let Some(at) = rest.windows(delimiter.len()).position(|window| window == delimiter) {
        parts.push(rest.get(..at).unwrap());
        rest = rest.get(at + delimiter.len()..).unwrap();
    }
    // The second part replaces one of the same name.
    if name == "second" {
        parts.insert(1, &[]);
    }
    assert_eq!((parts.len(), rest), (3, &b"--\r\n"[..]));
    let escaped = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    for (part, content, names) in [
        (parts.get(1).unwrap(), value.as_bytes(), format!("name=\"{}\"", escaped(&name))),
        (parts.get(2).unwrap(), bytes, format!("name=\"second\"; filename=\"{}\"", escaped(&file))),
    ]
    .into_iter()
    .filter(|(part, ..)| !part.is_empty())
    {
        let at = part.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        assert_eq!(part.get(at + 4..).unwrap(), content);
        let head = std::str::from_utf8(part.get(..at).unwrap()).unwrap();
        let disposition: Vec<&str> =
            head.split("\r\n").filter(|line| line.starts_with("Content-Disposition:")).collect();
        assert_eq!(disposition, [format!("Content-Disposition: form-data; {names}")]);
    }
}
