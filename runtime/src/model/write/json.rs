//! Writes JSON text.

use super::{Unwritable, number};
use crate::model::{List, View, members_of, read::plain_length};
use serde_json::Value;
use std::fmt::Write as _;

/// Returns the JSON of a value.
///
/// # Errors
/// The value contains something that JSON cannot represent.
pub(crate) fn json(view: View<'_>) -> Result<String, Unwritable> {
    let mut writer = Writer { out: String::with_capacity(FIRST_BYTES), failed: None };
    writer.value(view);
    match writer.failed {
        None => Ok(writer.out),
        Some(failed) => Err(failed),
    }
}

/// The initial capacity of a text, in bytes. Most models need no more.
const FIRST_BYTES: usize = 512;

/// A text being written. Keeps the first failure, so that intermediate code need not check.
struct Writer {
    out: String,
    failed: Option<Unwritable>,
}

impl Writer {
    fn value(&mut self, view: View<'_>) {
        match view {
            View::Absent | View::Null => self.text("null"),
            View::Bool(value) => self.text(if value { "true" } else { "false" }),
            // Writing to a String can't fail.
            View::Integer(value) => match i64::try_from(value) {
                Ok(value) => drop(write!(self.out, "{value}")),
                Err(_) => drop(write!(self.out, "{value}")),
            },
            View::Float(value) => match number(value) {
                Ok(text) => self.text(&text),
                Err(failed) => drop(self.failed.get_or_insert(failed)),
            },
            View::Number(value) => match value.as_f64() {
                Some(float) if value.is_f64() => self.value(View::Float(float)),
                _ => drop(write!(self.out, "{value}")),
            },
            View::Digits(text) => self.text(text),
            View::String(text) | View::Text(text, _) => self.string(text),
            View::Any(value) => self.any(value),
            View::Raw(json) => self.text(json),
            View::List(list) => self.list(list),
            View::Checked(value, _) | View::Unlisted(value) => self.value(value.view()),
            view => self.object(view),
        }
    }

    fn any(&mut self, value: &Value) {
        match value {
            Value::Null => self.text("null"),
            Value::Bool(value) => self.value(View::Bool(*value)),
            Value::Number(number) => self.value(View::Number(number)),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.list(items),
            Value::Object(_) => self.object(View::Any(value)),
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn list(&mut self, list: &dyn List) {
        self.out.push('[');
        for index in 0..list.count() {
            if index > 0 {
                self.out.push(',');
            }
            match list.at(index) {
                Some(item) => self.value(item.view()),
                None => self.text("null"),
            }
        }
        self.out.push(']');
    }

    fn object(&mut self, view: View<'_>) {
        self.out.push('{');
        let mut is_first = true;
        let is_object = members_of(view, &mut |key, view| {
            if !is_first {
                self.out.push(',');
            }
            is_first = false;
            self.string(key);
            self.out.push(':');
            self.value(view);
        });
        self.out.push('}');
        if !is_object {
            self.failed.get_or_insert(Unwritable::Part);
        }
    }

    fn string(&mut self, text: &str) {
        self.out.reserve(text.len() + 2);
        self.out.push('"');
        let mut rest = text;
        loop {
            let plain = plain_length(rest.as_bytes());
            // The byte after the plain ones is ASCII, so both are boundaries of characters.
            self.text(rest.get(..plain).unwrap_or_default());
            let Some(byte) = rest.as_bytes().get(plain) else { break };
            rest = rest.get(plain + 1..).unwrap_or_default();
            match byte {
                b'"' => self.text("\\\""),
                b'\\' => self.text("\\\\"),
                b'\n' => self.text("\\n"),
                b'\r' => self.text("\\r"),
                b'\t' => self.text("\\t"),
                0x8 => self.text("\\b"),
                0xc => self.text("\\f"),
                byte => drop(write!(self.out, "\\u{byte:04x}")),
            }
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Encode;

    fn text<T: Encode>(value: T) -> Result<String, Unwritable> {
        json(value.view())
    }

    #[test]
    fn strings_are_written_as_serde_json_writes_them() {
        for string in
            ["", "plain", "é😀\u{2028}", "\"\\/\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}", "12345678\"12345678"]
        {
            assert_eq!(text(string).unwrap(), serde_json::to_string(string).unwrap());
        }
    }

    #[test]
    fn numbers_are_written_in_the_shortest_form() {
        for (number, expected) in [
            (7.0, "7"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (-2.5, "-2.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e21"),
            (1.5e300, "1.5e300"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (f64::MAX, "1.7976931348623157e308"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(text(number).unwrap(), expected);
            assert_eq!(serde_json::from_str::<f64>(expected).unwrap(), number);
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(text(vec![1.0, number]), Err(Unwritable::NotFinite));
        }
        assert_eq!(text(u64::MAX).unwrap(), u64::MAX.to_string());
        assert_eq!(
            text((i64::MIN, true, (), None::<bool>)).unwrap(),
            "[-9223372036854775808,true,null,null]"
        );
    }
}
