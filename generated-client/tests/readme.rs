//! The README's Rust compiles and works: each of its blocks is in a function here, except for line
//! breaks.

#![allow(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use generated_client::{Auth, Client, Error, models, transport::Memory};

#[expect(dead_code, reason = "it would call Twilio")]
async fn calls(account_sid: &str, auth_token: &str) -> Result<(), Error> {
    let client = Client::new(Auth::basic(account_sid, auth_token))?;
    let user = client
        .fetch_service_user("ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "alice@example.com")
        .send()
        .await?;
    println!("{:?} since {:?}", user.sid, user.date_created);
    Ok(())
}

#[expect(dead_code, reason = "it would call Twilio")]
async fn tells_errors(client: &Client, service_sid: &str) {
    if let Err(error) = client
        .fetch_service_user(service_sid, "nobody")
        .send()
        .await
    {
        let twilio: Option<models::ErrorBody> = error.body();
        eprintln!(
            "{error} (status {:?}, code {:?})",
            error.status(),
            twilio.and_then(|body| body.code)
        );
    }
}

#[cfg(feature = "validate")]
#[expect(dead_code, reason = "it would print")]
fn tells_violations(user: &models::ServiceUser) {
    use generated_client::Validate;
    if let Err(violations) = user.validate() {
        eprintln!("{violations}"); // $.sid: length at least 34; $.sid: pattern `^US[0-9a-fA-F]{32}$`
    }
}

async fn needs_no_network() -> Result<(), Error> {
    let memory = Memory::new().reply(200, r#"{"sid": "US1", "identity": "alice"}"#);
    let client = Client::builder()
        .auth(Auth::none())
        .transport(memory.clone())
        .build()?;
    let user = client.fetch_service_user("IS1", "a/b").send().await?;
    assert_eq!(user.sid.as_deref(), Some("US1"));
    assert_eq!(
        memory.requests()[0].target(),
        "/v1/Services/IS1/Users/a%2Fb"
    );
    Ok(())
}

#[test]
fn what_needs_no_network_runs() {
    let mut future = pin!(needs_no_network());
    let done = future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(done, Poll::Ready(Ok(()))), "{done:?}");
}

#[test]
fn each_block_of_the_readme_stands_here() {
    let words = |text: &str| text.split_whitespace().collect::<String>();
    let here = words(include_str!("readme.rs"));
    let readme = include_str!("../../README.md");
    let blocks: Vec<&str> = readme
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        // The imports of a block are at the top of this file.
        let block = block
            .lines()
            .filter(|line| !line.starts_with("use "))
            .collect::<Vec<_>>()
            .join("\n");
        assert!(here.contains(&words(&block)), "not in readme.rs:\n{block}");
    }
}
