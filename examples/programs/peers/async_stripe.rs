//! The program of `src/stripe.rs` with async-stripe 0.41.

use futures::TryStreamExt;
use std::{collections::HashMap, error::Error};
use stripe::{
    Address, Charge, ChargeSourceParams, ChargeStatus, Client, CreateCharge, CreateCustomer,
    CreateCustomerShipping, CreateCustomerShippingAddress, Currency, Customer, Expandable, ListCharges,
    RangeQuery, RequestStrategy, StripeError,
};

/// Creates a customer with an address and metadata, and returns its id.
pub async fn customer(client: &Client, email: &str, order: &str) -> Result<String, StripeError> {
    let address = Address {
        line1: Some("1 Main Street".to_string()),
        city: Some("Springfield".to_string()),
        country: Some("US".to_string()),
        ..Default::default()
    };
    let shipping = CreateCustomerShipping {
        address: CreateCustomerShippingAddress {
            line1: Some("1 Main Street".to_string()),
            city: Some("Springfield".to_string()),
            country: Some("US".to_string()),
            line2: None,
            postal_code: None,
            state: None,
        },
        name: "Rosa Diaz".to_string(),
        phone: Some("+15551234".to_string()),
    };
    let new = CreateCustomer {
        email: Some(email),
        address: Some(address),
        shipping: Some(shipping),
        preferred_locales: Some(vec!["en".to_string(), "es".to_string()]),
        metadata: Some(HashMap::from([
            ("order".to_string(), order.to_string()),
            ("channel".to_string(), "web".to_string()),
        ])),
        ..Default::default()
    };
    Ok(Customer::create(client, new).await?.id.to_string())
}

/// Charges a card once, however often it is called for an order, and returns the customer's name.
pub async fn charge(
    client: &Client,
    order: &str,
    cents: i64,
    token: &str,
) -> Result<Option<String>, Box<dyn Error>> {
    let new = CreateCharge {
        amount: Some(cents),
        currency: Some(Currency::USD),
        source: Some(ChargeSourceParams::Token(token.parse()?)),
        metadata: Some(HashMap::from([("order".to_string(), order.to_string())])),
        expand: &["customer"],
        ..Default::default()
    };
    let client = client.clone().with_strategy(RequestStrategy::Idempotent(order.to_string()));
    match Charge::create(&client, new).await?.customer {
        Some(Expandable::Object(customer)) => Ok(customer.name),
        _ => Ok(None),
    }
}

/// Adds up a customer's successful charges since a time in Unix seconds.
pub async fn total(client: &Client, customer: &str, since: i64) -> Result<i64, Box<dyn Error>> {
    let list = ListCharges {
        customer: Some(customer.parse()?),
        created: Some(RangeQuery::gte(since)),
        limit: Some(100),
        ..Default::default()
    };
    let mut charges = Charge::list(client, &list).await?.paginate(list).stream(client);
    let mut total = 0;
    while let Some(charge) = charges.try_next().await? {
        if charge.status == ChargeStatus::Succeeded {
            total += charge.amount;
        }
    }
    Ok(total)
}
