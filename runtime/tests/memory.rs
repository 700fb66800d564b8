//! The result of a call for each kind of response, without a network.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Auth, ClientBuilder, Credential, Error, ErrorKind, Method, Operation, Request, Style,
    http::{Response, Version, header},
    serde_json::{self, Value, json},
    transport::{Body, Memory, TransportError, TransportErrorKind},
};
use std::time::Duration;
use support::api::{Client, User, shown};
use support::block_on;

const SERVICE: &str = "IS1";

fn fetch(memory: Memory) -> Result<User, Error> {
    block_on(Client::of(memory).fetch_user(SERVICE, "alice@example.com").send())
}

fn refused(memory: Memory) -> Error {
    fetch(memory).unwrap_err()
}

fn content(content_type: &str, body: impl Into<Body>) -> Memory {
    let response = Response::builder().header(header::CONTENT_TYPE, content_type).body(body.into());
    Memory::new().respond(response.unwrap())
}

#[test]
fn a_user_is_fetched() {
    let body = r#"{"sid": "US1", "identity": "alice@example.com", "date_created": "2023-05-04T09:42:00+00:00",
        "is_online": true, "links": {"conversations": "https://example.com/c"}, "new": [{}]}"#;
    let memory = Memory::new().reply(200, body);
    let user = fetch(memory.clone()).unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    assert_eq!(user.date_created.unwrap().to_string(), "2023-05-04T09:42:00+00:00");
    assert_eq!(user.links.unwrap()["conversations"], "https://example.com/c");

    let requests = memory.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method(), Method::GET);
    assert_eq!(requests[0].target(), "/v1/Services/IS1/Users/alice%40example.com");
    assert_eq!(requests[0].uri().host(), Some("conversations.example.com"));
    assert_eq!(requests[0].header("authorization"), Some("Basic QUMxOmNhbmFyeS10b2tlbg=="));
    assert_eq!(requests[0].header("accept"), Some("application/json"));
    assert!(requests[0].header("user-agent").unwrap().starts_with("wirewright-runtime/"));
    assert!(requests[0].body().is_empty());
}

#[test]
fn all_null_and_all_missing_are_a_user() {
    let null = r#"{"sid":null,"identity":null,"date_created":null,"is_online":null,"links":null}"#;
    assert_eq!(fetch(Memory::new().reply(200, null)).unwrap(), User::default());
    assert_eq!(fetch(Memory::new().reply(200, "{}")).unwrap(), User::default());
    assert_eq!(serde_json::to_string(&User::default()).unwrap(), null);
}

#[test]
fn a_response_gives_status_headers_and_request_id() {
    let response = Response::builder().header("request-id", "RQ1").header("x-canary", "canary").body("{}");
    let client = Client::of(Memory::new().respond(response.unwrap()));
    let response = block_on(client.fetch_user(SERVICE, "US1").send_with_response()).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-canary"], "canary");
    assert_eq!(response.request_id(), Some("RQ1"));
    assert!(!format!("{response:?}").contains("canary"), "{response:?}");
    assert_eq!(response.into_body(), User::default());
}

#[test]
fn an_operation_without_content_is_done() {
    let memory = Memory::new().reply(204, "").reply(204, "left over").reply(404, "{}");
    let client = Client::of(memory.clone());
    block_on(client.delete_user("US1").send()).unwrap();
    let response = block_on(client.delete_user("US1").send_with_response()).unwrap();
    assert_eq!((response.status().as_u16(), response.body()), (204, &()));
    assert!(block_on(client.delete_user("US1").send()).unwrap_err().is_not_found());
    let request = &memory.requests()[0];
    assert_eq!((request.method(), request.header("accept")), (&Method::DELETE, None));
    // The operation accepts no credentials, so none are sent.
    assert_eq!(request.header("authorization"), None);
}

#[test]
fn an_error_status_keeps_everything() {
    let body = r#"{"code": 20404, "message": "User /Users/alice%40example.com not found", "status": 404}"#;
    let response = Response::builder()
        .status(404)
        .header("request-id", "RQ1")
        .header("retry-after", "7")
        .header("x-canary", "canary")
        .body(body);
    let error = refused(Memory::new().respond(response.unwrap()));
    assert_eq!(
        error.to_string(),
        "FetchUser: 404 Not Found (20404: User /Users/{Sid} not found) request_id=RQ1 attempts=1"
    );
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.operation(), Some("FetchUser"));
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.request_id(), Some("RQ1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.headers()["x-canary"], "canary");
    assert_eq!(error.raw_body(), body);
    assert_eq!(error.body::<Value>().unwrap()["code"], json!(20404));
    assert!(error.body::<Vec<u8>>().is_none());
    assert!(error.is_not_found() && !error.is_rate_limited() && !error.is_timeout());
    assert!(!error.is_retryable() && error.json_path().is_none());
}

#[test]
fn every_status_and_body_has_its_own_error() {
    for (status, body, told) in [
        (401, "", "FetchUser: 401 Unauthorized attempts=1"),
        (
            429,
            r#"{"code":20429,"message":"slow down"}"#,
            "FetchUser: 429 Too Many Requests (20429: slow down) attempts=1",
        ),
        (500, "<html>canary</html>", "FetchUser: 500 Internal Server Error attempts=1"),
        (500, r#"{"code":[],"message":{}}"#, "FetchUser: 500 Internal Server Error attempts=1"),
        (503, "null", "FetchUser: 503 Service Unavailable attempts=1"),
    ] {
        let error = refused(Memory::new().reply(status, body));
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Status, told));
        assert_eq!(error.raw_body(), body);
        assert_eq!(error.is_retryable(), status != 401);
        assert_eq!(error.is_rate_limited(), status == 429);
    }
    for status in [300, 302, 304] {
        let error = refused(Memory::new().reply(status, "{}"));
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::UnexpectedStatus, false));
    }
    let error = refused(Memory::new().reply(200, ""));
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.to_string(), "FetchUser: 200 OK (no content) attempts=1");
}

#[test]
fn a_post_is_repeated_only_where_nothing_was_done() {
    let create = |memory| block_on(Client::of(memory).create_user().send()).unwrap_err();
    assert!(!create(Memory::new().reply(503, "")).is_retryable());
    let closed = || TransportError::new(TransportErrorKind::Closed);
    assert!(!create(Memory::new().fail(closed())).is_retryable());
    assert!(create(Memory::new().fail(closed().unsent())).is_retryable());
    assert!(refused(Memory::new().fail(closed())).is_retryable());
    for never in [TransportErrorKind::Tls, TransportErrorKind::Protocol, TransportErrorKind::Decompress] {
        assert!(!refused(Memory::new().fail(TransportError::new(never))).is_retryable());
    }
}

#[test]
fn a_redirect_is_reported_with_its_origin_and_not_followed() {
    for (location, told) in [
        (
            "https://evil.example:8443/canary?token=canary",
            "a redirect to https://evil.example:8443, not followed",
        ),
        ("https://canary:canary@evil.example/", "a redirect to https://evil.example, not followed"),
        ("/canary", "a redirect, not followed"),
        ("//evil.example/canary", "a redirect, not followed"),
        ("https://is1.example/", "a redirect to https://{ServiceSid}.example, not followed"),
        (&format!("https://{}", "a".repeat(9000)), &format!("a redirect to https://{}…", "a".repeat(178))),
    ] {
        let response = Response::builder().status(302).header(header::LOCATION, location).body("");
        let memory = Memory::new().respond(response.unwrap());
        let error = refused(memory.clone());
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
        assert_eq!(error.to_string(), format!("FetchUser: 302 Found ({told}) attempts=1"));
        assert!(!shown(&error).contains("canary"));
        assert_eq!(memory.requests().len(), 1);
    }
}

#[test]
fn json_of_another_shape_is_found_by_its_path() {
    for (body, path, told) in [
        (r#"{"is_online": "canary"}"#, "$.is_online", "expected a boolean, found a string at $.is_online"),
        (r#"{"links": {"user": 1}}"#, "$.links.user", "expected a string, found an integer at $.links.user"),
        (
            r#"{"links": {"é b": {}}}"#,
            "$.links['é b']",
            "expected a string, found an object at $.links['é b']",
        ),
        (r#"{"date_created": 7}"#, "$.date_created", "expected a string, found an integer at $.date_created"),
        ("\u{feff}{\"sid\": 7}", "$.sid", "expected a string, found an integer at $.sid"),
        ("[]", "$", "expected an object, found an array at $"),
        (r#"{"sid": "US1"} canary"#, "$", "trailing characters at $"),
    ] {
        let error = refused(Memory::new().reply(200, body.to_owned()));
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(path)), "{body}");
        assert_eq!(error.to_string(), format!("FetchUser: 200 OK ({told}) attempts=1"));
        assert_eq!(error.raw_body(), body);
        assert!(!shown(&error).contains("canary"), "{}", shown(&error));
    }
}

#[test]
fn a_key_that_echoes_a_path_value_is_not_shown() {
    let error = refused(Memory::new().reply(200, r#"{"links": {"alice@example.com": 1}}"#));
    assert_eq!(error.json_path(), Some("$.links['alice@example.com']"));
    assert!(error.to_string().contains("at $.links['{Sid}']"), "{error}");
    assert!(!shown(&error).contains("alice"));
    let client = Client::of(Memory::new().reply(200, r#"{"links": {"al'ice canary": 1}}"#));
    let error = block_on(client.fetch_user(SERVICE, "al'ice canary").send()).unwrap_err();
    assert_eq!(error.json_path(), Some(r"$.links['al\'ice canary']"));
    assert!(!shown(&error).contains("ice"), "{error}");
}

#[test]
fn odd_bytes_are_an_error_or_passed_over() {
    assert_eq!(fetch(content("application/json", "\u{feff}{}")).unwrap(), User::default());
    assert_eq!(fetch(content("application/vnd.api+json; charset=utf-8", "{}")).unwrap(), User::default());
    let error = refused(content("application/json", &b"{\"sid\": \"\xff\"}"[..]));
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("$.sid")));
    let error = refused(content("text/html", "<html>canary</html>"));
    assert_eq!(error.kind(), ErrorKind::ContentType);
    assert_eq!(error.raw_body(), "<html>canary</html>");
    assert!(!shown(&error).contains("canary"));
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(refused(content("application/json", deep)).kind(), ErrorKind::Decode);
}

#[test]
fn a_body_cut_short_without_a_length_is_truncated() {
    let error = refused(content("application/json", r#"{"sid": "US"#));
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Truncated, Some("$.sid")));
    assert!(error.is_retryable());
    let response = Response::builder().status(201).body(r#"{"sid": "US"#).unwrap();
    let error = block_on(Client::of(Memory::new().respond(response)).create_user().send()).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Truncated, false));
    // If HTTP marks the body as complete, the JSON is wrong.
    for response in [
        Response::builder().header(header::CONTENT_LENGTH, 11),
        Response::builder().header(header::TRANSFER_ENCODING, "chunked"),
        Response::builder().version(Version::HTTP_2),
    ] {
        let error = refused(Memory::new().respond(response.body(r#"{"sid": "US"#).unwrap()));
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Decode, false));
    }
}

#[test]
fn large_bodies_are_refused() {
    let client = |memory| {
        let builder = Client::builder().transport(memory).max_body_bytes(100).max_error_body_bytes(10);
        builder.build().unwrap()
    };
    let call = |memory| block_on(client(memory).fetch_user(SERVICE, "US1").send());
    let text = |length| format!("{:length$}", "{}");
    assert!(call(Memory::new().reply(200, text(100))).is_ok());
    let error = call(Memory::new().reply(200, text(101))).unwrap_err();
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::TooLarge, 10));
    assert_eq!(error.to_string(), "FetchUser: 200 OK (the body is larger than 100 bytes) attempts=1");
    let response = Response::builder().header(header::CONTENT_LENGTH, "10737418240").body("{}");
    let error = call(Memory::new().respond(response.unwrap())).unwrap_err();
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::TooLarge, 0));
    let error = call(Memory::new().reply(500, text(101))).unwrap_err();
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::Status, 10));
}

#[test]
fn an_encoding_that_nobody_asked_for_is_refused() {
    let encoded = |encoding| {
        let response = Response::builder().header(header::CONTENT_ENCODING, encoding).body("{}");
        fetch(Memory::new().respond(response.unwrap()))
    };
    assert_eq!(encoded("br").unwrap_err().kind(), ErrorKind::Decompress);
    assert!(encoded("Identity").is_ok());
}

#[test]
fn an_answer_without_a_body_may_announce_one() {
    const HEAD: Operation = Operation::new("Head", Method::HEAD, "/v1");
    let response = Response::builder()
        .header(header::CONTENT_ENCODING, "br")
        .header(header::CONTENT_LENGTH, "10737418240")
        .body(Body::empty());
    let memory = Memory::new().respond(response.unwrap());
    let client: runtime::Client =
        ClientBuilder::new("https://example.com").transport(memory).build().unwrap();
    block_on(Request::new(&client, &HEAD).send::<runtime::reply::Empty>()).unwrap();
}

#[test]
fn a_value_that_cannot_be_sent_is_reported_by_parameter_name() {
    const GET: Operation = Operation::new("Get", Method::GET, "/a{id}");
    let memory = Memory::answering(|_| Ok(Response::new(Body::from("{}"))));
    let client = ClientBuilder::<runtime::Client>::new("https://example.com").transport(memory.clone());
    let client = client.build().unwrap();
    let request = || Request::new(&client, &GET).path("id", "1");
    let null = &None::<&str>;
    for (request, told) in [
        (request().header_parameter("X-Name", "é"), "header `x-name` has a value with a character"),
        (
            request().header_value("X-List", Style::SIMPLE, &["a,b"]),
            "header parameter `X-List` has a part with `,`",
        ),
        (request().header_value("X-Null", Style::SIMPLE, null), "header parameter `X-Null` has null"),
        (request().cookie_value("session", Style::FORM, null), "cookie parameter `session` has null"),
        (
            request().query_value("sort", Style::PIPE_DELIMITED, &["a|b"]),
            "query parameter `sort` has a part with `|`",
        ),
        (
            request().path_value("id", Style::LABEL.exploded(), &["a.b"]),
            "path parameter `id` has a part with `.`",
        ),
    ] {
        let error = block_on(request.send::<runtime::reply::Empty>()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0));
        assert!(error.to_string().starts_with(&format!("Get: {told}")), "{error}");
    }
    assert!(memory.requests().is_empty());
}

#[test]
fn wrong_arguments_never_reach_the_transport() {
    let memory = Memory::answering(|_| Ok(Response::new(Body::from("{}"))));
    let client = Client::of(memory.clone());
    let refused = |request: support::api::FetchUser, told: &str| {
        let error = block_on(request.send()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0));
        assert_eq!(error.to_string(), format!("FetchUser: {told}"));
        assert!(!shown(&error).contains("canary"));
    };
    refused(client.fetch_user("", "US1"), "path parameter `ServiceSid` is empty");
    for dots in [".", ".."] {
        let told = "path parameter `Sid` is a dot segment, which no URL can carry";
        refused(client.fetch_user(SERVICE, dots), told);
    }
    let request = || client.fetch_user(SERVICE, "US1");
    let told = "header `x-trace` has a value with a character that is not visible ASCII";
    for value in ["canary\r\nx: y", "canary\0", "canaryé"] {
        refused(request().header("X-Trace", value), told);
    }
    refused(request().header("a b", "x"), "header name `a b` is not a token");
    let told = "header `authorization` can't be set for a request";
    refused(request().header("Authorization", "canary").header("", "x"), told);
    refused(request().attempt_timeout(Duration::ZERO), "the attempt timeout is zero");
    refused(request().operation_timeout(Duration::ZERO), "the operation timeout is zero");
    let long = "a".repeat(70_000);
    assert_eq!(
        block_on(client.fetch_user(SERVICE, &long).send()).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
    assert!(memory.requests().is_empty());
    block_on(request().header("X-Trace", "1").header("accept", "application/hal+json").send()).unwrap();
    let sent = &memory.requests()[0];
    assert_eq!((sent.header("x-trace"), sent.header("accept")), (Some("1"), Some("application/hal+json")));
}

#[test]
fn every_path_value_is_one_segment() {
    let memory = Memory::answering(|_| Ok(Response::new(Body::from("{}"))));
    let client = Client::of(memory.clone());
    for (value, segment) in [
        ("alice@example.com", "alice%40example.com"),
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("a?x=1", "a%3Fx%3D1"),
        ("a#b", "a%23b"),
        ("é", "%C3%A9"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        ("a\tb", "a%09b"),
    ] {
        block_on(client.fetch_user(SERVICE, value).send()).unwrap();
        let target = memory.requests().last().unwrap().target().to_owned();
        assert_eq!(target, format!("/v1/Services/IS1/Users/{segment}"));
    }
}

#[test]
fn credentials_are_sent_asked_for_or_left_out() {
    let call = |auth: Option<Auth>| {
        let memory = Memory::new().reply(200, "{}");
        let builder = ClientBuilder::<Client>::new("https://example.com").transport(memory.clone());
        let builder = match auth {
            Some(auth) => builder.auth(auth),
            None => builder,
        };
        (block_on(builder.build().unwrap().fetch_user(SERVICE, "US1").send()), memory)
    };
    let bearer = "the client has a bearer token (`Auth::bearer`)";
    for (auth, has) in [(None, "no credentials"), (Some(Auth::bearer("canary")), bearer)] {
        let (outcome, memory) = call(auth);
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Configuration, 0));
        assert_eq!(
            error.to_string(),
            format!("FetchUser: {has}: the operation takes a user name and a password (`Auth::basic`)")
        );
        assert!(memory.requests().is_empty());
    }
    let (outcome, memory) = call(Some(Auth::none()));
    outcome.unwrap();
    assert_eq!(memory.requests()[0].header("authorization"), None);
    let (_, memory) = call(Some(Auth::basic("AC1", "token")));
    assert!(memory.requests()[0].headers()["authorization"].is_sensitive());
}

#[test]
fn credentials_go_with_operations_of_a_document_that_declares_none() {
    const OPEN: Operation = Operation::new("Open", Method::GET, "/open").security(&[&[]]);
    const SILENT: Operation = Operation::new("Silent", Method::GET, "/silent");
    let sent = |auth: Option<Auth>, operation: &'static Operation| {
        let memory = Memory::new().reply(204, "");
        let builder = ClientBuilder::<runtime::Client>::new("https://example.com").undeclared_security(&[]);
        let builder = builder.transport(memory.clone());
        let builder = match auth {
            Some(auth) => builder.auth(auth),
            None => builder,
        };
        let request = Request::new(&builder.build().unwrap(), operation);
        block_on(request.send::<runtime::reply::Empty>()).unwrap();
        memory.requests()[0].header("authorization").map(str::to_owned)
    };
    assert_eq!(sent(Some(Auth::bearer("t")), &SILENT).as_deref(), Some("Bearer t"));
    assert_eq!(sent(Some(Auth::basic("a", "b")), &SILENT).as_deref(), Some("Basic YTpi"));
    assert_eq!(sent(Some(Auth::api_key("Token t")), &SILENT).as_deref(), Some("Token t"));
    assert_eq!(sent(Some(Auth::bearer("t")), &OPEN), None);
    assert_eq!(sent(Some(Auth::none()), &SILENT), None);
    assert_eq!(sent(None, &SILENT), None);
}

#[test]
fn a_credential_that_no_operation_takes_is_refused() {
    const TAKEN: &[Credential] = &[Credential::Basic];
    let build = |auth| {
        ClientBuilder::<runtime::Client>::new("https://example.com")
            .security(TAKEN)
            .auth(auth)
            .transport(Memory::new())
            .build()
    };
    assert!(build(Auth::basic("a", "b")).is_ok());
    assert!(build(Auth::none()).is_ok());
    let error = build(Auth::basic("a", "b").and(Auth::bearer("canary"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string(),
        "credentials: no operation takes a bearer token (`Auth::bearer`); they take a user name and a password \
         (`Auth::basic`)"
    );
}

#[test]
fn a_client_has_headers_and_query_parameters_of_its_own() {
    const PLAIN: Operation = Operation::new("Plain", Method::GET, "/plain");
    let memory = Memory::answering(|_| Ok(Response::builder().status(204).body(Body::from("")).unwrap()));
    let builder = ClientBuilder::<runtime::Client>::new("https://example.com")
        .header("Stripe-Version", "2023-10-16")
        .header("stripe-version", "2024-04-10")
        .header("X-Canary", "canary-value")
        .query("api-version", "7 1")
        .query("fields", "a&b");
    let client = builder.transport(memory.clone()).build().unwrap();
    block_on(Request::new(&client, &PLAIN).send::<runtime::reply::Empty>()).unwrap();
    block_on(
        Request::new(&client, &PLAIN)
            .query("api-version", "8")
            .header("x-canary", "mine")
            .send::<runtime::reply::Empty>(),
    )
    .unwrap();
    let sent = memory.requests();
    assert_eq!(sent[0].target(), "/plain?api-version=7%201&fields=a%26b");
    assert_eq!(sent[0].header("stripe-version"), Some("2024-04-10"));
    assert_eq!(sent[1].target(), "/plain?api-version=8&fields=a%26b");
    assert_eq!(sent[1].header("x-canary"), Some("mine"));
    assert_eq!(sent[1].headers().get_all("x-canary").iter().count(), 1);

    // A header value that the server repeats is not in messages.
    let echo = Memory::new().reply(400, r#"{"message": "no canary-value"}"#);
    let client: runtime::Client = ClientBuilder::new("https://example.com")
        .header("X-Canary", "canary-value")
        .transport(echo)
        .build()
        .unwrap();
    let error = block_on(Request::new(&client, &PLAIN).send::<runtime::reply::Empty>()).unwrap_err();
    assert!(!error.to_string().contains("canary-value"), "{error}");

    let error = ClientBuilder::<runtime::Client>::new("https://example.com")
        .header("Authorization", "Bearer canary")
        .header("X-Bad", "a\nb")
        .transport(Memory::new())
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "header `authorization` can't be set for a request; header `x-bad` has a value with a character that is not \
         visible ASCII"
    );
}

#[test]
fn a_builder_reports_all_that_is_wrong() {
    let error = Client::builder()
        .server("http://user:canary@example.com")
        .auth(Auth::basic("a:b", ""))
        .user_agent("a\r\nb")
        .transport(Memory::new())
        .connect_timeout(Duration::ZERO)
        .attempt_timeout(Duration::ZERO)
        .idle_timeout(Duration::ZERO)
        .operation_timeout(Duration::ZERO)
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string().split("; ").collect::<Vec<_>>(),
        [
            "the connect timeout is zero",
            "the attempt timeout is zero",
            "the idle timeout is zero",
            "the operation timeout is zero",
            "base URL: user info has no place in a base URL",
            "credentials: the user name holds a colon (RFC 7617 §2)",
            "credentials: the password is empty",
            "the user agent is not visible ASCII",
            "the connect timeout is the default transport's, and another transport was given",
        ]
    );
    assert!(!shown(&error).contains("canary"));
}

#[test]
fn one_thing_that_is_wrong_is_enough() {
    let builder = || Client::builder().transport(Memory::new());
    assert!(builder().idle_timeout(Duration::ZERO).build().is_err());
    assert!(builder().user_agent("a\nb").build().is_err());
}

#[test]
fn nothing_shows_a_secret() {
    let client = Client::builder().server("https://example.com/canary").transport(Memory::new());
    assert!(!format!("{:?}", client.build().unwrap()).contains("canary"));
    let client = Client::of(Memory::new().reply(404, r#"{"message": "no canary-sid", "x": "canary"}"#));
    let request = client.fetch_user("canary-service", "canary-sid").header("x-trace", "canary");
    let texts = [
        format!("{client:?} {:?}", Client::builder().server("https://canary@x").user_agent("canary")),
        format!("{request:?}"),
        format!("{:?}", Memory::new().reply(200, "canary")),
    ];
    for text in texts {
        assert!(!text.contains("canary"), "{text}");
    }
    let future = request.send();
    assert!(!format!("{future:?}").contains("canary"));
    let error = block_on(future).unwrap_err();
    assert!(!shown(&error).contains("canary"), "{}", shown(&error));
    let user = User { identity: Some("canary".to_owned()), ..User::default() };
    assert!(format!("{user:?}").contains("identity: [redacted]"));
    let memory = Memory::new().reply(200, "{}");
    block_on(Client::of(memory.clone()).fetch_user("canary", "canary").header("x", "canary").send()).unwrap();
    assert!(!format!("{:?}", memory.requests()).contains("canary"));
}

#[test]
fn echoed_values_are_redacted() {
    let id = format!("RQ{}", "1".repeat(9000));
    let body = r#"{"code": "AC1", "message": "AC1:canary-token is no good for x-canary and canary%20sid@x"}"#;
    let response = Response::builder().status(401).header("request-id", &id).body(body).unwrap();
    let client = Client::of(Memory::new().respond(response));
    let request = client.fetch_user(SERVICE, "canary sid@x").header("x-key", "x-canary");
    let error = block_on(request.send()).unwrap_err();
    let told = "401 Unauthorized ({user}: {user}:{password} is no good for {x-key} and {Sid})";
    assert!(error.to_string().contains(told), "{error}");
    assert!(!shown(&error).contains("canary") && shown(&error).len() < 2000, "{}", shown(&error));
    assert_eq!(error.request_id(), Some(id.as_str()));

    let response = Response::builder().status(404).header("request-id", "for canary sid@x").body("").unwrap();
    let client = Client::of(Memory::new().respond(response));
    let error = block_on(client.fetch_user(SERVICE, "canary sid@x").send()).unwrap_err();
    assert!(error.to_string().contains("request_id=for {Sid} "), "{error}");
    assert!(!shown(&error).contains("canary"), "{}", shown(&error));

    let response = Response::builder().header("request-id", &id).body("{}").unwrap();
    let client = Client::of(Memory::new().respond(response));
    let response = block_on(client.fetch_user(SERVICE, "US1").send_with_response()).unwrap();
    assert!(format!("{response:?}").len() < 500);
}

#[test]
fn an_operation_that_fits_no_path_is_an_error() {
    const ODD: Operation = Operation::new("Odd", Method::GET, "/v1/{a}");
    let client: runtime::Client =
        ClientBuilder::new("https://example.com").transport(Memory::new()).build().unwrap();
    for request in [Request::new(&client, &ODD), Request::new(&client, &ODD).path("b", "1")] {
        let error = block_on(request.send::<runtime::reply::Empty>()).unwrap_err();
        assert_eq!(error.to_string(), "Odd: path parameter `a` has no value");
    }
}

#[test]
fn the_memory_transport_fails_without_a_response() {
    let error = refused(Memory::new());
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(shown(&error).contains("has no answer left"));
    assert_eq!(refused(Memory::new().reply(99, "")).kind(), ErrorKind::Transport);
}

#[test]
fn futures_and_clients_go_to_other_threads() {
    fn anywhere<T: Send + 'static>(value: T) -> T {
        value
    }
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<ClientBuilder<Client>>();
    shared::<Memory>();
    let client = Client::of(Memory::new().reply(200, "{}"));
    let future = anywhere(client.fetch_user(SERVICE, "US1").send());
    assert!(std::thread::spawn(move || block_on(future)).join().unwrap().is_ok());
}

#[test]
fn headers_are_few_and_small_or_an_error() {
    let answered = |count: usize, length: usize| {
        let headers = (0..count).map(|number| (format!("x-{number}"), "a".repeat(length)));
        let response =
            headers.fold(Response::builder(), |response, (name, value)| response.header(name, value));
        fetch(Memory::new().respond(response.body(r#"{"sid": "US1"}"#).unwrap()))
    };
    assert!(answered(200, 1).is_ok() && answered(1, 250_000).is_ok() && answered(100, 2000).is_ok());
    for (count, length) in [(201, 1), (1, 300_000), (100, 3000)] {
        let error = answered(count, length).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1), "{}", shown(&error));
        assert!(error.to_string().contains("the response's headers are too large"), "{error}");
    }
}
