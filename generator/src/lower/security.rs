//! Security requirements in, credentials to send out.

use openapiv3::SecurityScheme;
use serde_json::Value;

use super::Lower;
use crate::diagnostic::Code;
use crate::document::shape::Kind;
use crate::ir::{Credential, Location};
use crate::pointer::Pointer;

/// Credentials that one request can carry: those of a set that need one header, each with the others (RFC 9110 §11.6.2).
fn apart(credentials: &[Credential]) -> Vec<Vec<Credential>> {
    let is_header = |credential: &Credential| match credential {
        Credential::Basic | Credential::Bearer => true,
        Credential::Key(place, name) => {
            *place == Location::Header && name.eq_ignore_ascii_case("authorization")
        }
    };
    let (mut headers, mut others) = (Vec::new(), Vec::new());
    for credential in credentials {
        let list = if is_header(credential) { &mut headers } else { &mut others };
        if !list.contains(credential) {
            list.push(credential.clone());
        }
    }
    match headers.as_slice() {
        [] => vec![others],
        headers => headers.iter().map(|header| [vec![header.clone()], others.clone()].concat()).collect(),
    }
}

impl Lower<'_> {
    /// What the operation at `pointer` asks for: alternatives, each a set of credentials.
    pub(super) fn security(&mut self, operation: &Pointer) -> Vec<Vec<Credential>> {
        let own = operation.child("security");
        let list = if self.document.get(&own).is_some() { own } else { Pointer::root().child("security") };
        let mut alternatives = Vec::new();
        for requirement in self.document.items(&list) {
            let names = self.document.members(&requirement);
            let credentials: Option<Vec<Credential>> =
                names.iter().map(|(name, pointer)| self.credential(name, pointer)).collect();
            let Some(credentials) = credentials else { continue };
            let apart = apart(&credentials);
            if apart.len() > 1 {
                let message =
                    "these credentials go into one header, `Authorization`, which a request has once";
                self.warn(Code::UnsupportedSecurity, &requirement, message, "each is an alternative");
            }
            alternatives.extend(apart);
        }
        alternatives
    }

    /// Where a key goes, and by which name.
    fn key(&self, scheme: &Pointer) -> Option<Credential> {
        let place = match self.text(scheme, "in")? {
            "header" => Location::Header,
            "query" => Location::Query,
            "cookie" => Location::Cookie,
            _ => return None,
        };
        let name = self.text(scheme, "name").filter(|name| !name.is_empty())?;
        Some(Credential::Key(place, name.to_owned()))
    }

    fn credential(&mut self, name: &str, requirement: &Pointer) -> Option<Credential> {
        let pointer = Pointer::root().child("components").child("securitySchemes").child(name);
        if self.document.get(&pointer).is_none() {
            let message = format!("the security scheme `{name}` is declared nowhere");
            self.warn(Code::UnsupportedSecurity, requirement, message, "requests are sent without it");
            return None;
        }
        let scheme = self.document.resolve(&pointer).and_then(|pointer| {
            // Read from the tree: of OAuth 2.0's flows only the token matters here.
            let scheme = self.document.get(&pointer).cloned().unwrap_or_default();
            let text =
                |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
            match (text("type").as_str(), text("scheme").as_str()) {
                ("oauth2" | "openidconnect", _) => Ok(Some(Credential::Bearer)),
                ("apikey", _) => Ok(self.key(&pointer)),
                ("mutualtls", _) => Ok(None),
                _ => match self.document.read::<SecurityScheme>(&pointer, Kind::SecurityScheme)? {
                    SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                        Ok(Some(Credential::Basic))
                    }
                    SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                        Ok(Some(Credential::Bearer))
                    }
                    _ => Ok(None),
                },
            }
        });
        match scheme {
            Ok(Some(credential)) => Some(credential),
            Ok(None) => {
                let message = format!("the security scheme `{name}` is of a type that is not supported yet");
                self.warn(Code::UnsupportedSecurity, &pointer, message, "requests are sent without it");
                None
            }
            Err(problem) => {
                self.push(problem.note("requests are sent without it"));
                None
            }
        }
    }
}
