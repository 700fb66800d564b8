//! A server of the caller's choice. The document's template of it is an extension.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: parameterized_endpoint::Client = run.client(parameterized_endpoint::Client::builder(run.url()));
    calls! { run:
        api.get() => Same(()),
    }
}
