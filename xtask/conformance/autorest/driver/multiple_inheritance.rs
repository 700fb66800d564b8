//! `allOf` of several models.

use crate::run::{Json, Run, Same, calls};
use multiple_inheritance::models::{Cat, Feline, Horse, Kitten, Pet};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: multiple_inheritance::Client = run.client(multiple_inheritance::Client::builder());
    let cat = Cat::new("Boots").with_likes_milk(false).with_meows(true).with_hisses(false);
    let kitten = Kitten::new("Kitty")
        .with_likes_milk(false)
        .with_meows(true)
        .with_hisses(false)
        .with_eats_mice_yet(true);
    calls! { run:
        api.get_horse() => Json(json!({ "name": "Fred", "isAShowHorse": true })),
        api.put_horse(Horse::new("General").with_is_a_show_horse(false)) => Same("Horse was correct!"),
        api.get_pet() => Json(json!({ "name": "Peanut" })),
        api.put_pet(Pet::new("Butter")) => Same("Pet was correct!"),
        api.get_feline() => Json(json!({ "meows": true, "hisses": true })),
        api.put_feline(Feline::new().with_meows(false).with_hisses(true)) => Same("Feline was correct!"),
        api.get_cat()
            => Json(json!({ "name": "Whiskers", "likesMilk": true, "meows": true, "hisses": true })),
        api.put_cat(cat) => Same("Cat was correct!"),
        api.get_kitten() => Json(json!({
            "name": "Gatito",
            "likesMilk": true,
            "meows": true,
            "hisses": true,
            "eatsMiceYet": false,
        })),
        api.put_kitten(kitten) => Same("Kitten was correct!"),
    }
}
