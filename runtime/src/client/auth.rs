//! Credentials: what a caller gives, and what goes into a request.
//!
//! In: secrets as text. Out: one `Authorization` header, prepared once. The rule: a secret leaves this module only as
//! a header value that is marked sensitive, and as text for the one place that keeps it out of messages.

use crate::{
    client::token::{TokenProvider, Tokens},
    wire::header,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use http::{HeaderValue, header::AUTHORIZATION};
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// A kind of credential that an operation can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Credential {
    /// User name and password, RFC 7617.
    Basic,
    /// A bearer token, RFC 6750.
    Bearer,
    /// An API key in a header of this name.
    HeaderKey(&'static str),
    /// An API key in the query, by this name.
    QueryKey(&'static str),
    /// An API key in a cookie of this name.
    CookieKey(&'static str),
}

impl Credential {
    /// What a caller has to give, for a message.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Basic => "a user name and a password (`Auth::basic`)".to_owned(),
            Self::Bearer => "a bearer token (`Auth::bearer`)".to_owned(),
            Self::HeaderKey(name) => format!("an API key (`Auth::api_key`) in header `{name}`"),
            Self::QueryKey(name) => format!("an API key (`Auth::api_key`) in the query as `{name}`"),
            Self::CookieKey(name) => format!("an API key (`Auth::api_key`) in cookie `{name}`"),
        }
    }

    /// Whether it is the value of `Authorization`, of which a request has one.
    pub(crate) fn is_authorization(self) -> bool {
        match self {
            Self::Basic | Self::Bearer => true,
            Self::HeaderKey(name) => name.eq_ignore_ascii_case(AUTHORIZATION.as_str()),
            Self::QueryKey(_) | Self::CookieKey(_) => false,
        }
    }
}

/// The credentials that a client sends with each operation that asks for them.
///
/// Making one can't fail; [`ClientBuilder::build`](crate::ClientBuilder::build) reports what is wrong with it.
/// `Debug` prints none of it. What was given is wiped from memory when dropped; the header that is made of it lives as
/// long as the client, and the HTTP stack copies it into its buffers.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    None,
    /// Without a password on purpose, or with one.
    Basic {
        user: Zeroizing<String>,
        password: Option<Zeroizing<String>>,
    },
    Bearer {
        token: Zeroizing<String>,
    },
    Provider(Arc<dyn TokenProvider>),
    /// A key for all that ask for one, or for those that ask by this name.
    Key {
        name: Option<String>,
        key: Zeroizing<String>,
    },
    All(Vec<Auth>),
}

impl Auth {
    /// User name and password, RFC 7617. Both are sent as UTF-8.
    ///
    /// Neither can be empty or hold a control character, and the user name no colon. An empty password is most often a
    /// variable that was not set; where an API wants none, say so by [`basic_key`](Self::basic_key).
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (Zeroizing::new(user.into()), Some(Zeroizing::new(password.into())));
        Self(Kind::Basic { user, password })
    }

    /// An API key as the user name, and an empty password, as many APIs ask for it.
    #[must_use]
    pub fn basic_key(key: impl Into<String>) -> Self {
        Self(Kind::Basic { user: Zeroizing::new(key.into()), password: None })
    }

    /// A bearer token, RFC 6750: visible ASCII without spaces.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer { token: Zeroizing::new(token.into()) })
    }

    /// Bearer tokens that expire, from a [`TokenProvider`].
    #[must_use]
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Kind::Provider(Arc::new(provider)))
    }

    /// An API key, which goes where the operation wants it: into a header, the query or a cookie. Visible ASCII, with
    /// spaces between. It is the whole value: where the header is `Authorization`, `Bearer …` or `Bot …` with its
    /// scheme. [`basic`](Self::basic), [`bearer`](Self::bearer) and [`provider`](Self::provider) serve there as well.
    #[must_use]
    pub fn api_key(key: impl Into<String>) -> Self {
        Self(Kind::Key { name: None, key: Zeroizing::new(key.into()) })
    }

    /// An API key that the document names `name`, as the header's, query's or cookie's name, where it has several.
    #[must_use]
    pub fn api_key_for(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self(Kind::Key { name: Some(name.into()), key: Zeroizing::new(key.into()) })
    }

    /// These credentials and others: each operation gets those that it asks for.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Kind::All(vec![self, other]))
    }

    /// No credentials, on purpose: operations that ask for some are called without.
    #[must_use]
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// What goes into a request, or everything that is wrong. No message holds a secret.
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

/// The `Authorization` of a bearer token.
///
/// # Errors
/// A message, without the token, where it is empty or anything but visible ASCII.
pub(crate) fn bearer(token: &str) -> Result<HeaderValue, String> {
    if token.is_empty() {
        return Err("the bearer token is empty".to_owned());
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
    /// None were wanted.
    Nothing,
    /// The whole value of `Authorization`, marked sensitive.
    Header(Credential, HeaderValue),
    /// Bearer tokens that are fetched when they are needed.
    Tokens(Arc<Tokens>),
    /// An API key, and the name that it is for, if it is not for all.
    Key(Option<String>, Zeroizing<String>),
    All(Vec<Prepared>),
}

impl Prepared {
    /// Each by itself.
    pub(crate) fn all(&self) -> Vec<&Self> {
        match self {
            Self::All(all) => all.iter().flat_map(Self::all).collect(),
            one => vec![one],
        }
    }

    /// Whether it is what an operation asks for.
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

    /// What it is, for a message.
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
        // The example of RFC 7617 §2, and the one with UTF-8 of §2.1.
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
