//! Bodies of several media types.

use crate::run::{Run, Same, calls};
use media_types::models::SourcePath;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: media_types::Client = run.client(media_types::Client::builder());
    let source = SourcePath::new().with_source("foo");
    calls! { run:
        api.analyze_body().body(&source) => Same("Nice job with JSON"),
        api.analyze_body().body_as_pdf("PDF") => Same("Nice job with PDF"),
        api.analyze_body_no_accept_header().body(&source) => Same(()),
        api.analyze_body_no_accept_header().body_as_pdf("PDF") => Same(()),
        api.content_type_with_encoding().body("foo") => Same("Nice job sending content type with encoding"),
        api.binary_body_with_two_content_types_as_bytes(vec![1, 2, 3]) => Same(""),
        api.binary_body_with_three_content_types_as_bytes(vec![1, 2, 3]) => Same(""),
        api.binary_body_with_three_content_types_as_text("hello, world") => Same(""),
        api.body_three_types(&json!({ "hello": "world" })) => Same(""),
        api.body_three_types_as_text("hello, world") => Same(""),
        api.body_three_types_as_bytes(vec![1, 2, 3]) => Same(""),
    }
}
