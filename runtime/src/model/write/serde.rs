//! Encodes into any serde format.

use crate::model::{Encode, View, members_of, read::RAW};
use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Value;

/// Encodes a model: the body of its `Serialize::serialize`.
///
/// # Errors
/// The serializer's errors, and a number that is not finite.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    if writes_json_text::<S>() {
        let json = super::json(value.view()).map_err(S::Error::custom)?;
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, &json)?;
        return raw.end();
    }
    Shown(value.view()).serialize(serializer)
}

/// Returns true if `S` is the serializer of `serde_json::to_string` and `serde_json::to_vec`. This
/// serializer accepts finished JSON text, which keeps all digits of numbers.
fn writes_json_text<S>() -> bool {
    typeid::of::<S>() == typeid::of::<&mut serde_json::Serializer<&mut Vec<u8>>>()
}

struct Shown<'a>(View<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            View::Absent | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Integer(value) => integer(value, serializer),
            View::Float(value) if !value.is_finite() => Err(S::Error::custom(super::Unwritable::NotFinite)),
            // An integer value is written as an integer (`7`).
            View::Float(value) => match whole(value) {
                Some(value) => serializer.serialize_i64(value),
                None => serializer.serialize_f64(value),
            },
            View::Number(value) => value.serialize(serializer),
            View::Digits(text) => digits(text, serializer),
            View::String(text) | View::Text(text, _) => serializer.serialize_str(text),
            View::Any(value) => value.serialize(serializer),
            View::Raw(json) => {
                let value: Value = crate::model::read(json).map_err(S::Error::custom)?;
                value.serialize(serializer)
            }
            View::List(list) => {
                let mut items = serializer.serialize_seq(Some(list.count()))?;
                for index in 0..list.count() {
                    match list.at(index) {
                        Some(item) => items.serialize_element(&Shown(item.view()))?,
                        None => items.serialize_element(&())?,
                    }
                }
                items.end()
            }
            View::Checked(value, _) | View::Unlisted(value) => Shown(value.view()).serialize(serializer),
            view => object(view, serializer),
        }
    }
}

fn object<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    // Binary formats write the number of members first. Formats of text do not, and counting takes
    // as long as writing.
    let count = if serializer.is_human_readable() { None } else { Some(count(view)) };
    let mut map = serializer.serialize_map(count)?;
    let mut written = Ok(());
    let is_object = members_of(view, &mut |key, value| {
        if written.is_ok() {
            written = map.serialize_entry(key, &Shown(value));
        }
    });
    written?;
    if !is_object {
        return Err(S::Error::custom(super::Unwritable::Part));
    }
    map.end()
}

fn count(view: View<'_>) -> usize {
    let mut count = 0;
    members_of(view, &mut |_, _| count += 1);
    count
}

fn integer<S: Serializer>(value: i128, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = i64::try_from(value) {
        return serializer.serialize_i64(value);
    }
    match u64::try_from(value) {
        Ok(value) => serializer.serialize_u64(value),
        Err(_) => serializer.serialize_i128(value),
    }
}

/// Writes a number as an integer if it is one, else as the nearest `f64`: formats have no other
/// numbers.
fn digits<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match crate::model::read::integer(text) {
        Ok(value) => integer(value, serializer),
        Err(_) => Shown(View::Float(text.parse().map_err(S::Error::custom)?)).serialize(serializer),
    }
}

/// Returns the number as an integer. Returns `None` if it has a fraction, or is beyond 2⁵³, where
/// an `f64` is not exact.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and in the range of i64")]
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}
