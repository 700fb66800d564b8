//! Servers: the document's servers in, one base URL out.

use openapiv3::Server;
use serde_json::Value;

use super::super::Lower;
use crate::diagnostic::Code;
use crate::document::shape::Kind;
use crate::ir;
use crate::pointer::Pointer;

impl Lower<'_> {
    pub(in crate::lower) fn servers(&mut self) {
        let first = Pointer::root().child("servers").item(0);
        let note = "the client has no server of its own: give one to its builder";
        self.api.server = self.server(&first, note).map(|url| url.trim_end_matches('/').to_owned());
        self.told();
        if let Some(url) = self.api.server.take_if(|url| !is_absolute(url) || url.contains('{')) {
            let why = if is_absolute(&url) { "has a variable that is not declared" } else { "is relative" };
            let message = format!("the server's URL `{url}` {why}");
            self.warn(Code::UnsupportedServer, &first.child("url"), message, note);
        }
    }

    /// The document's servers, for its readers.
    fn told(&mut self) {
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

    /// The URL of the server at `pointer`, its variables replaced by their defaults (OpenAPI 3.0.4 §4.7.6).
    fn server(&mut self, pointer: &Pointer, note: &str) -> Option<String> {
        self.document.get(pointer)?;
        match self.document.read::<Server>(pointer, Kind::Server) {
            Ok(server) => {
                let variables = server.variables.into_iter().flatten();
                Some(variables.fold(server.url, |url, (name, variable)| {
                    url.replace(&format!("{{{name}}}"), &variable.default)
                }))
            }
            Err(problem) => {
                self.push(problem.note(note));
                None
            }
        }
    }

    /// The server of the operation at `pointer`, where it is not the document's: of its own, or of its path item.
    pub(super) fn own_server(&mut self, path_item: &Pointer, operation: &Pointer) -> Option<String> {
        let servers = |of: &Pointer| {
            self.document.get(&of.child("servers")).filter(|list| !list.as_array().is_none_or(Vec::is_empty))
        };
        let own = [operation, path_item].into_iter().find(|own| servers(own).is_some())?;
        let first = |list: &Value| ["url", "variables"].map(|key| list.get(0)?.get(key).cloned());
        if servers(&Pointer::root()).map(first) == servers(own).map(first) {
            return None;
        }
        let pointer = own.child("servers").item(0);
        let note = "the operation is sent to the document's server";
        let url = self.server(&pointer, note)?;
        let is_usable = (is_absolute(&url) || url.starts_with('/')) && !url.contains(['{', '?', '#']);
        if !is_usable {
            let message = format!("the server's URL `{url}` is neither absolute nor an absolute path");
            self.warn(Code::UnsupportedServer, &pointer.child("url"), message, note);
        }
        Some(url).filter(|_| is_usable)
    }
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}
