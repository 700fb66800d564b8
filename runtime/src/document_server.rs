//! The servers that a document names.
//!
//! In: a URL template and its variables, from generated code; values of a caller's. Out: a base URL. The rule: a value
//! that the document does not list is refused, and none can change the host that was meant.

use crate::error::{Error, ErrorKind};

/// A server that a document names, with variables in its URL (OpenAPI 3.0.4 §4.7.5).
///
/// ```
/// use runtime::DocumentServer;
///
/// const SERVER: DocumentServer =
///     DocumentServer::new("https://{region}.example.com/{base}", &[("region", "eu", &["eu", "us"]), ("base", "v1", &[])]);
/// assert_eq!(SERVER.url(&[])?, "https://eu.example.com/v1");
/// assert_eq!(SERVER.url(&[("region", "us"), ("base", "v2")])?, "https://us.example.com/v2");
/// assert!(SERVER.url(&[("region", "evil.example/")]).is_err());
/// # Ok::<(), runtime::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DocumentServer {
    template: &'static str,
    variables: &'static [Variable],
}

/// A variable: its name, its default, and the values that it can have, where the document lists them.
type Variable = (&'static str, &'static str, &'static [&'static str]);

impl DocumentServer {
    /// A server by its URL, with `{name}` for each variable.
    #[must_use]
    pub const fn new(template: &'static str, variables: &'static [Variable]) -> Self {
        Self { template, variables }
    }

    /// The URL with these values, and the defaults of all other variables.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], where a name is not a variable's, or a value not one of those that it can have. Where the
    /// document lists none, a value is of letters, digits and `-._~/`.
    pub fn url(&self, values: &[(&str, &str)]) -> Result<String, Error> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Configuration, message));
        let is_known = |name: &str| self.variables.iter().any(|(known, ..)| *known == name);
        if let Some((name, _)) = values.iter().find(|(name, _)| !is_known(name)) {
            let name: String = name.escape_debug().take(60).collect();
            return refuse(format!("the server's URL has no variable `{name}`"));
        }
        let mut url = self.template.to_owned();
        for (name, default, allowed) in self.variables {
            let given = values.iter().find(|(known, _)| known == name).map_or(*default, |(_, value)| value);
            let is_plain = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte));
            // A host ends at a slash: a value before the path can't hold one.
            let (authority, _) = url.split_once("://").map_or(("", ""), |(_, rest)| {
                rest.split_once('/').unwrap_or((rest, ""))
            });
            let in_host = authority.contains(&format!("{{{name}}}"));
            let is_free = given == *default || (is_plain && !(in_host && given.contains('/')));
            if !(allowed.is_empty() && is_free || allowed.contains(&given) || given == *default) {
                return refuse(format!("the value of the server's variable `{name}` is none that it can have"));
            }
            url = url.replace(&format!("{{{name}}}"), given);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_document_or_plain() {
        const SERVER: DocumentServer = DocumentServer::new(
            "https://{host}:{port}/{base}",
            &[("host", "example.com", &[]), ("port", "443", &["443", "8443"]), ("base", "v1", &[])],
        );
        let url = |values: &[(&str, &str)]| SERVER.url(values).map_err(|error| error.to_string());
        assert_eq!(url(&[]).unwrap(), "https://example.com:443/v1");
        assert_eq!(url(&[("port", "8443"), ("base", "a/b")]).unwrap(), "https://example.com:8443/a/b");
        for (name, value) in [("port", "80"), ("host", "evil.example/"), ("host", "a@b"), ("base", "a?b"), ("x", "")] {
            let message = url(&[(name, value)]).unwrap_err();
            assert!(message.contains(name) && !message.contains("evil"), "{message}");
        }
    }
}
