//! Parses JSONPaths (RFC 9535).
//!
//! Input: text. Output: a [`Selection`]. `serde_json_path` checks a path. The path is then cut into
//! segments. They are evaluated one at a time, so that the work can be estimated first, and a node
//! that is selected twice counts once.

use serde_json_path::JsonPath;

use super::select::{Segment, Selection};
use crate::limits;

/// The reason why a text is no usable path.
pub(super) enum Problem {
    Syntax(String),
    Limit(String),
}

/// Parses a JSONPath. Its length and depth are limited, because the parser of `serde_json_path`
/// recurses.
pub(super) fn parse(text: &str) -> Result<Selection, Problem> {
    if text.len() > limits::PATH_BYTES {
        let message = format!("this JSONPath has {} bytes: at most {}", text.len(), limits::PATH_BYTES);
        return Err(Problem::Limit(message));
    }
    if deepest(text) > limits::PATH_DEPTH {
        let most = limits::PATH_DEPTH;
        return Err(Problem::Limit(format!("the brackets of this JSONPath are nested deeper than {most}")));
    }
    JsonPath::parse(text).map_err(|problem| Problem::Syntax(problem.to_string()))?;
    let segments = cut(text).into_iter().map(segment).collect::<Option<Vec<_>>>();
    segments.map(Selection::new).ok_or_else(|| Problem::Syntax("it can't be cut into segments".to_owned()))
}

/// Returns the greatest nesting of brackets and parentheses.
fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (_, byte) in Unquoted::new(text) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Cuts a valid path into the texts of its segments, without the `$`.
fn cut(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut depth = 0_usize;
    let mut last = 0;
    for (offset, byte) in Unquoted::new(text) {
        let continues = starts.last().is_some_and(|start| {
            let so_far = text.get(*start..offset).unwrap_or_default();
            so_far == "." || (so_far == ".." && byte == b'[')
        });
        if depth == 0 && matches!(byte, b'.' | b'[') && !continues {
            starts.push(offset);
        }
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = offset + 1;
    }
    let ends = starts.iter().skip(1).copied().chain([last.max(text.len())]);
    starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect()
}

fn segment(text: &str) -> Option<Segment> {
    let text = text.trim();
    let is_descendant = text.starts_with("..");
    let unquoted: String = Unquoted::new(text).map(|(_, byte)| char::from(byte)).collect();
    let own = unquoted.trim_start_matches('.');
    let (_, filters) = own.split_once('?').unwrap_or_default();
    Some(Segment {
        path: JsonPath::parse(&format!("${text}")).ok()?,
        is_descendant,
        is_wide: own.contains(['*', '?', ':']) || is_descendant,
        selectors: own.matches(',').count() + 1,
        nested: ["..", "*", "?", ":"].iter().map(|wide| filters.matches(wide).count()).sum(),
        has_function: filters.contains('('),
        of_root: filters.contains('$').then(|| text.to_owned()),
    })
}

/// The ASCII bytes of a path outside string literals, with their offsets.
struct Unquoted<'a> {
    bytes: std::iter::Enumerate<std::str::Bytes<'a>>,
}

impl<'a> Unquoted<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.bytes().enumerate() }
    }
}

impl Iterator for Unquoted<'_> {
    type Item = (usize, u8);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (offset, byte) = self.bytes.next()?;
            match byte {
                b'\'' | b'"' => {
                    while let Some((_, inner)) = self.bytes.next() {
                        if inner == b'\\' {
                            self.bytes.next();
                        } else if inner == byte {
                            break;
                        }
                    }
                }
                byte if byte.is_ascii() => return Some((offset, byte)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, cut, parse};

    #[test]
    fn paths_are_cut_into_segments() {
        for (path, segments) in [
            ("$", &[][..]),
            ("$.a", &[".a"]),
            ("$.a.b['.c'][?@.x.y == 'z']", &[".a", ".b", "['.c']", "[?@.x.y == 'z']"]),
            ("$..a..['b',\"]\"]..*", &["..a", "..['b',\"]\"]", "..*"]),
            ("$ .é [0]", &[".é ", "[0]"]),
            ("$[\"a\\\"]\"].b", &["[\"a\\\"]\"]", ".b"]),
        ] {
            assert_eq!(cut(path), segments, "{path}");
            assert!(parse(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn length_and_depth_are_limited() {
        for path in [
            format!("$[?{}1==1{}]", "(".repeat(5000), ")".repeat(5000)),
            format!("$[?{}1==1{}]", "(".repeat(100), ")".repeat(100)),
            format!("${}{}", "[?@".repeat(100), "]".repeat(100)),
            format!("$[?{}", "(".repeat(100)),
            format!("$.{}", "a".repeat(10_000)),
        ] {
            assert!(matches!(parse(&path), Err(Problem::Limit(_))), "{path}");
        }
        let quoted = format!("$['{}']", "[".repeat(100));
        assert!(parse(&quoted).is_ok());
        assert!(matches!(parse("$["), Err(Problem::Syntax(_))));
    }
}
