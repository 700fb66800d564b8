//! Any JSON.

use crate::run::{Run, Same, calls};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: any_type::Client = run.client(any_type::Client::builder());
    calls! { run:
        api.get_string() => Same(json!("anything")),
        api.put_string(&json!("anything")) => Same(()),
        api.get_object() => Same(json!({ "message": "An object was successfully returned" })),
        api.put_object(&json!({ "foo": "bar" })) => Same(()),
        api.get_array() => Same(json!(["foo", "bar"])),
        api.put_array(&json!(["foo", "bar"])) => Same(()),
    }
}
