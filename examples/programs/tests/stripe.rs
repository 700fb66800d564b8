//! The program against Stripe, on the in-memory transport.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use programs::clients::stripe::models::{Charge, Customer};
use programs::clients::stripe::testing::sample;
use programs::clients::stripe::transport::Memory;
use programs::clients::stripe::{Auth, Client, serde_json};
use programs::stripe;
use serde_json::{Value, json};

fn client(memory: &Memory) -> Client {
    let builder = Client::builder().auth(Auth::bearer("sk_test")).header("Stripe-Version", "2024-06-20");
    builder.transport(memory.clone()).build().unwrap()
}

fn charge(id: &str, amount: i64, status: &str, customer: &Value) -> Charge {
    sample(json!({"id": id, "amount": amount, "status": status, "customer": customer})).unwrap()
}

/// The fields of a form, decoded.
fn fields(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let decoded = text.replace("%5B", "[").replace("%5D", "]").replace("%40", "@").replace("%2B", "+");
    decoded.split('&').map(str::to_owned).collect()
}

#[tokio::test]
async fn creates_a_customer() {
    let customer: Customer = sample(json!({"id": "cus_1"})).unwrap();
    let memory = Memory::new().reply(200, json!(customer).to_string());
    let id = stripe::customer(&client(&memory), "rosa@example.com", "6735").await.unwrap();
    assert_eq!(id, "cus_1");
    let request = &memory.requests()[0];
    assert_eq!(request.target(), "/v1/customers");
    assert_eq!(request.header("stripe-version"), Some("2024-06-20"));
    let mut sent = fields(request.body());
    sent.sort();
    let expected = [
        "address[city]=Springfield",
        "address[country]=US",
        "address[line1]=1+Main+Street",
        "email=rosa@example.com",
        "metadata[channel]=web",
        "metadata[order]=6735",
        "preferred_locales[0]=en",
        "preferred_locales[1]=es",
        "shipping[address][city]=Springfield",
        "shipping[address][country]=US",
        "shipping[address][line1]=1+Main+Street",
        "shipping[name]=Rosa+Diaz",
        "shipping[phone]=+15551234",
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn charges_once_and_expands_the_customer() {
    let customer: Customer = sample(json!({"name": "Rosa Diaz"})).unwrap();
    let memory = Memory::new()
        .reply(503, json!({"error": {"type": "api_error"}}).to_string())
        .reply(200, json!(charge("ch_1", 2000, "succeeded", &json!(customer))).to_string());
    let builder = Client::builder().auth(Auth::bearer("sk_test")).transport(memory.clone());
    let client: Client = builder.jitter(|_| std::time::Duration::ZERO).build().unwrap();
    let name = stripe::charge(&client, "6735", 2000, "tok_visa").await.unwrap();
    assert_eq!(name.as_deref(), Some("Rosa Diaz"));
    let requests = memory.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.header("idempotency-key"), Some("6735"));
        let expected =
            ["amount=2000", "currency=usd", "expand[0]=customer", "metadata[order]=6735", "source=tok_visa"];
        assert_eq!(fields(request.body()), expected);
    }
}

#[tokio::test]
async fn adds_up_charges_over_pages() {
    let page = |data: &[Charge], more: bool| {
        json!({"object": "list", "url": "/v1/charges", "has_more": more, "data": data}).to_string()
    };
    let memory = Memory::new()
        .reply(
            200,
            page(
                &[charge("ch_1", 5, "succeeded", &json!("cus_1")), charge("ch_2", 7, "failed", &Value::Null)],
                true,
            ),
        )
        .reply(200, page(&[charge("ch_3", 11, "succeeded", &Value::Null)], false));
    assert_eq!(stripe::total(&client(&memory), "cus_1", 1_700_000_000).await.unwrap(), 16);
    let first = "/v1/charges?customer=cus_1&created%5Bgte%5D=1700000000&limit=100";
    assert_eq!(memory.requests()[0].target(), first);
    assert_eq!(memory.requests()[1].target(), format!("{first}&starting_after=ch_2"));
}
