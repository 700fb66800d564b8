//! Customers and charges of Stripe.

use crate::clients::stripe::{Client, Error, models};

/// Creates a customer with an address and metadata, and returns its id.
pub async fn customer(client: &Client, email: &str, order: &str) -> Result<String, Error> {
    let address =
        models::AddressParam::new().with_line1("1 Main Street").with_city("Springfield").with_country("US");
    let shipping = models::PostCustomersBodyShippingCustomerShipping::new(address.clone(), "Rosa Diaz")
        .with_phone("+15551234");
    let new = models::PostCustomersBody::new()
        .with_email(email)
        .with_address(address)
        .with_shipping(shipping)
        .with_preferred_locales(["en", "es"])
        .with_metadata([("order", order), ("channel", "web")]);
    Ok(client.post_customers().body(new).send().await?.id)
}

/// Charges a card once, however often it is called for an order, and returns the customer's name.
pub async fn charge(client: &Client, order: &str, cents: i64, token: &str) -> Result<Option<String>, Error> {
    let new = models::PostChargesBody::new()
        .with_amount(cents)
        .with_currency("usd")
        .with_source(token)
        .with_metadata([("order", order)])
        .with_expand(["customer"]);
    let charge = client.post_charges().idempotency_key(order).body(new).send().await?;
    match charge.customer {
        Some(models::ChargeCustomer::Customer(customer)) => Ok(customer.name),
        _ => Ok(None),
    }
}

/// Adds up a customer's successful charges since a time in Unix seconds.
pub async fn total(client: &Client, customer: &str, since: i64) -> Result<i64, Error> {
    let created = models::GetChargesCreatedRangeQuerySpecs::new().with_gte(since);
    let mut charges = client.get_charges().customer(customer).created(created).limit(100).items();
    let mut total = 0;
    while let Some(charge) = charges.next().await {
        let charge = charge?;
        if charge.status == models::ChargeStatus::Succeeded {
            total += charge.amount;
        }
    }
    Ok(total)
}
