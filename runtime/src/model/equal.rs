//! Equality of models: compares the declared fields.

use super::{Encode, Number, Table, View};

/// Returns true if two values have the same types and the same values of all fields. Ignores
/// [`Rest`](super::Rest).
pub fn equal(one: &dyn Encode, other: &dyn Encode) -> bool {
    same(one.view(), other.view())
}

fn same(one: View<'_>, other: View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) | (View::Null, View::Null) | (View::Rest(_), View::Rest(_)) => true,
        (View::Bool(one), View::Bool(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        #[expect(clippy::float_cmp, reason = "it is what a derived impl does")]
        (View::Float(one), View::Float(other)) => one == other,
        (View::Number(one), View::Number(other)) => one == other,
        (View::Digits(one), View::Digits(other)) => Number::same(one, other),
        (View::String(one), View::String(other)) | (View::Raw(one), View::Raw(other)) => one == other,
        (View::Text(one, same), View::Text(other, _)) => same(one, other),
        (View::Any(one), View::Any(other)) => one == other,
        (View::List(one), View::List(other)) => {
            one.count() == other.count()
                && (0..one.count()).all(|index| match (one.at(index), other.at(index)) {
                    (Some(one), Some(other)) => same(one.view(), other.view()),
                    _ => false,
                })
        }
        (View::Map(one), View::Map(other)) => {
            if one.count() != other.count() {
                return false;
            }
            let mut found = Vec::with_capacity(one.count());
            one.each(&mut |key, value| found.push((key, value)));
            let mut found = found.into_iter();
            let mut equal = true;
            other.each(&mut |key, value| {
                let one = found.next();
                equal =
                    equal && one.is_some_and(|(known, one)| known == key && same(one.view(), value.view()));
            });
            equal
        }
        (View::Object(one), View::Object(other)) => {
            let table = one.table();
            let is_one_type = std::ptr::eq::<Table>(table, other.table());
            let last = table.additional_index().map_or(table.part_indexes().end, |index| index + 1);
            is_one_type && (0..last).all(|index| same(one.member(index).view(), other.member(index).view()))
        }
        (View::Checked(one, _), View::Checked(other, _)) | (View::Unlisted(one), View::Unlisted(other)) => {
            equal(one, other)
        }
        (View::Tagged(one), View::Tagged(other)) => {
            one.key == other.key && one.tag == other.tag && same(one.object.view(), other.object.view())
        }
        _ => false,
    }
}
