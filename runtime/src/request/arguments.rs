//! The arguments of one call.
//!
//! Input: the name, style and value of each parameter. Output: texts for path, query, headers and
//! cookies. Invariants: a value is encoded once, in this module. A value that cannot be sent gives
//! an error that names the parameter but not the value.

use crate::{
    model::{Argument, Encode},
    request::Request,
    request::path,
    request::style::Style,
    request::tree::Tree,
    wire::header,
};
use http::{HeaderMap, HeaderValue, header::COOKIE};

/// A string type for lists of strings as arguments.
pub trait Text: Encode {}

impl Text for str {}
impl Text for String {}
impl Text for std::borrow::Cow<'_, str> {}
impl<T: Text + ?Sized> Text for &T {}

/// Collects a list of values that convert into `T`.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Collects pairs of a key that converts into a string and a value that converts into `T`.
pub fn map<T>(
    pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> std::collections::BTreeMap<String, T> {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}

/// The arguments of one call.
#[derive(Default)]
pub(crate) struct Arguments {
    /// Percent-encoded.
    path: Vec<(&'static str, String)>,
    /// Percent-encoded: one or more pairs for each parameter, joined by `&`.
    query: Vec<(&'static str, String)>,
    /// Percent-encoded: one or more pairs for each parameter, joined by `; `.
    cookies: Vec<(&'static str, String)>,
    headers: HeaderMap,
    /// The texts that were given, each with its parameter's name.
    texts: Vec<(&'static str, String)>,
    problem: Option<String>,
}

/// A call's arguments, ready for a request.
pub(crate) struct Target {
    pub(crate) path: String,
    pub(crate) query: String,
}

impl Request {
    /// Sets a path parameter to a text, which is percent-encoded. `send` returns an error for an
    /// empty text, `.` and `..`, which no URL can represent as a segment.
    pub fn path(mut self, name: &'static str, value: &str) -> Self {
        self.arguments.path(name, Style::SIMPLE, Ok(Tree::Text(value.to_owned())));
        self
    }

    /// Sets a path parameter to a value.
    pub fn path_value<T: Argument + ?Sized>(mut self, name: &'static str, style: Style, value: &T) -> Self {
        self.arguments.path(name, style, Tree::of(value));
        self
    }

    /// Sets a query parameter to a text, which is percent-encoded.
    pub fn query(mut self, name: &'static str, value: &str) -> Self {
        self.arguments.query(name, Style::FORM, Ok(Tree::Text(value.to_owned())));
        self
    }

    /// Sets a query parameter to a value.
    pub fn query_value<T: Argument + ?Sized>(mut self, name: &'static str, style: Style, value: &T) -> Self {
        self.arguments.query(name, style, Tree::of(value));
        self
    }

    /// Sets the whole query to the JSON of a value, which is percent-encoded.
    pub fn query_string<T: Argument + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.arguments.query_string(name, Tree::of(value));
        self
    }

    /// Sets a header parameter to a text of visible ASCII.
    pub fn header_parameter(mut self, name: &'static str, value: &str) -> Self {
        self.arguments.header(name, value);
        self
    }

    /// Sets a header parameter to a value.
    pub fn header_value<T: Argument + ?Sized>(mut self, name: &'static str, style: Style, value: &T) -> Self {
        self.arguments.header_value(name, style, Tree::of(value));
        self
    }

    /// Sets a cookie parameter to a text, which is percent-encoded.
    pub fn cookie(mut self, name: &'static str, value: &str) -> Self {
        self.arguments.cookie(name, Style::FORM, Ok(Tree::Text(value.to_owned())));
        self
    }

    /// Sets a cookie parameter to a value.
    pub fn cookie_value<T: Argument + ?Sized>(mut self, name: &'static str, style: Style, value: &T) -> Self {
        self.arguments.cookie(name, style, Tree::of(value));
        self
    }

    /// Redacts a secret of the request's body in messages, which show `name` instead.
    pub(crate) fn concealing(mut self, name: &'static str, secret: &str) -> Self {
        self.arguments.texts.push((name, secret.to_owned()));
        self
    }

    /// Sets a header for this request. The value is visible ASCII, and replaces an earlier value.
    ///
    /// `send` returns an error for `Authorization`, `Connection`, `Content-Length`, `Host` and
    /// `Transfer-Encoding`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.arguments.header(name, value);
        self
    }
}

impl Arguments {
    fn path(&mut self, name: &'static str, style: Style, value: Result<Tree, String>) {
        if let Some(text) = self.spell("path", name, value, |value| style.path(name, value)) {
            set(&mut self.path, name, text);
        }
    }

    fn query(&mut self, name: &'static str, style: Style, value: Result<Tree, String>) {
        if let Some(pairs) = self.spell("query", name, value, |value| style.pairs(name, value, None)) {
            set(&mut self.query, name, joined(&pairs, "&"));
        }
    }

    fn query_string(&mut self, name: &'static str, value: Result<Tree, String>) {
        if let Some(text) = self.spell("query", name, value, |value| Style::JSON.path(name, value)) {
            set(&mut self.query, name, text);
        }
    }

    fn cookie(&mut self, name: &'static str, style: Style, value: Result<Tree, String>) {
        let pairs = |value: &Tree| style.cookies(name, value);
        if let Some(pairs) = self.spell("cookie", name, value, pairs) {
            set(&mut self.cookies, name, joined(&pairs, "; "));
        }
    }

    fn header_value(&mut self, name: &'static str, style: Style, value: Result<Tree, String>) {
        let text = value.and_then(|value| style.header(&value));
        if let Some(Some(text)) = self.checked("header", name, text) {
            self.header(name, &text);
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        if let Err(problem) = header::set(&mut self.headers, name, value) {
            self.problem.get_or_insert(problem);
        }
    }

    /// Serializes a value. Remembers its texts, so that messages can redact them.
    fn spell<T>(
        &mut self,
        place: &str,
        name: &'static str,
        value: Result<Tree, String>,
        style: impl Fn(&Tree) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.checked(place, name, value)?;
        let spelled = self.checked(place, name, style(&value));
        value.into_texts(&mut |text| self.texts.push((name, text)));
        spelled
    }

    fn checked<T>(&mut self, place: &str, name: &str, result: Result<T, String>) -> Option<T> {
        let refused = |problem: String| format!("{place} parameter `{name}` has {problem}");
        result.map_err(|problem| self.refuse(refused(problem))).ok()
    }

    /// Records the first problem.
    pub(crate) fn refuse(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// Returns the first problem.
    pub(crate) fn problem(&mut self) -> Option<String> {
        self.problem.take()
    }

    /// Returns path and query for a template.
    ///
    /// # Errors
    /// The same as [`path::expand`].
    pub(crate) fn target(&self, template: &str) -> Result<Target, String> {
        let (path, fixed) = path::expand(template, &self.path)?;
        let given = self.query.iter().map(|(_, pairs)| pairs.as_str());
        let pairs: Vec<&str> =
            std::iter::once(&*fixed).chain(given).filter(|pairs| !pairs.is_empty()).collect();
        Ok(Target { path, query: pairs.join("&") })
    }

    /// Returns the given headers, with cookies.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        // All cookies share one header (RFC 6265 §5.4).
        let given = headers.get(COOKIE).and_then(|given| given.to_str().ok());
        let own = self.cookies.iter().map(|(_, pairs)| pairs.as_str());
        let cookies: Vec<&str> = given.into_iter().chain(own).filter(|pairs| !pairs.is_empty()).collect();
        if let (false, Ok(cookies)) = (self.cookies.is_empty(), HeaderValue::from_str(&cookies.join("; "))) {
            headers.insert(COOKIE, cookies);
        }
        headers
    }

    /// Returns the texts that a server may echo, and the headers.
    pub(crate) fn into_texts(self) -> (Vec<(&'static str, String)>, HeaderMap) {
        (self.texts, self.headers)
    }
}

/// Sets a parameter's text. Replaces an earlier one.
fn set(known: &mut Vec<(&'static str, String)>, name: &'static str, text: String) {
    known.retain(|(given, _)| *given != name);
    known.push((name, text));
}

fn joined(pairs: &[(String, String)], between: &str) -> String {
    pairs.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(between)
}
