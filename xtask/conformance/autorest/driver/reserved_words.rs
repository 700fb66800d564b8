//! Names that languages reserve.

use crate::run::{Fails, Json, Run, calls};
use reserved_words::models::OperationWithDataParamBody;
use reserved_words::requests::OperationWithFilesParamForm;
use runtime::ErrorKind::UnexpectedStatus;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: reserved_words::Client = run.client(reserved_words::Client::builder());
    let files = OperationWithFilesParamForm::new("hello", "hello.txt");
    calls! { run:
        api.import_operation_one("foo") => Json(json!({})),
        api.operation_with_content_param("hello, world") => Json(json!({})),
        api.operation_with_json_param(&json!({ "hello": "world" })) => Json(json!({})),
        api.operation_with_data_param(OperationWithDataParamBody::new("hello", "world")) => Json(json!({})),
        api.operation_with_files_param(files) => Json(json!({})),
        // The body is empty.
        api.operation_with_url("foo", "x").query_parameters(["one", "two"]) => Fails(UnexpectedStatus),
        api.reserved_enum("import") => Fails(UnexpectedStatus),
    }
}
