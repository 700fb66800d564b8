//! A server that the caller sets. The document declares its URL template in an extension.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: custom_baseurl_more_options::Client =
        run.client(custom_baseurl_more_options::Client::builder(run.url()));
    calls! { run:
        api.paths_get_empty("test12", "key1").key_version("v1") => Same(()),
    }
}
