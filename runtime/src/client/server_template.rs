//! A server's URL with variables (OpenAPI's Server Object).
//!
//! Input: a template and values. Output: a URL, which `server` checks. Invariant: a value in a host
//! is one DNS label and a value in a scheme is a scheme, so that no value can send a credential to
//! an unintended host.

/// Fills values into a template. A variable that is a whole label may be empty: the label and its
/// dot are omitted.
///
/// # Errors
/// Returns all problems: a variable without a value, a value without a variable, or a value that is
/// no DNS label (RFC 1123 §2.1) or no scheme (RFC 3986 §3.1). No message contains a value.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let mut used = Vec::new();
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        url.push_str(literal);
        let Some((name, tail)) = tail.split_once('}') else {
            problems.push("a `{` has no `}`".to_owned());
            break;
        };
        used.push(name);
        rest = tail;
        let in_scheme = !url.contains("://") && tail.contains("://");
        let in_host = url.split_once("://").is_some_and(|(_, host)| !host.contains('/'));
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, "")) if in_host && url.ends_with(['.', '/']) && tail.starts_with('.') => {
                rest = tail.strip_prefix('.').unwrap_or(tail);
            }
            Some((_, value)) if in_scheme && !is_scheme(value) => {
                problems.push(format!("variable `{name}` is no scheme"));
            }
            Some((_, value)) if in_host && !is_label(value) => {
                problems.push(format!("variable `{name}` is no DNS label"));
            }
            Some((_, value)) => url.push_str(value),
            None => problems.push(format!("variable `{name}` has no value")),
        }
    }
    url.push_str(rest);
    let unused = values.iter().filter(|(name, _)| !used.contains(name));
    problems.extend(unused.map(|(name, _)| format!("there is no variable `{name}`")));
    if problems.is_empty() { Ok(url) } else { Err(problems) }
}

fn is_scheme(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_label(value: &str) -> bool {
    matches!(value.len(), 1..=63)
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !value.starts_with('-')
        && !value.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "https://api.{edge}.{region}.example.com/{base}";

    #[test]
    fn values_take_their_places() {
        for (edge, region, url) in [
            ("dublin", "ie1", "https://api.dublin.ie1.example.com/v2"),
            ("dublin", "", "https://api.dublin.example.com/v2"),
            ("", "ie1", "https://api.ie1.example.com/v2"),
            ("", "", "https://api.example.com/v2"),
        ] {
            let values = [("edge", edge), ("region", region), ("base", "v2")];
            assert_eq!(fill(TEMPLATE, &values), Ok(url.to_owned()));
        }
        assert_eq!(fill("https://{a}.b", &[("a", "")]), Ok("https://b".to_owned()));
        assert_eq!(
            fill("https://api-{a}.b:{port}", &[("a", "1"), ("port", "8443")]).unwrap(),
            "https://api-1.b:8443"
        );
    }

    #[test]
    fn a_value_that_is_no_label_is_refused_without_it() {
        for canary in
            ["canary.evil", "canary/", "canary@", "canary:", "-canary", "canary-", "canaré", "canary#", "{a}"]
        {
            for template in ["https://{a}.example.com", "https://x-{a}.example.com", "https://example.{a}"] {
                assert_eq!(
                    fill(template, &[("a", canary)]),
                    Err(vec!["variable `a` is no DNS label".to_owned()])
                );
            }
        }
        assert!(fill("https://{a}.b", &[("a", &"a".repeat(64))]).is_err());
        assert!(
            fill("https://x-{a}.b", &[("a", "")]).is_err() && fill("https://b.{a}", &[("a", "")]).is_err()
        );
    }

    #[test]
    fn a_scheme_leads_to_no_other_host() {
        let filled = |template, scheme| fill(template, &[("a", scheme)]);
        assert_eq!(filled("{a}://api.example.com", "https").unwrap(), "https://api.example.com");
        assert_eq!(filled("http{a}://api.example.com", "").unwrap(), "http://api.example.com");
        for template in ["{a}://api.example.com", "https{a}://api.example.com"] {
            for canary in ["https://canary.example/", "://canary.example/", "https://canary.example?", "s:"] {
                assert_eq!(filled(template, canary), Err(vec!["variable `a` is no scheme".to_owned()]));
            }
        }
        assert!(filled("https://{a}.example/to/https://x", "evil.example").is_err());
        // If the whole address is a value, a suffix cannot change its host.
        assert_eq!(filled("{a}/v1", "https://example.com").unwrap(), "https://example.com/v1");
        assert_eq!(filled("https://example.com/{a}", "v1/x").unwrap(), "https://example.com/v1/x");
    }

    #[test]
    fn all_problems_are_reported() {
        let problems = fill(TEMPLATE, &[("edge", "a.b"), ("base", "v2"), ("other", "x")]).unwrap_err();
        assert_eq!(
            problems,
            [
                "variable `edge` is no DNS label",
                "variable `region` has no value",
                "there is no variable `other`"
            ]
        );
        assert_eq!(fill("https://{a", &[]), Err(vec!["a `{` has no `}`".to_owned()]));
    }
}
