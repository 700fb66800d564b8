//! Bodies of errors, by status and by discriminator.

use crate::run::{Json, Run, Shown, Status, calls, error_body};
use runtime::serde_json::json;
use xms_error_responses::models::{NotFoundErrorBase, PetActionError};

pub(crate) async fn drive(run: &mut Run) {
    let api: xms_error_responses::Client = run.client(xms_error_responses::Client::builder());
    let sad = json!({
        "actionResponse": "grrrr",
        "errorType": "PetSadError",
        "errorMessage": "casper aint happy",
        "reason": "need more treats",
    });
    let hungry = json!({
        "actionResponse": "howl",
        "errorType": "PetHungryOrThirstyError",
        "errorMessage": "scooby is low",
        "reason": "need more everything",
        "hungryOrThirsty": "hungry and thirsty",
    });
    let link = json!({
        "someBaseProp": "problem finding pet",
        "reason": "link to pet not found",
        "whatSubAddress": "pet/yourpet was not found",
        "whatNotFound": "InvalidResourceLink",
    });
    let animal = json!({
        "someBaseProp": "problem finding animal",
        "reason": "the type of animal requested is not available",
        "name": "coyote",
        "whatNotFound": "AnimalNotFound",
    });
    calls! { run:
        api.pet_get_pet_by_id("tommy") => Shown(r#"Ok(Pet { aniType: "Dog", name: "Tommy Tomson" })"#),
        api.pet_get_pet_by_id("django") => Shown("Accepted"),
        api.pet_get_pet_by_id("coyoteUgly") => error_body::<NotFoundErrorBase>(404, animal),
        api.pet_get_pet_by_id("weirdAlYankovic") => error_body::<NotFoundErrorBase>(404, link),
        api.pet_get_pet_by_id("ringo") => error_body::<String>(400, json!("ringo is missing")),
        api.pet_get_pet_by_id("alien123") => error_body::<i64>(501, json!(123)),
        api.pet_get_pet_by_id("unknown") => Status(402),
        api.pet_do_something("stay") => Json(json!({ "name": "Tommy Tomson", "aniType": "Dog" })),
        api.pet_do_something("jump") => error_body::<PetActionError>(500, sad.clone()),
        api.pet_do_something("fetch") => error_body::<PetActionError>(404, hungry),
        api.pet_has_models_param().models("value1") => error_body::<PetActionError>(500, sad),
    }
}
