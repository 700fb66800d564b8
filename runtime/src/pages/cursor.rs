//! Finds the address of the next page.
//!
//! Input: a page's address, and its reference to the next page. Output: the next page's address.
//! Invariant: scheme, host and port do not change, because credentials are sent along.

use crate::wire::{
    path,
    percent::{Keep, encode},
};
use http::{HeaderMap, Uri, header};
use percent_encoding::percent_decode_str;

/// Resolves `url` against the page address `base` (RFC 3986 §5.2).
///
/// # Errors
/// Returns a message, without the URL, if it has another origin or if URL parsers could change it.
pub(super) fn resolve(base: &Uri, url: &str) -> Result<Uri, String> {
    let refused = || "the next page's URL can't be used".to_owned();
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    let own = format!(
        "{}://{}",
        base.scheme_str().unwrap_or_default(),
        base.authority().map_or("", |one| one.as_str())
    );
    let text = match url {
        _ if url.starts_with("//") || url.contains("://") && !url.starts_with(['/', '?']) => {
            let scheme = base.scheme_str().unwrap_or_default();
            if url.starts_with("//") { format!("{scheme}:{url}") } else { url.to_owned() }
        }
        _ if url.starts_with('/') => format!("{own}{url}"),
        _ if url.starts_with('?') => format!("{own}{}{url}", base.path()),
        _ => {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{own}{folder}/{url}")
        }
    };
    let uri = Uri::try_from(text).map_err(|_| refused())?;
    if !is_same_origin(base, &uri) {
        return Err("the next page is on another server".to_owned());
    }
    path::check(uri.path()).map_err(|_| refused())?;
    // The origin in the client's notation, path and query in the server's.
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    Uri::try_from(format!("{own}{target}")).map_err(|_| refused())
}

fn is_same_origin(one: &Uri, other: &Uri) -> bool {
    let port =
        |uri: &Uri| uri.port_u16().or(if uri.scheme_str() == Some("http") { Some(80) } else { Some(443) });
    let plain = |uri: &Uri| uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    let same_host = one.host().zip(other.host()).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
    one.scheme_str() == other.scheme_str() && same_host && port(one) == port(other) && plain(other)
}

/// Sets a query parameter of an address. Replaces one of the same name.
pub(super) fn with_query(uri: &Uri, parameter: &str, value: &str) -> Result<Uri, String> {
    let mut name = String::new();
    encode(parameter, Keep::Unreserved, &mut name);
    let others = uri.query().unwrap_or_default().split('&');
    let mut query = String::new();
    for other in others.filter(|other| !other.is_empty() && !is_named(other, &name)) {
        query.extend([other, "&"]);
    }
    query.extend([&name, "="]);
    encode(value, Keep::Unreserved, &mut query);
    resolve(uri, &format!("?{query}"))
}

/// Returns the number in a query parameter.
pub(super) fn number(uri: &Uri, parameter: &str) -> Option<usize> {
    let mut name = String::new();
    encode(parameter, Keep::Unreserved, &mut name);
    let own = uri.query()?.split('&').find(|one| is_named(one, &name))?;
    own.split_once('=')?.1.parse().ok()
}

/// Returns the values of an address's query parameters.
pub(super) fn values(uri: &Uri) -> impl Iterator<Item = String> {
    let values = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    values.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn is_named(pair: &str, name: &str) -> bool {
    pair.split('=').next() == Some(name)
}

/// Returns the URL with the relation `next` in a `Link` header (RFC 8288 §3).
pub(super) fn link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(links)
        .find(|(_, relations)| relations.iter().any(|one| one == "next"))
        .map(|(url, _)| url)
}

/// Returns the URLs of a `Link` header, each with its relations.
fn links(value: &str) -> Vec<(String, Vec<String>)> {
    let mut links = Vec::new();
    let mut rest = value;
    while let Some((_, tail)) = rest.split_once('<') {
        let Some((url, tail)) = tail.split_once('>') else { break };
        // A comma ends the link, unless it is in quotes.
        let mut quoted = false;
        let end = tail.find(|letter| {
            quoted ^= letter == '"';
            letter == ',' && !quoted
        });
        let (parameters, tail) = tail.split_at(end.unwrap_or(tail.len()));
        rest = tail;
        let relations = parameters.split(';').filter_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("rel")
                .then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        let relations =
            relations.flat_map(|all| all.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        links.push((url.trim().to_owned(), relations.collect()));
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn base() -> Uri {
        Uri::from_static("https://api.example.com/v1/Users?PageSize=2")
    }

    #[test]
    fn a_url_of_the_same_server_is_followed() {
        for (url, target) in [
            ("https://api.example.com/v1/Users?Page=2", "/v1/Users?Page=2"),
            ("https://API.example.com:443/x", "/x"),
            ("//api.example.com/x", "/x"),
            ("/v1/Users?Page=2&url=https://evil.example", "/v1/Users?Page=2&url=https://evil.example"),
            ("?Page=2", "/v1/Users?Page=2"),
            ("Users?Page=2#top", "/v1/Users?Page=2"),
            ("more", "/v1/more"),
        ] {
            assert_eq!(
                resolve(&base(), url).unwrap().to_string(),
                format!("https://api.example.com{target}"),
                "{url}"
            );
        }
    }

    #[test]
    fn another_server_is_refused_and_not_named() {
        for url in [
            "https://evil.example/canary",
            "http://api.example.com/canary",
            "//evil.example/canary",
            "https://canary@api.example.com/",
            "https://api.example.com:8443/canary",
            "https://api.example.com.evil.example/",
            "https://api.example.com@evil.example/",
            "ftp://api.example.com/",
            "/../canary",
            "/a b",
            "\\\\evil.example/canary",
            "javascript://api.example.com/canary",
        ] {
            let message = resolve(&base(), url).unwrap_err();
            assert!(!message.contains("canary") && !message.contains("evil"), "{message}");
        }
    }

    #[test]
    fn a_parameter_is_set_in_place_of_another() {
        let uri = with_query(&base(), "Page Token", "a&b=c/é").unwrap();
        assert_eq!(uri.query(), Some("PageSize=2&Page%20Token=a%26b%3Dc%2F%C3%A9"));
        assert_eq!(
            with_query(&uri, "PageSize", "7").unwrap().query().unwrap().matches("PageSize").count(),
            1
        );
        assert_eq!((number(&base(), "PageSize"), number(&base(), "Page")), (Some(2), None));
    }

    #[test]
    fn a_link_is_found_by_its_relation() {
        let next = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::LINK, HeaderValue::from_static(value));
            link(&headers)
        };
        let github = r#"<https://a.example/?page=1>; rel="prev", <https://a.example/?page=3>; rel="next""#;
        assert_eq!(next(github).as_deref(), Some("https://a.example/?page=3"));
        assert_eq!(next(r#"</b,c>; title="a, <b>; rel=x"; REL="first Next""#).as_deref(), Some("/b,c"));
        assert_eq!(next("</b>;rel=next").as_deref(), Some("/b"));
        for none in ["", "</b>", "</b>; rel=\"nextish\"", "<b; rel=next", "</b>; rev=next"] {
            assert_eq!(next(none), None, "{none}");
        }
    }
}
