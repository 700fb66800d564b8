//! The lock of a client: its names and its public surface, as text that can be reviewed.
//!
//! Input: the names and the surface of a generation, and the previous lock. Output: a [`Lock`]. The
//! next generation reads it, and [`diff`](crate::diff) compares locks.
//!
//! Invariants: the lock is sorted and has one line an item, and the same document gives the same
//! bytes. The name of a removed node stays in the lock until the document's version changes again.

mod argument;
mod caller;
mod text;

use std::borrow::Cow;
use std::collections::BTreeSet;

pub use text::LockError;

use serde_json::Value;

use crate::diagnostic::Locator;
use crate::document::Document;
use crate::name::{Given, Held};
use crate::pointer::Pointer;
use crate::surface::{Attributes, Surface};
use crate::tree::Origins;

/// The public surface of a client: names, types, signatures, and the bytes of calls.
#[derive(Debug, Default)]
pub struct Lock {
    /// The generator's version.
    pub(crate) generator: String,
    /// A digest of the document with its overlays applied.
    pub(crate) digest: String,
    /// The document's version.
    pub(crate) release: String,
    pub(crate) items: Vec<Item>,
    pub(crate) gone: Vec<Gone>,
    /// The places where the items' nodes were written. Empty for a lock that was read from text.
    origins: Origins,
    locator: Option<Locator>,
}

/// One item of the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// `type`, `field`, `method`.
    pub(crate) kind: Cow<'static, str>,
    /// `models::User::id`.
    pub(crate) path: String,
    /// The item's node, by a pointer that is the same in other versions of the document.
    pub(crate) key: Pointer,
    /// The item's node in the document. `None` for the client itself, and for an item that was read
    /// from text.
    pub(crate) pointer: Option<Pointer>,
    pub(crate) attributes: Attributes,
}

/// The name of a removed node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gone {
    /// The first version of the document without the node.
    pub(crate) since: String,
    pub(crate) kind: String,
    pub(crate) path: String,
    pub(crate) key: Pointer,
}

impl Lock {
    /// Creates the lock of a generation.
    pub(crate) fn new(
        given: Vec<Given>,
        mut surface: Surface,
        document: Document,
        locator: Locator,
        earlier: Option<&Lock>,
    ) -> Self {
        let mut items = Vec::with_capacity(given.len());
        for Given { kind, path, key, pointer } in given {
            let name = (kind, path);
            let attributes = surface.remove(&name).unwrap_or_default();
            items.push(Item { kind: kind.into(), path: name.1, key, pointer: Some(pointer), attributes });
        }
        // Items without names of their own: the client.
        for ((kind, path), attributes) in surface {
            items.push(Item { kind: kind.into(), path, key: Pointer::root(), pointer: None, attributes });
        }
        items.sort_by(Item::order);
        let release = document.root().pointer("/info/version").and_then(Value::as_str);
        let mut lock = Self {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            digest: digest(document.root()),
            release: release.unwrap_or_default().to_owned(),
            items,
            gone: Vec::new(),
            origins: document.into_origins(),
            locator: Some(locator),
        };
        if let Some(earlier) = earlier {
            lock.gone = lock.missing(earlier);
        }
        lock
    }

    /// Returns the names of the earlier lock that no item has any more: the names of its items, and
    /// the names that were removed in this release.
    fn missing(&self, earlier: &Lock) -> Vec<Gone> {
        let known: BTreeSet<(&str, &str)> =
            self.items.iter().map(|item| (item.kind.as_ref(), item.path.as_str())).collect();
        let lost = earlier.items.iter().filter(|item| !matches!(item.kind.as_ref(), "client" | "file")).map(
            |item| Gone {
                since: self.release.clone(),
                kind: item.kind.to_string(),
                path: item.path.clone(),
                key: item.key.clone(),
            },
        );
        let kept = earlier.gone.iter().filter(|gone| gone.since == self.release).cloned();
        let mut gone: Vec<Gone> = lost.chain(kept).collect();
        gone.retain(|gone| !known.contains(&(gone.kind.as_str(), gone.path.as_str())));
        gone.sort_by(|a, b| (&a.path, &a.kind).cmp(&(&b.path, &b.kind)));
        gone.dedup_by(|a, b| (&a.path, &a.kind) == (&b.path, &b.kind));
        gone
    }

    /// Returns true if the crate declares a feature for each tag.
    #[must_use]
    pub fn declares_features(&self) -> bool {
        self.items.iter().any(|item| item.kind == "feature" && item.attributes.get("declared").is_some())
    }

    /// Returns the names that the next generation must keep.
    pub(crate) fn held(&self) -> Held {
        let mut held = Held::default();
        for item in &self.items {
            held.insert(&item.kind, &item.path, item.key.clone());
            let get = |name: &str| item.attributes.get(name);
            if let (Some(method), Some(path), Some(request)) = (get("method"), get("path"), get("request")) {
                let place = Pointer::root().child("paths").child(path).child(&method.to_lowercase());
                held.insert_place("method", &item.path, place.clone(), item.key.clone());
                held.insert_place("request", request, place, item.key.clone());
            }
        }
        for gone in &self.gone {
            held.insert(&gone.kind, &gone.path, gone.key.clone());
        }
        held
    }

    /// Returns the place of an item: a file position if known, else its pointer.
    pub(crate) fn locate(&self, item: &Item) -> String {
        let located = item.pointer.as_ref().zip(self.locator.as_ref());
        let located =
            located.and_then(|(pointer, locator)| locator.locate(&self.origins.place(pointer).key()));
        located.unwrap_or_else(|| item.key.to_string())
    }
}

impl Item {
    /// Sorts items by path, part by part, so that a type's members follow the type.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        fn parts(path: &str) -> impl Iterator<Item = u8> {
            // `::` sorts before every character of an identifier.
            path.bytes().map(|byte| if byte == b':' { 0 } else { byte })
        }
        parts(&self.path)
            .cmp(parts(&other.path))
            .then_with(|| (&self.kind, &self.key).cmp(&(&other.kind, &other.key)))
    }
}

/// Returns the 64-bit FNV-1a hash of a document's values. It detects changes, but offers no
/// protection against forgery.
fn digest(root: &Value) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut write = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Null => write(b"z"),
            Value::Bool(value) => write(&[b'b', u8::from(*value)]),
            Value::Number(value) => write(value.to_string().as_bytes()),
            Value::String(value) => write(value.as_bytes()),
            Value::Array(items) => {
                write(&(items.len() as u64).to_le_bytes());
                waiting.extend(items);
            }
            Value::Object(members) => {
                write(&(members.len() as u64).to_le_bytes());
                for (key, value) in members {
                    write(key.as_bytes());
                    waiting.push(value);
                }
            }
        }
        write(&[0xff]);
    }
    format!("fnv1a64:{hash:016x}")
}
