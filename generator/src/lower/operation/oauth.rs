//! Reads the flows of OAuth 2.0 security schemes: where tokens come from, and their scopes.

use super::super::Lower;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Lower<'_> {
    /// Collects the absolute URLs and the scopes of all flows, each once. Reports a relative URL:
    /// it depends on the server, which the program chooses.
    pub(in crate::lower) fn find_flows(&mut self) {
        let schemes = Pointer::root().child("components").child("securitySchemes");
        for (_, scheme) in self.document.entries(&schemes) {
            let Ok(scheme) = self.document.resolve(&scheme) else { continue };
            if !self.text(&scheme, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("oauth2")) {
                continue;
            }
            for (_, flow) in self.document.members(&scheme.child("flows")) {
                let token = self.absolute_url(&flow, "tokenUrl");
                let authorization = self.absolute_url(&flow, "authorizationUrl");
                let scopes: Vec<(String, String)> = self
                    .document
                    .entries(&flow.child("scopes"))
                    .into_iter()
                    .map(|(name, pointer)| {
                        let about = self.document.get(&pointer).and_then(serde_json::Value::as_str);
                        (name, about.unwrap_or_default().to_owned())
                    })
                    .collect();
                let flows = &mut self.api.flows;
                flows.token_urls.extend(token);
                flows.authorization_urls.extend(authorization);
                flows.scopes.extend(scopes);
            }
        }
    }
    /// Returns the URL at a key of a flow if it is absolute.
    fn absolute_url(&mut self, flow: &Pointer, key: &str) -> Option<String> {
        let url = self.text(flow, key)?.to_owned();
        if url.contains("://") {
            return Some(url);
        }
        let message = format!("the URL `{url}` of an OAuth flow is relative");
        let note = "the client has no constant for it: pass the absolute URL to `OAuth`";
        self.warn(Code::Ignored, &flow.child(key), message, note);
        None
    }
}
