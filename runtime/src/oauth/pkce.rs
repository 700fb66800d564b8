//! Proof Key for Code Exchange (RFC 7636), with the method S256.

use crate::error::{Error, ErrorKind};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A verifier and its challenge. `Debug` prints neither.
#[derive(Clone)]
pub struct Pkce {
    verifier: Zeroizing<String>,
    challenge: String,
}

impl Pkce {
    /// Creates a random verifier of 256 bits (RFC 7636 §4.1).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the system has no random bytes.
    pub fn new() -> Result<Self, Error> {
        random_text().map(Self::of)
    }

    /// Uses an existing verifier, such as one that another process stored.
    #[must_use]
    pub fn of(verifier: impl Into<String>) -> Self {
        let verifier = Zeroizing::new(verifier.into());
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        Self { verifier, challenge }
    }

    /// Returns the verifier. The program keeps it and sends it with the code.
    #[must_use]
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// Returns the challenge, which is a part of the authorization URL.
    #[must_use]
    pub fn challenge(&self) -> &str {
        &self.challenge
    }
}

impl fmt::Debug for Pkce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkce").finish_non_exhaustive()
    }
}

/// Returns a random text of 256 bits for the `state` of an authorization URL. A redirect with the
/// same `state` belongs to the program's own request (RFC 6749 §10.12).
///
/// # Errors
/// The same errors as [`Pkce::new`].
pub fn random_state() -> Result<String, Error> {
    random_text()
}

fn random_text() -> Result<String, Error> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|_| Error::new(ErrorKind::Configuration, "the system gives no random bytes"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let pkce = Pkce::of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(pkce.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn verifiers_are_random_and_not_printed() {
        let (one, other) = (Pkce::new().unwrap(), Pkce::new().unwrap());
        assert_ne!(one.verifier(), other.verifier());
        assert_eq!(one.verifier().len(), 43);
        assert!(!format!("{one:?}").contains(one.verifier()));
    }
}
