//! Converts plain scalars of YAML to JSON values, by the core schema of YAML 1.2 (§10.3.2).

use serde_json::Value;

/// Prefixes of integers, and their bases.
const BASES: [(&str, u32); 3] = [("0x", 16), ("0o", 8), ("0b", 2)];

/// Returns the value of a plain scalar. Digits after a leading zero, such as `007`, are text (YAML
/// 1.2 §2.4).
pub(super) fn value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        _ if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => text.into(),
        _ => number(text).unwrap_or_else(|| text.into()),
    }
}

/// Returns the value of a decimal or prefixed integer, or of a float. Integers beyond 64 bits
/// become floats.
fn number(text: &str) -> Option<Value> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    for (prefix, base) in BASES {
        if let Some(digits) = digits.strip_prefix(prefix) {
            let is_signed = digits.starts_with(['+', '-']);
            let integer = i128::from_str_radix(digits, base).ok().filter(|_| !is_signed)?;
            return Some(whole(if sign.is_empty() { integer } else { -integer }));
        }
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Ok(integer) = format!("{sign}{digits}").parse::<i128>() {
        return Some(whole(integer));
    }
    let float = format!("{sign}{digits}").parse::<f64>().ok().filter(|float| float.is_finite())?;
    Some(float.into())
}

fn whole(integer: i128) -> Value {
    if let Ok(integer) = u64::try_from(integer) {
        return integer.into();
    }
    i64::try_from(integer).map_or_else(|_| (integer as f64).into(), Value::from)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::value;

    #[test]
    fn scalars_follow_the_core_schema() {
        for (text, expected) in [
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("", Value::Null),
            ("~", Value::Null),
            ("2023-05-04", json!("2023-05-04")),
            ("1.2.3", json!("1.2.3")),
            ("-", json!("-")),
            ("+", json!("+")),
            (".", json!(".")),
            ("1e", json!("1e")),
            ("0o17", json!(15)),
            ("0x1F", json!(31)),
            ("-0x1F", json!(-31)),
            ("0x-1", json!("0x-1")),
            ("007", json!("007")),
            ("-07", json!("-07")),
            ("0", json!(0)),
            ("-12", json!(-12)),
            ("+12", json!(12)),
            ("+-12", json!("+-12")),
            ("1e3", json!(1000.0)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("1e400", json!("1e400")),
            (".inf", json!(".inf")),
            ("inf", json!("inf")),
            ("-inf", json!("-inf")),
            ("1_000", json!("1_000")),
            ("18446744073709551615", json!(18446744073709551615_u64)),
            ("-9223372036854775808", json!(-9223372036854775808_i64)),
            ("99999999999999999999", json!(1e20)),
            ("-9223372036854776000", json!(-9223372036854776000.0)),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
