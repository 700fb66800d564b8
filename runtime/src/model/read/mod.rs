//! Reads JSON text, with one function for all types.
//!
//! Input: a JSON text and a place for its value. Output: the value in its place, or a [`Fault`].
//! Invariants: no text takes more stack, time or memory than its limits allow, and a fault contains
//! nothing from the text.

mod any;
mod fault;
mod fitting;
mod number;
mod object;
mod sample;
mod serde;
mod skip;
mod text;
mod union;

pub(in crate::model) use self::serde::RAW;
pub use self::serde::{deserialize, from_json};
pub(crate) use fault::{Fault, FaultKind};
pub(crate) use text::{Text, plain_length};

use super::{Budget, DEFAULT_TEXT, Decode, Entries, Items, Rest, Slot, Tuple};
use number::NoInteger;
pub(in crate::model) use number::{integer, nearest};
use text::{Read, kind};

/// Reads a whole JSON text as a value. The text comes from the caller, who needs no limit.
///
/// # Errors
/// The text is not JSON, or not a value of the type.
pub(crate) fn read<T: Decode>(text: &str) -> Read<T> {
    read_within(text, text.len().max(DEFAULT_TEXT))
}

/// Reads a whole JSON text as a value, with the memory of a text of at most `limit` bytes.
///
/// # Errors
/// The text is not JSON, or not a value of the type.
pub(crate) fn read_within<T: Decode>(text: &str, limit: usize) -> Read<T> {
    let mut value = T::blank();
    read_into(text, limit, &mut value)?;
    Ok(value)
}

/// Reads a whole JSON text into `place`, with the memory of a text of at most `limit` bytes. After
/// a fault, the value in `place` is incomplete.
pub(crate) fn read_into(text: &str, limit: usize, place: &mut dyn Decode) -> Read {
    let mut reader = Reader::new(text, limit);
    reader.value(place)?;
    reader.text.end()
}

/// Reads a whole JSON text as a value, and gives each missing required field a value.
///
/// # Errors
/// The text is not JSON, or not a value of the type.
pub(crate) fn read_sample<T: Decode>(text: &str) -> Read<T> {
    let mut value = T::blank();
    let mut reader = Reader { is_sample: true, ..Reader::new(text, text.len().max(DEFAULT_TEXT)) };
    reader.value(&mut value)?;
    reader.text.end()?;
    Ok(value)
}

/// The limit of tried variants inside a variant that was not the first choice. Otherwise each
/// nested choice would double the work.
const MOST_CHOICES: u32 = 100;

/// The limit of bytes that are read again for unions and flattened objects, as a multiple of the
/// text.
const MOST_TIMES: usize = 16;

/// Bytes that may be read again in any text, so that small texts may be deeply nested.
const SPARE: usize = 1 << 20;

/// The state of reading a text.
struct Reader<'t> {
    text: Text<'t>,
    /// The memory that is left.
    memory: Budget,
    /// The variants that may still be tried inside a variant that was not the first choice.
    choices: Option<u32>,
    /// The bytes that may still be read again.
    again: usize,
    /// True if a JSON value was read whose numbers have more digits than a
    /// [`Value`](serde_json::Value) keeps.
    is_rounded: bool,
    /// True if missing required fields get a value, for tests.
    is_sample: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, limit: usize) -> Self {
        let again = text.len().saturating_mul(MOST_TIMES).saturating_add(SPARE);
        Self {
            text: Text::new(text),
            memory: Budget::of(limit),
            choices: None,
            again,
            is_rounded: false,
            is_sample: false,
        }
    }

    fn value(&mut self, place: &mut dyn Decode) -> Read {
        let first = self.text.peek()?;
        let slot = place.slot(first == b'n');
        self.fill(slot, first)
    }

    /// Reads a value that begins with `first`.
    fn fill(&mut self, slot: Slot<'_>, first: u8) -> Read {
        let expected = match (slot, first) {
            (Slot::Stored | Slot::Null, b'n') => return self.text.word("null"),
            (Slot::Boxed(place), _) => {
                self.spend_separate(size_of_val(place))?;
                return self.value(place);
            }
            (Slot::String(place), b'"') => {
                *place = self.string()?;
                return Ok(());
            }
            (Slot::Text(place, _), b'"') => {
                *place = self.string()?.into();
                return Ok(());
            }
            (Slot::Symbol(place), b'"') => {
                let text = self.text.string()?;
                place.set(&text);
                return self.spend_separate(text.len());
            }
            (Slot::Bool(place), b't' | b'f') => {
                *place = first == b't';
                return self.text.word(if *place { "true" } else { "false" });
            }
            (Slot::Integer(place), b'-' | b'0'..=b'9') => {
                let start = self.text.at;
                let number = integer(self.text.number()?);
                let kind = match number {
                    Ok(number) if place.set(number) => return Ok(()),
                    Ok(_) | Err(NoInteger::OutOfRange) => FaultKind::Range,
                    Err(NoInteger::Fraction) => {
                        FaultKind::Type { expected: "an integer", found: "a number with a fraction" }
                    }
                };
                self.text.at = start;
                return Err(self.text.fault(kind));
            }
            (Slot::Float(place), b'-' | b'0'..=b'9') => {
                let (number, is_exact) = nearest(self.text.number()?);
                self.is_rounded |= !is_exact;
                *place = number;
                return Ok(());
            }
            (Slot::Number(place), b'-' | b'0'..=b'9') => {
                let text = self.text.number()?;
                place.set(text);
                return self.spend_separate(place.allocated());
            }
            (Slot::Any(place), _) => return self.any(place, first),
            (Slot::AnyJson(place), _) => return self.any(place, first),
            (Slot::List(place), b'[') => return self.list(place),
            (Slot::Tuple(place), b'[') => return self.tuple(place),
            (Slot::Map(place), b'{') => return self.map(place),
            (Slot::Object(place), b'{') => return self.object(place),
            (Slot::Union(place), _) => return self.union(place),
            (Slot::Rest(place), b'{') => return self.rest(place),
            (slot, _) => expected(&slot),
        };
        match kind(first) {
            Some(number @ "a number") => {
                let start = self.text.at;
                let is_whole = integer(self.text.number()?).is_ok();
                self.text.at = start;
                let found = if is_whole { "an integer" } else { number };
                Err(self.text.fault(FaultKind::Type { expected, found }))
            }
            Some(found) => Err(self.text.fault(FaultKind::Type { expected, found })),
            None => Err(self.text.fault(FaultKind::Syntax("expected value"))),
        }
    }

    /// Subtracts the memory of a value with a separate allocation.
    fn spend_separate(&mut self, bytes: usize) -> Read {
        let spent = self.memory.spend_separate(bytes);
        spent.ok_or_else(|| self.too_large())
    }

    #[cold]
    fn too_large(&self) -> Box<Fault> {
        self.text.fault(FaultKind::TooLarge)
    }

    fn string(&mut self) -> Read<String> {
        let text = self.text.string()?.into_owned();
        self.spend_separate(text.capacity())?;
        Ok(text)
    }

    fn list(&mut self, list: &mut dyn Items) -> Read {
        list.clear();
        self.text.open()?;
        let mut more = self.text.peek()? != b']';
        while more {
            let Some(item) = list.push(&mut self.memory) else { return Err(self.too_large()) };
            self.value(item)?;
            more = self.text.comma(b']')?;
        }
        self.text.close();
        Ok(())
    }

    fn tuple(&mut self, tuple: &mut dyn Tuple) -> Read {
        self.text.open()?;
        let mut index = 0;
        let mut more = self.text.peek()? != b']';
        while more {
            let Some(item) = tuple.part(index) else {
                return Err(self.text.fault(FaultKind::Syntax("the array has too many items")));
            };
            self.value(item)?;
            more = self.text.comma(b']')?;
            index += 1;
        }
        if tuple.part(index).is_some() {
            return Err(self.text.fault(FaultKind::Syntax("the array has too few items")));
        }
        self.text.close();
        Ok(())
    }

    fn map(&mut self, map: &mut dyn Entries) -> Read {
        map.clear();
        self.text.open()?;
        let mut more = self.text.peek()? != b'}';
        while more {
            let key = self.text.key()?.into_owned();
            self.entry(map, key)?;
            more = self.text.comma(b'}')?;
        }
        self.text.close();
        Ok(())
    }

    fn entry(&mut self, map: &mut dyn Entries, key: String) -> Read {
        let Some(place) = map.entry(key, &mut self.memory) else { return Err(self.too_large()) };
        self.value(place)
    }

    fn rest(&mut self, rest: &mut Rest) -> Read {
        self.text.open()?;
        let mut more = self.text.peek()? != b'}';
        while more {
            let key = self.text.key()?;
            let json = self.text.skip()?;
            rest.keep(&key, json, &mut self.memory).ok_or_else(|| self.too_large())?;
            more = self.text.comma(b'}')?;
        }
        self.text.close();
        Ok(())
    }

    /// Goes back to read bytes again.
    fn repeat(&mut self, start: usize, depth: u32) -> Read {
        let bytes = self.text.at.saturating_sub(start);
        let Some(left) = self.again.checked_sub(bytes) else {
            return Err(self.text.fault(FaultKind::TooDeep));
        };
        self.again = left;
        self.text.back(start, depth);
        Ok(())
    }
}

/// Returns the type that a place accepts, in words.
fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Stored | Slot::Null => "null",
        Slot::Bool(_) => "a boolean",
        Slot::Integer(_) => "an integer",
        Slot::Float(_) | Slot::Number(_) => "a number",
        Slot::String(_) | Slot::Text(..) | Slot::Symbol(_) => "a string",
        Slot::Any(_) | Slot::AnyJson(_) | Slot::Boxed(_) | Slot::Union(_) => "a value",
        Slot::List(_) | Slot::Tuple(_) => "an array",
        Slot::Map(_) | Slot::Object(_) | Slot::Rest(_) => "an object",
    }
}

#[cfg(test)]
mod tests;
