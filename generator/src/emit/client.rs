//! `src/client.rs`: the client's type and how one is made.

use proc_macro2::TokenStream;
use quote::quote;

use super::description::credential_tokens;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, codes, text};
use crate::ir::{Server, Variable};

impl Emitter<'_> {
    pub(super) fn client(self) -> File {
        let about = docs::attributes(&DocText::join([
            DocText::fixed("Makes the API's calls. Cheap to clone: clones share their connections."),
            self.credentials(),
        ]));
        let declaration = quote! {
            #about
            #[derive(Clone, Debug)]
            pub struct Client(pub(crate) runtime::Client);
        };
        let builder = docs::attributes(&DocText::join([
            DocText::fixed(match &self.api.server {
                Some(_) => "A client of [`Client::SERVER`] with settings of one's own.",
                None => "A client of the API at the base URL `server`, with settings of one's own.",
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
                    /// The server that the document names.
                    pub const SERVER: &'static str = #server;

                    /// A client of [`Client::SERVER`] with default settings.
                    ///
                    /// # Errors
                    /// Where `auth` can't be sent, as a user name with a colon in it.
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
                    /// A client of the API at the base URL `server`, with default settings.
                    ///
                    /// # Errors
                    /// Where `server` is no base URL, or `auth` can't be sent.
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
        let user_agent = quote! {
            /// This crate, as `User-Agent` names it where no other is set.
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
        File {
            path: "src/client.rs".to_owned(),
            docs: TokenStream::new(),
            items: vec![imports, declaration, user_agent, constructors, conversion],
        }
    }

    /// The servers among which a caller can choose, where there is a choice.
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

/// A server as an item of a list, with its variables as a list inside.
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
