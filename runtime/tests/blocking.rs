//! Calls in programs without an async runtime.

#![cfg(feature = "blocking")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    ErrorKind, Method, Next, Operation, Paging, Request, serde_json::Value, serde_json::json, testing::Script,
};
use support::{
    api::Client,
    block_on,
    server::{Server, Step, json},
};

#[test]
fn calls_are_waited_for_in_many_threads() {
    let answer = || Step::Send(json("200 OK", r#"{"sid": "US1"}"#));
    let server = Server::playing(vec![vec![Step::Read, answer(), Step::Read, answer()]]);
    let client = Client::at(&server.url()).build().unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.fetch_user("IS1", "US1").retries(2).send().wait())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap().sid.as_deref(), Some("US1"));
    }
    // The connections outlive the calls.
    assert!(client.fetch_user("IS1", "US1").retries(2).send_with_response().wait().is_ok());
}

#[test]
fn inside_of_an_async_runtime_waiting_is_an_error() {
    let client: Client = Script::new().on("FetchUser").reply(200, json!({})).client().unwrap();
    let error = block_on(async { client.fetch_user("IS1", "US1").send().wait() }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.to_string(), "can't wait inside of an async runtime: `.await` it");
    client.fetch_user("IS1", "US1").send().wait().unwrap();
}

#[test]
fn pages_are_waited_for_one_by_one() {
    const LIST: Operation = Operation::new("List", Method::GET, "/v1").accept("application/json");
    let paging = || {
        let next = Next::Url(|page: &Value| page["next"].as_str());
        Paging::new(|page: Value| page["items"].as_array().cloned().unwrap_or_default(), next)
    };
    let script = Script::new().on("List").reply(200, json!({"items": [1, 2], "next": "?b"}));
    let script = script.on("List").reply(200, json!({"items": [3]}));
    let client: runtime::Client = script.client().unwrap();
    let items = || Request::new(&client, &LIST).pages(paging()).items();
    let all: Result<Vec<Value>, _> = runtime::waiting(items()).collect();
    assert_eq!(all.unwrap(), [1, 2, 3]);
    block_on(async {
        let mut items = runtime::waiting(items());
        assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Configuration);
        assert!(items.next().is_none());
    });
}
