//! Models for tests.

use crate::model::{self, Decode};
use serde_core::{Serialize, ser::Error as _};
use serde_json::Error;

/// Returns a model with the given JSON. Each required field that the JSON lacks gets a value, at
/// any depth: a model that is only received can be created without all of its fields.
///
/// | type | value |
/// | --- | --- |
/// | text, list, map | empty |
/// | date, time, UUID | 1970-01-01, midnight, zeros |
/// | number, boolean | 0, `false` |
/// | enum | its first value |
/// | union | its first variant; with JSON, the variant that declares most of the members |
/// | any JSON value | null |
///
/// The document's rules (lengths, patterns, bounds) are not applied.
///
/// ```
/// use runtime::{model, serde_json::json, testing};
/// # #[derive(Clone)]
/// # struct Issue { number: i64, title: String, state: String, body: Option<String> }
/// # model::object! {
/// #     Issue {
/// #         0 number: required("number"),
/// #         1 title: required("title"),
/// #         2 state: required("state"),
/// #         3 body: optional("body"),
/// #     }
/// # }
///
/// let issue: Issue = testing::sample(json!({"number": 7}))?;
/// assert_eq!((issue.number, issue.title.as_str(), issue.body), (7, "", None));
/// # Ok::<(), runtime::serde_json::Error>(())
/// ```
///
/// # Errors
/// A value of the JSON has the wrong type. The message contains its JSON path.
pub fn sample<T: Decode>(json: impl Serialize) -> Result<T, Error> {
    let json = serde_json::to_string(&json)?;
    model::read_sample(&json).map_err(|fault| {
        let path = model::json_path::path_at(json.as_bytes(), fault.at);
        Error::custom(format_args!("{fault} at {path}"))
    })
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macros make public methods")]
mod tests {
    use super::*;
    use crate::model::{Choice, Date, DateTime, Kinds, Rest, Rfc2822, Test, Uuid};
    use serde_json::{Value, from_value, json, to_value};

    #[derive(Clone)]
    struct Pet {
        id: Uuid,
        born: Date,
        seen: DateTime,
        mailed: Rfc2822,
        size: Size,
        legs: Legs,
        owner: Owner,
        toy: Toy,
        food: Food,
        friends: Option<Vec<Pet>>,
        rest: Rest,
    }

    #[derive(Clone)]
    struct Owner {
        name: String,
        best: Toy,
    }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Size {
        Small,
        Large,
        Unknown(String),
    }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Legs {
        Four,
        Unknown(i64),
    }

    /// Its first variant contains itself.
    #[derive(Clone, Debug, PartialEq)]
    enum Toy {
        Of(Box<Owner>),
        Named(String),
        Unknown(Value),
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Food {
        Dry(Dry),
        Wet(Wet),
        Unknown(Value),
    }

    #[derive(Clone)]
    struct Dry {
        grams: i64,
    }

    #[derive(Clone)]
    struct Wet {
        can: String,
        litres: f64,
    }

    model::object! {
        Pet {
            0 id: required("id"),
            1 born: required("born"),
            2 seen: required("seen"),
            3 mailed: required("mailed"),
            4 size: required("size"),
            5 legs: required("legs"),
            6 owner: required("owner"),
            7 toy: required("toy"),
            8 food: required("food"),
            9 friends: optional("friends"),
        }
        rest { rest }
    }
    model::object! { Owner { 0 name: required("name"), 1 best: required("best"), } }
    model::object! { Dry { 0 grams: required("grams"), } }
    model::object! { Wet { 0 can: required("can"), 1 litres: required("litres"), } }
    model::symbols! { Size { Small = "small", Large = "large", } }
    model::integers! { Legs { Four = 4, } }
    model::union! {
        Toy { 0 Of, 1 Named, }
        choice { Choice::Tests(&[Test::of(Kinds::OBJECT), Test::of(Kinds::STRING)]) }
    }
    model::union! {
        Food { 0 Dry, 1 Wet, }
        choice { Choice::Tests(&[
            Test::of(Kinds::OBJECT).required(&["grams"]).known(&["grams"]),
            Test::of(Kinds::OBJECT).required(&["can", "litres"]).known(&["can", "litres"]),
        ]) }
    }

    #[test]
    fn required_fields_have_a_value_that_is_one_of_their_type() {
        let pet: Pet = sample(json!({})).unwrap();
        let expected = json!({
            "id": "00000000-0000-0000-0000-000000000000", "born": "1970-01-01", "seen": "1970-01-01T00:00:00Z",
            "mailed": "Thu, 01 Jan 1970 00:00:00 +0000", "size": "small", "legs": 4,
            "owner": {"name": "", "best": ""}, "toy": {"name": "", "best": ""}, "food": {"grams": 0}
        });
        assert_eq!(to_value(&pet).unwrap(), expected);
        assert!(pet.id.uuid().is_some() && pet.born.date().is_some());
        assert!(pet.seen.timestamp().is_some() && pet.mailed.timestamp().is_some());
        assert_eq!(from_value::<Pet>(expected).unwrap(), pet);
    }

    #[test]
    fn given_members_stay_and_their_objects_are_completed() {
        let given = json!({
            "size": "large", "owner": {"best": "ball"}, "food": {"litres": 1.5}, "friends": [{"legs": 3}], "new": [1]
        });
        let pet: Pet = sample(&given).unwrap();
        assert_eq!(pet.size, Size::Large);
        assert_eq!((pet.owner.name.as_str(), &pet.owner.best), ("", &Toy::Named("ball".to_owned())));
        assert_eq!(pet.food, Food::Wet(Wet { can: String::new(), litres: 1.5 }));
        let friends = pet.friends.as_deref().unwrap();
        assert_eq!((&friends[0].legs, &friends[0].size), (&Legs::Unknown(3), &Size::Small));
        assert_eq!(to_value(&pet).unwrap()["new"], json!([1]));
        let all = sample::<Vec<Pet>>(json!([{}, {"legs": 4}])).unwrap();
        assert_eq!(all[0], all[1]);
    }

    #[test]
    fn a_value_of_the_wrong_type_is_an_error_with_its_path() {
        let error = sample::<Pet>(json!({"owner": {"name": 7}})).unwrap_err().to_string();
        assert_eq!(error, "expected a string, found an integer at $.owner.name");
    }
}
