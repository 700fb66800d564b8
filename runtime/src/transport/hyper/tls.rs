//! TLS by rustls, or none.

#[cfg(not(feature = "__rustls"))]
pub(super) use self::none::*;
#[cfg(feature = "__rustls")]
pub(super) use self::some::*;

#[cfg(feature = "__rustls")]
mod some {
    use crate::transport::{TransportError, TransportErrorKind as Kind};
    use http::Uri;
    use hyper_rustls::HttpsConnector;
    #[cfg(feature = "rustls-aws-lc")]
    use rustls::crypto::aws_lc_rs as backend;
    #[cfg(not(feature = "rustls-aws-lc"))]
    use rustls::crypto::ring as backend;
    use rustls::{ClientConfig, RootCertStore};
    use rustls_platform_verifier::Verifier;
    use std::{error::Error, sync::Arc};

    #[derive(Clone)]
    pub(in super::super) struct Tls {
        config: Arc<ClientConfig>,
        /// The configuration for proxies, which support tunnels over HTTP/1.1 only.
        http1: Arc<ClientConfig>,
        /// The reason why there is no TLS: the system trusts no certificate.
        missing: Option<rustls::Error>,
    }

    impl Tls {
        /// Creates TLS with the certificates that the operating system trusts. If there are none,
        /// plain HTTP still works.
        pub(in super::super) fn system() -> Result<Self, TransportError> {
            // With an explicit provider, no provider for the whole process is needed.
            let provider = Arc::new(backend::default_provider());
            let tls = ClientConfig::builder_with_provider(Arc::clone(&provider))
                .with_safe_default_protocol_versions()
                .map_err(|error| TransportError::new(Kind::Tls).with_source(error).unsent())?;
            Ok(match Verifier::new(provider) {
                Ok(verifier) => {
                    let tls = tls.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
                    Self::new(tls.with_no_client_auth())
                }
                Err(error) => {
                    let nothing = tls.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
                    Self { missing: Some(error), ..Self::new(nothing) }
                }
            })
        }

        pub(in super::super) fn new(config: ClientConfig) -> Self {
            let with = |protocols: &[&[u8]]| {
                let mut config = config.clone();
                config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
                Arc::new(config)
            };
            Self { config: with(&[b"h2", b"http/1.1"]), http1: with(&[b"http/1.1"]), missing: None }
        }

        /// Checks that a connection to `target` is possible.
        pub(in super::super) fn allows(&self, target: &Uri) -> Result<(), rustls::Error> {
            match &self.missing {
                Some(error) if target.scheme_str() == Some("https") => Err(error.clone()),
                _ => Ok(()),
            }
        }

        /// Returns a connector over `inner`, with TLS for `https` targets.
        pub(in super::super) fn over<C>(&self, inner: C) -> HttpsConnector<C> {
            (inner, Arc::clone(&self.config)).into()
        }

        /// Returns the same connector as [`over`](Self::over), for HTTP/1.1 only.
        pub(in super::super) fn over_http1<C>(&self, inner: C) -> HttpsConnector<C> {
            (inner, Arc::clone(&self.http1)).into()
        }
    }

    pub(in super::super) fn is_error(cause: &(dyn Error + 'static)) -> bool {
        cause.is::<rustls::Error>()
    }
}

#[cfg(not(feature = "__rustls"))]
mod none {
    use crate::transport::{TransportError, TransportErrorKind as Kind};
    use http::Uri;
    use std::error::Error;

    #[derive(Clone)]
    pub(in super::super) struct Tls;

    impl Tls {
        pub(in super::super) fn system() -> Result<Self, TransportError> {
            Ok(Self)
        }

        pub(in super::super) fn allows(&self, target: &Uri) -> Result<(), TransportError> {
            match target.scheme_str() {
                Some("https") => Err(TransportError::new(Kind::Tls)
                    .with_source("https needs the feature `rustls-ring` or `rustls-aws-lc`")
                    .unsent()),
                _ => Ok(()),
            }
        }

        pub(in super::super) fn over<C>(&self, inner: C) -> C {
            inner
        }

        pub(in super::super) fn over_http1<C>(&self, inner: C) -> C {
            inner
        }
    }

    pub(in super::super) fn is_error(_: &(dyn Error + 'static)) -> bool {
        false
    }
}
