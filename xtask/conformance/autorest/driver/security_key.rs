//! An API key as a header.

use crate::run::{Run, Same, calls};
use runtime::Auth;

pub(crate) async fn drive(run: &mut Run) {
    let builder = security_key::Client::builder().auth(Auth::api_key("123456789"));
    let api: security_key::Client = run.client(builder);
    calls! { run:
        api.head() => Same(()),
    }
}
