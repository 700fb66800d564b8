//! Rewrites numeric exclusive bounds of 3.1 as flags of 3.0, and counts such as `5.0` as integers.

use serde_json::json;

use super::Schema;

/// An exclusive bound, the bound that it replaces, and a sign. Of two bounds times the sign, the
/// larger one is stricter.
const EXCLUSIVE: [(&str, &str, f64); 2] =
    [("exclusiveMinimum", "minimum", 1.0), ("exclusiveMaximum", "maximum", -1.0)];

pub(super) const COUNTS: [&str; 6] =
    ["maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"];

/// Rewrites `exclusiveMinimum: 5` as `minimum: 5, exclusiveMinimum: true`. If the schema also has a
/// stricter `minimum`, only `minimum` remains.
pub(super) fn exclusive(schema: &mut Schema<'_>) {
    for (key, bound, sign) in EXCLUSIVE {
        let Some(limit) = schema.keywords.get(key).filter(|limit| limit.is_number()).cloned() else {
            continue;
        };
        let of = |value: &serde_json::Value| value.as_f64().unwrap_or_default() * sign;
        let inclusive = schema.keywords.get(bound).filter(|inclusive| inclusive.is_number());
        if inclusive.is_some_and(|inclusive| of(inclusive) > of(&limit)) {
            schema.keywords.shift_remove(key);
        } else {
            schema.set(bound, limit, key);
            schema.keywords.insert(key.to_owned(), json!(true));
        }
    }
}

/// Rewrites `maxLength: 5.0` as `maxLength: 5`. JSON does not distinguish them, but its parsers do.
pub(super) fn whole_counts(schema: &mut Schema<'_>) {
    for key in COUNTS {
        let Some(number) = schema.keywords.get_mut(key) else { continue };
        if let Some(float) =
            number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e15).contains(float))
        {
            *number = json!(float as u64);
        }
    }
}
