//! Paged lists: all ways to find the next page, and fault case 21.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Auth, Client, Credential, ErrorKind, Method, Next, Operation, Paging, Request,
    http::Response,
    serde_json::{Value, json},
    testing::Script,
};
use support::in_no_time;

const LIST: Operation = Operation::new("List", Method::GET, "/v1/Users").accept("application/json");

fn items(page: Value) -> Vec<Value> {
    page["users"].as_array().cloned().unwrap_or_default()
}

fn count(page: &Value) -> usize {
    page["users"].as_array().map_or(0, Vec::len)
}

const URL: fn() -> Paging<Value, Value> = || Paging::new(items, Next::Url(|page| page["next"].as_str()));

fn script(pages: &[Value]) -> Script {
    pages.iter().fold(Script::new(), |script, page| script.on("List").reply(200, page))
}

fn list(script: &Script) -> Request {
    let client: Client = script.client().unwrap();
    Request::new(&client, &LIST)
}

/// Returns the items of all pages, and the requested targets.
fn read(script: &Script, paging: Paging<Value, Value>) -> (Vec<Value>, Vec<String>) {
    let mut items = list(script).pages(paging).items();
    let all = in_no_time(async {
        let mut all = Vec::new();
        while let Some(item) = items.next().await {
            all.push(item.unwrap());
        }
        all
    });
    (all.0, targets(script))
}

fn targets(script: &Script) -> Vec<String> {
    script.calls("List").iter().map(|call| call.target().to_owned()).collect()
}

#[test]
fn every_form_of_what_is_next_is_followed() {
    let pages = [
        json!({"users": [1, 2], "next": "https://script.invalid/v1/Users?Page=1", "token": "a/b"}),
        json!({"users": [], "next": "?Page=2", "token": "c"}),
        json!({"users": [3], "next": "", "token": null}),
    ];
    let (all, asked) = read(&script(&pages), URL());
    assert_eq!(
        (all.len(), asked),
        (3, ["/v1/Users", "/v1/Users?Page=1", "/v1/Users?Page=2"].map(str::to_owned).to_vec())
    );
    let token = Paging::new(items, Next::Token("t", |page| page["token"].as_str()));
    let (all, asked) = read(&script(&pages), token);
    assert_eq!(
        (all.len(), asked),
        (3, ["/v1/Users", "/v1/Users?t=a%2Fb", "/v1/Users?t=c"].map(str::to_owned).to_vec())
    );

    let pages = [json!({"users": [1, 2]}), json!({"users": [3]}), json!({"users": []})];
    let (all, asked) = read(&script(&pages), Paging::new(items, Next::Offset("o", count)));
    assert_eq!(
        (all.len(), asked),
        (3, ["/v1/Users", "/v1/Users?o=2", "/v1/Users?o=3"].map(str::to_owned).to_vec())
    );
    let (all, asked) = read(&script(&pages), Paging::new(items, Next::Page("p", count)));
    assert_eq!(
        (all.len(), asked),
        (3, ["/v1/Users", "/v1/Users?p=2", "/v1/Users?p=3"].map(str::to_owned).to_vec())
    );

    let linked =
        Response::builder().header("link", "</v1/Users?b>; rel=next").body(r#"{"users": [1]}"#).unwrap();
    let script = Script::new().on("List").respond(linked).on("List").reply(200, json!({"users": [2]}));
    let (all, asked) = read(&script, Paging::new(items, Next::Link));
    assert_eq!((all.len(), asked), (2, ["/v1/Users", "/v1/Users?b"].map(str::to_owned).to_vec()));
}

#[test]
fn a_list_is_limited_and_resumed() {
    let pages = [json!({"users": [1, 2], "next": "?Page=1"}), json!({"users": [3]})];
    let script = script(&pages);
    let cursor = in_no_time(async {
        let mut items = list(&script).pages(URL()).items().limit(2);
        assert_eq!(items.cursor(), None);
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        assert_eq!(items.next().await.unwrap().unwrap(), 2);
        assert!(items.next().await.is_none());
        items.cursor().unwrap()
    });
    // The second page is not needed.
    assert_eq!((script.calls("List").len(), &*cursor.0), (1, "/v1/Users?Page=1"));
    in_no_time(async {
        let mut pages = list(&script).pages(URL()).resume(&*cursor.0);
        assert_eq!(pages.next().await.unwrap().unwrap()["users"][0], 3);
        assert!(pages.next().await.is_none() && pages.cursor().is_none());
    });
    assert_eq!(targets(&script)[1], "/v1/Users?Page=1");
}

#[test]
fn case_21_a_next_page_elsewhere_or_read_already_ends_the_list() {
    for next in [
        "https://evil.example/v1/Users",
        "http://script.invalid/v1/Users",
        "//evil.example/canary",
        "https://canary@script.invalid/v1/Users",
        "https://script.invalid:444/",
    ] {
        let script = script(&[json!({"users": [1], "next": next})]);
        let mut items = list(&script).pages(URL()).items();
        in_no_time(async {
            let error = items.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Pagination);
            assert_eq!(error.to_string(), "List: the next page is on another server");
            assert!(items.next().await.is_none());
        });
        assert_eq!(script.calls("List").len(), 1);
    }
    // A loop.
    let script =
        script(&[json!({"users": [1], "next": "?Page=1"}), json!({"users": [2], "next": "/v1/Users"})]);
    let mut items = list(&script).pages(URL()).items();
    in_no_time(async {
        assert!(items.next().await.unwrap().is_ok() && items.next().await.unwrap().is_ok());
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "List: the next page was read already");
        assert!(items.next().await.is_none());
    });
    assert_eq!(script.calls("List").len(), 2);
}

#[test]
fn pages_without_items_and_without_end_are_an_error() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let memory = runtime::transport::Memory::answering(move |_| {
        let page = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let body = json!({"users": if page % 5000 == 1500 { vec![page] } else { vec![] }, "next": format!("?Page={page}")});
        Ok(Response::new(body.to_string().into_bytes().into()))
    });
    let client: Client =
        runtime::ClientBuilder::new("https://script.invalid").transport(memory.clone()).build().unwrap();
    let mut items = Request::new(&client, &LIST).pages(URL()).items();
    in_no_time(async {
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "List: 1000 consecutive pages have no items");
        assert_eq!((error.kind(), memory.requests().len()), (ErrorKind::Pagination, 1000));
        assert!(items.next().await.is_none());
        // A caller that expects more reads on.
        let cursor = items.cursor().unwrap();
        let mut items = Request::new(&client, &LIST).pages(URL()).items().resume(cursor);
        assert_eq!(items.next().await.unwrap().unwrap(), 1500);
        // The count begins again after an item.
        assert!(items.next().await.unwrap().is_err());
        assert_eq!(memory.requests().len(), 2501);
    });
}

#[test]
fn an_error_ends_the_list() {
    let script = script(&[json!({"users": [1], "next": "?Page=1"})]).on("List").reply(404, json!({}));
    let mut pages = list(&script).pages(URL());
    in_no_time(async {
        pages.next().await.unwrap().unwrap();
        assert!(pages.next().await.unwrap().unwrap_err().is_not_found());
        assert!(pages.next().await.is_none());
    });
}

const KEYED: Operation = Operation::new("List", Method::GET, "/v1/Users")
    .accept("application/json")
    .security(&[&[Credential::QueryKey("api key")]]);

#[test]
fn a_key_in_the_query_goes_to_every_page_and_into_no_cursor() {
    let pages = [
        json!({"users": [1], "next": "/v1/Users?Page=1&api%20key=canary%2Fkey&x=y&api+key=canary&a%70i%20key=canary"}),
        json!({"users": [2], "next": "/v1/Users?Page=2"}),
        json!({"users": [3]}),
    ];
    let script = script(&pages);
    let client = script.builder::<Client>().auth(Auth::api_key("canary/key")).build().unwrap();
    let mut pages = Request::new(&client, &KEYED).pages(URL());
    in_no_time(async {
        pages.next().await.unwrap().unwrap();
        assert_eq!(pages.cursor().unwrap(), "/v1/Users?Page=1&x=y");
        pages.next().await.unwrap().unwrap();
        assert_eq!(pages.cursor().unwrap(), "/v1/Users?Page=2");
        pages.next().await.unwrap().unwrap();
    });
    let expected =
        ["?", "?Page=1&x=y&", "?Page=2&"].map(|query| format!("/v1/Users{query}api%20key=canary%2Fkey"));
    assert_eq!(targets(&script), expected);
}

#[test]
fn the_address_of_a_page_is_printed_nowhere() {
    let script = script(&[json!({"users": [1], "next": "?PageToken=canary%40example.com"})])
        .on("List")
        .reply(404, json!({"message": "no page canary@example.com"}));
    let mut pages = list(&script).pages(URL());
    in_no_time(async {
        pages.next().await.unwrap().unwrap();
        assert!(pages.cursor().unwrap().contains("canary") && !format!("{pages:?}").contains("canary"));
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "List: 404 Not Found (no page {page}) attempts=1");
        assert!(!support::api::shown(&error).contains("canary"));
    });
    let resumed = list(&script).pages(URL()).resume("?PageToken=canary");
    assert!(
        !format!("{resumed:?}").contains("canary") && !format!("{:?}", resumed.items()).contains("canary")
    );
}
