//! Bytes in Base64.

use crate::run::{Fails, Is, Run, Same, calls};
use runtime::ErrorKind::UnexpectedStatus;
use runtime::model::Base64;

/// Neither ASCII nor UTF-8.
const BYTES: [u8; 10] = [255, 254, 253, 252, 251, 250, 249, 248, 247, 246];

pub(crate) async fn drive(run: &mut Run) {
    let api: body_byte::Client = run.client(body_byte::Client::builder());
    calls! { run:
        // The body is empty, and the document declares no null.
        api.byte_get_null() => Fails(UnexpectedStatus),
        api.byte_get_empty() => Same(Base64::from([])),
        api.byte_get_non_ascii() => Same(Base64::from(BYTES)),
        api.byte_put_non_ascii(&Base64::from(BYTES)) => Same(()),
        api.byte_get_invalid()
            => Is(|text: &Base64| text.as_str() == "::::SWAGGER::::" && text.decode().is_none()),
    }
}
