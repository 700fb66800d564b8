//! Styles: how values are serialized as text (OpenAPI 3.0.4 §4.7.12.2, RFC 6570).
//!
//! Input: a value's tree, a parameter's name and style. Output: text for a path, a query, a header,
//! a cookie or a form. Invariants: one table defines the text before, between and after the parts
//! of a value. A decoder gets each part exactly, or there is no request.

mod parts;
#[cfg(test)]
mod tests;

use crate::request::tree::Tree;
use crate::wire::percent::{Keep, is_of_cookie};
use parts::{Parts, Row, apart, ascii, deep, named, one, parts, percent, texts};

/// The serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    form: Form,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Simple,
    Label,
    Matrix,
    Query,
    Spaces,
    Pipes,
    Tabs,
    Deep,
    Json,
}

impl Style {
    /// `blue,black,brown`: paths and headers.
    pub const SIMPLE: Self = Self::of(Form::Simple);
    /// `.blue,black,brown`: paths.
    pub const LABEL: Self = Self::of(Form::Label);
    /// `;color=blue,black,brown`: paths.
    pub const MATRIX: Self = Self::of(Form::Matrix);
    /// `color=blue,black,brown`: queries, cookies and forms. [Exploded](Self::exploded):
    /// `color=blue&color=black`.
    pub const FORM: Self = Self::of(Form::Query);
    /// `color=blue%20black%20brown`: queries and forms. Also paths and headers, for OpenAPI 2.0.
    pub const SPACE_DELIMITED: Self = Self::of(Form::Spaces);
    /// `color=blue%7Cblack%7Cbrown`: queries and forms. Also paths and headers, for OpenAPI 2.0.
    pub const PIPE_DELIMITED: Self = Self::of(Form::Pipes);
    /// `color=blue%09black%09brown`: OpenAPI 2.0 (`tsv`).
    pub const TAB_DELIMITED: Self = Self::of(Form::Tabs);
    /// `color%5BR%5D=100&color%5BG%5D=200`: queries and forms. Nested parts add brackets, items add
    /// their index.
    pub const DEEP_OBJECT: Self = Self::of(Form::Deep);
    /// JSON as one text, for `content: {application/json: …}`.
    pub const JSON: Self = Self::of(Form::Json);

    const fn of(form: Form) -> Self {
        Self { form, explode: false, reserved: false }
    }

    /// Separates the parts: `explode: true`.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Keeps reserved characters except `#[]&+`, which a query cannot hold: `allowReserved: true`. A
    /// cookie is sent as it is: `style: cookie` of OpenAPI 3.2.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    fn keep(self) -> Keep {
        if self.reserved { Keep::Reserved } else { Keep::Unreserved }
    }

    /// Returns a value as pairs of name and text for cookies.
    ///
    /// # Errors
    /// The same errors as [`pairs`](Self::pairs). In the style `cookie`, which escapes nothing, also
    /// a message if a text has a character that a cookie cannot hold.
    pub(crate) fn cookies(self, name: &str, value: &Tree) -> Result<Vec<(String, String)>, String> {
        if !self.reserved {
            return self.pairs(name, value, Some(Keep::Unreserved));
        }
        let mut fits = true;
        value.clone().into_texts(&mut |text| fits &= text.bytes().all(is_of_cookie));
        if !fits {
            return Err("a character that a cookie cannot hold, and its style escapes none".to_owned());
        }
        self.pairs(name, value, Some(Keep::Cookie))
    }

    /// Returns a percent-encoded value for a path.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains a delimiter that cannot be
    /// escaped.
    pub(crate) fn path(self, name: &str, value: &Tree) -> Result<String, String> {
        let row = self.row();
        let encoded = |text: &str| percent(text, Keep::Unreserved);
        // The case of nearly all path parameters.
        if let (Form::Simple, Some(text)) = (self.form, value.text()) {
            return Ok(encoded(text));
        }
        let name = encoded(name);
        let parts = match (self.form, parts(value)?) {
            (Form::Json, _) => return Ok(encoded(&value.to_json())),
            (_, Parts::One(text)) => vec![named(row.named, &name, &encoded(&text))],
            (_, Parts::List(items)) => {
                let items = row.apart(items.iter().map(|item| (item.as_str(), encoded(item))))?;
                if self.explode {
                    items.iter().map(|item| named(row.named, &name, item)).collect()
                } else if items.is_empty() {
                    vec![]
                } else {
                    vec![named(row.named, &name, &items.join(row.inside()))]
                }
            }
            (_, Parts::Object(members)) => {
                let flat = members.iter().flat_map(|(key, text)| [key, text]);
                let flat = row.apart(flat.map(|part| (part.as_str(), encoded(part))))?;
                if self.explode {
                    flat.chunks(2).map(|member| member.join("=")).collect()
                } else if flat.is_empty() {
                    vec![]
                } else {
                    vec![named(row.named, &name, &flat.join(row.inside()))]
                }
            }
        };
        let first = if parts.is_empty() { "" } else { row.first };
        Ok(format!("{first}{}", parts.join(row.between)))
    }

    /// Returns a value as percent-encoded pairs of name and text, for a query, cookies or a form.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains a delimiter that cannot be
    /// escaped.
    pub(crate) fn pairs(
        self,
        name: &str,
        value: &Tree,
        keep: Option<Keep>,
    ) -> Result<Vec<(String, String)>, String> {
        let keep = keep.unwrap_or(self.keep());
        let encoded = |text: &str| percent(text, keep);
        // Reserved characters in names are always encoded.
        let key = |text: &str| percent(text, if keep == Keep::Reserved { Keep::Unreserved } else { keep });
        let mut row = self.row();
        if matches!(keep, Keep::Reserved | Keep::Cookie) && row.between == "," {
            row.taken = Some(',');
        }
        match (self.form, value) {
            (Form::Json, _) => return Ok(vec![(key(name), encoded(&value.to_json()))]),
            (Form::Deep, _) => {
                let mut pairs = Vec::new();
                deep(name.to_owned(), value, &mut |name, text| pairs.push((key(name), encoded(text))))?;
                return Ok(pairs);
            }
            // OpenAPI does not define lists in an object. They are written as in a form.
            (Form::Query, Tree::Object(members)) if self.explode => {
                let texts =
                    members.iter().flat_map(|(member, value)| texts(value).map(move |text| (member, text)));
                return Ok(texts.map(|(member, text)| (key(member), encoded(&text))).collect());
            }
            _ => {}
        }
        Ok(match parts(value)? {
            Parts::One(text) => vec![(key(name), encoded(&text))],
            Parts::List(items) if self.explode => {
                items.iter().map(|item| (key(name), encoded(item))).collect()
            }
            Parts::Object(members) if self.explode => {
                members.iter().map(|(member, text)| (key(member), encoded(text))).collect()
            }
            Parts::List(items) => {
                let parts = row.apart(items.iter().map(|item| (item.as_str(), encoded(item))))?;
                one(key(name), parts, row.between)
            }
            Parts::Object(members) => {
                let flat = members.iter().flat_map(|(member, text)| [member, text]);
                let parts = row.apart(flat.map(|part| (part.as_str(), encoded(part))))?;
                one(key(name), parts, row.between)
            }
        })
    }

    /// Returns a value for a header. OpenAPI defines no encoding there. Returns `None` if the value
    /// has no parts.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains the delimiter.
    pub(crate) fn header(self, value: &Tree) -> Result<Option<String>, String> {
        if self.form == Form::Json {
            return Ok(Some(ascii(&value.to_json())));
        }
        let delimiter = self.row().taken.unwrap_or(',');
        let part = |text: &str| apart(text, Some(delimiter)).map(|()| text.to_owned());
        let parts: Vec<String> = match parts(value)? {
            Parts::One(text) => return Ok(Some(text)),
            Parts::List(items) => items.iter().map(|item| part(item)).collect::<Result<_, _>>()?,
            Parts::Object(members) => {
                let comma = delimiter.to_string();
                let joint = if self.explode { "=" } else { &comma };
                let member = |(key, text): &(String, String)| {
                    apart(key, Some('=').filter(|_| self.explode))?;
                    Ok(format!("{}{joint}{}", part(key)?, part(text)?))
                };
                members.iter().map(member).collect::<Result<_, String>>()?
            }
        };
        Ok(Some(parts.join(&delimiter.to_string())).filter(|_| !parts.is_empty()))
    }

    fn row(self) -> Row {
        let (first, between, named, taken) = match (self.form, self.explode) {
            (Form::Label, false) => (".", ",", false, None),
            (Form::Label, true) => (".", ".", false, Some('.')),
            (Form::Matrix, _) => (";", ";", true, None),
            (Form::Spaces, _) => ("", "%20", false, Some(' ')),
            (Form::Pipes, _) => ("", "%7C", false, Some('|')),
            (Form::Tabs, _) => ("", "%09", false, Some('\t')),
            _ => ("", ",", false, None),
        };
        Row { first, between, named, taken }
    }
}
