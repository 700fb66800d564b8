//! The call and the response of both sides of a benchmark.

use generated_client::models::ServiceUser;

pub(crate) const SERVICE: &str = "IS0123456789abcdefABCDEF0123456789";
pub(crate) const IDENTITY: &str = "alice@example.com";
pub(crate) const USER: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const PASSWORD: &str = "0123456789abcdef0123456789abcdef";

/// A user as the API returns it.
pub(crate) const ANSWER: &str = r#"{"account_sid": "AC0123456789abcdef0123456789abcdef", "attributes": "{}",
"chat_service_sid": "IS0123456789abcdefABCDEF0123456789", "date_created": "2023-05-04T09:42:00Z",
"date_updated": "2023-05-04T09:42:00Z", "friendly_name": "Alice", "identity": "alice@example.com",
"is_notifiable": true, "is_online": true,
"links": {"user_conversations": "https://conversations.twilio.com/v1/Services/IS0123456789abcdefABCDEF0123456789/Users/US0123456789abcdef0123456789abcdef/Conversations"},
"role_sid": "RL0123456789abcdef0123456789abcdef", "sid": "US0123456789abcdef0123456789abcdef",
"url": "https://conversations.twilio.com/v1/Services/IS0123456789abcdefABCDEF0123456789/Users/US0123456789abcdef0123456789abcdef"}"#;

/// Returns a bare reqwest client without redirects and, for this machine, without a proxy, like the
/// runtime.
pub(crate) fn reqwest() -> reqwest::Client {
    // Fails if a provider is already installed, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// Returns the request as written by hand with reqwest.
pub(crate) fn by_hand(client: &reqwest::Client, server: &str) -> reqwest::RequestBuilder {
    let identity =
        percent_encoding::utf8_percent_encode(IDENTITY, percent_encoding::NON_ALPHANUMERIC);
    client
        .get(format!("{server}/v1/Services/{SERVICE}/Users/{identity}"))
        .basic_auth(USER, Some(PASSWORD))
        .header(reqwest::header::ACCEPT, "application/json")
        .header(reqwest::header::USER_AGENT, "by-hand/1.0")
}

/// Decodes the response by hand.
pub(crate) async fn decode(response: reqwest::Response) -> ServiceUser {
    let bytes = response.error_for_status().unwrap().bytes().await.unwrap();
    generated_client::serde_json::from_slice(&bytes).unwrap()
}
