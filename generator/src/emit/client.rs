//! `src/client.rs`: the client's type and how one is made.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, File, docs};
use crate::ir::{Server, Variable};

impl Emitter<'_> {
    pub(super) fn client(self) -> File {
        let credentials = docs::attributes(&self.credentials());
        let declaration = quote! {
            /// Makes the API's calls. Cheap to clone: clones share their connections.
            ///
            #credentials
            #[derive(Clone, Debug)]
            pub struct Client(pub(crate) runtime::Client);
        };
        let servers = docs::attributes(&self.server_docs());
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

                    /// A client of [`Client::SERVER`] with settings of one's own.
                    #servers
                    pub fn builder() -> ClientBuilder<Self> {
                        ClientBuilder::new(Self::SERVER).user_agent(USER_AGENT)
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

                    /// A client of the API at the base URL `server`, with settings of one's own.
                    #servers
                    pub fn builder(server: &str) -> ClientBuilder<Self> {
                        ClientBuilder::new(server).user_agent(USER_AGENT)
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
    fn server_docs(self) -> Vec<String> {
        let servers = &self.api.servers;
        let is_plain = |server: &Server| {
            server.variables.is_empty() && Some(&server.template) == self.api.server.as_ref()
        };
        if servers.len() < 2 && servers.first().is_none_or(is_plain) {
            return vec![];
        }
        let mut lines = vec![String::new(), "The document's servers:".to_owned(), String::new()];
        for server in servers {
            let prose = docs::prose(&server.docs, "");
            let about = prose.first().map(|line| format!(": {line}")).unwrap_or_default();
            lines.push(format!("* {}{about}", docs::code(&server.template)));
            lines.extend(
                prose
                    .iter()
                    .skip(1)
                    .map(|line| if line.is_empty() { line.clone() } else { format!("  {line}") }),
            );
            for Variable { name, default, values } in &server.variables {
                let others = values.iter().filter(|value| *value != default);
                let values: Vec<String> = others.map(|value| docs::code(value)).collect();
                let or =
                    if values.is_empty() { String::new() } else { format!(", or {}", values.join(", ")) };
                lines.push(format!("  * {}: {}{or}", docs::code(name), docs::code(default)));
            }
        }
        lines
    }
}
