//! What is checked of each type that a field may have: [`Validate`] of scalars, lists, maps and options.

use super::{Check, Rules, Validate};
use crate::model::{Base64, Date, DateTime, Rfc2822, UnixTime, Uuid};
use serde_core::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

impl Validate for String {
    fn check(&self, rules: Rules, check: &mut Check) {
        check.string(self, rules);
    }
}

impl Validate for Value {
    fn check(&self, rules: Rules, check: &mut Check) {
        match self {
            Self::Null | Self::Bool(_) => {}
            Self::Number(number) => check.number(&number.to_string(), rules),
            Self::String(text) => check.string(text, rules),
            Self::Array(items) => check.list(items, rules),
            Self::Object(members) => check.map(members.iter(), rules),
        }
    }
}

impl<T: Validate + Serialize> Validate for Vec<T> {
    fn check(&self, rules: Rules, check: &mut Check) {
        check.list(self, rules);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, rules: Rules, check: &mut Check) {
        check.map(self.iter(), rules);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, rules: Rules, check: &mut Check) {
        if let Some(value) = self {
            value.check(rules, check);
        }
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, rules: Rules, check: &mut Check) {
        (**self).check(rules, check);
    }
}

/// Scalars that are checked as the JSON that they are written as.
macro_rules! check_as_json {
    ($($scalar:ty)*) => {$(
        impl Validate for $scalar {
            fn check(&self, rules: Rules, check: &mut Check) {
                if !rules.is_empty() && let Ok(value) = serde_json::to_value(self) {
                    value.check(rules, check);
                }
            }
        }
    )*};
}

check_as_json! {
    () bool f64
    i8 i16 i32 i64 isize
    u8 u16 u32 u64 usize
    serde_json::Number
    Base64 Date DateTime Rfc2822 UnixTime Uuid
}

/// Tuples, which are arrays in JSON: a value each.
macro_rules! check_tuples {
    () => {};
    ($first:ident $($rest:ident)*) => {
        impl<$first: Validate, $($rest: Validate),*> Validate for ($first, $($rest,)*) {
            fn check(&self, _: Rules, check: &mut Check) {
                #[expect(non_snake_case, reason = "one name for a value and its type")]
                let ($first, $($rest,)*) = self;
                let values: &[&dyn Validate] = &[$first, $($rest),*];
                for (index, value) in values.iter().enumerate() {
                    check.item(index, |check| value.check(&[], check));
                }
            }
        }
        check_tuples!($($rest)*);
    };
}

check_tuples! { A B C D E F G H I J K L }
