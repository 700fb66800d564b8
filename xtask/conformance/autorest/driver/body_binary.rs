//! Bytes as bodies.

use crate::run::{Run, Same, Status, calls, read};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_binary::Client = run.client(body_binary::Client::builder());
    calls! { run:
        api.upload_file(&read(json!({ "more": "cowbell" }))) => Same(()),
        api.upload_binary(vec![255, 254, 253]) => Same(()),
        api.download_error_stream() => Status(400),
    }
}
