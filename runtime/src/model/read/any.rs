//! Reads any JSON as a [`Value`].

use super::{FaultKind, Read, Reader, number};
use serde_json::{Map, Number, Value};

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
            _ => Value::Number(self.number()?),
        };
        Ok(())
    }

    fn number(&mut self) -> Read<Number> {
        let start = self.text.at;
        let text = self.text.number()?;
        self.is_rounded |= number::is_rounded(text);
        serde_json::from_str(text).map_err(|_| {
            self.text.at = start;
            self.text.fault(FaultKind::Range)
        })
    }
}
