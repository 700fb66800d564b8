//! The base URL.
//!
//! Input: text from a caller or a document. Output: an origin and a path prefix in a form that no
//! URL parser changes. Invariant: anything that could send a credential to an unintended host is
//! refused.

use crate::wire::path;
use http::Uri;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A checked base URL.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Server {
    /// `https://example.com` or `https://example.com:8443`: lower case, without a default port.
    origin: String,
    /// `/api/v1`, or empty.
    prefix: String,
    loopback: bool,
    plain_http: bool,
}

impl Server {
    /// Checks a base URL: `https`, or `http` to this machine or with permission; a host, a port, a
    /// path prefix.
    ///
    /// # Errors
    /// Returns a message, without the URL, if the URL has any other part.
    pub(crate) fn parse(text: &str, plain_http: bool) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").ok_or("not an absolute URL")?;
        let (scheme, default_port) = match &*scheme.to_ascii_lowercase() {
            "https" => ("https", 443),
            "http" => ("http", 80),
            _ => return Err("the scheme is neither https nor http".to_owned()),
        };
        if rest.contains('?') {
            return Err("a query has no place in a base URL".to_owned());
        }
        if rest.contains('#') {
            return Err("a fragment has no place in a base URL".to_owned());
        }
        let (authority, prefix) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err("user info has no place in a base URL".to_owned());
        }
        let (host, port) = split_port(authority)?;
        let host = Host::parse(host)?;
        if scheme == "http" && !host.loopback && !plain_http {
            return Err("plain http to another machine needs `allow_plain_http(true)`".to_owned());
        }
        let prefix = prefix.trim_end_matches('/');
        path::check(prefix)?;
        let port = match port {
            Some(port) if port != default_port => format!(":{port}"),
            _ => String::new(),
        };
        let origin = format!("{scheme}://{}{port}", host.text);
        Ok(Self { origin, prefix: prefix.to_owned(), loopback: host.loopback, plain_http })
    }

    /// Returns the server that an operation declares: a URL, or an absolute path on this server.
    ///
    /// # Errors
    /// The same as [`parse`](Self::parse).
    pub(crate) fn of_operation(&self, own: &str) -> Result<Self, String> {
        if !own.starts_with('/') {
            return Self::parse(own, self.plain_http);
        }
        let prefix = own.trim_end_matches('/');
        path::check(prefix)?;
        Ok(Self { prefix: prefix.to_owned(), ..self.clone() })
    }

    /// Returns the address of an operation's path and query.
    ///
    /// # Errors
    /// Returns a message if the result does not have this server's origin and exactly this path and
    /// query.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Uri, String> {
        let mark = if query.is_empty() { "" } else { "?" };
        let text = [&*self.origin, &*self.prefix, path, mark, query].concat();
        let uri = Uri::try_from(text).map_err(|error| format!("the request's URL is refused: {error}"))?;
        let rest = uri.scheme_str().and_then(|scheme| self.origin.strip_prefix(scheme)?.strip_prefix("://"));
        if rest == uri.authority().map(|authority| authority.as_str())
            && uri.path().strip_prefix(&*self.prefix) == Some(path)
            && uri.query().unwrap_or_default() == query
        {
            Ok(uri)
        } else {
            Err("the request's URL differs from what was built".to_owned())
        }
    }

    /// Returns true if the server is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}

struct Host {
    text: String,
    loopback: bool,
}

impl Host {
    fn parse(text: &str) -> Result<Self, String> {
        if let Some(inner) = text.strip_prefix('[') {
            let address = inner.strip_suffix(']').and_then(|inner| inner.parse::<Ipv6Addr>().ok());
            let address = address.ok_or("the host is no IPv6 address")?;
            // This address has two notations, and URL parsers use the other one.
            if address.to_ipv4_mapped().is_some() {
                return Err("the host is an IPv4 address in IPv6 form: write it as IPv4".to_owned());
            }
            return Ok(Self { text: format!("[{address}]"), loopback: address.is_loopback() });
        }
        let text = text.to_ascii_lowercase();
        let valid = |label: &str| {
            matches!(label.len(), 1..=63)
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        if text.is_empty() || text.len() > 253 || !text.split('.').all(valid) {
            return Err("the host is no DNS name (a name beyond ASCII is written as `xn--…`)".to_owned());
        }
        // A URL parser reads a host whose last label is a number as an IPv4 address, in many
        // notations.
        let last = text.rsplit('.').next().unwrap_or_default();
        if last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") {
            let address: Ipv4Addr = text.parse().map_err(|_| "the host is no IPv4 address")?;
            return Ok(Self { loopback: address.is_loopback(), text });
        }
        Ok(Self { loopback: text == "localhost", text })
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), String> {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => {
            let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            let port = port.parse().ok().filter(|port| digits && *port != 0);
            Ok((host, Some(port.ok_or("the port is no number from 1 to 65535")?)))
        }
        _ => Ok((authority, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_normalised() {
        for (text, origin, prefix) in [
            ("https://conversations.twilio.com", "https://conversations.twilio.com", ""),
            ("https://conversations.twilio.com/", "https://conversations.twilio.com", ""),
            ("HTTPS://Example.COM:443/Api/v1/", "https://example.com", "/Api/v1"),
            ("https://example.com:8443/a%2Fb", "https://example.com:8443", "/a%2Fb"),
            ("https://under_score.example", "https://under_score.example", ""),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010", ""),
            ("http://localhost:80/x", "http://localhost", "/x"),
            ("http://[::1]:4010", "http://[::1]:4010", ""),
            ("https://[2001:DB8::0]", "https://[2001:db8::]", ""),
            ("https://10.0.0.1:443", "https://10.0.0.1", ""),
        ] {
            let server = Server::parse(text, false).unwrap();
            assert_eq!((server.origin.as_str(), server.prefix.as_str()), (origin, prefix), "{text}");
        }
    }

    #[test]
    fn ambiguous_urls_are_refused() {
        for (text, reason) in [
            ("", "absolute"),
            ("example.com", "absolute"),
            ("/v1", "absolute"),
            ("ftp://example.com", "scheme"),
            ("javascript://example.com", "scheme"),
            ("https://", "host"),
            ("https:///v1", "host"),
            ("https://user@example.com", "user info"),
            ("https://user:canary@example.com", "user info"),
            ("https://example.com?x", "query"),
            ("https://example.com/?x", "query"),
            ("https://example.com#x", "fragment"),
            ("https://example.com\\@evil.example", "user info"),
            ("https://example.com\\evil", "host"),
            ("https://exa mple.com", "host"),
            ("https://exa\tmple.com", "host"),
            ("https://münchen.example", "host"),
            ("https://a..b", "host"),
            ("https://example.com.", "host"),
            (&format!("https://{}", "a".repeat(64)), "host"),
            (&format!("https://{}a", "a.".repeat(127)), "host"),
            ("https://127.1", "IPv4"),
            ("https://0x7f.0x1", "IPv4"),
            ("https://2130706433", "IPv4"),
            ("https://010.0.0.1", "IPv4"),
            ("https://[::1", "IPv6"),
            ("https://[::1]x", "IPv6"),
            ("https://[::ffff:10.0.0.1]", "IPv6"),
            ("https://[fe80::1%25eth0]", "IPv6"),
            ("https://::1", "host"),
            ("https://example.com:", "port"),
            ("https://example.com:0", "port"),
            ("https://example.com:65536", "port"),
            ("https://example.com:+1", "port"),
            ("https://example.com/../x", "dot segment"),
            ("https://example.com/%2e%2E", "dot segment"),
            ("https://example.com/a b", "character"),
            ("https://example.com/{a}", "character"),
        ] {
            let message = Server::parse(text, true).unwrap_err();
            assert!(message.contains(reason), "{text}: {message}");
            assert!(!message.contains("canary"));
        }
    }

    #[test]
    fn plain_http_needs_permission_beyond_this_machine() {
        for text in ["http://127.0.0.1", "http://127.9.9.9:1", "http://localhost", "http://[::1]:1"] {
            assert!(Server::parse(text, false).is_ok(), "{text}");
        }
        for text in ["http://example.com", "http://localhost.example.com", "http://10.0.0.1", "http://[::2]"]
        {
            assert!(Server::parse(text, false).unwrap_err().contains("allow_plain_http"), "{text}");
            assert!(Server::parse(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_operation_may_have_a_server_of_its_own() {
        let server = Server::parse("https://example.com:8443/api", false).unwrap();
        let own = |url: &str| server.of_operation(url).map(|own| own.join("/a", "").unwrap().to_string());
        assert_eq!(own("/v2/").unwrap(), "https://example.com:8443/v2/a");
        assert_eq!(own("/").unwrap(), "https://example.com:8443/a");
        assert_eq!(own("https://files.example.com/up").unwrap(), "https://files.example.com/up/a");
        assert!(
            own("http://files.example.com").is_err()
                && own("//evil.example").unwrap().contains("example.com:8443//evil")
        );
        assert!(own("/../x").is_err() && own("v2").is_err());
    }

    #[test]
    fn a_path_is_joined_to_the_prefix() {
        let server = Server::parse("https://example.com:8443/api/", false).unwrap();
        assert_eq!(
            server.join("/v1/a%2Fb", "").unwrap().to_string(),
            "https://example.com:8443/api/v1/a%2Fb"
        );
        let server = Server::parse("https://example.com", false).unwrap();
        assert_eq!(server.join("//evil.example/x", "").unwrap().host(), Some("example.com"));
        assert!(server.join("/a?b", "").is_err());
        assert!(server.join("/a#b", "").is_err());
        assert!(server.join("/a b", "").is_err());
        assert!(server.join("@evil.example/", "").is_err());
        assert!(server.join(&format!("/{}", "a".repeat(70_000)), "").is_err());
    }
}
