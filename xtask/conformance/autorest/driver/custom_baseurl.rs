//! A server that the caller sets. The document declares its URL template in an extension.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: custom_baseurl::Client = run.client(custom_baseurl::Client::builder());
    calls! { run:
        api.paths_get_empty() => Same(()),
    }
}
