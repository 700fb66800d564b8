//! Objects without declared properties, as bodies of success and of errors.

use crate::run::{Json, Run, Same, calls, error_body, read};
use runtime::serde_json::{Value, json};

pub(crate) async fn drive(run: &mut Run) {
    let api: object_type::Client = run.client(object_type::Client::builder());
    let refused = json!({ "message": "The object you passed was incorrect" });
    calls! { run:
        api.get() => Json(json!({ "message": "An object was successfully returned" })),
        api.put(&read(json!({ "foo": "bar" }))) => Same(()),
        api.put(&read(json!({}))) => error_body::<Value>(400, refused),
    }
}
