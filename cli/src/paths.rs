//! Converts paths to the form for cargo or for messages.
//!
//! Invariant: only [`physical`] reads the file system.

use std::io;
use std::path::{Component, Path, PathBuf};

/// Returns `path` without `.` and `..` components, by its text alone.
pub fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            Component::ParentDir if out.has_root() => {}
            other => out.push(other),
        }
    }
    out
}

/// Returns the absolute path without symbolic links. Parts that do not exist yet keep their names.
///
/// # Errors
///
/// The current directory or an existing part of the path cannot be read.
pub fn physical(path: &Path) -> io::Result<PathBuf> {
    let path = lexical(&std::path::absolute(path)?);
    let existing = path.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&path);
    let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
    let existing = existing.canonicalize()?;
    Ok(if rest.as_os_str().is_empty() { existing } else { existing.join(rest) })
}

/// Returns the path from the folder `from` to `to`, both absolute, with `/`. Returns `None` for two
/// Windows drives.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down =
        to.components().skip(shared).map(|component| component.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// Returns `path` relative to the folder `from` if it is inside, with `/`.
pub fn shown(path: &Path, from: &Path) -> String {
    let path = path.strip_prefix(from).unwrap_or(path);
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexical_takes_dots_back() {
        for (path, expected) in [
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("a/../../b", "../b"),
            ("../a/..", ".."),
            ("./a/", "a"),
            (".", ""),
        ] {
            assert_eq!(lexical(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn relative_goes_up_then_down() {
        for (from, to, expected) in
            [("/a/b/c", "/a/x/y", "../../x/y"), ("/a", "/a/b", "b"), ("/a/b", "/a", ".."), ("/a", "/a", ".")]
        {
            assert_eq!(relative(Path::new(from), Path::new(to)).as_deref(), Some(expected), "{from} {to}");
        }
    }

    #[test]
    fn physical_keeps_what_does_not_exist() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        assert_eq!(physical(&folder.path().join("no/../such/file")).unwrap(), root.join("such/file"));
        assert_eq!(physical(folder.path()).unwrap(), root);
    }
}
