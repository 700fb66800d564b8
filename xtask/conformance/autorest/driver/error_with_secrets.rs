//! Errors with secrets.

use crate::run::{Run, Status, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: error_with_secrets::Client = run.client(error_with_secrets::Client::builder());
    calls! { run:
        api.get_error_with_secrets() => Status(403),
    }
}
