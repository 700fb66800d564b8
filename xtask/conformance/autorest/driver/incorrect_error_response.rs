//! An error whose body is not of the documented type.

use crate::run::{Run, Status, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: incorrect_error_response::Client = run.client(incorrect_error_response::Client::builder());
    calls! { run:
        api.get_incorrect_error_from_server() => Status(444),
    }
}
