//! Writes types and values of the IR as text.

use super::Surveyor;
use crate::ir::{Content, Credential, Scalar, Style, StyleKind, TypeRef};

impl Surveyor<'_> {
    /// Returns a type as in generated code, with models by path.
    pub(super) fn shape(&self, shape: &TypeRef) -> String {
        match shape {
            TypeRef::Named(id) => self.type_path(*id),
            TypeRef::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            TypeRef::List(inner) => format!("Vec<{}>", self.shape(inner)),
            TypeRef::Map(inner) => format!("BTreeMap<String, {}>", self.shape(inner)),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.shape(inner)),
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shape(item)).collect();
                format!("({})", items.join(", "))
            }
            TypeRef::Any(_) => "AnyJson".to_owned(),
        }
    }

    /// Returns the type of a response's body, as the return type of `send`.
    pub(super) fn content(&self, content: &Content) -> String {
        match content {
            Content::Nothing => "()".to_owned(),
            Content::Json(shape) => self.shape(shape),
            Content::Text => "String".to_owned(),
            Content::Bytes => "Bytes".to_owned(),
            Content::Events(None) => "EventStream<String>".to_owned(),
            Content::Events(Some(shape)) | Content::NamedEvents(shape) => {
                format!("EventStream<{}>", self.shape(shape))
            }
            Content::Lines(shape) => format!("LineStream<{}>", self.shape(shape)),
            Content::Redirect(_) => "Redirect".to_owned(),
        }
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Bool => "bool",
        Scalar::I64 => "i64",
        Scalar::U64 => "u64",
        Scalar::F64 => "f64",
        Scalar::DateTime => "DateTime",
        Scalar::Date => "Date",
        Scalar::Uuid => "Uuid",
        Scalar::Rfc2822 => "Rfc2822",
        Scalar::UnixTime => "UnixTime",
        Scalar::Base64 => "Base64",
        Scalar::Number => "Number",
        Scalar::Null => "()",
    }
}

pub(super) fn style(style: Style) -> String {
    let kind = match style.kind {
        StyleKind::Simple => "simple",
        StyleKind::Label => "label",
        StyleKind::Matrix => "matrix",
        StyleKind::Form => "form",
        StyleKind::SpaceDelimited => "spaceDelimited",
        StyleKind::PipeDelimited => "pipeDelimited",
        StyleKind::TabDelimited => "tabDelimited",
        StyleKind::DeepObject => "deepObject",
        StyleKind::Json => "json",
    };
    let explode = if style.explode { " explode" } else { "" };
    let reserved = if style.reserved { " allowReserved" } else { "" };
    format!("{kind}{explode}{reserved}")
}

/// Returns the security alternatives: `bearer | basic + header X-Key`. `none` means that calls work
/// without credentials.
pub(super) fn security(alternatives: &[Vec<Credential>]) -> Option<String> {
    let one = |credential: &Credential| match credential {
        Credential::Basic => "basic".to_owned(),
        Credential::Bearer => "bearer".to_owned(),
        Credential::Key(location, name) => format!("{} {name}", location.word()),
    };
    let all = |credentials: &Vec<Credential>| match credentials.as_slice() {
        [] => "none".to_owned(),
        some => Vec::from_iter(some.iter().map(one)).join(" + "),
    };
    let mut alternatives: Vec<String> = alternatives.iter().map(all).collect();
    alternatives.sort();
    (!alternatives.is_empty()).then(|| alternatives.join(" | "))
}
