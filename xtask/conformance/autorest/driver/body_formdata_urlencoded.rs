//! Forms.

use crate::run::{Run, Same, calls};
use body_formdata_urlencoded::models::*;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_formdata_urlencoded::Client = run.client(body_formdata_urlencoded::Client::builder());
    let pet = FormdataurlencodedUpdatePetWithFormBody::new("dog", "meat", 42).with_name("Fido");
    let token = FormdataurlencodedPartialConstantBodyBody::new("bar", "foo");
    calls! { run:
        api.formdataurlencoded_update_pet_with_form(1, &pet) => Same(()),
        api.formdataurlencoded_partial_constant_body(&token) => Same(()),
    }
}
