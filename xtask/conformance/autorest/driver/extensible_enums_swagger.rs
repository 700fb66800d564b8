//! Enums with other values than those declared.

use crate::run::{Json, Run, calls, read};
use extensible_enums_swagger::models::Pet;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: extensible_enums_swagger::Client = run.client(extensible_enums_swagger::Client::builder());
    let pet =
        |name: &str, day: &str, number: &str| json!({ "name": name, "DaysOfWeek": day, "IntEnum": number });
    let retriever = pet("Retriever", "Friday", "3");
    calls! { run:
        api.pet_get_by_pet_id("tommy") => Json(pet("Tommy Tomson", "Monday", "1")),
        api.pet_get_by_pet_id("casper") => Json(pet("Casper Ghosty", "Weekend", "2")),
        api.pet_get_by_pet_id("scooby") => Json(pet("Scooby Scarface", "Thursday", "2.1")),
        api.pet_add_pet().body(read::<Pet>(retriever.clone())) => Json(retriever),
    }
}
