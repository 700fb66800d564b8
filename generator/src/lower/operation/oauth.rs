//! Reads the flows of OAuth 2.0 security schemes: where tokens come from, and their scopes.

use std::collections::BTreeMap;

use super::super::Lower;
use crate::diagnostic::Code;
use crate::ir::{FlowKind, FlowUrl};
use crate::pointer::Pointer;

const KINDS: [(&str, FlowKind); 5] = [
    ("authorizationCode", FlowKind::AuthorizationCode),
    ("clientCredentials", FlowKind::ClientCredentials),
    ("deviceAuthorization", FlowKind::DeviceAuthorization),
    ("implicit", FlowKind::Implicit),
    ("password", FlowKind::Password),
];

/// The scopes of a flow, each with its description.
type Scopes = BTreeMap<String, String>;

/// A URL of a flow, and the place where the document has it.
struct Found {
    kind: FlowKind,
    url: String,
    at: Pointer,
    scopes: Scopes,
}

impl Lower<'_> {
    /// Collects the absolute URLs and the scopes of all flows, each once. Reports a relative URL:
    /// it depends on the server, which the program chooses.
    pub(in crate::lower) fn find_flows(&mut self) {
        let schemes = Pointer::root().child("components").child("securitySchemes");
        let (mut tokens, mut refreshes, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        for (_, scheme) in self.document.entries(&schemes) {
            let Ok(scheme) = self.document.resolve(&scheme) else { continue };
            if !self.text(&scheme, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("oauth2")) {
                continue;
            }
            for (name, flow) in self.document.members(&scheme.child("flows")) {
                let Some((_, kind)) = KINDS.into_iter().find(|(known, _)| *known == name) else { continue };
                let scopes = self.scopes(&flow);
                self.api.flows.is_declared = true;
                let urls = [
                    ("tokenUrl", &mut tokens),
                    ("refreshUrl", &mut refreshes),
                    ("authorizationUrl", &mut pages),
                ];
                for (key, found) in urls {
                    if key == "refreshUrl" && self.text(&flow, key) == self.text(&flow, "tokenUrl") {
                        continue;
                    }
                    if let Some(url) = self.absolute_url(&flow, key) {
                        found.push(Found { kind, url, at: flow.child(key), scopes: scopes.clone() });
                    }
                }
            }
        }
        self.api.flows.token_urls = self.distinguished(tokens);
        self.api.flows.refresh_urls = self.distinguished(refreshes);
        self.api.flows.authorization_urls = self.distinguished(pages);
    }

    fn scopes(&self, flow: &Pointer) -> Scopes {
        let scopes = self.document.entries(&flow.child("scopes")).into_iter();
        scopes
            .map(|(name, pointer)| {
                let about = self.document.get(&pointer).and_then(serde_json::Value::as_str);
                (name, about.unwrap_or_default().to_owned())
            })
            .collect()
    }

    /// Returns the URL that all flows share, or the URL of each kind of flow. Reports a kind with
    /// several URLs.
    fn distinguished(&mut self, found: Vec<Found>) -> Vec<FlowUrl> {
        let is_shared = found.windows(2).all(|pair| matches!(pair, [one, other] if one.url == other.url));
        let mut urls: BTreeMap<Option<FlowKind>, FlowUrl> = BTreeMap::new();
        let mut ambiguous = Vec::new();
        for Found { kind, url, at, scopes } in found {
            let kind = (!is_shared).then_some(kind);
            let known =
                urls.entry(kind).or_insert_with(|| FlowUrl { kind, url: url.clone(), scopes: Scopes::new() });
            if known.url == url {
                known.scopes.extend(scopes);
            } else {
                ambiguous.push((kind, known.url.clone(), url, at));
            }
        }
        for (kind, known, url, at) in ambiguous {
            let message =
                format!("the URL `{url}` of an OAuth flow is not `{known}`, as in another flow of this kind");
            let note = "the client has no constant for this kind of flow: pass the URL to `OAuth`";
            self.warn(Code::Ignored, &at, message, note);
            urls.remove(&kind);
        }
        urls.into_values().collect()
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
