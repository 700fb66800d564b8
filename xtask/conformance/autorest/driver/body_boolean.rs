//! Booleans.

use crate::run::{Fails, Run, Same, calls};
use runtime::ErrorKind::Decode;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_boolean::Client = run.client(body_boolean::Client::builder());
    calls! { run:
        api.bool_get_true() => Same(true),
        api.bool_put_true(true) => Same(()),
        api.bool_get_false() => Same(false),
        api.bool_put_false(false) => Same(()),
        api.bool_get_null() => Same(None),
        api.bool_get_invalid() => Fails(Decode),
    }
}
