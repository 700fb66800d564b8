//! A token.

use crate::run::{Run, Same, calls};
use runtime::Auth;

pub(crate) async fn drive(run: &mut Run) {
    let builder =
        security_aad::Client::builder().auth(Auth::bearer("https://security.microsoft.com/.default"));
    let api: security_aad::Client = run.client(builder);
    calls! { run:
        api.head() => Same(()),
    }
}
