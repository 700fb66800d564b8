//! Reads the text of a file.

use std::io::Read;
use std::path::Path;

use crate::limits;

/// Reads a regular file, or standard input for `-`.
///
/// A pipe, device or socket is refused by its metadata, because even opening one may block for
/// ever.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("can't be read: {error}");
    if path == Path::new("-") {
        return limited(std::io::stdin().lock());
    }
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err("is no regular file; `-` reads standard input".to_owned());
    }
    limited(std::fs::File::open(path).map_err(failed)?)
}

fn limited(reader: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    let most = limits::FILE_BYTES;
    let length = reader.take(most as u64 + 1).read_to_end(&mut bytes);
    if length.map_err(|error| format!("can't be read: {error}"))? > most {
        return Err(format!("is larger than {} MiB", most >> 20));
    }
    decode(bytes)
}

/// Returns UTF-8 text without its byte order mark, or a message about invalid bytes.
fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::path::Path;

    use super::{limited, read};

    #[test]
    fn only_regular_files_of_a_limited_size_are_read() {
        assert!(limited(std::io::repeat(b' ')).is_err_and(|problem| problem.contains("larger")));
        assert_eq!(limited(std::io::repeat(b' ').take(3)).as_deref(), Ok("   "));
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).is_err_and(|problem| problem.contains("no regular file")));
        if cfg!(unix) {
            assert!(read(Path::new("/dev/zero")).is_err_and(|problem| problem.contains("no regular file")));
        }
    }
}
