//! Shortens long names.
//!
//! Input: the words of a name, and the words that its path or parent already has. Output: candidate
//! names, shortest first.

use super::given::LONG;

/// Returns the words of a long operationId without the path and method that FastAPI appends:
/// `read_items_api_v1_items__get` of `GET /api/v1/items/` becomes `read_items`.
pub(super) fn without_path(words: &[String], method: &str, path: &[String]) -> Option<Vec<String>> {
    let (last, others) = words.split_last()?;
    let is_long = words.iter().map(|word| word.chars().count() + 1).sum::<usize>() > LONG;
    let kept = others.len().checked_sub(path.len())?;
    let (own, rest) = others.split_at_checked(kept)?;
    (is_long && last == method && rest == path && !own.is_empty()).then(|| own.to_vec())
}

/// Returns the words of an operationId after those of its tag: `issues/create` of the tag `issues`
/// is `create`.
pub(super) fn without_prefix(words: &[String], tag: &[String]) -> Option<Vec<String>> {
    words.strip_prefix(tag).filter(|rest| !rest.is_empty()).map(<[String]>::to_vec)
}

/// Returns the candidate names for the end of a chain. A short chain is used whole. Otherwise the
/// candidates are its beginning and its last link, with one more link each time.
pub(super) fn chain(links: &[Vec<String>]) -> Vec<Vec<String>> {
    let all = links.concat();
    let is_short = all.iter().map(|word| word.chars().count()).sum::<usize>() <= LONG;
    let (Some((root, inner)), false) = (links.split_first(), is_short) else { return vec![all] };
    let shorter = (1..inner.len()).map(|count| {
        let last = inner.get(inner.len() - count..).unwrap_or_default();
        [root.clone(), last.concat()].concat()
    });
    shorter.chain([all]).collect()
}

#[cfg(test)]
mod tests {
    use super::{chain, without_path, without_prefix};

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_long_operation_id_does_not_repeat_its_path() {
        let path = words("api v1 projects project id environments environment id");
        let id = words(
            "read environment of the project api v1 projects project id environments environment id get",
        );
        assert_eq!(without_path(&id, "get", &path), Some(words("read environment of the project")));
        assert_eq!(without_path(&id, "put", &path), None);
        assert_eq!(without_path(&words("read items items get"), "get", &words("items")), None);
    }

    #[test]
    fn a_method_of_a_group_does_not_repeat_its_tag() {
        let tag = words("pull requests");
        assert_eq!(without_prefix(&words("pull requests list files"), &tag), Some(words("list files")));
        assert_eq!(without_prefix(&words("pull requests"), &tag), None);
        assert_eq!(without_prefix(&words("pull request list"), &tag), None);
    }

    #[test]
    fn a_long_chain_is_named_by_its_ends() {
        let links = ["post payment links body", "subscription data", "invoice settings", "issuer"].map(words);
        assert_eq!(chain(&links), [links.concat()]);
        let long = ["a".repeat(30), "b".repeat(20), "c".repeat(20)].map(|link| vec![link]);
        let names = chain(&long);
        assert_eq!(names, [[long[0].clone(), long[2].clone()].concat(), long.concat()]);
    }
}
