//! Rewrites the three types of security schemes of 2.0.

use serde_json::{Value, json};

use super::Object;
use crate::pointer::Pointer;
use crate::tree::Origins;

/// OAuth 2.0's flows (RFC 6749 §1.3), by their names in 2.0 and in 3.0.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// The keys of a flow.
const OF_A_FLOW: [&str; 3] = ["authorizationUrl", "tokenUrl", "scopes"];

pub(super) fn scheme(scheme: &mut Value, here: &Pointer, origins: &mut Origins) {
    let Some(scheme) = scheme.as_object_mut() else { return };
    match scheme.get("type").and_then(Value::as_str) {
        Some("basic") => {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!("basic"));
            origins.derive(here.child("scheme"), &here.child("type"));
        }
        Some("oauth2") => {
            let flow = scheme.shift_remove("flow");
            let name = FLOWS.iter().find(|(name, _)| flow.as_ref().is_some_and(|flow| flow == name));
            let mut members = Object::new();
            for key in OF_A_FLOW {
                members.extend(scheme.shift_remove(key).map(|value| (key.to_owned(), value)));
            }
            members.entry("scopes").or_insert_with(|| json!({}));
            if let Some((_, name)) = name {
                origins.derive(here.child("flows"), &here.child("flow"));
                scheme.insert("flows".to_owned(), json!({ *name: members }));
            }
        }
        _ => {}
    }
}
