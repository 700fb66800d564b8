//! Constants in the path and in the body.

use crate::run::{Json, Run, Same, calls};
use runtime::serde_json::json;
use validation::models::{ChildProduct, ConstantProduct, Product};

pub(crate) async fn drive(run: &mut Run) {
    let api: validation::Client = run.client(validation::Client::builder());
    let product = Product::new(ChildProduct::new(), ConstantProduct::new());
    let written = json!({
        "child": { "constProperty": "constant" },
        "constChild": { "constProperty": "constant", "constProperty2": "constant2" },
        "constInt": 0,
        "constString": "constant",
    });
    calls! { run:
        api.get_with_constant_in_path("constant") => Same(()),
        api.post_with_constant_in_body("constant").body(&product) => Json(written),
    }
}
