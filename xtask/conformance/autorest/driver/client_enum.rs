//! An enum as a header.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: client_enum::Client = run.client(client_enum::Client::builder());
    calls! { run:
        api.head("single") => Same(()),
    }
}
