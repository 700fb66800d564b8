//! Undeclared properties: any, of one type, and beside a property called `additionalProperties`.

use crate::run::{Json, Run, calls, read};
use additionalproperties::models::*;
use runtime::serde_json::{Value, json};

pub(crate) async fn drive(run: &mut Run) {
    let api: additionalproperties::Client = run.client(additionalproperties::Client::builder());
    let puppy = json!({
        "id": 1,
        "name": "Puppy",
        "birthdate": "2017-12-13T02:29:51Z",
        "complexProperty": { "color": "Red" },
    });
    let lisa = json!({
        "id": 1,
        "name": "Lisa",
        "friendly": true,
        "birthdate": "2017-12-13T02:29:51Z",
        "complexProperty": { "color": "Red" },
    });
    let hira = json!({ "id": 2, "name": "Hira", "siblings": [puppy], "picture": "//////4=" });
    let tommy = json!({ "id": 3, "name": "Tommy", "color": "red", "weight": "10 kg", "city": "Bombay" });
    let sizes = json!({ "height": 5.61, "weight": 599, "footsize": 11.5 });
    let bunny = json!({ "id": 4, "name": "Bunny", "additionalProperties": sizes });
    let funny = json!({
        "id": 5,
        "name": "Funny",
        "@odata.location": "westus",
        "additionalProperties": sizes,
        "color": "red",
        "city": "Seattle",
        "food": "tikka masala",
    });
    calls! { run:
        api.pets_create_ap_true(read::<PetApTrue>(puppy.clone())) => Json(created(puppy)),
        api.pets_create_cat_ap_true(read::<CatApTrue>(lisa.clone())) => Json(created(lisa)),
        api.pets_create_ap_object(read::<PetApObject>(hira.clone())) => Json(created(hira)),
        api.pets_create_ap_string(read::<PetApString>(tommy.clone())) => Json(created(tommy)),
        api.pets_create_ap_in_properties(read::<PetApInProperties>(bunny.clone())) => Json(created(bunny)),
        api.pets_create_ap_in_properties_with_ap_string(read::<PetApInPropertiesWithApString>(funny.clone()))
            => Json(created(funny)),
    }
}

/// Returns the pet as the server answers.
fn created(mut pet: Value) -> Value {
    pet["status"] = json!(true);
    pet
}
