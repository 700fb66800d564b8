use super::{LONGEST, full_words, style_word, words};

#[test]
fn texts_are_split_into_words() {
    for (text, expected) in [
        ("service_user", "service user"),
        ("ChatServiceSid", "chat service sid"),
        ("Page[User]", "page user"),
        ("Page<Map<String,User>>", "page map string user"),
        ("2fa-enabled", "2fa enabled"),
        ("", "empty"),
        ("größe", "größe"),
        ("HTTPServer", "http server"),
        ("ﬁn", "fin"),
        ("ａb", "ab"),
        ("²", "2"),
        ("हिन्दी", "हिन्दी"),
        ("👍", "u1f44d"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn acronyms_are_one_word_in_the_plural_and_with_digits() {
    for (text, expected) in [
        ("EnableIPv6", "enable ipv6"),
        ("IPv6Address", "ipv6 address"),
        ("nonResourceURLs", "non resource urls"),
        ("EvalIDs", "eval ids"),
        ("URLsByID", "urls by id"),
        ("OAuth2", "oauth2"),
        ("getOAuthNetwork", "get oauth network"),
        ("OAuth2Token", "oauth2 token"),
        ("IEEE802.11", "ieee802 11"),
        ("GitHubApp", "github app"),
        ("SHA256Hash", "sha256 hash"),
        ("page2Size", "page2 size"),
        ("APIKey", "api key"),
        ("IDs", "ids"),
        ("ISsue", "i ssue"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn symbols_that_change_the_meaning_are_spelled() {
    for (text, expected) in [
        ("DateSent<", "date sent lt"),
        ("DateSent>", "date sent gt"),
        ("DateSent<=", "date sent lte"),
        ("reactions-+1", "reactions plus 1"),
        ("reactions--1", "reactions minus 1"),
        ("-created_at", "minus created at"),
        ("+created_at", "plus created at"),
        ("Etc/GMT-1", "etc gmt minus 1"),
        ("Etc/GMT+1", "etc gmt plus 1"),
        ("+1", "plus 1"),
        ("-1", "minus 1"),
        ("A-", "a minus"),
        ("C++", "c plus plus"),
        ("C#", "c hash"),
        ("#channel", "hash channel"),
        ("*", "star"),
        ("repo:*", "repo star"),
        ("<=", "lte"),
        ("a<b", "a lt b"),
        ("!done", "not done"),
        ("@type", "at type"),
        ("AT&T", "at and t"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn symbols_that_separate_are_not_spelled() {
    for (text, expected) in [
        ("gpt-4", "gpt 4"),
        ("us-east-1", "us east 1"),
        ("application/ld+json", "application ld json"),
        ("a - b", "a b"),
        ("filter[status]", "filter status"),
        ("$top", "top"),
        ("_id", "id"),
        ("stats#metric", "stats metric"),
        ("Hello!", "hello"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
    for (text, expected) in
        [("$top", "dollar top"), ("_id", "underscore id"), ("tag[]", "tag list"), ("a.b", "a b")]
    {
        assert_eq!(full_words(text).join(" "), expected, "{text}");
    }
    assert_eq!(words(" ").join(" "), "space");
    assert_eq!(words("/").join(" "), "slash");
}

#[test]
fn texts_of_one_word_differ_by_style() {
    for (text, expected) in
        [("ASC", "upper"), ("asc", "lower"), ("fooBar", "camel"), ("FooBar", "capital"), ("foo-bar", "kebab")]
    {
        assert_eq!(style_word(text), expected);
    }
}

#[test]
fn no_text_gives_an_endless_name() {
    for text in ["a".repeat(70_000), "\n".repeat(70_000), "é ".repeat(70_000)] {
        let length: usize = words(&text).iter().map(|word| word.chars().count()).sum();
        assert!((1..=LONGEST).contains(&length));
    }
}
