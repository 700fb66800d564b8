//! OAuth 2.0 on the in-memory transport, by the examples of RFC 6749 and RFC 7636.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Auth, Client, ClientBuilder, Credential, Error, ErrorKind, Method, Operation, Request,
    oauth::{OAuth, Tokens},
    transport::{Memory, Recorded},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{api::shown, in_no_time};

const GET: Operation = Operation::new("Get", Method::GET, "/v1").security(&[&[Credential::Bearer]]);

/// The client of RFC 6749's examples.
fn example(server: &Memory) -> OAuth {
    let server = server.clone();
    OAuth::new("https://server.example.com/token", "s6BhdRkqt3")
        .secret("7Fjfp0ZBr1KtDRbnfVdmIw")
        .with(move |client| client.transport(server))
}

/// Numbers its access tokens from 1, and its refresh tokens too.
fn server() -> Memory {
    let count = Mutex::new(0);
    Memory::answering(move |_: &Recorded| {
        let mut count = count.lock().unwrap();
        *count += 1;
        let body = format!(
            r#"{{"access_token": "canary-{0}", "token_type": "bearer", "expires_in": 3600, "refresh_token": "next-canary-{0}"}}"#,
            *count
        );
        let response =
            runtime::http::Response::builder().header("content-type", "application/json;charset=UTF-8");
        Ok(response.body(body.into()).unwrap())
    })
}

fn api() -> Memory {
    Memory::answering(|_: &Recorded| {
        Ok(runtime::http::Response::builder().status(204).body(Vec::new().into()).unwrap())
    })
}

fn client(tokens: &Tokens, memory: &Memory) -> Client {
    let auth = Auth::provider(tokens.clone());
    ClientBuilder::new("https://example.com").auth(auth).transport(memory.clone()).build().unwrap()
}

async fn send(client: &Client) -> Result<(), Error> {
    Request::new(client, &GET).send::<runtime::reply::Empty>().await
}

fn sent(memory: &Memory) -> Vec<String> {
    memory.requests().iter().map(|one| String::from_utf8(one.body().to_vec()).unwrap()).collect()
}

fn authorizations(memory: &Memory) -> Vec<String> {
    memory.requests().iter().map(|one| one.header("authorization").unwrap_or("none").to_owned()).collect()
}

#[test]
fn client_credentials_are_exchanged_and_the_token_is_shared() {
    let (server, api) = (server(), api());
    let tokens = example(&server).scopes(["read", "write:all"]).client_credentials().unwrap();
    let client = client(&tokens, &api);
    in_no_time(async {
        for _ in 0..3 {
            send(&client).await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(3541)).await;
        send(&client).await.unwrap();
    });
    assert_eq!(sent(&server), ["grant_type=client_credentials&scope=read+write%3Aall"; 2]);
    // The header of RFC 6749 §2.3.1's example.
    let basic = "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3";
    assert_eq!(authorizations(&server), [basic; 2]);
    let request = &server.requests()[0];
    assert_eq!(
        (request.method(), request.uri().to_string().as_str()),
        (&Method::POST, "https://server.example.com/token")
    );
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let bearer = ["Bearer canary-1", "Bearer canary-1", "Bearer canary-1", "Bearer canary-2"];
    assert_eq!(authorizations(&api), bearer);
}

#[test]
fn id_and_secret_are_encoded_before_they_are_joined() {
    let server = server();
    let settings = server.clone();
    let tokens = OAuth::new("https://example.com/oauth/token/?p=sign+in", "a:b c")
        .secret("p%ss wörd")
        .parameter("audience", "https://api.example.com")
        .with(move |client| client.transport(settings))
        .client_credentials()
        .unwrap();
    in_no_time(async { drop(tokens.fetch().await.unwrap()) });
    let request = &server.requests()[0];
    assert_eq!(request.target(), "/oauth/token/?p=sign%20in");
    assert_eq!(sent(&server), ["audience=https%3A%2F%2Fapi.example.com&grant_type=client_credentials"]);
    // `a%3Ab+c:p%25ss+w%C3%B6rd`
    assert_eq!(request.header("authorization"), Some("Basic YSUzQWIrYzpwJTI1c3MrdyVDMyVCNnJk"));
}

#[test]
fn id_and_secret_go_into_the_form_where_it_is_asked_for() {
    let server = server();
    in_no_time(async {
        example(&server).secret_in_body().client_credentials().unwrap().fetch().await.unwrap();
        let public = server.clone();
        let public =
            OAuth::new("https://server.example.com/token", "app").with(|client| client.transport(public));
        public.refresh_token("r").unwrap().fetch().await.unwrap();
    });
    assert_eq!(
        sent(&server),
        [
            "client_id=s6BhdRkqt3&client_secret=7Fjfp0ZBr1KtDRbnfVdmIw&grant_type=client_credentials",
            "client_id=app&grant_type=refresh_token&refresh_token=r"
        ]
    );
    assert_eq!(authorizations(&server), ["none", "none"]);
}

#[test]
fn a_refresh_token_is_replaced_and_used_once() {
    let (server, api) = (server(), api());
    let kept = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&kept);
    // RFC 6749 §6.
    let tokens = example(&server).refresh_token("tGzv3JOkF0XG5Qx2TlKWIA").unwrap();
    let tokens = tokens.on_grant(move |grant| {
        store.lock().unwrap().push(grant.refresh_token().unwrap_or_default().to_owned());
    });
    let (one, other) = (client(&tokens, &api), client(&tokens, &api));
    in_no_time(async {
        let (one, other) = tokio::join!(send(&one), send(&other));
        one.unwrap();
        other.unwrap();
    });
    assert_eq!(
        sent(&server),
        [
            "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA",
            "grant_type=refresh_token&refresh_token=next-canary-1"
        ]
    );
    assert_eq!(*kept.lock().unwrap(), ["next-canary-1", "next-canary-2"]);
}

#[test]
fn a_refresh_url_is_for_refresh_tokens_only() {
    let server = server();
    let oauth = || example(&server).refresh_url("https://server.example.com/refresh");
    in_no_time(async {
        oauth().client_credentials().unwrap().fetch().await.unwrap();
        let grant = oauth().exchange("code", "https://client.example.com/cb", None).await.unwrap();
        let tokens = oauth().grant(grant).unwrap();
        tokens.fetch().await.unwrap();
        tokens.fetch().await.unwrap();
        oauth().refresh_token("canary").unwrap().fetch().await.unwrap();
    });
    let requests = server.requests();
    let paths: Vec<&str> = requests.iter().map(|request| request.uri().path()).collect();
    assert_eq!(paths, ["/token", "/token", "/refresh", "/refresh"]);
}

#[test]
fn a_code_is_exchanged_for_a_grant_that_goes_on() {
    let server = server();
    let url = example(&server).scopes(["a", "b"]).authorization_url(
        "https://server.example.com/authorize",
        "https://client.example.com/cb",
        "xyz",
        Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    );
    let expected = "https://server.example.com/authorize?response_type=code&client_id=s6BhdRkqt3\
                    &redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&scope=a%20b&state=xyz\
                    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    assert_eq!(url.unwrap(), expected);
    for refused in ["/authorize", "https://server.example.com/#top", "not a URL"] {
        let error = example(&server).authorization_url(refused, "", "", None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
    in_no_time(async {
        // RFC 6749 §4.1.3 and RFC 7636, appendix B.
        let verifier = Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        let exchange =
            example(&server).exchange("SplxlOBeZQQYbYS6WxSbIA", "https://client.example.com/cb", verifier);
        let grant = exchange.await.unwrap();
        assert_eq!((grant.access_token(), grant.refresh_token()), ("canary-1", Some("next-canary-1")));
        assert_eq!(grant.lifetime(), Some(Duration::from_secs(3600)));
        assert!(!format!("{grant:?}").contains("canary"));
        let tokens = example(&server).grant(grant).unwrap();
        tokens.fetch().await.unwrap();
        assert_eq!(server.requests().len(), 1);
        tokens.fetch().await.unwrap();
    });
    let sent = sent(&server);
    let expected = "code=SplxlOBeZQQYbYS6WxSbIA&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\
                    &grant_type=authorization_code&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb";
    assert_eq!(sent[0], expected);
    assert_eq!(sent[1], "grant_type=refresh_token&refresh_token=next-canary-1");
}

#[test]
fn a_refusal_is_told_without_secrets() {
    in_no_time(async {
        let body = r#"{"error": "invalid_grant", "error_description": "canary-refresh is canary-secret's"}"#;
        let server = Memory::new().reply(400, body);
        let settings = server.clone();
        let oauth =
            OAuth::new("https://server.example.com/token", "id").secret("canary-secret").secret_in_body();
        assert!(!format!("{oauth:?}").contains("canary"));
        let oauth = oauth.with(move |client| client.transport(settings));
        let tokens = oauth.refresh_token("canary-refresh").unwrap();
        let error = tokens.fetch().await.unwrap_err();
        assert!(error.has_status(400));
        let text = error.to_string();
        assert!(
            text.starts_with("OAuthToken: 400 Bad Request (invalid_grant: ") && !text.contains("canary"),
            "{text}"
        );
        // A failed request does not use up the refresh token.
        let _ = tokens.fetch().await.unwrap_err();
        assert_eq!(server.requests()[1].body(), server.requests()[0].body());

        let client = client(&tokens, &api());
        let error = send(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(!shown(&error).contains("canary"), "{}", shown(&error));
    });
}

/// The secret is sent percent-encoded, and the server decodes it.
#[test]
fn an_answer_that_echoes_a_secret_is_redacted() {
    let secret = "canary/s+cr et&";
    let echoes = runtime::serde_json::json!({"error": secret, "error_description": format!("no {secret}")})
        .to_string();
    in_no_time(async {
        for (status, in_body) in [(200, false), (200, true), (400, false), (400, true)] {
            let server = Memory::new().reply(status, echoes.clone());
            let oauth = OAuth::new("https://server.example.com/token", "id").secret(secret);
            let oauth = if in_body { oauth.secret_in_body() } else { oauth };
            let tokens = oauth.with(move |client| client.transport(server)).client_credentials().unwrap();
            let shown = shown(&tokens.fetch().await.unwrap_err());
            assert!(shown.contains("{client_secret}") && !shown.contains("canary"), "{status}: {shown}");
        }
        let server = Memory::new().reply(200, r#"{"error": "canary-refresh"}"#);
        let error = example(&server).refresh_token("canary-refresh").unwrap().fetch().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "OAuthToken: the authorization server refused: {refresh_token} attempts=1"
        );
    });
}

#[test]
fn a_token_that_no_header_can_carry_is_refused() {
    in_no_time(async {
        for length in [70_000, 2 << 20] {
            let body = format!(r#"{{"access_token": "{}", "token_type": "bearer"}}"#, "t".repeat(length));
            let (server, api) = (Memory::new().reply(200, body), api());
            let client = client(&example(&server).client_credentials().unwrap(), &api);
            assert_eq!(send(&client).await.unwrap_err().kind(), ErrorKind::Credentials);
            assert_eq!(api.requests().len(), 0);
        }
        let huge = format!(r#"{{"access_token": "{}"}}"#, "t".repeat(2 << 20));
        let tokens = example(&Memory::new().reply(200, huge)).client_credentials().unwrap();
        assert_eq!(tokens.fetch().await.unwrap_err().kind(), ErrorKind::TooLarge);
    });
}

#[test]
fn odd_answers_are_errors_or_read() {
    in_no_time(async {
        for (body, kind) in [
            (r#"{"error": "bad_verification_code"}"#, ErrorKind::Credentials),
            (r#"{"access_token": "canary", "token_type": "mac"}"#, ErrorKind::Decode),
            (r#"{"access_token": ""}"#, ErrorKind::Decode),
            ("[]", ErrorKind::Decode),
        ] {
            let error = example(&Memory::new().reply(200, body))
                .client_credentials()
                .unwrap()
                .fetch()
                .await
                .unwrap_err();
            assert_eq!(error.kind(), kind, "{body}");
            assert!(!shown(&error).contains("canary"));
        }
        let body = r#"{"access_token": "t", "token_type": "Bearer", "expires_in": "60", "scope": "a b"}"#;
        let grant = example(&Memory::new().reply(200, body)).exchange("c", "", None).await.unwrap();
        assert_eq!((grant.lifetime(), grant.scopes().len()), (Some(Duration::from_secs(60)), 2));
        let tokens = example(&Memory::new()).grant(grant).unwrap();
        tokens.fetch().await.unwrap();
        assert_eq!(tokens.fetch().await.unwrap_err().kind(), ErrorKind::Credentials);
    });
    let error = OAuth::new("http://server.example.com/token", "id").client_credentials().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

/// Runs against a server by others: `npx oauth2-mock-server -p 18080`, and its address in
/// `OAUTH2_MOCK_SERVER`, as `http://localhost:18080`.
#[test]
#[ignore = "needs npm's oauth2-mock-server"]
#[cfg(feature = "pkce")]
fn an_independent_server_gives_tokens() {
    let server = std::env::var("OAUTH2_MOCK_SERVER").unwrap();
    let app = || OAuth::new(format!("{server}/token"), "app").secret("a secret: 1").scopes(["a", "b"]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for oauth in [app(), app().secret_in_body()] {
            oauth.client_credentials().unwrap().fetch().await.unwrap();
        }
        // The page redirects at once.
        let (pkce, state) = (runtime::oauth::Pkce::new().unwrap(), runtime::oauth::random_state().unwrap());
        let redirect = "http://localhost/cb";
        let url =
            app().authorization_url(&format!("{server}/authorize"), redirect, &state, Some(pkce.challenge()));
        let page = http_get(&url.unwrap()).await;
        let query = page.split_once("/cb?").unwrap().1.split_whitespace().next().unwrap().to_owned();
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        assert_eq!(value("state"), Some(state.as_str()));
        let code = value("code").unwrap();

        let wrong = app().exchange(code, redirect, Some("another verifier")).await.unwrap_err();
        assert!(wrong.has_status(400), "{wrong}");
        let page = http_get(
            &app()
                .authorization_url(&format!("{server}/authorize"), redirect, &state, Some(pkce.challenge()))
                .unwrap(),
        )
        .await;
        let code = page.split_once("code=").unwrap().1.split(['&', '\r']).next().unwrap().to_owned();
        let grant = app().exchange(&code, redirect, Some(pkce.verifier())).await.unwrap();
        assert!(grant.refresh_token().is_some() && grant.lifetime().is_some());
        let tokens = app().grant(grant).unwrap();
        tokens.fetch().await.unwrap();
        tokens.fetch().await.unwrap();
    });
}

/// The head of the answer to a GET.
#[cfg(feature = "pkce")]
async fn http_get(url: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (host, target) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
