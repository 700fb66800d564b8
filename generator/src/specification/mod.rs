//! The objects of OpenAPI 3.0.3 §4.7 and their members, including those of 3.1 and 3.2.
//!
//! `source` and `bundle` find references by these tables, `normalise` checks documents against
//! them, and `document` reads single nodes by them.
//!
//! Invariant: the members of the specification's objects are listed in this folder only.

mod context;
mod tables;

use serde_json::Value;

pub(crate) use context::{Context, is_node, visit};
use tables::{EXTENSIONS, table};

/// An object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    OpenApi,
    Info,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Responses,
    Response,
    Schema,
    Discriminator,
    SecurityScheme,
}

/// The type that a member's value must have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expects {
    Text,
    Flag,
    /// A non-negative integer.
    Count,
    Number,
    /// A list of strings.
    Texts,
    /// A list of any values, such as `enum`.
    List,
    /// Any JSON value, such as `example`.
    Any,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An object of the specification.
    Node(Kind),
    /// A list of objects of the specification.
    Nodes(Kind),
    /// An object whose values are objects of the specification.
    Map(Kind),
    /// A schema or a boolean.
    SchemaOrFlag,
    /// A list of objects that map a security scheme's name to scopes.
    Security,
    /// Known, but not read because it does not affect the client.
    Unread,
    /// Known, and not supported yet.
    Unsupported,
    /// A known restriction of the valid values that is not checked.
    Unchecked,
}

impl Kind {
    /// Returns the type that the member `key` must have, or `None` if the specification does not
    /// define the member.
    pub(crate) fn expects(self, key: &str) -> Option<Expects> {
        match self {
            Self::Paths => return key.starts_with('/').then_some(Expects::Node(Self::PathItem)),
            Self::Responses => return is_status(key).then_some(Expects::Node(Self::Response)),
            _ => {}
        }
        table(self).iter().find(|(name, _)| *name == key).map(|(_, expects)| *expects)
    }

    /// Returns the key of this object that `key` misspells. The keys differ by one letter added,
    /// omitted, changed or swapped with its neighbour. Keys of eight letters or more may have two
    /// such differences.
    pub(crate) fn similar(self, key: &str) -> Option<&'static str> {
        let most = match key.chars().count() {
            0..4 => return None,
            4..8 => 1,
            _ => 2,
        };
        let distance = |known: &str| strsim::osa_distance(&key.to_lowercase(), &known.to_lowercase());
        let known = table(self).iter().map(|(known, _)| (distance(known), *known));
        known.filter(|(distance, _)| *distance <= most).min().map(|(_, known)| known)
    }

    /// Returns the object and the type of one of the generator's own extensions, or `None` for any
    /// other extension.
    pub(crate) fn of_extension(key: &str) -> Option<(Self, Expects)> {
        EXTENSIONS.iter().find(|(name, ..)| *name == key).map(|(_, kind, expects)| (*kind, *expects))
    }

    /// Returns true if a Reference Object may replace this object.
    pub(crate) fn is_referable(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::Header
                | Self::RequestBody
                | Self::Response
                | Self::Schema
                | Self::SecurityScheme
                | Self::PathItem
        )
    }

    /// Returns the object's name in the specification, in lower case, with an article.
    pub(crate) fn a_name(self) -> String {
        let name = self.name();
        let article = match name {
            "document" | "components" | "paths" | "responses" => "the",
            _ if name.starts_with(['i', 'o']) => "an",
            _ => "a",
        };
        format!("{article} {name}")
    }

    /// Returns the object's name in the specification, in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OpenApi => "document",
            Self::Info => "info",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Components => "components",
            Self::Paths => "paths",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Header => "header",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Responses => "responses",
            Self::Response => "response",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::SecurityScheme => "security scheme",
        }
    }

    /// Returns the members that the specification requires but that are read as empty if missing.
    pub(crate) fn demanded(self) -> &'static [&'static str] {
        match self {
            Self::Info => &["title", "version"],
            Self::Operation => &["responses"],
            Self::RequestBody => &["content"],
            Self::Response => &["description"],
            _ => &[],
        }
    }
}

impl Expects {
    /// Returns true if `value` has this type. Does not look at the values inside it.
    pub(crate) fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Any | Self::Unread | Self::Unsupported | Self::Unchecked => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Count => value.is_u64(),
            Self::Number => value.is_number(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::OneOf(texts) => value.as_str().is_some_and(|text| texts.contains(&text)),
            Self::List | Self::Nodes(_) => value.is_array(),
            Self::Node(_) | Self::Map(_) => value.is_object(),
            Self::SchemaOrFlag => value.is_object() || value.is_boolean(),
            Self::Security => value.as_array().is_some_and(|items| items.iter().all(Value::is_object)),
        }
    }

    /// Returns the empty value of this type.
    pub(crate) fn empty(self) -> Value {
        match self {
            Self::Node(_) | Self::Map(_) => Value::Object(serde_json::Map::new()),
            Self::Nodes(_) | Self::List | Self::Texts | Self::Security => Value::Array(Vec::new()),
            Self::Text => Value::String(String::new()),
            _ => Value::Null,
        }
    }

    /// Returns the type in words, such as «a list of strings».
    pub(crate) fn words(self) -> String {
        match self {
            Self::Any | Self::Unread | Self::Unsupported | Self::Unchecked => "any value".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Flag => "a boolean".to_owned(),
            Self::Count => "a non-negative integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Texts => "a list of strings".to_owned(),
            Self::List | Self::Nodes(_) | Self::Security => "a list".to_owned(),
            Self::OneOf(texts) => format!("one of `{}`", texts.join("`, `")),
            Self::Node(_) | Self::Map(_) => "an object".to_owned(),
            Self::SchemaOrFlag => "a schema or a boolean".to_owned(),
        }
    }
}

/// Returns true if a key of the Responses Object is a status code, a range of status codes, or
/// `default`.
fn is_status(key: &str) -> bool {
    let [class, rest @ ..] = key.as_bytes() else { return false };
    let range = rest.eq_ignore_ascii_case(b"XX");
    let code = rest.len() == 2 && rest.iter().all(u8::is_ascii_digit);
    key == "default" || (matches!(class, b'1'..=b'5') && (range || code))
}
