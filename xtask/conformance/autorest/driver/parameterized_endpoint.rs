//! A server that the caller sets. The document declares its URL template in an extension.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: parameterized_endpoint::Client = run.client(parameterized_endpoint::Client::builder(run.url()));
    calls! { run:
        api.get() => Same(()),
    }
}
