//! Reads any JSON as a [`Value`].

use super::{Read, Reader, number};
use serde_json::{Map, Value};

impl Reader<'_> {
    /// Reads a value that begins with `first`.
    pub(super) fn any(&mut self, place: &mut Value, first: u8) -> Read {
        *place = match first {
            b'n' => {
                self.text.word("null")?;
                Value::Null
            }
            b't' => {
                self.text.word("true")?;
                Value::Bool(true)
            }
            b'f' => {
                self.text.word("false")?;
                Value::Bool(false)
            }
            b'"' => Value::String(self.string()?),
            b'[' => {
                let mut list: Vec<Value> = Vec::new();
                self.list(&mut list)?;
                Value::Array(list)
            }
            b'{' => {
                let mut map = Map::new();
                self.map(&mut map)?;
                Value::Object(map)
            }
            _ => self.number()?,
        };
        Ok(())
    }

    /// Reads a number. One that is too large becomes the nearest `f64`.
    fn number(&mut self) -> Read<Value> {
        let text = self.text.number()?;
        if let Ok(number) = text.parse::<i64>() {
            return Ok(number.into());
        }
        if let Ok(number) = text.parse::<u64>() {
            return Ok(number.into());
        }
        let (number, is_exact) = number::nearest(text);
        self.is_rounded |= !is_exact;
        Ok(number.into())
    }
}
