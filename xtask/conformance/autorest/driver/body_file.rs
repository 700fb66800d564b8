//! Files as responses.

use crate::run::{Fails, Is, Run, calls};
use runtime::ErrorKind::TooLarge;
use runtime::bytes::Bytes;

/// The signature of a PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(crate) async fn drive(run: &mut Run) {
    let api: body_file::Client = run.client(body_file::Client::builder());
    calls! { run:
        api.files_get_file() => Is(|file: &Bytes| file.len() == 8_725 && file.starts_with(PNG)),
        api.files_get_empty_file() => Is(Bytes::is_empty),
        // Three gigabytes, which the client does not keep in memory.
        api.files_get_file_large() => Fails(TooLarge),
    }
}
