//! Tokens that expire: when and by whom they are fetched, and what happens after a refusal.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Auth, Client, ClientBuilder, Credential, Error, ErrorKind, Method, Operation, Request, Timeout, Token,
    bytes::Bytes,
    http::Response,
    transport::{Body, Memory, Recorded},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use support::{api::shown, in_no_time};

const GET: Operation = Operation::new("Get", Method::GET, "/v1").security(&[&[Credential::Bearer]]);
const POST: Operation = Operation::new("Post", Method::POST, "/v1").security(&[&[Credential::Bearer]]);
const OPEN: Operation = Operation::new("Open", Method::GET, "/v1");

const SECOND: Duration = Duration::from_secs(1);

type Refusal = Box<dyn std::error::Error + Send + Sync>;

/// Returns `canary-1`, `canary-2` and so on. Each takes a second and is valid for an hour.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Counting {
    fn provider(&self) -> impl runtime::TokenProvider + use<> {
        let count = Arc::clone(&self.0);
        move || {
            let number = count.fetch_add(1, Relaxed) + 1;
            async move {
                tokio::time::sleep(SECOND).await;
                Ok::<_, Refusal>(Token::new(format!("canary-{number}")).expires_in(3600 * SECOND))
            }
        }
    }

    fn fetched(&self) -> usize {
        self.0.load(Relaxed)
    }
}

fn client(auth: Auth, memory: &Memory) -> Client {
    ClientBuilder::new("https://example.com").auth(auth).transport(memory.clone()).build().unwrap()
}

/// Accepts these tokens, and refuses all others.
fn taking(tokens: &'static [&'static str]) -> Memory {
    Memory::answering(move |request: &Recorded| {
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let status = if token.is_some_and(|token| tokens.contains(&token)) { 204 } else { 401 };
        Ok(Response::builder().status(status).body(Body::empty()).unwrap())
    })
}

async fn send(client: &Client, operation: &'static Operation) -> Result<(), Error> {
    Request::new(client, operation).send::<runtime::reply::Empty>().await
}

#[test]
fn calls_share_a_token_until_it_is_about_to_expire() {
    let (counting, memory) = (Counting::default(), taking(&["canary-1", "canary-2"]));
    let client = client(Auth::provider(counting.provider()), &memory);
    in_no_time(async {
        for _ in 0..3 {
            send(&client, &GET).await.unwrap();
        }
        assert_eq!(counting.fetched(), 1);
        tokio::time::sleep(3539 * SECOND).await;
        send(&client, &POST).await.unwrap();
        assert_eq!(counting.fetched(), 1);
        // A minute before it expires.
        tokio::time::sleep(SECOND).await;
        send(&client, &POST).await.unwrap();
        assert_eq!(counting.fetched(), 2);
    });
    assert_eq!(memory.requests().len(), 5);
    assert_eq!(memory.requests()[4].header("authorization"), Some("Bearer canary-2"));
}

#[test]
fn calls_at_the_same_time_share_one_fetch() {
    let (counting, memory) = (Counting::default(), taking(&["canary-1"]));
    let client = client(Auth::provider(counting.provider()), &memory);
    let ((), took) = in_no_time(async {
        let calls: Vec<_> =
            (0..100).map(|_| Request::new(&client, &GET).send::<runtime::reply::Empty>()).collect();
        for outcome in futures_util::future::join_all(calls).await {
            outcome.unwrap();
        }
    });
    assert_eq!((counting.fetched(), memory.requests().len(), took), (1, 100, SECOND));
}

#[test]
fn a_token_that_is_refused_is_replaced_once() {
    for operation in [&GET, &POST] {
        let (counting, memory) = (Counting::default(), taking(&["canary-2"]));
        let client = client(Auth::provider(counting.provider()), &memory);
        in_no_time(async {
            send(&client, operation).await.unwrap();
            assert_eq!((counting.fetched(), memory.requests().len()), (2, 2));
            send(&client, operation).await.unwrap();
            assert_eq!((counting.fetched(), memory.requests().len()), (2, 3));
        });
    }
    let (counting, memory) = (Counting::default(), taking(&[]));
    let client = client(Auth::provider(counting.provider()), &memory);
    let error = in_no_time(send(&client, &GET)).0.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!((counting.fetched(), memory.requests().len()), (2, 2));
}

#[test]
fn calls_whose_tokens_are_refused_together_share_the_next_one() {
    let (counting, memory) = (Counting::default(), taking(&["canary-2"]));
    let client = client(Auth::provider(counting.provider()), &memory);
    in_no_time(async {
        let calls: Vec<_> =
            (0..50).map(|_| Request::new(&client, &POST).send::<runtime::reply::Empty>()).collect();
        for outcome in futures_util::future::join_all(calls).await {
            outcome.unwrap();
        }
    });
    assert_eq!((counting.fetched(), memory.requests().len()), (2, 100));
}

#[test]
fn an_answer_401_does_not_take_a_retry_away() {
    let memory = Memory::new().reply(401, "").reply(503, "").reply(503, "").reply(204, "");
    let client = client(Auth::provider(Counting::default().provider()), &memory);
    in_no_time(send(&client, &GET)).0.unwrap();
    assert_eq!(memory.requests().len(), 4);
    // A fixed credential is not sent again.
    let memory = Memory::new().reply(401, "").reply(204, "");
    let client = self::client(Auth::bearer("canary"), &memory);
    assert_eq!(in_no_time(send(&client, &GET)).0.unwrap_err().attempts(), 1);
}

#[test]
fn a_provider_that_fails_is_the_cause_of_the_error() {
    let memory = taking(&[]);
    let fail = || async { Err::<Token, Refusal>("the authorization server is gone".into()) };
    let error = in_no_time(send(&client(Auth::provider(fail), &memory), &GET)).0.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert_eq!(error.to_string(), "Get: no token could be fetched");
    assert!(shown(&error).contains("the authorization server is gone"));
    let odd = || async { Ok::<_, Refusal>(Token::new("can\nary")) };
    let error = in_no_time(send(&client(Auth::provider(odd), &memory), &GET)).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(shown(&error).contains("not visible ASCII") && !shown(&error).contains("ary"));
    assert_eq!(memory.requests().len(), 0);
}

#[test]
fn a_fetch_takes_no_longer_than_the_operation() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let provider = move || {
        let first = count.fetch_add(1, Relaxed) == 0;
        async move {
            if first {
                std::future::pending::<()>().await;
            }
            Ok::<_, Refusal>(Token::new("canary-1"))
        }
    };
    let client = client(Auth::provider(provider), &taking(&["canary-1"]));
    let (outcome, took) = in_no_time(send(&client, &GET));
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout(Timeout::Operation));
    assert_eq!(took, 90 * SECOND);
    // The fetch that no call waits for any more was dropped.
    in_no_time(send(&client, &GET)).0.unwrap();
    assert_eq!(calls.load(Relaxed), 2);
}

#[test]
fn a_token_is_sent_only_where_one_is_asked_for_and_never_shown() {
    let (counting, memory) = (Counting::default(), Memory::answering(|_| Ok(Response::new(Body::empty()))));
    let client = client(Auth::provider(counting.provider()), &memory);
    in_no_time(send(&client, &OPEN)).0.unwrap();
    assert_eq!((counting.fetched(), memory.requests()[0].header("authorization")), (0, None));

    let echo = Bytes::from_static(br#"{"message": "no such token: canary-1"}"#);
    let memory = Memory::new().reply(403, echo);
    let client = self::client(Auth::provider(counting.provider()), &memory);
    let error = in_no_time(send(&client, &GET)).0.unwrap_err();
    assert_eq!(error.to_string(), "Get: 403 Forbidden (no such token: {credentials}) attempts=1");
    assert!(
        !format!("{:?}{:?}", Token::new("canary"), Auth::provider(counting.provider())).contains("canary")
    );
}
