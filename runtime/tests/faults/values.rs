//! Values of paths and headers, and addresses.

use super::{answer, builder};
use crate::support::{
    api::Client,
    block_on,
    server::{Server, json},
};
use proptest::prelude::*;
use runtime::{ErrorKind, transport::Memory};
use std::net::TcpListener;

fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn case_18_a_path_value_arrives_exactly_or_nothing_does() {
    let ascii = (0..128_u8).map(|byte| char::from(byte).to_string()).filter(|text| text != ".");
    let odd =
        ["%2e%2e", "a/b", "a\\b", "é", "👩", "\u{200f}x", "a\tb", "a\nb", "...", "a?b#c"].map(str::to_owned);
    let server = Server::sending(json("200 OK", "{}"));
    let client = builder(&server.url()).build().unwrap();
    block_on(async {
        for value in [".", "..", ""] {
            let error = client.fetch_user("IS1", value).send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
        }
        assert_eq!(server.connections(), 0);
        for (number, value) in ascii.chain(odd).enumerate() {
            client.fetch_user("IS1", &value).send().await.unwrap();
            let request = server.requests()[number].clone();
            let target = request.split(' ').nth(1).unwrap();
            let segment = target.strip_prefix("/v1/Services/IS1/Users/").unwrap();
            assert!(!segment.contains(['/', '?', '#', '\\']), "{segment}");
            assert_eq!(decoded(segment), value);
        }
    });
}

proptest! {
    #[test]
    fn case_18_any_path_value_is_one_segment_or_refused(value in any::<String>()) {
        let memory = Memory::new().reply(200, "{}");
        let outcome = block_on(Client::of(memory.clone()).fetch_user("IS1", &value).send());
        match outcome {
            Ok(_) => {
                let request = &memory.requests()[0];
                let segment = request.target().strip_prefix("/v1/Services/IS1/Users/").unwrap();
                prop_assert!(!segment.contains('/'));
                prop_assert_eq!(decoded(segment), value);
            }
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::InvalidInput);
                prop_assert!(matches!(&*value, "" | "." | "..") || value.len() > 10_000);
                prop_assert!(memory.requests().is_empty());
            }
        }
    }
}

#[test]
fn case_19_a_header_ends_no_other_and_its_value_is_not_told() {
    let server = Server::sending(json("200 OK", "{}"));
    let client = builder(&server.url()).build().unwrap();
    let send = |name: &str, value: &str| block_on(client.fetch_user("IS1", "US1").header(name, value).send());
    for value in ["canary\r\nx: y", "canary\n", "canary\0", "canaré"] {
        let error = send("x-a", value).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("x-a") && !format!("{error}{error:?}").contains("canar"));
    }
    for name in
        ["host", "authorization", "content-length", "transfer-encoding", "connection", "a b", "a\r\nb"]
    {
        assert_eq!(send(name, "x").unwrap_err().kind(), ErrorKind::InvalidInput, "{name}");
    }
    assert_eq!(server.connections(), 0);
    send("x-a", &"a".repeat(64 << 10)).unwrap();
    assert!(server.requests()[0].contains(&format!("x-a: {}\r\n", "a".repeat(64 << 10))));
}

#[test]
fn case_22_proxies_are_as_configured() {
    const URL: &str = "RUNTIME_FAULTS_URL";
    if let Ok(url) = std::env::var(URL) {
        let client = Client::builder().allow_plain_http(true).server(url).build().unwrap();
        block_on(client.fetch_user("IS1", "US1").send()).unwrap();
        return;
    }
    // The environment belongs to the whole process, so a child process makes the call.
    let ask = |url: &str, proxy: &str, except: &str| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "values::case_22_proxies_are_as_configured"])
            .env(URL, url)
            .envs(["http_proxy", "HTTP_PROXY"].map(|name| (name, proxy)))
            .envs(["no_proxy", "NO_PROXY"].map(|name| (name, except)))
            .output()
            .unwrap()
            .status
            .success()
    };
    let proxy = || Server::playing(vec![answer(json("200 OK", "{}"))]);
    let asked = proxy();
    assert!(ask("http://nowhere.invalid", &asked.url(), ""));
    assert!(
        asked.requests()[0].starts_with("GET http://nowhere.invalid/v1/Services/IS1/Users/US1 HTTP/1.1\r\n")
    );
    let passed = proxy();
    assert!(!ask("http://nowhere.invalid", &passed.url(), "nowhere.invalid"));
    assert_eq!(passed.connections(), 0);
    // Calls to this machine never use a proxy, for either form of its address.
    let server = proxy();
    assert!(ask(&server.url(), &passed.url(), ""));
    if let Ok(listener) = TcpListener::bind(("::1", 0)) {
        let server = Server::listening(listener, vec![answer(json("200 OK", "{}"))]);
        assert!(ask(&format!("http://[::1]:{}", server.port()), &passed.url(), ""));
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!((server.connections(), passed.connections()), (1, 0));
}
