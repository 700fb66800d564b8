//! Lowers servers: determines the base URL of the document or of an operation.
//!
//! A relative URL is resolved against the document's URL, `$self` (OpenAPI 3.1.1 §4.8.5, RFC 3986
//! §5.2).

use fluent_uri::{Uri, UriRef};
use openapiv3::Server;
use serde_json::Value;

use super::super::Lower;
use crate::diagnostic::Code;
use crate::ir;
use crate::limits::URL_BYTES;
use crate::pointer::Pointer;
use crate::specification::Kind;

/// Why a relative URL is not resolved.
const RELATIVE: &str = "is relative, and the document has no absolute `$self` to resolve it against";

/// The address to which a server's requests are sent.
enum Reach {
    /// An `http` or `https` URL.
    Url(String),
    /// A path on the unknown host that the document is on.
    Path(String),
    /// The URL cannot be used, for this reason.
    Nowhere(&'static str),
}

impl Lower<'_> {
    pub(in crate::lower) fn servers(&mut self) {
        let first = Pointer::root().child("servers").item(0);
        let note = "the client has no default server: pass one to its builder";
        let url = self.server(&first, note);
        self.collect_servers();
        let reach = url.as_ref().map(|url| self.reach(url, &first));
        let why = match reach {
            Some(Reach::Url(url)) => {
                self.api.server = Some(url.trim_end_matches('/').to_owned());
                return;
            }
            Some(Reach::Path(_)) => RELATIVE,
            Some(Reach::Nowhere(why)) => why,
            None => return,
        };
        let message = format!("the server's URL `{}` {why}", url.unwrap_or_default());
        let mut templates = self.api.servers.iter().map(|server| &server.template);
        let absolute = templates.find(|url| is_absolute(url) && !url.contains('{'));
        let note = match absolute {
            Some(other) => format!("{note}, such as `{other}`, which the document lists too"),
            None => note.to_owned(),
        };
        self.warn(Code::UnsupportedServer, &first.child("url"), message, &note);
    }

    /// Reads the document's servers, for documentation.
    fn collect_servers(&mut self) {
        for pointer in self.document.items(&Pointer::root().child("servers")) {
            let Ok(server) = self.document.read::<Server>(&pointer, Kind::Server) else { continue };
            let variable = |(name, variable): (String, openapiv3::ServerVariable)| ir::Variable {
                name,
                default: variable.default,
                values: variable.enumeration,
            };
            let variables = server.variables.into_iter().flatten().map(variable).collect();
            let docs = self.docs(&pointer);
            self.api.servers.push(ir::Server { template: server.url, docs, variables });
        }
    }

    /// Returns the URL of the server at `pointer`, with variables replaced by their defaults
    /// (OpenAPI 3.0.4 §4.7.6).
    fn server(&mut self, pointer: &Pointer, note: &str) -> Option<String> {
        self.document.get(pointer)?;
        match self.document.read::<Server>(pointer, Kind::Server) {
            Ok(server) => match filled(&server) {
                Some(url) => Some(url),
                None => {
                    let message = format!("the server's URL has more than {URL_BYTES} bytes");
                    self.warn(Code::UnsupportedServer, &pointer.child("url"), message, note);
                    None
                }
            },
            Err(problem) => {
                self.push(problem.note(note));
                None
            }
        }
    }

    /// Returns the server of the operation at `pointer` if it differs from the document's: its own,
    /// or its path item's.
    pub(super) fn own_server(&mut self, path_item: &Pointer, operation: &Pointer) -> Option<String> {
        let servers = |of: &Pointer| {
            self.document.get(&of.child("servers")).filter(|list| !list.as_array().is_none_or(Vec::is_empty))
        };
        let own = [operation, path_item].into_iter().find(|own| servers(own).is_some())?;
        fn first(list: &Value) -> [Option<&Value>; 2] {
            ["url", "variables"].map(|key| list.get(0)?.get(key))
        }
        if servers(&Pointer::root()).map(first) == servers(own).map(first) {
            return None;
        }
        let pointer = own.child("servers").item(0);
        let note = "the operation is sent to the document's server";
        let url = self.server(&pointer, note)?;
        match self.reach(&url, &pointer) {
            Reach::Url(url) => Some(url),
            Reach::Path(path) => {
                // The document's host can differ from the server's only if the server's URL names a
                // host.
                if self.api.server.is_some() {
                    let message = format!("the server's URL `{url}` {RELATIVE}");
                    let note = "it is used as a path on the client's server";
                    self.warn(Code::UnsupportedServer, &pointer.child("url"), message, note);
                }
                Some(path)
            }
            Reach::Nowhere(why) => {
                let message = format!("the server's URL `{url}` {why}");
                self.warn(Code::UnsupportedServer, &pointer.child("url"), message, note);
                None
            }
        }
    }

    /// Returns the address of requests to a server. Reports a query or fragment that is removed,
    /// and a missing scheme.
    fn reach(&mut self, url: &str, server: &Pointer) -> Reach {
        if url.contains('{') {
            return Reach::Nowhere("has a variable that is not declared");
        }
        let pointer = server.child("url");
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let (plain, rest) = url.split_at_checked(end).unwrap_or((url, ""));
        if !rest.is_empty() {
            let message = format!("the server's URL `{url}` has a query or a fragment");
            self.warn(Code::UnsupportedServer, &pointer, message, &format!("`{rest}` is removed"));
        }
        // An empty reference names the document, which serves no operation.
        let plain = if plain.is_empty() { "/" } else { plain };
        if is_absolute(plain) {
            return Reach::Url(plain.to_owned());
        }
        if plain.contains("://") {
            return Reach::Nowhere("is neither `http` nor `https`");
        }
        match (self.base(), UriRef::parse(plain)) {
            (Some(base), Ok(reference)) => match reference.resolve_against(&base) {
                Ok(url) => Reach::Url(url.as_str().to_owned()),
                Err(_) => Reach::Nowhere("can't be resolved"),
            },
            (_, Err(_)) => Reach::Nowhere("is no URL"),
            (None, Ok(_)) if plain.starts_with("//") => {
                let message = format!("the server's URL `{url}` has no scheme");
                self.warn(Code::UnsupportedServer, &pointer, message, "`https` is used");
                Reach::Url(format!("https:{plain}"))
            }
            (None, Ok(_)) if plain.starts_with('/') => Reach::Path(plain.to_owned()),
            (None, Ok(_)) => Reach::Nowhere(RELATIVE),
        }
    }

    /// Returns the URL of the document, without a fragment, if it gives one.
    fn base(&self) -> Option<Uri<String>> {
        let own = self.document.get(&Pointer::root().child("$self"))?.as_str()?;
        let uri = Uri::parse(own.split('#').next().unwrap_or_default()).ok()?;
        Some(uri.to_owned()).filter(|uri| is_absolute(uri.as_str()))
    }
}

/// Returns the URL of a server with variables replaced by their defaults. Returns `None` if it is
/// too long.
fn filled(server: &Server) -> Option<String> {
    let variables = server.variables.as_ref();
    let default = |name: &str| Some(variables?.get(name)?.default.as_str());
    let mut url = String::new();
    let mut rest = server.url.as_str();
    while let Some((before, inside)) = rest.split_once('{') {
        let (value, after) = match inside.split_once('}') {
            Some((name, after)) if default(name).is_some() => (default(name)?, after),
            _ => ("{", inside),
        };
        for part in [before, value] {
            url.push_str(part);
        }
        if url.len() > URL_BYTES {
            return None;
        }
        rest = after;
    }
    url.push_str(rest);
    (url.len() <= URL_BYTES).then_some(url)
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}
