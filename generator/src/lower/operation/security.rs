//! Lowers security requirements to credentials.

use openapiv3::SecurityScheme;

use super::super::Lower;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Credential, Location};
use crate::limits::SECURITY_ALTERNATIVES;
use crate::pointer::Pointer;
use crate::specification::Kind;

/// Statuses for refused or missing credentials.
const REFUSALS: [&str; 2] = ["401", "403"];

/// Splits a set of credentials into sets that one request can carry. Credentials that need the same
/// header are alternatives (RFC 9110 §11.6.2).
fn apart(credentials: &[Credential]) -> Vec<Vec<Credential>> {
    let (mut headers, mut others) = (Vec::new(), Vec::new());
    for credential in credentials {
        let list = if credential.is_authorization() { &mut headers } else { &mut others };
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
    /// Reports a document that declares no security for any operation, although it shows that
    /// operations need credentials.
    pub(in crate::lower) fn find_security(&mut self) {
        let paths = Pointer::root().child("paths");
        let items: Vec<Pointer> = self.document.members(&paths).into_iter().map(|(_, item)| item).collect();
        let operations: Vec<Pointer> =
            items.iter().flat_map(|item| self.methods(item)).map(|(_, operation)| operation).collect();
        let declares = |pointer: &Pointer| self.document.get(&pointer.child("security")).is_some();
        let takes = |pointer: &Pointer| !self.document.items(&pointer.child("security")).is_empty();
        if declares(&Pointer::root()) || operations.iter().any(takes) {
            return;
        }
        self.api.undeclared_security = true;
        let schemes = Pointer::root().child("components").child("securitySchemes");
        let refuses = |operation: &&Pointer| {
            let responses = operation.child("responses");
            REFUSALS.iter().any(|status| self.document.get(&responses.child(status)).is_some())
        };
        let scheme = self.document.entries(&schemes).into_iter().next();
        let (place, reason) = match (&scheme, operations.iter().find(refuses)) {
            (Some((name, pointer)), _) => (pointer.clone(), format!("no operation requires `{name}`")),
            (None, Some(operation)) => (operation.clone(), "operations respond with 401 or 403".to_owned()),
            (None, None) => return,
        };
        let message = format!("{reason}, and the document declares no `security`");
        let name = scheme.map_or_else(|| "bearer".to_owned(), |(name, _)| name.to_owned());
        let note = format!(
            "`Authorization` is sent with every operation, if the client has credentials; declare the accepted ones in an \
             overlay: `target: $` with `update: {{security: [{{{name}: []}}]}}` (and the scheme in \
             `components.securitySchemes`), or `update: {{security: []}}` for none"
        );
        self.warn(Code::UndeclaredSecurity, &place, message, &note);
    }

    /// Returns the security alternatives of the operation at `pointer`. If there are none, a
    /// declared header parameter `Authorization` is the credential.
    pub(super) fn security(&mut self, path_item: &Pointer, operation: &Pointer) -> Vec<Vec<Credential>> {
        let declared = self.declared_security(operation);
        if declared.iter().any(|alternative| !alternative.is_empty()) {
            return declared;
        }
        let Some(required) = self.authorization(path_item, operation) else { return declared };
        let header = vec![Credential::Key(Location::Header, "Authorization".to_owned())];
        [header].into_iter().chain((!required).then(Vec::new)).collect()
    }

    fn declared_security(&mut self, operation: &Pointer) -> Vec<Vec<Credential>> {
        let own = operation.child("security");
        if self.document.get(&own).is_some() {
            return self.alternatives(&own);
        }
        if let Some(shared) = &self.shared_security {
            return shared.clone();
        }
        let shared = self.alternatives(&Pointer::root().child("security"));
        self.shared_security.insert(shared).clone()
    }

    /// Returns the alternatives of a list of security requirements.
    fn alternatives(&mut self, list: &Pointer) -> Vec<Vec<Credential>> {
        let mut alternatives: Vec<Vec<Credential>> = Vec::new();
        if self.document.get(list).is_some() && self.document.items(list).is_empty() {
            alternatives.push(vec![]);
        }
        for requirement in self.document.items(list) {
            let names = self.document.entries(&requirement);
            if names.len() > SECURITY_ALTERNATIVES {
                let message =
                    format!("there are more than {SECURITY_ALTERNATIVES} credentials in one alternative");
                self.warn(Code::UnsupportedSecurity, &requirement, message, "the alternative is ignored");
                continue;
            }
            let credentials: Option<Vec<Credential>> =
                names.iter().map(|(name, pointer)| self.credential(name, pointer)).collect();
            let Some(credentials) = credentials else { continue };
            let apart = apart(&credentials);
            if apart.len() > 1 {
                let message =
                    "these credentials need the same header, `Authorization`, which a request has once";
                self.warn(Code::UnsupportedSecurity, &requirement, message, "each is an alternative");
            }
            for alternative in apart {
                if alternatives.contains(&alternative) {
                    continue;
                }
                if alternatives.len() >= SECURITY_ALTERNATIVES {
                    let message =
                        format!("there are more than {SECURITY_ALTERNATIVES} alternatives of credentials");
                    let place = self.place(list);
                    let note = "the first ones are used";
                    self.push(Diagnostic::new(Code::UnsupportedSecurity, message, place).note(note));
                    return alternatives;
                }
                alternatives.push(alternative);
            }
        }
        alternatives
    }

    /// Returns the location and name of an API key.
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
            let message = format!("the security scheme `{name}` is not declared");
            self.warn(Code::UnsupportedSecurity, requirement, message, "requests are sent without it");
            return None;
        }
        if let Some(known) = self.credentials.get(name) {
            return known.clone();
        }
        let credential = self.credential_of(name, &pointer);
        self.credentials.insert(name.to_owned(), credential.clone());
        credential
    }

    /// Returns the credential of the security scheme `name` at `pointer`. Reports a scheme that is
    /// not supported.
    fn credential_of(&mut self, name: &str, pointer: &Pointer) -> Option<Credential> {
        let scheme = self.document.resolve(pointer).and_then(|pointer| {
            // Read from the tree, because only the token of OAuth 2.0 flows matters here.
            let text = |key: &str| self.text(&pointer, key).unwrap_or_default().to_ascii_lowercase();
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
                self.warn(Code::UnsupportedSecurity, pointer, message, "requests are sent without it");
                None
            }
            Err(problem) => {
                self.push(problem.note("requests are sent without it"));
                None
            }
        }
    }
}
