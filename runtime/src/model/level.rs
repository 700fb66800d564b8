//! How deep values may stand in each other.
//!
//! In: an object, or another variant of a union, that is about to be read. Out: whether it may be. The rule: no text
//! that a server sends takes more stack than a thread has, nor time that doubles with each level. What counts is the
//! stack itself and not the number of levels, since a model may be a hundred times as large as another.

use std::cell::Cell;

/// What is said of an object that is too deep, as serde_json says it of a 128th level.
pub(crate) const TOO_DEEP: &str = "recursion limit exceeded";

/// Half of the stack that a thread has by default.
const MOST: usize = 1 << 20;

/// So many variants are tried inside of one that was not the first choice: each choice would double those within it.
const MOST_CHOICES: u32 = 100;

thread_local! {
    /// Where on this thread's stack the outermost object is being read; 0 where none is.
    static OUTERMOST: Cell<usize> = const { Cell::new(0) };
    /// How many variants may still be tried; nothing outside of a variant that was not the first choice.
    static CHOICES: Cell<Option<u32>> = const { Cell::new(None) };
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
