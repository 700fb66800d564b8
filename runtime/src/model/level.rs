//! How deep values may stand in each other.
//!
//! In: an object, or another variant of a union, that is about to be read. Out: whether it may be. The rule: no text
//! that a server sends takes more stack than a thread has, nor time that doubles with each level. What counts is the
//! stack itself and not the number of levels, since a model may be a hundred times as large as another.

use serde_json::Value;
use std::cell::Cell;

/// What is said of an object that is too deep, as serde_json says it of a 128th level.
pub(crate) const TOO_DEEP: &str = "recursion limit exceeded";

/// Half of the stack that a thread has by default.
const MOST: usize = 1 << 20;

/// So many variants are tried inside of one that was not the first choice: each choice would double those within it.
const MOST_CHOICES: u32 = 100;

/// How many times the memory of the outermost value that is read twice those inside of it may take in all: each is held
/// whole while it is read, and again inside of it.
const MOST_TIMES: usize = 16;

/// And so many bytes on top, so that what is small may be as deep as it is.
const SPARE: usize = 64 << 20;

thread_local! {
    /// Where on this thread's stack the outermost object is being read; 0 where none is.
    static OUTERMOST: Cell<usize> = const { Cell::new(0) };
    /// How many variants may still be tried; nothing outside of a variant that was not the first choice.
    static CHOICES: Cell<Option<u32>> = const { Cell::new(None) };
    /// How many bytes of values may still be read twice; nothing outside of one.
    static TWICE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// An object that is being read.
pub(super) struct Level {
    is_outermost: bool,
}

impl Level {
    /// Begins an object; nothing where the objects around it have taken too much of the stack.
    pub(super) fn enter() -> Option<Self> {
        let here = 0_u8;
        let here = std::ptr::from_ref(&here).addr();
        let outermost = OUTERMOST.get();
        if outermost == 0 {
            OUTERMOST.set(here);
        }
        (outermost == 0 || outermost.abs_diff(here) <= MOST).then_some(Self { is_outermost: outermost == 0 })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        if self.is_outermost {
            OUTERMOST.set(0);
        }
    }
}

/// A variant that is tried because a better one did not fit.
pub(super) struct SecondChoice {
    is_outermost: bool,
}

impl SecondChoice {
    /// Begins one; nothing where too many were tried.
    pub(super) fn enter() -> Option<Self> {
        let left = CHOICES.get();
        CHOICES.set(Some(left.map_or(Some(MOST_CHOICES), |left| left.checked_sub(1))?));
        Some(Self { is_outermost: left.is_none() })
    }
}

impl Drop for SecondChoice {
    fn drop(&mut self) {
        if self.is_outermost {
            CHOICES.set(None);
        }
    }
}

/// A value that is read as JSON first, and then as what it is.
pub(super) struct ReadTwice {
    is_outermost: bool,
}

impl ReadTwice {
    /// Begins one; nothing where those inside of the outermost one are too much in all.
    pub(super) fn enter(value: &Value) -> Option<Self> {
        let (left, size) = (TWICE.get(), size(value));
        TWICE.set(Some(match left {
            None => SPARE.saturating_add(size.saturating_mul(MOST_TIMES)),
            Some(left) => left.checked_sub(size)?,
        }));
        Some(Self { is_outermost: left.is_none() })
    }
}

impl Drop for ReadTwice {
    fn drop(&mut self) {
        if self.is_outermost {
            TWICE.set(None);
        }
    }
}

/// How many bytes a value takes, more or less.
fn size(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => members.iter().map(|(key, value)| 2 * key.len() + size(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}
