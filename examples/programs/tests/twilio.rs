//! The program against Twilio, on the in-memory transport.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use programs::clients::twilio::transport::Memory;
use programs::clients::twilio::{Auth, Client, serde_json::json};
use programs::twilio;

fn client(memory: &Memory) -> Client {
    Client::builder().auth(Auth::basic("AC1", "token")).transport(memory.clone()).build().unwrap()
}

#[tokio::test]
async fn sends_a_message_with_pictures() {
    let memory = Memory::new().reply(201, json!({"sid": "MM1", "status": "queued"}).to_string());
    let sid = twilio::send(&client(&memory), "AC1", "+15550001", "+15550002").await.unwrap();
    assert_eq!(sid.as_deref(), Some("MM1"));
    let request = &memory.requests()[0];
    assert_eq!(request.target(), "/2010-04-01/Accounts/AC1/Messages.json");
    assert_eq!(request.header("authorization"), Some("Basic QUMxOnRva2Vu"));
    let expected = "To=%2B15550002&From=%2B15550001&Body=Two+pictures\
                    &MediaUrl=https%3A%2F%2Fexample.com%2F1.png&MediaUrl=https%3A%2F%2Fexample.com%2F2.png";
    assert_eq!(request.body(), expected);
}

#[tokio::test]
async fn counts_messages_between_two_times() {
    let next = "/2010-04-01/Accounts/AC1/Messages.json?Page=1&PageToken=x";
    let page = json!({"messages": [{"status": "delivered"}, {"status": "failed"}], "next_page_uri": next});
    let last = json!({"messages": [{"status": "delivered"}], "next_page_uri": null});
    let memory = Memory::new().reply(200, page.to_string()).reply(200, last.to_string());
    let (start, end) = ("2024-01-01T00:00:00Z".parse().unwrap(), "2024-02-01T00:00:00Z".parse().unwrap());
    let delivered = twilio::delivered(&client(&memory), "AC1", "+15550001", start, end).await.unwrap();
    assert_eq!(delivered, 2);
    let first = "/2010-04-01/Accounts/AC1/Messages.json?From=%2B15550001&DateSent%3E=2024-01-01T00%3A00%3A00Z\
                 &DateSent%3C=2024-02-01T00%3A00%3A00Z&PageSize=100";
    assert_eq!(memory.requests()[0].target(), first);
    assert_eq!(memory.requests()[1].target(), next);
}

#[tokio::test]
async fn renames_a_user() {
    let user = |name: &str| json!({"sid": "US1", "friendly_name": name}).to_string();
    let memory = Memory::new().reply(200, user("Al")).reply(200, user("Alice")).reply(200, user("Alice"));
    let client = client(&memory);
    assert!(twilio::rename(&client, "IS1", "al@example.com", "Alice").await.unwrap());
    assert!(!twilio::rename(&client, "IS1", "al@example.com", "Alice").await.unwrap());
    let requests = memory.requests();
    let url = "https://conversations.twilio.com/v1/Services/IS1/Users/al%40example.com";
    assert!(requests.iter().all(|request| *request.uri() == *url));
    assert_eq!(requests[1].body(), "FriendlyName=Alice");
    assert_eq!(requests.len(), 3);
}
