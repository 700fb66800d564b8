//! Spans: their names, what they contain, and what they must not.

#![cfg(all(feature = "hyper", feature = "tracing"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{serde_json::json, testing::Script};
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
};
use support::{api::Client, in_no_time};
use tracing::{
    Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

/// A span's number, name, and recorded fields.
type Span = (u64, &'static str, BTreeMap<&'static str, String>);

/// The recorded spans.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Span>>>);

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl<S: Subscriber> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        self.0.lock().unwrap().push((id.into_u64(), attributes.metadata().name(), fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.0.lock().unwrap();
        let (_, _, fields) = spans.iter_mut().rev().find(|(span, ..)| *span == id.into_u64()).unwrap();
        values.record(&mut Fields(fields));
    }
}

#[test]
fn an_operation_and_each_attempt_has_a_span() {
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry().with(spans.clone());
    let script = Script::new().on("FetchUser").reply(503, json!({})).on("FetchUser").reply(404, json!({}));
    let client: Client = script.client().unwrap();
    tracing::subscriber::with_default(subscriber, || {
        in_no_time(client.fetch_user("IScanary", "canary@example.com").send()).0.unwrap_err();
    });
    let spans = spans.0.lock().unwrap();
    assert!(!format!("{spans:?}").contains("canary"), "{spans:?}");
    let expected = |name: &str, kind: &str, own: &[(&'static str, &str)]| {
        let mut fields: BTreeMap<&str, String> = [
            ("otel.name", name),
            ("otel.kind", kind),
            ("otel.status_code", "ERROR"),
            ("http.request.method", "GET"),
            ("url.template", "/v1/Services/{ServiceSid}/Users/{Sid}"),
            ("server.address", "script.invalid"),
            ("server.port", "443"),
        ]
        .map(|(key, value)| (key, value.to_owned()))
        .into();
        fields.extend(own.iter().map(|(key, value)| (*key, (*value).to_owned())));
        fields
    };
    let found: Vec<_> = spans.iter().map(|(_, name, fields)| (*name, fields.clone())).collect();
    let status = |status| [("http.response.status_code", status), ("error.type", status)];
    let resent = [status("404").as_slice(), &[("http.request.resend_count", "1")]].concat();
    assert_eq!(
        found,
        [
            ("operation", expected("FetchUser", "internal", &status("404"))),
            ("attempt", expected("GET", "client", &status("503"))),
            ("attempt", expected("GET", "client", &resent)),
        ]
    );
}

#[test]
fn a_success_has_no_error_in_its_span() {
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry().with(spans.clone());
    let client: Client = Script::new().on("FetchUser").reply(200, json!({})).client().unwrap();
    tracing::subscriber::with_default(subscriber, || {
        in_no_time(client.fetch_user("IS1", "US1").send()).0.unwrap();
    });
    for (_, _, fields) in &*spans.0.lock().unwrap() {
        assert_eq!(fields["http.response.status_code"], "200");
        assert!(!fields.contains_key("error.type") && !fields.contains_key("otel.status_code"), "{fields:?}");
    }
}
