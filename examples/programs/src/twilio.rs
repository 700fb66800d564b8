//! Messages and users of conversations at Twilio.

use crate::clients::twilio::{Client, DateTime, Error, models};

/// Sends a message with pictures, and returns its sid.
pub async fn send(client: &Client, account: &str, from: &str, to: &str) -> Result<Option<String>, Error> {
    let message = models::CreateMessageBody::new(to)
        .with_from(from)
        .with_body("Two pictures")
        .with_media_url(["https://example.com/1.png", "https://example.com/2.png"]);
    Ok(client.create_message(account).body(message).send().await?.sid)
}

/// Counts the messages from a number that were delivered between two times.
pub async fn delivered(
    client: &Client,
    account: &str,
    from: &str,
    start: DateTime,
    end: DateTime,
) -> Result<usize, Error> {
    let mut messages =
        client.list_message(account).from(from).date_sent_gt(start).date_sent_lt(end).page_size(100).items();
    let mut delivered = 0;
    while let Some(message) = messages.next().await {
        delivered += usize::from(message?.status == Some(models::MessageEnumStatus::Delivered));
    }
    Ok(delivered)
}

/// Gives a user another name, unless the user has that name.
pub async fn rename(client: &Client, service: &str, user: &str, name: &str) -> Result<bool, Error> {
    let known = client.fetch_service_user(service, user).send().await?;
    if known.friendly_name.as_deref() == Some(name) {
        return Ok(false);
    }
    let change = models::UpdateServiceUserBody::new().with_friendly_name(name);
    client.update_service_user(service, user).body(change).send().await?;
    Ok(true)
}
