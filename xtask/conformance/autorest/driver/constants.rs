//! Parameters with one value.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: constants::Client = run.client(constants::Client::builder());
    calls! { run:
        api.contants_put_client_constants("path", true, 100) => Same(()),
    }
}
