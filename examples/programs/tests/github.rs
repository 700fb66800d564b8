//! The program against GitHub, on the in-memory transport.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use programs::clients::github::models::{Issue, ReleaseAsset};
use programs::clients::github::testing::sample;
use programs::clients::github::transport::{Body, Memory};
use programs::clients::github::{Auth, Client, Error, ErrorKind, http, serde_json};
use programs::github;
use serde_json::{Value, json};

fn client(memory: &Memory) -> Client {
    let builder = Client::builder().auth(Auth::bearer("secret")).header("X-GitHub-Api-Version", "2022-11-28");
    builder.transport(memory.clone()).build().unwrap()
}

fn issue(number: i64, title: &str) -> Issue {
    let labels = json!(["bug", {"name": "triage"}]);
    sample(json!({"number": number, "title": title, "labels": labels})).unwrap()
}

fn response(status: u16, headers: &[(&str, &str)], body: &Value) -> http::Response<Body> {
    let response = http::Response::builder().status(status).header("content-type", "application/json");
    let response = headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
    response.body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn lists_issues_over_pages() {
    let next = r#"<https://api.github.com/repositories/1/issues?page=2>; rel="next""#;
    let memory = Memory::new()
        .respond(response(200, &[("link", next)], &json!([issue(1, "a"), issue(2, "b")])))
        .respond(response(200, &[], &json!([issue(3, "c")])));
    assert_eq!(github::open_issues(&client(&memory), "o", "r", "bug").await.unwrap(), ["a", "b", "c"]);
    let requests = memory.requests();
    assert_eq!(requests[0].target(), "/repos/o/r/issues?state=open&labels=bug&per_page=100");
    assert_eq!(requests[1].target(), "/repositories/1/issues?page=2");
    for request in requests {
        assert_eq!(request.header("authorization"), Some("Bearer secret"));
        assert_eq!(request.header("x-github-api-version"), Some("2022-11-28"));
    }
}

#[tokio::test]
async fn creates_an_issue() {
    let memory = Memory::new().reply(201, json!(issue(7, "Broken")).to_string());
    assert_eq!(github::report(&client(&memory), "o", "r", "Broken", "It is.").await.unwrap(), 7);
    let request = &memory.requests()[0];
    assert_eq!((request.method().as_str(), request.target()), ("POST", "/repos/o/r/issues"));
    let expected = json!({"title": "Broken", "body": "It is.", "labels": ["bug", "triage"]});
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
}

#[tokio::test]
async fn a_missing_issue_is_none() {
    let missing =
        json!({"message": "Not Found", "documentation_url": "https://docs.github.com", "status": "404"});
    let memory = Memory::new().reply(404, missing.to_string()).reply(410, "{}");
    assert!(github::find(&client(&memory), "o", "r", 1).await.unwrap().is_none());
    let error: Error = github::find(&client(&memory), "o", "r", 1).await.unwrap_err();
    assert!(error.has_status(410) && error.kind() == ErrorKind::Status);
}

#[tokio::test]
async fn uploads_a_file() {
    let url = "https://github.com/o/r/releases/download/v1/tool.zip";
    let asset: ReleaseAsset = sample(json!({"browser_download_url": url})).unwrap();
    let memory = Memory::new().reply(201, json!(asset).to_string());
    assert_eq!(github::upload(&client(&memory), "o", "r", 5, b"PK\x03".to_vec()).await.unwrap(), url);
    let request = &memory.requests()[0];
    let expected = "https://uploads.github.com/repos/o/r/releases/5/assets?name=tool.zip&label=The%20tool";
    assert_eq!(request.uri().to_string(), expected);
    assert_eq!(request.header("content-type"), Some("application/zip"));
    assert_eq!(&request.body()[..], b"PK\x03");
}

#[tokio::test]
async fn returns_the_address_of_an_archive() {
    let url = "https://codeload.github.com/o/r/legacy.zip/refs/heads/main";
    let memory = Memory::new().respond(response(302, &[("location", url)], &Value::Null));
    let archive = github::archive(&client(&memory), "o", "r", "feature/x").await.unwrap();
    assert_eq!(archive.as_deref(), Some(url));
    assert_eq!(memory.requests()[0].target(), "/repos/o/r/zipball/feature%2Fx");
}
