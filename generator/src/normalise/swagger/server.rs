//! Rewrites `host`, `basePath` and `schemes` as servers.

use serde_json::{Value, json};

use super::Object;
use crate::pointer::Pointer;
use crate::tree::Origins;

/// The host and base path of a document.
pub(super) struct Host {
    host: Option<String>,
    base: String,
}

/// Adds the servers of a document: one for each scheme, `https` first. With a base path only, there
/// is one server relative to the document's own address. With neither host nor base path, there is
/// no server.
pub(super) fn add(root: &mut Object, here: &Pointer, origins: &mut Origins) {
    let host = Host::of(root);
    let servers = match &host.host {
        Some(_) => host.servers(&schemes(root)),
        None if host.base.is_empty() => return,
        None => vec![json!({ "url": host.base })],
    };
    let source = if host.host.is_some() { "host" } else { "basePath" };
    origins.derive(here.child("servers"), &here.child(source));
    root.insert("servers".to_owned(), servers.into());
}

impl Host {
    fn of(root: &Object) -> Self {
        let text = |key: &str| root.get(key).and_then(Value::as_str).map(|text| text.trim_end_matches('/'));
        let host = text("host").filter(|host| !host.is_empty()).map(str::to_owned);
        let base = text("basePath").unwrap_or_default();
        let slash = if base.is_empty() || base.starts_with('/') { "" } else { "/" };
        Self { host, base: format!("{slash}{base}") }
    }

    /// Removes the host and base path from a document.
    pub(super) fn take(root: &mut Object) -> Self {
        let host = Self::of(root);
        for key in ["host", "basePath", "schemes"] {
            root.shift_remove(key);
        }
        host
    }

    /// Adds servers to an operation that has its own schemes.
    pub(super) fn add_own(&self, operation: &mut Object, here: &Pointer, origins: &mut Origins) {
        let own = schemes(operation);
        if operation.shift_remove("schemes").is_some() && self.host.is_some() && !own.is_empty() {
            origins.derive(here.child("servers"), &here.child("schemes"));
            operation.insert("servers".to_owned(), self.servers(&own).into());
        }
    }

    fn servers(&self, schemes: &[String]) -> Vec<Value> {
        let host = self.host.as_deref().unwrap_or_default();
        let mut schemes = if schemes.is_empty() { vec!["https".to_owned()] } else { schemes.to_vec() };
        schemes.sort_by_key(|scheme| scheme != "https");
        schemes.iter().map(|scheme| json!({ "url": format!("{scheme}://{host}{}", self.base) })).collect()
    }
}

fn schemes(object: &Object) -> Vec<String> {
    let list = object.get("schemes").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
