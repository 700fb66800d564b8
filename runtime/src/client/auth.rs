//! Credentials: how callers pass them, and how they are sent.
//!
//! Input: secrets as text. Output: header values, prepared once. Invariant: a secret leaves this
//! module only as a header value that is marked sensitive, or as text for the code that redacts
//! messages.

use crate::{
    client::token::{TokenProvider, Tokens},
    wire::header,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use http::{HeaderValue, header::AUTHORIZATION};
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// The longest bearer token, in bytes. Servers accept less in a header.
const LONGEST_TOKEN: usize = 64 << 10;

/// A kind of credential that an operation accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Credential {
    /// A user name and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// An API key in the header of this name.
    HeaderKey(&'static str),
    /// An API key in the query parameter of this name.
    QueryKey(&'static str),
    /// An API key in the cookie of this name.
    CookieKey(&'static str),
}

impl Credential {
    /// Returns a description of the credential for a message.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Basic => "a user name and a password (`Auth::basic`)".to_owned(),
            Self::Bearer => "a bearer token (`Auth::bearer`)".to_owned(),
            Self::HeaderKey(name) => format!("an API key (`Auth::api_key`) in header `{name}`"),
            Self::QueryKey(name) => format!("an API key (`Auth::api_key`) in the query as `{name}`"),
            Self::CookieKey(name) => format!("an API key (`Auth::api_key`) in cookie `{name}`"),
        }
    }

    /// Returns true if the credential is sent in `Authorization`, which a request has at most once.
    pub(crate) fn is_authorization(self) -> bool {
        match self {
            Self::Basic | Self::Bearer => true,
            Self::HeaderKey(name) => name.eq_ignore_ascii_case(AUTHORIZATION.as_str()),
            Self::QueryKey(_) | Self::CookieKey(_) => false,
        }
    }
}

/// The credentials of a client. They are sent with each operation that accepts them.
///
/// Constructors do not fail. [`ClientBuilder::build`](crate::ClientBuilder::build) reports invalid
/// credentials. `Debug` redacts secrets. The secrets are wiped from memory when `Auth` is dropped.
/// The header that contains them lives as long as the client, and the HTTP stack copies it into its
/// buffers.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    None,
    /// A user name, with a password or deliberately without.
    Basic {
        user: Zeroizing<String>,
        password: Option<Zeroizing<String>>,
    },
    Bearer {
        token: Zeroizing<String>,
    },
    Provider(Arc<dyn TokenProvider>),
    /// An API key. `None` as its name sends the key in every parameter that takes an API key.
    Key {
        name: Option<String>,
        key: Zeroizing<String>,
    },
    All(Vec<Auth>),
}

impl Auth {
    /// Creates credentials with a user name and password (RFC 7617), sent as UTF-8.
    ///
    /// Both must be non-empty and without control characters. The user name must not contain a
    /// colon. An empty password is refused, because it is usually an unset variable. For APIs that
    /// expect one, use [`basic_key`](Self::basic_key).
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (Zeroizing::new(user.into()), Some(Zeroizing::new(password.into())));
        Self(Kind::Basic { user, password })
    }

    /// Creates credentials with an API key as user name and an empty password.
    #[must_use]
    pub fn basic_key(key: impl Into<String>) -> Self {
        Self(Kind::Basic { user: Zeroizing::new(key.into()), password: None })
    }

    /// Creates credentials with a bearer token (RFC 6750): visible ASCII without spaces.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer { token: Zeroizing::new(token.into()) })
    }

    /// Creates credentials with bearer tokens that expire, from a [`TokenProvider`].
    #[must_use]
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Kind::Provider(Arc::new(provider)))
    }

    /// Creates credentials with an API key, which is sent in the header, query or cookie that the
    /// operation declares. The key is visible ASCII with inner spaces. It is the whole value: for
    /// the header `Authorization` include the scheme (`Bearer …`, `Bot …`), or use
    /// [`basic`](Self::basic), [`bearer`](Self::bearer) or [`provider`](Self::provider).
    #[must_use]
    pub fn api_key(key: impl Into<String>) -> Self {
        Self(Kind::Key { name: None, key: Zeroizing::new(key.into()) })
    }

    /// Creates credentials with an API key for one name, for documents with several keys. `name` is
    /// the name of the header, query parameter or cookie.
    #[must_use]
    pub fn api_key_for(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self(Kind::Key { name: Some(name.into()), key: Zeroizing::new(key.into()) })
    }

    /// Combines credentials. Each operation gets those that it accepts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Kind::All(vec![self, other]))
    }

    /// Creates deliberately empty credentials: operations are called without credentials.
    #[must_use]
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// Prepares the credentials, or returns all problems. No message contains a secret.
    pub(crate) fn prepare(&self) -> Result<Prepared, Vec<String>> {
        match &self.0 {
            Kind::None => Ok(Prepared::Nothing),
            Kind::Basic { user, password } => {
                let problems = basic_problems(user, password.as_ref().map(|password| password.as_str()));
                if !problems.is_empty() {
                    return Err(problems);
                }
                let pair =
                    Zeroizing::new(format!("{}:{}", **user, password.as_deref().map_or("", |text| text)));
                let header = sensitive("Basic", &Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes())));
                header.map(|header| Prepared::Header(Credential::Basic, header)).map_err(|one| vec![one])
            }
            Kind::Bearer { token } => {
                let header = bearer(token).map_err(|problem| vec![problem])?;
                Ok(Prepared::Header(Credential::Bearer, header))
            }
            Kind::Key { key, .. } if key.is_empty() || header::text(key).is_none() => Err(vec![
                "the API key is empty, begins or ends with a space, or is not visible ASCII".to_owned(),
            ]),
            Kind::Key { name, key } => Ok(Prepared::Key(name.clone(), key.clone())),
            Kind::All(all) => {
                let (mut prepared, mut problems) = (Vec::new(), Vec::new());
                for one in all {
                    match one.prepare() {
                        Ok(one) => prepared.push(one),
                        Err(found) => problems.extend(found),
                    }
                }
                if problems.is_empty() { Ok(Prepared::All(prepared)) } else { Err(problems) }
            }
            Kind::Provider(provider) => Ok(Prepared::Tokens(Arc::new(Tokens::new(Arc::clone(provider))))),
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::None => "Auth::none()",
            Kind::Basic { .. } => "Auth::basic([redacted])",
            Kind::Bearer { .. } => "Auth::bearer([redacted])",
            Kind::Provider(_) => "Auth::provider(…)",
            Kind::Key { .. } => "Auth::api_key([redacted])",
            Kind::All(all) => return f.debug_list().entries(all).finish(),
        })
    }
}

fn basic_problems(user: &str, password: Option<&str>) -> Vec<String> {
    [
        (user.is_empty(), "the user name is empty"),
        (user.contains(':'), "the user name holds a colon (RFC 7617 §2)"),
        (user.contains(char::is_control), "the user name holds a control character (RFC 7617 §2)"),
        (password == Some(""), "the password is empty"),
        (
            password.is_some_and(|text| text.contains(char::is_control)),
            "the password holds a control character (RFC 7617 §2)",
        ),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, problem)| problem.to_owned())
    .collect()
}

/// Returns the `Authorization` value of a bearer token.
///
/// # Errors
/// Returns a message, without the token, if the token is empty or not visible ASCII.
pub(crate) fn bearer(token: &str) -> Result<HeaderValue, String> {
    if token.is_empty() {
        return Err("the bearer token is empty".to_owned());
    }
    if token.len() > LONGEST_TOKEN {
        return Err(format!("the bearer token has more than {LONGEST_TOKEN} bytes"));
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the bearer token holds a character that is not visible ASCII (RFC 6750 §2.1)".to_owned());
    }
    sensitive("Bearer", token)
}

fn sensitive(scheme: &str, secret: &str) -> Result<HeaderValue, String> {
    let header = HeaderValue::try_from(format!("{scheme} {secret}"));
    let mut header = header.map_err(|_| "no header can carry them".to_owned())?;
    header.set_sensitive(true);
    Ok(header)
}

/// Credentials, ready to send.
#[derive(Clone)]
pub(crate) enum Prepared {
    /// Deliberately none.
    Nothing,
    /// The whole value of `Authorization`, marked sensitive.
    Header(Credential, HeaderValue),
    /// Bearer tokens, fetched when needed.
    Tokens(Arc<Tokens>),
    /// An API key, and the name that it is for, if any.
    Key(Option<String>, Zeroizing<String>),
    All(Vec<Prepared>),
}

impl Prepared {
    /// Returns the single credentials.
    pub(crate) fn all(&self) -> Vec<&Self> {
        match self {
            Self::All(all) => all.iter().flat_map(Self::all).collect(),
            one => vec![one],
        }
    }

    /// Returns true if this is a credential of the kind `asked`.
    pub(crate) fn is(&self, asked: Credential) -> bool {
        use Credential::{Basic, Bearer, CookieKey, HeaderKey, QueryKey};
        match (self, asked) {
            (Self::Header(credential, _), Basic | Bearer) => *credential == asked,
            (Self::Tokens(_), Basic | Bearer) => asked == Bearer,
            (Self::Header(..) | Self::Tokens(_), asked) => asked.is_authorization(),
            (Self::Key(None, _), HeaderKey(_) | QueryKey(_) | CookieKey(_)) => true,
            (Self::Key(Some(name), _), HeaderKey(asked) | QueryKey(asked) | CookieKey(asked)) => {
                name.eq_ignore_ascii_case(asked)
            }
            _ => false,
        }
    }

    /// Returns a description for a message.
    pub(crate) fn describe(&self) -> Option<String> {
        let credential = match self {
            Self::Header(credential, _) => *credential,
            Self::Tokens(_) => Credential::Bearer,
            Self::Key(None, _) => return Some("an API key (`Auth::api_key`)".to_owned()),
            Self::Key(Some(name), _) => {
                return Some(format!("an API key for `{name}` (`Auth::api_key_for`)"));
            }
            Self::Nothing | Self::All(_) => return None,
        };
        Some(credential.describe())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(auth: &Auth) -> HeaderValue {
        match auth.prepare() {
            Ok(Prepared::Header(_, header)) => header,
            _ => panic!("no header"),
        }
    }

    #[test]
    fn credentials_become_a_sensitive_header() {
        // The examples of RFC 7617 §2 and, with UTF-8, §2.1.
        let basic = header(&Auth::basic("Aladdin", "open sesame"));
        assert_eq!(basic, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(basic.is_sensitive());
        assert_eq!(header(&Auth::basic("test", "123£")), "Basic dGVzdDoxMjPCow==");
        assert_eq!(header(&Auth::basic_key("sk_test")), "Basic c2tfdGVzdDo=");
        let bearer = header(&Auth::bearer("mF_9.B5f-4.1JqM"));
        assert_eq!(bearer, "Bearer mF_9.B5f-4.1JqM");
        assert!(bearer.is_sensitive());
    }

    #[test]
    fn everything_wrong_is_reported_without_the_secret() {
        for (auth, expected) in [
            (Auth::basic("", ""), "the user name is empty; the password is empty"),
            (Auth::basic("can:ary", "x"), "the user name holds a colon (RFC 7617 §2)"),
            (Auth::basic("can\nary", "x"), "the user name holds a control character (RFC 7617 §2)"),
            (Auth::basic("x", "canary\u{7f}"), "the password holds a control character (RFC 7617 §2)"),
            (Auth::basic_key(""), "the user name is empty"),
            (Auth::bearer(""), "the bearer token is empty"),
            (
                Auth::bearer("can ary"),
                "the bearer token holds a character that is not visible ASCII (RFC 6750 §2.1)",
            ),
        ] {
            assert_eq!(auth.prepare().err().unwrap().join("; "), expected);
        }
        for bad in ["canary\r\n", "canaryé", "canary\0", "\tcanary"] {
            assert_eq!(Auth::bearer(bad).prepare().err().unwrap().len(), 1);
        }
    }

    #[test]
    fn debug_prints_no_secret() {
        for auth in [Auth::basic("canary", "canary"), Auth::basic_key("canary"), Auth::bearer("canary")] {
            let text = format!("{auth:?} {:?}", header(&auth));
            assert!(!text.contains("canary") && !text.contains("Y2FuYXJ5"), "{text}");
        }
    }
}
