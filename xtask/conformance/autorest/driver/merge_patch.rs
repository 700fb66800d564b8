//! A body of `application/merge-patch+json`.

use crate::run::{Run, Same, calls, read};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: merge_patch::Client = run.client(merge_patch::Client::builder());
    calls! { run:
        // The server counts 14 bytes.
        api.patch_single(&read(json!({ "foo": "bars" }))) => Same(()),
    }
}
