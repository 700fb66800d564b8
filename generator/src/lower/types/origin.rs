//! Finds the origin of the name of a schema's type.
//!
//! Invariant: an origin depends on the schema's place alone, not on references to it, so that key
//! order changes no name.

use serde_json::{Map, Value};

use super::super::Lower;
use super::super::operation::{Media, rank};
use super::super::schema::SchemaId;
use crate::ir::{Method, Origin};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// Returns the origin of a schema's name. Names the outer types of the schema first.
    pub(super) fn origin(&mut self, schema: SchemaId) -> Origin {
        let pointer = self.schemas.pointer(schema);
        let tokens: Vec<String> = pointer.tokens().collect();
        let (mut origin, start) = self.root(&tokens);
        let mut here = Pointer::root();
        let mut rest = tokens.iter().enumerate();
        while let Some((index, token)) = rest.next() {
            here = here.child(token);
            if index < start {
                continue;
            }
            let word = match token.as_str() {
                "items" => Some("item".to_owned()),
                "additionalProperties" => Some("value".to_owned()),
                "requestBody" => Some("body".to_owned()),
                "schema" => None,
                _ => {
                    let Some((_, key)) = rest.next() else { break };
                    here = here.child(key);
                    self.word(token, key, &here)
                }
            };
            if let Some(word) = word {
                origin = origin.and(&word);
            }
            if here == pointer {
                break;
            }
            // A part of an `allOf` is merged with the other parts.
            if token != "allOf" {
                let inside = self.schemas.at(&here);
                if let Some(id) = self.name(inside) {
                    origin = Origin::Within(id, String::new());
                }
            }
        }
        origin
    }

    /// Returns the origin of the outermost named node, and the number of tokens that lead to it.
    fn root(&self, tokens: &[String]) -> (Origin, usize) {
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            ["components", "schemas", key, ..] => {
                let component = self.schemas.at(&Pointer::of(&["components", "schemas", key]));
                let origin = self.named.get(&component).map_or_else(
                    || Origin::Component((*key).to_owned()),
                    |id| Origin::Within(*id, String::new()),
                );
                (origin, 3)
            }
            ["components", kind, key, ..] => {
                let kind = match *kind {
                    "requestBodies" => "body",
                    kind => kind.strip_suffix('s').unwrap_or(kind),
                };
                (Origin::Operation((*key).to_owned(), kind.to_owned()), 3)
            }
            ["webhooks", name, key, ..] => {
                let operation = Pointer::of(&["webhooks", name, key]);
                let id = Some(self.own_operation_id(&operation)).filter(|id| !id.is_empty());
                (Origin::Operation(id.unwrap_or_else(|| (*name).to_owned()), String::new()), 3)
            }
            ["paths", path, list @ "additionalOperations", key, ..] => {
                let operation = Pointer::of(&["paths", path, list, key]);
                let method = Method::of(key).unwrap_or(Method::Post);
                (Origin::Operation(self.operation_id(path, &operation, &method), String::new()), 4)
            }
            ["paths", path, key, ..] => {
                let method = Method::ALL.iter().find(|(name, _)| name == key);
                let operation = Pointer::of(&["paths", path, key]);
                match method {
                    Some((_, method)) => {
                        (Origin::Operation(self.operation_id(path, &operation, method), String::new()), 3)
                    }
                    None => (Origin::Operation((*path).to_owned(), String::new()), 2),
                }
            }
            _ => (Origin::Operation(tokens.join(" "), String::new()), tokens.len()),
        }
    }

    /// Returns the word that a member of a schema or operation adds to a name. `token` is the
    /// member, `key` is below it.
    fn word(&mut self, token: &str, key: &str, here: &Pointer) -> Option<String> {
        match token {
            "parameters" => {
                let name = self.document.get(here).and_then(|parameter| parameter.get("name"));
                Some(name.and_then(Value::as_str).unwrap_or(key).to_owned())
            }
            "responses" if key.starts_with('2') => Some("response".to_owned()),
            "responses" => Some(format!("response {key}")),
            "anyOf" | "oneOf" => self.variant_origin(here),
            "content" => self.media_word(key, here),
            "allOf" => None,
            _ => Some(key.to_owned()),
        }
    }

    /// Returns the word that a media type adds to a name, or `None` for the first JSON type or the
    /// only media type.
    fn media_word(&mut self, key: &str, here: &Pointer) -> Option<String> {
        let (list, _) = here.split_last()?;
        let document = self.document;
        let (count, json) = self.media_types.entry(list).or_insert_with_key(|list| {
            let names = document.get(list).and_then(Value::as_object).into_iter().flat_map(Map::keys);
            let json = names.clone().filter(|name| Media::of(name) == Media::Json);
            (names.count(), json.min_by_key(|name| rank(name)).cloned())
        });
        if *count == 1 || json.as_deref() == Some(key) {
            return None;
        }
        let subtype = key.split(';').next().and_then(|name| name.rsplit(['/', '-']).next());
        Some(match subtype {
            Some("urlencoded") => "form".to_owned(),
            Some("data") => "multipart".to_owned(),
            other => other.unwrap_or(key).to_owned(),
        })
    }

    /// Returns the word that a variant adds to a name. The only variant of a schema adds nothing,
    /// or `value` if the schema itself has a name.
    fn variant_origin(&self, here: &Pointer) -> Option<String> {
        let list = self.schemas.at(&here.split_last()?.0.split_last()?.0);
        if self.schemas.variants(list).len() > 1 {
            return Some(self.variant_word(self.schemas.at(here)));
        }
        let has_name = self.named.contains_key(&list)
            || self.schemas.view(list).is_some_and(|view| view.form.needs_name());
        has_name.then(|| "value".to_owned())
    }
}
