//! Writes `src/client.rs`: the client's type and its constructors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::description::credential_tokens;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, codes, item_as, text};
use crate::ir::{FlowKind, FlowUrl, Server, Variable};

impl Emitter<'_> {
    pub(super) fn client(self) -> File {
        let about = docs::attributes(&DocText::join([
            DocText::fixed("A client of the API. Cheap to clone: clones share their connections."),
            self.credentials(),
        ]));
        let declaration = quote! {
            #about
            #[derive(Clone, Debug)]
            pub struct Client(pub(crate) runtime::Client);
        };
        let builder = docs::attributes(&DocText::join([
            DocText::fixed(match &self.api.server {
                Some(_) => "Returns a builder for a client of [`Client::SERVER`] with other settings.",
                None => {
                    "Returns a builder for a client of the API at the base URL `server` with other settings."
                }
            }),
            self.server_docs(),
        ]));
        let taken = self.taken();
        let taken = taken.iter().map(|credential| credential_tokens(credential));
        let security = if self.api.undeclared_security {
            quote! { .undeclared_security(&[#(#taken),*]) }
        } else {
            quote! { .security(&[#(#taken),*]) }
        };
        let constructors = match &self.api.server {
            Some(server) => quote! {
                impl Client {
                    /// The document's server.
                    pub const SERVER: &'static str = #server;

                    /// Creates a client of [`Client::SERVER`] with default settings.
                    ///
                    /// # Errors
                    /// `auth` can't be sent, for example because the user name contains a colon.
                    pub fn new(auth: Auth) -> Result<Self, Error> {
                        Self::builder().auth(auth).build()
                    }

                    #builder
                    pub fn builder() -> ClientBuilder<Self> {
                        ClientBuilder::new(Self::SERVER).user_agent(USER_AGENT) #security
                    }
                }
            },
            None => quote! {
                impl Client {
                    /// Creates a client of the API at the base URL `server`, with default settings.
                    ///
                    /// # Errors
                    /// `server` is not a base URL, or `auth` can't be sent.
                    pub fn new(server: &str, auth: Auth) -> Result<Self, Error> {
                        Self::builder(server).auth(auth).build()
                    }

                    #builder
                    pub fn builder(server: &str) -> ClientBuilder<Self> {
                        ClientBuilder::new(server).user_agent(USER_AGENT) #security
                    }
                }
            },
        };
        let flows = self.flows();
        let user_agent = quote! {
            /// The default `User-Agent`.
            const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        };
        let conversion = quote! {
            impl From<runtime::Client> for Client {
                fn from(client: runtime::Client) -> Self {
                    Self(client)
                }
            }
        };
        let imports = quote! { use runtime::{Auth, ClientBuilder, Error}; };
        let items =
            [Some(imports), Some(declaration), Some(user_agent), Some(constructors), flows, Some(conversion)];
        let items = items.into_iter().flatten().collect();
        File::new("src/client.rs".to_owned(), TokenStream::new(), items)
    }

    /// Returns constants for the OAuth 2.0 URLs: one that all flows share, or one for each kind of
    /// flow.
    fn flows(self) -> Option<TokenStream> {
        let flows = &self.api.flows;
        let tokens = flows.token_urls.iter().map(|url| {
            let about = flow_docs("The token URL of OAuth 2.0", url.kind, "new");
            flow_constant("TOKEN_URL", url, DocText::join([about, scopes(url)]))
        });
        let refreshes = flows.refresh_urls.iter().map(|url| {
            let start = "The URL of OAuth 2.0 for refresh tokens";
            flow_constant("REFRESH_URL", url, flow_docs(start, url.kind, "refresh_url"))
        });
        let pages = flows.authorization_urls.iter().map(|url| {
            let start = "The page of OAuth 2.0 where a person grants access";
            flow_constant("AUTHORIZATION_URL", url, flow_docs(start, url.kind, "authorization_url"))
        });
        let constants: Vec<TokenStream> = tokens.chain(refreshes).chain(pages).collect();
        (!constants.is_empty()).then(|| quote! { impl Client { #(#constants)* } })
    }

    /// Returns a list of the servers to choose from, if there are several.
    fn server_docs(self) -> DocText {
        let servers = &self.api.servers;
        let is_plain = |server: &Server| {
            server.variables.is_empty() && Some(&server.template) == self.api.server.as_ref()
        };
        if servers.len() < 2 && servers.first().is_none_or(is_plain) {
            return DocText::default();
        }
        let list = DocText::list(servers.iter().map(server_item));
        DocText::join([DocText::fixed("The document's servers:"), list])
    }
}

/// Returns the constant of an OAuth 2.0 URL.
fn flow_constant(name: &str, url: &FlowUrl, docs: DocText) -> TokenStream {
    let (docs, value) = (docs::attributes(&docs), &url.url);
    let name = format_ident!("{}", crate::name::flow_constant(name, url.kind));
    quote! { #docs pub const #name: &'static str = #value; }
}

fn flow_docs(start: &'static str, kind: Option<FlowKind>, method: &str) -> DocText {
    let link = item_as(format!("OAuth::{method}"), format!("runtime::oauth::OAuth::{method}"));
    let of_kind = kind.map(|kind| [text(" in the flow "), code(kind.words())]).into_iter().flatten();
    DocText::line([text(start)].into_iter().chain(of_kind).chain([text(", for "), link, text(".")]))
}

/// Returns the scopes of flows as a section of docs.
fn scopes(url: &FlowUrl) -> DocText {
    let scopes = url.scopes.iter().map(|(name, about)| {
        let about = DocText::title(about);
        let joint = if about.is_empty() { "" } else { ": " };
        about.prefixed([code(name), text(joint)])
    });
    DocText::section("Scopes", DocText::list(scopes))
}

/// Returns a server as a list item, with its variables as a nested list.
fn server_item(server: &Server) -> DocText {
    let prose = docs::prose(&server.docs, DocText::default());
    let between = (!prose.is_empty()).then(|| text(": "));
    let variables = server.variables.iter().map(|Variable { name, default, values }| {
        let others = codes(values.iter().filter(|value| *value != default), ", ");
        let or = (!others.is_empty()).then(|| text(", or "));
        DocText::line([code(name), text(": "), code(default)].into_iter().chain(or).chain(others))
    });
    let prose = prose.prefixed([code(&server.template)].into_iter().chain(between));
    DocText::join([prose, DocText::list(variables)])
}
