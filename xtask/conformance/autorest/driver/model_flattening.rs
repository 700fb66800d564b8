//! Models with nested properties. Flattening is an extension, so that the nested models stay.

use crate::run::{Json, Run, Same, calls, read};
use model_flattening::models::{ResourceCollection, SimpleProduct};
use runtime::serde_json::{Value, json};

pub(crate) async fn drive(run: &mut Run) {
    let api: model_flattening::Client = run.client(model_flattening::Client::builder());
    received(run, &api).await;
    sent(run, &api).await;
}

async fn received(run: &mut Run, api: &model_flattening::Client) {
    let (first, fourth) = (whole(1), whole(4));
    let two = |id: u8| {
        [
            json!({ "id": id.to_string(), "name": format!("Resource{id}"), "location": "Building 44" }),
            json!({ "id": (id + 1).to_string(), "name": format!("Resource{}", id + 1) }),
        ]
    };
    let ([second, third], [fifth, sixth], [seventh, _]) = (two(2), two(5), two(7));
    let dictionary = json!({ "Product1": first, "Product2": second, "Product3": third });
    calls! { run:
        api.get_array() => Json(json!([first, second, third])),
        api.get_dictionary() => Json(dictionary.clone()),
        api.get_resource_collection() => Json(json!({
            "dictionaryofresources": dictionary,
            "arrayofresources": [fourth, fifth, sixth],
            "productresource": seventh,
        })),
    }
}

/// Returns a received resource with all properties.
fn whole(id: u8) -> Value {
    json!({
        "id": id.to_string(),
        "location": "Building 44",
        "name": format!("Resource{id}"),
        "properties": {
            "provisioningState": "Succeeded",
            "provisioningStateValues": "OK",
            "p.name": format!("Product{id}"),
            "type": "Flat",
        },
        "tags": { "tag1": "value1", "tag2": "value3" },
        "type": "Microsoft.Web/sites",
    })
}

async fn sent(run: &mut Run, api: &model_flattening::Client) {
    let tags = json!({ "tag1": "value1", "tag2": "value3" });
    let named = |name: &str| json!({ "p.name": name, "type": "Flat" });
    let west = json!({ "location": "West US", "tags": tags, "properties": named("Product1") });
    let building = json!({ "location": "Building 44", "properties": named("Product2") });
    let east = json!({ "location": "East US", "properties": named("Product2") });
    let dictionary = json!({ "Resource1": west, "Resource2": building });
    let collection = json!({
        "arrayofresources": [west, east],
        "dictionaryofresources": dictionary,
        "productresource": { "location": "India", "properties": named("Azure") },
    });
    let product = |image: Value| {
        json!({
            "base_product_id": "123",
            "base_product_description": "product description",
            "details": {
                "max_product_display_name": "max name",
                "max_product_capacity": "Large",
                "max_product_image": image,
            },
        })
    };
    let plain = product(json!({ "@odata.value": "http://foo" }));
    let generic = product(json!({ "@odata.value": "http://foo", "generic_value": "https://generic" }));
    let resources = json!([{ "location": "West US", "tags": tags }, { "location": "Building 44" }]);
    calls! { run:
        api.put_array().body(&read::<Vec<_>>(resources)) => Same(()),
        api.put_dictionary().body(&read(dictionary)) => Same(()),
        api.put_resource_collection().body(read::<ResourceCollection>(collection)) => Same(()),
        api.put_simple_product().body(read::<SimpleProduct>(generic.clone())) => Json(generic),
        api.post_flattened_simple_product().body(read::<SimpleProduct>(plain.clone())) => Json(plain.clone()),
        api.put_simple_product_with_grouping("groupproduct").body(read::<SimpleProduct>(plain.clone()))
            => Json(plain),
    }
}
