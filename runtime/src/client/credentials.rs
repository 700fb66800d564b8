//! Chooses a client's credentials for a call.
//!
//! Input: the alternatives that an operation accepts, and the client's credentials. Output: a
//! header, keys, or a token source. Invariant: the first alternative for which the client has all
//! credentials is sent, and nothing else.

use crate::client::auth::{Credential, Prepared};
use crate::client::token::Tokens;
use crate::wire::percent::{Keep, encode};
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header::COOKIE};
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The credentials of a call.
#[derive(Clone, Default)]
pub(crate) struct Chosen {
    /// The whole value of `Authorization`.
    pub(crate) authorization: Option<HeaderValue>,
    /// The source of the token.
    pub(crate) tokens: Option<Arc<Tokens>>,
    pub(crate) keys: Vec<(Credential, Zeroizing<String>)>,
}

/// The credentials that every operation accepts if the document declares no security.
pub(crate) const UNDECLARED: &[Credential] = &[Credential::HeaderKey("Authorization")];

/// Returns a message for each given credential that no operation accepts. `taken` lists the
/// accepted credentials.
pub(crate) fn unused(given: &Prepared, taken: &[Credential]) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in taken.iter().map(|one| one.describe()) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let wanted = if kinds.is_empty() {
        "operations take none".to_owned()
    } else {
        format!("they take {}", kinds.join(", or "))
    };
    let unused = given.all().into_iter().filter(|prepared| !taken.iter().any(|one| prepared.is(*one)));
    let unused = unused.filter_map(Prepared::describe);
    unused.map(|unused| format!("credentials: no operation takes {unused}; {wanted}")).collect()
}

/// Chooses the credentials for an operation that accepts `alternatives`.
///
/// # Errors
/// Returns a message with the missing credentials.
pub(crate) fn choose(alternatives: &[&[Credential]], given: Option<&Prepared>) -> Result<Chosen, String> {
    let held = given.map(Prepared::all).unwrap_or_default();
    let in_full = |combination: &&[Credential]| {
        let headers = combination.iter().filter(|one| one.is_authorization());
        let found: Option<Vec<_>> = combination
            .iter()
            .map(|one| Some((*one, *held.iter().find(|prepared| prepared.is(*one))?)))
            .collect();
        found.filter(|found| !found.is_empty() && headers.count() < 2)
    };
    if let Some(found) = alternatives.iter().find_map(in_full) {
        let mut chosen = Chosen::default();
        for (credential, prepared) in found {
            match prepared {
                Prepared::Header(_, header) => chosen.authorization = Some(header.clone()),
                Prepared::Tokens(tokens) => chosen.tokens = Some(Arc::clone(tokens)),
                Prepared::Key(_, key) => chosen.keys.push((credential, key.clone())),
                Prepared::Nothing | Prepared::All(_) => {}
            }
        }
        return Ok(chosen);
    }
    let anonymous = alternatives.is_empty() || alternatives.iter().any(|combination| combination.is_empty());
    if anonymous || held.iter().any(|prepared| matches!(prepared, Prepared::Nothing)) {
        return Ok(Chosen::default());
    }
    let wanted: Vec<String> = alternatives
        .iter()
        .map(|combination| combination.iter().map(|one| one.describe()).collect::<Vec<_>>().join(" and "))
        .collect();
    let has: Vec<String> = held.iter().filter_map(|prepared| prepared.describe()).collect();
    let has = match has.as_slice() {
        [] => "no credentials".to_owned(),
        has => format!("the client has {}", has.join(" and ")),
    };
    Err(format!("{has}: the operation takes {}", wanted.join(", or ")))
}

impl Chosen {
    /// Sets the keys that are sent in headers. Returns the keys for the query, percent-encoded.
    ///
    /// # Errors
    /// Returns a message, without the key, if a key cannot be sent there.
    pub(crate) fn place(&self, headers: &mut HeaderMap) -> Result<Zeroizing<String>, String> {
        let mut query = Zeroizing::new(String::new());
        for (credential, key) in &self.keys {
            let refused = || format!("{} holds a character that can't be sent there", credential.describe());
            match credential {
                Credential::HeaderKey(name) => {
                    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
                    headers.insert(name, sensitive(key).ok_or_else(refused)?);
                }
                Credential::QueryKey(name) => {
                    if !query.is_empty() {
                        query.push('&');
                    }
                    encode(name, Keep::Unreserved, &mut query);
                    query.push('=');
                    encode(key, Keep::Unreserved, &mut query);
                }
                Credential::CookieKey(name) => {
                    // RFC 6265 §4.1.1.
                    if key.contains([' ', '\t', '"', ',', ';', '\\']) {
                        return Err(refused());
                    }
                    let others = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
                    let others = others.map(|cookies| format!("{cookies}; ")).unwrap_or_default();
                    let cookies = Zeroizing::new(format!("{others}{name}={}", **key));
                    headers.insert(COOKIE, sensitive(&cookies).ok_or_else(refused)?);
                }
                Credential::Basic | Credential::Bearer => {}
            }
        }
        Ok(query)
    }

    /// Returns each key with its name for messages. For a key with a scheme, also returns the part
    /// after the scheme.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = (&'static str, String)> {
        let keys = self
            .keys
            .iter()
            .flat_map(|(_, key)| [Some(key.as_str()), key.split_once([' ', '\t']).map(|(_, key)| key)]);
        keys.flatten().map(|key| ("api key", key.to_owned()))
    }
}

/// Appends these keys to the query of an address.
pub(crate) fn with_keys(uri: &Uri, keys: &str) -> Uri {
    if keys.is_empty() {
        return uri.clone();
    }
    let query = uri.query().filter(|query| !query.is_empty());
    with_query(uri, &query.map_or_else(|| keys.to_owned(), |query| format!("{query}&{keys}")))
}

/// Removes these keys from the query of an address, however their names are encoded. A server may
/// have copied them into a next-page address.
pub(crate) fn without_keys(uri: &Uri, keys: &str) -> Uri {
    let name = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        percent_decode_str(&name).decode_utf8_lossy().into_owned()
    };
    let names: Vec<_> = keys.split('&').filter(|key| !key.is_empty()).map(name).collect();
    if names.is_empty() {
        return uri.clone();
    }
    let pairs = uri.query().unwrap_or_default().split('&');
    with_query(uri, &pairs.filter(|pair| !names.contains(&name(pair))).collect::<Vec<_>>().join("&"))
}

/// Sets the query of an address. The query is already percent-encoded.
fn with_query(uri: &Uri, query: &str) -> Uri {
    let target = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = target.parse().ok().or(parts.path_and_query);
    Uri::from_parts(parts).unwrap_or_else(|_| uri.clone())
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::auth::Auth;

    #[test]
    fn credentials_that_no_operation_accepts_are_reported() {
        let told = |auth: Auth, taken: &[Credential]| unused(&auth.prepare().expect("prepared"), taken);
        let both = Auth::bearer("t").and(Auth::api_key_for("X-Key", "k"));
        let taken = [Credential::Bearer, Credential::HeaderKey("X-Other"), Credential::Bearer];
        let expected = "credentials: no operation takes an API key for `X-Key` (`Auth::api_key_for`); they take a bearer \
                        token (`Auth::bearer`), or an API key (`Auth::api_key`) in header `X-Other`";
        assert_eq!(told(both, &taken), [expected]);
        let expected =
            "credentials: no operation takes a bearer token (`Auth::bearer`); operations take none";
        assert_eq!(told(Auth::bearer("t"), &[]), [expected]);
        assert_eq!(told(Auth::none(), &[]), Vec::<String>::new());
        for auth in [Auth::bearer("t"), Auth::basic("u", "p"), Auth::api_key("Bot t")] {
            assert_eq!(told(auth, UNDECLARED), Vec::<String>::new());
        }
        assert_eq!(told(Auth::api_key_for("X-Key", "k"), UNDECLARED).len(), 1);
    }

    const KEY: Credential = Credential::HeaderKey("X-Key");
    const APP: Credential = Credential::QueryKey("app");
    const SESSION: Credential = Credential::CookieKey("session");

    fn sent(alternatives: &[&[Credential]], auth: &Auth) -> Result<(String, HeaderMap), String> {
        let prepared = auth.prepare().unwrap();
        let chosen = choose(alternatives, Some(&prepared))?;
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("c=d"));
        let keys = chosen.place(&mut headers)?;
        headers.extend(chosen.authorization.map(|header| (http::header::AUTHORIZATION, header)));
        let uri = with_keys(&Uri::from_static("https://example.com/?a=b"), &keys);
        Ok((uri.query().unwrap_or_default().to_owned(), headers))
    }

    #[test]
    fn an_operation_gets_the_credentials_that_it_asks_for() {
        use Credential::{Basic, Bearer};
        let basic = Auth::basic("u", "p").prepare().unwrap();
        let none = Auth::none().prepare().unwrap();
        let sent =
            |alternatives, given| choose(alternatives, given).map(|chosen| chosen.authorization.is_some());
        assert_eq!(sent(&[&[Basic]], Some(&basic)), Ok(true));
        assert_eq!(sent(&[&[], &[Bearer], &[Basic]], Some(&basic)), Ok(true));
        assert_eq!(sent(&[], Some(&basic)), Ok(false));
        assert_eq!(sent(&[], None), Ok(false));
        assert_eq!(sent(&[&[Bearer], &[]], Some(&basic)), Ok(false));
        assert_eq!(sent(&[&[Basic]], Some(&none)), Ok(false));
        let message = sent(&[&[Basic], &[Bearer]], None).unwrap_err();
        assert_eq!(
            message,
            "no credentials: the operation takes a user name and a password (`Auth::basic`), \
             or a bearer token (`Auth::bearer`)"
        );
        assert!(sent(&[&[Bearer]], Some(&basic)).is_err());
        assert!(sent(&[&[Basic, Bearer]], Some(&basic)).is_err());
        let both = Auth::basic("u", "p").and(Auth::bearer("t")).prepare().unwrap();
        assert!(sent(&[&[Basic, Bearer]], Some(&both)).is_err());
        assert_eq!(sent(&[&[Bearer]], Some(&both)), Ok(true));
    }

    #[test]
    fn keys_go_where_the_operation_wants_them() {
        let (query, headers) = sent(&[&[KEY]], &Auth::api_key("k ey".replace(' ', "+"))).unwrap();
        assert_eq!((query.as_str(), headers["x-key"].to_str().unwrap()), ("a=b", "k+ey"));
        assert!(headers["x-key"].is_sensitive());
        let (query, headers) = sent(&[&[APP]], &Auth::api_key("k+ey&")).unwrap();
        assert_eq!((query.as_str(), headers.len()), ("a=b&app=k%2Bey%26", 1));
        let (_, headers) = sent(&[&[SESSION]], &Auth::api_key("key=")).unwrap();
        assert_eq!(headers[COOKIE].to_str().unwrap(), "c=d; session=key=");
        for key in ["canary;", "can ary"] {
            let message = sent(&[&[SESSION]], &Auth::api_key(key)).unwrap_err();
            assert!(!message.contains("ary"), "{message}");
        }
    }

    #[test]
    fn a_key_in_authorization_has_its_scheme_or_is_one_of_a_kind() {
        const WHOLE: Credential = Credential::HeaderKey("authorization");
        for (auth, value) in [
            (Auth::api_key("Bot canary"), "Bot canary"),
            (Auth::bearer("canary"), "Bearer canary"),
            (Auth::basic_key("k"), "Basic azo="),
            (Auth::api_key_for("X-Key", "1").and(Auth::bearer("t")), "Bearer t"),
        ] {
            let (_, headers) = sent(&[&[WHOLE]], &auth).unwrap();
            assert_eq!(headers["authorization"], value);
            assert!(headers["authorization"].is_sensitive());
        }
        let chosen = choose(&[&[WHOLE]], Some(&Auth::api_key("Bot canary").prepare().unwrap())).unwrap();
        let secrets: Vec<_> = chosen.secrets().map(|(_, secret)| secret).collect();
        assert_eq!(secrets, ["Bot canary", "canary"]);
        let both = Auth::api_key("k").and(Auth::bearer("t"));
        assert!(sent(&[&[WHOLE, Credential::Bearer]], &both).is_err());
        assert!(sent(&[&[KEY]], &Auth::bearer("t")).is_err());
    }

    #[test]
    fn credentials_are_combined() {
        let auth = Auth::api_key_for("app", "1").and(Auth::api_key_for("X-Key", "2")).and(Auth::bearer("t"));
        let (query, headers) = sent(&[&[KEY, APP, SESSION], &[APP, KEY, Credential::Bearer]], &auth).unwrap();
        assert_eq!((query.as_str(), headers["x-key"].to_str().unwrap()), ("a=b&app=1", "2"));
        assert_eq!(headers["authorization"], "Bearer t");
        let message = sent(&[&[SESSION]], &Auth::api_key_for("app", "canary")).unwrap_err();
        assert_eq!(
            message,
            "the client has an API key for `app` (`Auth::api_key_for`): \
             the operation takes an API key (`Auth::api_key`) in cookie `session`"
        );
        for auth in [Auth::api_key(""), Auth::api_key(" a"), Auth::api_key("é"), Auth::api_key("a\nb")] {
            assert_eq!(
                auth.prepare().err().unwrap(),
                ["the API key is empty, begins or ends with a space, or is not visible ASCII"]
            );
        }
        assert!(!format!("{:?}", Auth::api_key("canary").and(Auth::none())).contains("canary"));
    }
}
