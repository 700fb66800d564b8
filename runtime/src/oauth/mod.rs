//! OAuth 2.0 (RFC 6749): tokens by client credentials and by refresh token, and the authorization
//! code with PKCE.
//!
//! Input: an authorization server's token URL, and a client's id and secret. Output: a
//! [`TokenProvider`](crate::TokenProvider) for [`Auth::provider`](crate::Auth::provider), or a
//! [`Grant`].
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
//! Invariant: secrets, tokens and codes go into requests to the token URL, and into no error and no
//! `Debug`.

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
    error::{Echo, Error, ErrorKind},
    request::Request,
    response::reply::Json,
    wire::percent::{Keep, encode},
};
use http::Method;
use std::{collections::BTreeMap, fmt};
use zeroize::Zeroizing;

/// The parameters whose values messages must not contain.
const SECRETS: &[&str] = &["client_secret", "code", "code_verifier", "refresh_token"];

/// The largest response of a token endpoint, in bytes. The token in it becomes a header field, which
/// is far shorter.
const MOST_BYTES: u64 = 1 << 20;

/// The token request. The statuses 429 and 503 mean that the server did not process it.
const TOKEN: Operation = Operation::new("OAuthToken", Method::POST, "")
    .security(&[&[Credential::Basic], &[]])
    .accept("application/json")
    .repeatable(&[429, 503]);

/// The token request at a URL that ends with `/`.
const TOKEN_AT_SLASH: Operation = Operation::new("OAuthToken", Method::POST, "/")
    .security(&[&[Credential::Basic], &[]])
    .accept("application/json")
    .repeatable(&[429, 503]);

/// An OAuth 2.0 client, as an authorization server knows it.
///
/// A client with a secret authenticates by HTTP Basic (`client_secret_basic`) or in the form
/// ([`secret_in_body`](Self::secret_in_body)). A client without a secret sends its id in the form.
/// `Debug` prints no secret.
#[must_use = "it does nothing until a token is requested"]
pub struct OAuth {
    token_url: String,
    refresh_url: Option<String>,
    id: String,
    secret: Option<Zeroizing<String>>,
    in_body: bool,
    scopes: String,
    parameters: Vec<(String, String)>,
    settings: Vec<Change>,
}

type Change = Box<dyn FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client> + Send>;

impl OAuth {
    /// Creates a client without a secret. `token_url` is the URL of the token endpoint, called
    /// `tokenUrl` in OpenAPI.
    pub fn new(token_url: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            token_url: token_url.into(),
            refresh_url: None,
            id: client_id.into(),
            secret: None,
            in_body: false,
            scopes: String::new(),
            parameters: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// Sets the URL of requests with a refresh token, called `refreshUrl` in OpenAPI. Default: the
    /// token URL.
    pub fn refresh_url(mut self, refresh_url: impl Into<String>) -> Self {
        self.refresh_url = Some(refresh_url.into());
        self
    }

    /// Sets the client's secret.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(Zeroizing::new(secret.into()));
        self
    }

    /// Sends the id and the secret in the form (`client_secret_post`), for servers that do not
    /// accept HTTP Basic.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Sets the requested scopes. Default: none, and the server chooses the scopes.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        self.scopes = scopes.join(" ");
        self
    }

    /// Adds a parameter to every token request and to the authorization URL, such as `audience` or
    /// `resource` (RFC 8707).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Changes the settings of token requests, such as transport, timeouts and retries. The
    /// defaults are those of [`ClientBuilder`], except for the largest body, which is 1 MiB.
    pub fn with(
        mut self,
        change: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client> + Send + 'static,
    ) -> Self {
        self.settings.push(Box::new(change));
        self
    }

    /// Returns a source that requests tokens with the client's credentials (RFC 6749 §4.4).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the token URL, the id or the secret cannot be used.
    pub fn client_credentials(self) -> Result<Tokens, Error> {
        Ok(Tokens::of_client(self.endpoint()?))
    }

    /// Returns a source that requests tokens with a refresh token (RFC 6749 §6). A server may
    /// replace the refresh token. To store the new one, use [`Tokens::on_grant`].
    ///
    /// # Errors
    /// The same errors as [`client_credentials`](Self::client_credentials).
    pub fn refresh_token(self, refresh_token: impl Into<String>) -> Result<Tokens, Error> {
        Ok(Tokens::of_refresh(self.refresh_endpoint()?, Zeroizing::new(refresh_token.into())))
    }

    /// Returns a source whose first token is the token of `grant`. The source requests further tokens
    /// with the grant's refresh token.
    ///
    /// # Errors
    /// The same errors as [`client_credentials`](Self::client_credentials).
    pub fn grant(self, grant: Grant) -> Result<Tokens, Error> {
        Ok(Tokens::of_grant(self.refresh_endpoint()?, grant))
    }

    /// Exchanges the code of a redirect for a grant (RFC 6749 §4.1.3). `redirect_uri` is the same
    /// as in the authorization URL. `verifier` belongs to the challenge of the authorization URL (RFC
    /// 7636 §4.5).
    ///
    /// # Errors
    /// The same errors as [`client_credentials`](Self::client_credentials), and every error of a
    /// call. The message and the body of such an error contain the server's `error`.
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

    /// Returns the URL of the page on which a person grants access (RFC 6749 §4.1.1). The server
    /// redirects the browser to `redirect_uri` with the code and with `state`. The program must
    /// check that `state` is unchanged. `challenge` is a PKCE challenge of the method S256 (RFC
    /// 7636 §4.3).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if `authorization_url` is not absolute or has a fragment.
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

    /// Creates the endpoint for requests with a refresh token.
    fn refresh_endpoint(mut self) -> Result<Endpoint, Error> {
        if let Some(refresh_url) = self.refresh_url.take() {
            self.token_url = refresh_url;
        }
        self.endpoint()
    }

    /// Creates the token endpoint.
    fn endpoint(self) -> Result<Endpoint, Error> {
        let Self { token_url, refresh_url: _, id, secret, in_body, scopes, parameters, settings } = self;
        let (url, query) = token_url.split_once('?').unwrap_or((&token_url, ""));
        let mut builder = ClientBuilder::<Client>::new(url).max_body_bytes(MOST_BYTES);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            builder = builder.query(decoded(name), decoded(value));
        }
        let mut form: Vec<(String, Zeroizing<String>)> =
            parameters.into_iter().map(|(name, value)| (name, Zeroizing::new(value))).collect();
        let plain = secret.clone();
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
        Ok(Endpoint { client: builder.build()?, operation, scopes, form, secret: plain })
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client_id", &self.id).finish_non_exhaustive()
    }
}

/// A token endpoint, and the parameters of every request to it.
struct Endpoint {
    client: Client,
    operation: &'static Operation,
    scopes: String,
    form: Vec<(String, Zeroizing<String>)>,
    /// The client's secret as the program knows it. HTTP Basic has it percent-encoded.
    secret: Option<Zeroizing<String>>,
}

impl Endpoint {
    /// Requests a token.
    async fn grant(&self, form: &[(&str, &str)]) -> Result<Grant, Error> {
        let own = self.form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let form: BTreeMap<&str, &str> = own.chain(form.iter().copied()).collect();
        let of_form = SECRETS.iter().filter_map(|name| Some((*name, *form.get(name)?)));
        let secret = self.secret.iter().map(|secret| ("client_secret", secret.as_str()));
        let secrets: Vec<(&'static str, &str)> = of_form.chain(secret).collect();
        let mut request = Request::new(&self.client, self.operation).form(&[], &form);
        for (name, value) in &secrets {
            request = request.concealing(name, value);
        }
        let echo = Echo::new(secrets.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
        Grant::read(request.send::<Json<serde_json::Value>>().await?, &echo)
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
