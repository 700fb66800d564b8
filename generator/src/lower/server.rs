//! Servers: the document's servers in, one base URL out.

use openapiv3::Server;
use serde_json::Value;

use super::Lower;
use crate::diagnostic::Code;
use crate::document::shape::Kind;
use crate::pointer::Pointer;

impl Lower<'_> {
    pub(super) fn servers(&mut self) {
        let first = Pointer::root().child("servers").item(0);
        self.api.server = self.server(&first);
        if let Some(url) = self.api.server.take_if(|url| !is_absolute(url) || url.contains('{')) {
            let why = if is_absolute(&url) { "has a variable that is not declared" } else { "is relative" };
            let message = format!("the server's URL `{url}` {why}");
            let note = "the client has no server of its own: give one to its builder";
            self.warn(Code::UnsupportedServer, &first.child("url"), message, note);
        }
    }

    /// The URL of the server at `pointer`, its variables replaced by their defaults (OpenAPI 3.0.3 §4.7.6).
    fn server(&mut self, pointer: &Pointer) -> Option<String> {
        self.document.get(pointer)?;
        match self.document.read::<Server>(pointer, Kind::Server) {
            Ok(server) => {
                let url = server.url.trim_end_matches('/').to_owned();
                let variables = server.variables.into_iter().flatten();
                Some(variables.fold(url, |url, (name, variable)| {
                    url.replace(&format!("{{{name}}}"), &variable.default)
                }))
            }
            Err(problem) => {
                self.push(problem.note("the client has no server of its own: give one to its builder"));
                None
            }
        }
    }

    /// Whether the operation at `pointer` is served from the document's server, and not from one of its own.
    pub(super) fn has_document_server(
        &self,
        path_item: &Pointer,
        operation: &Pointer,
    ) -> Result<(), Pointer> {
        let document = Pointer::root();
        let servers = |of: &Pointer| {
            self.document.get(&of.child("servers")).filter(|list| !list.as_array().is_none_or(Vec::is_empty))
        };
        let first = |list: &Value| ["url", "variables"].map(|key| list.get(0)?.get(key).cloned());
        for own in [operation, path_item] {
            if let Some(list) = servers(own) {
                let same = servers(&document).is_some_and(|root| first(root) == first(list));
                return if same { Ok(()) } else { Err(own.child("servers")) };
            }
        }
        Ok(())
    }
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}
