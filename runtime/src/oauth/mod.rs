//! OAuth 2.0 (RFC 6749): tokens by client credentials and by refresh token, and the authorization code with PKCE.
//!
//! Input: an authorization server's token URL, and a client's id and secret. Output: a
//! [`TokenProvider`](crate::TokenProvider) for [`Auth::provider`](crate::Auth::provider), or a [`Grant`].
//!
//! ```
//! use runtime::{Auth, Client, ClientBuilder, oauth::OAuth};
//!
//! # fn example() -> Result<(), runtime::Error> {
//! let tokens = OAuth::new("https://auth.example.com/oauth/token", "client-id")
//!     .secret("client-secret")
//!     .scopes(["read", "write"])
//!     .client_credentials()?;
//! let builder = ClientBuilder::<Client>::new("https://api.example.com").auth(Auth::provider(tokens));
//! # let _ = builder;
//! # Ok(())
//! # }
//! ```
//!
//! Invariant: secrets, tokens and codes go into requests to the token URL, and into no error and no `Debug`.

mod grant;
#[cfg(feature = "pkce")]
mod pkce;
mod tokens;

pub use self::grant::Grant;
#[cfg(feature = "pkce")]
pub use self::pkce::{Pkce, random_state};
pub use self::tokens::Tokens;

use crate::{
    client::{Client, auth::Auth, auth::Credential, builder::ClientBuilder, operation::Operation},
    error::{Error, ErrorKind},
    request::Request,
    response::reply::Json,
    wire::percent::{Keep, encode},
};
use http::Method;
use std::{collections::BTreeMap, fmt};
use zeroize::Zeroizing;

/// The parameters whose values no message shows.
const SECRETS: &[&str] = &["client_secret", "code", "code_verifier", "refresh_token"];

/// The request for a token. 429 and 503 say that it was not processed.
const TOKEN: Operation = Operation::new("OAuthToken", Method::POST, "")
    .security(&[&[Credential::Basic], &[]])
    .accept("application/json")
    .repeatable(&[429, 503]);

/// The same at a URL that ends with `/`.
const TOKEN_AT_SLASH: Operation = Operation::new("OAuthToken", Method::POST, "/")
    .security(&[&[Credential::Basic], &[]])
    .accept("application/json")
    .repeatable(&[429, 503]);

/// An OAuth 2.0 client, as an authorization server knows it.
///
/// A client with a secret authenticates by HTTP Basic (`client_secret_basic`), or by the form
/// ([`secret_in_body`](Self::secret_in_body)). A client without sends its id in the form. `Debug` prints no secret.
#[must_use = "it does nothing until a token is asked for"]
pub struct OAuth {
    token_url: String,
    id: String,
    secret: Option<Zeroizing<String>>,
    in_body: bool,
    scopes: String,
    parameters: Vec<(String, String)>,
    settings: Vec<Change>,
}

type Change = Box<dyn FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client> + Send>;

impl OAuth {
    /// A client without a secret. `token_url` is the token endpoint, `tokenUrl` in an OpenAPI document.
    pub fn new(token_url: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            token_url: token_url.into(),
            id: client_id.into(),
            secret: None,
            in_body: false,
            scopes: String::new(),
            parameters: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// Sets the client's secret.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(Zeroizing::new(secret.into()));
        self
    }

    /// Sends id and secret in the form (`client_secret_post`), for servers that don't take HTTP Basic.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Sets the scopes to ask for. Default: those that the server gives.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        self.scopes = scopes.join(" ");
        self
    }

    /// Adds a parameter of the server's own, as `audience` or `resource` (RFC 8707), to every token request and to the
    /// authorization URL.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Changes the settings of token requests: transport, timeouts, retries, plain HTTP. Default: those of a client.
    pub fn with(
        mut self,
        change: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client> + Send + 'static,
    ) -> Self {
        self.settings.push(Box::new(change));
        self
    }

    /// Returns a source of tokens by client credentials (RFC 6749 §4.4).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the token URL, the id or the secret can't be used.
    pub fn client_credentials(self) -> Result<Tokens, Error> {
        Ok(Tokens::of_client(self.endpoint()?))
    }

    /// Returns a source of tokens by a refresh token (RFC 6749 §6). A server may answer with another refresh token, which
    /// replaces this one: [`Tokens::on_grant`] stores it.
    ///
    /// # Errors
    /// As [`client_credentials`](Self::client_credentials).
    pub fn refresh_token(self, refresh_token: impl Into<String>) -> Result<Tokens, Error> {
        Ok(Tokens::of_refresh(self.endpoint()?, Zeroizing::new(refresh_token.into())))
    }

    /// Returns a source of tokens that begins with a grant, and goes on with its refresh token.
    ///
    /// # Errors
    /// As [`client_credentials`](Self::client_credentials).
    pub fn grant(self, grant: Grant) -> Result<Tokens, Error> {
        Ok(Tokens::of_grant(self.endpoint()?, grant))
    }

    /// Exchanges the code of a redirect for a grant (RFC 6749 §4.1.3). `redirect_uri` is the one of the authorization
    /// URL, `verifier` the one whose challenge was in it (RFC 7636 §4.5).
    ///
    /// # Errors
    /// As [`client_credentials`](Self::client_credentials), and every error of a call; the server's `error` is in its
    /// message and its body.
    pub async fn exchange(
        self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
    ) -> Result<Grant, Error> {
        let mut form =
            vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
        form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        self.endpoint()?.grant(&form).await
    }

    /// Returns the URL that a browser is sent to, where a person grants access (RFC 6749 §4.1.1). The server sends the
    /// browser back to `redirect_uri` with the code and `state`, which has to be compared. `challenge` is PKCE's, of the
    /// method S256 (RFC 7636 §4.3).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if `authorization_url` is no absolute URL, or has a fragment.
    pub fn authorization_url(
        &self,
        authorization_url: &str,
        redirect_uri: &str,
        state: &str,
        challenge: Option<&str>,
    ) -> Result<String, Error> {
        let is_absolute = http::Uri::try_from(authorization_url).is_ok_and(|uri| uri.host().is_some());
        if !is_absolute || authorization_url.contains('#') {
            let problem = "the authorization URL is no absolute URL without a fragment";
            return Err(Error::new(ErrorKind::Configuration, problem));
        }
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", redirect_uri),
            ("scope", &self.scopes),
            ("state", state),
        ];
        pairs.extend(
            challenge
                .into_iter()
                .flat_map(|challenge| [("code_challenge", challenge), ("code_challenge_method", "S256")]),
        );
        pairs.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let mut url = authorization_url.to_owned();
        let mut mark = if url.contains('?') { '&' } else { '?' };
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            url.push(mark);
            encode(name, Keep::Unreserved, &mut url);
            url.push('=');
            encode(value, Keep::Unreserved, &mut url);
            mark = '&';
        }
        Ok(url)
    }

    /// The token endpoint, with a client of its own.
    fn endpoint(self) -> Result<Endpoint, Error> {
        let Self { token_url, id, secret, in_body, scopes, parameters, settings } = self;
        let (url, query) = token_url.split_once('?').unwrap_or((&token_url, ""));
        let mut builder = ClientBuilder::<Client>::new(url);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            builder = builder.query(decoded(name), decoded(value));
        }
        let mut form: Vec<(String, Zeroizing<String>)> =
            parameters.into_iter().map(|(name, value)| (name, Zeroizing::new(value))).collect();
        let auth = match secret {
            // RFC 6749 §2.3.1: both are encoded before they become a user name and a password.
            Some(secret) if !in_body => Auth::basic(encoded(&id).as_str(), encoded(&secret).as_str()),
            secret => {
                form.push(("client_id".to_owned(), Zeroizing::new(id)));
                form.extend(secret.map(|secret| ("client_secret".to_owned(), secret)));
                Auth::none()
            }
        };
        builder = builder.auth(auth);
        for change in settings {
            builder = change(builder);
        }
        let operation = if url.ends_with('/') { &TOKEN_AT_SLASH } else { &TOKEN };
        Ok(Endpoint { client: builder.build()?, operation, scopes, form })
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client_id", &self.id).finish_non_exhaustive()
    }
}

/// A token endpoint, and what every request to it has.
struct Endpoint {
    client: Client,
    operation: &'static Operation,
    scopes: String,
    form: Vec<(String, Zeroizing<String>)>,
}

impl Endpoint {
    /// Asks for a token.
    async fn grant(&self, form: &[(&str, &str)]) -> Result<Grant, Error> {
        let own = self.form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let form: BTreeMap<&str, &str> = own.chain(form.iter().copied()).collect();
        let mut request = Request::new(&self.client, self.operation).form(&[], &form);
        for name in SECRETS {
            if let Some(value) = form.get(name) {
                request = request.concealing(name, value);
            }
        }
        Grant::read(request.send::<Json<serde_json::Value>>().await?)
    }
}

fn encoded(text: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::new());
    encode(text, Keep::Form, &mut encoded);
    encoded
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
