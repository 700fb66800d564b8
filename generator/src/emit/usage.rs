//! Writes the first section of the crate's documentation: an example call, and the credentials that
//! operations accept.
//!
//! Invariant: an example uses the client's own names. A variable has the name of its parameter.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::Emitter;
use super::imports::Imports;
use crate::doc::{DocText, Inline, code, item, joined, text};
use crate::ir::{self, Content, Credential, Location, Method};
use crate::rust::Operation;

/// The longest line of an example, in characters.
const WIDTH: usize = 90;

impl<'a> Emitter<'a> {
    /// Returns an example of a call, and of reading a paged list. The crate's name is not known
    /// here, so the example cannot be a doctest.
    pub(super) fn usage(self) -> DocText {
        let Some(operation) = self.simplest(|_| true) else { return DocText::default() };
        let server = if self.api.server.is_some() { "" } else { "server, " };
        let mut lines = vec![
            format!("let client = Client::new({server}{})?;", auth(operation.declared)),
            format!("let answer = {}.send().await?;", call_text(operation)),
        ];
        if let Some(operation) = self.simplest(|operation| operation.declared.paging.is_some()) {
            lines.extend([
                String::new(),
                format!("let mut items = {}.items();", call_text(operation)),
                "while let Some(item) = items.next().await {".to_owned(),
                "    let item = item?;".to_owned(),
                "}".to_owned(),
            ]);
        }
        DocText::example(&lines)
    }

    /// Returns the credentials that operations accept, without duplicates.
    pub(super) fn taken(self) -> BTreeSet<&'a Credential> {
        self.api.operations.iter().flat_map(|operation| &operation.security).flatten().collect()
    }

    /// Returns which credentials operations accept, and how to pass them.
    pub(super) fn credentials(self) -> DocText {
        let alternatives = self.api.operations.iter().flat_map(|operation| &operation.security);
        let taken: BTreeMap<Vec<String>, DocText> = alternatives
            .filter(|alternative| !alternative.is_empty())
            .map(|all| {
                let about = DocText::line(joined(all.iter().map(describe), " and "));
                (about.lines(), about)
            })
            .collect();
        let about = match (self.api.undeclared_security, taken.len()) {
            (true, _) => {
                "The document does not declare which credentials operations accept. [`Auth::bearer`], [`Auth::basic`] or \
                 [`Auth::provider`] is sent in `Authorization` with every operation."
            }
            (false, 0) => "Operations accept no credentials: use [`Auth::none`].",
            (false, 1) => "Operations accept:",
            (false, _) => "Operations accept one or more of these, combined by [`Auth::and`]:",
        };
        let some = (self.api.undeclared_security && !taken.is_empty())
            .then(|| DocText::fixed("Some operations declare credentials as parameters:"));
        DocText::join([DocText::fixed(about), some.unwrap_or_default(), DocText::list(taken.into_values())])
    }

    /// Returns an example that creates and sends a request. Its hidden lines declare variables with
    /// the types of the method's arguments, so that every example compiles.
    pub(super) fn call_example(self, operation: &Operation) -> DocText {
        let first = operation.representations.first();
        let send = first.map_or_else(|| "send".to_owned(), |representation| representation.send.to_string());
        let is_empty =
            first.is_none_or(|first| first.declared.only().is_none_or(|only| *only == Content::Nothing));
        let answer = if is_empty { "" } else { "let answer = " };
        let call = call_text(operation);
        let whole = format!("{answer}{call}.{send}().await?;");
        let lines = if whole.chars().count() <= WIDTH {
            vec![whole]
        } else {
            vec![format!("{answer}{call}"), format!("    .{send}()"), "    .await?;".to_owned()]
        };
        let is_named = |name: &str| operation.parameters.iter().any(|one| one.name == name);
        match self.rust.library {
            Some(library) if !is_named("client") => {
                let mut imports = Imports::default();
                let taken = self.taken_arguments(operation, operation.required_body(), &mut imports);
                let arguments: Vec<String> = taken.iter().map(|taken| source(&taken.argument)).collect();
                let given = arguments.join(", ");
                let imports = source(&imports.items());
                let mut all = vec![
                    format!("# use {library}::{{Client, Error, models, requests::*}}; {imports}")
                        .trim_end()
                        .to_owned(),
                    format!("# async fn call(client: &Client, {given}) -> Result<(), Error> {{")
                        .replace(", )", ")"),
                ];
                all.extend(lines);
                all.push("# Ok(()) }".to_owned());
                DocText::compiled_example(&all)
            }
            _ => DocText::example(&lines),
        }
    }

    /// Returns the operation that is easiest to call, among those that fit.
    fn simplest(self, fits: impl Fn(&Operation) -> bool) -> Option<&'a Operation<'a>> {
        let operations = self.rust.operations.iter().filter(|operation| fits(operation));
        operations.min_by_key(|operation| {
            let declared = operation.declared;
            let is_open = declared.security.iter().all(Vec::is_empty);
            let required = operation.required().count();
            (is_open, declared.method != Method::Get, declared.body_required, required, operation.method)
        })
    }
}

/// Returns the expression that creates an operation's request.
fn call_text(operation: &Operation) -> String {
    let mut arguments: Vec<String> =
        operation.required().map(|parameter| parameter.name.to_string()).collect();
    if let Some(body) = operation.required_body() {
        arguments.extend(body.declared.media_type.contains('*').then(|| "media_type".to_owned()));
        arguments.push("body".to_owned());
    }
    // A group has its methods behind a method of the client.
    let receiver =
        operation.group.map_or_else(|| "client".to_owned(), |group| format!("client.{}()", group.method));
    format!("{receiver}.{}({})", operation.method, arguments.join(", "))
}

/// Returns the first credentials that an operation accepts.
fn auth(operation: &ir::Operation) -> String {
    let asked = operation.security.iter().find(|alternative| !alternative.is_empty());
    let mut given = asked.into_iter().flatten().enumerate().map(|(index, credential)| match credential {
        Credential::Basic => "Auth::basic(user, password)".to_owned(),
        Credential::Bearer => "Auth::bearer(token)".to_owned(),
        Credential::Key(..) if credential.is_authorization() => "Auth::bearer(token)".to_owned(),
        Credential::Key(..) if asked.is_some_and(|all| all.len() == 1) => "Auth::api_key(key)".to_owned(),
        Credential::Key(_, name) if index == 0 => format!("Auth::api_key_for({name:?}, key)"),
        Credential::Key(_, name) => format!("Auth::api_key_for({name:?}, key{})", index + 1),
    });
    let first = given.next().unwrap_or_else(|| "Auth::none()".to_owned());
    given.fold(first, |all, one| format!("{all}.and({one})"))
}

/// Returns the description of a credential: what it is, where it is sent, and how to pass it.
fn describe(credential: &Credential) -> Vec<Inline> {
    let (kind, constructor) = match credential {
        Credential::Key(..) if credential.is_authorization() => {
            let whole = [text("the header "), code("Authorization"), text(", by "), item("Auth::bearer")];
            let rest = [text(", "), item("Auth::basic"), text(", or as a whole by "), item("Auth::api_key")];
            return whole.into_iter().chain(rest).collect();
        }
        Credential::Basic => (vec![text("a user name and a password")], "basic"),
        Credential::Bearer => (vec![text("a bearer token")], "bearer"),
        Credential::Key(place, name) => {
            let place = match place {
                Location::Query | Location::QueryString => "query parameter",
                Location::Cookie => "cookie",
                Location::Header | Location::Path => "header",
            };
            (vec![text(format!("an API key, sent as {place} ")), code(name)], "api_key")
        }
    };
    kind.into_iter().chain([text(": "), item(format!("Auth::{constructor}"))]).collect()
}

/// Returns tokens as source, with the usual spaces.
fn source(tokens: &TokenStream) -> String {
    const SPACES: &[(&str, &str)] = &[
        (" :: ", "::"),
        (" : ", ": "),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
    ];
    SPACES.iter().fold(tokens.to_string(), |text, (from, to)| text.replace(from, to))
}
